"""Searching made-up laws."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workstation.legislation.index_folder import IndexMissingError
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.priors import Priors
from workstation.legislation.search import Asker, SearchAnswer, SearchIndex, open_index

MakeArticle = Callable[..., IndexedArticle]
MakeIndex = Callable[..., SearchIndex]
_DAY = date(2026, 9, 1)


def _ids(answer: SearchAnswer) -> list[int]:
    return [result.article_id for result in answer.results]


@pytest.fixture
def index(make_article: MakeArticle, make_index: MakeIndex) -> SearchIndex:
    """Return an index over a few articles in force and thirty that say nothing."""
    texts = (
        "任何单位不得擅自倾倒建筑垃圾。",
        "擅自倾倒的，处罚款；属于建筑垃圾的，责令清除。",
        "当事人要求听证的，应当组织听证。",
        "听证应当公开举行，涉及国家秘密的除外。",
        "纳税人应当按期缴税。",
        "禁止在城市摆摊设点占用道路从事经营活动。",
    )
    filler = [make_article("国家鼓励其他事项。", instrument="乙法") for _ in range(30)]
    return make_index([*(make_article(text) for text in texts), *filler])


def test_articles_with_the_exact_words_come_first(index: SearchIndex) -> None:
    answer = index.search("擅自倾倒建筑垃圾")

    assert _ids(answer) == [31, 32]
    assert answer.results[0].why == "词语全部命中：擅自倾倒建筑垃圾"
    assert answer.results[1].why == "部分命中：擅自倾倒 建筑垃圾"


def test_every_word_of_several_must_hold_to_be_called_a_full_hit(index: SearchIndex) -> None:
    answer = index.search("倾倒 罚款")

    assert _ids(answer)[0] == 32
    assert answer.results[0].why == "词语全部命中：倾倒 罚款"


def test_words_may_stand_in_the_title(index: SearchIndex) -> None:
    answer = index.search("甲法 纳税人")

    assert answer.results[0].why == "词语全部命中：甲法 纳税人"
    assert _ids(answer)[0] == 35


def test_a_single_character_is_found(index: SearchIndex) -> None:
    answer = index.search("税")

    assert _ids(answer) == [35]


def test_traditional_and_full_width_queries_find_the_same(index: SearchIndex) -> None:
    answer = index.search("聽證")

    assert _ids(answer) == _ids(index.search("听证"))
    assert set(_ids(answer)) == {33, 34}


def test_an_everyday_word_finds_what_the_law_says(index: SearchIndex) -> None:
    answer = index.search("占道经营")

    assert _ids(answer)[0] == 36
    assert answer.results[0].why == "由“占道经营”扩展：占用道路 经营"
    assert answer.expanded[0].startswith("占道经营→占用道路 经营")


def test_other_words_can_be_switched_off(make_article: MakeArticle, make_index: MakeIndex) -> None:
    articles = (
        make_article("占用道路从事经营的，责令改正。"),
        make_article("经营者应当明码标价。", everyday="占道经营卖水果"),
        *(make_article(f"第{number}类其他事项由本局办理。") for number in range(40)),
    )
    index = make_index(articles)

    widened = index.search("占道经营")
    as_typed = index.search("占道经营", asker=Asker(as_typed=True))

    assert set(_ids(widened)) == {1, 2}
    assert widened.expanded
    assert not as_typed.expanded
    assert not any("扩展" in r.why or "日常" in r.why for r in as_typed.results)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("听证 AND 秘密", {34}),
        ("听证 NOT 秘密", {33}),
        ("秘密 OR 缴税", {34, 35}),
        ("（秘密 OR 缴税） AND 听证", {34}),
        ("“倾倒建筑垃圾”", {31}),
        ('"公开举行，涉及"', {34}),
        ("NOT 听证", set()),
    ],
)
def test_a_stated_condition_is_met_exactly(
    index: SearchIndex, query: str, found: set[int]
) -> None:
    answer = index.search(query)

    assert set(_ids(answer)) == found
    assert {result.why for result in answer.results} <= {"符合检索条件"}


@pytest.mark.parametrize("query", ["", "(((", '""', "*", "AND AND", "NOT", "\x00", "？" * 500])
def test_a_query_that_says_nothing_finds_nothing(index: SearchIndex, query: str) -> None:
    answer = index.search(query)

    assert answer.results == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(alphabet='听证罚款倾倒税 ANDORNOT()"“”*第条42日', max_size=60))
def test_no_query_fails(index: SearchIndex, query: str) -> None:
    answer = index.search(query, limit=3)

    assert len(answer.results) <= 3


def test_only_texts_in_force_on_the_day_are_found(
    make_article: MakeArticle, make_index: MakeIndex
) -> None:
    make_article("听证旧规定", label="第九条", effective_to=_DAY)
    old = make_article("听证旧规定", label="第九条", effective_to=_DAY)
    new = make_article("听证新规定", label="第九条", effective_from=_DAY)
    index = make_index([old, new])

    before = index.search("听证", as_of=date(2026, 8, 31))
    after = index.search("听证", as_of=_DAY)

    assert (_ids(before), _ids(after)) == ([old.id], [new.id])
    assert after.results[0].in_force
    assert after.results[0].effective_to is None
    assert before.results[0].effective_to == _DAY


def test_other_versions_are_folded_under_the_newest(
    make_article: MakeArticle, make_index: MakeIndex
) -> None:
    old = make_article("听证规定", label="第九条", effective_to=_DAY)
    new = make_article("听证规定", label="第九条", effective_from=_DAY)
    index = make_index([old, new])

    answer = index.search("听证", any_day=True)

    assert _ids(answer) == [new.id]
    assert answer.results[0].also == (old.id,)


def test_the_same_long_text_in_two_laws_is_shown_once(
    make_article: MakeArticle, make_index: MakeIndex
) -> None:
    text = "当事人要求听证的，应当组织听证，并在举行听证的七日前通知当事人时间、地点。" * 2
    first = make_article(text, label="第九条")
    second = make_article(text, label="第九条", instrument="乙法")

    answer = make_index([first, second]).search("听证")

    assert _ids(answer) == [first.id]
    assert answer.results[0].also == (second.id,)


def test_a_short_text_that_many_laws_share_is_not_folded(
    make_article: MakeArticle, make_index: MakeIndex
) -> None:
    first = make_article("本法自公布之日起施行。", label="第九条")
    second = make_article("本法自公布之日起施行。", label="第九条", instrument="乙法")

    answer = make_index([first, second]).search("施行")

    assert sorted(_ids(answer)) == [first.id, second.id]


def test_a_kind_limits_the_results(make_article: MakeArticle, make_index: MakeIndex) -> None:
    make_article("听证")
    rule = make_article("听证", instrument="听证条例", level="行政法规")
    index = make_index([make_article("听证"), rule])

    answer = index.search("听证", kind="行政法规")

    assert _ids(answer) == [rule.id]
    assert index.search("听证", kind="部门规章").results == ()


def test_priors_order_what_is_alike(make_article: MakeArticle, make_index: MakeIndex) -> None:
    plain = make_article("听证")
    favoured = make_article("听证", instrument="乙法")
    priors = Priors(instruments={"乙法": 3.0})

    answer = make_index([plain, favoured], priors=priors).search("听证")

    assert _ids(answer) == [favoured.id, plain.id]


def test_a_citation_is_shown_first(make_article: MakeArticle, make_index: MakeIndex) -> None:
    articles = [make_article("听证"), make_article("其他", effective_to=_DAY)]
    asked: list[tuple[str, date]] = []

    def resolve(query: str, day: date) -> Sequence[int]:
        asked.append((query, day))
        return [2, 99]

    answer = make_index(articles, resolve=resolve).search("甲法 2", as_of=_DAY)

    assert asked == [("甲法 2", _DAY)]
    assert answer.results[0].article_id == 2
    assert answer.results[0].why == "条文定位"
    assert not answer.results[0].in_force


def test_a_law_asked_for_by_name_is_shown_in_its_own_order(
    make_article: MakeArticle, make_index: MakeIndex
) -> None:
    own = [make_article(text, instrument="中华人民共和国听证法") for text in ("一", "二", "三")]
    other = make_article("依照听证法办理。听证法另有规定的除外。")

    answer = make_index([other, *own]).search("听证法")

    assert _ids(answer) == [own[0].id, own[1].id, own[2].id, other.id]


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_the_limit_is_kept(index: SearchIndex, limit: int) -> None:
    answer = index.search("听证", limit=limit)

    assert len(answer.results) == limit


def test_a_question_finds_by_what_it_shares(index: SearchIndex) -> None:
    answer = index.search("请问个人怎么才能够要求组织听证会呢？")

    assert _ids(answer)[0] == 33
    assert "听证" in answer.results[0].why


def test_who_asks_for_the_penalty_is_shown_the_article_that_sets_it(
    make_article: MakeArticle, make_index: MakeIndex
) -> None:
    articles = (
        make_article("任何人不得在河道内倾倒装修垃圾。"),
        make_article("在河道内倾倒装修垃圾的，由主管部门责令停止，处一万元罚款。"),
        *(make_article(f"第{number}类其他事项由本局办理。") for number in range(40)),
    )
    index = make_index(articles)

    asked_what, asked_price = (
        [result.article_id for result in index.search(asked).results][:2]
        for asked in ("能不能在河道内倾倒装修垃圾", "在河道内倾倒装修垃圾怎么处罚")
    )

    assert asked_what == [1, 2]
    assert asked_price == [2, 1]


def test_results_are_printed_with_the_documented_keys(index: SearchIndex) -> None:
    printed = index.search("听证", limit=1).as_json()

    rows = json.loads(json.dumps(printed["results"]))
    needed = {"instrument", "article", "text", "promulgated", "in_force", "score", "why"}
    assert needed <= rows[0].keys()
    assert printed.keys() == {"took_ms", "expanded", "results"}


def test_many_threads_get_the_same_answers(index: SearchIndex) -> None:
    queries = ["听证", "建筑垃圾", "税", "占道经营"] * 10
    alone = [_ids(index.search(query)) for query in queries]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda query: _ids(index.search(query)), queries))

    assert together == alone


def test_an_open_index_outlives_the_next_build(
    index: SearchIndex, make_article: MakeArticle, make_index: MakeIndex
) -> None:
    make_index([make_article("新的条文")])

    answer = index.search("听证")

    assert index.count == 36
    assert set(_ids(answer)) == {33, 34}


def test_a_missing_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        open_index(tmp_path)
