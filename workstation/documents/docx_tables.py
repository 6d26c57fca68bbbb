"""Tables of a .docx: fixed grids with merged cells, rows that stay whole, repeated headers."""

from dataclasses import replace
from itertools import pairwise

from lxml import etree

from workstation.documents.blocks import Align, Stroke
from workstation.documents.docx_paragraphs import (
    ParagraphFormat,
    element,
    twips,
    write_paragraph,
)
from workstation.documents.docx_strokes import write_stroke
from workstation.documents.form_language import (
    CellPart,
    CellSource,
    RowSource,
    Statement,
    TableSource,
    parse_inline,
)
from workstation.documents.presets import PagePreset

_PADDING = 80
_TWIPS = 20
_ROW_SLACK = 6
# In a narrower cell justified lines would be torn apart around numbers and document numbers.
_JUSTIFIED_CHARACTERS = 16
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def write_table(source: TableSource, preset: PagePreset) -> etree._Element:
    """Return a ``w:tbl`` as wide as the type area."""
    return _TableWriter(source, preset).table()


class _TableWriter:
    def __init__(self, source: TableSource, preset: PagePreset) -> None:
        self._source = source
        self._style = replace(
            preset.table,
            size=source.size or preset.table.size,
            lead=source.lead or preset.table.lead,
        )
        self._widths = _grid(source.widths, twips(preset.setup.text_width))

    def table(self) -> etree._Element:
        table = element("tbl")
        table.append(self._properties())
        grid = element("tblGrid")
        grid.extend(element("gridCol", w=width) for width in self._widths)
        table.append(grid)
        rows = self._source.rows
        headers = self._source.header_rows
        for position, row in enumerate(rows):
            if isinstance(row, Statement):
                table.append(self._statement(row))
                continue
            below = next((r for r in rows[position + 1 :] if isinstance(r, RowSource)), None)
            continued = {cell.column for cell in below.cells if cell.merged} if below else set()
            if headers <= 0 and _has_signature(row, continued):
                table.extend(
                    self._signed_rows(row, continued, kept=_is_last_signed(rows, position + 1))
                )
            else:
                table.append(self._row(row, continued, header=headers > 0))
            headers -= 1
        return table

    def _properties(self) -> etree._Element:
        properties = element("tblPr")
        properties.append(element("tblW", w=sum(self._widths), type="dxa"))
        properties.append(element("tblInd", w=0, type="dxa"))
        borders = element("tblBorders")
        for side in _SIDES:
            if self._source.borders:
                borders.append(element(side, val="single", sz=4, space=0, color="000000"))
            else:
                borders.append(element(side, val="nil"))
        properties.append(borders)
        properties.append(element("tblLayout", type="fixed"))
        margins = element("tblCellMar")
        padding = _PADDING if self._source.borders else 0
        for side in ("left", "right"):
            margins.append(element(side, w=padding, type="dxa"))
        properties.append(margins)
        return properties

    def _statement(self, statement: Statement) -> etree._Element:
        cell = CellSource(
            column=0,
            span=len(self._widths),
            merged=False,
            left=True,
            parts=(CellPart(text=statement.text),),
        )
        row = RowSource(number=statement.number, height=0, cells=(cell,))
        return self._row(row, set(), header=False)

    def _signed_rows(
        self, row: RowSource, continued: set[int], *, kept: bool
    ) -> list[etree._Element]:
        """Return two rows without a line between: opinions at the top, signatures at the bottom.

        One cell can't hold both, so the other cells are merged over the two rows, which are
        kept on one page. ``kept`` keeps them on the page of the next row too, the last one signed:
        it never stands alone.
        """
        lines = max(sum(part.signature for part in cell.parts) for cell in row.cells)
        slack = _ROW_SLACK / 2 if self._source.borders else 0
        foot = lines * self._style.lead + slack
        upper = self._empty_row(max(row.height - foot, self._style.lead + slack), header=False)
        lower = self._empty_row(foot, header=False)
        for cell in row.cells:
            top, bottom = self._signed_cell(cell, kept=kept or cell.column in continued)
            upper.append(top)
            lower.append(bottom)
        return [upper, lower]

    def _signed_cell(
        self, cell: CellSource, *, kept: bool
    ) -> tuple[etree._Element, etree._Element]:
        opinion = tuple(part for part in cell.parts if not part.signature)
        signature = tuple(part for part in cell.parts if part.signature)
        if not signature:
            top = self._cell(cell, merge="continue" if cell.merged else "restart", kept=True)
            rest = replace(cell, parts=(CellPart(text=""),))
            return top, self._cell(rest, merge="continue", kept=kept)
        above = replace(cell, parts=opinion)
        below = replace(cell, parts=signature)
        return (
            self._cell(above, align="top", open_side="bottom", kept=True),
            self._cell(below, align="bottom", open_side="top", kept=kept),
        )

    def _row(self, row: RowSource, continued: set[int], *, header: bool) -> etree._Element:
        slack = _ROW_SLACK if self._source.borders else 0
        height = max(row.height, self._style.lead + slack)
        written = self._empty_row(height, header=header)
        for cell in row.cells:
            if cell.struck:
                written.append(self._struck_cell(cell, height))
                continue
            merge = "restart" if cell.column in continued else ""
            signed = any(part.signature for part in cell.parts)
            written.append(
                self._cell(
                    cell,
                    merge="continue" if cell.merged else merge,
                    align="bottom" if signed else "center",
                )
            )
        return written

    def _struck_cell(self, cell: CellSource, height: float) -> etree._Element:
        """Return an empty cell with a stroke from its lower left to its upper right corner."""
        width = sum(self._widths[cell.column : cell.column + cell.span]) - 2 * _PADDING
        written = self._cell(cell, align="top")
        stroke = Stroke(x0=0.0, y0=height, x1=width / _TWIPS, y1=0.0)
        written[-1].append(write_stroke(stroke))
        return written

    def _empty_row(self, height: float, *, header: bool) -> etree._Element:
        written = element("tr")
        properties = element("trPr")
        properties.append(element("cantSplit"))
        properties.append(element("trHeight", val=twips(height), hRule="atLeast"))
        if header:
            properties.append(element("tblHeader"))
        written.append(properties)
        return written

    def _cell(
        self,
        cell: CellSource,
        *,
        merge: str = "",
        align: str = "center",
        open_side: str = "",
        kept: bool = False,
    ) -> etree._Element:
        written = element("tc")
        properties = element("tcPr")
        width = sum(self._widths[cell.column : cell.column + cell.span])
        properties.append(element("tcW", w=width, type="dxa"))
        if cell.span > 1:
            properties.append(element("gridSpan", val=cell.span))
        if merge:
            properties.append(element("vMerge", val=merge))
        if open_side:
            borders = element("tcBorders")
            borders.append(element(open_side, val="nil"))
            properties.append(borders)
        properties.append(element("vAlign", val=align))
        written.append(properties)
        written.extend(self._paragraph(part, cell, kept=kept) for part in cell.parts)
        return written

    def _paragraph(self, part: CellPart, cell: CellSource, *, kept: bool) -> etree._Element:
        align = self._left_alignment(cell) if cell.left else Align.CENTER
        if part.signature:
            align = Align.RIGHT
        text = "" if cell.merged else part.text
        style = replace(self._style, align=align, indent=0)
        shape = ParagraphFormat(style=style, keep_next=kept)
        return write_paragraph(parse_inline(text), shape)

    def _left_alignment(self, cell: CellSource) -> Align:
        width = sum(self._widths[cell.column : cell.column + cell.span]) - 2 * _PADDING
        is_wide = width >= _JUSTIFIED_CHARACTERS * twips(self._style.size)
        return Align.JUSTIFY if is_wide else Align.LEFT


def _has_signature(row: RowSource, continued: set[int]) -> bool:
    signed = [cell.column for cell in row.cells if any(part.signature for part in cell.parts)]
    return bool(signed) and not continued.intersection(signed)


def _is_last_signed(rows: tuple[RowSource | Statement, ...], position: int) -> bool:
    """Tell whether the row there is signed and none behind it is."""
    row, *below = (*rows[position : position + 2], None)
    return _is_signed(row) and not _is_signed(below[0] if below else None)


def _is_signed(row: RowSource | Statement | None) -> bool:
    return isinstance(row, RowSource) and _has_signature(row, set())


def _grid(ratios: tuple[float, ...], total: int) -> list[int]:
    """Share ``total`` twips out by ratio so that the columns sum to it exactly."""
    edges = [0]
    reached = 0.0
    for ratio in ratios:
        reached += ratio
        edges.append(round(total * reached / sum(ratios)))
    return [right - left for left, right in pairwise(edges)]
