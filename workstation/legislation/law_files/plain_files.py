"""The text of .txt, .md and .html files, in whichever encoding Chinese Windows left them."""

import re
from pathlib import Path
from typing import Any

from lxml import etree, html

from workstation.legislation.law_files.bounds import (
    MOST_CHARACTERS,
    MOST_PARAGRAPHS,
    UnreadableFileError,
    refuse_damaged,
    refuse_too_big,
)

_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_MARKUP = re.compile(r"^\s{0,3}(?:#{1,6}\s+|[>]\s?|[-*+]\s+(?=第))|\*\*|__|`|\\(?=[.()（）\[\]])")
_COMMENT = re.compile(r"<!--.*?-->")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?")
_BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "table", "br", "dd", "dt")
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]+)")


def text_lines(path: Path) -> list[str]:
    """Return the lines of a text file in UTF-8, UTF-16 or GB18030.

    Raises:
        UnreadableFileError: it is in none of them, or over a bound.
    """
    return _bounded(path, _decoded(path, path.read_bytes()).splitlines())


def markdown_lines(path: Path) -> list[str]:
    """Return the lines of a Markdown file without its marks.

    Raises:
        UnreadableFileError: its encoding is unknown, or it is over a bound.
    """
    lines = _decoded(path, path.read_bytes()).splitlines()
    return _bounded(path, [_without_marks(line) for line in lines])


def html_lines(path: Path) -> list[str]:
    """Return the lines of a web page; scripts and styles are left out.

    Raises:
        UnreadableFileError: it can't be read, or is over a bound.
    """
    data = path.read_bytes()
    named = _CHARSET.search(data[:4096])
    text = _decoded(path, data, named[1].decode("ascii") if named else "")
    if len(text) > MOST_CHARACTERS:
        refuse_too_big(path, f"超过 {MOST_CHARACTERS} 字")
    parser = html.HTMLParser(
        no_network=True, remove_comments=True, huge_tree=True, encoding="utf-8"
    )
    try:
        tree: Any = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        refuse_damaged(path, error)
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        # The rest of the page would be left out without a word.
        refuse_too_big(path, "网页套叠得太深")
    for element in tree.xpath("//script|//style|//noscript|//head/*[not(self::title)]"):
        element.drop_tree()
    for element in tree.iter(*_BLOCKS):
        element.tail = "\n" + (element.tail or "")
    return _bounded(path, str(tree.text_content()).splitlines())


def _without_marks(line: str) -> str:
    line = _LINK.sub(r"\1", _IMAGE.sub("", _COMMENT.sub("", line)))
    return _MARKUP.sub("", line)


def _bounded(path: Path, lines: list[str]) -> list[str]:
    if len(lines) > MOST_PARAGRAPHS or sum(map(len, lines)) > MOST_CHARACTERS:
        refuse_too_big(path, f"超过 {MOST_PARAGRAPHS} 段或者 {MOST_CHARACTERS} 字")
    return lines


def _decoded(path: Path, data: bytes, named: str = "") -> str:
    marked = next((e for mark, e in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), "")
    for encoding in filter(None, (marked, "utf-8", named, "gb18030")):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise UnreadableFileError(
        f"“{path.name}”的文字编码认不出来。",
        hint="请用记事本打开，另存为 UTF-8 编码的文本后再导入。",
    )
