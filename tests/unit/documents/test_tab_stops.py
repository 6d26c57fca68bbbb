"""Tabs, line breaks by hand and lines of several sizes, as they come out on the line."""

from dataclasses import replace

import pytest

from tests.unit.documents.layout_samples import FANG, laid_out, paragraph, rules, run, texts
from workstation.documents.blocks import Paragraph, TabAlign, TabLeader, TabStop
from workstation.documents.tab_stops import TabRuler

LEFT = 50.0


def tabbed(text: str, *stops: TabStop, **shape: object) -> Paragraph:
    return paragraph(text, tab_stops=stops, **shape)


@pytest.mark.parametrize(
    ("stop", "x"),
    [
        (TabStop(80), 80.0),
        (TabStop(80, TabAlign.CENTER), 80.0 - 16),
        (TabStop(80, TabAlign.RIGHT), 80.0 - 32),
    ],
)
def test_text_stands_at_its_tab_stop(stop: TabStop, x: float) -> None:
    _, second = texts(laid_out(tabbed("甲\t乙丙", stop)).pages[0])

    assert second.x == pytest.approx(LEFT + x)


def test_behind_the_last_stop_there_is_one_every_so_far() -> None:
    found = texts(laid_out(tabbed("甲\t乙\t丙", TabStop(20), tab_distance=50.0)).pages[0])

    assert [operation.x for operation in found] == [LEFT, LEFT + 20, LEFT + 50]


def test_a_tab_that_does_not_fit_goes_to_the_next_line() -> None:
    shown = laid_out(tabbed("一二三四五六七八九\t十")).pages[0]

    assert shown.lines == ("一二三四五六七八九", " 十")
    assert texts(shown)[1].x == LEFT + 36


def test_a_hanging_indent_is_a_stop() -> None:
    shape = {"left_indent": 48.0, "first_line_indent": -48.0}

    _, second = texts(laid_out(tabbed("1\t乙", **shape)).pages[0])

    assert second.x == pytest.approx(LEFT + 48)


def test_a_leader_fills_the_way_to_the_stop() -> None:
    page = laid_out(tabbed("甲\t乙", TabStop(160, TabAlign.RIGHT, TabLeader.LINE))).pages[0]

    (rule,) = rules(page)
    assert [rule.x0, rule.x1] == pytest.approx([LEFT + 16, LEFT + 144])


def test_a_line_break_by_hand_ends_the_line_and_leaves_it_ragged() -> None:
    page = laid_out(paragraph("甲乙\n丙\n")).pages[0]

    assert page.lines == ("甲乙", "丙")
    assert texts(page)[0].char_space == 0


def test_the_ruler_never_goes_back() -> None:
    ruler = TabRuler(tabbed("", TabStop(40, TabAlign.RIGHT)))

    assert ruler.measure(30, 100)[0] == 0


def test_sizes_on_one_line_share_the_baseline_and_the_leading() -> None:
    big = replace(FANG, size=32)
    mixed = paragraph("", runs=(run("大", big), run("小")))

    large, small = texts(laid_out(mixed).pages[0])

    assert large.y == small.y
    assert (large.size, small.size) == (32, 16)


def test_at_least_leading_grows_with_the_tallest_face() -> None:
    big = replace(FANG, size=40)
    lines = (paragraph("", runs=(run("大", big),), at_least=True), paragraph("次"))

    first, second = texts(laid_out(*lines).pages[0])

    assert first.y - second.y > 20
