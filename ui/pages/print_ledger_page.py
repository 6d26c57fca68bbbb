"""The ledger of printing (打印台账): who printed what when, and whether the sheets still stand."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import label, row_of, set_role
from workstation.operations.changes import Changes
from workstation.operations.print_ledgers import HEADINGS, PrintedLine

_WIDTHS = (140, 80, 230, 240, 56, 90, 130)
_SHOWN = 500
_KINDS = ("printing", "draft", "case")
_EMPTY = (
    "还没有打印过文书。打开案件，在“文书”页按 Ctrl+P 打印一份，"
    "或者在“打印”页打印整案；每次打印都列在这里。"
)


class PrintLedgerPage(QWidget):
    """The newest rows first; Enter opens the case of a row."""

    case_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read = False
        self._lines: tuple[PrintedLine, ...] = ()
        self._listed: tuple[PrintedLine, ...] = ()
        self.model = RecordTableModel(HEADINGS)
        self.table = record_table(self.model, "打印台账", _WIDTHS)
        self.words = QLineEdit()
        self.stale = QCheckBox("只看纸质已过期的")
        self.state = label("", "muted", wraps=True)
        self._build()
        desk.bus.changed.connect(self._on_changed)

    def _build(self) -> None:
        self.words.setPlaceholderText("文书、案号、打印人、打印机中的字（Ctrl+F）")
        self.words.setAccessibleName("按字筛选打印台账")
        self.words.setClearButtonEnabled(True)
        filters = row_of(self.words, self.stale)
        filters.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(label("打印台账", "title"))
        layout.addLayout(filters)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.state)
        self.setFocusProxy(self.table)
        self.words.textChanged.connect(self._list)
        self.words.returnPressed.connect(self.table.setFocus)
        self.stale.toggled.connect(self._list)
        self.table.activated.connect(self._on_activated)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.words.setFocus)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._read:
            self.reload()

    def reload(self) -> None:
        """Read the latest rows again."""
        self._read = True
        printing = self._desk.workstation.printing
        self._desk.tasks.read(
            lambda: printing.lines(_SHOWN), owner=self, done=self._show, latest="printings"
        )

    def _show(self, lines: tuple[PrintedLine, ...] | None) -> None:
        if lines is not None:
            self._lines = lines
            self._list()

    def _list(self) -> None:
        words = self.words.text().split()
        self._listed = tuple(
            line
            for line in self._lines
            if (line.reason or not self.stale.isChecked())
            and all(word in "　".join(line.cells()) for word in words)
        )
        self.model.show([line.cells() for line in self._listed])
        stale = sum(bool(line.reason) for line in self._listed)
        copies = sum(line.printing.copies for line in self._listed)
        set_role(self.state, "warn" if stale else "muted")
        if not self._lines:
            self.state.setText(_EMPTY)
        elif not self._listed:
            self.state.setText("没有符合条件的记录。放宽上面的筛选。")
        else:
            note = f"；⚠ {stale}条纸质已过期，回车打开案件后重新打印" if stale else ""
            newest = f"（只列最近{_SHOWN}条）" if len(self._lines) == _SHOWN else ""
            self.state.setText(f"{len(self._listed)}条，共{copies}份{note}{newest}。")

    def _on_activated(self, index: QModelIndex) -> None:
        if index.row() < len(self._listed):
            self.case_opened.emit(self._listed[index.row()].printing.case_id)

    def _on_changed(self, changes: Changes) -> None:
        if any(changes.touches(kind) for kind in _KINDS):
            self._read = False
            if self.isVisible():
                self.reload()
