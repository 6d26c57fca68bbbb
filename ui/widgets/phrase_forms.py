"""Keeping a wording as a phrase of the bureau, and taking one back: below the list of phrases."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.widgets.text_labels import button, label, row_of
from workstation.operations.phrases import KeepableText, NewPhrase

_SEPARATOR = "、"
_LINES = 3


class PhraseForm(QWidget):
    """Asks what a phrase needs; ``kept`` carries it as it was typed."""

    kept = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("用语")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * _LINES + 16)
        self.name = _line("名称，如：主动清除，从轻")
        self.kind = QComboBox()
        self.kind.setEditable(True)
        self.kind.setAccessibleName("类别")
        self.basis = _line("依据，如：行政处罚法§32第（一）项；几条之间用“、”")
        self.author = _line("登记人")
        self.for_matter = QCheckBox("只用于本事项")
        self.for_field = QCheckBox("只用于本栏目")
        self.unchecked = QCheckBox("库外依据，已查过原文")
        self.keep = button("存为常用语")
        self.leave = button("不存", flat=True)
        self._matter = ""
        self._place = ""
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label("案件的事实已换成空白，空白写作 {{当事人}}。", "muted"))
        layout.addWidget(self.text)
        first = row_of(self.name, self.kind)
        first.setStretch(0, 2)
        first.setStretch(1, 1)
        second = row_of(self.basis, self.author)
        second.setStretch(0, 2)
        second.setStretch(1, 1)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addLayout(row_of(self.for_matter, self.for_field, self.unchecked, None))
        layout.addLayout(row_of(None, self.leave, self.keep))
        self.keep.clicked.connect(lambda: self.kept.emit(self.phrase()))
        self.leave.clicked.connect(self.left)

    def start(self, found: KeepableText, kinds: Sequence[str], place: str) -> None:
        """Begin with a wording, the kinds in use, and the field it comes from."""
        self._matter, self._place = found.matter, place
        self.text.setPlainText(found.text)
        self.basis.setText(_SEPARATOR.join(found.basis))
        self.name.clear()
        self.kind.clear()
        self.kind.addItems(list(kinds))
        self.for_matter.setChecked(bool(found.matter))
        self.for_matter.setEnabled(bool(found.matter))
        self.for_field.setChecked(True)
        self.unchecked.setChecked(False)
        self.show()
        self.name.setFocus()

    def phrase(self) -> NewPhrase:
        """Return what was typed."""
        basis = (part.strip() for part in self.basis.text().split(_SEPARATOR))
        return NewPhrase(
            name=self.name.text(),
            kind=self.kind.currentText(),
            text=self.text.toPlainText(),
            author=self.author.text(),
            basis=tuple(part for part in basis if part),
            matters=(self._matter,) if self.for_matter.isChecked() else (),
            places=(self._place,) if self.for_field.isChecked() else (),
            unchecked=self.unchecked.isChecked(),
        )


class WithdrawalForm(QWidget):
    """Asks who takes a phrase back and why; ``agreed`` carries both."""

    agreed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = _line("撤下的理由，如：依据的条文已修改")
        self.by = _line("由谁撤下")
        self.agree = button("撤下")
        layout = row_of(self.reason, self.by, self.agree)
        layout.setStretch(0, 2)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.agree.clicked.connect(self._on_agreed)

    def start(self) -> None:
        """Ask anew."""
        self.reason.clear()
        self.show()
        self.reason.setFocus()

    def _on_agreed(self) -> None:
        self.agreed.emit(self.by.text(), self.reason.text())


def _line(hint: str) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(hint)
    line.setAccessibleName(hint.partition("，")[0])
    return line
