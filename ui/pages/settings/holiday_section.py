"""The section on holidays: the years that are known, and taking a new notice in."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSplitter, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.domain.dated_entries import DatedEntry
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.holidays import NOTICE_FILES, NoticePreview, YearView

_YEARS = ("年份", "通知", "文号", "成文日期", "放假", "上班", "来源")
_YEAR_WIDTHS = (60, 330, 190, 100, 60, 60)
_DAYS = ("日期", "安排", "现在是", "变动")
_ENTRIES = ("登记时间", "登记人", "成文日期", "经过", "来源")
_INTRODUCTION = (
    "按工作日计算的期限依国务院办公厅每年的节假日安排通知推算；没有通知的年份，程序拒绝计算。"
    "新的通知一般在十一月前后发布：把全文存成文件（.txt、.docx 等），在这里导入。"
)


class HolidaySection(QWidget):
    """Nothing is taken in before its days and doubts were shown."""

    shown = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._preview: NoticePreview | None = None
        self.years = RecordTableModel(_YEARS)
        self.days = RecordTableModel(_DAYS)
        self.history = RecordTableModel(_ENTRIES)
        self.table = record_table(self.years, "已有的节假日通知", _YEAR_WIDTHS)
        self._days_table = record_table(self.days, "通知中的各日", (100, 140, 130))
        self._history_table = record_table(self.history, "本局导入的历史", (130, 80, 100, 60))
        self.notice = label("", "heading", wraps=True)
        self.warnings = label("", "warn", wraps=True)
        self.by = QLineEdit()
        self.verified = QCheckBox("已核对原文")
        self.take = button("收入通知", primary=True)
        self._drop = button("放弃", flat=True)
        self._open = button("导入通知…")
        self.state = label("", "muted", wraps=True)
        self._below = QWidget()
        self._own = QWidget()
        self._entries: tuple[DatedEntry, ...] = ()
        self.reason = QLineEdit()
        self.withdrawer = QLineEdit()
        self.withdraw = button("撤回所选通知")
        self._build()
        self._open.clicked.connect(self.choose_file)
        self.take.clicked.connect(self.take_in)
        self._drop.clicked.connect(self._forget)
        self.by.textChanged.connect(self._allow)
        self.withdraw.clicked.connect(self.withdraw_chosen)
        desk.bus.changed.connect(self._on_changed)
        self.reload()

    def _build(self) -> None:
        self.by.setPlaceholderText("登记人姓名")
        self.by.setAccessibleName("登记人")
        self.by.setFixedWidth(140)
        below = QVBoxLayout(self._below)
        below.setContentsMargins(8, 0, 0, 0)
        below.addWidget(self.notice)
        below.addWidget(self.warnings)
        below.addWidget(self._days_table, 1)
        below.addLayout(
            row_of(label("登记人"), self.by, self.verified, None, self._drop, self.take)
        )
        self._build_history()
        above = QWidget()
        layout = QVBoxLayout(above)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 2)
        layout.addWidget(self._own, 1)
        splitter = QSplitter()
        splitter.addWidget(above)
        splitter.addWidget(self._below)
        splitter.setSizes([640, 500])
        splitter.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(label(_INTRODUCTION, "muted", wraps=True))
        outer.addLayout(row_of(self._open, self.state, None))
        outer.addWidget(splitter, 1)
        self._below.hide()
        self._own.hide()
        self.setFocusProxy(self._open)

    def _build_history(self) -> None:
        self.reason.setPlaceholderText("撤回的理由")
        self.reason.setAccessibleName("撤回的理由")
        self.withdrawer.setPlaceholderText("登记人姓名")
        self.withdrawer.setAccessibleName("撤回的登记人")
        self.withdrawer.setFixedWidth(120)
        layout = QVBoxLayout(self._own)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label("本局导入的历史", "heading"))
        layout.addWidget(self._history_table, 1)
        layout.addLayout(row_of(self.reason, self.withdrawer, self.withdraw))

    def reload(self) -> None:
        """Read the years that are known again."""
        self._desk.tasks.read(
            self._desk.workstation.holidays.years, owner=self, done=self._show, latest="years"
        )

    def choose_file(self) -> None:
        """Ask for the file of a notice and show what it says."""
        kinds = f"节假日通知 ({NOTICE_FILES})"
        path = self._desk.prompter.choose_file(self, "导入节假日通知", Path.home(), kinds)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """Show what a file says, without taking anything in."""
        self._say(f"正在读取 {path.name} …")
        holidays = self._desk.workstation.holidays
        self._desk.tasks.read(
            lambda: holidays.preview(path),
            owner=self,
            done=self._show_preview,
            failed=self._failed,
        )

    def take_in(self) -> None:
        """Take the notice in that is shown; the deadlines of all cases are counted again."""
        preview, by, verified = self._preview, self.by.text(), self.verified.isChecked()
        if preview is None:
            return
        holidays = self._desk.workstation.holidays
        self._desk.tasks.write(
            lambda: holidays.take_in(preview, by, verified=verified),
            owner=self,
            done=self._taken_in,
            failed=self._failed,
            title="收入节假日通知",
        )

    def withdraw_chosen(self) -> None:
        """Take back the notice of the chosen line of the history."""
        row = self._history_table.currentIndex().row()
        if not 0 <= row < len(self._entries):
            self._say("请先在历史中选中要撤回的一行。")
            return
        entry = self._entries[row]
        by, reason = self.withdrawer.text(), self.reason.text()
        holidays = self._desk.workstation.holidays
        self._desk.tasks.write(
            lambda: holidays.withdraw(int(entry.key), entry.valid_from, by, reason),
            owner=self,
            done=self._taken_in,
            failed=self._failed,
            title="撤回节假日通知",
        )

    def _taken_in(self, changes: Changes) -> None:
        self._forget()
        self._say("已登记。各案的期限正在重新计算…")
        self._desk.bus.publish(changes)
        due = self._desk.workstation.due
        self._desk.tasks.long(
            due.recompute_all, title="重新计算各案期限", owner=self, done=self._recomputed
        )

    def _recomputed(self, changes: Changes | None) -> None:
        if changes is None:
            self._say("重新计算已停止；已算过的案件用新的安排。")
            return
        self._say("已登记，各案的期限已按新的安排重新计算。")
        self._desk.bus.publish(changes)

    def _show(self, years: tuple[YearView, ...] | None) -> None:
        if years is None:
            return
        self.years.show([row for view in years for row in _year_rows(view)])
        self._entries = tuple(e for view in years for e in reversed(view.entries))
        self.history.show([_entry_row(e) for e in self._entries])
        self._own.setVisible(bool(self._entries))
        self.shown.emit()

    def _show_preview(self, preview: NoticePreview | None) -> None:
        if preview is None:
            return
        self._preview = preview
        content = preview.content
        self.notice.setText(f"{content.title}（{content.number}），{content.published}")
        doubts = "\n".join(f"⚠ {warning}" for warning in preview.warnings)
        self.warnings.setText(doubts or "没有发现可疑之处，仍请与原文核对。")
        self.days.show(
            [
                (
                    day.day.isoformat(),
                    day.as_json()["what"],
                    day.now.value,
                    "有变动" if day.is_new else "",
                )
                for day in preview.days
            ]
        )
        self._below.show()
        self._say("核对右边的各日后，填写登记人，再收入。")
        self._allow()

    def _forget(self) -> None:
        self._preview = None
        self._below.hide()
        self._say("")

    def _allow(self) -> None:
        self.take.setEnabled(self._preview is not None and bool(self.by.text().strip()))

    def _say(self, text: str) -> None:
        set_role(self.state, "muted")
        self.state.setText(text)

    def _failed(self, error: WorkstationError) -> None:
        set_role(self.state, "error")
        self.state.setText(f"{error.message}{error.hint}")

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("holidays"):
            self.reload()


def _year_rows(view: YearView) -> list[tuple[str, ...]]:
    year = view.year
    counts = (f"{len(year.holidays)}天", f"{len(year.make_up)}天")
    return [
        (
            str(year.year) if n == 0 else "",
            notice.title,
            notice.number,
            notice.published.isoformat() if notice.published else "",
            *(counts if n == 0 else ("", "")),
            ("本局导入" if notice.own else "程序自带") + ("" if notice.verified else "，未核实"),
        )
        for n, notice in enumerate(view.notices)
    ]


def _entry_row(entry: DatedEntry) -> tuple[str, ...]:
    return (
        f"{entry.entered_at:%Y-%m-%d %H:%M}",
        entry.entered_by,
        entry.valid_from.isoformat(),
        "撤回" if entry.withdrawn else "收入",
        entry.source,
    )
