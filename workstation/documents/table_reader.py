"""Reading tables of a .docx: fixed grids, merged cells, borders, header rows."""

from dataclasses import dataclass, replace

from lxml import etree

from workstation.documents.blocks import Borders, Cell, Paragraph, Row, Table, VerticalAlign
from workstation.documents.docx_faults import is_on, tags
from workstation.documents.docx_package import W
from workstation.documents.docx_styles import TWIPS, StyleSheet
from workstation.documents.paragraph_reader import ParagraphReader

_VAL = W + "val"
_EIGHTHS = 8
_KNOWN_TABLE = tags(
    "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblOverlap shd tblCaption"
    " tblDescription tblCellSpacing"
)
_KNOWN_ROW = tags(
    "cantSplit trHeight tblHeader jc cnfStyle wBefore wAfter divId tblCellSpacing hidden"
)
_KNOWN_CELL = tags("tcW gridSpan vMerge tcBorders vAlign noWrap shd hideMark cnfStyle tcFitText")
_ROW_CONTENT = tags("trPr tblPrEx tc bookmarkStart bookmarkEnd proofErr")
_CELL_CONTENT = tags("tcPr p bookmarkStart bookmarkEnd proofErr")
_ALIGNMENTS = {
    "top": VerticalAlign.TOP,
    "center": VerticalAlign.CENTER,
    "bottom": VerticalAlign.BOTTOM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """Widths of the lines of a table, outer and inner, in points."""

    top: float = 0.0
    left: float = 0.0
    bottom: float = 0.0
    right: float = 0.0
    inside_h: float = 0.0
    inside_v: float = 0.0


@dataclass(slots=True, kw_only=True)
class _OpenCell:
    """A cell while the rows below it may still extend it."""

    element: etree._Element
    row: int
    column: int
    span: int
    row_span: int
    continues: bool
    paragraphs: tuple[Paragraph, ...]


class TableReader:
    """Reads the tables of one document."""

    def __init__(self, styles: StyleSheet, paragraphs: ParagraphReader, text_width: float) -> None:
        self._styles = styles
        self._paragraphs = paragraphs
        self._text_width = text_width

    def read(self, element: etree._Element) -> Table:
        """Return one table.

        Raises:
            UnsupportedDocxError: it floats, nests, or has lines that aren't drawn.
        """
        place = self._paragraphs.place
        place.row, place.cell = 1, 1
        properties = element.find(W + "tblPr")
        if properties is None:
            properties = etree.Element(W + "tblPr")
        place.refuse_unknown(properties, _KNOWN_TABLE)
        widths = tuple(
            float(column.get(W + "w", "0")) / TWIPS for column in element.iter(W + "gridCol")
        )
        rows = [row for row in element if row.tag == W + "tr"]
        cells = self._cells(rows)
        lines = self._lines(properties)
        return Table(
            column_widths=widths,
            rows=tuple(
                self._row(row, number, cells, lines, (len(rows), len(widths)))
                for number, row in enumerate(rows)
            ),
            left_indent=self._indent(properties, sum(widths)),
            padding=self._padding(properties),
        )

    def _cells(self, rows: list[etree._Element]) -> list[_OpenCell]:
        place = self._paragraphs.place
        found: list[_OpenCell] = []
        open_cells: dict[int, _OpenCell] = {}
        for number, row in enumerate(rows):
            place.row = number + 1
            place.refuse_unknown(row, _ROW_CONTENT)
            column = 0
            for position, element in enumerate(row.findall(W + "tc"), 1):
                place.cell = position
                cell = self._cell(element, number, column)
                above = open_cells.get(column)
                if cell.continues and above is not None and above.span == cell.span:
                    above.row_span += 1
                else:
                    cell.continues = False
                    found.append(cell)
                    open_cells[column] = cell
                column += cell.span
        return found

    def _cell(self, element: etree._Element, row: int, column: int) -> _OpenCell:
        place = self._paragraphs.place
        span = 1
        continues = False
        place.refuse_unknown(element, _CELL_CONTENT)
        properties = element.find(W + "tcPr")
        if properties is not None:
            place.refuse_unknown(properties, _KNOWN_CELL)
            wide = properties.find(W + "gridSpan")
            span = 1 if wide is None else int(wide.get(_VAL, "1"))
            merge = properties.find(W + "vMerge")
            continues = merge is not None and merge.get(_VAL) != "restart"
        paragraphs: list[Paragraph] = []
        for child in element:
            if child.tag == W + "p":
                paragraphs.extend(self._paragraphs.read(child))
        return _OpenCell(
            element=element,
            row=row,
            column=column,
            span=span,
            row_span=1,
            continues=continues,
            paragraphs=tuple(paragraphs),
        )

    def _row(
        self,
        element: etree._Element,
        number: int,
        cells: list[_OpenCell],
        lines: _Lines,
        size: tuple[int, int],
    ) -> Row:
        properties = element.find(W + "trPr")
        place = self._paragraphs.place
        place.row, place.cell = number + 1, 1
        height = 0.0
        header = whole = False
        if properties is not None:
            place.refuse_unknown(properties, _KNOWN_ROW)
            height = self._height(properties)
            header = _toggle(properties, "tblHeader")
            whole = _toggle(properties, "cantSplit")
        return Row(
            cells=tuple(self._finished(cell, lines, size) for cell in cells if cell.row == number),
            height=height,
            repeats_as_header=header,
            can_split=not whole,
        )

    def _height(self, properties: etree._Element) -> float:
        element = properties.find(W + "trHeight")
        if element is None:
            return 0.0
        if element.get(W + "hRule") == "exact":
            self._paragraphs.place.refuse("固定值行高", "在表格属性中把行高改为“最小值”。")
        return float(element.get(_VAL, "0")) / TWIPS

    def _finished(self, cell: _OpenCell, lines: _Lines, size: tuple[int, int]) -> Cell:
        rows, columns = size
        properties = cell.element.find(W + "tcPr")
        borders = Borders(
            top=lines.top if cell.row == 0 else lines.inside_h,
            left=lines.left if cell.column == 0 else lines.inside_v,
            bottom=lines.bottom if cell.row + cell.row_span >= rows else lines.inside_h,
            right=lines.right if cell.column + cell.span >= columns else lines.inside_v,
        )
        align = VerticalAlign.TOP
        if properties is not None:
            own = properties.find(W + "tcBorders")
            if own is not None:
                borders = self._own_borders(own, borders)
            vertical = properties.find(W + "vAlign")
            if vertical is not None:
                align = _ALIGNMENTS.get(vertical.get(_VAL, "top"), VerticalAlign.TOP)
        return Cell(
            column=cell.column,
            span=cell.span,
            row_span=cell.row_span,
            paragraphs=cell.paragraphs,
            vertical_align=align,
            borders=borders,
        )

    def _own_borders(self, element: etree._Element, borders: Borders) -> Borders:
        widths = {
            name: self._line(side)
            for name in ("top", "right", "bottom", "left")
            if (side := element.find(W + name)) is not None
        }
        return replace(borders, **widths)

    def _lines(self, properties: etree._Element) -> _Lines:
        element = properties.find(W + "tblBorders")
        if element is None:
            named = properties.find(W + "tblStyle")
            style = self._styles.table_borders(str(named.get(_VAL))) if named is not None else None
            element = style
        if element is None:
            return _Lines()
        widths = {}
        for name, key in (
            ("top", "top"),
            ("left", "left"),
            ("bottom", "bottom"),
            ("right", "right"),
            ("insideH", "inside_h"),
            ("insideV", "inside_v"),
        ):
            side = element.find(W + name)
            widths[key] = 0.0 if side is None else self._line(side)
        return _Lines(**widths)

    def _line(self, side: etree._Element) -> float:
        value = side.get(_VAL, "none")
        if value in {"none", "nil"}:
            return 0.0
        if value != "single":
            self._paragraphs.place.refuse("单线以外的表格边框", "把边框改为单实线或无。")
        return float(side.get(W + "sz", "4")) / _EIGHTHS

    def _indent(self, properties: etree._Element, width: float) -> float:
        align = properties.find(W + "jc")
        if align is not None and align.get(_VAL) == "center":
            return (self._text_width - width) / 2
        if align is not None and align.get(_VAL) in {"right", "end"}:
            return self._text_width - width
        indent = properties.find(W + "tblInd")
        return 0.0 if indent is None else float(indent.get(W + "w", "0")) / TWIPS

    def _padding(self, properties: etree._Element) -> float:
        margins = properties.find(W + "tblCellMar")
        if margins is None:
            # Word's own default of 0.19 cm.
            return 5.4
        widths = {}
        for side in margins:
            widths[etree.QName(side).localname] = float(side.get(W + "w", "0")) / TWIPS
        left = widths.get("left", widths.get("start", 0.0))
        right = widths.get("right", widths.get("end", 0.0))
        if left != right or widths.get("top") or widths.get("bottom"):
            self._paragraphs.place.refuse(
                "左右不等或上下不为零的单元格边距",
                "在表格属性的“选项”中，把上下边距改为 0，左右边距改为相等。",
            )
        return left


def _toggle(properties: etree._Element, name: str) -> bool:
    element = properties.find(W + name)
    return element is not None and is_on(element)
