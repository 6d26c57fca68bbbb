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


def test_an_article_before_its_day_is_said_not_to_be_law_yet(run: Run, home: Path) -> None:
    arguments = ("law", "show", "生态环境法典", "第518条", "--as-of", "2026-08-14")

    _, article = run(home, *arguments)

    assert article["in_force"] is False
    assert article["banner"]


def test_an_unknown_law_is_said_not_to_be_in_the_store(run: Run, home: Path) -> None:
    status, answer = run(home, "law", "show", "没有这部法", "第一条")

    assert status == 1
    assert "法规库里没有" in answer["error"]["message"]
