import pytest

from workstation.documents.kinsoku import LIBREOFFICE, WORD, takes_autospace


@pytest.mark.parametrize("char", "，。、；：！？）》”’〕…％℃")
def test_closing_punctuation_may_not_start_a_line(char: str) -> None:
    assert not WORD.allows_break("字", char)


@pytest.mark.parametrize("char", "（《“‘〔￥")
def test_opening_punctuation_may_not_end_a_line(char: str) -> None:
    assert not WORD.allows_break(char, "字")


def test_any_two_han_characters_may_be_parted() -> None:
    assert WORD.allows_break("行", "政")


def test_a_dash_may_start_a_line_but_is_not_halved() -> None:
    pieces = WORD.tokens("甲——乙……")

    assert pieces == ["甲", "——", "乙", "……"]
    assert WORD.allows_break("甲", "—")


def test_libreoffice_halves_a_dash() -> None:
    assert LIBREOFFICE.tokens("——") == ["—", "—"]


def test_words_and_numbers_break_only_after_hyphen_and_slash() -> None:
    pieces = WORD.tokens("GB/T9704-2012共1,000.5%")

    assert pieces == ["GB/", "T9704-", "2012", "共", "1,000.5%"]


def test_a_minus_sign_stays_with_its_number() -> None:
    assert WORD.tokens("-5") == ["-5"]


def test_libreoffice_keeps_a_slash_with_the_character_after_it() -> None:
    assert WORD.allows_break("/", "吨")
    assert not LIBREOFFICE.allows_break("/", "吨")


def test_libreoffice_keeps_dots_with_the_word_before_them() -> None:
    assert LIBREOFFICE.allows_break("字", "…")
    assert not LIBREOFFICE.allows_break("5", "…")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("共", "3", True), ("3", "人", True), ("，", "3", False), ("人", "民", False)],
)
def test_autospace_stands_between_han_and_digits(
    before: str, after: str, *, expected: bool
) -> None:
    assert takes_autospace(before, after) is expected
