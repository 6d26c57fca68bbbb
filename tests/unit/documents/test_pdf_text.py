"""Text and lines of a PDF read as reportlab itself would write them."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.rl_accel import fp_str
from reportlab.pdfgen.canvas import Canvas

from workstation.documents import pdf_fonts
from workstation.documents.fonts import FontStyle, bundled_library
from workstation.documents.pdf_text import line_operators, pdf_number, text_operators

_FACE = bundled_library().chain(FontStyle.SONG)[0]


@pytest.mark.parametrize("value", [0, -0.0, 1, 999.99999, 1000, 1000.5, 12345.678, 1e-8, -0.5])
def test_a_number_at_an_edge_is_written_as_reportlab_writes_it(value: float) -> None:
    assert pdf_number(value) == fp_str(value)


@given(st.floats(min_value=-2000, max_value=2000, allow_nan=False))
def test_a_number_is_written_as_reportlab_writes_it(value: float) -> None:
    assert pdf_number(value) == fp_str(value)


@pytest.mark.parametrize("space", [0.0, 0.375])
def test_text_is_drawn_as_reportlab_draws_it(space: float) -> None:
    # 300 characters fill more than one subset; a closing bracket must be escaped.
    text = "(\\)" + "".join(map(chr, range(0x4E00, 0x4E00 + 300)))
    pdf_fonts.register([_FACE])
    name = pdf_fonts.font_name(_FACE)
    canvas = Canvas(io.BytesIO(), initialFontName=name)
    theirs = canvas.beginText(73.125, 700.0)
    theirs.setFont(name, 15.5)
    if space:
        theirs.setCharSpace(space)
    theirs.textOut(text)
    if space:
        theirs.setCharSpace(0)

    ours = text_operators(canvas._doc, name, 15.5, (73.125, 700.0), (text, space))

    assert ours == theirs.getCode()


def test_a_line_is_drawn_as_reportlab_draws_it() -> None:
    canvas = Canvas(io.BytesIO())
    canvas.line(10.25, 20, 585.2, 20.125)

    assert line_operators(10.25, 20, 585.2, 20.125) == canvas._code[-1]
