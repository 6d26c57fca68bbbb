"""Comments and tracked changes (批注、修订) written into a .docx for Word, WPS and LibreOffice.

A comment stands at its passage (``w:commentRangeStart`` … ``w:commentRangeEnd``), a suggested
wording as ``w:del`` and ``w:ins`` (ECMA-376 part 1 §17.13). Values were printed inside bookmarks
named after their fields, so a passage is looked for in its field first.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from workstation.documents.docx_package import (
    DOCUMENT_PART,
    RELATIONSHIP,
    DocxPackage,
    W,
    parse_part,
)

COMMENTS_PART = "word/comments.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_ID, _AUTHOR, _DATE, _NAME = W + "id", W + "author", W + "date", W + "name"
_RUN, _TEXT, _PROPERTIES, _PARAGRAPH = W + "r", W + "t", W + "rPr", W + "p"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SECONDS = len("2026-11-20T09:30:00")
_FIELD = ("f_", "v_")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxRemark:
    """One remark to be written: where, by whom, and what.

    ``quote`` is the passage it is about, empty for the whole of ``field``, and where neither is
    found it stands at the first line of the paper. ``suggestion`` is the wording to put in the
    place of ``quote`` (None: only a comment); without ``text`` only the change is written.
    ``date`` is local time in ISO form.
    """

    author: str
    date: str
    text: str = ""
    field: str = ""
    quote: str = ""
    suggestion: str | None = None

    @property
    def initials(self) -> str:
        """What stands in the margin of Word: the last two characters of the name."""
        return self.author[-2:]


def with_remarks(package: DocxPackage, remarks: Iterable[DocxRemark]) -> DocxPackage:
    """Return the file with comments and tracked changes added; what was in it stays.

    Raises:
        DamagedDocxError: a part can't be parsed.
    """
    writer = _Writer(package)
    for remark in remarks:
        writer.add(remark)
    return writer.finished()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run and the part of its paragraph's text that it prints."""

    run: etree._Element
    text: str
    splittable: bool


class _Writer:
    def __init__(self, package: DocxPackage) -> None:
        self._package = package
        self._root = parse_part(package.parts[DOCUMENT_PART])
        comments = package.parts.get(COMMENTS_PART)
        self._comments = (
            parse_part(comments)
            if comments
            else etree.Element(W + "comments", nsmap={"w": W[1:-1]})
        )
        known = [int(e.get(_ID, "0")) for e in self._comments if e.get(_ID, "").isdigit()]
        self._next = max(known, default=-1) + 1
        marks = self._root.iter(W + "ins", W + "del", W + "bookmarkStart")
        numbers = [int(e.get(_ID, "0")) for e in marks if e.get(_ID, "").isdigit()]
        self._next_mark = max([*numbers, 9000]) + 1

    def add(self, remark: DocxRemark) -> None:
        quoted = self._quoted(remark)
        runs = quoted or self._whole(remark)
        if not runs:
            return
        first, last, text = runs[0], runs[-1], remark.text
        if remark.suggestion is not None and quoted:
            first, last = self._change(quoted, remark)
        elif remark.quote and not quoted:
            # The passage is not printed as it was quoted: nothing is struck out on a guess.
            text = f"{text}\n{_in_words(remark)}".strip()
        if text:
            self._comment(first, last, replace(remark, text=text))

    def finished(self) -> DocxPackage:
        parts = dict(self._package.parts)
        parts[DOCUMENT_PART] = _written(self._root)
        if len(self._comments):
            fresh = COMMENTS_PART not in parts
            parts[COMMENTS_PART] = _written(self._comments)
            if fresh:
                parts[_TYPES] = _with_type(parts[_TYPES])
                parts[_RELATIONS] = _with_relation(parts.get(_RELATIONS))
        return DocxPackage(parts)

    def _quoted(self, remark: DocxRemark) -> list[etree._Element]:
        """Return the runs of the quoted passage, parted from what stands before and after it."""
        if not remark.quote:
            return []
        for field in dict.fromkeys((remark.field, "")):
            for runs in list(_paragraph_runs(self._root, field)):
                found = _quoted(runs, remark.quote)
                if found:
                    return found
        return []

    def _whole(self, remark: DocxRemark) -> list[etree._Element]:
        """Return the runs of the whole field, else of the first line that says something."""
        if remark.field:
            runs = [run for runs in _paragraph_runs(self._root, remark.field) for run in runs]
            if runs:
                return runs
        paragraphs = _paragraph_runs(self._root)
        return next((runs for runs in paragraphs if _text_of(runs).strip()), [])

    def _comment(self, first: etree._Element, last: etree._Element, remark: DocxRemark) -> None:
        number = str(self._next)
        self._next += 1
        start, end = etree.Element(W + "commentRangeStart"), etree.Element(W + "commentRangeEnd")
        start.set(_ID, number)
        end.set(_ID, number)
        first.addprevious(start)
        mark = etree.Element(_RUN)
        etree.SubElement(mark, W + "commentReference").set(_ID, number)
        last.addnext(end)
        end.addnext(mark)
        comment = etree.SubElement(self._comments, W + "comment")
        comment.set(_ID, number)
        _sign(comment, remark)
        comment.set(W + "initials", remark.initials)
        for line in remark.text.splitlines():
            paragraph = etree.SubElement(comment, _PARAGRAPH)
            paragraph.append(_text_run(line))

    def _change(
        self, runs: Sequence[etree._Element], remark: DocxRemark
    ) -> tuple[etree._Element, etree._Element]:
        """Strike a passage out and set the suggestion after it."""
        first = last = runs[0]
        for number, run in enumerate(runs):
            struck = self._mark("del", remark)
            run.addprevious(struck)
            struck.append(run)
            for text in run.iter(_TEXT):
                text.tag = W + "delText"
            first = struck if number == 0 else first
            last = struck
        if remark.suggestion:
            added = self._mark("ins", remark)
            added.append(_text_run(remark.suggestion, runs[0].find(_PROPERTIES)))
            last.addnext(added)
            last = added
        return first, last

    def _mark(self, name: str, remark: DocxRemark) -> etree._Element:
        mark = etree.Element(W + name)
        mark.set(_ID, str(self._next_mark))
        self._next_mark += 1
        _sign(mark, remark)
        return mark


def _paragraph_runs(root: etree._Element, field: str = "") -> Iterator[list[etree._Element]]:
    """Yield the runs of each paragraph in order; of ``field`` only those inside its bookmarks."""
    opened: set[str] = set()
    runs: list[etree._Element] = []
    for element in root.iter(_PARAGRAPH, _RUN, W + "bookmarkStart", W + "bookmarkEnd"):
        if element.tag == _PARAGRAPH:
            if runs:
                yield runs
            runs = []
        elif element.tag == W + "bookmarkStart":
            if _is_of(str(element.get(_NAME)), field):
                opened.add(str(element.get(_ID)))
        elif element.tag == W + "bookmarkEnd":
            opened.discard(str(element.get(_ID)))
        elif (opened or not field) and _is_live(element):
            runs.append(element)
    if runs:
        yield runs


def _is_of(name: str, field: str) -> bool:
    wanted = field.replace(".", "__")
    return bool(field) and any(
        name == begin + wanted or name.startswith(f"{begin}{wanted}__") for begin in _FIELD
    )


def _is_live(run: etree._Element) -> bool:
    """Whether a run prints text of its own and was not struck out."""
    parent = run.getparent()
    struck = parent is not None and parent.tag == W + "del"
    return not struck and run.find(_TEXT) is not None


def _text_of(runs: Sequence[etree._Element]) -> str:
    return "".join(text.text or "" for run in runs for text in run.iter(_TEXT))


def _quoted(runs: list[etree._Element], quote: str) -> list[etree._Element]:
    """Return the runs that print ``quote``, cut where it begins and ends; empty if not here."""
    begin = _text_of(runs).find(quote)
    if begin < 0:
        return []
    end = begin + len(quote)
    found, at = [], 0
    for run in runs:
        length = len(_text_of([run]))
        low, high = max(begin - at, 0), min(end - at, length)
        if low < high:
            found.append(_cut(run, low, high))
        at += length
    return found


def _cut(run: etree._Element, low: int, high: int) -> etree._Element:
    """Part a run in up to three and return the middle one; one with more than text stays whole."""
    texts = run.findall(_TEXT)
    others = [child for child in run if child.tag not in {_TEXT, _PROPERTIES}]
    whole = texts[0].text or ""
    if others or len(texts) != 1 or (low, high) == (0, len(whole)):
        return run
    for piece, put in ((whole[:low], run.addprevious), (whole[high:], run.addnext)):
        if piece:
            put(_text_run(piece, run.find(_PROPERTIES)))
    texts[0].text = whole[low:high]
    texts[0].set(_SPACE, "preserve")
    return run


def _in_words(remark: DocxRemark) -> str:
    if remark.suggestion is None:
        return f"（所指文字：“{remark.quote}”）"
    return f"（建议把“{remark.quote}”改为“{remark.suggestion}”）"


def _text_run(text: str, properties: etree._Element | None = None) -> etree._Element:
    run = etree.Element(_RUN)
    if properties is not None:
        run.append(deepcopy(properties))
    element = etree.SubElement(run, _TEXT)
    element.text = "".join(c for c in text if c >= " ")
    element.set(_SPACE, "preserve")
    return run


def _sign(element: etree._Element, remark: DocxRemark) -> None:
    element.set(_AUTHOR, remark.author)
    # Word writes local time and calls it Z.
    element.set(_DATE, _to_the_second(remark.date) + "Z")


def _to_the_second(moment: str) -> str:
    return (moment + ":00")[:19] if len(moment) < _SECONDS else moment[:19]


def _with_type(data: bytes) -> bytes:
    root = parse_part(data)
    override = etree.SubElement(root, f"{{{_PACKAGE}/content-types}}Override")
    override.set("PartName", "/" + COMMENTS_PART)
    override.set("ContentType", _COMMENTS_TYPE)
    return _written(root)


def _with_relation(data: bytes | None) -> bytes:
    links = f"{_PACKAGE}/relationships"
    name = f"{{{links}}}"
    root = parse_part(data or f'<Relationships xmlns="{links}"/>'.encode())
    relation = etree.SubElement(root, name + "Relationship")
    relation.set("Id", "rIdRemarks")
    relation.set("Type", f"{RELATIONSHIP}/comments")
    relation.set("Target", "comments.xml")
    return _written(root)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
