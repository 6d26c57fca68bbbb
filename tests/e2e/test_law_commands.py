"""The statutes through the command line."""

from pathlib import Path

import pytest

from tests.e2e.conftest import Run

pytestmark = pytest.mark.xdist_group("law")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder whose statutes are read in by the first command."""
    return tmp_path_factory.mktemp("law")


def test_article_63_is_shown_with_its_six_items(run: Run, home: Path) -> None:
    status, article = run(home, "law", "show", "行政处罚法", "第六十三条")

    assert status == 0
    assert [len(p["items"]) for p in article["paragraphs"]] == [6, 0]
    assert article["in_force"] is True


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("行政处罚法 42", ("中华人民共和国行政处罚法", "第四十二条")),
        ("听证", ("中华人民共和国行政处罚法", "第六十四条")),
        ("建筑垃圾", ("中华人民共和国生态环境法典", "第五百一十八条")),
    ],
)
def test_a_search_finds_the_article_a_reviewer_expects(
    run: Run, home: Path, query: str, expected: tuple[str, str]
) -> None:
    status, answer = run(home, "law", "search", query, "--limit", "3")

    assert status == 0
    first = answer["results"][0]
    assert (first["instrument"], first["article"]) == expected


def test_other_words_are_left_out_where_only_the_typed_ones_are_wanted(
    run: Run, home: Path
) -> None:
    _, widened = run(home, "law", "search", "占道经营")
    status, as_typed = run(home, "law", "search", "占道经营", "--as-typed")

    assert status == 0
    assert widened["expanded"]
    assert not as_typed["expanded"]


def test_the_uses_of_an_article_name_its_counterpart(run: Run, home: Path) -> None:
    status, uses = run(home, "law", "uses", "公路法", "第四十六条")

    assert status == 0
    assert uses["penalties"] == ["《中华人民共和国公路法》第七十七条"]
    assert (uses["matters"], uses["cases"]) == ([], [])


def test_an_article_before_its_day_is_said_not_to_be_law_yet(run: Run, home: Path) -> None:
    arguments = ("law", "show", "生态环境法典", "第518条", "--as-of", "2026-08-14")

    _, article = run(home, *arguments)

    assert article["in_force"] is False
    assert article["banner"]


def test_an_unknown_law_is_said_not_to_be_in_the_store(run: Run, home: Path) -> None:
    status, answer = run(home, "law", "show", "没有这部法", "第一条")

    assert status == 1
    assert "法规库里没有" in answer["error"]["message"]


def test_a_bureaus_own_text_is_imported_searched_and_taken_out_again(
    run: Run, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "龙屿市犬只管理规定.txt"
    path.write_text("第一条　犬只应当束链。\n第二条　本规定自2024年5月1日起施行。\n", "gb18030")

    status, imported = run(home, "law", "import", str(path))
    _, found = run(home, "law", "search", "犬只 束链", "--limit", "1")
    _, undone = run(home, "law", "undo", str(imported["files"][0]["import"]))
    gone, _ = run(home, "law", "show", "龙屿市犬只管理规定", "第一条")

    assert status == 0
    assert imported["files"][0]["effective"] == "2024-05-01"
    assert found["results"][0]["instrument"] == "龙屿市犬只管理规定"
    assert undone == {"undone": imported["files"][0]["import"]}
    assert gone == 1


def test_a_search_of_one_region_leaves_out_the_law_of_another(
    run: Run, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "江苏省猫只管理规定.txt"
    path.write_text("第一条　猫只应当束链。\n第二条　自2024年5月1日起施行。\n", "utf-8")
    run(home, "law", "import", str(path))
    titles = {}

    for region in ("杭州市", "全部"):
        _, found = run(home, "law", "search", "猫只 束链", "--region", region)
        titles[region] = {result["instrument"] for result in found["results"]}

    assert "江苏省猫只管理规定" in titles["全部"] - titles["杭州市"]


def test_a_file_that_is_no_law_is_refused_and_the_others_are_taken(
    run: Run, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "说明.txt").write_text("这不是法规。", "utf-8")
    (tmp_path / "甲办法.txt").write_text("第一条　甲。\n第二条　自2024年1月1日起施行。", "utf-8")

    status, imported = run(home, "law", "import", str(tmp_path))

    by_name = {Path(row["file"]).name: row for row in imported["files"]}
    assert status == 1
    assert by_name["说明.txt"]["error"]["hint"]
    assert by_name["甲办法.txt"]["articles"] == 2


def test_every_citation_of_a_text_is_checked_as_of_a_day(run: Run, home: Path) -> None:
    text = "依据《行政处罚法》第六十三条第一款第（一）项、第九十条，《没有的办法》第三条"

    status, answer = run(home, "law", "cite", "--text", text, "--as-of", "2026-11-01")

    verdicts = [row["verdict"] for row in answer["citations"]]
    assert status == 1
    assert verdicts == ["ok", "no_such_article", "unknown_instrument"]
    assert answer["citations"][0]["item"] == 1


def test_the_citations_of_a_file_are_checked(run: Run, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "意见.html"
    path.write_text("<p>违反《行政处罚法》第四十二条。</p>", "utf-8")

    status, answer = run(home, "law", "cite", "--file", str(path))

    assert status == 0
    assert answer["citations"][0]["instrument"] == "中华人民共和国行政处罚法"


def test_a_kind_that_no_text_has_is_refused_with_those_there_are(run: Run, home: Path) -> None:
    status, answer = run(home, "law", "search", "听证", "--kind", "法规")

    assert status != 0
    assert "法律" in answer["error"]["hint"]
