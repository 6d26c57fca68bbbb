"""Strokes through unused lines and cells: on the page, in the .docx, read back."""

import re
from collections.abc import Iterator

import pytest

from tests.form_samples import EXACT, document_of, fill, make_form, paragraph_of
from workstation.documents.blocks import Stroke
from workstation.documents.display_list import LaidOutDocument, LineOperation
from workstation.documents.docx_faults import UnsupportedDocxError
from workstation.documents.docx_package import DocxPackage
from workstation.documents.docx_reader import read_docx, read_package
from workstation.documents.docx_strokes import VML, with_strokes
from workstation.documents.fonts import bundled_library
from workstation.documents.form_language import Line, parse_body
from workstation.documents.forms import load_forms
from workstation.documents.layout import lay_out
from workstation.documents.presets import load_presets

RECORD = load_presets()["record"]
LINE_OF_LIBREOFFICE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:drawing/></mc:Choice><mc:Fallback><w:pict>'
    '<v:line xmlns:v="urn:schemas-microsoft-com:vml" from="0pt,28pt" to="448.45pt,251.95pt"'
    ' style="position:absolute{style}"/></w:pict></mc:Fallback></mc:AlternateContent>'
)


def laid_out(package: DocxPackage) -> LaidOutDocument:
    return lay_out(read_package(package), bundled_library())


def record_of(lines: int) -> DocxPackage:
    return fill(make_form("#p0 问\n" * (lines - 1) + "#blank", preset="record"))


def slants(layout: LaidOutDocument) -> Iterator[LineOperation]:
    """Yield what is drawn neither level nor upright."""
    for page in layout.pages:
        for line in page.operations:
            if isinstance(line, LineOperation) and line.x0 != line.x1 and line.y0 != line.y1:
                yield line


def ends_in_file(package: DocxPackage) -> list[tuple[float, float]]:
    xml = package.parts["word/document.xml"].decode()
    ends = re.findall(r'from="[\d.]+pt,([\d.]+)pt" to="[\d.]+pt,([\d.]+)pt"', xml)
    return [(float(top), float(bottom)) for top, bottom in ends]


def test_the_lines_left_below_a_record_are_ruled_and_struck_to_the_foot() -> None:
    setup, pitch = RECORD.setup, RECORD.body.lead
    layout = laid_out(record_of(5))

    (stroke,) = slants(layout)
    left = int((setup.text_height + 0.5) / pitch) - 5
    assert layout.stroke_heights == (left * pitch,)
    assert (stroke.x0, stroke.x1) == (setup.left + setup.text_width, setup.left)
    assert stroke.y0 == pytest.approx(setup.height - setup.top - 5 * pitch)
    assert stroke.y1 == pytest.approx(stroke.y0 - left * pitch)
    lines = [o for o in layout.pages[0].operations if isinstance(o, LineOperation)]
    rules = {round(o.y0, 1) for o in lines if o.y0 == o.y1 and o.y0 < stroke.y0 - 1}
    assert len(rules) == left


def test_the_file_says_how_far_the_stroke_reaches() -> None:
    package = record_of(5)
    layout = laid_out(package)

    written = with_strokes(package, layout)

    ((top, bottom),) = ends_in_file(written)
    assert (top, bottom - top) == (RECORD.body.lead, layout.stroke_heights[0])
    assert lay_out(read_docx(written.to_bytes()), bundled_library()) == layout


def test_a_record_that_fills_its_page_is_not_struck() -> None:
    package = record_of(int((RECORD.setup.text_height + 0.5) / RECORD.body.lead))
    layout = laid_out(package)

    assert (len(layout.pages), layout.stroke_heights) == (1, (0.0,))
    assert not list(slants(layout))
    assert b"v:line" not in with_strokes(package, layout).parts["word/document.xml"]


def test_a_paper_without_strokes_keeps_its_bytes() -> None:
    package = fill(make_form("#p 一\n#blank"))

    assert with_strokes(package, laid_out(package)) is package


def test_an_unused_cell_is_struck_from_corner_to_corner() -> None:
    body = "#table widths=1,1,2\n甲 | 乙 | 丙\n!30 （以下空白） | / <\n#end"
    layout = laid_out(fill(make_form(body, preset="form")))

    (stroke,) = slants(layout)
    inside = load_presets()["form"].setup.text_width * 3 / 4 - 8
    assert stroke.x1 - stroke.x0 == pytest.approx(inside, abs=0.1)
    assert stroke.y1 - stroke.y0 == pytest.approx(30)
    assert layout.stroke_heights == ()


def test_a_slash_beside_words_is_printed() -> None:
    body = "#table widths=1,1\n甲 / 乙 | 丙\n#end"
    layout = laid_out(fill(make_form(body, preset="form")))

    assert "甲 / 乙" in layout.pages[0].lines[0]
    assert not list(slants(layout))


@pytest.mark.parametrize(("style", "x0", "x1"), [("", 0, 448.45), (";flip:x", 448.45, 0)])
def test_a_line_written_again_by_libreoffice_is_read(style: str, x0: float, x1: float) -> None:
    shape = LINE_OF_LIBREOFFICE.replace("{style}", style)
    (paragraph,) = read_package(document_of(f"<w:p>{EXACT}<w:r>{shape}</w:r></w:p>")).blocks

    assert paragraph.strokes == (Stroke(x0, 28.0, x1, 251.95),)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "shape",
    [
        f'<v:rect xmlns:v="{VML}"/>',
        f'<v:line xmlns:v="{VML}" from="0,0"/>',
        f'<v:line xmlns:v="{VML}" from="0,0" to="9pt,9pt" style="relative:page"/>',
    ],
)
def test_other_shapes_are_refused(shape: str) -> None:
    package = document_of(paragraph_of(f"<w:r><w:pict>{shape}</w:pict></w:r>"))

    with pytest.raises(UnsupportedDocxError, match="旧式图形或文本框"):
        read_package(package)


def test_every_record_ends_in_a_stroke_and_every_list_in_a_struck_row() -> None:
    forms = list(load_forms())
    rows = {form.id: re.findall(r"^（以下空白）.*$", form.body, re.MULTILINE) for form in forms}
    records = [form for form in forms if form.preset == "record"]
    last = {f.id: [b for b in parse_body(f) if isinstance(b, Line)][-1].kind for f in records}

    assert set(last.values()) == {"blank"}, last
    closed = {name for name, found in rows.items() if found}
    assert closed == {"D23", "D24", "D25", "D34", "D39", "D65"}
    assert all("| / <" in row for found in rows.values() for row in found)
