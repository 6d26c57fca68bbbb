from dataclasses import replace
from itertools import pairwise

import pytest

from tests.unit.documents.layout_samples import (
    cell,
    laid_out,
    lines_of,
    model,
    paragraph,
    rules,
    table,
    texts,
)
from workstation.documents.blocks import Align, Borders, Cell, Row, Table, VerticalAlign
from workstation.documents.display_list import Page
from workstation.documents.fonts import bundled_library
from workstation.documents.kinsoku import LIBREOFFICE, WORD
from workstation.documents.layout import lay_out

NONE = Borders(top=0, right=0, bottom=0, left=0)


def _rows(count: int) -> list[list[str]]:
    return [[f"甲{number}", f"乙{number}"] for number in range(1, count + 1)]


def _heights(page: Page) -> list[float]:
    levels = sorted({line.y0 for line in rules(page) if line.y0 == line.y1}, reverse=True)
    return [upper - lower for upper, lower in pairwise(levels)]


def test_the_lines_of_a_row_come_cell_by_cell() -> None:
    wrapped = table(["一二三四五六七", "乙"], ["丙", "丁"])

    assert lines_of(wrapped) == [["一二三四", "五六七", "乙", "丙", "丁"]]


def test_a_row_is_as_high_as_its_text_and_border_and_not_lower_than_its_minimum() -> None:
    page = laid_out(table(["一二三四五六七", "乙"], ["丙", "丁"])).pages[0]

    assert _heights(page) == [pytest.approx(40.5), pytest.approx(20.5)]


def test_rows_that_do_not_fit_go_to_the_next_page_whole() -> None:
    pages = lines_of(*[paragraph("文")] * 8, table(["甲"], ["一二三四五六七八九十一"]))

    assert pages[1] == ["一二三四五六七八九", "十一"]


def test_header_rows_are_repeated_on_every_page() -> None:
    listed = table(["名称", "数量"], *_rows(12))
    header = replace(listed.rows[0], repeats_as_header=True)

    pages = lines_of(replace(listed, rows=(header, *listed.rows[1:])))

    assert [page[:2] for page in pages] == [["名称", "数量"], ["名称", "数量"]]
    assert sum(page.count("甲9") for page in pages) == 1


def test_a_row_that_can_be_split_fills_the_page() -> None:
    row = Row(cells=(cell(0, "一二三四五六七八九" * 4),), can_split=True)

    pages = lines_of(*[paragraph("文")] * 7, Table(column_widths=(160,), rows=(row,)))

    assert [len(page) for page in pages] == [9, 2]


def test_a_row_higher_than_a_page_is_split_by_lines() -> None:
    pages = lines_of(table(["一二三四五六七八九" * 12]))

    assert [len(page) for page in pages] == [9, 3]


_LONG = "一二三四五六七八九" * 12


def test_a_row_that_fits_no_page_moves_in_word_and_begins_where_it_stands_elsewhere() -> None:
    blocks = (paragraph("文"), paragraph("文"), table(["甲"], [_LONG]))

    libreoffice = lay_out(model(*blocks), bundled_library(), profile=LIBREOFFICE)

    assert [len(page) for page in lines_of(*blocks)] == [3, 9, 3]
    assert [len(page.lines) for page in libreoffice.pages] == [9, 6]


def test_libreoffice_too_starts_a_row_that_fits_no_page_on_a_new_one_if_it_is_kept() -> None:
    kept = cell(0, _LONG)
    kept = replace(kept, paragraphs=tuple(replace(p, keep_next=True) for p in kept.paragraphs))
    rows = (*table(["甲"]).rows, Row(cells=(kept,)), *table(["签名"]).rows)
    blocks = (paragraph("文"), Table(column_widths=(160,), rows=rows))

    pages = lay_out(model(*blocks), bundled_library(), profile=LIBREOFFICE).pages

    assert [len(page.lines) for page in pages][:2] == [2, 9]


def test_a_merged_cell_makes_its_last_row_higher() -> None:
    rows = (
        Row(cells=(cell(0, "一二三四五六七八九十一二", row_span=2), cell(1, "甲")), height=20),
        Row(cells=(cell(1, "乙"),), height=20),
    )
    page = laid_out(Table(column_widths=(80, 80), rows=rows)).pages[0]

    assert _heights(page) == [pytest.approx(20.5), pytest.approx(40)]


def test_a_merged_cell_cut_by_a_page_goes_on_there() -> None:
    tall = cell(0, "一二三四" * 6, row_span=6)
    rows = (
        Row(cells=(tall, cell(1, "甲")), height=30),
        *(Row(cells=(cell(1, "乙"),), height=30) for _ in range(5)),
    )

    pages = lines_of(*[paragraph("文")] * 4, Table(column_widths=(80, 80), rows=rows))

    assert pages[0].count("一二三四") + pages[1].count("一二三四") == 6
    assert pages[1].count("一二三四") > 0


@pytest.mark.parametrize(
    ("align", "y"),
    [(VerticalAlign.TOP, 249.5), (VerticalAlign.CENTER, 229.75), (VerticalAlign.BOTTOM, 210)],
)
def test_vertical_alignment_places_the_text_of_a_cell(align: VerticalAlign, y: float) -> None:
    row = Row(cells=(cell(0, "字", vertical_align=align),), height=60)

    page = laid_out(Table(column_widths=(160,), rows=(row,))).pages[0]

    assert texts(page)[0].y == pytest.approx(y - 10 - 0.38 * 16)


def test_a_border_shared_by_two_cells_is_drawn_once() -> None:
    page = laid_out(table(["甲", "乙"], ["丙", "丁"])).pages[0]

    assert len(rules(page)) == 6


def test_a_cell_without_borders_draws_none() -> None:
    row = Row(cells=(Cell(column=0, paragraphs=(paragraph("甲"),), borders=NONE),))

    page = laid_out(Table(column_widths=(160,), rows=(row,))).pages[0]

    assert rules(page) == []


def test_borders_are_closed_where_a_page_cuts_a_table() -> None:
    open_below, open_above = Borders(bottom=0), Borders(top=0)
    opinion = Cell(column=0, paragraphs=(paragraph("意见"),), borders=open_below)
    signed = Cell(column=0, paragraphs=(paragraph("签名"),), borders=open_above)
    rows = (Row(cells=(opinion,), height=100), Row(cells=(signed,), height=150))

    pages = laid_out(Table(column_widths=(160,), rows=rows)).pages

    assert all(len(_heights(page)) == 1 for page in pages)


def test_a_signature_stands_below_the_opinion_in_one_cell() -> None:
    parts = (paragraph("同意"), paragraph("签名", align=Align.RIGHT))
    row = Row(cells=(Cell(column=0, paragraphs=parts),), height=60)

    opinion, signature = texts(laid_out(Table(column_widths=(160,), rows=(row,))).pages[0])

    assert opinion.y - signature.y == pytest.approx(20)
    assert signature.x > opinion.x


def test_a_cell_spans_grid_columns() -> None:
    rows = (
        Row(cells=(cell(0, "合并", span=2),), height=20),
        Row(cells=(cell(0, "甲"), cell(1, "乙")), height=20),
    )
    page = laid_out(Table(column_widths=(40, 120), rows=rows)).pages[0]

    assert texts(page)[0].x == pytest.approx(50 + 80 - 16)


def test_a_table_whose_first_rows_do_not_fit_begins_on_the_next_page() -> None:
    pages = lines_of(*[paragraph("文")] * 9, table(["一二三四五六七八九十一"], ["乙"]))

    assert pages[1] == ["一二三四五六七八九", "十一", "乙"]


def test_a_table_of_header_rows_alone_repeats_none() -> None:
    listed = table(*_rows(12))
    headers = tuple(replace(row, repeats_as_header=True) for row in listed.rows)

    pages = lines_of(replace(listed, rows=headers))

    assert sum(len(page) for page in pages) == 24


def test_a_row_higher_than_a_page_starts_on_a_new_page_below_the_header() -> None:
    listed = table(["名称"], ["甲"], ["一二三四五六七八九" * 12])
    header = replace(listed.rows[0], repeats_as_header=True)

    pages = lines_of(replace(listed, rows=(header, *listed.rows[1:])))

    assert [len(page) for page in pages] == [2, 9, 5]
    assert [page[0] for page in pages] == ["名称"] * 3


def test_a_line_higher_than_a_page_is_placed_all_the_same() -> None:
    tall = Cell(column=0, paragraphs=(paragraph("字", leading=400.0),))

    pages = lines_of(Table(column_widths=(160,), rows=(Row(cells=(tall,)),)))

    assert pages == [["字"]]


def test_rows_kept_together_that_fit_no_page_start_on_a_new_one_and_flow_on() -> None:
    kept = replace(paragraph("一二三四五六七八九" * 5), keep_next=True)
    rows = tuple(Row(cells=(replace(cell(0, ""), paragraphs=(kept,)),)) for _ in range(3))
    blocks = (paragraph("文"), Table(column_widths=(160,), rows=rows))

    for profile in (WORD, LIBREOFFICE):
        laid = lay_out(model(*blocks), bundled_library(), profile=profile)
        assert [len(page.lines) for page in laid.pages] == [1, 5, 5, 5]
