"""The learned table of what earlier questions were answered by."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from workstation.data_files import statutes_dir
from workstation.errors import DataFileError
from workstation.legislation.asked_questions import (
    AskedArticle,
    AskedTable,
    QuestionMemory,
    load_asked_table,
)
from workstation.legislation.index_schema import place_key
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.search import SearchIndex

MakeArticle = Callable[..., IndexedArticle]
MakeIndex = Callable[..., SearchIndex]
_QUESTION = "邻居半夜唱歌吵得睡不着怎么办"


@pytest.fixture
def table() -> AskedTable:
    """Return a table in which questions about singing were answered by 乙法 第一条."""
    answered = AskedArticle(title="乙法", label="第一条", terms={"唱歌": 1.0})
    return AskedTable(articles=(answered,), terms={"唱歌": 3.0}, rarest=5.0)


@pytest.fixture
def articles(make_article: MakeArticle) -> Sequence[IndexedArticle]:
    """Return one article that shares a word with the question, and one that shares none."""
    return (
        make_article("禁止半夜施工。"),
        make_article("不得制造噪声。", instrument="乙法", label="第一条"),
        *(make_article("国家鼓励其他事项。", instrument="丙法") for _ in range(30)),
    )


def test_a_question_recalls_the_article_that_answered_one_like_it(table: AskedTable) -> None:
    memory = QuestionMemory(table, [place_key("甲法", "第一条"), place_key("乙法", "第一条")])

    recalled = memory.recall(["唱歌"])

    assert recalled.documents.tolist() == [1]


def test_terms_that_no_question_held_make_a_recall_weaker(table: AskedTable) -> None:
    memory = QuestionMemory(table, [place_key("乙法", "第一条")])

    alone, beside = memory.recall(["唱歌"]), memory.recall(["唱歌", "睡觉"])

    assert beside.points[0] < alone.points[0]


def test_an_article_asked_for_more_often_is_recalled_by_as_much_more() -> None:
    shares = {"第一条": 1.0, "第二条": 0.5}
    articles = tuple(
        AskedArticle(title="乙法", label=label, terms={"唱歌": share})
        for label, share in shares.items()
    )
    table = AskedTable(articles=articles, terms={"唱歌": 3.0}, rarest=5.0)
    memory = QuestionMemory(table, [place_key("乙法", label) for label in shares])

    recalled = memory.recall(["唱歌"])

    assert recalled.points[1] == pytest.approx(recalled.points[0] / 2)


def test_a_term_of_many_questions_tells_less_than_one_of_few(table: AskedTable) -> None:
    memory = QuestionMemory(table, [])

    telling = memory.telling(["唱歌", "半夜"])

    assert telling["唱歌"] == pytest.approx(telling["半夜"] * 3 / 5)


def test_an_empty_table_leaves_every_term_as_telling_as_it_is() -> None:
    memory = QuestionMemory(AskedTable(), [])

    assert memory.telling(["唱歌"]) == {}


def test_an_answer_that_shares_no_word_with_the_question_is_found_and_says_why(
    make_index: MakeIndex, articles: Sequence[IndexedArticle], table: AskedTable
) -> None:
    index = make_index(articles, asked=table)

    found = index.search(_QUESTION).results

    assert [(r.instrument, r.why) for r in found[:1]] == [("乙法", "相近的提问由本条解答")]


def test_keywords_recall_nothing(
    make_index: MakeIndex, articles: Sequence[IndexedArticle], table: AskedTable
) -> None:
    index = make_index(articles, asked=table)

    found = index.search("唱歌").results

    assert found == ()


def test_the_law_asked_for_most_comes_first_where_the_law_of_a_case_is_asked_for(
    make_index: MakeIndex, make_article: MakeArticle
) -> None:
    texts = (
        make_article("禁止半夜唱歌扰民。", instrument="甲法"),
        make_article("禁止半夜唱歌扰民。", instrument="乙法", label="第二条"),
        *(make_article("国家鼓励其他事项。", instrument="丙法") for _ in range(30)),
    )
    index = make_index(texts, asked=AskedTable(laws={"乙法": 10.0}))

    plain = index.search("居民半夜唱歌扰民影响休息").results
    asked = index.search("居民半夜唱歌扰民影响休息，根据哪条法律处理").results

    assert [plain[0].instrument, asked[0].instrument] == ["甲法", "乙法"]


def test_what_stands_at_the_end_of_a_described_case_weighs_most(
    make_index: MakeIndex, make_article: MakeArticle
) -> None:
    texts = (
        make_article("店铺应当悬挂招牌。", instrument="甲法"),
        make_article("噪声应当低于限值。", instrument="乙法", label="第二条"),
        *(make_article("国家鼓励其他事项。", instrument="丙法") for _ in range(30)),
    )
    index = make_index(texts)

    found = [
        index.search(f"{first}很大，有人路过，有人报警，根据哪条法律，{last}很大").results[0]
        for first, last in (("招牌", "噪声"), ("噪声", "招牌"))
    ]

    assert [result.instrument for result in found] == ["乙法", "甲法"]


def test_the_shipped_table_knows_laws_articles_and_terms() -> None:
    table = load_asked_table(statutes_dir() / "asked_questions.json")

    known = (table.law_points("中华人民共和国民法典") > 0, table.articles != (), table.rarest > 0)

    assert known == (True, True, True)


def test_the_shipped_table_holds_only_pairs_that_several_questions_use() -> None:
    table = load_asked_table(statutes_dir() / "asked_questions.json")
    rarest_shared = max(table.terms.values())

    kept = [tuple(article.terms) for article in table.articles]

    assert rarest_shared < table.rarest  # a pair of one question alone weighs the most
    assert all(term in table.terms for terms in kept for term in terms)
    assert all(list(terms) == sorted(terms) for terms in kept)


def test_a_broken_table_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "asked_questions.json"
    path.write_text('{"laws": 1}', encoding="utf-8")

    with pytest.raises(DataFileError, match=r"提问经验表 asked_questions\.json"):
        load_asked_table(path)
