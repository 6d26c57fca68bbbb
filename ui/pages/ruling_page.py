"""Why decisions of the office fell (败诉原因): checks by how often they missed, and cases."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.widgets.record_table import record_table
from ui.widgets.span_filter import SpanFilter
from ui.widgets.text_labels import label
from workstation.operations.changes import Changes
from workstation.review.ruling_reasons import NOT_COVERED, MissedCheck, Ruling, RulingStatistics

_CHECKS = ("审核项", "内容", "败诉件数", "清单未发现", "清单已提示", "胜诉但被指出")
_CHECK_WIDTHS = (110, 420, 90, 100, 100)
_CASES = ("案号", "决定、裁判", "事由", "条文", "清单当时", "说明")
_CASE_WIDTHS = (230, 300, 90, 180, 90)
_UNEXPLAINED = "还没有登记原因"
_EMPTY = (
    "没有登记复议、诉讼的原因。收到复议决定、裁判后在案件的“办理 › 事项”登记，"
    "再到“评查 › 裁判”写明哪一审核项本应查出。"
)

Found = tuple[RulingStatistics, tuple[Ruling, ...]]


class RulingPage(QWidget):
    """Choose a check to see its cases; Enter opens a case."""

    case_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rulings: tuple[Ruling, ...] = ()
        self._items = {check.id: check.item for check in desk.workstation.reviews.checks}
        self.filter = SpanFilter(desk, "裁判日")
        self.checks = RecordTableModel(_CHECKS)
        self.table = record_table(self.checks, "漏查的审核项", _CHECK_WIDTHS)
        self.cases = RecordTableModel(_CASES)
        self.case_table = record_table(self.cases, "所选审核项的案件", _CASE_WIDTHS)
        self.state = label("", "muted", wraps=True)
        self._build()
        desk.bus.changed.connect(self._on_changed)

    def _build(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.case_table)
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(label("败诉原因", "title"))
        layout.addWidget(self.filter)
        layout.addWidget(self.state)
        layout.addWidget(split, 1)
        self.setFocusProxy(self.table)
        self.filter.changed.connect(self.reload)
        self.table.selectionModel().currentRowChanged.connect(self._show_cases)
        self.table.activated.connect(lambda _index: self.case_table.setFocus())
        self.case_table.activated.connect(self._on_activated)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def reload(self) -> None:
        """Count again."""
        reasons = self._desk.workstation.ruling_reasons
        wanted = (self.filter.first, self.filter.last, self.filter.matter)

        def read() -> Found:
            return reasons.statistics(*wanted), reasons.rulings(*wanted)

        self._desk.tasks.read(read, owner=self, done=self._show, latest="ruling reasons")

    def _show(self, found: Found | None) -> None:
        if found is None:
            return
        statistics, self._rulings = found
        rows = [self._row(missed) for missed in statistics.checks]
        keys = [missed.check or NOT_COVERED for missed in statistics.checks]
        if statistics.unexplained:
            count = str(len({ruling.case_id for ruling in statistics.unexplained}))
            rows.append((_UNEXPLAINED, "败诉、被变更而没有写明原因的裁判", count, "", "", ""))
            keys.append(_UNEXPLAINED)
        self.checks.show(rows, keys)
        self.state.setText(_told(statistics))
        self.cases.show([])
        if rows:
            self.table.selectRow(0)

    def _row(self, missed: MissedCheck) -> tuple[str, ...]:
        name = missed.check or NOT_COVERED
        counts = (len(missed.lost), missed.missed, len(missed.told), len(missed.noted))
        return name, self._items.get(missed.check, "63项中没有这一项"), *map(str, counts)

    def _show_cases(self) -> None:
        wanted = str(self.table.currentIndex().data(KEY_ROLE) or "")
        rows: list[tuple[str, ...]] = []
        keys: list[str] = []
        for ruling in self._rulings:
            number = ruling.case_number
            if wanted == _UNEXPLAINED and ruling.against and not ruling.reasons:
                rows.append((number, ruling.name, "", "", "", ruling.summary))
                keys.append(ruling.case_id)
            for reason in ruling.reasons:
                if (reason.check or NOT_COVERED) == wanted:
                    told = (reason.ground, reason.article, reason.said, reason.note)
                    rows.append((number, ruling.name, *told))
                    keys.append(ruling.case_id)
        self.cases.show(rows, keys)

    def _on_activated(self, index: QModelIndex) -> None:
        case_id = index.data(KEY_ROLE)
        if case_id:
            self.case_opened.emit(str(case_id))

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.touches("ruling") or changes.touches("case")):
            self.reload()


def _told(statistics: RulingStatistics) -> str:
    if not statistics.rulings:
        return _EMPTY
    few = f"不足{statistics.minimum}件，只供逐件看，不说明趋势。" if statistics.is_small else ""
    return (
        f"复议决定、裁判{statistics.rulings}份，败诉、被变更{statistics.lost}件。{few}"
        "按清单未发现的件数排列。回车看案件，再回车打开。"
    )
