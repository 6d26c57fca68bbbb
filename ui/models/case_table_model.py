"""The case list as a table over pages of summaries; pages are read off the GUI thread."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor
from typing_extensions import override

from ui.models.paged_table_model import PAGE_SIZE, Index, PagedTableModel
from ui.tasks import TaskRunner
from ui.theme import current_tokens
from workstation.operations.cases import CaseOperations, CaseSummary

DUE_SOON_DAYS = 5
ID_ROLE = int(Qt.ItemDataRole.UserRole)


class CaseTableModel(PagedTableModel[CaseSummary, str]):
    """Rows are cases, the latest event first; asked with words that a case must hold."""

    columns = ("案号", "案件名称", "当事人", "步骤", "承办", "立案日", "最近期限")

    def __init__(
        self,
        cases: CaseOperations,
        tasks: TaskRunner,
        step_names: dict[int, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(tasks, "", parent)
        self._cases = cases
        self._step_names = step_names

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != ID_ROLE:
            return super().data(index, role)
        summary = self.row(index.row()) if index.isValid() else None
        return None if summary is None else summary.id

    @override
    def _page(self, question: str, offset: int) -> Sequence[CaseSummary]:
        return self._cases.summaries(question, limit=PAGE_SIZE, offset=offset)

    @override
    def _texts(self, row: CaseSummary) -> tuple[str, ...]:
        name = self._step_names.get(row.step, "")
        return (
            row.number,
            row.title,
            row.party,
            f"{row.step} {name}".strip() if row.step else "未受案",
            "、".join(row.officers),
            row.filed_on.isoformat() if row.filed_on else "未立案",
            due_words(row.next_due, row.next_due_name, date.today()),
        )

    @override
    def _colour(self, row: CaseSummary, column: int) -> QColor | None:
        if column != len(self.columns) - 1:
            return None
        if row.next_due is None:
            return QColor(current_tokens().muted)
        left = (row.next_due - date.today()).days
        if left < 0:
            return QColor(current_tokens().error)
        return QColor(current_tokens().warn) if left <= DUE_SOON_DAYS else None


def due_words(due: date | None, name: str, today: date) -> str:
    """Say when a deadline ends and how many days are left, in words and not by colour alone."""
    if due is None:
        return "—"
    left = (due - today).days
    when = f"余{left}日" if left > 0 else "今日届满" if left == 0 else f"已逾{-left}日"
    return f"{due:%m-%d} {when} · {name}"
