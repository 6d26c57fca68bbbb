"""The papers that can be issued with an event: those of its step and those it brings itself."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.widgets.text_labels import label
from workstation.documents.forms import FormDefinition

_FORM_ROLE = int(Qt.ItemDataRole.UserRole)
_HEIGHT = 130


class EventForms(QWidget):
    """A list to tick; hidden where there is nothing to tick."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName("随本事件制发的文书")
        self.list.setMaximumHeight(_HEIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label("随本事件制发的文书（取自草稿，勾选即制发并取文号）", "muted"))
        layout.addWidget(self.list)

    def show_forms(self, forms: Sequence[FormDefinition]) -> None:
        """Offer these forms in their order; none is ticked."""
        self.list.clear()
        for form in forms:
            item = QListWidgetItem(f"{form.id}　{form.title}")
            item.setData(_FORM_ROLE, form.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self.list.addItem(item)
        self.check(())
        self.setVisible(bool(forms))

    def check(self, form_ids: Iterable[str]) -> None:
        """Tick these forms and no others."""
        wanted = frozenset(form_ids)
        for item in self._items():
            on = item.data(_FORM_ROLE) in wanted
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def checked(self) -> list[str]:
        """Return the ids of the forms that are ticked."""
        ticked = Qt.CheckState.Checked
        return [str(i.data(_FORM_ROLE)) for i in self._items() if i.checkState() == ticked]

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]
