"""Writing laid-out documents as one PDF: shared font subsets, bookmarks, page labels, stamps.

The same input gives the same bytes: dates come from the caller and the file's ID from its
contents. Every font is embedded; check boxes are drawn as lines and are copied as ☐ and ☑.
"""

import hashlib
import io
import itertools
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from workstation.atomic_files import write_bytes_atomically
from workstation.documents import pdf_fonts
from workstation.documents.display_list import (
    CheckBoxOperation,
    LaidOutDocument,
    LineOperation,
    Operation,
    Page,
    PictureOperation,
    TextOperation,
    WatermarkOperation,
)
from workstation.documents.fonts import FontFace, FontLibrary, FontStyle, bundled_library
from workstation.documents.pdf_text import line_operators, text_operators
from workstation.documents.watermarks import WATERMARK_GREY, place_watermark

# ASCII85 around every page would make files a quarter larger; reportlab has no setting per file.
rl_config.useA85 = 0

_BOX_LINE, _TICK_LINE = 0.05, 0.09
_TICK = ((0.18, 0.5), (0.4, 0.22), (0.84, 0.82))
_DASHES = (3, 2)
_EMPTY_HEX, _CHECKED_HEX = "2610", "2611"
_STAND_IN = "□"
_INVISIBLE = 3
_VERSION = (1, 7)
_PRODUCER = "workstation"
_NO_PAGE = "a PDF needs at least one page"
# reportlab keeps one state per font file, so only one PDF is written at a time.
_WRITING = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfMetadata:
    """Title, author and date of a file; ``created`` is usually the date of the document."""

    title: str
    author: str
    subject: str = ""
    created: datetime = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineEntry:
    """A bookmark; ``page`` counts from 0 over the whole file, ``level`` from 0."""

    title: str
    page: int
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStamp:
    """What is written over a page of a bound volume, and the label readers show for the page."""

    operations: tuple[Operation, ...] = ()
    label: str = ""


def write_pdf(
    documents: Sequence[LaidOutDocument],
    target: Path | BinaryIO,
    *,
    metadata: PdfMetadata,
    outline: Sequence[OutlineEntry] | None = None,
    stamps: Sequence[PageStamp] | None = None,
) -> None:
    """Write the pages of all documents into one file; a path is replaced as a whole or not at all.

    ``stamps`` has one entry for every page of the file.

    Raises:
        ValueError: there is no page, or the number of stamps differs from that of the pages.
        OSError: the file can't be written.
    """
    pages = [page for document in documents for page in document.pages]
    if not pages:
        raise ValueError(_NO_PAGE)
    if stamps is not None and len(stamps) != len(pages):
        message = f"{len(stamps)} stamps for {len(pages)} pages"
        raise ValueError(message)
    placed = tuple(zip(pages, stamps or itertools.repeat(PageStamp()), strict=False))
    with _WRITING:
        writer = _PdfWriter(metadata, _faces(placed))
        data = writer.write(placed, outline or ())
    _put(data, target)


def write_pages(
    pages: Iterable[tuple[Page, PageStamp]], target: Path | BinaryIO, *, metadata: PdfMetadata
) -> int:
    """Write pages as they come, each forgotten once it is drawn; return how many there were.

    For files of thousands of pages: only the drawing code is held, some 20 KB a page. A path is
    replaced as a whole or not at all.

    Raises:
        ValueError: there is no page.
        OSError: the file can't be written.
    """
    coming = iter(pages)
    first = next(coming, None)
    if first is None:
        raise ValueError(_NO_PAGE)
    with _WRITING:
        writer = _PdfWriter(metadata, _faces((first,)))
        data = writer.write(itertools.chain((first,), coming), ())
    _put(data, target)
    return writer.count


def _put(data: bytes, target: Path | BinaryIO) -> None:
    if isinstance(target, Path):
        write_bytes_atomically(target, data)
    else:
        target.write(data)


def volume_page_stamp(
    number: int, page_size: tuple[float, float], fonts: FontLibrary, *, size: float = 12.0
) -> PageStamp:
    """Return a page number at the top outer corner: right on odd pages, left on even ones.

    ``page_size`` is width and height in points. Pages of a case volume are numbered so
    (正面右上角、背面左上角, 纸质归档文件 DA/T 22-2015 §5.4; 未核实).

    Raises:
        GlyphMissingError: the style of the numbers lacks a digit.
    """
    width, height = page_size
    text = str(number)
    glyphs = [fonts.resolve(FontStyle.SONG, char) for char in text]
    advances = tuple(glyph.advance * size for glyph in glyphs)
    inset = 2.5 * size
    x = width - inset - sum(advances) if number % 2 else inset
    operation = TextOperation(
        x=x, y=height - inset, face=glyphs[0].face, size=size, text=text, advances=advances
    )
    return PageStamp(operations=(operation,), label=text)


class _PdfWriter:
    """One canvas from its first page to its bytes; ``faces`` are known before the first page."""

    def __init__(self, metadata: PdfMetadata, faces: Sequence[FontFace]) -> None:
        # Without a face of ours every page would name Helvetica, which isn't embedded.
        known = faces or bundled_library().faces[:1]
        pdf_fonts.register(known)
        self._faces = {face.key: face for face in known}
        self._buffer = io.BytesIO()
        self._canvas = Canvas(
            self._buffer,
            pageCompression=1,
            invariant=1,
            initialFontName=pdf_fonts.font_name(known[0]),
            pdfVersion=_VERSION,
            lang="zh-CN",
        )
        self._pictures: dict[bytes, ImageReader] = {}
        self._contents, self._labels = hashlib.sha256(), hashlib.sha256()
        self.count = 0
        self._describe(metadata)

    def _describe(self, metadata: PdfMetadata) -> None:
        canvas = self._canvas
        canvas.setTitle(metadata.title)
        canvas.setAuthor(metadata.author)
        canvas.setSubject(metadata.subject)
        canvas.setCreator(_PRODUCER)
        canvas.setProducer(_PRODUCER)
        created = metadata.created
        offset = created.strftime("%z") or "+0000"
        stamp = f"D:{created:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"
        canvas.setDateFormatter(lambda *_: stamp)
        canvas.setViewerPreference("DisplayDocTitle", "true")

    def write(
        self, pages: Iterable[tuple[Page, PageStamp]], outline: Sequence[OutlineEntry]
    ) -> bytes:
        """Draw all pages and return the finished file."""
        entries: dict[int, list[tuple[int, OutlineEntry]]] = {}
        for position, entry in enumerate(outline):
            entries.setdefault(entry.page, []).append((position, entry))
        for number, (page, stamp) in enumerate(pages):
            self._add(page, stamp)
            for position, _entry in entries.get(number, ()):
                self._canvas.bookmarkPage(f"b{position}", fit="FitH", top=page.height)
            self._canvas.showPage()
        for position, entry in enumerate(outline):
            self._canvas.addOutlineEntry(entry.title, f"b{position}", entry.level)
        if outline:
            self._canvas.showOutline()
        # The ID is made from what describes the file; the contents are added as a digest.
        self._contents.update(self._labels.digest())
        self._canvas.setKeywords(f"sha256:{self._contents.hexdigest()}")
        self._canvas.save()
        return self._buffer.getvalue()

    def _add(self, page: Page, stamp: PageStamp) -> None:
        new = [face for face in _faces(((page, stamp),)) if face.key not in self._faces]
        pdf_fonts.register(new)
        self._faces |= {face.key: face for face in new}
        self._canvas.setPageSize((page.width, page.height))
        self._draw(page.operations, page)
        self._draw(stamp.operations, page)
        if stamp.label:
            self._canvas.addPageLabel(self.count, prefix=stamp.label)
        self._contents.update("\n".join(page.lines).encode() + b"\f")
        self._labels.update(stamp.label.encode() + b"\f")
        self.count += 1

    def _draw(self, operations: Iterable[Operation], page: Page) -> None:
        for operation in operations:
            match operation:
                case TextOperation():
                    self._text(operation)
                case LineOperation():
                    self._line(operation)
                case CheckBoxOperation():
                    self._check_box(operation)
                case PictureOperation():
                    self._picture(operation)
                case WatermarkOperation():
                    self._watermark(operation, page)

    def _text(self, operation: TextOperation) -> None:
        self._canvas.addLiteral(
            text_operators(
                self._canvas._doc,  # noqa: SLF001 - which subsets it has
                pdf_fonts.font_name(operation.face),
                operation.size,
                (operation.x, operation.y),
                (operation.text, operation.char_space),
            )
        )

    def _line(self, operation: LineOperation) -> None:
        canvas = self._canvas
        canvas.setLineWidth(operation.width)
        if operation.dashed:
            canvas.setDash(*_DASHES)
        canvas.addLiteral(line_operators(operation.x0, operation.y0, operation.x1, operation.y1))
        if operation.dashed:
            canvas.setDash()

    def _check_box(self, operation: CheckBoxOperation) -> None:
        canvas, x, y, side = self._canvas, operation.x, operation.y, operation.side
        self._write_box(operation)
        canvas.setLineWidth(_BOX_LINE * side)
        canvas.rect(x, y, side, side)
        if operation.checked:
            canvas.setLineWidth(_TICK_LINE * side)
            path = canvas.beginPath()
            path.moveTo(x + _TICK[0][0] * side, y + _TICK[0][1] * side)
            for share_x, share_y in _TICK[1:]:
                path.lineTo(x + share_x * side, y + share_y * side)
            canvas.drawPath(path)

    def _write_box(self, operation: CheckBoxOperation) -> None:
        """Write an unseen character into the box so that readers find and copy ☐ or ☑."""
        face = next((face for face in self._faces.values() if face.advance(_STAND_IN)), None)
        if face is None:
            return
        box = _CHECKED_HEX if operation.checked else _EMPTY_HEX
        self._canvas.addLiteral(f"/Span <</ActualText <FEFF{box}>>> BDC")
        text = self._canvas.beginText(operation.x, operation.y)
        text.setTextRenderMode(_INVISIBLE)
        text.setFont(pdf_fonts.font_name(face), operation.side)
        text.textOut(_STAND_IN)
        text.setTextRenderMode(0)
        self._canvas.drawText(text)
        self._canvas.addLiteral("EMC")

    def _picture(self, operation: PictureOperation) -> None:
        reader = self._pictures.get(operation.data)
        if reader is None:
            reader = ImageReader(io.BytesIO(operation.data))
            self._pictures[operation.data] = reader
        self._canvas.drawImage(
            reader, operation.x, operation.y, operation.width, operation.height, mask="auto"
        )

    def _watermark(self, operation: WatermarkOperation, page: Page) -> None:
        canvas = self._canvas
        ems = sum(operation.face.advance(char) or 1.0 for char in operation.text)
        place = place_watermark(page.width, page.height, ems)
        canvas.saveState()
        canvas.translate(place.x, place.y)
        canvas.rotate(place.degrees)
        canvas.setFillGray(WATERMARK_GREY)
        canvas.setFont(pdf_fonts.font_name(operation.face), place.size)
        canvas.drawString(-ems * place.size / 2, -0.38 * place.size, operation.text)
        canvas.restoreState()


def _faces(pages: Iterable[tuple[Page, PageStamp]]) -> list[FontFace]:
    faces: dict[str, FontFace] = {}
    for page, stamp in pages:
        for operation in (*page.operations, *stamp.operations):
            if isinstance(operation, TextOperation | WatermarkOperation):
                faces.setdefault(operation.face.key, operation.face)
    return list(faces.values())
