"""Delegations, grants to townships and the 柔性清单: what stands, since when, and new ones."""

from datetime import date

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QScrollArea, QSplitter, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.widgets.input_rows import InputRows
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.domain.dated_entries import DatedEntry, EntryKind
from workstation.errors import WorkstationError
from workstation.operations.authorities import ENTRY_FIELDS, NewEntry, content_from
from workstation.operations.changes import Changes

_TITLES = {
    EntryKind.DELEGATION: "委托执法（行政处罚法§20）",
    EntryKind.GRANT: "赋权乡镇、街道（行政处罚法§24）",
    EntryKind.LENIENCY: "柔性清单（行政处罚法§33）",
}
_NOTES = {
    EntryKind.DELEGATION: "受委托组织以委托机关的名义办案；委托书要载明事项、权限、期限并公布。",
    EntryKind.GRANT: "乡镇、街道在赋权清单内以自己的名义办案；赋权与委托不是一回事。",
    EntryKind.LENIENCY: "清单只细化第三十三条的条件，不能把应当处罚的行为整体免罚；"
    "清单以外仍可个案适用第三十三条。",
}
_HEADINGS = ("编号", "内容", "自", "至", "状态", "来源", "登记")
_WIDTHS = (170, 330, 100, 100, 80, 160)


class AuthoritySection(QWidget):
    """A table of entries above, the form of a new one below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._entries: tuple[DatedEntry, ...] = ()
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("种类")
        for kind, title in _TITLES.items():
            self.kinds.addItem(title, kind)
        self.note = label("", "muted", wraps=True)
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "已登记的委托、赋权和柔性清单", _WIDTHS)
        self.rows = InputRows()
        self.state = label("", "muted", wraps=True)
        self._form = QVBoxLayout()
        self._add = button("登记", primary=True)
        self._withdraw = button("撤回所选", flat=True)
        self._build()
        self._connect()
        self._on_kind()

    def _build(self) -> None:
        inner = QWidget()
        self._form = QVBoxLayout(inner)
        self._form.setContentsMargins(0, 0, 8, 0)
        self._form.addWidget(self.rows)
        self._form.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 4, 0, 0)
        below.addWidget(label("登记新的一项", "heading"))
        below.addWidget(area, 1)
        bar = row_of(self.state, self._withdraw, self._add)
        bar.setStretch(0, 1)
        below.addLayout(bar)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.table)
        splitter.addWidget(lower)
        splitter.setSizes([220, 440])
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row_of(self.kinds, None))
        layout.addWidget(self.note)
        layout.addWidget(splitter, 1)
        self.setFocusProxy(self.kinds)

    def _connect(self) -> None:
        self.kinds.currentIndexChanged.connect(self._on_kind)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self._add.clicked.connect(self.add)
        self._withdraw.clicked.connect(self.withdraw)
        self._desk.bus.changed.connect(self._on_changed)

    @property
    def kind(self) -> EntryKind:
        """The kind of entries that is shown."""
        # Qt hands an enumeration of words back as plain text.
        return EntryKind(self.kinds.currentData())

    def reload(self) -> None:
        """Read the entries of the chosen kind again."""
        kind, operations = self.kind, self._desk.workstation.authorities
        self._desk.tasks.read(
            lambda: operations.entries(kind), owner=self, done=self._show, latest="entries"
        )

    def _on_kind(self) -> None:
        self.note.setText(_NOTES[self.kind])
        old, self.rows = self.rows, InputRows()
        self._form.replaceWidget(old, self.rows)
        old.hide()
        old.deleteLater()
        self.rows.add_line("number", "编号（文号）", required=True)
        for entry in ENTRY_FIELDS[self.kind]:
            if entry.choices:
                choices = {"（未选）": ""} | {choice: choice for choice in entry.choices}
                self.rows.add_choice(entry.key, entry.label, choices, required=entry.required)
            elif entry.kind == "day":
                self.rows.add_day(entry.key, entry.label, required=entry.required)
            else:
                self.rows.add_line(entry.key, entry.label, required=entry.required)
        self.rows.add_day("valid_from", "自", required=True)
        self.rows.add_day("valid_to", "至", required=self.kind is EntryKind.DELEGATION)
        self.rows.add_line("source", "来源文件", required=True)
        self.rows.add_line("by", "登记人", required=True)
        self.rows.add_flag("verified", "已核对原文")
        self._say("", "muted")
        self.reload()

    def _show(self, entries: tuple[DatedEntry, ...] | None) -> None:
        if entries is None:
            return
        self._entries = entries
        today = date.today()
        self.model.show([_row(entry, today) for entry in entries])
        self._withdraw.setEnabled(False)
        if not entries and not self.state.text():
            self._say(f"还没有登记{self.kind.value}。填写下面各栏后按“登记”。", "muted")

    def add(self) -> None:
        """Make the entry that was typed."""
        new = self._typed()
        if new is None:
            return
        operations = self._desk.workstation.authorities
        self._desk.tasks.write(
            lambda: operations.add(new),
            owner=self,
            done=self._on_added,
            failed=self._on_failed,
            title=f"登记{self.kind.value}",
        )

    def _typed(self) -> NewEntry | None:
        first, last = self.rows.day("valid_from"), self.rows.day("valid_to")
        unread = [
            name
            for name, day in (("valid_from", first), ("valid_to", last))
            if self.rows.text(name) and day is None
        ]
        for name in ("valid_from", "valid_to"):
            message = "看不懂这个日期，请写作 2026-09-21" if name in unread else ""
            self.rows.show_error(name, message)
        if first is None and not unread:
            self.rows.show_error("valid_from", "还没有填写")
        if first is None or unread:
            self._say("✕ 起止日期没有填好，尚未登记。", "error")
            return None
        try:
            content = content_from(self.kind, self._texts())
        except WorkstationError as error:
            self._on_failed(error)
            return None
        return NewEntry(
            kind=self.kind,
            number=self.rows.text("number"),
            content=content,
            valid_from=first,
            valid_to=last,
            source=self.rows.text("source"),
            verified=bool(self.rows.text("verified")),
            entered_by=self.rows.text("by"),
        )

    def _texts(self) -> dict[str, str]:
        texts = {}
        for entry in ENTRY_FIELDS[self.kind]:
            day = self.rows.day(entry.key) if entry.kind == "day" else None
            texts[entry.key] = day.isoformat() if day else self.rows.text(entry.key)
        return texts

    def _on_added(self, changes: Changes) -> None:
        number = self.rows.text("number")
        self._on_kind()
        self._say(f"已登记“{number}”。", "ok")
        self._desk.bus.publish(changes)

    def withdraw(self) -> None:
        """Take the chosen entry back; what stands in the field of the source is the reason."""
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self._entries):
            return
        entry, operations = self._entries[row], self._desk.workstation.authorities
        reason, by = self.rows.text("source"), self.rows.text("by")
        if not reason or not by:
            self._say("✕ 撤回要在“来源文件”一栏写明理由，并填写登记人。", "error")
            self.rows.input("source").setFocus()
            return
        self._desk.tasks.write(
            lambda: operations.withdraw(entry.kind, entry.key, entry.valid_from, by, reason),
            owner=self,
            done=lambda changes: self._on_withdrawn(entry.key, changes),
            failed=self._on_failed,
            title=f"撤回{entry.kind.value}",
        )

    def _on_withdrawn(self, number: str, changes: Changes) -> None:
        self._say(f"已撤回“{number}”，历史中保留。", "ok")
        self._desk.bus.publish(changes)

    def _on_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._withdraw.setEnabled(current.isValid())

    def _on_failed(self, error: WorkstationError) -> None:
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _say(self, text: str, role: str) -> None:
        set_role(self.state, role)
        self.state.setText(text)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("authority"):
            self.reload()


def _row(entry: DatedEntry, today: date) -> tuple[str, ...]:
    said = []
    for field in ENTRY_FIELDS[entry.kind]:
        value = entry.content.get(field.key)
        if value not in (None, "", []):
            text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
            said.append(f"{field.label.split('（')[0]}：{text}")
    state = (
        "有效" if entry.holds_on(today) else "已届满" if entry.valid_from <= today else "未开始"
    )
    return (
        entry.key,
        "；".join(said),
        entry.valid_from.isoformat(),
        entry.valid_to.isoformat() if entry.valid_to else "—",
        state,
        entry.source + ("" if entry.verified else "（未核实）"),
        f"{entry.entered_by} {entry.entered_at:%Y-%m-%d}",
    )
