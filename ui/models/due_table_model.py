"""The due board as a table over pages of rows; pages are read off the GUI thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor
from typing_extensions import override

from ui.models.paged_table_model import PAGE_SIZE, PagedTableModel
from ui.tasks import TaskRunner
from ui.theme import current_tokens
from workstation.operations.due_board import DueFilter, DueGroup, DueOperations, DueRow

_LEFT_COLUMN = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DueQuestion:
    """What the table lists: the filter, the group (None: all) and the day it is."""

    wanted: DueFilter
    group: DueGroup | None = None
    today: date


class DueTableModel(PagedTableModel[DueRow, DueQuestion]):
    """Rows are deadlines, the nearest first."""

    columns = ("末日", "还有", "期限", "对谁", "案号", "案件", "承办", "依据")

    def __init__(
        self, due: DueOperations, tasks: TaskRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(tasks, DueQuestion(wanted=DueFilter(), today=date.today()), parent)
        self._due = due

    @override
    def _page(self, question: DueQuestion, offset: int) -> Sequence[DueRow]:
        return self._due.rows(
            question.wanted, question.today, group=question.group, limit=PAGE_SIZE, offset=offset
        )

    @override
    def _texts(self, row: DueRow) -> tuple[str, ...]:
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

    @override
    def _colour(self, row: DueRow, column: int) -> QColor | None:
        if column != _LEFT_COLUMN:
            return None
        if row.days_left < 0:
            return QColor(current_tokens().error)
        near = row.group in {DueGroup.TODAY, DueGroup.THIS_WEEK}
        return QColor(current_tokens().warn) if near else None


def days_left_words(days: int) -> str:
    """Say how many days are left, in words and not by colour alone."""
    if days == 0:
        return "今天届满"
    return f"余 {days} 日" if days > 0 else f"逾期 {-days} 日"
