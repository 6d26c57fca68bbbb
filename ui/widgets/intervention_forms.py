"""The forms of the sealed register: looking, recording, naming readers."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.widgets.input_rows import InputRows
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.domain.interventions import MANNERS
from workstation.operations.interventions import NewIntervention
from workstation.operations.sign_ins import Credential

_PASSWORD = "password"  # noqa: S105 - the name of an input


class _SignedForm(QWidget):
    """Rows that end with who is at the desk and his password; a button and a line of words."""

    def __init__(self, person_label: str, people: Sequence[str]) -> None:
        super().__init__()
        self.rows = InputRows()
        self.said = label("", "error", wraps=True)
        self.add_own_rows(people)
        self.rows.add_choice("by", person_label, {"": "", **{n: n for n in people}}, required=True)
        password = self.rows.add_line(_PASSWORD, "口令", required=True)
        password.setEchoMode(QLineEdit.EchoMode.Password)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)
        self.buttons = row_of(None)
        layout.addWidget(self.said)
        layout.addLayout(self.buttons)
        layout.addStretch(1)

    def add_own_rows(self, people: Sequence[str]) -> None:
        """Add the rows before person and password."""

    def credential(self) -> Credential:
        """Return who signs and his password, which is cleared."""
        given = Credential(person=self.rows.text("by"), password=self.password().text())
        self.password().clear()
        return given

    def password(self) -> QLineEdit:
        """Return the input of the password."""
        made = self.rows.input(_PASSWORD)
        assert isinstance(made, QLineEdit)  # noqa: S101 - add_line made it
        return made

    def say(self, text: str, role: str = "error") -> None:
        """Say one thing under the rows."""
        set_role(self.said, role)
        self.said.setText(text)


class LookForm(_SignedForm):
    """Who wants to read, and why."""

    submitted = Signal()

    def __init__(self, people: Sequence[str]) -> None:
        super().__init__("查看人", people)
        self.go = button("查看登记内容", primary=True)
        self.go.clicked.connect(self.submitted)
        self.buttons.addWidget(self.go)
        self.password().returnPressed.connect(self.submitted)

    @override
    def add_own_rows(self, people: Sequence[str]) -> None:
        """Add the reason."""
        self.rows.add_line("why", "查看事由", required=True, hint="连同姓名、时间记入日志")


class RecordForm(_SignedForm):
    """What happened."""

    submitted = Signal()

    def __init__(self, people: Sequence[str]) -> None:
        super().__init__("登记人", people)
        self.go = button("登记并封存", primary=True)
        self.go.clicked.connect(self.submitted)
        self.buttons.addWidget(self.go)

    @override
    def add_own_rows(self, people: Sequence[str]) -> None:
        """Add what is recorded."""
        rows = self.rows
        rows.add_line("person", "干预人", required=True)
        rows.add_line("post", "单位和职务", required=True)
        rows.add_day("at", "时间", required=True, with_time=True)
        rows.add_choice("manner", "方式", {name: name for name in MANNERS}, required=True)
        rows.add_text("content", "内容", required=True)
        rows.add_line("materials", "留存材料", hint="短信截图、通话记录、会议记录等，存放在何处")

    def intervention(self) -> NewIntervention | None:
        """Return what was typed, or None after saying that the time can't be read."""
        at = self.rows.moment("at")
        self.rows.show_error("at", "" if at else "看不懂这个时间，请写作 2026-09-02 15:40")
        if at is None:
            return None
        texts = {n: self.rows.text(n) for n in ("person", "post", "manner", "content")}
        return NewIntervention(at=at, materials=self.rows.text("materials"), **texts)

    def clear(self) -> None:
        """Empty what was recorded."""
        for name in ("person", "post", "content", "materials"):
            self.rows.set_text(name, "")
        self.rows.set_text("at", datetime.now().strftime("%Y-%m-%d %H:%M"))


class ReaderForm(_SignedForm):
    """Who may read from now on, or no longer."""

    named = Signal()
    removed = Signal()

    def __init__(self, people: Sequence[str]) -> None:
        super().__init__("批准的负责人", people)
        for text, signal, primary in (
            ("取消查看人", self.removed, False),
            ("指定为查看人", self.named, True),
        ):
            made = button(text, primary=primary)
            made.clicked.connect(signal)
            self.buttons.addWidget(made)

    @override
    def add_own_rows(self, people: Sequence[str]) -> None:
        """Add the reader and the reason."""
        choices = {"": "", **{n: n for n in people}}
        self.rows.add_choice("reader", "查看人", choices, required=True)
        self.rows.add_line("reason", "理由", required=True)
