"""What of a case leaves for the lawyer: the main volume, and what is picked one by one."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.operations.capsules.choices import REGISTER, CapsuleChoices, CapsuleOptions
from workstation.operations.sign_ins import Credential

_KIND, _NUMBER = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1


class CapsuleForm(QWidget):
    """Nothing of the inner volume is ticked beforehand; ``submitted`` follows the button."""

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recipient = _line("交给哪位律师", "接收的律师姓名")
        self.person = QComboBox()
        self.person.setAccessibleName("制作人")
        self.reason = _line("随附副卷等内容的理由", "勾选了上面任何一项时必填，记入日志")
        self.sensitive = _list("缺省不离开本机关的内容，逐项勾选")
        self.evidence = _list("随附的证据原件")
        self.masked = QCheckBox("遮蔽个人信息（证据图片不随附）")
        self.reader = QComboBox()
        self.reader.setAccessibleName("干预登记的指定查看人")
        self.password = _line("指定查看人的口令", "口令")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.said = label("", "muted", wraps=True)
        self.make = button("生成胶囊…", primary=True)
        self._register = QWidget()
        self._about_evidence = label("证据原件（去掉勾选的不随附）：", "muted")
        self._build()

    def _build(self) -> None:
        register = row_of(label("干预登记由指定查看人办理"), self.reader, self.password)
        register.setStretch(2, 1)
        register.setContentsMargins(0, 0, 0, 0)
        self._register.setLayout(register)
        self._register.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        head = row_of(label("交给"), self.recipient, label("制作人"), self.person)
        head.setStretch(1, 1)
        layout.addLayout(head)
        layout.addWidget(
            label("正卷文书、审核清单和引用的条文随附。下列内容不勾选就不离开：", "muted")
        )
        layout.addWidget(self.sensitive, 3)
        layout.addWidget(self.reason)
        layout.addWidget(self._register)
        layout.addWidget(self._about_evidence)
        layout.addWidget(self.evidence, 1)
        layout.addWidget(self.masked)
        layout.addWidget(self.said)
        layout.addLayout(row_of(None, self.make))
        self.setFocusProxy(self.recipient)
        self.sensitive.itemChanged.connect(self._on_ticked)
        self.make.clicked.connect(self.submitted)

    def show_options(
        self, options: CapsuleOptions, people: Sequence[str], readers: Sequence[str]
    ) -> None:
        """Show what there is to choose from; what was ticked is unticked."""
        self.sensitive.clear()
        for document in options.inner:
            _add(self.sensitive, f"副卷　{document.key} {document.title}", "inner", document.key)
        if options.has_reporter:
            _add(self.sensitive, "举报人身份（不勾选则在全部文书中遮去）", "reporter", "1")
        for number in range(1, options.interventions + 1):
            _add(self.sensitive, f"{REGISTER}第{number}条", "register", str(number))
        self.evidence.clear()
        for piece in options.evidence:
            _add(self.evidence, piece.name, "evidence", str(piece.position), ticked=True)
        for shown in (self._about_evidence, self.evidence):
            shown.setVisible(bool(options.evidence))
        for box, names in ((self.person, people), (self.reader, readers)):
            chosen = box.currentText()
            box.clear()
            box.addItems(list(names))
            box.setCurrentIndex(max(box.findText(chosen), 0))
        self._on_ticked()

    def choices(self) -> CapsuleChoices:
        """Return what was chosen; the password is cleared."""
        register = tuple(int(n) for n in _ticked(self.sensitive, "register"))
        password = self.password.text()
        self.password.clear()
        credential = Credential(person=self.reader.currentText(), password=password)
        return CapsuleChoices(
            recipient=self.recipient.text(),
            by=self.person.currentText(),
            reason=self.reason.text(),
            inner=tuple(_ticked(self.sensitive, "inner")),
            reporter=bool(list(_ticked(self.sensitive, "reporter"))),
            interventions=register,
            credential=credential if register else None,
            without_evidence=tuple(
                int(n) for n in _ticked(self.evidence, "evidence", ticked=False)
            ),
            masked=self.masked.isChecked(),
        )

    def say(self, text: str, role: str = "muted") -> None:
        """Say one thing above the button."""
        set_role(self.said, role)
        self.said.setText(text)

    def _on_ticked(self) -> None:
        self._register.setVisible(bool(list(_ticked(self.sensitive, "register"))))


def _line(name: str, hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


def _list(name: str) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    return made


def _add(to: QListWidget, text: str, kind: str, number: str, *, ticked: bool = False) -> None:
    item = QListWidgetItem(text)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    item.setData(_KIND, kind)
    item.setData(_NUMBER, number)
    to.addItem(item)


def _ticked(found: QListWidget, kind: str, *, ticked: bool = True) -> Iterator[str]:
    wanted = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
    for row in range(found.count()):
        item = found.item(row)
        if item.data(_KIND) == kind and item.checkState() == wanted:
            yield str(item.data(_NUMBER))
