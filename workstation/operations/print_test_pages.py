"""The page that shows whether printer, tray, sides and scale are as they were set."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from itertools import pairwise

from workstation.documents.display_list import (
    LaidOutDocument,
    LineOperation,
    Operation,
    Page,
    TextOperation,
)
from workstation.documents.fonts import FontFace, FontStyle, bundled_library
from workstation.documents.pdf import PdfMetadata, write_pdf

_WIDTH, _HEIGHT = 595.28, 841.89
_MILLIMETRE = 72 / 25.4
_FRAME = 10 * _MILLIMETRE


def test_page_pdf(printer: str, tray: str, *, duplex: bool) -> bytes:
    """Return a page, two where it is duplex, that say where they were sent and show a frame."""
    now = datetime.now()
    texts = [
        f"打印机：{printer}",
        f"纸盒：{tray or '由打印机决定'}",
        f"单双面：{'双面' if duplex else '单面'}",
        f"时间：{now:%Y-%m-%d %H:%M}",
        "四边的线距纸边10毫米；缺一边或者距离不对，请检查“实际大小”和纸张。",
    ]
    sides = ["打印机测试页（正面）", "打印机测试页（背面）"] if duplex else ["打印机测试页"]
    pages = tuple(_page([side, *texts]) for side in sides)
    faces = tuple({operation.face for page in pages for operation in _texts(page)})
    buffer = BytesIO()
    layout = LaidOutDocument(pages=pages, faces=faces)
    write_pdf((layout,), buffer, metadata=PdfMetadata(title="打印机测试页", author=""))
    return buffer.getvalue()


def _texts(page: Page) -> list[TextOperation]:
    return [operation for operation in page.operations if isinstance(operation, TextOperation)]


def _page(lines: Sequence[str]) -> Page:
    operations: list[Operation] = list(_frame())
    y = _HEIGHT - 4 * _FRAME
    for position, line in enumerate(lines):
        size = 22.0 if position == 0 else 14.0
        operations += _run(line, 2 * _FRAME, y, size)
        y -= 2 * size
    return Page(width=_WIDTH, height=_HEIGHT, operations=tuple(operations), lines=tuple(lines))


def _run(text: str, x: float, y: float, size: float) -> list[TextOperation]:
    """Return a line of text, an operation for each stretch of one face."""
    operations = []
    stretch: list[tuple[str, float]] = []
    face: FontFace | None = None
    for char in f"{text}\n":
        glyph = bundled_library().resolve(FontStyle.SONG, char) if char != "\n" else None
        if face is not None and (glyph is None or glyph.face is not face):
            advances = tuple(advance for _, advance in stretch)
            operations.append(
                TextOperation(
                    x=x,
                    y=y,
                    face=face,
                    size=size,
                    text="".join(char for char, _ in stretch),
                    advances=advances,
                )
            )
            x += sum(advances)
            stretch = []
        if glyph is not None:
            face = glyph.face
            stretch.append((char, glyph.advance * size))
    return operations


def _frame() -> list[LineOperation]:
    left, right = _FRAME, _WIDTH - _FRAME
    bottom, top = _FRAME, _HEIGHT - _FRAME
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    return [
        LineOperation(x0=x0, y0=y0, x1=x1, y1=y1, width=0.5)
        for (x0, y0), (x1, y1) in pairwise(corners)
    ]
