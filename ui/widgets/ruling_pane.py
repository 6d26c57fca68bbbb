"""What became of a decision in reconsideration and court, and which check should have told."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.widgets.case_reading_pane import CaseReadingPane
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.ruling_reasons import NewReason
from workstation.review.ruling_reasons import NOT_COVERED, Ruling, RulingReason

_HEADINGS = ("决定、裁判", "事由", "本应查出的审核项", "清单当时", "条文", "说明", "登记")
_WIDTHS = (230, 80, 130, 80, 150, 180)
_EMPTY = (
    "本案还没有复议决定或者裁判。收到以后，先在“办理 › 事项”登记收到的文书，"
    "再在这里登记败诉、被变更的原因。"
)


class RulingPane(CaseReadingPane):
    """Enter in the note records a reason; Ctrl+↑ and Ctrl+↓ move from row to row."""

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, case_id, parent)
        self.headline = label("", "heading", wraps=True)
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "复议、诉讼的结果和原因", _WIDTHS)
        self.ruling, self.ground, self.check = QComboBox(), QComboBox(), QComboBox()
        self.article, self.note, self.person = QLineEdit(), QLineEdit(), QLineEdit()
        self.keep = button("登记原因", primary=True)
        self.withdraw = button("撤回所选")
        self.state = label("", "muted", wraps=True)
        self._build()

    def _build(self) -> None:
        workstation = self._desk.workstation
        self.ground.addItems([ground.name for ground in workstation.ruling_reasons.grounds])
        self.check.addItem(NOT_COVERED, NOT_COVERED)
        for check in workstation.reviews.checks:
            self.check.addItem(f"{check.id}　{check.item}", check.id)
        named = (
            (self.ruling, "哪一份决定、裁判"),
            (self.ground, "事由"),
            (self.check, "本应查出的审核项"),
            (self.article, "援引的条文，如 行政诉讼法§70"),
            (self.note, "说明；撤回时写撤回的理由"),
            (self.person, "登记人"),
        )
        for widget, name in named:
            widget.setAccessibleName(name)
            if isinstance(widget, QLineEdit):
                widget.setPlaceholderText(name)
                widget.returnPressed.connect(self.record_reason)
            else:
                widget.setSizeAdjustPolicy(
                    QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
                )
        self.person.setMaximumWidth(110)
        self.ground.setMinimumWidth(110)
        self.article.setMinimumWidth(230)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 8)
        layout.addWidget(self.headline)
        layout.addWidget(self.table, 1)
        for row in (
            row_of(self.ruling, self.ground),
            row_of(self.check, self.article),
            row_of(self.note, self.person),
            row_of(self.state, self.withdraw, self.keep),
        ):
            row.setStretch(0, 1)
            layout.addLayout(row)
        self.setFocusProxy(self.table)
        self.keep.clicked.connect(self.record_reason)
        self.withdraw.clicked.connect(self.withdraw_reason)
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self._step_with_keys()

    @override
    def _ask(self) -> None:
        reasons, case_id = self._desk.workstation.ruling_reasons, self._case_id
        self._desk.tasks.read(
            lambda: reasons.of_case(case_id), owner=self, done=self._show, latest="rulings"
        )

    def _show(self, rulings: tuple[Ruling, ...] | None) -> None:
        if rulings is None:
            return
        self.headline.setText(_headline(rulings))
        lost = any(ruling.against and not ruling.reasons for ruling in rulings)
        set_role(self.headline, "warn" if lost else "heading")
        rows = [(ruling, reason) for ruling in rulings for reason in ruling.reasons or (None,)]
        self.model.show(
            [_row(*row) for row in rows],
            [reason.id if reason and reason.day else "" for _, reason in rows],
        )
        chosen = self.ruling.currentData()
        self.ruling.clear()
        for ruling in rulings:
            self.ruling.addItem(ruling.name, ruling.position)
        self.ruling.setCurrentIndex(max(self.ruling.findData(chosen), len(rulings) - 1))
        self.keep.setEnabled(bool(rulings))
        self._on_chosen()

    def _chosen(self) -> str:
        return str(self.table.currentIndex().data(KEY_ROLE) or "")

    def _on_chosen(self) -> None:
        self.withdraw.setEnabled(bool(self._chosen()))

    @override
    def step_by(self, by: int) -> None:
        """Choose the next row (1) or the one before (-1)."""
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.table.selectRow(row)

    def record_reason(self) -> None:
        """Record the reason that was typed."""
        if not self.keep.isEnabled():
            return
        new = NewReason(
            ruling=self.ruling.currentData(),
            ground=self.ground.currentText(),
            check=self.check.currentData(),
            article=self.article.text(),
            note=self.note.text(),
        )
        reasons, case_id = self._desk.workstation.ruling_reasons, self._case_id
        person = self.person.text()
        self._write(lambda: reasons.record(case_id, new, person), "登记败诉原因")

    def withdraw_reason(self) -> None:
        """Take back the chosen reason; the note says why."""
        wanted, why, person = self._chosen(), self.note.text(), self.person.text()
        reasons, case_id = self._desk.workstation.ruling_reasons, self._case_id
        self._write(lambda: reasons.withdraw(case_id, wanted, why, person), "撤回败诉原因")

    def _write(self, write: Callable[[], Changes], title: str) -> None:
        self._desk.tasks.write(
            write, owner=self, done=self._on_written, failed=self._on_failed, title=title
        )

    def _on_written(self, changes: Changes) -> None:
        self.note.clear()
        self.article.clear()
        self.state.setText("")
        self._desk.bus.publish(changes)

    def _on_failed(self, error: WorkstationError) -> None:
        set_role(self.state, "error")
        self.state.setText(f"✕ {error.message}{error.hint}")
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)


def _headline(rulings: tuple[Ruling, ...]) -> str:
    if not rulings:
        return _EMPTY
    waiting = sum(ruling.against and not ruling.reasons for ruling in rulings)
    if waiting:
        return f"有{waiting}份决定、裁判对本机关不利，还没有登记原因：请写明哪一审核项本应查出。"
    return f"共{len(rulings)}份复议决定、裁判。登记的原因只增不改，供全局统计和复议沙盘。"


def _row(ruling: Ruling, reason: RulingReason | None) -> tuple[str, ...]:
    if reason is None:
        return ruling.name, "", "还没有登记" if ruling.against else "—", "", "", ruling.summary, ""
    by = f"{reason.person}　{reason.day.isoformat()}" if reason.day else "随裁判登记"
    check = reason.check or NOT_COVERED
    note = reason.note or ruling.summary
    return ruling.name, reason.ground, check, reason.said, reason.article, note, by
