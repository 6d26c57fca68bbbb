"""Three-way merge of the rows of a table: what a person wrote against what the facts now say.

Rows are found again by their contents, else by their place between rows that were. A cell only
one side changed is taken from that side; a row only one side put in or took out follows it. What
both changed differently is a conflict, cell by cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from workstation.domain.text_merges import MergePiece, TextMerge, merge_texts

Row = Mapping[str, object]
_GONE = "（没有这一行）"


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A row as each choice leaves it, None where that choice has no such row.

    ``cells`` are the merges of the cells that conflict, by column; a conflict without cells is
    about the row as a whole.
    """

    mine: Row | None
    theirs: Row | None
    conflicts: tuple[MergePiece, ...] = ()
    cells: Mapping[str, TextMerge] = field(default_factory=dict)

    def decided(self, own: Sequence[bool]) -> Row | None:
        """Return the row with each of its conflicts decided for the person's own words."""
        if not self.cells:
            return self.mine if all(own) else self.theirs
        row, at = dict(self.mine or {}), 0
        for key, merge in self.cells.items():
            end = at + len(merge.conflicts)
            row[key] = merge.decided(own[at:end])
            at = end
        return row


@dataclass(frozen=True, slots=True)
class RowMerge:
    """The merged rows in order."""

    rows: tuple[MergedRow, ...]

    @property
    def conflicts(self) -> tuple[MergePiece, ...]:
        """The cells a person must choose at; each names its row and column."""
        return tuple(piece for row in self.rows for piece in row.conflicts)

    @property
    def with_mine(self) -> list[dict[str, object]]:
        """The rows with the person's own words at every conflict."""
        return self.decided([True] * len(self.conflicts))

    @property
    def with_theirs(self) -> list[dict[str, object]]:
        """The rows with the new words at every conflict."""
        return self.decided([False] * len(self.conflicts))

    def decided(self, own: Sequence[bool]) -> list[dict[str, object]]:
        """Return the rows with each conflict, in order, decided for the person's own words."""
        found: list[dict[str, object]] = []
        at = 0
        for merged in self.rows:
            end = at + len(merged.conflicts)
            row = merged.decided(own[at:end])
            at = end
            if row is not None:
                found.append(dict(row))
        return found


def merge_rows(
    base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row], labels: Mapping[str, str]
) -> RowMerge:
    """Merge the rows of two tables that come from ``base``; nothing either side wrote is lost.

    Rows go by the keys of their columns; ``labels`` names the columns, for the conflicts.
    """
    own, new = _Side(base, mine), _Side(base, theirs)
    merged: list[MergedRow] = []
    for number in range(len(base) + 1):
        merged += _put_in(own.before[number], new.before[number])
        if number < len(base):
            kept = own.kept[number], new.kept[number]
            merged.append(_merged(base[number], *kept, labels, len(merged) + 1))
        merged = [row for row in merged if row.mine is not None or row.theirs is not None]
    return RowMerge(tuple(merged))


class _Side:
    """Where one side has each row of the base, and what it put in before it."""

    def __init__(self, base: Sequence[Row], rows: Sequence[Row]) -> None:
        self.kept: list[Row | None] = [None] * len(base)
        self.before: list[list[Row]] = [[] for _ in range(len(base) + 1)]
        matcher = SequenceMatcher(None, _told(base), _told(rows), autojunk=False)
        for tag, start, end, first, last in matcher.get_opcodes():
            if tag == "equal":
                self.kept[start:end] = rows[first:last]
            else:
                self._pair(base, range(start, end), rows[first:last])

    def _pair(self, base: Sequence[Row], places: range, rows: Sequence[Row]) -> None:
        """Give the rows their places where nothing is as it was."""
        at, first = places.start, 0
        pairs = [*_alike(base[places.start : places.stop], rows), (len(places), len(rows))]
        for place, number in pairs:
            end = places.start + place
            if end - at == number - first:
                # As many rows as places between two that are known: each was reworded.
                self.kept[at:end] = rows[first:number]
            else:
                self.before[end] += rows[first:number]
            if number < len(rows):
                self.kept[end] = rows[number]
            at, first = end + 1, number + 1


def _alike(base: Sequence[Row], rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Yield pairs of rows, in order, that together have the most cells in common."""
    likeness = [[_likeness(one, other) for other in rows] for one in base]
    best = [[0] * (len(rows) + 1) for _ in range(len(base) + 1)]
    for i in reversed(range(len(base))):
        for j in reversed(range(len(rows))):
            taken = likeness[i][j] + best[i + 1][j + 1]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], taken)
    i = j = 0
    while i < len(base) and j < len(rows):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _likeness(one: Row, other: Row) -> int:
    """Return how many cells that aren't empty two rows have in common."""
    return sum(1 for key, cell in one.items() if cell and _text(cell) == _text(other.get(key)))


def _told(rows: Sequence[Row]) -> list[tuple[tuple[str, str], ...]]:
    return [_cells(row) for row in rows]


def _cells(row: Row | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, _text(cell)) for key, cell in (row or {}).items()))


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _put_in(mine: Sequence[Row], theirs: Sequence[Row]) -> Iterator[MergedRow]:
    """Yield the rows put in at one place; what both put in stands once."""
    known = _told(mine)
    for row in (*mine, *(row for row in theirs if _cells(row) not in known)):
        yield MergedRow(row, row)


def _merged(
    base: Row, mine: Row | None, theirs: Row | None, labels: Mapping[str, str], place: int
) -> MergedRow:
    """Merge one row; ``place`` is its number among the merged rows."""
    if mine is None or theirs is None:
        left = theirs if mine is None else mine
        if left is None or _cells(left) == _cells(base):
            return MergedRow(None, None)
        told = {"base": _line(base, labels), "mine": _line(mine, labels)}
        piece = MergePiece(
            **told, theirs=_line(theirs, labels), conflicts=True, place=f"第{place}行"
        )
        return MergedRow(mine, theirs, (piece,))
    own, new = dict(theirs), dict(theirs)
    cells: dict[str, TextMerge] = {}
    conflicts: list[MergePiece] = []
    for key, label in labels.items():
        texts = [_text(side.get(key, "")) for side in (base, mine, theirs)]
        if texts[1] in (texts[0], texts[2]):
            own[key] = new[key] = theirs.get(key, "")
        elif texts[2] == texts[0]:
            own[key] = new[key] = mine.get(key, "")
        else:
            merge = merge_texts(*texts)
            own[key], new[key] = merge.with_mine, merge.with_theirs
            if merge.conflicts:
                cells[key] = merge
            where = f"第{place}行“{label}”"
            conflicts += [replace(piece, place=where) for piece in merge.conflicts]
    return MergedRow(own, new, tuple(conflicts), cells)


def _line(row: Row | None, labels: Mapping[str, str]) -> str:
    if row is None:
        return _GONE
    return "，".join(f"{name}：{row[key]}" for key, name in labels.items() if row.get(key))
