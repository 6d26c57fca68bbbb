"""Measuring tables: the lines of every cell, the heights of the rows, the edges of the columns.

Nothing here knows about pages; :mod:`workstation.documents.table_flow` puts rows on them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workstation.documents.blocks import Align, Cell, Paragraph, Table
from workstation.documents.display_list import LineOperation
from workstation.documents.shaped_lines import Strip

# Sets a paragraph to a measure in points.
Shaper = Callable[[Paragraph, float], tuple[Strip, ...]]

# Edges nearer than this are one edge.
_SAME = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredCell:
    """A cell with its lines; ``row`` is its first row, ``left`` and ``right`` count from the page.

    ``text_left`` is where the lines start; the last ``signed`` of them are a signature under text.
    """

    cell: Cell
    row: int
    left: float
    right: float
    text_left: float
    strips: tuple[Strip, ...]
    signed: int = 0

    @property
    def last_row(self) -> int:
        """Return the last row that the cell covers."""
        return self.row + self.cell.row_span - 1

    def content_height(self, start: int = 0) -> float:
        """Return the height of the lines from ``start`` on, with the border above them.

        Word and LibreOffice count the border to the height that the text needs.
        """
        return self.cell.borders.top + sum(strip.height for strip in self.strips[start:])


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredRow:
    """A row; ``covering`` holds all cells that lie in it, also those begun in rows above."""

    height: float
    repeats_as_header: bool
    can_split: bool
    covering: tuple[MeasuredCell, ...]

    def starting(self, row: int) -> Iterable[MeasuredCell]:
        """Return the cells that begin in this row, whose number is ``row``."""
        return (cell for cell in self.covering if cell.row == row)

    def keeps_next(self, row: int) -> bool:
        """Return whether text of this row, whose number is ``row``, is kept with what follows."""
        return any(strip.keeps_next for cell in self.starting(row) for strip in cell.strips)


def measure_table(table: Table, left: float, shape: Shaper) -> tuple[MeasuredRow, ...]:
    """Set all cells and find the row heights; the table's left margin is at ``left`` points.

    A cell over several rows that needs more height than they have makes its last row higher.
    """
    edges = [left + table.left_indent]
    for width in table.column_widths:
        edges.append(edges[-1] + width)
    cells = [
        _measure_cell(cell, index, edges, table.padding, shape)
        for index, row in enumerate(table.rows)
        for cell in row.cells
    ]
    heights = [row.height for row in table.rows]
    for cell in sorted(cells, key=lambda cell: cell.last_row):
        last = min(cell.last_row, len(heights) - 1)
        above = sum(heights[cell.row : last])
        heights[last] = max(heights[last], cell.content_height() - above)
    return tuple(
        MeasuredRow(
            height=heights[index],
            repeats_as_header=row.repeats_as_header,
            can_split=row.can_split,
            covering=tuple(
                sorted(
                    (cell for cell in cells if cell.row <= index <= cell.last_row),
                    key=lambda cell: cell.left,
                )
            ),
        )
        for index, row in enumerate(table.rows)
    )


def _measure_cell(
    cell: Cell, row: int, edges: list[float], padding: float, shape: Shaper
) -> MeasuredCell:
    left, right = edges[cell.column], edges[min(cell.column + cell.span, len(edges) - 1)]
    measure = right - left - 2 * padding
    shaped = [shape(paragraph, measure) for paragraph in cell.paragraphs]
    strips = [strip for lines in shaped for strip in lines]
    signed = 0
    for paragraph, lines in zip(reversed(cell.paragraphs), reversed(shaped), strict=True):
        if paragraph.align is not Align.RIGHT:
            break
        signed += len(lines)
    return MeasuredCell(
        cell=cell,
        row=row,
        left=left,
        right=right,
        text_left=left + padding,
        strips=tuple(strips),
        signed=signed if signed < len(strips) else 0,
    )


class BorderGrid:
    """The borders of one table on one page: shared edges drawn once, collinear pieces joined."""

    def __init__(self) -> None:
        self._horizontal: dict[tuple[float, float, float], float] = {}
        self._vertical: dict[tuple[float, float, float], float] = {}

    def add(
        self,
        cell: MeasuredCell,
        top: float,
        bottom: float,
        *,
        is_cut_above: bool = False,
        is_cut_below: bool = False,
    ) -> None:
        """Add the four edges of a cell that reaches from ``top`` down to ``bottom``.

        An edge where a page cuts the table is closed as strongly as the cell's side lines.
        """
        borders = cell.cell.borders
        sides = max(borders.left, borders.right)
        above = max(borders.top, sides) if is_cut_above else borders.top
        below = max(borders.bottom, sides) if is_cut_below else borders.bottom
        self._put(self._horizontal, (top, cell.left, cell.right), above)
        self._put(self._horizontal, (bottom, cell.left, cell.right), below)
        self._put(self._vertical, (cell.left, bottom, top), borders.left)
        self._put(self._vertical, (cell.right, bottom, top), borders.right)

    @staticmethod
    def _put(
        edges: dict[tuple[float, float, float], float],
        edge: tuple[float, float, float],
        width: float,
    ) -> None:
        if width > 0:
            rounded = (round(edge[0], 3), round(edge[1], 3), round(edge[2], 3))
            edges[rounded] = max(edges.get(rounded, 0.0), width)

    def operations(self) -> list[LineOperation]:
        """Return the lines, each reaching half its width over its ends so that corners close."""
        lines = []
        for at, start, end, width in _joined(self._horizontal):
            half = width / 2
            lines.append(LineOperation(x0=start - half, y0=at, x1=end + half, y1=at, width=width))
        for at, start, end, width in _joined(self._vertical):
            half = width / 2
            lines.append(LineOperation(x0=at, y0=start - half, x1=at, y1=end + half, width=width))
        return lines


def _joined(
    edges: dict[tuple[float, float, float], float],
) -> list[tuple[float, float, float, float]]:
    joined: list[tuple[float, float, float, float]] = []
    for (at, start, end), width in sorted(edges.items(), key=_edge_order):
        if joined:
            last_at, last_start, last_end, last_width = joined[-1]
            if last_at == at and last_width == width and start <= last_end + _SAME:
                joined[-1] = (at, last_start, max(end, last_end), width)
                continue
        joined.append((at, start, end, width))
    return joined


def _edge_order(
    item: tuple[tuple[float, float, float], float],
) -> tuple[float, float, float]:
    (at, start, _end), width = item
    return (-at, width, start)
