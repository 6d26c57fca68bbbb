"""Folding and terms."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.errors import DataFileError
from workstation.legislation import analysis
from workstation.legislation.analysis import bigrams, characters, fold, statutory_numerals, words


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    folded = fold(text)

    assert len(folded) == len(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)

    assert fold(once) == once


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＧＢ／Ｔ　９７０４", "gb/t 9704"),
        ("二〇二六年", "二零二六年"),
        ("行政處罰決定書", "行政处罚决定书"),
        ("佔道經營", "占道经营"),
        ("著作权", "著作权"),
        ("著作權", "著作权"),
    ],
)
def test_width_case_zero_and_script_are_folded(text: str, folded: str) -> None:
    result = fold(text)

    assert result == folded


def test_chinese_is_cut_into_overlapping_pairs_within_a_clause() -> None:
    terms = bigrams("占道经营,罚")

    assert terms == ["占道", "道经", "经营", "罚"]


def test_latin_and_digit_runs_stay_whole() -> None:
    terms = bigrams("达到gb3096的")

    assert terms == ["达到", "gb3096", "的"]


def test_rare_characters_beyond_the_basic_plane_are_terms() -> None:
    terms = bigrams("张𠅤某")

    assert terms == ["张𠅤", "𠅤某"]


def test_characters_leave_out_latin_and_punctuation() -> None:
    found = characters("甲、b乙")

    assert found == ["甲", "乙"]


def test_words_are_parted_by_blanks_and_punctuation() -> None:
    found = words("擅自倾倒、堆放 (第42条)")

    assert found == ["擅自倾倒", "堆放", "第42条"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("第42条", "第四十二条"),
        ("30日内", "三十日内"),
        ("5000元以上", "五千元以上"),
        ("2026年7月15日", "2026年7月15日"),
        ("满14周岁", "满14周岁"),
        ("2年内", "二年内"),
    ],
)
def test_numbers_are_written_as_statutes_write_them(typed: str, written: str) -> None:
    result = statutory_numerals(typed)

    assert result == written


@pytest.mark.parametrize("content", [None, "處处 罰", "處处分"])
def test_a_damaged_table_of_characters_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    monkeypatch.setattr(analysis, "resources_dir", lambda: tmp_path)
    if content is not None:
        (tmp_path / "traditional_to_simplified.txt").write_text(content, encoding="utf-8")

    with pytest.raises(DataFileError, match="繁简对照表"):
        analysis.fold_table.__wrapped__()
