"""All cases in one fast list with a filter."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.desk import Desk
from ui.models.case_table_model import ID_ROLE, CaseTableModel
from ui.widgets.text_labels import button, label, row_of
from workstation.operations.changes import Changes

_FILTER_DELAY = 120
_WIDTHS = (215, 0, 210, 120, 130, 110, 230)
_TITLE_COLUMN = 1
_ROW_HEIGHT = 36


class CaseListPage(QWidget):
    """Filter box over the list; Enter opens a case."""

    case_opened = Signal(str)
    new_requested = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        names = {step.n: step.name for step in desk.workstation.office.rules.steps}
        self.model = CaseTableModel(desk.workstation.cases, desk.tasks, names, self)
        self.filter_box = QLineEdit()
        self.filter_box.setPlaceholderText("按案号、名称、当事人筛选（Ctrl+F）")
        self.filter_box.setAccessibleName("筛选案件")
        self.filter_box.setClearButtonEnabled(True)
        self.table = _CaseTable()
        self.table.setModel(self.model)
        self._count = label("", "muted")
        self._stack = QStackedWidget()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_FILTER_DELAY)
        self._build_layout()
        self._connect()
        self.setFocusProxy(self.table)
        self.refresh()

    def _build_layout(self) -> None:
        self._new = button("新建案件", primary=True)
        self._new.setToolTip("Ctrl+N")
        self.filter_box.setFixedWidth(360)
        self._style_table()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._build_empty())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(row_of(label("案件", "title"), self._count, None))
        layout.addLayout(row_of(self.filter_box, None, self._new))
        layout.addWidget(self._stack, 1)

    def _build_empty(self) -> QWidget:
        empty = QWidget()
        self._empty_text = label("", "heading")
        self._empty_hint = label("", "muted")
        layout = QVBoxLayout(empty)
        layout.addStretch(1)
        for widget in (self._empty_text, self._empty_hint):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        return empty

    def _style_table(self) -> None:
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(_WIDTHS):
            if column == _TITLE_COLUMN:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                header.resizeSection(column, width)

    def _connect(self) -> None:
        self.filter_box.textChanged.connect(self._delay.start)
        self.filter_box.returnPressed.connect(self.table.setFocus)
        self._delay.timeout.connect(self.refresh)
        self._new.clicked.connect(self.new_requested)
        self.table.opened.connect(self._on_opened)
        self.model.modelReset.connect(self._on_reset)
        self._desk.bus.changed.connect(self._on_changed)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.filter_box.setFocus)

    def refresh(self) -> None:
        """Read the list again."""
        text = self.filter_box.text().strip()
        self.model.show(text)
        cases = self._desk.workstation.cases
        self._desk.tasks.read(
            lambda: cases.count(text), owner=self, done=self._on_counted, latest="count"
        )

    def _on_counted(self, count: int) -> None:
        self._count.setText(f"{count}件")

    def _on_reset(self) -> None:
        empty = self.model.rowCount() == 0
        filtered = bool(self.filter_box.text().strip())
        self._empty_text.setText("没有符合条件的案件" if filtered else "还没有案件")
        self._empty_hint.setText(
            "换用案号、当事人名称的一部分，或清空筛选框。"
            if filtered
            else "按 Ctrl+N 登记案源、新建第一个案件。"
        )
        self._stack.setCurrentIndex(1 if empty else 0)
        if not empty and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("case") or changes.touches("deadlines"):
            self.refresh()

    def _on_opened(self, index: QModelIndex) -> None:
        case_id = index.data(ID_ROLE)
        if case_id:
            self.case_opened.emit(case_id)


class _CaseTable(QTableView):
    """Rows only: Enter and double click open."""

    opened = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("案件列表")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.doubleClicked.connect(self.opened)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
