"""A section that is a sentence and a table, read again when what it shows was touched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import label
from workstation.operations.changes import Changes

Rows = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableContent:
    """What a table section shows; ``read`` runs off the GUI thread, ``kinds`` are its changes."""

    title: str
    explanation: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    read: Callable[[], Rows]
    kinds: frozenset[str]
    empty: str


class TableSection(QWidget):
    """A read-only section."""

    def __init__(self, desk: Desk, content: TableContent, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._content = content
        self.model = RecordTableModel(content.headings)
        self.table = record_table(self.model, content.title, content.widths)
        self.empty = label(content.empty, "muted", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(content.explanation, "muted", wraps=True))
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)
        self.empty.hide()
        self.setFocusProxy(self.table)
        desk.bus.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        """Read the rows again."""
        self._desk.tasks.read(self._content.read, owner=self, done=self._show, latest="rows")

    def _show(self, rows: Rows | None) -> None:
        if rows is not None:
            self.model.show(rows)
            self.empty.setVisible(not rows)

    def _on_changed(self, changes: Changes) -> None:
        if any(changes.touches(kind) for kind in self._content.kinds):
            self.reload()
