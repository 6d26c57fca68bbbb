"""Inputs of a form by field type; all speak plain values and say when they were edited."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.widgets.citation_marks import CitationMarks
from ui.widgets.text_labels import button
from workstation.documents.forms import FieldDefinition, FieldType
from workstation.domain.phrases import BLANK
from workstation.legislation.citations import CheckedCitation

_FEWEST_LINES, _MOST_LINES = 3, 14


class FieldInput(QWidget):
    """Base of all inputs; ``edited`` carries the field's name."""

    edited = Signal(str)
    focused = Signal()

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__()
        self.field = field
        self.setAccessibleName(field.label)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)

    def value(self) -> Any:
        """Return the value, as the core takes it."""
        return None

    def set_value(self, value: Any) -> None:
        """Show a value."""

    def insert_words(self, text: str) -> bool:
        """Put words where the cursor stands and select the first blank ({{…}}) among them.

        Returns False where the field takes no words.
        """
        del text
        return False

    def insert_citation(self, text: str) -> bool:
        """Put a citation where the cursor stands; False where the field takes none."""
        return self.insert_words(text)

    def selected_words(self) -> str:
        """Return the words that are selected."""
        return ""

    def select_blank(self) -> bool:
        """Select the next blank ({{…}}) after the cursor, or else the first; False for none."""
        return False

    def show_citations(self, marks: Sequence[CheckedCitation]) -> None:
        """Underline the citations found in the text, where the input can."""

    def _hold(self, inner: QWidget) -> None:
        inner.setObjectName(self.field.name)
        inner.setAccessibleName(self.field.label)
        self.setFocusProxy(inner)
        self._layout.addWidget(inner)

    def _tell(self) -> None:
        self.edited.emit(self.field.name)


class _Line(QLineEdit):
    focused = Signal()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()


class _Text(QPlainTextEdit):
    focused = Signal()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()


class LineInput(FieldInput):
    """One line: text, dates, times, amounts, numbers, law references."""

    def __init__(self, field: FieldDefinition, hint: str = "") -> None:
        super().__init__(field)
        self._line = _Line()
        self._line.setPlaceholderText(hint or field.help)
        self._hold(self._line)
        self._line.textChanged.connect(self._tell)
        self._line.focused.connect(self.focused)

    @override
    def value(self) -> str:
        return self._line.text().strip()

    @override
    def set_value(self, value: Any) -> None:
        text = "" if value is None else str(value)
        if text != self._line.text():
            self._line.setText(text)

    @override
    def insert_words(self, text: str) -> bool:
        if self.field.type is not FieldType.TEXT:
            return False
        line = self._line
        start = line.selectionStart() if line.hasSelectedText() else line.cursorPosition()
        line.insert(text.replace("\n", ""))
        if BLANK.search(text):
            line.setCursorPosition(start)
            self.select_blank()
        return True

    @override
    def selected_words(self) -> str:
        return self._line.selectedText() if self.field.type is FieldType.TEXT else ""

    @override
    def select_blank(self) -> bool:
        found = _next_blank(self._line.text(), self._line.cursorPosition())
        if found is not None:
            self._line.setSelection(found.start(), found.end() - found.start())
        return found is not None


class ReferenceInput(LineInput):
    """One or more law references, joined by 、."""

    @override
    def value(self) -> Any:
        parts = [part.strip() for part in super().value().split("、") if part.strip()]
        return parts if len(parts) > 1 else "".join(parts)

    @override
    def set_value(self, value: Any) -> None:
        super().set_value("、".join(value) if isinstance(value, list) else value)

    @override
    def insert_citation(self, text: str) -> bool:
        """Add to what is cited already, whatever the place of the cursor."""
        self._line.setText("、".join(part for part in (LineInput.value(self), text) if part))
        return True


class TextInput(FieldInput):
    """Several lines; grows with its text, Tab leaves it."""

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__(field)
        self._text = _Text()
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText(field.help)
        self._marks = CitationMarks(self._text.document())
        self._hold(self._text)
        self._text.textChanged.connect(self._tell)
        self._text.focused.connect(self.focused)
        self._text.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def _grow(self) -> None:
        lines = int(self._text.document().size().height())
        shown = min(max(lines, _FEWEST_LINES), _MOST_LINES)
        self._text.setFixedHeight(self._text.fontMetrics().lineSpacing() * shown + 16)

    @override
    def value(self) -> str:
        return self._text.toPlainText()

    @override
    def set_value(self, value: Any) -> None:
        text = "" if value is None else str(value)
        if text != self._text.toPlainText():
            self._text.setPlainText(text)

    @override
    def show_citations(self, marks: Sequence[CheckedCitation]) -> None:
        self._marks.show_marks(marks)

    @override
    def insert_words(self, text: str) -> bool:
        cursor = self._text.textCursor()
        start = cursor.selectionStart()
        cursor.insertText(text)
        if BLANK.search(text):
            cursor.setPosition(start)
            self._text.setTextCursor(cursor)
            self.select_blank()
        return True

    @override
    def selected_words(self) -> str:
        return self._text.textCursor().selection().toPlainText()

    @override
    def select_blank(self) -> bool:
        cursor = self._text.textCursor()
        found = _next_blank(self._text.toPlainText(), cursor.position())
        if found is not None:
            cursor.setPosition(found.start())
            cursor.setPosition(found.end(), QTextCursor.MoveMode.KeepAnchor)
            self._text.setTextCursor(cursor)
        return found is not None


class ChoiceInput(FieldInput):
    """One of the form's choices, or nothing yet."""

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__(field)
        self._box = QComboBox()
        self._box.addItem("（未选）", "")
        for choice in field.choices:
            self._box.addItem(choice, choice)
        self._box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._hold(self._box)
        self._box.currentIndexChanged.connect(self._tell)
        self._box.activated.connect(self.focused)

    @override
    def value(self) -> str:
        return str(self._box.currentData() or "")

    @override
    def set_value(self, value: Any) -> None:
        place = self._box.findData(str(value or ""))
        if place < 0:
            self._box.addItem(str(value), str(value))
            place = self._box.count() - 1
        self._box.setCurrentIndex(place)


class FlagInput(FieldInput):
    """Yes or no."""

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__(field)
        self._box = QCheckBox("是")
        self._hold(self._box)
        self._box.toggled.connect(self._tell)
        self._box.clicked.connect(self.focused)

    @override
    def value(self) -> bool:
        return self._box.isChecked()

    @override
    def set_value(self, value: Any) -> None:
        self._box.setChecked(value in {True, "是", "true", "1"})


class RowsInput(FieldInput):
    """A table of rows; rows are added and taken away below it."""

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__(field)
        self._columns = field.columns or ("text",)
        labels = field.column_labels or field.columns or (field.label,)
        self._table = QTableWidget(0, len(self._columns))
        self._table.setHorizontalHeaderLabels(list(labels))
        self._table.horizontalHeader().setStretchLastSection(True)
        self._table.verticalHeader().setDefaultSectionSize(28)
        self._table.setTabKeyNavigation(False)
        self._table.setMinimumHeight(150)
        self._hold(self._table)
        add, drop = button("添加一行", flat=True), button("删除所选行", flat=True)
        add.clicked.connect(self._add_row)
        drop.clicked.connect(self._drop_row)
        below = QHBoxLayout()
        below.addWidget(add)
        below.addWidget(drop)
        below.addStretch(1)
        self._layout.addLayout(below)
        self._table.itemChanged.connect(self._tell)
        self._table.itemSelectionChanged.connect(self.focused)

    @property
    def _is_list(self) -> bool:
        return not self.field.columns

    @override
    def value(self) -> list[Any]:
        rows = []
        for row in range(self._table.rowCount()):
            texts = [self._text(row, column) for column in range(len(self._columns))]
            if any(texts):
                keyed = dict(zip(self._columns, texts, strict=True))
                rows.append(texts[0] if self._is_list else keyed)
        return rows

    def _text(self, row: int, column: int) -> str:
        item = self._table.item(row, column)
        return item.text() if item else ""

    @override
    def set_value(self, value: Any) -> None:
        rows = value if isinstance(value, list) else []
        self._table.blockSignals(True)
        self._table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            cells = row if isinstance(row, dict) else {self._columns[0]: row}
            for column, key in enumerate(self._columns):
                self._table.setItem(place, column, QTableWidgetItem(str(cells.get(key, ""))))
        self._table.blockSignals(False)

    def _add_row(self) -> None:
        self._table.insertRow(self._table.rowCount())
        self._table.setCurrentCell(self._table.rowCount() - 1, 0)
        self._table.editItem(self._table.currentItem())

    def _drop_row(self) -> None:
        row = self._table.currentRow()
        if row >= 0:
            self._table.removeRow(row)
            self._tell()


def _next_blank(text: str, position: int) -> re.Match[str] | None:
    """Return the blank that begins at or after a position, or else the first of the text."""
    return BLANK.search(text, position) or BLANK.search(text)


def make_input(field: FieldDefinition) -> FieldInput:
    """Return the input that fits a field's type."""
    return _MAKERS[field.type](field)


_MAKERS: dict[FieldType, Callable[[FieldDefinition], FieldInput]] = {
    FieldType.TEXT: LineInput,
    FieldType.LONG_TEXT: TextInput,
    FieldType.DATE: lambda field: LineInput(field, "如 2026-09-21"),
    FieldType.DATE_TIME: lambda field: LineInput(field, "如 2026-09-21T10:20"),
    FieldType.MONEY: lambda field: LineInput(field, "元"),
    FieldType.NUMBER: LineInput,
    FieldType.CHOICE: ChoiceInput,
    FieldType.REFERENCE: lambda field: ReferenceInput(field, "如 行政处罚法§63"),
    FieldType.FLAG: FlagInput,
    FieldType.ATTACHMENTS: RowsInput,
    FieldType.ROWS: RowsInput,
}
