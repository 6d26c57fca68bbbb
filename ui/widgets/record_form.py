"""A form made from a field schema: one row per field, errors under the field, undo by field."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.widgets.correction_aid import CorrectionAid
from ui.widgets.field_inputs import FieldInput, make_input
from ui.widgets.line_aids import show_words
from ui.widgets.text_labels import label, set_role
from workstation.documents.forms import FieldDefinition, FieldType, FormDefinition, FormKind
from workstation.legislation.citations import WRONG, CheckedCitation

_SIDE = 4
_NEVER_MERGED = -1
_BEING_TYPED = "手工填写，尚未制发"


class RecordForm(QWidget):
    """Edits the values of one form; nothing typed is ever refused, only remarked on."""

    values_changed = Signal(dict)
    field_focused = Signal(str)

    def __init__(self, definition: FormDefinition, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.definition = definition
        self.undo_stack = QUndoStack(self)
        self._rows: dict[str, _FieldRow] = {}
        self._shown: dict[str, Any] = {}
        self._loading = False
        self._apart = False
        self._last = ""
        self.summary = label("", "muted", wraps=True)
        self._build()

    def _build(self) -> None:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(_SIDE, _SIDE, 12, 12)
        layout.setSpacing(10)
        for field in self.definition.fields:
            row = _FieldRow(field)
            row.input.edited.connect(self._on_edited)
            row.input.installEventFilter(self)
            row.focused.connect(self._on_focused)
            self._rows[field.name] = row
            layout.addWidget(row)
        if not self.definition.fields:
            layout.addWidget(label("这份文书没有需要填写的栏目，内容全部取自案件记录。", "muted"))
        layout.addStretch(1)
        area = _Area()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        self._area = area
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area, 1)
        if self.definition.kind is FormKind.RECORD:
            outer.addWidget(CorrectionAid(self))
        outer.addWidget(self.summary)

    def set_values(self, values: Mapping[str, Any], defaulted: frozenset[str]) -> None:
        """Show values; ``defaulted`` names those that come from the case."""
        self._loading = True
        for name, row in self._rows.items():
            row.input.set_value(values.get(name))
            row.show_source(from_case=name in defaulted)
        self._loading = False
        self._shown = self.values()
        self.undo_stack.clear()

    def values(self) -> dict[str, Any]:
        """Return what stands in every field."""
        return {name: row.input.value() for name, row in self._rows.items()}

    def changed_values(self, original: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that differ from ``original``."""
        return {
            name: value
            for name, value in self.values().items()
            if not _same(value, original.get(name))
        }

    def show_findings(self, missing: tuple[str, ...], problems: Mapping[str, str]) -> None:
        """Remark on fields under them, and in one line below the form."""
        for name, row in self._rows.items():
            remark = problems.get(name, "")
            row.show_error(remark or ("还没有填写" if name in missing else ""), hard=bool(remark))
        labels = {field.name: field.label for field in self.definition.fields}
        parts = [f"待填 {len(missing)} 项"] if missing else []
        parts += [f"{labels.get(n, n)}：{text}" for n, text in problems.items()]
        self.summary.setText("　".join(parts) if parts else "各栏齐备")
        set_role(self.summary, "error" if problems else ("warn" if missing else "ok"))

    def show_citations(self, found: Mapping[str, Sequence[CheckedCitation]]) -> None:
        """Underline the citations of each field; what is wrong with one stands under it."""
        for name, row in self._rows.items():
            row.show_citations(found.get(name, ()))

    def show_traces(self, sentences: Mapping[str, str]) -> None:
        """Say of each field where its value comes from: tooltip, and a line while it has focus."""
        for name, row in self._rows.items():
            row.show_trace(sentences.get(name, ""))

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field and bring it into view."""
        row = self._rows.get(name)
        if row is not None:
            row.input.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(row)

    def show_current_field(self) -> None:
        """Bring the field typed in last into view."""
        row = self._rows.get(self._last)
        if row is not None:
            self._area.ensureWidgetVisible(row)

    def insert_citation(self, text: str) -> str:
        """Put a citation into the field that was typed in last.

        Returns the field's label, or nothing where no field was chosen that takes words.
        """
        taken = self._insert(lambda field: field.insert_citation(text))
        return taken.label if taken is not None else ""

    def insert_phrase(self, text: str) -> bool:
        """Put a phrase into the field typed in last; returns whether the field takes words."""
        return self._insert(lambda field: field.insert_words(text)) is not None

    def _insert(self, put: Callable[[FieldInput], bool]) -> FieldDefinition | None:
        """Let the field typed in last take something, as one step of its own for undo."""
        row = self._rows.get(self._last)
        if row is None or not row.input.isEnabled():
            return None
        self._apart = True
        taken = put(row.input)
        self._apart = False
        if not taken:
            return None
        self.focus_field(self._last)
        return row.input.field

    @property
    def current_field(self) -> FieldDefinition | None:
        """The field that was typed in last."""
        row = self._rows.get(self._last)
        return row.input.field if row is not None else None

    def select_blank(self) -> bool:
        """Select the next blank of the field typed in last; False where it has none."""
        row = self._rows.get(self._last)
        if row is None or not row.input.select_blank():
            return False
        self.focus_field(self._last)
        return True

    def selected_words(self) -> str:
        """Return the words selected in the field typed in last."""
        row = self._rows.get(self._last)
        return row.input.selected_words() if row is not None else ""

    def set_read_only(self, *, read_only: bool) -> None:
        """Let nothing be typed, or let it again."""
        for row in self._rows.values():
            row.input.setEnabled(not read_only)

    def _on_focused(self, name: str) -> None:
        self._last = name
        for other, row in self._rows.items():
            row.unfold_trace(unfolded=other == name)
        self.field_focused.emit(name)

    def _on_edited(self, name: str) -> None:
        row = self._rows[name]
        row.show_source(from_case=False)
        if self._loading:
            return
        row.show_trace(_BEING_TYPED)
        value = row.input.value()
        change = _ChangeField(self, name, (self._shown.get(name), value), apart=self._apart)
        self.undo_stack.push(change)
        self._shown[name] = value
        self.values_changed.emit(self.values())

    def set_edited(self, name: str, value: object) -> None:
        """Set one field as if it had been typed, so that it can be undone."""
        self._loading = True
        self._rows[name].input.set_value(value)
        self._loading = False
        self._on_edited(name)

    def put(self, name: str, value: object) -> None:
        """Set one field for undo and redo, and say so."""
        self._loading = True
        self._rows[name].input.set_value(value)
        self._loading = False
        self._shown[name] = value
        self.values_changed.emit(self.values())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QComboBox):
            return not watched.hasFocus()
        return super().eventFilter(watched, event)


class _Area(QScrollArea):
    """Takes the room that is left: its summary wraps, so Qt would hold its hint for its least."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())


class _ChangeField(QUndoCommand):
    """One field's change; typing on in the same field merges into one step unless ``apart``."""

    def __init__(
        self, form: RecordForm, name: str, values: tuple[object, object], *, apart: bool
    ) -> None:
        super().__init__("修改栏目")
        self._form = form
        self.name = name
        self._before, self.after = values
        self._apart = apart
        self._done_by_typing = True

    @override
    def id(self) -> int:
        return _NEVER_MERGED if self._apart else 1

    @override
    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _ChangeField) or other.name != self.name:
            return False
        self.after = other.after
        return True

    @override
    def redo(self) -> None:
        if self._done_by_typing:
            self._done_by_typing = False
            return
        self._form.put(self.name, self.after)

    @override
    def undo(self) -> None:
        self._form.put(self.name, self._before)


class _FieldRow(QWidget):
    """Label, input, what it means, what is wrong with it."""

    focused = Signal(str)

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__()
        self._field = field
        self.input: FieldInput = make_input(field)
        self.input.focused.connect(lambda: self.focused.emit(field.name))
        self._source = label("", "muted")
        self._words = label("", "muted")
        self._error = label("", "error", wraps=True)
        self._cited = label("", "error", wraps=True)
        self._trace = label("", "muted", wraps=True)
        self._trace.setObjectName("trace")
        self._unfolded = False
        title = label(f"{field.label} *" if field.required else field.label)
        title.setBuddy(self.input)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._source)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(head)
        layout.addWidget(self.input)
        for below in (self._words, self._error, self._cited, self._trace):
            below.hide()
            layout.addWidget(below)
        self.show_trace("")
        if field.type is FieldType.MONEY:
            self.input.edited.connect(self._show_words)

    def show_source(self, *, from_case: bool) -> None:
        self._source.setText("来自案件" if from_case else "")
        if self._field.type is FieldType.MONEY:
            self._show_words()

    def show_error(self, text: str, *, hard: bool) -> None:
        self._error.setText(text)
        self._error.setVisible(bool(text))
        set_role(self._error, "error" if hard else "warn")
        self._describe()

    def show_citations(self, marks: Sequence[CheckedCitation]) -> None:
        self.input.show_citations(marks)
        wrong = dict.fromkeys(m.check.message for m in marks if m.check.verdict in WRONG)
        self._cited.setText("\n".join(wrong))
        self._cited.setVisible(bool(wrong))
        self._describe()

    def show_trace(self, text: str) -> None:
        """Keep where the value comes from; it is read out, hovered, or unfolded with focus."""
        self._trace.setText(text)
        self.input.setToolTip("\n".join(part for part in (self._field.help, text) if part))
        self.unfold_trace(unfolded=self._unfolded)
        self._describe()

    def unfold_trace(self, *, unfolded: bool) -> None:
        """Show the trace under the field, or fold it away."""
        self._unfolded = unfolded
        self._trace.setVisible(unfolded and bool(self._trace.text()))

    def _describe(self) -> None:
        texts = (self._error.text(), self._cited.text(), self._trace.text())
        said = "\n".join(text for text in texts if text)
        self.input.setAccessibleDescription(said)
        inner = self.input.focusProxy()
        if inner is not None:
            inner.setAccessibleDescription(said)

    def _show_words(self) -> None:
        show_words(self._words, str(self.input.value()))


def _same(one: object, other: object) -> bool:
    if one == other:
        return True
    blank: tuple[object, ...] = ("", None, [], False)
    return (one in blank and other in blank) or str(one) == str(other)
