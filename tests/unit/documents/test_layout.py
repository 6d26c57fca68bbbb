import pytest

from tests.unit.documents.layout_samples import (
    SETUP,
    laid_out,
    lines_of,
    model,
    page_numbers,
    paragraph,
    rules,
    table,
    texts,
)
from workstation.documents.blocks import Align, Cell, Row, Stories, Table
from workstation.documents.display_list import WatermarkOperation
from workstation.documents.fonts import GlyphMissingError, bundled_library
from workstation.documents.layout import lay_out
from workstation.documents.shaped_lines import LayoutCache


def _numbered(count: int) -> list[str]:
    return [f"第{number}行" for number in range(1, count + 1)]


def test_a_page_holds_as_many_lines_as_its_type_area() -> None:
    pages = lines_of(*map(paragraph, _numbered(11)))

    assert [len(page) for page in pages] == [10, 1]


def test_an_empty_document_is_one_empty_page() -> None:
    assert lines_of() == [[]]


def test_the_first_line_stands_at_the_top_of_the_type_area() -> None:
    page = laid_out(paragraph("字")).pages[0]

    assert texts(page)[0].x == SETUP.left
    assert texts(page)[0].y == pytest.approx(250 - 10 - 0.38 * 16)


def test_a_page_break_before_a_paragraph_starts_a_page() -> None:
    pages = lines_of(paragraph("甲"), paragraph("乙", page_break_before=True))

    assert pages == [["甲"], ["乙"]]


def test_a_page_break_at_the_top_of_a_page_adds_no_empty_page() -> None:
    assert lines_of(paragraph("甲", page_break_before=True)) == [["甲"]]


def test_a_signature_takes_two_lines_of_text_to_the_next_page() -> None:
    body = [paragraph(text) for text in _numbered(6)]
    text = paragraph("一二三四五六七八九十" * 4, keep_next=True)
    signature = paragraph("执法局", align=Align.RIGHT)

    pages = lines_of(*body, text, signature)

    assert [len(page) for page in pages] == [8, 3]


def test_a_chain_longer_than_a_page_is_broken_all_the_same() -> None:
    pages = lines_of(*(paragraph(text, keep_next=True) for text in _numbered(12)))

    assert [len(page) for page in pages] == [10, 2]


def test_lines_kept_together_that_fit_no_page_start_on_a_new_one() -> None:
    kept = (paragraph(text, keep_next=True) for text in _numbered(12))

    pages = lines_of(paragraph("前文"), *kept)

    assert pages[0] == ["前文"]
    assert [line for page in pages[1:] for line in page] == _numbered(12)


def test_a_heading_goes_with_the_table_below_it() -> None:
    body = [paragraph(text) for text in _numbered(9)]

    pages = lines_of(*body, paragraph("清单", keep_next=True), table(["甲"], ["乙"]))

    assert pages[1] == ["清单", "甲", "乙"]


def test_space_before_is_dropped_at_the_top_of_a_page_that_began_by_itself() -> None:
    last = paragraph("末行", space_before=15)

    pages = laid_out(*map(paragraph, _numbered(10)), last).pages

    assert texts(pages[1])[0].y == texts(pages[0])[0].y


def test_spaces_before_and_after_add_up() -> None:
    first, second = texts(
        laid_out(paragraph("甲", space_after=7), paragraph("乙", space_before=5)).pages[0]
    )

    assert first.y - second.y == pytest.approx(20 + 12)


def test_footers_number_the_pages_and_stand_last() -> None:
    pages = lines_of(*map(paragraph, _numbered(11)), footers=Stories(default=(page_numbers(),)))

    assert [page[-1] for page in pages] == ["1/2", "2/2"]


def test_even_pages_have_their_own_footer() -> None:
    footers = Stories(default=(paragraph("单"),), even=(paragraph("双"),))

    pages = lines_of(*map(paragraph, _numbered(21)), footers=footers)

    assert [page[-1] for page in pages] == ["单", "双", "单"]


def test_a_footer_higher_than_the_margin_takes_room_from_the_text() -> None:
    footers = Stories(default=tuple(map(paragraph, "甲乙")))

    pages = lines_of(*map(paragraph, _numbered(10)), footers=footers)

    assert [len(page) for page in pages] == [9 + 2, 1 + 2]


def test_headers_stand_first_and_take_room_where_they_are_high() -> None:
    headers = Stories(default=tuple(map(paragraph, "甲乙丙")), first=(paragraph("首"),))

    pages = lines_of(*map(paragraph, _numbered(19)), headers=headers)

    assert [page[0] for page in pages] == ["首", "甲", "甲"]
    assert [len(page) for page in pages] == [1 + 9, 3 + 9, 3 + 1]


def test_the_number_of_pages_can_stand_in_the_text() -> None:
    pages = lines_of(page_numbers(), *map(paragraph, _numbered(10)))

    assert pages[0][0] == "1/2"


def test_a_watermark_lies_beneath_the_text_of_every_page() -> None:
    document = lay_out(model(*map(paragraph, _numbered(11))), bundled_library(), watermark="草稿")

    assert all(isinstance(page.operations[0], WatermarkOperation) for page in document.pages)


def test_every_missing_character_is_named_before_anything_is_laid_out() -> None:
    with pytest.raises(GlyphMissingError) as caught:
        laid_out(paragraph("赵\U0003fffe"), table(["\u202e"]))

    assert caught.value.characters == ("\U0003fffe", "\u202e")


def test_the_same_cache_gives_the_same_pages() -> None:
    cache, fonts = LayoutCache(), bundled_library()
    document = model(*map(paragraph, _numbered(12)), table(["甲", "乙"]))

    first = lay_out(document, fonts, cache=cache)

    assert lay_out(document, fonts, cache=cache) == first == lay_out(document, fonts)


def test_the_document_names_the_faces_that_drew_it() -> None:
    document = laid_out(paragraph("赵堃"))

    assert [face.key for face in document.faces] == ["fandol-fang", "yulin-kai"]


def test_ruled_lines_are_drawn_across_the_type_area() -> None:
    (rule,) = rules(laid_out(paragraph("问：", ruled=True)).pages[0])

    assert (rule.x0, rule.x1) == (SETUP.left, SETUP.width - SETUP.right)
    assert rule.y0 == pytest.approx(230)


def test_page_numbers_in_a_table_are_written_out() -> None:
    numbers = Cell(column=0, paragraphs=(page_numbers(),))

    assert lines_of(Table(column_widths=(160,), rows=(Row(cells=(numbers,)),))) == [["1/1"]]


def test_a_table_without_rows_takes_no_room() -> None:
    assert lines_of(Table(column_widths=(160,), rows=()), paragraph("甲")) == [["甲"]]
