"""What the runs over the office newly found, case by case (新发现); Enter opens the case at it."""

from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import label, row_of, set_role
from workstation.operations.changes import Changes
from workstation.operations.review_runs import FoundLine, ReviewRun, ReviewRunOperations

_HEADINGS = ("", "级别", "审核项", "案号", "案件", "步骤", "自", "发现")
_WIDTHS = (36, 64, 76, 220, 280, 72, 110)
_SHOWN = 2000
# A run that began in the evening and ended in the morning is all since yesterday.
_SPANS = (("今天", 0), ("昨天以来", 1), ("近三天", 2), ("近七天", 6), ("近三十天", 29))
_USUAL = 1
_UNCHECKED = "还没有检查过。点右上角“检查全局”，不符合的各项按案件列在这里。"

Found = tuple[ReviewRun, tuple[tuple[FoundLine, str], ...]]


class NewFindingsPane(QWidget):
    """A row for each failed check, case by case, the cases with most new ones first."""

    check_opened = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Found | None = None
        self._listed: tuple[FoundLine, ...] = ()
        self.words = QLineEdit()
        self.span = QComboBox()
        self.only_new = QCheckBox("只看新发现")
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "全局检查的新发现", _WIDTHS)
        self.state = label("", "muted", wraps=True)
        self._build()

    def _build(self) -> None:
        self.words.setPlaceholderText("案号、案件、审核项、发现中的字")
        self.words.setAccessibleName("按字筛选发现")
        self.words.setClearButtonEnabled(True)
        self.span.setAccessibleName("自何时起算新发现")
        for name, days in _SPANS:
            self.span.addItem(name, days)
        self.span.setCurrentIndex(_USUAL)
        self.only_new.setChecked(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        filters = row_of(self.words, self.span, self.only_new)
        filters.setStretch(0, 1)
        layout.addLayout(filters)
        layout.addWidget(self.state)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self.words.textChanged.connect(self._list)
        self.words.returnPressed.connect(self.table.setFocus)
        self.only_new.toggled.connect(self._list)
        self.span.currentIndexChanged.connect(self.reload)
        self.table.activated.connect(self._on_activated)
        self._desk.bus.changed.connect(self._on_changed)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def reload(self) -> None:
        """Read again what the runs found."""
        runs = self._desk.workstation.review_runs
        since = date.today() - timedelta(days=int(self.span.currentData()))
        self._desk.tasks.read(
            lambda: _found(runs, since), owner=self, done=self._show, latest="new findings"
        )

    def _show(self, found: Found | None) -> None:
        if found is not None:
            self._found = found
            self._list()

    def _list(self) -> None:
        if self._found is None:
            return
        run, rows = self._found
        words, only_new = self.words.text().split(), self.only_new.isChecked()
        lines = [
            line
            for line, text in rows
            if (line.is_new or not only_new) and all(word in text for word in words)
        ]
        self._listed = tuple(lines[:_SHOWN])
        self.model.show([_cells(line) for line in self._listed])
        set_role(self.state, "warn" if run.new else "muted")
        self.state.setText(_told(run, len(lines)))
        if self._listed:
            self.table.selectRow(0)

    def _on_activated(self, index: QModelIndex) -> None:
        if index.row() < len(self._listed):
            line = self._listed[index.row()]
            self.check_opened.emit(line.case_id, line.check)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches("case"):
            self.reload()


def _found(runs: ReviewRunOperations, since: date) -> Found:
    """Read the findings with the text each is looked for by; off the GUI thread."""
    run = runs.found(since)
    return run, tuple((line, "　".join(_cells(line))) for line in run.lines)


def _cells(line: FoundLine) -> tuple[str, ...]:
    return (
        "新" if line.is_new else "",
        line.level,
        line.check,
        line.number,
        line.title,
        f"第{line.step}步" if line.step else "",
        line.since.isoformat(),
        f"{line.document}　{line.message}" if line.document else line.message,
    )


def _told(run: ReviewRun, listed: int) -> str:
    if not run.checked + run.unchanged:
        return _UNCHECKED
    fresh = sum(bool(view.new) for view in run.cases)
    failed = sum(len(view.failed) for view in run.cases)
    mended = sum(len(view.mended) for view in run.cases)
    told = f"{run.since.isoformat()}以来新发现{run.new}项，在{fresh}件案件中；"
    told += f"现共不符合{failed}项{f'，已改好{mended}项' if mended else ''}。"
    told += f"只列前{_SHOWN}项。" if listed > _SHOWN else ""
    return f"{told}回车打开案件，到该项。" if listed else told
