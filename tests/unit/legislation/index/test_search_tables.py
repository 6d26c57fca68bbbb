"""The tables of everyday words and of priors."""

from pathlib import Path

import pytest

from workstation.data_files import statutes_dir
from workstation.errors import DataFileError
from workstation.legislation.priors import load_priors
from workstation.legislation.query_expansion import LayTable, load_lay_table

_TABLE = """
ignored = ["怎么", "怎么办"]
[[row]]
lay = ["占道经营"]
legal = ["占用道路 经营"]
[[row]]
lay = ["占道"]
legal = ["占用道路"]
"""


@pytest.fixture
def table(tmp_path: Path) -> LayTable:
    """Return a table of two rows, one within the other."""
    path = tmp_path / "synonyms.toml"
    path.write_text(_TABLE, encoding="utf-8")
    return load_lay_table(path)


def test_a_longer_everyday_word_hides_the_shorter(table: LayTable) -> None:
    expansions = table.expansions(("占道经营",))

    assert [(e.lay, e.alternatives) for e in expansions] == [("占道经营", (("占用道路", "经营"),))]


def test_a_word_is_found_within_a_sentence(table: LayTable) -> None:
    expansions = table.expansions(("有人占道停车",))

    assert [expansion.lay for expansion in expansions] == ["占道"]


def test_question_words_are_cut_out(table: LayTable) -> None:
    kept = table.without_question_words(("邻居占道怎么办",))

    assert kept == ("邻居占道",)


def test_a_query_of_question_words_is_kept(table: LayTable) -> None:
    kept = table.without_question_words(("怎么办",))

    assert kept == ("怎么办",)


def test_a_case_described_for_its_article_is_no_everyday_question(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.toml"
    path.write_text(f'formal = ["根据哪条法律"]\n{_TABLE}', encoding="utf-8")
    table = load_lay_table(path)

    asks = [table.asks(query) for query in ("占道怎么办", "根据哪条法律可以怎么罚?")]
    kept = table.without_question_words(("根据哪条法律可以处罚",))

    assert asks == [True, False]
    assert kept == ("可以处罚",)


@pytest.mark.parametrize(
    ("lay", "legal"),
    [("辞退", "解除劳动合同"), ("房东", "出租人"), ("坐牢", "有期徒刑"), ("抚养权", "直接抚养")],
)
def test_the_shipped_table_knows_what_citizens_ask_about(lay: str, legal: str) -> None:
    table = load_lay_table(statutes_dir() / "synonyms.toml")

    asked = table.expansions((f"{lay}怎么办",), in_question=True)

    assert (legal,) in [words for expansion in asked for words in expansion.alternatives]


def test_a_word_of_the_law_widens_a_question_but_no_keyword(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.toml"
    row = '[[row]]\nlay = []\nin_questions = ["听证"]\nlegal = ["举行听证"]\n'
    path.write_text(_TABLE + row, encoding="utf-8")
    table = load_lay_table(path)

    asked = [table.expansions(("听证",), in_question=whole) for whole in (False, True)]

    assert [[e.lay for e in expansions] for expansions in asked] == [[], ["听证"]]


def test_the_shipped_table_expands_street_trade() -> None:
    table = load_lay_table(statutes_dir() / "synonyms.toml")

    expansions = table.expansions(("摆摊",))

    assert ("占用道路", "经营") in expansions[0].alternatives


def test_the_shipped_priors_favour_the_penalty_law() -> None:
    priors = load_priors(statutes_dir() / "search_priors.toml")

    assert priors.instruments["中华人民共和国行政处罚法"] == max(priors.instruments.values())
    assert priors.levels["法律"] >= priors.levels["部门规章"]


@pytest.mark.parametrize(
    "content", ["", "x", "ignored = 1\nrow = []", "ignored=[]\n[[row]]\nlay=1"]
)
def test_a_malformed_word_table_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "synonyms.toml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(DataFileError, match=r"synonyms\.toml"):
        load_lay_table(path)


@pytest.mark.parametrize("content", ["", "levels = 1", '[levels]\n"法律" = "x"\n[instruments]'])
def test_a_malformed_prior_table_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "search_priors.toml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(DataFileError, match=r"search_priors\.toml"):
        load_priors(path)
