"""The papers issued with an event: those of its step, those it brings itself, and any other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.input_rows import InputRows
from ui.widgets.text_labels import label, link, row_of
from workstation.documents.forms import FormDefinition

_FORM_ROLE = int(Qt.ItemDataRole.UserRole)
_HEIGHT = 130
_OTHERS = "添加其他步骤的文书…"


@dataclass(frozen=True, slots=True, kw_only=True)
class TickedForm:
    """A form to issue; ``dated`` is None for the day of the event, ``number`` empty for the next.

    ``dated`` is also None where what was typed is no day; see :meth:`EventForms.faults`.
    """

    form: str
    dated: date | None = None
    number: str = ""


class EventForms(QWidget):
    """A list to tick, issued in the order they were ticked; hidden where it offers nothing."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: list[str] = []
        self._catalogue: dict[str, FormDefinition] = {}
        self.list = QListWidget()
        self.list.setAccessibleName("随本事件制发的文书")
        self.list.setMaximumHeight(_HEIGHT)
        self.others = QComboBox()
        self.others.setAccessibleName(_OTHERS)
        self.others.setEditable(True)
        self.others.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.others.model(), self.others)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.others.setCompleter(completer)
        self.dates = InputRows()
        self.dates.hide()
        self._date_link = link("改落款日期、文号")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label("随本事件制发的文书（取自草稿，勾选即制发并取文号）", "muted"))
        layout.addWidget(self.list)
        layout.addLayout(row_of(self.others, None, self._date_link))
        layout.addWidget(self.dates)
        self._layout = layout
        self.list.itemChanged.connect(self._on_ticked)
        self.others.activated.connect(self._on_other)
        self._date_link.clicked.connect(self.show_dates)

    def show_forms(
        self, forms: Sequence[FormDefinition], others: Iterable[FormDefinition]
    ) -> None:
        """Offer these forms in their order, and ``others`` in a choice; none is ticked."""
        self._catalogue = {form.id: form for form in (*forms, *others)}
        self.list.blockSignals(True)
        self.list.clear()
        for form in forms:
            self._add(form)
        self.list.blockSignals(False)
        shown = {form.id for form in forms}
        self.others.clear()
        self.others.addItem(_OTHERS, "")
        for form in self._catalogue.values():
            if form.id not in shown:
                self.others.addItem(f"{form.id}　{form.title}", form.id)
        self.check(())
        self.list.setVisible(bool(forms))
        self.setVisible(bool(self._catalogue))

    def _add(self, form: FormDefinition) -> QListWidgetItem:
        item = QListWidgetItem(f"{form.id}　{form.title}")
        item.setData(_FORM_ROLE, form.id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
        self.list.addItem(item)
        self.list.show()
        return item

    def _on_other(self, place: int) -> None:
        form = self._catalogue.get(str(self.others.itemData(place) or ""))
        self.others.setCurrentIndex(0)
        if form is not None:
            self.check((*self._order, form.id))

    def check(self, form_ids: Iterable[str]) -> None:
        """Tick these forms in this order and no others; one of another step is listed first."""
        wanted = [form_id for form_id in form_ids if form_id in self._catalogue]
        self.list.blockSignals(True)
        listed = {str(item.data(_FORM_ROLE)) for item in self._items()}
        for form_id in wanted:
            if form_id not in listed:
                self._add(self._catalogue[form_id])
        for item in self._items():
            on = item.data(_FORM_ROLE) in wanted
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._order = list(dict.fromkeys(wanted))
        self._show_ticked()

    def _on_ticked(self, item: QListWidgetItem) -> None:
        form_id = str(item.data(_FORM_ROLE))
        self._order = [known for known in self._order if known != form_id]
        if item.checkState() == Qt.CheckState.Checked:
            self._order.append(form_id)
        self._show_ticked()

    def _show_ticked(self) -> None:
        self._date_link.setVisible(bool(self._order))
        if self.dates.isVisibleTo(self):
            self.show_dates()
        self.edited.emit()

    def checked(self) -> list[str]:
        """Return the ids of the forms that are ticked, in the order they were ticked."""
        return list(self._order)

    def show_dates(self) -> None:
        """Ask for the day and the number of each ticked paper; what was typed stays."""
        kept = self.texts()
        self._layout.removeWidget(self.dates)
        self.dates.hide()
        self.dates.deleteLater()
        self.dates = InputRows()
        for form_id in self._order:
            self.dates.add_day(f"{form_id}.dated", f"{form_id} 落款日期")
            self.dates.add_line(f"{form_id}.number", f"{form_id} 文号", hint="留空顺次取号")
        self._layout.addWidget(self.dates)
        self.put(kept)
        self.dates.setVisible(bool(self._order))

    def texts(self) -> dict[str, str]:
        """Return what was typed as days and numbers."""
        found = {name: self.dates.text(name) for name in self.dates.names}
        return {name: text for name, text in found.items() if text}

    def put(self, texts: Mapping[str, str]) -> None:
        """Type days and numbers of ticked papers."""
        if texts and not self.dates.names:
            self.show_dates()
        for name, text in texts.items():
            if name in self.dates.names:
                self.dates.put(name, text)

    def faults(self) -> int:
        """Show which days can't be read and return how many."""
        found = 0
        for name in self.dates.names:
            wrong = name.endswith(".dated") and self.dates.text(name) and not self.dates.day(name)
            self.dates.show_error(name, "看不懂这个日期，请写作 2026-09-21" if wrong else "")
            found += bool(wrong)
        return found

    def ticked(self) -> tuple[TickedForm, ...]:
        """Return the papers to issue."""
        return tuple(self._ticked(form_id) for form_id in self._order)

    def _ticked(self, form_id: str) -> TickedForm:
        if f"{form_id}.dated" not in self.dates.names:
            return TickedForm(form=form_id)
        return TickedForm(
            form=form_id,
            dated=self.dates.day(f"{form_id}.dated"),
            number=self.dates.text(f"{form_id}.number"),
        )

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]
