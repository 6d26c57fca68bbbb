"""The heat map as a table: a row for each check, a column for each step, shaded by cases."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor
from typing_extensions import override

from ui.theme import current_tokens
from workstation.review.heat_maps import HeatCell, HeatMap, HeatSpot
from workstation.review.ruling_reasons import NOT_COVERED

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_NAME, _TOTAL = 0, 1
FIRST_STEP = 2
# The palest and the strongest share of the accent in a shaded cell; text stays readable on both.
_PALE, _STRONG = 0.12, 0.46


class HeatTableModel(QAbstractTableModel):
    """The counts stand in the cells, so that the shade only repeats them."""

    def __init__(self, items: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items = items
        self._map: HeatMap | None = None
        self._names: Mapping[int, str] = {}

    def show(self, found: HeatMap, names: Mapping[int, str]) -> None:
        """Replace what is shown; ``names`` are those of the steps."""
        self.beginResetModel()
        self._map, self._names = found, names
        self.endResetModel()

    def check_at(self, row: int) -> str:
        """Return the check of a row."""
        return self._map.checks[row] if self._map else ""

    def spots(self, index: Index) -> tuple[HeatSpot, ...]:
        """Return what is counted in a cell; in the first two columns that of the whole row."""
        if self._map is None or not index.isValid():
            return ()
        check = self.check_at(index.row())
        if index.column() < FIRST_STEP:
            return tuple(spot for spot in self._map.spots if spot.check == check)
        return self._map.behind(self._step(index.column()), check)

    def _step(self, column: int) -> int:
        return self._map.steps[column - FIRST_STEP] if self._map else 0

    def _cell(self, index: Index) -> HeatCell | None:
        if self._map is None or index.column() < FIRST_STEP:
            return None
        return self._map.at(self._step(index.column()), self.check_at(index.row()))

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() or self._map is None else len(self._map.checks)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        if parent.isValid() or self._map is None:
            return 0
        return FIRST_STEP + len(self._map.steps)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or self._map is None:
            return None
        if not 0 <= section < self.columnCount():
            return None
        named = section >= FIRST_STEP
        full = self._names.get(self._step(section), "") if named else ("审核项", "案件")[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return full.partition("（")[0]
        return full if role == Qt.ItemDataRole.ToolTipRole else None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._map is None:
            return None
        cell = self._cell(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(index, cell)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._told(index, cell)
            case Qt.ItemDataRole.BackgroundRole if cell is not None:
                return QBrush(_shade(cell.cases / max(self._map.highest, 1)))
            case Qt.ItemDataRole.TextAlignmentRole if index.column() != _NAME:
                return Qt.AlignmentFlag.AlignCenter
        return None

    def _text(self, index: Index, cell: HeatCell | None) -> str:
        check = self.check_at(index.row())
        if index.column() == _NAME:
            return f"{check}　{self._items.get(check, '')}" if check else NOT_COVERED
        if index.column() == _TOTAL:
            return str(self._map.total(check)) if self._map else ""
        return str(cell.cases) if cell else ""

    def _told(self, index: Index, cell: HeatCell | None) -> str:
        check = self.check_at(index.row()) or NOT_COVERED
        if index.column() < FIRST_STEP:
            return f"{check}　{self._items.get(check, '')}　{self._text(index, cell)}"
        step = self._names.get(self._step(index.column()), "")
        if cell is None:
            return f"{step}　{check}　没有问题"
        counts = "，".join(f"{kind.value}{count}件" for kind, count in cell.counts.items())
        return f"{step}　{check}　{cell.cases}件：{counts}"


def _shade(share: float) -> QColor:
    tokens = current_tokens()
    card, accent = QColor(tokens.card), QColor(tokens.accent)
    part = _PALE + (_STRONG - _PALE) * share

    def mixed(below: int, above: int) -> int:
        return round(below * (1 - part) + above * part)

    return QColor(
        mixed(card.red(), accent.red()),
        mixed(card.green(), accent.green()),
        mixed(card.blue(), accent.blue()),
    )
