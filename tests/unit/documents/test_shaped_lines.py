from itertools import pairwise

import pytest

from tests.unit.documents.layout_samples import FANG, paragraph, png, run
from workstation.documents.blocks import Align, Paragraph, PictureRun, RunStyle
from workstation.documents.display_list import (
    CheckBoxOperation,
    LineOperation,
    PictureOperation,
    TextOperation,
    moved,
)
from workstation.documents.fonts import FontStyle, bundled_library
from workstation.documents.kinsoku import LIBREOFFICE, WORD
from workstation.documents.line_breaking import GlyphTables
from workstation.documents.shaped_lines import LayoutCache, ShapedLine, shape_paragraph

UNDERLINED = RunStyle(font=FontStyle.FANG, size=16, underline=True)


def _shape(block: Paragraph, measure: float = 160.0) -> tuple[ShapedLine, ...]:
    return shape_paragraph(block, measure, WORD, GlyphTables(bundled_library()))


def _texts(line: ShapedLine) -> list[TextOperation]:
    return [operation for operation in line.operations if isinstance(operation, TextOperation)]


def _places(line: ShapedLine) -> list[tuple[str, float]]:
    """Return every character with its x."""
    places = []
    for operation in _texts(line):
        x = operation.x
        for char, advance in zip(operation.text, operation.advances, strict=True):
            places.append((char, x))
            x += advance + operation.char_space
    return places


def test_a_justified_line_reaches_the_measure_and_the_last_one_stays_left() -> None:
    first, last = _shape(paragraph("一二三四五六七八九，十"), 155)

    assert first.width == pytest.approx(155)
    assert last.width == last.natural_width


def test_slack_is_spread_evenly_over_the_gaps() -> None:
    first, _ = _shape(paragraph("一二三四五六七八九十一"), 154)

    (operation,) = _texts(first)
    assert operation.char_space == pytest.approx((154 - 9 * 16) / 8)


def test_slack_does_not_part_the_digits_of_a_number() -> None:
    first, _ = _shape(paragraph("一二三四2026五六七八九"), 154)

    places = _places(first)
    digits = [x for char, x in places if char.isdigit()]
    assert [b - a for a, b in pairwise(digits)] == [pytest.approx(8)] * 3
    assert places[1][1] - places[0][1] > 16


def test_a_line_that_slack_would_tear_apart_stays_ragged() -> None:
    first, *_ = _shape(paragraph("网址abcdefghijklmnopqr"), 150)

    assert first.width == first.natural_width


@pytest.mark.parametrize(("align", "x"), [(Align.LEFT, 0), (Align.CENTER, 64), (Align.RIGHT, 128)])
def test_alignment_places_a_short_line(align: Align, x: float) -> None:
    (line,) = _shape(paragraph("日期", align=align))

    assert _texts(line)[0].x == pytest.approx(x)


def test_indents_narrow_the_measure() -> None:
    first, second = _shape(
        paragraph("一二三四五六七八", left_indent=32, right_indent=16, first_line_indent=32)
    )

    assert (_texts(first)[0].x, _texts(second)[0].x) == (64, 32)
    assert first.text == "一二三四五"


def test_han_characters_are_centred_in_the_leading() -> None:
    (line,) = _shape(paragraph("字", leading=28.0))

    assert line.ascent == pytest.approx(14 + 0.38 * 16)


def test_libreoffice_puts_four_fifths_of_the_leading_above_the_baseline() -> None:
    block = paragraph("字", leading=30.0)
    (line,) = shape_paragraph(block, 160, LIBREOFFICE, GlyphTables(bundled_library()))

    assert line.ascent == pytest.approx(24)


def test_a_blank_is_underlined_to_its_full_length() -> None:
    runs = (run("姓名："), run("卓望野　　", UNDERLINED, "name"))
    (line,) = _shape(paragraph("", runs=runs))

    (rule,) = [op for op in line.operations if isinstance(op, LineOperation)]
    assert (rule.x0, rule.x1) == (48, 128)
    assert _texts(line)[1].field == "name"


def test_a_blank_at_the_end_of_a_line_is_kept() -> None:
    first, second = _shape(paragraph("", runs=(run("一二三四五六七　　　　　", UNDERLINED),)))

    assert (len(first.text), len(second.text)) == (10, 2)


def test_check_boxes_are_drawn_as_boxes_one_em_apart() -> None:
    (line,) = _shape(paragraph("", runs=(run("☑是☐否", FANG, "choice"),)))

    boxes = [op for op in line.operations if isinstance(op, CheckBoxOperation)]
    assert [box.checked for box in boxes] == [True, False]
    assert boxes[1].x - boxes[0].x == pytest.approx(32)
    assert boxes[0].field == "choice"


def test_a_picture_makes_its_line_as_high_as_itself() -> None:
    picture = PictureRun(data=png(), width=100, height=80)
    (line,) = _shape(paragraph("", runs=(picture,)))

    assert line.height == 80
    assert isinstance(line.operations[0], PictureOperation)


def test_a_ruled_paragraph_has_a_rule_under_every_line_to_full_width() -> None:
    lines = _shape(paragraph("一二三四五六七八九十一", ruled=True))

    rules = [op for line in lines for op in line.operations if isinstance(op, LineOperation)]
    assert [(rule.x0, rule.x1) for rule in rules] == [(0, 160), (0, 160)]


def test_the_spacing_of_a_run_follows_every_character() -> None:
    wide = RunStyle(font=FontStyle.FANG, size=16, spacing=2)
    (line,) = _shape(paragraph("", runs=(run("一二三", wide),)))

    assert line.width == pytest.approx(3 * 16 + 2 * 2)


def test_the_cache_returns_the_same_lines_for_an_equal_paragraph() -> None:
    cache, fonts = LayoutCache(), bundled_library()
    first = cache.strips(paragraph("经查"), 160, WORD, fonts)

    again = cache.strips(paragraph("经查"), 160, WORD, fonts)

    assert again is first


def test_the_cache_drops_what_was_used_least_recently() -> None:
    cache, fonts = LayoutCache(size=1), bundled_library()
    first = cache.strips(paragraph("甲"), 160, WORD, fonts)
    cache.strips(paragraph("乙"), 160, WORD, fonts)

    again = cache.strips(paragraph("甲"), 160, WORD, fonts)

    assert again is not first


def test_every_operation_of_a_line_moves_with_it() -> None:
    picture = PictureRun(data=png(), width=10, height=10)
    runs = (run("甲☑"), run("乙", UNDERLINED), picture)
    (line,) = _shape(paragraph("", runs=runs))

    shifted = [moved(operation, 5, 7) for operation in line.operations]

    for before, after in zip(line.operations, shifted, strict=True):
        assert _corner(after) == pytest.approx([_corner(before)[0] + 5, _corner(before)[1] + 7])


def test_a_text_operation_knows_its_width() -> None:
    (line,) = _shape(paragraph("一二三"))

    assert _texts(line)[0].width == pytest.approx(48)


def _corner(operation: object) -> list[float]:
    if isinstance(operation, LineOperation):
        return [operation.x0, operation.y0]
    assert isinstance(operation, TextOperation | CheckBoxOperation | PictureOperation)
    return [operation.x, operation.y]
