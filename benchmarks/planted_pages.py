"""On which page planted words stand: the spoilt .docx is laid out with the words marked in it.

The mark is a bookmark around the words, as the forms set one around every value, so where it
lands does not hang on how the review looks for a place.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from workstation.documents.display_list import LaidOutDocument
from workstation.documents.docx_package import (
    DOCUMENT_PART,
    DocxPackage,
    W,
    open_package,
    parse_part,
)
from workstation.documents.docx_texts import PrintedPaper, PrintedPiece, pieces_in
from workstation.domain.cases import IssuedDocument
from workstation.operations.paper_texts import PrintedText, page_of, printed_texts
from workstation.review.records import CaseUnderReview, Passage

DocxOf = Callable[[IssuedDocument], bytes]
LayOut = Callable[[bytes], LaidOutDocument]
_MARK = "planted"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FIRST_ID = 100_000
_OWN = "document."


@dataclass(frozen=True, slots=True)
class Planted:
    """What was planted into a paper: the pages it stands on, the fields it stands in."""

    pages: frozenset[int]
    fields: frozenset[str]


class Press:
    """Prints papers of an office again with other words in them."""

    def __init__(self, docx_of: DocxOf, lay_out: LayOut) -> None:
        self._docx_of = docx_of
        self._lay_out = lay_out

    def planted(self, before: CaseUnderReview, after: CaseUnderReview, key: str) -> Planted:
        """Return what differs in the paper of a key; nothing where it says what it said."""
        paper = _paper(after, key)
        if paper is None or paper.id not in before.printed:
            return Planted(frozenset(), frozenset())
        was, now = before.printed[paper.id], after.printed[paper.id]
        changed = [new for old, new in _pairs(was, now) if old != new]
        docx = self._respelt(paper, was, now, marked=True)
        return Planted(
            pages=frozenset(part.page for part in self._laid_out(docx) if part.field == _MARK),
            fields=frozenset(piece.name.removeprefix(_OWN) for piece in changed),
        )

    def paged(self, before: CaseUnderReview, after: CaseUnderReview, place: Passage) -> Passage:
        """Return a place with its page, as the review finds it in the spoilt paper."""
        paper = _paper(after, place.document)
        if paper is None or paper.id not in before.printed:
            return place
        docx = self._respelt(
            paper, before.printed[paper.id], after.printed[paper.id], marked=False
        )
        return replace(place, page=page_of(self._laid_out(docx), place.field, place.text))

    def _laid_out(self, docx: bytes) -> tuple[PrintedText, ...]:
        return printed_texts(self._lay_out(docx))

    def _respelt(
        self, paper: IssuedDocument, was: PrintedPaper, now: PrintedPaper, *, marked: bool
    ) -> bytes:
        """Return the .docx of a paper with other words; ``marked`` keeps those taken away."""
        package = open_package(self._docx_of(paper))
        root = parse_part(package.parts[DOCUMENT_PART])
        pieces = (piece.texts for line in pieces_in(root) for piece in line)
        changes = zip(pieces, _pairs(was, now), strict=True)
        for number, (texts, (old, new)) in enumerate(changes):
            if old != new:
                words = new.text or (old.text if marked else "")
                _write(texts, words.replace("\n", ""))
                if marked:
                    _mark(texts[0], number)
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return DocxPackage({**package.parts, DOCUMENT_PART: data}).to_bytes()


def _paper(case: CaseUnderReview, key: str) -> IssuedDocument | None:
    return next((paper for paper in case.file.documents if paper.key == key), None)


def _pairs(was: PrintedPaper, now: PrintedPaper) -> Iterator[tuple[PrintedPiece, PrintedPiece]]:
    for old, new in zip(was.paragraphs, now.paragraphs, strict=True):
        yield from zip(old, new, strict=True)


def _write(elements: list[etree._Element], words: str) -> None:
    for element, text in zip(elements, (words, *[""] * len(elements)), strict=False):
        element.text = text
        element.set(_SPACE, "preserve")


def _mark(element: etree._Element, number: int) -> None:
    run = element.getparent()
    if run is None:
        return
    attributes = {W + "id": str(_FIRST_ID + number), W + "name": f"f_{_MARK}__{number + 1}"}
    run.addprevious(etree.Element(W + "bookmarkStart", attributes))
    run.addnext(etree.Element(W + "bookmarkEnd", {W + "id": attributes[W + "id"]}))
