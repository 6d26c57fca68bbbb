"""Putting the rows of a table on pages: whole rows, split rows, repeated headers, borders."""

from dataclasses import dataclass

from workstation.documents.blocks import VerticalAlign
from workstation.documents.page_flow import PageFlow
from workstation.documents.table_layout import BorderGrid, MeasuredCell, MeasuredRow

_TOLERANCE = 0.06
# A signature that goes to the next page takes so many lines of its text along.
_LINES_WITH_SIGNATURE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slice:
    """A row, or a part of it, on the current page."""

    row: int
    top: float
    bottom: float
    is_last: bool
    is_repeat: bool


class TableFlow:
    """Places the rows of one table; :meth:`place_all` does the whole job.

    A row that can't be split moves to the next page. One that fits no page starts on a new one
    and flows on (ISO/IEC 29500-1 §17.4.6); without ``moves_long_rows`` it begins where it stands,
    as in LibreOffice, unless it is kept with the next. Rows kept together that fit no page start
    on a new one and flow on.
    """

    def __init__(
        self, rows: tuple[MeasuredRow, ...], flow: PageFlow, *, moves_long_rows: bool = True
    ) -> None:
        self._rows = rows
        self._flow = flow
        self._moves_long_rows = moves_long_rows
        self._slices: list[_Slice] = []
        self._drawn: dict[tuple[int, float], int] = {}
        self._has_turned = False
        self._kept_until = -1
        self._headers = 0
        while self._headers < len(rows) and rows[self._headers].repeats_as_header:
            self._headers += 1
        if self._headers == len(rows):
            self._headers = 0
        self._header_height = sum(row.height for row in rows[: self._headers])

    @property
    def first_height(self) -> float:
        """Return the height of the header rows and of the first rows below kept together."""
        first = self._rows[self._headers].height
        return self._header_height + max(first, self._kept_height(self._headers))

    def place_all(self) -> None:
        """Place every row and draw borders and text."""
        flow = self._flow
        first = self._rows[self._headers]
        if not first.can_split and not flow.is_at_top and not flow.fits(self.first_height):
            flow.start_page()
        for index in range(len(self._rows)):
            self._place(index)
        self._draw(continues=False)
        flow.y -= max((cell.cell.borders.bottom for cell in self._rows[-1].covering), default=0)

    def _place(self, index: int) -> None:
        row = self._rows[index]
        if index > self._kept_until:
            kept = self._kept_height(index)
            if kept and not self._is_at_top and not self._flow.fits(kept):
                self._turn_page(index)
            self._kept_until = self._last_kept(index)
        height = self._height_left(index)
        if self._flow.fits(height):
            self._append(index, height)
        elif row.can_split:
            self._split(index)
        elif height > self._flow.capacity - self._header_height:
            if not self._is_at_top and (self._moves_long_rows or row.keeps_next(index)):
                self._turn_page(index)
            self._split(index)
        else:
            self._turn_page(index)
            self._append(index, self._height_left(index))

    def _kept_height(self, index: int) -> float:
        """Return the height of the rows kept together from this one on; 0 for a single row."""
        last = self._last_kept(index)
        return sum(row.height for row in self._rows[index : last + 1]) if last > index else 0.0

    def _last_kept(self, index: int) -> int:
        """Return the last of the rows kept together from this one on."""
        last = index
        while last + 1 < len(self._rows) and self._rows[last].keeps_next(last):
            last += 1
        return last

    def _split(self, index: int) -> None:
        while not self._flow.fits(self._height_left(index)):
            if self._has_fitting_line(index):
                self._append(index, self._flow.room, is_last=False)
            elif self._is_at_top:
                break
            self._turn_page(index)
        self._append(index, self._height_left(index))

    def _has_fitting_line(self, index: int) -> bool:
        room = self._flow.room
        return any(
            _count_fitting(cell, self._start(cell), room - cell.cell.borders.top)
            for cell in self._rows[index].starting(index)
        )

    @property
    def _is_at_top(self) -> bool:
        if not self._slices:
            return self._flow.is_at_top
        return all(piece.is_repeat for piece in self._slices)

    def _height_left(self, index: int) -> float:
        """Return the height the row needs here for what its cells still have to show."""
        row = self._rows[index]
        is_begun = any(self._is_begun(cell) for cell in row.starting(index))
        needed = 0.0 if is_begun else row.height
        for cell in row.covering:
            if cell.last_row == index and self._is_begun(cell):
                above = sum(
                    piece.top - piece.bottom
                    for piece in self._slices
                    if cell.row <= piece.row < index
                )
                needed = max(needed, cell.content_height(self._start(cell)) - above)
        return needed

    def _is_begun(self, cell: MeasuredCell) -> bool:
        return (cell.row, cell.left) in self._drawn

    def _start(self, cell: MeasuredCell) -> int:
        return self._drawn.get((cell.row, cell.left), 0)

    def _append(
        self, index: int, height: float, *, is_last: bool = True, is_repeat: bool = False
    ) -> None:
        top = self._flow.y
        bottom = top - height
        self._flow.y = bottom
        self._slices.append(
            _Slice(row=index, top=top, bottom=bottom, is_last=is_last, is_repeat=is_repeat)
        )

    def _turn_page(self, index: int) -> None:
        self._draw(continues=True)
        self._flow.start_page()
        self._has_turned = True
        if index >= self._headers:
            for header in range(self._headers):
                self._append(header, self._rows[header].height, is_repeat=True)

    def _draw(self, *, continues: bool) -> None:
        borders = BorderGrid()
        done: set[tuple[int, float]] = set()
        for piece in self._slices:
            for cell in self._rows[piece.row].covering:
                key = (cell.row, cell.left)
                if key not in done:
                    done.add(key)
                    self._draw_cell(cell, borders, continues=continues)
        self._flow.page.operations.extend(borders.operations())
        self._slices.clear()

    def _draw_cell(self, cell: MeasuredCell, borders: BorderGrid, *, continues: bool) -> None:
        pieces = [piece for piece in self._slices if cell.row <= piece.row <= cell.last_row]
        first, last = pieces[0], pieces[-1]
        room = first.top - last.bottom
        borders.add(
            cell,
            first.top,
            last.bottom,
            is_cut_above=self._has_turned and first is self._slices[0],
            is_cut_below=continues and last is self._slices[-1],
        )
        start = 0 if first.is_repeat else self._start(cell)
        room -= cell.cell.borders.top
        end = len(cell.strips)
        if not (last.is_last and last.row == cell.last_row):
            end = start + _count_fitting(cell, start, room)
        shown = cell.strips[start:end]
        y = (
            first.top
            - cell.cell.borders.top
            - _shift(cell, room - sum(strip.height for strip in shown))
        )
        for strip in shown:
            self._flow.draw(strip.line, cell.text_left, y - strip.before)
            y -= strip.height
        if not first.is_repeat:
            self._drawn[cell.row, cell.left] = end


def _count_fitting(cell: MeasuredCell, start: int, room: float) -> int:
    """Return how many lines from ``start`` on fit; a signature takes two lines of text along."""
    count = 0
    for strip in cell.strips[start:]:
        room -= strip.height
        if room < -_TOLERANCE:
            break
        count += 1
    left = len(cell.strips) - start - count
    together = min(cell.signed + _LINES_WITH_SIGNATURE, len(cell.strips) - start)
    if cell.signed and 0 < left < together:
        count -= min(count, together - left)
    return count


def _shift(cell: MeasuredCell, slack: float) -> float:
    if slack <= 0:
        return 0.0
    match cell.cell.vertical_align:
        case VerticalAlign.TOP:
            return 0.0
        case VerticalAlign.CENTER:
            return slack / 2
        case VerticalAlign.BOTTOM:
            return slack
