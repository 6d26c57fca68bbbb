"""The due board: the open deadlines of all cases by day, how each was counted, what blocks."""

from datetime import date

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.due_table_model import DueQuestion, DueTableModel
from ui.models.office_overview import BLOCKS_READ, BlockedStep, OfficeOverview, read_overview
from ui.models.record_table_model import RecordTableModel
from ui.widgets.due_derivation import DueDerivation
from ui.widgets.group_chips import GroupChips
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of
from ui.window_memory import WindowMemory
from workstation.domain.people import Office
from workstation.operations.changes import Changes
from workstation.operations.due_board import DueFilter, DueGroup

ALL, BLOCKED = "all", "blocked"
_MINE = "due_officer"
_TYPING_DELAY = 150
_WIDTHS = (150, 96, 220, 84, 200, 300, 130)
_BLOCK_WIDTHS = (90, 330, 330, 170, 180)
_KINDS = ("case", "deadlines", "parameter", "holidays")


class DuePage(QWidget):
    """Chips choose the group, Enter opens the case at the step, Space shows the derivation."""

    case_opened = Signal(str)
    step_opened = Signal(str, int)
    citation_activated = Signal(str, object)
    recompute_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._memory = WindowMemory(desk.workstation.home)
        self._blocked: tuple[BlockedStep, ...] = ()
        self.model = DueTableModel(desk.workstation.due, desk.tasks)
        self.table = record_table(self.model, "待办期限", _WIDTHS)
        self.blocks = RecordTableModel(("步骤", "阻断", "怎么办", "依据", "案号", "案件"))
        self.block_table = record_table(self.blocks, "阻断", _BLOCK_WIDTHS)
        titles = {ALL: "全部", **{g.name: g.value for g in DueGroup}, BLOCKED: "阻断"}
        self.chips = GroupChips(titles, "按末日分组")
        self.officer, self.holder, self.rule = QComboBox(), QComboBox(), QComboBox()
        self.words = QLineEdit()
        self.state = label("", "muted", wraps=True)
        self.derivation = DueDerivation(desk)
        self.recompute = button("重新计算期限")
        self._stack = QStackedWidget()
        self._delay = QTimer(self, singleShot=True, interval=_TYPING_DELAY)
        self._build()
        self._fill_filters()
        self._connect()
        self._read_people()
        self.reload()
        self._read_blocks()

    def _build(self) -> None:
        self.words.setPlaceholderText("案号、名称、当事人（Ctrl+F）")
        self.words.setClearButtonEnabled(True)
        for widget, name in (
            (self.officer, "谁的案件"),
            (self.holder, "期限约束谁"),
            (self.rule, "哪一种期限"),
            (self.words, "按案号、名称、当事人筛选待办"),
        ):
            widget.setAccessibleName(name)
        self.rule.setMaximumWidth(260)
        self.words.setMinimumWidth(220)
        self.recompute.setToolTip("改了参数、节假日或者程序之后使用；进度在窗口底部，可以取消")
        boards = QSplitter(Qt.Orientation.Vertical)
        boards.addWidget(self.table)
        boards.addWidget(self.derivation)
        boards.setStretchFactor(0, 1)
        boards.setChildrenCollapsible(False)
        self.derivation.hide()
        self._stack.addWidget(boards)
        self._stack.addWidget(self.block_table)
        filters = row_of(self.officer, self.holder, self.rule, self.words)
        filters.setStretch(3, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addLayout(row_of(label("待办", "title"), None, self.recompute))
        layout.addWidget(self.chips)
        layout.addLayout(filters)
        layout.addWidget(self.state)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)

    def _fill_filters(self) -> None:
        self.officer.addItem("全局的案件", "")
        rules = self._desk.workstation.office.rules.deadlines
        found = [rules.rule(code) for code in rules.codes]
        self.holder.addItem("不论约束谁", "")
        for holder in dict.fromkeys(rule.holder for rule in found):
            self.holder.addItem(f"约束{holder}的", holder)
        self.rule.addItem("各种期限", "")
        for rule in found:
            self.rule.addItem(f"{rule.code}　{rule.name}", rule.code)

    def _connect(self) -> None:
        self._desk.bus.changed.connect(self._on_changed)
        self.chips.chosen.connect(self._on_group_chosen)
        self.officer.currentIndexChanged.connect(self._on_officer_chosen)
        self.holder.currentIndexChanged.connect(self.reload)
        self.rule.currentIndexChanged.connect(self.reload)
        self.words.textChanged.connect(self._delay.start)
        self.words.returnPressed.connect(self.table.setFocus)
        self._delay.timeout.connect(self.reload)
        self.recompute.clicked.connect(self.recompute_wanted)
        self.model.modelReset.connect(self._on_listed)
        self.table.activated.connect(self._on_activated)
        self.block_table.activated.connect(self._on_block_activated)
        self.table.selectionModel().currentChanged.connect(self._on_current_changed)
        self.derivation.citation_activated.connect(self.citation_activated)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.words.setFocus)
        space = QShortcut(QKeySequence("Space"), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._toggle_derivation)

    def choose(self, group: str) -> None:
        """Show a group by its key (``BLOCKED``, ``ALL`` or the name of a group)."""
        self.chips.choose(group)

    def reload(self) -> None:
        """Read the rows of the chosen group and the counts of all again."""
        wanted, today = self._wanted(), date.today()
        due = self._desk.workstation.due
        key = self.chips.key()
        group = DueGroup[key] if key in DueGroup.__members__ else None
        self.model.show(DueQuestion(wanted=wanted, group=group, today=today))
        self._desk.tasks.read(
            lambda: due.counts(wanted, today), owner=self, done=self._on_counted, latest="counts"
        )

    def _read_blocks(self) -> None:
        workstation = self._desk.workstation
        self._desk.tasks.read(
            lambda: read_overview(workstation),
            owner=self,
            done=self._on_blocks_read,
            latest="blocks",
        )

    def _wanted(self) -> DueFilter:
        return DueFilter(
            officer=str(self.officer.currentData() or ""),
            holder=str(self.holder.currentData() or ""),
            code=str(self.rule.currentData() or ""),
            text=self.words.text().strip(),
        )

    def _read_people(self) -> None:
        office = self._desk.workstation.office

        def read() -> Office | None:
            return office.office() if office.exists() else None

        self._desk.tasks.read(read, owner=self, done=self._on_people_read, latest="people")

    def _on_people_read(self, office: Office | None) -> None:
        kept = self._memory.text(_MINE)
        with QSignalBlocker(self.officer):
            while self.officer.count() > 1:
                self.officer.removeItem(1)
            for person in office.people if office else ():
                self.officer.addItem(f"{person.name}的案件", person.name)
            self.officer.setCurrentIndex(max(self.officer.findData(kept), 0))
        if self.officer.currentIndex() > 0:
            self.reload()

    def _on_officer_chosen(self) -> None:
        self._memory.keep(_MINE, str(self.officer.currentData() or ""))
        self.reload()

    def _on_group_chosen(self, key: str) -> None:
        blocked = key == BLOCKED
        self._stack.setCurrentIndex(1 if blocked else 0)
        for widget in (self.officer, self.holder, self.rule, self.words):
            widget.setEnabled(not blocked)
        if blocked:
            self._say_blocked()
        else:
            self.reload()

    def _on_counted(self, counts: dict[DueGroup, int] | None) -> None:
        if counts is not None:
            by_key = {group.name: count for group, count in counts.items()}
            self.chips.show_counts({ALL: sum(counts.values()), **by_key})

    def _on_listed(self) -> None:
        if self.chips.key() == BLOCKED:
            return
        if self.model.rowCount():
            self.state.setText("回车打开案件的该步骤，空格查看逐日推算。")
            self.table.setCurrentIndex(self.model.index(0, 0))
        elif self._wanted() != DueFilter() or self.chips.key() != ALL:
            self.state.setText("这一组没有符合条件的期限。换一组，或者放宽上面的筛选。")
        else:
            self.state.setText("没有正在走的期限。登记案源或者立案后，各项期限自动出现在这里。")
        if self.derivation.isVisible():
            self._show_derivation()

    def _on_blocks_read(self, overview: OfficeOverview | None) -> None:
        if overview is None:
            return
        self._blocked = overview.blocked
        self.blocks.show(
            [
                (
                    f"第{b.step}步",
                    b.block.message,
                    b.block.hint,
                    b.block.basis,
                    b.number,
                    b.title,
                )
                for b in overview.blocked
            ]
        )
        self.chips.show_counts({BLOCKED: overview.blocked_cases})
        if self.chips.key() == BLOCKED:
            self._say_blocked()

    def _say_blocked(self) -> None:
        found = "回车打开案件的该步骤。" if self._blocked else "没有阻断的步骤。"
        self.state.setText(f"最近办理的 {BLOCKS_READ} 件案件中轮到而不能办理的步骤。{found}")

    def _on_activated(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if row is not None:
            self.step_opened.emit(row.deadline.case_id, row.deadline.step)

    def _on_block_activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._blocked):
            blocked = self._blocked[index.row()]
            self.step_opened.emit(blocked.case_id, blocked.step)

    def _on_current_changed(self) -> None:
        if self.derivation.isVisible():
            self._show_derivation()

    def show_derivation(self) -> None:
        """Show how the chosen deadline was counted, and every one chosen from now on."""
        self.derivation.show()
        self._show_derivation()

    def _toggle_derivation(self) -> None:
        if self.derivation.isVisible():
            self.derivation.hide()
        else:
            self.show_derivation()

    def _show_derivation(self) -> None:
        self.derivation.show_row(self.model.row(self.table.currentIndex().row()))

    def _on_changed(self, changes: Changes) -> None:
        if any(changes.touches(kind) for kind in _KINDS):
            self.reload()
            self._read_blocks()
        if changes.touches("office"):
            self._read_people()
