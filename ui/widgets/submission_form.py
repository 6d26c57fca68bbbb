"""Handing a case in for review: the stage, who hands it in, and what the 送审表 asks."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.operations.review_rounds import Submission

_HEIGHT = 84
_TEXTS = {
    "points": "提请重点审核的问题",
    "officer_opinion": "承办人意见",
    "unit_opinion": "办案机构负责人意见",
}


class SubmissionForm(QWidget):
    """``submitted`` carries the submission; what else the form asks is filled in 文书."""

    submitted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = QComboBox()
        self.stage.setAccessibleName("审核环节")
        self.person = QComboBox()
        self.person.setAccessibleName("送审人")
        self.texts = {name: _text(title) for name, title in _TEXTS.items()}
        self.said = label("", "muted", wraps=True)
        self.submit = button("送审", primary=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(row_of(label("审核环节"), self.stage, label("送审人"), self.person, None))
        for name, title in _TEXTS.items():
            layout.addWidget(label(title, "muted"))
            layout.addWidget(self.texts[name])
        layout.addWidget(
            label(
                "送审表（D39）其余各栏取自案件记录；要改的先在“文书 › 填写”写好草稿。",
                "muted",
                wraps=True,
            )
        )
        layout.addStretch(1)
        bar = row_of(self.said, self.submit)
        bar.setStretch(0, 1)
        layout.addLayout(bar)
        self.setFocusProxy(self.stage)
        self.submit.clicked.connect(self.hand_in)

    def show_choices(self, stages: Sequence[str], stage: str, people: Sequence[str]) -> None:
        """Show the stages, the one the case has reached chosen, and who hands cases in."""
        if self.stage.count() != len(stages):
            self.stage.addItems(list(stages))
        self.stage.setCurrentIndex(max(self.stage.findText(stage), 0))
        chosen = self.person.currentText()
        self.person.clear()
        self.person.addItems(list(people))
        self.person.setCurrentIndex(max(self.person.findText(chosen), 0))

    def hand_in(self) -> None:
        """Ask for the case to be handed in."""
        typed = {name: text.toPlainText().strip() for name, text in self.texts.items()}
        self.submitted.emit(
            Submission(
                person=self.person.currentText(),
                at=datetime.now().replace(second=0, microsecond=0),
                stage=self.stage.currentText(),
                values={name: text for name, text in typed.items() if text},
            )
        )

    def clear(self) -> None:
        """Forget what was handed in."""
        for text in self.texts.values():
            text.clear()

    def say(self, text: str, role: str = "muted") -> None:
        """Say what happened or what is wrong."""
        set_role(self.said, role)
        self.said.setText(text)


def _text(title: str) -> QPlainTextEdit:
    text = QPlainTextEdit()
    text.setAccessibleName(title)
    text.setFixedHeight(_HEIGHT)
    text.setTabChangesFocus(True)
    return text
