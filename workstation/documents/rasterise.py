"""Pictures and text of finished PDF pages, read through pdfium.

pdfium is not thread-safe, so every use of it goes through one lock.
"""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

# The program's only lock around pdfium; other modules that open PDFs with it take this one.
PDFIUM = threading.Lock()

_POINTS_PER_INCH = 72


@contextmanager
def open_pdf(pdf: Path | bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF and hold the lock until it is closed.

    Raises:
        pypdfium2.PdfiumError: the file is not a readable PDF.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def count_pages(pdf: Path | bytes) -> int:
    """Return the number of pages."""
    with open_pdf(pdf) as document:
        return len(document)


def extract_text(pdf: Path | bytes) -> list[str]:
    """Return the text of every page as a reader copies it; lines end with a line feed."""
    with open_pdf(pdf) as document:
        return [_text(document[number]) for number in range(len(document))]


def _text(page: pypdfium2.PdfPage) -> str:
    text_page = page.get_textpage()
    try:
        # pdfium gives a hyphen that ends a line as U+FFFE, for readers that join the word again.
        return str(text_page.get_text_range()).replace("\r\n", "\n").replace("\ufffe", "-")
    finally:
        text_page.close()
        page.close()


def render_page(pdf: Path | bytes, number: int, *, dpi: float = 96.0) -> bytes:
    """Return page ``number`` (from 0) as a PNG file.

    Raises:
        IndexError: there is no such page.
    """
    with open_pdf(pdf) as document:
        if not 0 <= number < len(document):
            message = f"page {number} of {len(document)}"
            raise IndexError(message)
        return _png(document[number], dpi)


def render_pages(pdf: Path | bytes, *, dpi: float = 96.0) -> list[bytes]:
    """Return every page as a PNG file."""
    with open_pdf(pdf) as document:
        return [_png(document[number], dpi) for number in range(len(document))]


def _png(page: pypdfium2.PdfPage, dpi: float) -> bytes:
    bitmap = page.render(scale=dpi / _POINTS_PER_INCH)
    try:
        buffer = io.BytesIO()
        bitmap.to_pil().save(buffer, format="PNG")
        return buffer.getvalue()
    finally:
        bitmap.close()
        page.close()
