"""A small table to type into: a row for each part of a plan, one more as soon as it is full."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

_ROWS = 3
_ROW_HEIGHT = 32
_BETWEEN = "｜"


class SmallTable(QTableWidget):
    """Cells of text; Tab goes from cell to cell and out of the last one."""

    edited = Signal()

    def __init__(self, headings: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(_ROWS, len(headings), parent)
        self.setHorizontalHeaderLabels(list(headings))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QTableWidget.EditTrigger.AllEditTriggers)
        self.cellChanged.connect(self._on_changed)
        self._fit()

    def _on_changed(self) -> None:
        if any(self.cells()[-1]):
            self.insertRow(self.rowCount())
            self._fit()
        self.edited.emit()

    def _fit(self) -> None:
        head = max(_ROW_HEIGHT, self.horizontalHeader().sizeHint().height())
        self.setFixedHeight(head + self.rowCount() * _ROW_HEIGHT + 4)

    def cells(self) -> list[list[str]]:
        """Return the text of every cell, row by row, the empty rows too."""
        return [
            [self._cell(row, column) for column in range(self.columnCount())]
            for row in range(self.rowCount())
        ]

    def _cell(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text().strip() if item is not None else ""

    def text(self) -> str:
        """Return the rows that hold something, a line for each."""
        return "\n".join(_BETWEEN.join(row) for row in self.cells() if any(row))

    def set_text(self, text: str) -> None:
        """Fill the table with what :meth:`text` returned."""
        lines = text.splitlines()
        self.setRowCount(max(_ROWS, len(lines) + 1))
        self.clearContents()
        for row, line in enumerate(lines):
            for column, cell in enumerate(line.split(_BETWEEN)[: self.columnCount()]):
                self.setItem(row, column, QTableWidgetItem(cell))
        self._fit()


def rows_of(text: str) -> list[list[str]]:
    """Return the cells of a table's text, row by row."""
    return [line.split(_BETWEEN) for line in text.splitlines()]
