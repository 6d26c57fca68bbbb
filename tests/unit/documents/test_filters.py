"""Filters: amounts, dates, references and blanks as legal documents print them."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.documents import filters
from workstation.domain.citations import ArticleReference

TITLES = {"生态环境法典": "中华人民共和国生态环境法典"}
cite = filters.filters(TITLES)["cite"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("生态环境法典§1169§1", "《中华人民共和国生态环境法典》第一千一百六十九条第一款"),
        ("生态环境法典§1169", "《中华人民共和国生态环境法典》第一千一百六十九条"),
        ("浙江省某条例§28§2§3", "《浙江省某条例》第二十八条第二款第（三）项"),
        ("浙江省某条例§32§0§1", "《浙江省某条例》第三十二条第（一）项"),
        ("某法§120之一§2", "《某法》第一百二十条之一第二款"),
        ("某法第十条第一款", "《某法》第十条第一款"),
        ("", ""),
    ],
)
def test_a_reference_is_cited_in_full(text: str, printed: str) -> None:
    assert cite(text) == printed


def test_several_references_are_joined() -> None:
    assert cite(["甲法§1", "乙法§2§1"]) == "《甲法》第一条、《乙法》第二条第一款"


@pytest.mark.parametrize("text", ["行政处罚法", "§58", "某法§甲", "某法§1§2§3§4"])
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a reference"):
        cite(text)


@given(st.integers(1, 1500), st.integers(0, 20), st.integers(0, 20))
def test_compact_references_round_trip(article: int, paragraph: int, item: int) -> None:
    text = f"某法§{article}§{paragraph}§{item}"

    reference = filters.parse_compact(text)

    assert reference == ArticleReference(
        title="某法", article=article, paragraph=paragraph, item=item
    )


def test_figures_and_words_of_an_amount_agree() -> None:
    assert filters.money("101,600") == "101,600.00"
    assert filters.money_cn(Decimal(101600)) == "壹拾万壹仟陆佰元整"


def test_no_amount_leaves_room_to_write() -> None:
    assert filters.money("") == "\u3000" * 5
    assert filters.money_cn(None) == "\u3000" * 5 + "元整"


def test_zero_is_an_amount() -> None:
    assert (filters.money(0), filters.money_cn(0)) == ("0.00", "零元整")


@pytest.mark.parametrize("value", ["一百", "nan", "Infinity"])
def test_what_is_no_amount_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="不是金额"):
        filters.money(value)


@pytest.mark.parametrize(
    "value", ["2026-08-19T09:05", datetime(2026, 8, 19, 9, 5), "2026-08-19T09:05:30"]
)
def test_a_moment_is_printed_to_the_minute(value: object) -> None:
    assert filters.datetime_cn(value) == "2026年8月19日9时05分"


def test_a_date_is_printed_without_leading_zeros() -> None:
    assert filters.date_cn(date(2026, 8, 9)) == "2026年8月9日"
    assert filters.date_cn("2026-10-15") == "2026年10月15日"


def test_a_time_of_day_alone_is_printed() -> None:
    assert filters.time_cn("09:05") == "9时05分"


def test_empty_dates_are_blanks_to_fill_in_by_hand() -> None:
    assert filters.date_cn("") == "\u3000\u3000年\u3000月\u3000日"
    assert filters.datetime_cn("") == "\u3000\u3000年\u3000月\u3000日\u3000时\u3000分"
    assert filters.time_cn(None) == "\u3000时\u3000分"


def test_the_day_of_the_week() -> None:
    assert filters.weekday_cn("2026-08-19") == "星期三"
    assert filters.weekday_cn("") == ""


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="不是日期"):
        filters.date_cn("八月十九日")


def test_lines_are_trimmed_and_empty_ones_dropped() -> None:
    assert filters.lines("\u3000\u3000一\r\n\n 二 \n") == ["一", "二"]
    assert filters.lines("") == [""]
    assert filters.lines(["一", 2]) == ["一", "2"]


def test_boxes_and_words_for_nothing() -> None:
    assert (filters.box(1), filters.box(0)) == ("☑", "☐")
    assert (filters.or_none(""), filters.or_none("有")) == ("无", "有")
    assert filters.article_cn("1169") == "一千一百六十九"


def test_padding_reaches_the_width() -> None:
    assert filters.pad("甲ab", 5) == "甲ab" + "\u3000" * 3
    assert filters.blank("甲", 4) == "\u3000甲\u3000\u3000"
    assert filters.blank("甲乙丙", 2) == "甲乙丙"
