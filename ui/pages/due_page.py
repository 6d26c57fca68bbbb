"""What is due, across all open cases: the nearest day first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.office_overview import OfficeOverview, read_overview
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.widgets.text_labels import label
from workstation.operations.changes import Changes

_WIDTHS = (100, 90, 180, 80, 170, 300)


class DuePage(QWidget):
    """A table of running deadlines; Enter opens the case."""

    case_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.model = RecordTableModel(
            ("末日", "还有", "期限", "对谁", "案号", "案件", "依据"), self
        )
        self.table = QTableView()
        self.state = label("", "muted")
        self._build()
        desk.bus.changed.connect(self._on_changed)
        self.reload()

    def _build(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName("待办期限")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(34)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        table.activated.connect(lambda index: self.case_opened.emit(str(index.data(KEY_ROLE))))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(label("待办", "title"))
        layout.addWidget(self.state)
        layout.addWidget(table, 1)
        self.setFocusProxy(table)

    def reload(self) -> None:
        """Read the running deadlines again."""
        cases = self._desk.workstation.cases
        self._desk.tasks.read(
            lambda: read_overview(cases), owner=self, done=self._show, latest="due"
        )

    def _show(self, overview: OfficeOverview | None) -> None:
        if overview is None:
            return
        rows = [
            (
                item.last_day.isoformat(),
                f"余 {item.days_left} 日" if item.days_left >= 0 else f"已过 {-item.days_left} 日",
                item.name,
                item.holder,
                item.number,
                item.title,
                item.basis,
            )
            for item in overview.items
        ]
        self.model.show(rows, [item.case_id for item in overview.items])
        found = f"共 {len(rows)} 个正在走的期限，{overview.due} 个将到期或已过。回车打开案件。"
        self.state.setText(
            found if rows else "没有正在走的期限。立案后，各项期限会自动出现在这里。"
        )

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("case"):
            self.reload()
