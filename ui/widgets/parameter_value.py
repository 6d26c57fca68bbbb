"""The input of a parameter's value, one form for each type of parameter."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.text_labels import button, label, row_of
from workstation.domain.cases import JsonValue
from workstation.operations.parameters import parse_value
from workstation.procedure.parameters import ParameterRule, ParameterType, value_of

_SUBJECTS = ("公民", "单位")
_COLUMNS = ("当事人", "领域", "数额（元）", "含本数")
_HINTS = {
    ParameterType.NUMBER: "整数",
    ParameterType.DECIMAL: "数，如 0.03",
    ParameterType.TEXT: "文字",
    ParameterType.WORDS: "词语之间用顿号",
}
_YES_NO = ("是", "否")
_TABLE_HEIGHT = 150


class ParameterValueInput(QWidget):
    """Lines, a choice, or a table, as the type asks; ``value`` says what is wrong by raising."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule: ParameterRule | None = None
        self.line = QLineEdit()
        self.unit = label("", "muted")
        self.flag = QComboBox()
        self.flag.addItems(_YES_NO)
        self.roles = {subject: QLineEdit() for subject in _SUBJECTS}
        self.table = QTableWidget(0, len(_COLUMNS))
        self._stack = QStackedWidget()
        self._build()
        self.line.textChanged.connect(self.changed)
        self.flag.currentIndexChanged.connect(self.changed)
        self.table.cellChanged.connect(self.changed)
        for line in self.roles.values():
            line.textChanged.connect(self.changed)

    def _build(self) -> None:
        self.line.setAccessibleName("新的取值")
        self.flag.setAccessibleName("新的取值")
        one = QWidget()
        one_layout = QHBoxLayout(one)
        one_layout.setContentsMargins(0, 0, 0, 0)
        one_layout.addWidget(self.line, 1)
        one_layout.addWidget(self.unit)
        subjects = QWidget()
        subjects_layout = QVBoxLayout(subjects)
        subjects_layout.setContentsMargins(0, 0, 0, 0)
        for subject, line in self.roles.items():
            line.setAccessibleName(f"{subject}可以签收的人")
            line.setPlaceholderText("各种人之间用顿号")
            row = row_of(label(subject), line)
            row.setStretch(1, 1)
            subjects_layout.addLayout(row)
        for widget in (one, self.flag, subjects, self._build_table()):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _build_table(self) -> QWidget:
        self.table.setHorizontalHeaderLabels(list(_COLUMNS))
        self.table.setAccessibleName("各类当事人的数额")
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setMinimumHeight(_TABLE_HEIGHT)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        add, remove = button("添加一行"), button("删除所选行")
        add.clicked.connect(lambda: self._add_row(("公民", "", "", "是")))
        remove.clicked.connect(self._remove_row)
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        layout.addLayout(row_of(add, remove, None))
        return made

    def show_value(self, rule: ParameterRule, value: JsonValue) -> None:
        """Ask for a value of ``rule``, beginning with ``value``."""
        self._rule = rule
        found = value_of(rule, value)
        match rule.type:
            case ParameterType.FLAG:
                self._stack.setCurrentIndex(1)
                self.flag.setCurrentText("是" if found else "否")
            case ParameterType.ROLES:
                self._stack.setCurrentIndex(2)
                for subject, line in self.roles.items():
                    line.setText("、".join(found[subject]))
            case ParameterType.THRESHOLDS:
                self._stack.setCurrentIndex(3)
                self.table.setRowCount(0)
                for row in found:
                    inclusive = "是" if row.inclusive else "否"
                    self._add_row((row.party, row.field, str(row.amount), inclusive))
            case _:
                self._stack.setCurrentIndex(0)
                words = rule.type is ParameterType.WORDS
                self.line.setText("、".join(found) if words else str(found))
                self.line.setPlaceholderText(_HINTS[rule.type])
                self.unit.setText(rule.unit)
        self.setFocusProxy(self._first())

    def value(self) -> JsonValue:
        """Return what was typed, as data files write it.

        Raises:
            InvalidInputError: it is not a value of the parameter.
        """
        assert self._rule is not None  # noqa: S101 - show_value comes first
        if self._rule.type is ParameterType.ROLES:
            typed: JsonValue = {s: _words(line.text()) for s, line in self.roles.items()}
        elif self._rule.type is ParameterType.THRESHOLDS:
            typed = [self._threshold(row) for row in range(self.table.rowCount())]
        elif self._rule.type is ParameterType.FLAG:
            return parse_value(self._rule, self.flag.currentText())
        else:
            return parse_value(self._rule, self.line.text())
        value_of(self._rule, typed)
        return typed

    def _first(self) -> QWidget:
        inputs = (self.line, self.flag, self.roles["公民"], self.table)
        return inputs[self._stack.currentIndex()]

    def _add_row(self, texts: tuple[str, ...]) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate(texts):
            self.table.setItem(row, column, QTableWidgetItem(text))

    def _remove_row(self) -> None:
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())
            self.changed.emit()

    def _threshold(self, row: int) -> dict[str, JsonValue]:
        items = [self.table.item(row, column) for column in range(len(_COLUMNS))]
        party, field, amount, inclusive = (item.text().strip() if item else "" for item in items)
        return {
            "party": party,
            "field": field,
            "amount": amount.replace(",", ""),
            "inclusive": {"是": True, "否": False}.get(inclusive, inclusive),
        }


def _words(text: str) -> list[JsonValue]:
    return [word.strip() for word in text.split("、") if word.strip()]
