import io

import pytest
from PIL import Image

from tests.unit.documents.layout_samples import SETUP, laid_out, paragraph, pdf
from workstation.documents.rasterise import count_pages, extract_text, render_page, render_pages


def _two_pages() -> bytes:
    return pdf(laid_out(paragraph("甲"), paragraph("乙", page_break_before=True)))


def test_pages_are_counted() -> None:
    assert count_pages(_two_pages()) == 2


def test_every_page_becomes_a_picture_of_its_size() -> None:
    pictures = [Image.open(io.BytesIO(data)) for data in render_pages(_two_pages(), dpi=144)]

    assert [picture.size for picture in pictures] == [(SETUP.width * 2, SETUP.height * 2)] * 2


def test_a_page_shows_ink_where_the_text_stands() -> None:
    picture = Image.open(io.BytesIO(render_page(_two_pages(), 0, dpi=72))).convert("L")

    ink = picture.crop((50, 50, 70, 70)).tobytes()
    margin = picture.crop((100, 100, 200, 200)).tobytes()

    assert min(ink) < 128
    assert min(margin) == 255


def test_text_comes_page_by_page() -> None:
    assert [text.strip() for text in extract_text(_two_pages())] == ["甲", "乙"]


def test_a_page_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(IndexError, match="page 5 of 2"):
        render_page(_two_pages(), 5)
