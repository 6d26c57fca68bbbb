"""The case list as a table over pages of summaries; pages are read off the GUI thread."""

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from typing_extensions import override

from ui.tasks import TaskRunner
from ui.theme import current_tokens
from workstation.operations.cases import CaseOperations, CaseSummary

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
PAGE_SIZE = 200
COLUMNS = ("案号", "案件名称", "当事人", "步骤", "承办", "立案日", "最近期限")
DUE_SOON_DAYS = 5
ID_ROLE = int(Qt.ItemDataRole.UserRole)


class CaseTableModel(QAbstractTableModel):
    """Rows are cases, the latest event first; more are fetched as the view asks for them."""

    def __init__(
        self,
        cases: CaseOperations,
        tasks: TaskRunner,
        step_names: dict[int, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._cases = cases
        self._tasks = tasks
        self._step_names = step_names
        self._rows: list[CaseSummary] = []
        self._text = ""
        self._complete = True
        self._fetching = False

    def show(self, text: str) -> None:
        """List the cases that hold every word of ``text``, from the top."""
        self._text = text
        self._tasks.read(
            lambda: self._cases.summaries(text, limit=PAGE_SIZE),
            owner=self,
            done=self._reset,
            latest="page",
        )

    def summary(self, row: int) -> CaseSummary | None:
        """Return the case of a row, or None outside the list."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

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
        summary = self.summary(index.row()) if index.isValid() else None
        if summary is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text_of(summary, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{COLUMNS[index.column()]}：{self._text_of(summary, index.column())}"
            case Qt.ItemDataRole.ForegroundRole if index.column() == len(COLUMNS) - 1:
                return _due_colour(summary)
            case int() if role == ID_ROLE:
                return summary.id
        return None

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete and not self._fetching

    @override
    def fetchMore(self, parent: Index) -> None:
        self._fetching = True
        text, offset = self._text, len(self._rows)
        self._tasks.read(
            lambda: self._cases.summaries(text, limit=PAGE_SIZE, offset=offset),
            owner=self,
            done=lambda rows: self._append(text, offset, rows),
        )

    def _reset(self, rows: tuple[CaseSummary, ...]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self._complete = len(rows) < PAGE_SIZE
        self._fetching = False
        self.endResetModel()

    def _append(self, text: str, offset: int, rows: tuple[CaseSummary, ...]) -> None:
        self._fetching = False
        if text != self._text or offset != len(self._rows):
            return
        self._complete = len(rows) < PAGE_SIZE
        if rows:
            self.beginInsertRows(QModelIndex(), offset, offset + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def _text_of(self, summary: "CaseSummary", column: int) -> str:
        name = self._step_names.get(summary.step, "")
        return (
            summary.number,
            summary.title,
            summary.party,
            f"{summary.step} {name}".strip() if summary.step else "未受案",
            "、".join(summary.officers),
            summary.filed_on.isoformat() if summary.filed_on else "未立案",
            due_words(summary.next_due, summary.next_due_name, date.today()),
        )[column]


def due_words(due: date | None, name: str, today: date) -> str:
    """Say when a deadline ends and how many days are left, in words and not by colour alone."""
    if due is None:
        return "—"
    left = (due - today).days
    when = f"余{left}日" if left > 0 else "今日届满" if left == 0 else f"已逾{-left}日"
    return f"{due:%m-%d} {when} · {name}"


def _due_colour(summary: "CaseSummary") -> QColor | None:
    if summary.next_due is None:
        return QColor(current_tokens().muted)
    left = (summary.next_due - date.today()).days
    if left < 0:
        return QColor(current_tokens().error)
    return QColor(current_tokens().warn) if left <= DUE_SOON_DAYS else None
