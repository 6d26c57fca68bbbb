"""Contents of a .docx as a test writes them, and what the reader makes of them."""

import pytest

from tests.form_samples import (
    document_of,
    paragraph_of,
    paragraphs,
    table_of,
)
from workstation.documents.blocks import (
    DocumentModel,
    Paragraph,
    Table,
)
from workstation.documents.docx_faults import UnsupportedDocxError
from workstation.documents.docx_package import WORD
from workstation.documents.docx_reader import read_package

FANG = '<w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/>'


def read(content: str, **parts: bytes) -> DocumentModel:
    """Read a document of this content."""
    return read_package(document_of(content, **parts))


def first(content: str, **parts: bytes) -> Paragraph:
    """Return its first paragraph."""
    return next(paragraphs(read(content, **parts)))


def refusal(content: str, **parts: bytes) -> str:
    """Return why the content is refused."""
    with pytest.raises(UnsupportedDocxError) as caught:
        read(content, **parts)
    return caught.value.message


def style_sheet(content: str) -> bytes:
    """Return a part of styles."""
    return f'<w:styles xmlns:w="{WORD}">{content}</w:styles>'.encode()


def row_of(*cells: str, properties: str = "") -> str:
    """Return a row of a table."""
    content = "".join(f"<w:tc>{cell}{paragraph_of('')}</w:tc>" for cell in cells)
    return f"<w:tr>{properties}{content}</w:tr>"


def table(content: str, columns: int = 2, properties: str = "") -> Table:
    """Return the table that is read from rows."""
    found = read(table_of(content, columns, properties)).blocks[0]
    assert isinstance(found, Table)
    return found
