"""The rounds of appraisal (评查批次): drawing one, its cases and results, its report."""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.models.typed_dates import parse_day
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.appraisal_groups import GROUPINGS
from workstation.operations.appraisal_records import CaseAppraisal, Round
from workstation.operations.certificates import Certificate
from workstation.operations.changes import Changes

_HEADINGS = ("案号", "案件", "入选", "评查人", "结果")
_WIDTHS = (230, 300, 200, 140)
_EMPTY = (
    "还没有评查批次。填写名称、结案起止日和比例，点“抽取”：必评的案件全部入选，其余按比例抽取。"
)


class AppraisalPage(QWidget):
    """Enter opens the case of a row at its workspace."""

    case_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rounds: tuple[Round, ...] = ()
        self._results: tuple[CaseAppraisal, ...] = ()
        self.name, self.first, self.last = QLineEdit(), QLineEdit(), QLineEdit()
        self.share, self.person, self.seed = QLineEdit("10"), QLineEdit(), QLineEdit()
        self.grouping = QComboBox()
        self.draw = button("抽取", primary=True)
        self.round = QComboBox()
        self.report = button("生成评查报告")
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "批次中的案件", _WIDTHS)
        self.state = label("", "muted", wraps=True)
        self._build()
        desk.bus.changed.connect(self._on_changed)

    def _build(self) -> None:
        fields = (
            (self.name, "批次名称", 220),
            (self.first, "结案自，如 2026-01-01", 170),
            (self.last, "结案至（今天）", 130),
            (self.share, "比例％", 56),
            (self.person, "抽取人", 90),
            (self.seed, "种子（留空新生成）", 150),
        )
        for field, name, width in fields:
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
            field.setFixedWidth(width)
            field.returnPressed.connect(self.draw_round)
        self.grouping.addItems([f"按{name}" for name in GROUPINGS])
        self.grouping.setAccessibleName("按什么分组抽取")
        self.round.setAccessibleName("评查批次")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(label("案卷评查", "title"))
        dates = (self.first, self.last)
        layout.addLayout(row_of(self.name, *dates, self.share, label("％"), self.grouping, None))
        layout.addLayout(row_of(self.person, self.seed, self.draw, None))
        head = row_of(self.round, self.report)
        head.setStretch(0, 1)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.state)
        self.setFocusProxy(self.table)
        self.draw.clicked.connect(self.draw_round)
        self.round.currentIndexChanged.connect(self._ask_results)
        self.report.clicked.connect(self.write_report)
        self.table.activated.connect(self._on_activated)
        self.report.setEnabled(False)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def reload(self) -> None:
        """Read the rounds again."""
        appraisals = self._desk.workstation.appraisals
        self._desk.tasks.read(
            appraisals.rounds, owner=self, done=self._show, latest="appraisal rounds"
        )

    def _show(self, rounds: tuple[Round, ...] | None) -> None:
        if rounds is None:
            return
        chosen, self._rounds = self.round.currentData(), rounds
        self.round.blockSignals(True)
        self.round.clear()
        for one in rounds:
            told = f"{one.id}　{one.name}　{one.first.isoformat()}至{one.last.isoformat()}结案"
            self.round.addItem(f"{told}　{len(one.drawn)}件　种子 {one.seed}", one.id)
        self.round.setCurrentIndex(max(self.round.findData(chosen), 0))
        self.round.blockSignals(False)
        self.report.setEnabled(bool(rounds))
        if rounds:
            self._ask_results()
        else:
            self.model.show([])
            self._say(_EMPTY)

    def _ask_results(self) -> None:
        appraisals, wanted = self._desk.workstation.appraisals, self.round.currentData()
        if wanted:
            self._desk.tasks.read(
                lambda: appraisals.results(wanted),
                owner=self,
                done=self._show_results,
                failed=self._on_failed,
                latest="appraisal results",
            )

    def _show_results(self, results: tuple[CaseAppraisal, ...] | None) -> None:
        if results is None:
            return
        self._results = results
        self.model.show([_row(one) for one in results], [one.case_id for one in results])
        done = sum(one.outcome.score is not None for one in results)
        self._say(f"{len(results)}件，{done}件已有结果。回车打开案件，在“评查 › 评分”记分。")

    def draw_round(self) -> None:
        """Draw the round that was typed."""
        today = date.today()
        first = parse_day(self.first.text().strip(), today)
        last = parse_day(self.last.text().strip(), today) if self.last.text().strip() else today
        share = _share(self.share.text())
        if first is None or last is None or share is None:
            self._say("✕ 看不懂结案的起止日或者比例，请写作 2026-01-01、10。", "error")
            return
        appraisals, name, person = (
            self._desk.workstation.appraisals,
            self.name.text(),
            self.person.text(),
        )
        by, seed = GROUPINGS[self.grouping.currentIndex()], self.seed.text().strip()

        def drawn() -> Changes:
            made = appraisals.sample(name, (first, last), share, by=by, seed=seed, person=person)
            return Changes.of("appraisal", made.id)

        self._desk.tasks.write(
            drawn, owner=self, done=self._on_drawn, failed=self._on_failed, title="抽取评查案件"
        )

    def _on_drawn(self, changes: Changes) -> None:
        self.name.clear()
        self.seed.clear()
        self.round.setCurrentIndex(-1)
        self._desk.bus.publish(changes)

    def write_report(self) -> None:
        """Write 《案卷评查报告》 of the chosen round into a folder the user names."""
        results, workstation = self._results, self._desk.workstation
        if not results:
            return
        folder = self._desk.prompter.choose_folder(self, "评查报告导出到", workstation.home.output)
        if folder is None:
            return

        def made() -> tuple[Certificate, tuple[Path, Path]]:
            paper = workstation.appraisal_papers.report(results)
            return paper, paper.write(folder)

        self._desk.tasks.read(made, owner=self, done=self._on_written, failed=self._on_failed)

    def _on_written(self, made: tuple[Certificate, tuple[Path, Path]] | None) -> None:
        if made is not None:
            self._say(f"已生成 {made[1][0].name} 和 PDF，在 {made[1][0].parent}")

    def _on_activated(self, index: QModelIndex) -> None:
        key = index.siblingAtColumn(0).data(KEY_ROLE)
        if key:
            self.case_opened.emit(str(key))

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("appraisal") and self.isVisible():
            self.reload()

    def _on_failed(self, error: WorkstationError) -> None:
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _say(self, text: str, role: str = "muted") -> None:
        set_role(self.state, role)
        self.state.setText(text)


def _share(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip()) / 100
    except InvalidOperation:
        return None


def _row(one: CaseAppraisal) -> tuple[str, ...]:
    result = one.outcome
    told = f"{result.score}分　{result.grade}" if result.score is not None else result.waits_for
    people = "、".join(f"{s.seat.value} {s.appraiser}" for s in one.sheets) or "未指定"
    return one.number, one.title, one.why, people, told
