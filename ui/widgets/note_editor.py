"""Writing a note of the bureau (办案实务), or a new version of one."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.typed_dates import parse_day
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.domain.shelves import Shelf, ShelfText
from workstation.errors import WorkstationError
from workstation.operations.shelves.operations import NewText, changes_of

_SEPARATORS = str.maketrans("，,；; \u3000", "、、、、、、")


class NoteEditor(QWidget):
    """Ctrl+S saves; what was typed stays until it was saved or given up."""

    saved = Signal(object)
    given_up = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._old: ShelfText | None = None
        self.heading = label("", "heading")
        self.title = _line("标题")
        self.matters = _line("事项编码，多个用、隔开")
        self.tags = _line("标签，多个用、隔开")
        self.day = _line("日期，不写为今天")
        self.by = _line("登记人姓名")
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("正文")
        self.text.setPlaceholderText("正文。引用法条写《全称》第…条，存时自动列入“引用条文”。")
        self.text.setTabChangesFocus(True)
        self.state = label("", "muted", wraps=True)
        self.save_button = button("存入办案实务", primary=True)
        self._drop = button("放弃", flat=True)
        fields = QFormLayout()
        for name, line in (
            ("标题", self.title),
            ("事项", self.matters),
            ("标签", self.tags),
            ("日期", self.day),
            ("登记人", self.by),
        ):
            fields.addRow(name, line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 16, 12)
        layout.addWidget(self.heading)
        layout.addLayout(fields)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.state)
        layout.addLayout(row_of(None, self._drop, self.save_button))
        self.setFocusProxy(self.title)
        self.save_button.clicked.connect(self.save)
        self._drop.clicked.connect(self.given_up)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save)

    def write_new(self, matter: str = "") -> None:
        """Begin a note, for a matter where one is named."""
        self._old = None
        self.heading.setText("写一条办案实务")
        for line in (self.title, self.tags, self.day):
            line.clear()
        self.matters.setText(matter)
        self.text.clear()
        self._say("")

    def rewrite(self, text: ShelfText) -> None:
        """Begin a new version of a text."""
        self._old = text
        self.heading.setText(f"修改 {text.code}（第{text.version}版）")
        self.title.setText(text.title)
        self.matters.setText("、".join(text.matters))
        self.tags.setText("、".join(text.tags))
        self.day.setText(text.day.isoformat() if text.day else "")
        self.text.setPlainText(text.text)
        self._say("")

    def save(self) -> None:
        """Write the note, or the new version."""
        typed = self.day.text().strip()
        day = parse_day(typed, date.today()) if typed else None
        if typed and day is None:
            self._say("✕ 看不懂这个日期，请写作 2026-09-12。", "error")
            return
        old, by, shelves = self._old, self.by.text(), self._desk.workstation.shelves
        new = NewText(
            title=self.title.text(),
            text=self.text.toPlainText(),
            day=day,
            matters=_parts(self.matters.text()),
            tags=_parts(self.tags.text()),
            **({"kind": old.kind, "number": old.number, "file": old.file} if old else {}),
        )

        def work() -> ShelfText:
            if old is None:
                return shelves.add(Shelf.NOTES, new, by)
            return shelves.edit(old.code, new, by, version=old.version)

        self._desk.tasks.write(work, owner=self, done=self._on_saved, failed=self._failed)

    def _on_saved(self, text: ShelfText) -> None:
        self._old = text
        self._desk.bus.publish(changes_of(text))
        self.saved.emit(text)

    def _failed(self, error: WorkstationError) -> None:
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _say(self, text: str, role: str = "muted") -> None:
        set_role(self.state, role)
        self.state.setText(text)


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(name)
    line.setAccessibleName(name)
    return line


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, text.translate(_SEPARATORS).split("、"))))
