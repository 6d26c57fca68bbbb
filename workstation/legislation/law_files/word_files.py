"""The text of .docx and .odt files, read from their XML one paragraph at a time.

The document is never held as a tree, entities are never expanded, and what a zip entry unpacks to
is counted while it is read, whatever its header says.
"""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from lxml import etree

from workstation.legislation.law_files.bounds import (
    MOST_CHARACTERS,
    MOST_PARAGRAPHS,
    MOST_UNPACKED,
    UnreadableFileError,
    refuse_damaged,
    refuse_too_big,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_BROKEN = (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError, RuntimeError)
# Deleted text and fields' own instructions are not part of what is read.
_DOCX_LEFT_OUT = frozenset({f"{_W}del", f"{_W}instrText", f"{_W}delText", f"{_W}footnote"})
_DOCX_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\u3000"}
_ODT_BREAKS = {f"{_TEXT}line-break": "\n", f"{_TEXT}tab": "\u3000", f"{_TEXT}s": " "}

_TextOf = Callable[[Any], Iterator[str]]


class _Counted:
    """A zip entry that refuses to unpack to more than the bound."""

    def __init__(self, path: Path, stream: IO[bytes]) -> None:
        self._path = path
        self._stream = stream
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        wanted = MOST_UNPACKED - self._read + 1
        data = self._stream.read(wanted if size < 0 else min(size, wanted))
        self._read += len(data)
        if self._read > MOST_UNPACKED:
            refuse_too_big(self._path, f"解压后超过 {MOST_UNPACKED >> 20} MB")
        return data


def docx_lines(path: Path) -> list[str]:
    """Return the paragraphs of a Word file, those of tables among them, in order.

    Raises:
        UnreadableFileError: it is damaged, protected, or over a bound.
    """
    return _lines(path, "word/document.xml", {f"{_W}p"}, _docx_text)


def odt_lines(path: Path) -> list[str]:
    """Return the paragraphs and headings of an OpenDocument text, in order.

    Raises:
        UnreadableFileError: it is damaged, protected, or over a bound.
    """
    return _lines(path, "content.xml", {f"{_TEXT}p", f"{_TEXT}h"}, _odt_text)


def _lines(path: Path, entry: str, ends: set[str], text_of: _TextOf) -> list[str]:
    lines: list[str] = []
    characters = 0
    try:
        with zipfile.ZipFile(path) as archive, archive.open(entry) as stream:
            for paragraph in _paragraphs(path, _Counted(path, stream), ends):
                lines.append("".join(text_of(paragraph)))
                characters += len(lines[-1])
                if len(lines) > MOST_PARAGRAPHS or characters > MOST_CHARACTERS:
                    refuse_too_big(path, f"超过 {MOST_PARAGRAPHS} 段或者 {MOST_CHARACTERS} 字")
    except _BROKEN as error:
        refuse_damaged(path, error)
    return lines


def _paragraphs(path: Path, stream: _Counted, ends: set[str]) -> Iterator[Any]:
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    inside = 0
    for event, element in events:
        if event == "start":
            _refuse_doctype(path, element)
            inside += element.tag in ends
            continue
        if element.tag in ends:
            inside -= 1
            if not inside:
                yield element
        if not inside:
            _let_go(element)


def _refuse_doctype(path: Path, element: Any) -> None:
    if element.getparent() is None and element.getroottree().docinfo.doctype:
        raise UnreadableFileError(
            f"“{path.name}”里有外部实体声明，没有读取。",
            hint="正常的 Word 文件没有这种内容；请核对来源，用 Word 或 WPS 另存后再导入。",
        )


def _let_go(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _docx_text(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag in _DOCX_BREAKS:
            yield _DOCX_BREAKS[tag]
        elif tag not in _DOCX_LEFT_OUT and isinstance(tag, str):
            yield from _docx_text(child)


def _odt_text(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in _ODT_BREAKS:
            yield _ODT_BREAKS[child.tag]
        elif isinstance(child.tag, str):
            yield from _odt_text(child)
        yield child.tail or ""
