"""The bureau's phrases (常用语): the list, one of them to write, revise or take back beside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSplitter, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.widgets.input_rows import InputRows
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.domain.phrases import Phrase
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.phrases import NewPhrase, changes_of

_HEADINGS = ("编号", "名称", "类别", "出自", "用于")
_WIDTHS = (56, 220, 92, 76)
_SEPARATOR = "、"
_EXPLANATION = (
    "写文书时按 Ctrl+J 取用的用语。依据逐条与法规库核对；改写一条，旧的留在历史中，"
    "已用过的文书不变。随程序的不能改，改后保存即另存为本局的一条。"
)
_BLANKS = "案件的事实写作空白，如 {{当事人}}、{{违法地点}}，取用时自动填入。"
_NEW = "新的一条"
_OWN, _SHIPPED = "本局", "随程序"


class PhraseSection(QWidget):
    """Up and down choose a phrase, Ctrl+N begins one, Ctrl+Enter keeps what was typed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._phrases: dict[str, Phrase] = {}
        self._code = ""
        self.find_box = QLineEdit()
        self.history = QCheckBox("连同已撤下的")
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "常用语", _WIDTHS)
        self.title = label("", "heading", wraps=True)
        self.rows = InputRows()
        self.begin = button("新的一条")
        self.keep = button("保存", primary=True)
        self.back = button("撤下")
        self.said = label("", "muted", wraps=True)
        self._build()
        self._connect()
        self.start()
        self.reload()

    def _build(self) -> None:
        self.find_box.setPlaceholderText("找一条常用语（Ctrl+F）")
        self.find_box.setAccessibleName("查找常用语")
        self.find_box.setClearButtonEnabled(True)
        self.begin.setToolTip("Ctrl+N")
        self.begin.setShortcut("Ctrl+N")
        self.keep.setToolTip("Ctrl+Enter")
        self.keep.setShortcut("Ctrl+Return")
        self.rows.add_line("name", "名称", required=True, hint="如 主动清除，从轻")
        self.rows.add_choice("kind", "类别", {}, required=True, editable=True)
        self.rows.add_text("text", "用语", required=True)
        self.rows.add_line("basis", "依据", hint="如 行政处罚法§32第（一）项；几条之间用“、”")
        self.rows.add_line("matters", "事项", hint="权力事项编码；空着用于各个事项")
        self.rows.add_line("places", "文书、栏目", hint="如 D51、D51.discretion；空着用于各种文书")
        self.rows.add_flag("verified", "已经法制机构核定")
        self.rows.add_flag("unchecked", "库外依据，已查过原文")
        self.rows.add_line("by", "登记人", required=True)
        self.rows.add_line("reason", "理由", hint="改写、撤下的理由")
        editor = QWidget()
        inside = QVBoxLayout(editor)
        inside.setContentsMargins(12, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.title)
        inside.addWidget(label(_BLANKS, "muted", wraps=True))
        inside.addWidget(self.rows)
        inside.addLayout(row_of(self.keep, self.back, self.begin, None))
        inside.addWidget(self.said)
        inside.addStretch(1)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self.table)
        parts.addWidget(editor)
        parts.setSizes([640, 480])
        parts.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(_EXPLANATION, "muted", wraps=True))
        finding = row_of(self.find_box, self.history)
        finding.setStretch(0, 1)
        layout.addLayout(finding)
        layout.addWidget(parts, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self._desk.bus.changed.connect(self._on_changed)
        self.find_box.textChanged.connect(self._show_rows)
        self.find_box.returnPressed.connect(self.table.setFocus)
        self.history.toggled.connect(self.reload)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.table.activated.connect(lambda: self.rows.input("text").setFocus())
        self.begin.clicked.connect(self.start)
        self.keep.clicked.connect(self.put)
        self.back.clicked.connect(self.withdraw)

    def reload(self) -> None:
        """Read the phrases again."""
        phrases, history = self._desk.workstation.phrases, self.history.isChecked()
        self._desk.tasks.read(
            lambda: phrases.find(history=history),
            owner=self,
            done=self._show,
            failed=self._refused,
            latest="phrases",
        )

    def _show(self, found: tuple[Phrase, ...] | None) -> None:
        if found is None:
            return
        self._phrases = {phrase.code: phrase for phrase in found}
        kind = self.rows.text("kind")
        self.rows.set_choices("kind", dict.fromkeys(phrase.kind for phrase in found))
        self.rows.set_text("kind", kind)
        self._show_rows()

    def _show_rows(self) -> None:
        words = self.find_box.text().split()
        found = [p for p in self._phrases.values() if all(word in _told(p) for word in words)]
        codes = [phrase.code for phrase in found]
        wanted = self._code
        self.model.show([_row(phrase) for phrase in found], codes)
        if wanted in codes:
            self.table.setCurrentIndex(self.model.index(codes.index(wanted), 0))

    def choose(self, code: str) -> None:
        """Show one phrase to revise."""
        self._code = code
        self._show_rows()

    def _on_current(self) -> None:
        phrase = self._phrases.get(str(self.table.currentIndex().data(KEY_ROLE) or ""))
        if phrase is None:
            return
        if phrase.code != self._code:
            self._say("", "muted")
        self._code = phrase.code
        self.title.setText(f"{phrase.code}　{phrase.name}")
        self._fill(phrase)
        gone = phrase.withdrawn_on is not None
        self.back.setEnabled(phrase.own and not gone)
        if gone:
            self._say(f"{phrase.withdrawn_by}于{phrase.withdrawn_on}撤下：{phrase.reason}", "warn")

    def _fill(self, phrase: Phrase) -> None:
        for name in ("name", "kind", "text"):
            self.rows.set_text(name, str(getattr(phrase, name)))
        for name in ("basis", "matters", "places"):
            self.rows.set_text(name, _SEPARATOR.join(getattr(phrase, name)))
            line = self.rows.input(name)
            if isinstance(line, QLineEdit):
                # A long list is read from its beginning.
                line.setCursorPosition(0)
        self.rows.set_text("verified", "")
        self.rows.set_text("unchecked", "")
        self.rows.set_text("reason", "")

    def start(self) -> None:
        """Begin a phrase from nothing."""
        self.table.selectionModel().clear()
        self._code = ""
        self.title.setText(_NEW)
        self.back.setEnabled(False)
        for name in ("name", "text", "basis", "matters", "places", "verified", "unchecked"):
            self.rows.set_text(name, "")
        self._say("", "muted")
        self.rows.input("name").setFocus()

    def put(self) -> None:
        """Keep what was typed: a new phrase, or in the place of the bureau's one chosen."""
        new, reason = self._typed(), self.rows.text("reason")
        phrases, old = self._desk.workstation.phrases, self._phrases.get(self._code)
        revises = old is not None and old.own and old.withdrawn_on is None

        def write() -> Phrase:
            return phrases.revise(old.code, new, reason) if revises and old else phrases.add(new)

        self._desk.tasks.write(write, owner=self, done=self._on_kept, failed=self._refused)

    def _typed(self) -> NewPhrase:
        def several(name: str) -> tuple[str, ...]:
            parts = (part.strip() for part in self.rows.text(name).split(_SEPARATOR))
            return tuple(part for part in parts if part)

        return NewPhrase(
            name=self.rows.text("name"),
            kind=self.rows.text("kind"),
            text=self.rows.text("text"),
            author=self.rows.text("by"),
            basis=several("basis"),
            matters=several("matters"),
            places=several("places"),
            verified=bool(self.rows.text("verified")),
            unchecked=bool(self.rows.text("unchecked")),
        )

    def _on_kept(self, phrase: Phrase) -> None:
        self._code = phrase.code
        self._desk.bus.publish(changes_of(phrase))
        self._say(f"已存为 {phrase.code}，写文书时按 Ctrl+J 取用。", "ok")

    def withdraw(self) -> None:
        """Take the phrase chosen back, for the reason typed."""
        phrases, code = self._desk.workstation.phrases, self._code
        by, reason = self.rows.text("by"), self.rows.text("reason")
        self._desk.tasks.write(
            lambda: phrases.withdraw(code, by, reason),
            owner=self,
            done=self._on_withdrawn,
            failed=self._refused,
        )

    def _on_withdrawn(self, phrase: Phrase) -> None:
        self.start()
        self._desk.bus.publish(changes_of(phrase))
        self._say(f"{phrase.code} 已撤下，已用过的文书不变；勾选“连同已撤下的”仍可看到。", "ok")

    def _refused(self, error: WorkstationError) -> None:
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _say(self, text: str, role: str) -> None:
        set_role(self.said, role)
        self.said.setText(text)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("phrase"):
            self.reload()


def _row(phrase: Phrase) -> tuple[str, ...]:
    gone = "（已撤下）" if phrase.withdrawn_on is not None else ""
    where = _SEPARATOR.join((*phrase.matters, *phrase.places)) or "各种文书"
    origin = _OWN if phrase.own else _SHIPPED
    return phrase.code, f"{phrase.name}{gone}", phrase.kind, origin, where


def _told(phrase: Phrase) -> str:
    return "".join((*_row(phrase), phrase.text, *phrase.basis))
