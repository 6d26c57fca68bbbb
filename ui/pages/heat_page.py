"""Where the cases of the office go wrong (问题分布), and what its review newly found (新发现)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPainter, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHeaderView,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.desk import Desk
from ui.models.heat_table_model import FIRST_STEP, HeatTableModel
from ui.models.record_table_model import RecordTableModel
from ui.widgets.new_findings_pane import NewFindingsPane
from ui.widgets.record_table import ROW_HEIGHT, record_table
from ui.widgets.span_filter import SpanFilter
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.heat_maps import HeatFilter
from workstation.operations.review_runs import ReviewRun
from workstation.review.heat_maps import HeatMap, HeatSpot, PersonHeat, Trouble

if TYPE_CHECKING:
    from ui.tasks import Task

_CASES = ("案号", "类别", "审核项", "案件", "说明")
_CASE_WIDTHS = (230, 80, 80, 300)
_NOTHING = "所选范围内没有问题记录。"
_UNCHECKED = "还没有检查过，点“检查全局”（有变动的才重新检查，可以随时停下）。"
_BY_PERSON = "按承办人列出（本局参数开启，已留痕）：一案有两名承办人的，两人各计一次。"
_CHECK_WIDTH, _TOTAL_WIDTH, _STEP_WIDTH = 380, 56, 96


class _Shade(QStyledItemDelegate):
    """Lays the shade of a cell under it; the style sheet leaves the background role out."""

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        shade = index.data(Qt.ItemDataRole.BackgroundRole)
        if shade is not None:
            painter.fillRect(option.rect, shade)
        super().paint(painter, option, index)


class HeatPage(QWidget):
    """Arrow keys move from cell to cell, Enter goes to its cases, Enter again opens one."""

    check_opened = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._spots: tuple[HeatSpot, ...] = ()
        self._checking: Task | None = None
        self.filter = SpanFilter(desk, "立案日")
        self.troubles = {trouble: QCheckBox(trouble.value) for trouble in Trouble}
        self.run = button("检查全局")
        self.persons = button("按承办人")
        self.export = button("导出 .xlsx")
        items = {check.id: check.item for check in desk.workstation.reviews.checks}
        self.model = HeatTableModel(items)
        self.table = _heat_table(self.model)
        self.cases = RecordTableModel(_CASES)
        self.case_table = record_table(self.cases, "所选格的案件", _CASE_WIDTHS)
        self.findings = NewFindingsPane(desk)
        self.below = QTabWidget()
        self.state = label("", "muted", wraps=True)
        self._build()
        desk.bus.changed.connect(self._on_changed)

    def _build(self) -> None:
        self.below.setDocumentMode(True)
        self.below.tabBar().setAccessibleName("所选格的案件、新发现")
        self.below.addTab(self.case_table, "所选格的案件")
        self.below.addTab(self.findings, "新发现")
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.below)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        kinds = row_of(*self.troubles.values())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addLayout(
            row_of(label("问题分布", "title"), None, self.persons, self.run, self.export)
        )
        bar = row_of(self.filter)
        bar.addLayout(kinds)
        layout.addLayout(bar)
        layout.addWidget(self.state)
        layout.addWidget(split, 1)
        self.setFocusProxy(self.table)
        self.persons.hide()
        for box in self.troubles.values():
            box.setChecked(True)
            box.toggled.connect(self.reload)
        self.filter.changed.connect(self.reload)
        self.table.selectionModel().currentChanged.connect(self._show_cases)
        self.table.activated.connect(lambda _index: self._go_to_cases())
        self.case_table.activated.connect(self._on_activated)
        self.findings.check_opened.connect(self.check_opened)
        self.run.clicked.connect(self.check_office)
        self.persons.clicked.connect(self.show_persons)
        self.export.clicked.connect(self.write_workbook)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def wanted(self) -> HeatFilter:
        """Return what the filters say."""
        return HeatFilter(
            first=self.filter.first,
            last=self.filter.last,
            matter=self.filter.matter,
            troubles=tuple(t for t, box in self.troubles.items() if box.isChecked()),
        )

    def reload(self) -> None:
        """Count again from what is stored."""
        maps, wanted = self._desk.workstation.heat_maps, self.wanted()
        self._desk.tasks.read(
            lambda: (maps.of_office(wanted), maps.tells_persons),
            owner=self,
            done=self._show,
            latest="heat map",
        )

    def _show(self, found: tuple[HeatMap, bool] | None) -> None:
        if found is None:
            return
        heat, tells_persons = found
        self.persons.setVisible(tells_persons)
        self.model.show(heat, self._desk.workstation.heat_maps.step_names())
        self.table.setColumnWidth(0, _CHECK_WIDTH)
        self.table.setColumnWidth(1, _TOTAL_WIDTH)
        for column in range(FIRST_STEP, self.model.columnCount()):
            self.table.setColumnWidth(column, _STEP_WIDTH)
        self._say(_told(heat))
        self._show_spots(())
        if heat.checks:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _show_cases(self, index: QModelIndex) -> None:
        self._show_spots(self.model.spots(index))

    def _show_spots(self, spots: tuple[HeatSpot, ...]) -> None:
        self._spots = spots
        self.cases.show([(s.number, s.trouble.value, s.check, s.title, s.message) for s in spots])

    def _go_to_cases(self) -> None:
        if self._spots:
            self.below.setCurrentWidget(self.case_table)
            self.case_table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.case_table.selectRow(0)

    def _on_activated(self, index: QModelIndex) -> None:
        if index.row() < len(self._spots):
            spot = self._spots[index.row()]
            self.check_opened.emit(spot.case_id, spot.check)

    def show_persons(self) -> None:
        """List the officers and what happened in their cases; only where it is switched on."""
        maps, wanted = self._desk.workstation.heat_maps, self.wanted()
        self._desk.tasks.read(
            lambda: maps.by_person(wanted),
            owner=self,
            done=self._show_persons,
            failed=self._on_failed,
            latest="heat map",
        )

    def _show_persons(self, found: tuple[PersonHeat, ...] | None) -> None:
        self._spots = ()
        self.cases.show(
            [(line.person, f"{line.cases}件", "", "", _counts(line)) for line in found or ()]
        )
        self._say(_BY_PERSON, "warn")

    def check_office(self) -> None:
        """Check every case that changed, in the background; again to stop."""
        if self._checking is not None:
            self._checking.stop.set()
            return
        self._checking = self._desk.tasks.long(
            self._desk.workstation.review_runs.run,
            title="检查全局案件",
            owner=self,
            done=self._on_checked,
            failed=self._on_run_failed,
        )
        self.run.setText("停下")

    def _on_checked(self, found: ReviewRun | None) -> None:
        self._end_run()
        self.reload()
        self.findings.reload()
        self.below.setCurrentWidget(self.findings)
        if found is None:
            self._say("已停下；检查过的已保存，下次接着检查。")

    def write_workbook(self) -> None:
        """Write the heat map as a workbook where the user says."""
        workstation, wanted = self._desk.workstation, self.wanted()
        start = workstation.home.output / "问题分布.xlsx"
        path = self._desk.prompter.choose_target(self, "导出问题分布", start, "工作簿 (*.xlsx)")
        if path is not None:
            self._desk.tasks.read(
                lambda: workstation.heat_maps.export(path, wanted),
                owner=self,
                done=lambda written: self._say(f"已导出 {written}"),
                failed=self._on_failed,
            )

    def _on_run_failed(self, error: WorkstationError) -> None:
        self._end_run()
        self._on_failed(error)

    def _end_run(self) -> None:
        self._checking = None
        self.run.setText("检查全局")

    def _on_failed(self, error: WorkstationError) -> None:
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _say(self, text: str, role: str = "muted") -> None:
        set_role(self.state, role)
        self.state.setText(text)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and any(map(changes.touches, ("ruling", "parameter"))):
            self.reload()


def _heat_table(model: HeatTableModel) -> QTableView:
    table = record_table(model, "问题分布：行是审核项，列是步骤", (_CHECK_WIDTH,))
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
    table.setShowGrid(True)
    table.setItemDelegate(_Shade(table))
    table.horizontalHeader().setStretchLastSection(False)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    return table


def _counts(line: PersonHeat) -> str:
    return "，".join(f"{kind.value}{count}件" for kind, count in line.counts.items())


def _told(heat: HeatMap) -> str:
    rest = f"{heat.unchecked}件在办案件{_UNCHECKED}" if heat.unchecked else ""
    head = f"{heat.cases}件案件，{heat.checked}件已检查。"
    if not heat.cases:
        return "所选范围内没有案件。"
    if not heat.checks:
        return f"{head}{rest or _NOTHING}"
    return f"{head}{rest}每格是有问题的案件数，颜色越深越多；回车看案件，再回车打开。"
