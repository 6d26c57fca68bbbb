"""The paragraphs and the pages of a PDF with a text layer.

Lines are put together into paragraphs by their indents, as printed Chinese has them.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2 as pdfium

from workstation.legislation.law_files.bounds import (
    MOST_CHARACTERS,
    UnreadableFileError,
    refuse_damaged,
    refuse_too_big,
)

_MOST_PAGES = 1500
# Justified print comes out with a blank between all characters.
_WIDE = r"\u2014\u2018-\u201d\u3000-\u9fff\uff00-\uffef"
_BETWEEN_CHINESE = re.compile(rf"(?<=[{_WIDE}]) +| +(?=[{_WIDE}])")
_BLANKS = " \u3000\t"
_INDENT = 6.0
_PAGE_NUMBER = re.compile(r"^[\s\u3000]*[-—－–]?[\s\u3000]*\d{1,4}[\s\u3000]*[-—－–]?[\s\u3000]*$")
_OPENS = re.compile(
    r"^(?:第[一二三四五六七八九十百千零〇\d]+(?:编|分编|章|节|条[\s\u3000])"
    r"|[（(][一二三四五六七八九十]+[）)]|附件|目[\s\u3000]*录)"
)


class _Line(NamedTuple):
    left: float
    text: str


def pdf_lines(path: Path) -> list[str]:
    """Return the paragraphs of a PDF.

    Raises:
        UnreadableFileError: it is damaged, protected, a scan without text, or over a bound.
    """
    paragraphs: list[str] = []
    for lines in _pages(path):
        _join(lines, paragraphs)
    return paragraphs


def pdf_pages(path: Path) -> list[str]:
    """Return the text of each page of a PDF, its lines parted by LF.

    Raises:
        UnreadableFileError: as for :func:`pdf_lines`.
    """
    return ["\n".join(line.text for line in lines) for lines in _pages(path)]


def _pages(path: Path) -> list[list[_Line]]:
    try:
        with closing(pdfium.PdfDocument(path)) as document:
            pages = _bounded(path, document)
    except pdfium.PdfiumError as error:
        if "Password" not in str(error):
            refuse_damaged(path, error)
        raise UnreadableFileError(
            f"“{path.name}”设有打开密码。", hint="请去掉密码后再导入。"
        ) from error
    if not any(pages):
        raise UnreadableFileError(
            f"“{path.name}”没有文字层，是扫描件。",
            hint="请先用文字识别软件（OCR）转成文本，核对后再导入。",
        )
    return pages


def _bounded(path: Path, document: Any) -> list[list[_Line]]:
    if len(document) > _MOST_PAGES:
        refuse_too_big(path, f"有 {len(document)} 页")
    pages: list[list[_Line]] = []
    characters = 0
    for number in range(len(document)):
        pages.append(list(_page_lines(document[number])))
        characters += sum(len(line.text) for line in pages[-1])
        if characters > MOST_CHARACTERS:
            refuse_too_big(path, f"超过 {MOST_CHARACTERS} 字")
    return pages


def _page_lines(page: Any) -> Iterator[_Line]:
    """Yield the lines of a page with the place where each begins, in points."""
    text_page = page.get_textpage()
    start = 0
    for text in text_page.get_text_range().split("\r\n"):
        tidy = _BETWEEN_CHINESE.sub("", text)
        if tidy.strip(_BLANKS) and not _PAGE_NUMBER.match(tidy):
            lead = len(text) - len(text.lstrip(_BLANKS))
            yield _Line(text_page.get_charbox(start + lead)[0], tidy.strip(_BLANKS))
        start += len(text) + 2


def _join(lines: list[_Line], paragraphs: list[str]) -> None:
    """Add the lines of a page: one that is indented, or opens an article, begins a paragraph."""
    if not lines:
        return
    edge = min(line.left for line in lines)
    for line in lines:
        if not paragraphs or _OPENS.match(line.text) or line.left > edge + _INDENT:
            paragraphs.append(line.text)
        else:
            paragraphs[-1] += line.text
