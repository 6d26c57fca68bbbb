"""Corrections in the text of a record (笔录): words struck out, words put in.

Who is asked may have omissions and mistakes put right and signs or finger-prints the place. A
correction stays in the text as 【删去：…】 and 【补入：…】, so that the record shows both.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from workstation.domain.cases import JsonValue

_MARK = re.compile(r"【(删去|补入)：([^【】\n]*)】")
_PARTED = re.compile(r"(【(删去|补入)：[^【】\n]*)】【\2：")
_OPENING = re.compile(r"【(?:删去|补入)：")


class CorrectionKind(StrEnum):
    """What was done to words."""

    STRUCK = "删去"
    ADDED = "补入"


class CorrectionPiece(NamedTuple):
    """Words of one kind, ``None`` for words as first written.

    ``is_last``: a correction ends here, at whose place the finger-print goes.
    """

    text: str
    kind: CorrectionKind | None = None
    is_last: bool = False


def correction_pieces(text: str) -> Iterator[CorrectionPiece]:
    """Yield a text in pieces; marks that follow one another make one correction."""
    position = 0
    marks = list(_MARK.finditer(text))
    for number, mark in enumerate(marks):
        if mark.start() > position:
            yield CorrectionPiece(text[position : mark.start()])
        position = mark.end()
        follows = number + 1 < len(marks) and marks[number + 1].start() == position
        yield CorrectionPiece(mark[2], CorrectionKind(mark[1]), is_last=not follows)
    if position < len(text):
        yield CorrectionPiece(text[position:])


def as_corrected(value: "JsonValue") -> "JsonValue":
    """Return a value as it stands: words struck out are gone, words put in read as its text."""
    if isinstance(value, str):
        kept = (p.text for p in correction_pieces(value) if p.kind is not CorrectionKind.STRUCK)
        return "".join(kept)
    if isinstance(value, list):
        return [as_corrected(part) for part in value]
    if isinstance(value, dict):
        return {key: as_corrected(part) for key, part in value.items()}
    return value


def correction_mark(words: str, kind: CorrectionKind) -> str:
    """Return the mark that words of a kind are typed in."""
    return f"【{kind}：{words}】"


def joined_marks(text: str) -> str:
    """Return a text in which marks of one kind that follow one another are one mark."""
    return _PARTED.sub(r"\1", text)


def broken_marks(text: str) -> tuple[str, ...]:
    """Return the beginnings of marks that are not closed or hold no words."""
    whole = {mark.start() for mark in _MARK.finditer(text) if mark[2].strip()}
    starts = (mark.start() for mark in _OPENING.finditer(text))
    return tuple(text[start : start + 10] for start in starts if start not in whole)


def mark_correction(words: str) -> tuple[str, int]:
    """Return the marks that replace ``words``, and where in them the right words are typed."""
    struck = correction_mark(words, CorrectionKind.STRUCK) if words else ""
    added = correction_mark("", CorrectionKind.ADDED)
    return struck + added, len(struck + added) - 1
