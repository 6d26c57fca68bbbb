"""The ledger of numbers (文号台账): filter, copy, export, reserve, and void with a reason."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.domain.people import Role
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.numbers import (
    HEADINGS,
    GapReport,
    LedgerLine,
    NumberFilter,
    NumberState,
    Reserved,
)

_WIDTHS = (230, 200, 60, 60, 210, 200, 140, 80)
_TYPING_DELAY = 150
_SHOWN = 2000
_GAPS_NAMED = 5
_OFTEN_RESERVED = "D51"
_KINDS = ("number", "case", "office")
_WORKBOOK = "工作簿 (*.xlsx)"


class LedgerPage(QWidget):
    """Enter opens the case of a number, Ctrl+C copies the chosen rows."""

    case_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: tuple[LedgerLine, ...] = ()
        self.model = RecordTableModel(HEADINGS)
        self.table = record_table(self.model, "文号台账", _WIDTHS)
        self.form, self.year, self.state_choice = QComboBox(), QComboBox(), QComboBox()
        self.words, self.by, self.case = QLineEdit(), QLineEdit(), QLineEdit()
        self.reserve_form, self.reason = QComboBox(), QLineEdit()
        self.gap_notice = label("", "muted", wraps=True)
        self.state = label("", "muted", wraps=True)
        self.copy_button = button("复制所选")
        self.export_button = button("导出 .xlsx")
        self.reserve_button = button("预留文号")
        self.void_button = button("作废所选文号")
        self._delay = QTimer(self, singleShot=True, interval=_TYPING_DELAY)
        self._name_inputs()
        self._build()
        self._fill()
        self._connect()
        self._read_years()
        self.reload()

    def _name_inputs(self) -> None:
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.words.setClearButtonEnabled(True)
        self.by.setMaximumWidth(110)
        for line, hint in (
            (self.words, "文号中的字（Ctrl+F）"),
            (self.reason, "理由，如：打印错误，重新编号"),
            (self.case, "案号；不填则为尚未立案的案件预留"),
            (self.by, "姓名"),
        ):
            line.setPlaceholderText(hint)
        for combo in (self.form, self.reserve_form):
            combo.setMaximumWidth(280)
        for widget, name in (
            (self.form, "哪一种文书"),
            (self.year, "年份"),
            (self.state_choice, "状态"),
            (self.words, "按文号筛选"),
            (self.reserve_form, "预留哪一种文书的文号"),
            (self.case, "预留给哪一案"),
            (self.reason, "作废的理由"),
            (self.by, "登记人"),
        ):
            widget.setAccessibleName(name)

    def _build(self) -> None:
        filters = row_of(self.form, self.year, self.state_choice, self.words)
        filters.setStretch(3, 1)
        reserving = row_of(label("预留"), self.reserve_form, self.case, self.reserve_button)
        reserving.setStretch(2, 1)
        voiding = row_of(label("作废"), self.reason, self.void_button, label("登记人"), self.by)
        voiding.setStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addLayout(
            row_of(label("文号台账", "title"), None, self.copy_button, self.export_button)
        )
        layout.addLayout(filters)
        layout.addWidget(self.gap_notice)
        layout.addWidget(self.table, 1)
        layout.addLayout(reserving)
        layout.addLayout(voiding)
        layout.addWidget(self.state)
        self.setFocusProxy(self.table)

    def _fill(self) -> None:
        self.form.addItem("各种文书", "")
        for form_id, title in self._desk.workstation.numbers.numbered_forms().items():
            self.form.addItem(f"{form_id}　{title}", form_id)
            self.reserve_form.addItem(f"{form_id}　{title}", form_id)
        self.reserve_form.setCurrentIndex(self.reserve_form.findData(_OFTEN_RESERVED))
        self.year.addItem("各年", 0)
        self.state_choice.addItem("各种状态", "")
        for state in NumberState:
            self.state_choice.addItem(state.value, state.value)

    def _connect(self) -> None:
        self._desk.bus.changed.connect(self._on_changed)
        for combo in (self.form, self.year, self.state_choice):
            combo.currentIndexChanged.connect(self.reload)
        self.words.textChanged.connect(self._delay.start)
        self.words.returnPressed.connect(self.table.setFocus)
        self._delay.timeout.connect(self.reload)
        self.table.activated.connect(self._on_activated)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.copy_button.clicked.connect(self.copy)
        self.export_button.clicked.connect(self.export)
        self.reserve_button.clicked.connect(self.reserve)
        self.void_button.clicked.connect(self.void)
        self.reason.returnPressed.connect(self.void)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.words.setFocus)
        QShortcut(QKeySequence.StandardKey.Copy, self.table).activated.connect(self.copy)

    def _wanted(self) -> NumberFilter:
        state = self.state_choice.currentData()
        return NumberFilter(
            form=str(self.form.currentData() or ""),
            year=int(self.year.currentData() or 0),
            state=NumberState(state) if state else None,
            text=self.words.text().strip(),
        )

    def reload(self) -> None:
        """Read the numbers and the gaps again."""
        wanted, numbers = self._wanted(), self._desk.workstation.numbers
        self._desk.tasks.read(
            lambda: numbers.lines(wanted, limit=_SHOWN),
            owner=self,
            done=self._show,
            latest="lines",
        )
        self._desk.tasks.read(
            lambda: numbers.gaps(wanted.year), owner=self, done=self._show_gaps, latest="gaps"
        )

    def _read_years(self) -> None:
        workstation = self._desk.workstation

        def read() -> tuple[tuple[int, ...], str]:
            office = workstation.office
            clerks = office.office().with_role(Role.CLERK) if office.exists() else ()
            return workstation.numbers.years(), clerks[0].name if clerks else ""

        self._desk.tasks.read(read, owner=self, done=self._on_years_read, latest="years")

    def _on_years_read(self, found: tuple[tuple[int, ...], str] | None) -> None:
        if found is None:
            return
        years, clerk = found
        with QSignalBlocker(self.year):
            kept = self.year.currentData()
            while self.year.count() > 1:
                self.year.removeItem(1)
            for year in years:
                self.year.addItem(f"{year}年", year)
            self.year.setCurrentIndex(max(self.year.findData(kept), 0))
        if not self.by.text():
            self.by.setText(clerk)

    def _show(self, lines: tuple[LedgerLine, ...] | None) -> None:
        if lines is None:
            return
        self._lines = lines
        cells = self._desk.workstation.numbers.cells
        self.model.show([cells(line) for line in lines])
        self._on_selected()
        if not lines and self._wanted() == NumberFilter():
            self._say("还没有编过文号。立案、制发文书时自动取号，并列在这里。", "muted")
        elif not lines:
            self._say("没有符合条件的文号。放宽上面的筛选。", "muted")
        elif len(lines) == _SHOWN:
            self._say(f"只列出前{_SHOWN}个；请用上面的筛选缩小范围，导出不受此限。", "muted")

    def _show_gaps(self, report: GapReport | None) -> None:
        if report is None:
            return
        if report.gaps:
            named = report.gaps[:_GAPS_NAMED]
            places = "、".join(f"{gap.scope}〔{gap.year}〕{gap.serial}" for gap in named)
            more = f"等{len(report.gaps)}处" if len(report.gaps) > _GAPS_NAMED else ""
            set_role(self.gap_notice, "error")
            self.gap_notice.setText(f"✕ 断号：{places}{more}。台账中缺这些序号，请查明原因。")
            return
        kept = len(report.reserved)
        set_role(self.gap_notice, "muted")
        reserved = f"有{kept}个预留未用。" if kept else "没有预留未用的文号。"
        self.gap_notice.setText(f"各计数器没有断号；{reserved}")

    def chosen(self) -> tuple[LedgerLine, ...]:
        """Return the chosen lines from top to bottom."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self._lines[row] for row in rows if row < len(self._lines))

    def copy(self) -> None:
        """Put the chosen lines on the clipboard, a line each, columns parted by tabs."""
        lines = self.chosen()
        if not lines:
            self._say("先选定要复制的行（可按住 Shift 选多行）。", "muted")
            return
        cells = self._desk.workstation.numbers.cells
        QGuiApplication.clipboard().setText("\n".join("\t".join(cells(line)) for line in lines))
        self._say(f"已复制{len(lines)}行。", "ok")

    def export(self) -> None:
        """Write what is listed as a workbook."""
        start = self._desk.workstation.home.output / f"文号台账{date.today():%Y%m%d}.xlsx"
        path = self._desk.prompter.choose_target(self, "导出台账", start, _WORKBOOK)
        if path is None:
            return
        numbers, wanted = self._desk.workstation.numbers, self._wanted()
        self._desk.tasks.write(
            lambda: numbers.export(path, wanted),
            owner=self,
            done=self._on_exported,
            failed=self._on_failed,
            title="导出文号台账",
        )

    def _on_exported(self, path: Path) -> None:
        self._say(f"已导出到 {path}", "ok")

    def reserve(self) -> None:
        """Reserve the next number of the form chosen below."""
        if not self._has_name():
            return
        form, by = str(self.reserve_form.currentData()), self.by.text().strip()
        case, numbers = self.case.text().strip(), self._desk.workstation.numbers
        self._desk.tasks.write(
            lambda: numbers.reserve(form, by, case=case),
            owner=self,
            done=self._on_reserved,
            failed=self._on_failed,
            title="预留文号",
        )

    def _on_reserved(self, reserved: Reserved) -> None:
        self._desk.bus.publish(reserved.changes)
        number = reserved.number
        use = (
            "制发该文书时自动使用。"
            if number.case_id
            else "立案时在“预留的文号”一栏填写它，该案各文书即用这个序号。"
        )
        self._say(f"已预留 {number.text}：{use}", "ok")

    def void(self) -> None:
        """Void the one number chosen, with the reason typed."""
        lines, reason, by = self.chosen(), self.reason.text().strip(), self.by.text().strip()
        if len(lines) != 1:
            self._say("✕ 先在表中选定一个要作废的文号。", "error")
            self.table.setFocus()
        elif not reason:
            self._say("✕ 作废文号要写明理由。", "error")
            self.reason.setFocus()
        elif self._has_name():
            text, numbers = lines[0].number.text, self._desk.workstation.numbers
            self._desk.tasks.write(
                lambda: numbers.void(text, reason, by),
                owner=self,
                done=lambda changes: self._on_voided(text, changes),
                failed=self._on_failed,
                title="作废文号",
            )

    def _on_voided(self, text: str, changes: Changes) -> None:
        self.reason.clear()
        self._desk.bus.publish(changes)
        self._say(f"“{text}”已作废，保留在台账中，不再使用。", "ok")

    def _has_name(self) -> bool:
        if self.by.text().strip():
            return True
        self._say("✕ 还没有填写登记人。", "error")
        self.by.setFocus()
        return False

    def _on_selected(self) -> None:
        lines = self.chosen()
        self.copy_button.setEnabled(bool(lines))
        usable = len(lines) == 1 and lines[0].number.state is not NumberState.VOID
        self.void_button.setEnabled(usable)

    def _on_activated(self, index: QModelIndex) -> None:
        if index.row() < len(self._lines):
            case_id = self._lines[index.row()].number.case_id
            if case_id:
                self.case_opened.emit(case_id)

    def _on_failed(self, error: WorkstationError) -> None:
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _say(self, text: str, role: str) -> None:
        set_role(self.state, role)
        self.state.setText(text)

    def _on_changed(self, changes: Changes) -> None:
        if any(changes.touches(kind) for kind in _KINDS):
            self._read_years()
            self.reload()
