"""The look of every table of short rows: whole rows, no grid, columns that can be dragged."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

ROW_HEIGHT = 32
_COLUMN_WIDTH = 120


def record_table(model: QAbstractItemModel, name: str, widths: Sequence[int] = ()) -> QTableView:
    """Return a table over ``model``, which lives as long as the table.

    Args:
        model: what is shown.
        name: what a screen reader says the table is.
        widths: of the first columns, in pixels; the last column takes what is left.
    """
    table = QTableView()
    table.setModel(model)
    model.setParent(table)
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setStretchLastSection(True)
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setDefaultSectionSize(_COLUMN_WIDTH)
    for column, width in enumerate(widths):
        table.setColumnWidth(column, width)
    return table
