"""Verdicts on cited places as of a day, against the real store."""

from datetime import date

import pytest

from workstation.domain.citations import parse_reference
from workstation.legislation.citations import (
    Verdict,
    check,
    check_text,
    examine,
    find_citations,
    host_of,
    resolve_query,
)
from workstation.legislation.law_store import LawStore

TODAY = date(2026, 11, 23)

VERDICTS = [
    ("行政处罚法§58", TODAY, Verdict.OK),
    ("行政处罚法第六十三条第一款第（六）项", TODAY, Verdict.OK),
    ("行政处罚法第六十三条第（六）项", TODAY, Verdict.OK),
    ("行政处罚法第六十三条第一款第（七）项", TODAY, Verdict.NO_SUCH_ITEM),
    ("行政处罚法第六十三条第二款第（一）项", TODAY, Verdict.NO_SUCH_ITEM),
    ("行政处罚法第六十三条第三款", TODAY, Verdict.NO_SUCH_PARAGRAPH),
    ("行政处罚法§87", TODAY, Verdict.NO_SUCH_ARTICLE),
    ("行政处罚法第五十八条之一", TODAY, Verdict.NO_SUCH_ARTICLE),
    ("刑法第一百三十三条之一", TODAY, Verdict.OK),
    ("固废法§102", date(2026, 8, 14), Verdict.OK),
    ("固废法§102", date(2026, 8, 15), Verdict.REPEALED),
    ("生态环境法典§518", date(2026, 8, 14), Verdict.NOT_YET_IN_FORCE),
    ("生态环境法典第一千一百六十九条第三款", TODAY, Verdict.OK),
    ("医疗保障法§1", TODAY, Verdict.NOT_YET_IN_FORCE),
    ("噪声污染防治法§1", date(2022, 6, 4), Verdict.NOT_YET_IN_FORCE),
    ("行政处罚法§58", date(2020, 1, 1), Verdict.UNKNOWN_INSTRUMENT),
    ("浙江省城市市容和环境卫生管理条例§30", TODAY, Verdict.UNKNOWN_INSTRUMENT),
    ("人民法§1", TODAY, Verdict.AMBIGUOUS),
    ("合同法§52", TODAY, Verdict.REPEALED),
    ("合同法§52", date(2020, 12, 31), Verdict.UNKNOWN_INSTRUMENT),
    ("执业医师法§37", TODAY, Verdict.REPEALED),
    ("侵权责任法§6", TODAY, Verdict.REPEALED),
    ("城市规划法§40", TODAY, Verdict.REPEALED),
]


@pytest.mark.parametrize(("reference", "day", "verdict"), VERDICTS)
def test_a_citation_gets_its_verdict(
    store: LawStore, reference: str, day: date, verdict: Verdict
) -> None:
    assert check(store, parse_reference(reference), day) is verdict


def test_a_good_citation_brings_its_article(store: LawStore) -> None:
    found = examine(store, parse_reference("行政处罚法§58"), TODAY)

    assert found.article is not None
    assert found.reference.title == "中华人民共和国行政处罚法"


@pytest.mark.parametrize(
    ("reference", "day", "words"),
    [
        ("行政处罚法第六十三条第三款", TODAY, "只有二款"),
        ("行政处罚法第六十三条第一款第（七）项", TODAY, "没有第（七）项"),
        ("固废法§102", TODAY, "第一千二百四十二条"),
        ("火星法§1", TODAY, "不等于该法规不存在"),
        ("行政处罚法§58", date(2020, 1, 1), "本库无更早文本"),
    ],
)
def test_the_message_says_what_is_wrong(
    store: LawStore, reference: str, day: date, words: str
) -> None:
    assert words in examine(store, parse_reference(reference), day).message


def test_a_text_is_checked_whole(store: LawStore) -> None:
    text = "违反《固废法》第一百一十一条第一款第（四）项，依据该法第九百条。"

    first, second = check_text(store, text, date(2026, 8, 1))

    assert first.check.verdict is Verdict.OK
    assert second.check.verdict is Verdict.NO_SUCH_ARTICLE


def test_a_checked_citation_is_printed_for_the_command_line(store: LawStore) -> None:
    (checked,) = check_text(store, "依据行政处罚法第六十三条第一款第（二）项", TODAY)

    printed = checked.as_json()

    assert printed["instrument"] == "中华人民共和国行政处罚法"
    assert (printed["article"], printed["paragraph"], printed["item"]) == ("第六十三条", 1, 2)
    assert printed["verdict"] == "ok"


def test_every_place_that_the_penalty_law_names_in_itself_exists(store: LawStore) -> None:
    verdicts = []
    for article in store.instrument_articles("行政处罚法", TODAY):
        for paragraph in article.paragraphs:
            host = host_of(article, paragraph.number)
            text = "\n".join(paragraph.lines)
            found = find_citations(text, store.titles, host=host)
            verdicts += [check(store, citation.reference, TODAY) for citation in found]

    assert len(verdicts) > 15
    assert set(verdicts) == {Verdict.OK}


def test_an_amendment_is_no_host_for_the_places_it_names(store: LawStore) -> None:
    (first, *_rest) = store.instrument_articles("刑法修正案（十一）", TODAY)

    assert host_of(first, 1) is None


def test_a_typed_citation_leads_to_the_text_of_the_day(store: LawStore) -> None:
    references = resolve_query("商标法 1", store.titles)

    now = store.article_ids(references, date(2026, 12, 31))
    later = store.article_ids(references, date(2027, 1, 1))

    assert len(now) == len(later) == 1
    assert now != later
