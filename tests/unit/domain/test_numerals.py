"""Chinese numerals as statutes and receipts write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.numerals import (
    MAX_NUMERAL,
    from_chinese,
    to_chinese,
    yuan_in_figures,
    yuan_in_words,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (18, "十八"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1054, "一千零五十四"),
        (1169, "一千一百六十九"),
        (10_001, "一万零一"),
        (110_000, "十一万"),
    ],
)
def test_numbers_are_written_as_statutes_number_articles(number: int, text: str) -> None:
    assert to_chinese(number) == text


@given(st.integers(min_value=0, max_value=MAX_NUMERAL))
def test_every_numeral_reads_back_as_its_number(number: int) -> None:
    assert from_chinese(to_chinese(number)) == number


@pytest.mark.parametrize(("text", "number"), [("二〇二六", 2026), ("５８", 58), ("两百", 200)])
def test_other_writings_of_a_number_are_read(text: str, number: int) -> None:
    assert from_chinese(text) == number


@pytest.mark.parametrize("text", ["", "甲", "第一", "-1"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        from_chinese(text)


@pytest.mark.parametrize("number", [-1, MAX_NUMERAL + 1])
def test_a_number_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="range"):
        to_chinese(number)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("100000", "壹拾万元整"),
        ("101600", "壹拾万壹仟陆佰元整"),
        ("1600", "壹仟陆佰元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000001", "壹拾亿零壹元整"),
        ("107000000", "壹亿零柒佰万元整"),
        ("10.05", "壹拾元零伍分"),
        ("16.4", "壹拾陆元肆角整"),
        ("0.5", "伍角整"),
        ("0", "零元整"),
    ],
)
def test_amounts_are_written_in_financial_characters(amount: str, words: str) -> None:
    assert yuan_in_words(Decimal(amount)) == words


def test_figures_carry_thousands_separators_and_fen() -> None:
    assert yuan_in_figures(Decimal(100_000)) == "100,000.00"


@pytest.mark.parametrize("amount", ["-1", "1E+16"])
def test_an_amount_out_of_range_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="range"):
        yuan_in_words(Decimal(amount))
