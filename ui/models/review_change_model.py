"""What changed since a review as a table; what voids an approval is red and marked."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor
from typing_extensions import override

from ui.models.record_table_model import Index, RecordTableModel
from ui.theme import current_tokens
from workstation.procedure.review_freezes import ReviewChange

_HEADINGS = ("类别", "改动", "原来", "现在")


class ReviewChangeModel(RecordTableModel):
    """One change a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_HEADINGS, parent)
        self.changes: tuple[ReviewChange, ...] = ()

    def show_changes(self, changes: Sequence[ReviewChange]) -> None:
        """Replace all rows."""
        self.changes = tuple(changes)
        self.show([_row(change) for change in changes])

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid():
            voids = self.changes[index.row()].voids
            return QColor(current_tokens().error) if voids else None
        return super().data(index, role)


def _row(change: ReviewChange) -> tuple[str, ...]:
    mark = "✕ " if change.voids else ""
    return f"{mark}{change.kind.value}", change.what, change.before, change.after
