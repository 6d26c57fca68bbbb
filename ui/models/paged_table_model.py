"""A table over pages of rows, read off the GUI thread as the view asks for them."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from typing_extensions import override

from ui.tasks import TaskRunner

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
PAGE_SIZE = 200
Row = TypeVar("Row")
Question = TypeVar("Question")


class PagedTableModel(QAbstractTableModel, Generic[Row, Question]):
    """Lists what a question asks for; a page read for an earlier question is dropped.

    A subclass names its ``columns`` and says how a page is read (:meth:`_page`), how a
    row reads (:meth:`_texts`, one text per column) and in which colour (:meth:`_colour`).
    """

    columns: ClassVar[tuple[str, ...]]

    def __init__(
        self, tasks: TaskRunner, question: Question, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._question = question
        self._rows: list[Row] = []
        self._complete = True
        self._fetching = False

    def show(self, question: Question) -> None:
        """List what ``question`` asks for, from the top."""
        self._question = question
        self._tasks.read(
            lambda: self._page(question, 0), owner=self, done=self._reset, latest="page"
        )

    def row(self, row: int) -> Row | None:
        """Return what stands in a row, or None outside the list."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    @abstractmethod
    def _page(self, question: Question, offset: int) -> Sequence[Row]:
        """Read at most ``PAGE_SIZE`` rows from ``offset``; runs off the GUI thread."""

    @abstractmethod
    def _texts(self, row: Row) -> tuple[str, ...]:
        """Say a row, one text per column."""

    @abstractmethod
    def _colour(self, row: Row, column: int) -> QColor | None:
        """Return the colour of a cell's text, None for the usual one."""

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section] if 0 <= section < len(self.columns) else None
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._texts(row)[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.columns[index.column()]}：{self._texts(row)[index.column()]}"
            case Qt.ItemDataRole.ForegroundRole:
                return self._colour(row, index.column())
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

    def _reset(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self._complete = len(rows) < PAGE_SIZE
        self._fetching = False
        self.endResetModel()

    def _append(self, question: Question, offset: int, rows: Sequence[Row]) -> None:
        self._fetching = False
        if question != self._question or offset != len(self._rows):
            return
        self._complete = len(rows) < PAGE_SIZE
        if rows:
            self.beginInsertRows(QModelIndex(), offset, offset + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()
