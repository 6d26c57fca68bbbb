"""Comments and tracked changes that others made in Word, WPS or LibreOffice, read back.

The layout reads a file as if every change were accepted and no comment stood in it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage, W, parse_part
from workstation.documents.docx_remarks import COMMENTS_PART
from workstation.documents.template_tags import located_paragraphs

_ID = W + "id"
_BOOKMARK = re.compile(r"([fv])_(.+?)(?:__\d+)?\Z")
_ADDED = frozenset({W + "ins", W + "moveTo"})
_STRUCK = frozenset({W + "del", W + "moveFrom"})
_WORDS = frozenset({W + "t", W + "delText"})
_MARKS = tuple(
    W + name
    for name in (
        "commentRangeStart",
        "commentRangeEnd",
        "moveFromRangeStart",
        "moveFromRangeEnd",
        "moveToRangeStart",
        "moveToRangeEnd",
        "rPrChange",
        "pPrChange",
        "tblPrChange",
        "trPrChange",
        "tcPrChange",
        "tblGridChange",
        "sectPrChange",
    )
)
_REFERENCES = (W + "commentReference", W + "annotationRef")


class RemarkKind(StrEnum):
    """What somebody did in the file; the value is shown."""

    COMMENT = "批注"
    ADDED = "插入"
    STRUCK = "删除"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedRemark:
    """One comment or tracked change: who, when, at which words, of which field.

    ``anchor`` is the passage a comment stands at, or the words that were added or struck;
    ``text`` what the comment says, or the paragraph as it would read. ``date`` is ISO text as
    the file gives it, often empty.
    """

    kind: RemarkKind
    author: str
    date: str
    anchor: str
    text: str
    field: str
    place: str
    initials: str = ""


def remarks_in(package: DocxPackage) -> tuple[ReturnedRemark, ...]:
    """Return the comments and tracked changes of a file in the order they stand in it.

    Raises:
        DamagedDocxError: a part can't be parsed.
    """
    comments = _comments(package)
    reader = _Reader(comments)
    root = parse_part(package.parts[DOCUMENT_PART])
    for paragraph, place in located_paragraphs(root):
        reader.paragraph(paragraph, place)
    return reader.found()


def as_final(package: DocxPackage) -> DocxPackage:
    """Return a file with every tracked change accepted and every comment taken out.

    Raises:
        DamagedDocxError: a part can't be parsed.
    """
    parts = {
        name: _accepted(data) if _is_story(name) and any(s in data for s in _SIGNS) else data
        for name, data in package.parts.items()
    }
    return DocxPackage(parts)


def _is_story(name: str) -> bool:
    return name == DOCUMENT_PART or name.startswith(("word/header", "word/footer"))


_SIGNS = (b":comment", b":ins ", b":del ", b":moveTo", b":moveFrom", b"PrChange", b"GridChange")


def _accepted(data: bytes) -> bytes:
    root = parse_part(data)
    for element in list(root.iter(*_STRUCK, *_MARKS)):
        _drop(element)
    for element in list(root.iter(*_REFERENCES)):
        run = element.getparent()
        _drop(element)
        if run is not None and all(child.tag == W + "rPr" for child in run):
            _drop(run)
    for element in list(root.iter(*_ADDED)):
        parent = element.getparent()
        if parent is None:
            continue
        at = parent.index(element)
        for child in reversed(list(element)):
            parent.insert(at, child)
        parent.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _comments(package: DocxPackage) -> dict[str, etree._Element]:
    data = package.parts.get(COMMENTS_PART)
    if data is None:
        return {}
    return {str(element.get(_ID)): element for element in parse_part(data)}


class _Reader:
    """Walks the paragraphs with the bookmarks and comment ranges that are open."""

    def __init__(self, comments: dict[str, etree._Element]) -> None:
        self._comments = comments
        self._fields: dict[str, str] = {}
        self._open: dict[str, list[str]] = {}
        self._places: dict[str, tuple[str, str]] = {}
        self._anchors: dict[str, str] = {}
        self._found: list[ReturnedRemark | str] = []

    def paragraph(self, paragraph: etree._Element, place: str) -> None:
        for words in self._open.values():
            words.append("\n")
        final = "".join(
            text.text or "" for text in paragraph.iter(W + "t") if not _within(text, _STRUCK)
        )
        for element in paragraph.iter():
            self._element(element, place, final)

    def _element(self, element: etree._Element, place: str, final: str) -> None:
        tag, number = element.tag, str(element.get(_ID))
        if tag == W + "bookmarkStart":
            self._name(element, number)
        elif tag == W + "bookmarkEnd":
            self._fields.pop(number, None)
        elif tag == W + "commentRangeStart":
            self._begin(number, place)
        elif tag == W + "commentRangeEnd":
            self._end(number)
        elif tag == W + "commentReference":
            self._refer(number, place)
        elif tag in _ADDED | _STRUCK and element.find(".//" + W + "r") is not None:
            self._found.append(self._change(element, place, final))
        elif tag in _WORDS:
            self._read(element.text or "", place)

    def _name(self, element: etree._Element, number: str) -> None:
        match = _BOOKMARK.match(str(element.get(W + "name")))
        if match:
            field = match[2] if match[1] == "f" else match[2].replace("__", ".")
            self._fields[number] = field

    def _read(self, text: str, place: str) -> None:
        for number, words in self._open.items():
            words.append(text)
            if not self._places[number][1]:
                self._places[number] = (place, self._field())

    def _begin(self, number: str, place: str) -> None:
        self._open[number] = []
        self._places[number] = (place, self._field())

    def _end(self, number: str) -> None:
        self._anchors[number] = "".join(self._open.pop(number, [])).strip("\n")

    def _refer(self, number: str, place: str) -> None:
        self._places.setdefault(number, (place, self._field()))
        self._found.append(number)

    def _field(self) -> str:
        return next(reversed(self._fields.values()), "")

    def _change(self, element: etree._Element, place: str, final: str) -> ReturnedRemark:
        words = "".join(t.text or "" for t in element.iter(W + "t", W + "delText"))
        return ReturnedRemark(
            kind=RemarkKind.ADDED if element.tag in _ADDED else RemarkKind.STRUCK,
            author=str(element.get(W + "author", "")),
            date=str(element.get(W + "date", "")),
            anchor=words,
            text=final,
            field=self._field(),
            place=place,
        )

    def found(self) -> tuple[ReturnedRemark, ...]:
        """Return everything in order; a comment without its reference in the text comes last."""
        referred = [f for f in self._found if isinstance(f, str)]
        rest = [number for number in self._comments if number not in referred]
        remarks = (self._comment(f) if isinstance(f, str) else f for f in (*self._found, *rest))
        return tuple(remark for remark in remarks if remark is not None)

    def _comment(self, number: str) -> ReturnedRemark | None:
        element = self._comments.get(number)
        if element is None:
            return None
        place, field = self._places.get(number, ("", ""))
        lines = ("".join(t.text or "" for t in p.iter(W + "t")) for p in element.iter(W + "p"))
        return ReturnedRemark(
            kind=RemarkKind.COMMENT,
            author=str(element.get(W + "author", "")),
            date=str(element.get(W + "date", "")),
            anchor=self._anchors.get(number, ""),
            text="\n".join(lines).strip("\n"),
            field=field,
            place=place,
            initials=str(element.get(W + "initials", "")),
        )


def _within(element: etree._Element, tags: frozenset[str]) -> bool:
    return any(parent.tag in tags for parent in element.iterancestors())
