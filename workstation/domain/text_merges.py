"""Three-way merge of wording by clause: what a person wrote against what the facts now say.

Both texts come from one base. A clause that only one side changed is taken from that side; where
both changed the same place differently, both wordings are kept as a conflict to choose from.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_CLAUSE = re.compile(r"[^。；，\n]*[。；，\n]|[^。；，\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePiece:
    """A stretch of the merged text; where it ``conflicts`` the two wordings differ.

    ``place`` says where it stands in a table, and is empty in a text.
    """

    base: str
    mine: str
    theirs: str
    conflicts: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class TextMerge:
    """The merged text in order; joining the pieces of one choice gives a whole text."""

    pieces: tuple[MergePiece, ...]

    @property
    def conflicts(self) -> tuple[MergePiece, ...]:
        """The places a person must choose at."""
        return tuple(piece for piece in self.pieces if piece.conflicts)

    @property
    def with_mine(self) -> str:
        """The text with the person's own wording at every conflict."""
        return self.decided([True] * len(self.conflicts))

    @property
    def with_theirs(self) -> str:
        """The text with the new wording at every conflict."""
        return self.decided([False] * len(self.conflicts))

    def decided(self, own: Sequence[bool]) -> str:
        """Return the text with each conflict, in order, decided for the person's own wording."""
        chosen = iter(own)
        return "".join(
            piece.mine if not piece.conflicts or next(chosen) else piece.theirs
            for piece in self.pieces
        )


def split_clauses(text: str) -> list[str]:
    """Split a text after 。；，and line ends; joining the clauses gives the text back."""
    return _CLAUSE.findall(text)


def merge_texts(base: str, mine: str, theirs: str) -> TextMerge:
    """Merge two texts that come from ``base``; nothing that either side wrote is lost."""
    clauses = split_clauses(base)
    changes = [
        *_changes(clauses, split_clauses(mine), own=True),
        *_changes(clauses, split_clauses(theirs), own=False),
    ]
    return TextMerge(tuple(_pieces(clauses, sorted(changes, key=lambda c: (c.start, c.end)))))


@dataclass(frozen=True, slots=True)
class _Change:
    """What one side put in the place of the clauses ``start`` to ``end`` of the base."""

    start: int
    end: int
    text: str
    own: bool


def _changes(base: Sequence[str], other: Sequence[str], *, own: bool) -> Iterator[_Change]:
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            continue
        if end - start == last - first:
            # Clauses side by side that were each reworded are changes of their own.
            for place, text in zip(range(start, end), other[first:last], strict=True):
                yield _Change(place, place + 1, text, own)
        else:
            yield _Change(start, end, "".join(other[first:last]), own)


def _pieces(base: Sequence[str], changes: Sequence[_Change]) -> Iterator[MergePiece]:
    done = 0
    for group in _meeting(changes):
        start, end = group[0].start, max(change.end for change in group)
        if done < start:
            yield _kept("".join(base[done:start]))
        yield _decided(
            "".join(base[start:end]),
            _applied(base, start, end, [c for c in group if c.own]),
            _applied(base, start, end, [c for c in group if not c.own]),
        )
        done = end
    if done < len(base):
        yield _kept("".join(base[done:]))


def _meeting(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """Group the changes that meet: over the same clauses, or put in at the same point."""
    group: list[_Change] = []
    for change in changes:
        end = max((c.end for c in group), default=-1)
        same_point = bool(group) and group[0].start == end == change.start == change.end
        if group and change.start >= end and not same_point:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _applied(base: Sequence[str], start: int, end: int, changes: Sequence[_Change]) -> str:
    parts = []
    for change in changes:
        parts += [*base[start : change.start], change.text]
        start = change.end
    return "".join([*parts, *base[start:end]])


def _kept(text: str) -> MergePiece:
    return MergePiece(base=text, mine=text, theirs=text)


def _decided(base: str, mine: str, theirs: str) -> MergePiece:
    if theirs in {mine, base}:
        return MergePiece(base=base, mine=mine, theirs=mine)
    if mine == base:
        return MergePiece(base=base, mine=theirs, theirs=theirs)
    return MergePiece(base=base, mine=mine, theirs=theirs, conflicts=True)
