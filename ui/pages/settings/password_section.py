"""The passwords people sign in with where it must be proven who is at the desk."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.widgets.input_rows import InputRows
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.domain.people import Office
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.sign_ins import SHORTEST

_LINES = {"old": "旧口令（第一次设置不填）", "new": "新口令", "again": "再输一次新口令"}
_WIDTH = 560


class PasswordSection(QWidget):
    """Each person sets his own; changing it asks for the old one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows = InputRows()
        self.said = label("", "error", wraps=True)
        self.go = button("设置口令", primary=True)
        self.rows.setMaximumWidth(_WIDTH)
        self.person = self.rows.add_choice("person", "本人", {}, required=True)
        for name, text in _LINES.items():
            line = self.rows.add_line(name, text, required=name != "old")
            line.setEchoMode(QLineEdit.EchoMode.Password)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            label(
                f"登记、查看干预记录时，用口令证明是本人。口令至少{SHORTEST}个字符，程序只保存"
                "它的 scrypt 摘要；忘记了不能找回。口令区分同一台电脑前的同事，"
                "不能防住能直接读取数据文件的人。",
                "muted",
                wraps=True,
            )
        )
        layout.addWidget(self.rows)
        layout.addWidget(self.said)
        layout.addLayout(row_of(self.go, None))
        layout.addStretch(1)
        self.setFocusProxy(self.person)
        self.go.clicked.connect(self.submit)
        office = desk.workstation.office
        desk.tasks.read(
            lambda: office.office() if office.exists() else None,
            owner=self,
            done=self._on_people_read,
            latest="people",
        )

    def _on_people_read(self, office: Office | None) -> None:
        for person in office.people if office else ():
            self.person.addItem(person.name, person.name)

    def submit(self) -> None:
        """Set the password of the chosen person."""
        rows = self.rows
        same = rows.text("new") == rows.text("again")
        rows.show_error("again", "" if same else "两次输入的新口令不一样")
        if not same:
            return
        sign_ins = self._desk.workstation.sign_ins
        person, new, old = rows.text("person"), rows.text("new"), rows.text("old")
        self._desk.tasks.write(
            lambda: sign_ins.set_password(person, new, old),
            owner=self,
            done=self._on_set,
            failed=self._on_failed,
        )

    def _on_set(self, changes: Changes) -> None:
        self._clear()
        self._say(f"“{self.rows.text('person')}”的口令已设置。", "ok")
        self._desk.bus.publish(changes)

    def _on_failed(self, error: WorkstationError) -> None:
        self._clear()
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _clear(self) -> None:
        for name in _LINES:
            self.rows.set_text(name, "")

    def _say(self, text: str, role: str) -> None:
        set_role(self.said, role)
        self.said.setText(text)
