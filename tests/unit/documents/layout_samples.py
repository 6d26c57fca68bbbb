"""Small documents for the tests of layout and PDF."""

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image

from workstation.documents.blocks import (
    Align,
    Block,
    Cell,
    DocumentModel,
    PageField,
    PageFieldRun,
    PageSetup,
    Paragraph,
    Row,
    RunStyle,
    Table,
    TextRun,
)
from workstation.documents.display_list import (
    LaidOutDocument,
    LineOperation,
    Page,
    TextOperation,
)
from workstation.documents.fonts import FontStyle, bundled_library
from workstation.documents.layout import lay_out
from workstation.documents.pdf import PdfMetadata, write_pdf

# A type area of 10 characters by 10 lines of 20 points.
SETUP = PageSetup(width=260, height=300, top=50, right=50, bottom=50, left=50, footer_distance=20)
FANG = RunStyle(font=FontStyle.FANG, size=16)
METADATA = PdfMetadata(title="行政处罚决定书", author="龙屿市综合行政执法局")


def run(text: str, style: RunStyle = FANG, field: str = "") -> TextRun:
    """Return a run of 仿宋 16 pt."""
    return TextRun(text=text, style=style, field=field)


def paragraph(text: str, **shape: Any) -> Paragraph:
    """Return a paragraph of 20 pt leading."""
    return Paragraph(**{"runs": (run(text),), "leading": 20.0, **shape})


def page_numbers(**shape: Any) -> Paragraph:
    """Return the paragraph “page/pages”."""
    runs = (
        PageFieldRun(kind=PageField.PAGE, style=FANG),
        run("/"),
        PageFieldRun(kind=PageField.PAGES, style=FANG),
    )
    return paragraph("", runs=runs, **shape)


def cell(column: int, text: str, **shape: Any) -> Cell:
    """Return a cell with one centred paragraph."""
    return Cell(column=column, paragraphs=(paragraph(text, align=Align.CENTER),), **shape)


def table(*rows: Sequence[str], **shape: Any) -> Table:
    """Return a table of equal columns 160 points wide in all; each row is one or more texts."""
    columns = len(rows[0])
    made = [
        Row(cells=tuple(cell(column, text) for column, text in enumerate(row)), height=20)
        for row in rows
    ]
    return Table(**{"column_widths": (160 / columns,) * columns, "rows": tuple(made), **shape})


def model(*blocks: Block, **parts: Any) -> DocumentModel:
    """Return a document of the small page."""
    return DocumentModel(**{"setup": SETUP, "blocks": blocks, **parts})


def lines_of(*blocks: Block, **parts: Any) -> list[list[str]]:
    """Lay a document out and return the lines of each page."""
    laid_out = lay_out(model(*blocks, **parts), bundled_library())
    return [list(page.lines) for page in laid_out.pages]


def texts(page: Page) -> list[TextOperation]:
    """Return the text operations of a page."""
    return [operation for operation in page.operations if isinstance(operation, TextOperation)]


def rules(page: Page) -> list[LineOperation]:
    """Return the straight lines of a page."""
    return [operation for operation in page.operations if isinstance(operation, LineOperation)]


def laid_out(*blocks: Block, **parts: Any) -> LaidOutDocument:
    """Lay a document out with the shipped faces."""
    return lay_out(model(*blocks, **parts), bundled_library())


def pdf(*documents: LaidOutDocument, **parts: Any) -> bytes:
    """Return the PDF of some documents."""
    buffer = io.BytesIO()
    write_pdf(documents, buffer, **{"metadata": METADATA, **parts})
    return buffer.getvalue()


def png(width: int = 4, height: int = 4) -> bytes:
    """Return a small red picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(buffer, format="PNG")
    return buffer.getvalue()
