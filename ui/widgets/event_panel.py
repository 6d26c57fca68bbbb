"""Recording what happened: the event, its day, its particulars and the papers it issues."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.widgets.input_rows import InputRows
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.domain.cases import JsonValue
from workstation.errors import WorkstationError
from workstation.operations.cases import CaseView
from workstation.operations.event_files import DocumentRequest, EventRequest
from workstation.operations.recording import GuardRefusedError, Recorded
from workstation.procedure.event_kinds import EventField, EventKind

_FORM_ROLE = int(Qt.ItemDataRole.UserRole)


class EventPanel(QWidget):
    """The events that may happen in a step; a refusal is shown with its article and way out."""

    recorded = Signal()
    citation_activated = Signal(str)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id = case_id
        self._view: CaseView | None = None
        self._step = 0
        self._kinds: tuple[EventKind, ...] = ()
        self._rows = InputRows()
        self._fields: tuple[EventField, ...] = ()
        self._forms = QListWidget()
        self._forms.setAccessibleName("随本事件制发的文书")
        self._forms.setMaximumHeight(130)
        self._message = label("", "error", wraps=True)
        self._record = button("记录事件", primary=True)
        self._body = QVBoxLayout()
        self._build()

    def _build(self) -> None:
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(4, 4, 12, 12)
        layout.addLayout(self._body)
        layout.addWidget(label("随本事件制发的文书（取自草稿，勾选即制发并取文号）", "muted"))
        layout.addWidget(self._forms)
        layout.addWidget(self._message)
        layout.addLayout(row_of(None, self._record))
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._record.clicked.connect(self.record)

    def show_step(self, view: CaseView, step: int) -> None:
        """Offer the events of a step."""
        self._view = view
        if step == self._step and self._kinds:
            return
        self._step = step
        self._kinds = self._desk.workstation.office.rules.events.of_step(step)
        self._show_forms()
        self._rebuild(0)

    def _show_forms(self) -> None:
        self._forms.clear()
        for form in self._desk.workstation.forms.catalogue().of_step(self._step):
            item = QListWidgetItem(f"{form.id}　{form.title}")
            item.setData(_FORM_ROLE, form.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self._forms.addItem(item)

    def _rebuild(self, chosen: int) -> None:
        old = self._rows
        self._rows = InputRows()
        self._body.addWidget(self._rows)
        old.hide()
        old.deleteLater()
        titles = {kind.title: kind.kind for kind in self._kinds}
        box = self._rows.add_choice("kind", "事件", titles, required=True)
        box.setCurrentIndex(chosen)
        box.activated.connect(self._rebuild)
        kind = self._kinds[chosen] if self._kinds else None
        self._rows.add_line("at", "时间", required=True, hint="如 今天 9:30、2026-09-21 10:20")
        self._rows.set_text("at", datetime.now().strftime("%Y-%m-%d %H:%M"))
        self._rows.add_line("actor", "经办", hint=kind.actor if kind else "")
        self._fields = kind.fields if kind else ()
        for field in self._fields:
            self._add_field(field)
        self._record.setEnabled(kind is not None)

    def _add_field(self, field: EventField) -> None:
        if field.type == "flag":
            self._rows.add_flag(field.key, field.label)
        elif field.choices:
            choices = {choice: choice for choice in field.choices}
            self._rows.add_choice(field.key, field.label, choices, required=field.required)
        else:
            hints = {"date": "如 2026-09-21", "names": "姓名之间用顿号", "money": "元"}
            hint = hints.get(field.type, "")
            self._rows.add_line(field.key, field.label, required=field.required, hint=hint)
            if field.type == "names" and field.key == "officers" and self._view is not None:
                self._rows.set_text(field.key, "、".join(self._view.file.case.officers))

    def record(self) -> None:
        """Record the event; what is refused is said below the form and nothing is written."""
        request = self._request()
        if request is None:
            return
        cases = self._desk.workstation.cases
        self._record.setEnabled(False)
        self._desk.tasks.write(
            lambda: cases.record(self._case_id, request),
            owner=self,
            done=self._on_recorded,
            failed=self._on_refused,
            title="记录事件",
        )

    def _request(self) -> EventRequest | None:
        moment = self._rows.moment("at")
        if moment is None:
            self._rows.show_error("at", "看不懂这个时间，请写作 2026-09-21 10:20")
            return None
        self._rows.show_error("at", "")
        kind = next(k for k in self._kinds if k.kind == self._rows.text("kind"))
        forms = self._desk.workstation.forms
        documents = tuple(
            DocumentRequest(
                form=form_id,
                dated=moment.date(),
                values=dict(forms.next_draft(self._case_id, form_id)),
            )
            for form_id in self._checked_forms()
        )
        return EventRequest(
            kind=kind.kind,
            step=self._step,
            at=moment,
            title=kind.title,
            actor=self._rows.text("actor") or kind.actor,
            data=self._data(),
            documents=documents,
        )

    def _checked_forms(self) -> list[str]:
        items = [self._forms.item(row) for row in range(self._forms.count())]
        checked = Qt.CheckState.Checked
        return [str(i.data(_FORM_ROLE)) for i in items if i.checkState() == checked]

    def _data(self) -> Mapping[str, JsonValue]:
        data: dict[str, JsonValue] = {}
        for field in self._fields:
            value = _typed(field, self._rows)
            if value not in ("", None, []):
                data[field.key] = value
        return data

    def _on_recorded(self, recorded: Recorded) -> None:
        self._record.setEnabled(True)
        warnings = "；".join(block.message for block in recorded.warnings)
        set_role(self._message, "warn" if warnings else "ok")
        self._message.setText(f"已记录。{warnings}")
        self._desk.bus.publish(recorded.changes)
        self.recorded.emit()

    def _on_refused(self, error: WorkstationError) -> None:
        self._record.setEnabled(True)
        set_role(self._message, "error")
        if isinstance(error, GuardRefusedError):
            lines = [f"✕ {b.message}［{b.basis}］\n　{b.hint}" for b in error.blocks]
            self._message.setText("\n".join(lines))
        else:
            self._message.setText(f"{error.message}{error.hint}")


def _typed(field: EventField, rows: InputRows) -> Any:
    text = rows.text(field.key)
    if field.type == "flag":
        return bool(text)
    if field.type == "names":
        return [name.strip() for name in text.replace(",", "、").split("、") if name.strip()]
    if field.type in {"money", "number"} and text.replace(",", "").replace(".", "").isdigit():
        number = float(text.replace(",", ""))
        return int(number) if number.is_integer() else number
    if field.type == "date" and (day := rows.day(field.key)):
        return day.isoformat()
    if field.type == "datetime" and (moment := rows.moment(field.key)):
        return moment.isoformat(timespec="minutes")
    return text
