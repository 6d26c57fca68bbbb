"""Lists by notice: preview, carry out, compare, take back."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QSplitter, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.pages.settings.notice_form import NoticeForm
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.domain.matter_changes import ListDifference
from workstation.domain.matter_notices import MatterNotice, standing_notices
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.matter_lists.operations import ListImport
from workstation.operations.matter_lists.planning import ListPlan

_WORKBOOK = "Excel 工作簿 (*.xlsx)"
_NOTICES = ("文号", "清单", "施行", "新增", "变更", "取消", "不变", "文件", "登记")
_CHANGES = ("变化", "编码", "名称", "项目", "原来", "现在")
_FAULTS = ("单元格", "所填内容", "问题", "改法", "工作表")
_AGREED = "撤回后，该通告带来的版本随之删除，被它终止的版本恢复。确定撤回吗？"


class NoticeSection(QWidget):
    """Above what was carried out, below what an import would do or how two notices differ."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._file: Path | None = None
        self._plan: ListPlan | None = None
        self.notices = RecordTableModel(_NOTICES)
        self.notice_table = record_table(
            self.notices, "已导入的通告", (210, 100, 100, 60, 60, 60, 60, 160)
        )
        self.rows = RecordTableModel(_CHANGES)
        self.row_table = record_table(self.rows, "变化或者错误", (80, 150, 240, 110, 220))
        self.faults = RecordTableModel(_FAULTS)
        self.fault_table = record_table(self.faults, "导入错误", (80, 160, 320, 360))
        self.form = NoticeForm()
        self.state = label("", "muted", wraps=True)
        self.first, self.second = QComboBox(), QComboBox()
        self.reason = QLineEdit()
        self._choose = button("选择清单文件…")
        self._template = button("导出模板…", flat=True)
        self.carry_out_button = button("导入", primary=True)
        self._export = button("导出错误…", flat=True)
        self._copy = button("复制", flat=True)
        self._compare = button("比较")
        self._back = button("撤回最后一次导入", flat=True)
        self._build()
        self._connect()
        self._show_plan(None)
        self.reload()

    def _build(self) -> None:
        for box, name in ((self.first, "比较的前一通告"), (self.second, "比较的后一通告")):
            box.setAccessibleName(name)
            box.setMinimumWidth(290)
        self.reason.setPlaceholderText("撤回的理由")
        self.reason.setAccessibleName("撤回的理由")
        self.reason.setMaximumWidth(220)
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 4)
        above.addWidget(self.notice_table, 1)
        above.addLayout(
            row_of(
                label("比较"), self.first, label("与"), self.second, self._compare, None,
                self.reason, self._back,
            )
        )  # fmt: skip
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 4, 0, 0)
        below.addLayout(row_of(self._choose, self._template, None))
        below.addWidget(self.form)
        below.addWidget(self.state)
        below.addWidget(self.row_table, 1)
        below.addWidget(self.fault_table, 1)
        below.addLayout(row_of(self._copy, self._export, None, self.carry_out_button))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(upper)
        splitter.addWidget(lower)
        splitter.setSizes([200, 480])
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            label(
                "清单按通告导入：先预览，有一处错误就一条都不导入；各版本保留，可以比较、可以撤回。",
                "muted",
                wraps=True,
            )
        )
        layout.addWidget(splitter, 1)
        self.setFocusProxy(self._choose)

    def _connect(self) -> None:
        self._choose.clicked.connect(self.choose_file)
        self._template.clicked.connect(self._on_template)
        self.form.changed.connect(self.preview)
        self.carry_out_button.clicked.connect(self.carry_out)
        self._export.clicked.connect(self.export_faults)
        self._copy.clicked.connect(self.copy)
        self._compare.clicked.connect(self.compare)
        self._back.clicked.connect(self.roll_back)
        copy = QShortcut(QKeySequence.StandardKey.Copy, self)
        copy.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copy.activated.connect(self.copy)
        self._desk.bus.changed.connect(self._on_changed)

    def reload(self) -> None:
        """Read the notices again."""
        lists = self._desk.workstation.matter_lists
        self._desk.tasks.read(lists.history, owner=self, done=self._show, latest="notices")

    def _show(self, history: tuple[MatterNotice, ...] | None) -> None:
        if history is None:
            return
        self.notices.show([_notice_row(notice) for notice in history])
        standing = standing_notices(history)
        for box in (self.first, self.second):
            box.clear()
            for notice in standing:
                box.addItem(f"{notice.number}（{notice.effective}）", notice.number)
        self.second.setCurrentIndex(self.second.count() - 1)
        self.first.setCurrentIndex(max(0, self.first.count() - 2))
        self._compare.setEnabled(len(standing) > 1)
        self._back.setEnabled(bool(standing))
        if not history and self._plan is None:
            self._say(
                "还没有导入过清单。先导出模板按格式整理，或者直接选择已有的清单文件。", "muted"
            )

    def choose_file(self) -> None:
        """Ask for a workbook and preview it."""
        chosen = self._desk.prompter.choose_file(self, "选择清单文件", Path.home(), _WORKBOOK)
        if chosen is not None:
            self._file = chosen
            self.form.reset()
            self.preview()

    def preview(self) -> None:
        """Show what the chosen workbook would do."""
        path, options = self._file, self.form.options()
        if path is None or options is None:
            return
        lists = self._desk.workstation.matter_lists
        self._say(f"正在读取“{path.name}”…", "muted")
        self._desk.tasks.long(
            lambda _progress, _stop: lists.preview(path, options),
            title=f"预览清单 {path.name}",
            owner=self,
            done=self._show_plan,
            failed=self._on_failed,
        )

    def _show_plan(self, plan: ListPlan | None) -> None:
        self._plan = plan
        faulty = plan is not None and not plan.sound
        self.fault_table.setVisible(faulty)
        self.row_table.setVisible(not faulty)
        self.form.setVisible(plan is not None)
        self._export.setVisible(faulty)
        self._copy.setVisible(plan is not None)
        self.carry_out_button.setVisible(plan is not None)
        self.carry_out_button.setEnabled(plan is not None and plan.sound)
        if plan is None:
            return
        notice = plan.read.notice
        self.form.show_found(notice)
        self.faults.show([(f.cell, f.value, f.message, f.fix, f.sheet) for f in plan.faults])
        self.rows.show(_difference_rows(plan.difference))
        self._say(*_summary(plan))

    def carry_out(self) -> None:
        """Import the workbook that was previewed."""
        path, options, by = self._file, self.form.options(), self.form.entered_by()
        if path is None or options is None or self._plan is None:
            return
        if not by:
            self._say("✕ 请先填写登记人。", "error")
            self.form.focus_entered_by()
            return
        lists = self._desk.workstation.matter_lists
        self.carry_out_button.setEnabled(False)
        self._say("正在导入…", "muted")
        self._desk.tasks.write(
            lambda: lists.carry_out(path, by, options),
            owner=self,
            done=self._on_imported,
            failed=self._on_failed,
            title=f"导入清单 {path.name}",
        )

    def _on_imported(self, outcome: ListImport) -> None:
        if not outcome.imported:
            self._show_plan(outcome.plan)
            return
        counts = outcome.plan.difference.counts
        self._file = None
        self._show_plan(None)
        self._say(
            f"已按“{outcome.plan.read.notice.number}”导入：新增 {counts['added']} 项、变更 "
            f"{counts['changed']} 项、取消 {counts['withdrawn']} 项。"
            "在办案件是否受影响，见“修法雷达”。",
            "ok",
        )
        self._desk.bus.publish(outcome.changes)

    def compare(self) -> None:
        """Show how the lists of the two chosen notices differ."""
        lists = self._desk.workstation.matter_lists
        first, second = str(self.first.currentData()), str(self.second.currentData())
        self._show_plan(None)
        self._say("正在比较…", "muted")
        self._desk.tasks.read(
            lambda: lists.compare(first, second),
            owner=self,
            done=self._show_difference,
            failed=self._on_failed,
            latest="compare",
        )

    def _show_difference(self, difference: ListDifference | None) -> None:
        if difference is None:
            return
        self.rows.show(_difference_rows(difference))
        counts = difference.counts
        before = counts["changed"] + counts["withdrawn"] + counts["unchanged"]
        after = counts["changed"] + counts["added"] + counts["unchanged"]
        self._copy.show()
        self._say(
            f"{self.first.currentData()} {before:,} 项 → "
            f"{self.second.currentData()} {after:,} 项："
            f"{_counted(difference)}。",
            "",
        )

    def roll_back(self) -> None:
        """Take the notice carried out last back."""
        number = str(self.second.itemData(self.second.count() - 1) or "")
        reason, by = self.reason.text().strip(), self.form.entered_by()
        if not reason:
            self._say("✕ 请先填写撤回的理由。", "error")
            self.reason.setFocus()
            return
        if not self._desk.prompter.confirm(self, f"撤回“{number}”", _AGREED, "撤回"):
            return
        lists = self._desk.workstation.matter_lists
        self._desk.tasks.write(
            lambda: lists.roll_back(number, by or "未填", reason),
            owner=self,
            done=self._on_rolled_back,
            failed=self._on_failed,
            title=f"撤回通告 {number}",
        )

    def _on_rolled_back(self, changes: Changes) -> None:
        self.reason.clear()
        self.rows.show(())
        self._say("已撤回，清单恢复到导入之前。", "ok")
        self._desk.bus.publish(changes)

    def copy(self) -> None:
        """Copy what the lower table shows, parted by tabs, for a spreadsheet or a message."""
        model = self.faults if self.fault_table.isVisible() else self.rows
        lines = [
            "\t".join(
                str(model.index(row, column).data()) for column in range(model.columnCount())
            )
            for row in range(model.rowCount())
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _on_template(self) -> None:
        self._save("导出清单模板", "清单模板.xlsx", self._desk.workstation.matter_lists.template)

    def export_faults(self) -> None:
        """Save the faults as a workbook to hand back."""
        faults, lists = (
            self._plan.faults if self._plan else (),
            self._desk.workstation.matter_lists,
        )
        self._save("导出错误", "导入错误.xlsx", lambda path: lists.export_faults(path, faults))

    def _save(self, title: str, name: str, write: Callable[[Path], Path]) -> None:
        target = self._desk.prompter.choose_target(self, title, Path.home() / name, _WORKBOOK)
        if target is None:
            return
        self._desk.tasks.read(
            lambda: write(target),
            owner=self,
            done=lambda path: self._say(f"已保存到 {path}", "ok"),
            failed=self._on_failed,
        )

    def _on_failed(self, error: WorkstationError) -> None:
        self.carry_out_button.setEnabled(self._plan is not None and self._plan.sound)
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _say(self, text: str, role: str) -> None:
        set_role(self.state, role)
        self.state.setText(text)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("matters"):
            self.reload()


def _notice_row(notice: MatterNotice) -> tuple[str, ...]:
    kind = "撤回" if notice.reverses else notice.list_kind or "—"
    return (
        notice.number,
        kind,
        notice.effective.isoformat(),
        *(str(n) for n in (notice.added, notice.changed, notice.withdrawn, notice.unchanged)),
        notice.file_name,
        f"{notice.entered_by} {notice.entered_at:%Y-%m-%d %H:%M}",
    )


def _counted(difference: ListDifference) -> str:
    counts = difference.counts
    return (
        f"新增 {counts['added']:,} 项、变更 {counts['changed']:,} 项、"
        f"取消 {counts['withdrawn']:,} 项、不变 {counts['unchanged']:,} 项"
    )


def _summary(plan: ListPlan) -> tuple[str, str]:
    warnings = f"　{len(plan.warnings)} 处提示：{plan.warnings[0]}" if plan.warnings else ""
    if not plan.sound:
        return (
            f"✕ {len(plan.faults)} 处错误，一条都不会导入。改正后重新选择文件。{warnings}",
            "error",
        )
    whole = "整单" if plan.read.notice.complete else "调整"
    said = f"可以导入（{whole}）：{_counted(plan.difference)}。"
    return said + warnings, "warn" if warnings else "ok"


def _difference_rows(difference: ListDifference) -> Sequence[tuple[str, ...]]:
    rows = [("变更", c.after.code, c.after.name, f.label, f.before, f.after)
            for c in difference.changed for f in c.fields]  # fmt: skip
    rows += [("新增", m.code, m.name, "", "", str(m.penalty)) for m in difference.added]
    rows += [("取消", m.code, m.name, "", str(m.penalty), "") for m in difference.withdrawn]
    return rows
