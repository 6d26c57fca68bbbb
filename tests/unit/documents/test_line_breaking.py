import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.documents.layout_samples import FANG, paragraph, run
from workstation.documents.blocks import Align, RunStyle
from workstation.documents.fonts import FontStyle, GlyphMissingError, bundled_library
from workstation.documents.kinsoku import LIBREOFFICE, WORD, KinsokuProfile
from workstation.documents.line_breaking import GlyphRow, GlyphTables, break_lines, shape
from workstation.documents.shaped_lines import ShapedLine, shape_paragraph

_ALPHABET = "经查违法行为罚款，。、；：！？）》”（《“‘〔—…ab12-/. %☐☑　喆𬭎"
_TEXTS = st.text(alphabet=_ALPHABET, max_size=80)
_MEASURES = st.floats(min_value=16, max_value=200)
_PROFILES = st.sampled_from([WORD, LIBREOFFICE])


def _row(text: str, profile: KinsokuProfile = WORD) -> GlyphRow:
    return shape((run(text),), GlyphTables(bundled_library()), profile)


def _broken(text: str, measure: float, indent: float = 0.0) -> list[str]:
    lines = break_lines(_row(text), measure, indent, WORD)
    return [text[line.start : line.end] for line in lines]


def _shaped(text: str, measure: float, profile: KinsokuProfile) -> tuple[ShapedLine, ...]:
    tables = GlyphTables(bundled_library())
    return shape_paragraph(paragraph(text), measure, profile, tables)


@given(_TEXTS, _MEASURES, _PROFILES)
def test_no_character_is_lost_or_doubled(
    text: str, measure: float, profile: KinsokuProfile
) -> None:
    lines = break_lines(_row(text, profile), measure, 0.0, profile)

    assert "".join(text[line.start : line.end] for line in lines) == text


@given(_TEXTS, _MEASURES)
def test_no_line_is_wider_than_the_measure(text: str, measure: float) -> None:
    lines = _shaped(text, measure, WORD)

    assert all(line.natural_width <= measure + 0.06 for line in lines if len(line.text) > 1)


@given(_TEXTS, _MEASURES, _PROFILES)
def test_justification_only_widens_and_never_past_the_measure(
    text: str, measure: float, profile: KinsokuProfile
) -> None:
    lines = _shaped(text, measure, profile)

    for line in lines:
        assert line.width >= line.natural_width - 0.001
        assert line.width <= max(measure, line.natural_width) + 0.001


@given(_TEXTS, _MEASURES, _PROFILES)
def test_a_line_breaks_against_the_rules_only_where_they_leave_no_other_place(
    text: str, measure: float, profile: KinsokuProfile
) -> None:
    row = _row(text, profile)
    ends = [atom.end for atom in row.atoms]

    for line in break_lines(row, measure, 0.0, profile)[:-1]:
        if line.end in ends and not profile.allows_break(text[line.end - 1], text[line.end]):
            inner = [end for end in ends if line.start < end < line.end]
            assert not any(profile.allows_break(text[end - 1], text[end]) for end in inner)


def test_a_comma_takes_the_character_before_it_to_the_next_line() -> None:
    assert _broken("一二三四五，六", 80) == ["一二三四", "五，六"]


def test_an_opening_bracket_goes_to_the_next_line() -> None:
    assert _broken("一二三四（五）", 80) == ["一二三四", "（五）"]


def test_a_dash_is_not_parted() -> None:
    assert _broken("一二三四——五", 80) == ["一二三四", "——五"]


def test_a_number_is_not_parted() -> None:
    assert _broken("一二三四2026年", 80) == ["一二三四", "2026年"]


def test_the_first_line_is_shorter_by_its_indent() -> None:
    assert _broken("一二三四五六七八", 80, 32) == ["一二三", "四五六七八"]


def test_a_word_wider_than_a_line_starts_a_new_one_and_is_broken_anywhere() -> None:
    assert _broken("码91330399MA0000015L。", 64)[:2] == ["码", "91330399"]


def test_spaces_that_do_not_fit_stay_at_the_end_of_the_line() -> None:
    assert _broken("一二三四五 六", 80) == ["一二三四五 ", "六"]


def test_only_closing_marks_are_broken_where_the_line_is_full() -> None:
    assert _broken("，，，，，，，", 80) == ["，，，，，", "，，"]


def test_libreoffice_lets_a_comma_hang() -> None:
    text = "一二三四五，六"
    lines = break_lines(_row(text, LIBREOFFICE), 80, 0.0, LIBREOFFICE)

    assert text[: lines[0].end] == "一二三四五，"


def test_a_rare_character_comes_from_a_fallback_face_within_the_line() -> None:
    (line,) = _shaped("赵堃喆", 160, WORD)

    drawn = "".join(getattr(operation, "text", "") for operation in line.operations)
    assert drawn == "赵堃喆"
    assert len(line.operations) == 2


def test_a_character_without_a_glyph_is_refused() -> None:
    with pytest.raises(GlyphMissingError):
        _row("\U0003ffff")


def test_runs_of_several_sizes_share_one_baseline() -> None:
    large = RunStyle(font=FontStyle.HEI, size=22)
    both = paragraph("", runs=(run("小"), run("大", large)), align=Align.LEFT)
    (line,) = shape_paragraph(both, 160, WORD, GlyphTables(bundled_library()))

    assert {getattr(operation, "y", None) for operation in line.operations} == {0.0}
    assert line.ascent == pytest.approx(10 + 0.38 * 22)
    assert FANG.size < large.size
