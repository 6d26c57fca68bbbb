"""Rows of a form made in code: label, input, error under the input."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.models.typed_dates import parse_day, parse_moment
from ui.widgets.check_list import CheckList
from ui.widgets.line_aids import NameCompleter, add_calendar, day_hint, show_words
from ui.widgets.small_table import SmallTable
from ui.widgets.text_labels import label

_LABEL_WIDTH = 132
_LONG_LINES = 4
_CHOICE_LENGTH = 8
Input = QLineEdit | QPlainTextEdit | QComboBox | QCheckBox | SmallTable | CheckList


class InputRows(QWidget):
    """Inputs by name; errors stand under their input and in its accessible description."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inputs: dict[str, Input] = {}
        self._hosts: dict[str, QWidget] = {}
        self._errors: dict[str, QLabel] = {}
        self._labels: dict[str, str] = {}
        # Inputs keep their height; a long form scrolls instead of being squeezed.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(12)
        self._layout.setVerticalSpacing(6)
        self._layout.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self._layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def add_line(
        self, name: str, text: str, *, required: bool = False, hint: str = ""
    ) -> QLineEdit:
        """Add one line of text."""
        made = QLineEdit()
        made.setPlaceholderText(hint)
        made.textChanged.connect(lambda: self.changed.emit(name))
        self._add(name, text, made, required=required)
        return made

    def add_day(
        self, name: str, text: str, *, required: bool = False, with_time: bool = False
    ) -> QLineEdit:
        """Add a day, or a day and time: typed in any form, or taken from a calendar."""
        hint = "如 今天 9:30、20260921 10:20" if with_time else "如 20260921、9-21、今天"
        made = self.add_line(name, text, required=required, hint=hint)
        add_calendar(made, with_time=with_time)
        below = self._add_below(name)

        def show_day() -> None:
            meant = day_hint(made.text())
            below.setText(f"即 {meant}" if meant else "")
            below.setVisible(bool(meant))

        made.textChanged.connect(show_day)
        return made

    def add_money(self, name: str, text: str, *, required: bool = False) -> QLineEdit:
        """Add an amount in yuan; the same in words stands below it."""
        made = self.add_line(name, text, required=required, hint="元")
        below = self._add_below(name)
        made.textChanged.connect(lambda typed: show_words(below, typed.strip()))
        return made

    def add_names(
        self,
        name: str,
        text: str,
        names: Sequence[str],
        *,
        required: bool = False,
        several: bool = True,
    ) -> QLineEdit:
        """Add a person or several of the office; others can be typed too."""
        hint = "姓名之间用顿号" if several else ""
        made = self.add_line(name, text, required=required, hint=hint)
        NameCompleter(names, made, several=several)
        return made

    def add_text(self, name: str, text: str, *, required: bool = False) -> QPlainTextEdit:
        """Add some lines of text; Tab leaves them."""
        made = QPlainTextEdit()
        made.setTabChangesFocus(True)
        made.setFixedHeight(made.fontMetrics().lineSpacing() * _LONG_LINES + 16)
        made.textChanged.connect(lambda: self.changed.emit(name))
        self._add(name, text, made, required=required)
        return made

    def add_choice(
        self,
        name: str,
        text: str,
        choices: Mapping[str, str],
        *,
        required: bool = False,
        editable: bool = False,
    ) -> QComboBox:
        """Add a choice; ``choices`` maps what is shown to what it stands for."""
        made = QComboBox()
        made.setEditable(editable)
        # A long choice must not make the form wider than its page; the list shows it in full.
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(_CHOICE_LENGTH)
        for shown, value in choices.items():
            made.addItem(shown, value)
        made.currentTextChanged.connect(made.setToolTip)
        made.currentTextChanged.connect(lambda: self.changed.emit(name))
        self._add(name, text, made, required=required)
        return made

    def add_flag(self, name: str, text: str) -> QCheckBox:
        """Add a yes or no."""
        made = QCheckBox(text)
        made.toggled.connect(lambda: self.changed.emit(name))
        self._add(name, text, made, required=False, labelled=False)
        return made

    def add_table(
        self, name: str, text: str, headings: Sequence[str], *, required: bool = False
    ) -> SmallTable:
        """Add a small table to type into."""
        made = SmallTable(headings)
        made.edited.connect(lambda: self.changed.emit(name))
        self._add(name, text, made, required=required)
        return made

    def add_check_list(
        self, name: str, text: str, names: Sequence[str], *, required: bool = False
    ) -> CheckList:
        """Add a list of which several may be ticked."""
        made = CheckList(names)
        made.edited.connect(lambda: self.changed.emit(name))
        self._add(name, text, made, required=required)
        return made

    def set_choices(self, name: str, shown: Iterable[str]) -> None:
        """Offer other choices, each standing for itself."""
        made = self._inputs[name]
        if isinstance(made, QComboBox):
            made.blockSignals(True)
            made.clear()
            made.addItems(list(shown))
            made.blockSignals(False)

    def add_widget(self, text: str, widget: QWidget) -> None:
        """Add anything else beside a label."""
        self._layout.addRow(label(text, "muted"), widget)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all inputs, in order."""
        return tuple(self._inputs)

    def _add_below(self, name: str) -> QLabel:
        below = label("", "muted", wraps=True)
        below.hide()
        box = self._hosts[name].layout()
        if isinstance(box, QVBoxLayout):
            box.insertWidget(1, below)
        return below

    def _add(
        self, name: str, text: str, made: Input, *, required: bool, labelled: bool = True
    ) -> None:
        made.setObjectName(name)
        made.setAccessibleName(text)
        error = label("", "error", wraps=True)
        error.hide()
        host = QWidget()
        box = QVBoxLayout(host)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(made)
        box.addWidget(error)
        title = label(f"{text} *" if required else text) if labelled else label("")
        if title.sizeHint().width() > _LABEL_WIDTH:
            title.setWordWrap(True)
            title.setFixedWidth(_LABEL_WIDTH)
            title.setMinimumHeight(title.heightForWidth(_LABEL_WIDTH))
        title.setBuddy(made)
        title.setContentsMargins(0, 5, 0, 0)
        self._layout.addRow(title, host)
        self._inputs[name] = made
        self._hosts[name] = host
        self._errors[name] = error
        self._labels[name] = text

    def set_label(self, name: str, text: str) -> None:
        """Give an input another label."""
        title = self._layout.labelForField(self._hosts[name])
        if isinstance(title, QLabel):
            title.setText(text)
        self._inputs[name].setAccessibleName(text)

    def set_row_visible(self, name: str, *, visible: bool) -> None:
        """Show or hide an input with its label."""
        self._layout.setRowVisible(self._hosts[name], visible)

    def input(self, name: str) -> Input:
        """Return the input called ``name``."""
        return self._inputs[name]

    def text(self, name: str) -> str:
        """Return what stands in an input, without blanks around it."""
        made = self._inputs[name]
        if isinstance(made, QPlainTextEdit):
            return made.toPlainText().strip()
        if isinstance(made, SmallTable | CheckList):
            return made.text()
        if isinstance(made, QComboBox):
            value = made.currentData()
            known = made.currentIndex() >= 0 and made.currentText() == made.itemText(
                made.currentIndex()
            )
            return str(value) if known and value is not None else made.currentText().strip()
        if isinstance(made, QCheckBox):
            return "是" if made.isChecked() else ""
        return made.text().strip()

    def set_text(self, name: str, text: str) -> None:
        """Fill an input."""
        made = self._inputs[name]
        if isinstance(made, QPlainTextEdit):
            made.setPlainText(text)
        elif isinstance(made, SmallTable | CheckList):
            made.set_text(text)
        elif isinstance(made, QComboBox):
            made.setCurrentText(text)
        elif isinstance(made, QCheckBox):
            made.setChecked(bool(text))
        else:
            made.setText(text)

    def put(self, name: str, text: str) -> None:
        """Fill an input with what :meth:`text` returned, be it the value of a choice."""
        made = self._inputs[name]
        if isinstance(made, QComboBox) and (place := made.findData(text)) >= 0:
            made.setCurrentIndex(place)
        else:
            self.set_text(name, text)

    def focus_first(self) -> None:
        """Put the cursor into the first input."""
        if self._inputs:
            next(iter(self._inputs.values())).setFocus()

    def day(self, name: str) -> date | None:
        """Return the day typed into an input, or None."""
        return parse_day(self.text(name), date.today())

    def moment(self, name: str) -> datetime | None:
        """Return the day and time typed into an input, or None."""
        return parse_moment(self.text(name), date.today())

    def show_error(self, name: str, message: str) -> None:
        """Show what is wrong with an input; an empty message clears it."""
        made, error = self._inputs[name], self._errors[name]
        error.setText(f"✕ {message}" if message else "")
        error.setVisible(bool(message))
        made.setAccessibleDescription(message)
        if made.property("invalid") != bool(message):
            made.setProperty("invalid", bool(message))
            made.style().unpolish(made)
            made.style().polish(made)

    def check(self, name: str, test: Callable[[str], str]) -> bool:
        """Show what ``test`` says of an input's text (empty: fine); return whether it is fine."""
        message = test(self.text(name))
        self.show_error(name, message)
        return not message
