"""The words of a .docx without its layout: much faster where only the text is asked for."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from workstation.documents.correction_runs import bears_corrections, is_left_out
from workstation.documents.docx_package import DOCUMENT_PART, W, open_package, parse_part

_PARAGRAPH, _TEXT = W + "p", W + "t"
_START, _END = W + "bookmarkStart", W + "bookmarkEnd"
_BOOKMARK = re.compile(r"([fv])_(.+?)(?:__(\d+))?\Z")


@dataclass(frozen=True, slots=True)
class PrintedPiece:
    """A piece of a paragraph; ``name`` is the field or case value it prints, or empty.

    ``name`` is ``fine`` or ``party.name``; ``number`` counts the times it was printed, from 1.
    """

    text: str
    name: str = ""
    number: int = 0


@dataclass(frozen=True)
class PrintedPaper:
    """What a paper says: its paragraphs, each in the pieces it was printed in."""

    paragraphs: tuple[tuple[PrintedPiece, ...], ...]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The text of every paragraph that has some."""
        texts = ("".join(piece.text for piece in pieces) for pieces in self.paragraphs)
        return tuple(text for text in texts if text.strip())

    @cached_property
    def values(self) -> dict[str, tuple[str, ...]]:
        """What was printed of every field and case value, each time it was printed."""
        found: dict[str, dict[int, str]] = {}
        for piece in (piece for pieces in self.paragraphs for piece in pieces if piece.name):
            times = found.setdefault(piece.name, {})
            before = times.get(piece.number)
            times[piece.number] = piece.text if before is None else f"{before}\n{piece.text}"
        return {name: tuple(times.values()) for name, times in found.items()}


class PieceTexts(NamedTuple):
    """A printed piece as it stands in the file: its name and number and its ``w:t`` elements."""

    name: str
    number: int
    texts: list[etree._Element]


def read_printed(docx: bytes) -> PrintedPaper:
    """Return what the body of a .docx of ours says, with the values printed in bookmarks.

    Words struck out in a correction are not said, those put in are.

    Raises:
        DamagedDocxError: the file can't be opened safely.
    """
    root = parse_part(open_package(docx).parts[DOCUMENT_PART])
    return PrintedPaper(
        tuple(
            tuple(
                PrintedPiece("".join(str(element.text) for element in texts), name, number)
                for name, number, texts in pieces
            )
            for pieces in pieces_in(root)
        )
    )


def pieces_in(root: etree._Element) -> list[list[PieceTexts]]:
    """Return the printed pieces of each paragraph of a body."""
    corrected = bears_corrections(root)
    opened: dict[str, tuple[str, int]] = {}
    paragraphs: list[list[PieceTexts]] = []
    for element in root.iter(_PARAGRAPH, _START, _END, _TEXT):
        if element.tag == _TEXT:
            if corrected and is_left_out(element):
                continue
            name, number = next(reversed(opened.values())) if opened else ("", 0)
            if element.text and paragraphs:
                _add(paragraphs[-1], element, name, number)
        elif element.tag == _PARAGRAPH:
            paragraphs.append([])
        elif element.tag == _START:
            match = _BOOKMARK.match(str(element.get(W + "name")))
            if match:
                name = match[2] if match[1] == "f" else match[2].replace("__", ".")
                opened[str(element.get(W + "id"))] = (name, int(match[3] or 1))
        else:
            opened.pop(str(element.get(W + "id")), None)
    return paragraphs


def _add(pieces: list[PieceTexts], element: etree._Element, name: str, number: int) -> None:
    if pieces and pieces[-1][:2] == (name, number):
        pieces[-1].texts.append(element)
    else:
        pieces.append(PieceTexts(name, number, [element]))
