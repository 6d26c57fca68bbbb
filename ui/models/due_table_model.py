"""The due board as a table over pages of rows; pages are read off the GUI thread."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from typing_extensions import override

from ui.tasks import TaskRunner
from ui.theme import current_tokens
from workstation.operations.due_board import DueFilter, DueGroup, DueOperations, DueRow

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
PAGE_SIZE = 200
COLUMNS = ("末日", "还有", "期限", "对谁", "案号", "案件", "承办", "依据")
_LEFT_COLUMN = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DueQuestion:
    """What the table lists: the filter, the group (None: all) and the day it is."""

    wanted: DueFilter
    group: DueGroup | None = None
    today: date


class DueTableModel(QAbstractTableModel):
    """Rows are deadlines, the nearest first; more are fetched as the view asks for them."""

    def __init__(
        self, due: DueOperations, tasks: TaskRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._due = due
        self._tasks = tasks
        self._rows: list[DueRow] = []
        self._question = DueQuestion(wanted=DueFilter(), today=date.today())
        self._complete = True
        self._fetching = False

    def show(self, question: DueQuestion) -> None:
        """List what ``question`` asks for, from the top."""
        self._question = question
        self._tasks.read(
            lambda: self._page(question, 0), owner=self, done=self._reset, latest="page"
        )

    def row(self, row: int) -> DueRow | None:
        """Return the deadline of a row, or None outside the list."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _page(self, question: DueQuestion, offset: int) -> tuple[DueRow, ...]:
        return self._due.rows(
            question.wanted,
            question.today,
            group=question.group,
            limit=PAGE_SIZE,
            offset=offset,
        )

    def _reset(self, rows: tuple[DueRow, ...] | None) -> None:
        if rows is None:
            return
        self.beginResetModel()
        self._rows = list(rows)
        self._complete = len(rows) < PAGE_SIZE
        self._fetching = False
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section] if 0 <= section < len(COLUMNS) else None
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return _texts(row)[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{COLUMNS[index.column()]}：{_texts(row)[index.column()]}"
            case Qt.ItemDataRole.ForegroundRole if index.column() == _LEFT_COLUMN:
                return _colour(row)
        return None

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete and not self._fetching

    @override
    def fetchMore(self, parent: Index) -> None:
        self._fetching = True
        question, offset = self._question, len(self._rows)
        self._tasks.read(
            lambda: self._page(question, offset),
            owner=self,
            done=lambda rows: self._append(question, offset, rows),
        )

    def _append(self, question: DueQuestion, offset: int, rows: tuple[DueRow, ...]) -> None:
        self._fetching = False
        if question != self._question or offset != len(self._rows):
            return
        self._complete = len(rows) < PAGE_SIZE
        if rows:
            self.beginInsertRows(QModelIndex(), offset, offset + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()


def days_left_words(days: int) -> str:
    """Say how many days are left, in words and not by colour alone."""
    if days == 0:
        return "今天届满"
    return f"余 {days} 日" if days > 0 else f"逾期 {-days} 日"


def _texts(row: DueRow) -> tuple[str, ...]:
    deadline = row.deadline
    waiting = "　待通知" if deadline.provisional else ""
    return (
        f"{deadline.last_day}{waiting}",
        days_left_words(row.days_left),
        f"{deadline.name}　{deadline.code}",
        deadline.holder,
        deadline.case_number,
        deadline.case_title,
        "、".join(deadline.officers),
        row.basis,
    )


def _colour(row: DueRow) -> QColor | None:
    tokens = current_tokens()
    if row.days_left < 0:
        return QColor(tokens.error)
    near = row.group in {DueGroup.TODAY, DueGroup.THIS_WEEK}
    return QColor(tokens.warn) if near else None
