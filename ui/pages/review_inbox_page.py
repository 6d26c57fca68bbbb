"""The reviewer's inbox (F4): the cases under review, whose turn it is, the most urgent first."""

from datetime import date

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.widgets.group_chips import GroupChips
from ui.widgets.list_keys import move_with_letters
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import label
from workstation.operations.changes import Changes
from workstation.operations.review_inbox import InboxGroup, InboxRow

_HEADINGS = (
    "期限",
    "案号",
    "当事人",
    "权力事项",
    "轮次",
    "状态",
    "送审",
    "任务",
    "不符合",
    "说明",
)
_WIDTHS = (196, 204, 180, 150, 124, 100, 184, 52, 64)
_ALL, _LATE = "all", "late"
_EMPTY = (
    "没有案件在审核中。承办机构在案件的“办理”中送审（第8步），或者用命令 review submit，"
    "案件就列在这里。"
)
_NONE_HERE = "这一类没有案件。"


class ReviewInboxPage(QWidget):
    """J, K or the arrows move, Enter opens the case at its list of checks."""

    check_opened = Signal(str, str)
    citation_activated = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: tuple[InboxRow, ...] = ()
        titles = {_ALL: "全部", _LATE: "逾期", **{g.name: g.value for g in InboxGroup}}
        self.chips = GroupChips(titles, "收件箱分类")
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "法制审核收件箱", _WIDTHS)
        self.state = label("", "muted", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(label("法制审核收件箱", "title"))
        layout.addWidget(self.chips)
        layout.addWidget(self.state)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self.chips.chosen.connect(self._fill)
        self.table.activated.connect(self._on_activated)
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)
        move_with_letters(self.table, self.step_by)
        desk.bus.changed.connect(self._on_changed)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def reload(self) -> None:
        """Read the inbox again."""
        inbox = self._desk.workstation.review_inbox
        self._desk.tasks.read(inbox.rows, owner=self, done=self._show, latest="review inbox")

    def _show(self, rows: tuple[InboxRow, ...] | None) -> None:
        if rows is None:
            return
        self._rows = rows
        counts = {g.name: sum(row.group is g for row in rows) for g in InboxGroup}
        late = sum(_is_late(row) for row in rows)
        self.chips.show_counts({_ALL: len(rows), _LATE: late, **counts})
        self._fill()

    def _wanted(self) -> list[InboxRow]:
        key = self.chips.key()
        if key == _LATE:
            return [row for row in self._rows if _is_late(row)]
        return [row for row in self._rows if key in {_ALL, row.group.name}]

    def _fill(self) -> None:
        kept = str(self.table.currentIndex().data(KEY_ROLE) or "")
        rows, today = self._wanted(), date.today()
        ids = [row.case_id for row in rows]
        self.model.show([_texts(row, today) for row in rows], ids)
        self.state.setText("" if rows else _NONE_HERE if self._rows else _EMPTY)
        if rows:
            self.table.selectRow(ids.index(kept) if kept in ids else 0)

    def step_by(self, by: int) -> None:
        """Choose the next case (1) or the one before (-1)."""
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.table.selectRow(row)

    def _on_chosen(self, index: QModelIndex) -> None:
        rows = self._wanted()
        if 0 <= index.row() < len(rows):
            row = rows[index.row()]
            told = [row.basis and f"期限依据：{row.basis}", row.why]
            self.state.setText("　".join(part for part in told if part) or "回车打开审核台。")

    def _on_activated(self, index: QModelIndex) -> None:
        case_id = index.data(KEY_ROLE)
        if case_id:
            self.check_opened.emit(str(case_id), "")

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.touches("case") or changes.touches("deadlines")):
            self.reload()


def _is_late(row: InboxRow) -> bool:
    return row.due is not None and row.due < date.today()


def _texts(row: InboxRow, today: date) -> tuple[str, ...]:
    left = row.days_left(today)
    if row.due is None or left is None:
        due = "—"
    else:
        due = f"{row.due.isoformat()}　" + (f"逾期{-left}日" if left < 0 else f"余{left}日")
    by = f"{row.submitted_at:%Y-%m-%d %H:%M}　{row.submitted_by}"
    tasks = str(row.open_tasks) if row.open_tasks else ""
    failed = "未检查" if row.failed is None else str(row.failed)
    name = f"第{row.round}轮 {row.stage}"
    told = row.why or (f"审核人员 {row.reviewer}" if row.reviewer else "")
    head = (due, row.number, row.party, row.matter, name)
    return *head, row.group.value, by, tasks, failed, told
