"""All clocks of a case: the chosen one with its days, its rule, a what-if and its certificate."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSpinBox, QSplitter, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.printing import PrintedPages, Printer
from ui.widgets.day_strip import DayStrip
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, link, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.cases import CaseView
from workstation.operations.certificates import Certificate
from workstation.operations.deadlines import CaseClock, CaseDeadlines
from workstation.procedure import RunningDeadline
from workstation.procedure.period_records import DeadlineState, Unit
from workstation.procedure.what_ifs import MovedClock, WhatIf

_HEADINGS = ("期限", "起算", "末日", "状态")
_WIDTHS = (128, 94, 94)
_MARKS = {
    DeadlineState.RUNNING: "◐",
    DeadlineState.DONE: "●",
    DeadlineState.DONE_LATE: "✕",
    DeadlineState.LATE: "✕",
    DeadlineState.ENDED: "○",
    DeadlineState.UNCOUNTED: "？",
}
_FURTHEST = 3660
_EMPTY = "本案还没有起算的期限。登记案源、立案之后，各项期限会自动出现在这里。"


class DeadlinePane(QWidget):
    """Reads only; what is asked of the core comes back through the task runner."""

    citation_activated = Signal(str)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id = case_id
        self._as_of: date | None = None
        self._found: CaseDeadlines | None = None
        self._wanted: tuple[str, date] | None = None
        self.printer = Printer()
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "本案的期限", _WIDTHS)
        self.decision = label("", "muted", wraps=True)
        self.headline = label("", "heading", wraps=True)
        self.strip = DayStrip()
        self.steps = label("", wraps=True)
        self.explanation = label("", wraps=True)
        self.basis = link("")
        self.days = QSpinBox()
        self.answer = label("", wraps=True)
        self.state = label("", "muted", wraps=True)
        self._export = button("导出期限证明书")
        self._print = button("打印")
        self._build()
        self._connect()

    def _build(self) -> None:
        self.days.setRange(-_FURTHEST, _FURTHEST)
        self.days.setSuffix(" 日")
        self.days.setAccessibleName("起算日早晚几日（负数为提前）")
        self.days.setFixedWidth(110)
        details = QWidget()
        layout = QVBoxLayout(details)
        layout.setContentsMargins(0, 8, 8, 0)
        layout.setSpacing(8)
        for widget in (self.headline, self.strip, self.steps):
            layout.addWidget(widget)
        layout.addLayout(row_of(label("试算：起算日（送达日）推后"), self.days, None))
        layout.addWidget(self.answer)
        layout.addWidget(self.explanation)
        layout.addLayout(row_of(self.basis, None))
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(details)
        area.setAccessibleName("期限的推算")
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.table)
        splitter.addWidget(area)
        splitter.setSizes([210, 420])
        splitter.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 4, 0, 0)
        outer.addWidget(self.decision)
        outer.addWidget(splitter, 1)
        outer.addLayout(row_of(self.state, None, self._export, self._print))
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.model.modelReset.connect(self._clear)
        self.basis.clicked.connect(self._on_basis)
        self.days.valueChanged.connect(self._ask)
        self._export.clicked.connect(self.export)
        self._print.clicked.connect(self.print)

    def show_case(self, view: CaseView) -> None:
        """Read the clocks of the case on the day that is shown."""
        self._as_of = view.as_of
        deadlines, case_id, day = self._desk.workstation.deadlines, self._case_id, view.as_of
        self._desk.tasks.read(
            lambda: deadlines.of_case(case_id, day), owner=self, done=self._show, latest="clocks"
        )

    def choose(self, deadline: RunningDeadline) -> None:
        """Choose a clock, now or when they have been read."""
        self._wanted = (deadline.code, deadline.start)
        self._choose_wanted()

    def export(self) -> None:
        """Write the certificate of the chosen clock into a folder the user names."""
        home = self._desk.workstation.home
        folder = self._desk.prompter.choose_folder(self, "期限证明书导出到", home.output)
        if folder is not None:
            self._certificate(lambda made: self._written(made, folder))

    def print(self) -> None:
        """Print the certificate of the chosen clock."""
        self._certificate(self._printed)

    def chosen(self) -> CaseClock | None:
        """Return the chosen clock, or None."""
        key = self.table.currentIndex().siblingAtColumn(0).data(KEY_ROLE)
        return self._found.clock(str(key)) if self._found is not None and key else None

    def _show(self, found: CaseDeadlines | None) -> None:
        if found is None:
            return
        kept = self.chosen()
        if self._wanted is None and kept is not None:
            self._wanted = (kept.deadline.code, kept.deadline.start)
        self._found = found
        self.model.show([_row(c) for c in found.clocks], [c.key for c in found.clocks])
        self.decision.setText(_decision_words(found) if found.clocks else _EMPTY)
        self._choose_wanted()
        # What these clocks do not hold must not outweigh the next choice.
        self._wanted = None

    def _choose_wanted(self) -> None:
        if self._found is None or not self._found.clocks:
            return
        clocks = self._found.clocks
        at = [(c.deadline.code, c.deadline.start) for c in clocks]
        running = [n for n, c in enumerate(clocks) if c.deadline.state is DeadlineState.RUNNING]
        if self._wanted in at:
            row = at.index(self._wanted)
            self._wanted = None
        elif self.table.currentIndex().isValid():
            return
        else:
            row = running[0] if running else 0
        self.table.selectionModel().setCurrentIndex(
            self.model.index(row, 0),
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )

    def _on_row_changed(self, _current: QModelIndex) -> None:
        clock = self.chosen()
        if clock is None:
            return
        deadline = clock.deadline
        by_days = clock.rule.unit in (Unit.DAYS, Unit.WORKING_DAYS)
        self.headline.setText(_headline(clock))
        self.strip.show_days(
            deadline.derivation if by_days else (), deadline.start, deadline.last_day
        )
        self.steps.setVisible(not by_days)
        self.steps.setText("\n".join(f"{s.day}　{s.why}" for s in deadline.derivation))
        self.explanation.setText(_explanation(clock))
        self.basis.setText(f"依据 {deadline.basis}")
        self.days.setEnabled(deadline.origin is not None)
        for made in (self._export, self._print):
            made.setEnabled(deadline.last_day is not None)
        self.days.setValue(0)
        self.answer.setVisible(deadline.origin is None)
        self.answer.setText("" if deadline.origin else "这一期限的起算日不由一个事件决定。")

    def _clear(self) -> None:
        for text in (self.headline, self.steps, self.explanation, self.answer):
            text.setText("")
        self.basis.setText("")
        self.strip.show_days((), date.min, None)
        for made in (self._export, self._print):
            made.setEnabled(False)

    def _on_basis(self) -> None:
        clock = self.chosen()
        if clock is not None:
            self.citation_activated.emit(clock.deadline.basis)

    def _ask(self, days: int) -> None:
        clock = self.chosen()
        if clock is None or not days:
            self.answer.hide()
            return
        deadlines, case_id, day = self._desk.workstation.deadlines, self._case_id, self._as_of
        self._desk.tasks.read(
            lambda: deadlines.what_if(case_id, clock.key, days, day),
            owner=self,
            done=self._answer,
            failed=self._failed,
            latest="what-if",
        )

    def _answer(self, answer: WhatIf | None) -> None:
        if answer is not None and answer.days == self.days.value():
            self.answer.setText(what_if_words(answer))
            self.answer.show()

    def _certificate(self, use: Callable[[Certificate], None]) -> None:
        clock = self.chosen()
        if clock is None:
            return
        certificates, case_id, day = (
            self._desk.workstation.certificates,
            self._case_id,
            self._as_of,
        )
        self._say("正在制作期限证明书…")
        self._desk.tasks.read(
            lambda: certificates.of_case(case_id, clock.key, day),
            owner=self,
            done=lambda made: use(made) if made is not None else None,
            failed=self._failed,
        )

    def _written(self, made: Certificate, folder: Path) -> None:
        self._desk.tasks.read(
            lambda: made.write(folder),
            owner=self,
            done=lambda paths: self._say(
                f"已导出 {paths[0].name} 和 {paths[1].name}，在 {folder}"
            ),
            failed=self._failed,
        )

    def _printed(self, made: Certificate) -> None:
        self._say(self.printer.print(self, PrintedPages(title=made.name, layout=made.layout)))

    def _say(self, text: str) -> None:
        set_role(self.state, "muted")
        self.state.setText(text)

    def _failed(self, error: WorkstationError) -> None:
        set_role(self.state, "error")
        self.state.setText(f"{error.message}{error.hint}")


def _row(clock: CaseClock) -> tuple[str, ...]:
    deadline = clock.deadline
    left = deadline.days_left
    running = deadline.state in (DeadlineState.RUNNING, DeadlineState.LATE)
    more = ""
    if running and left is not None:
        more = f" 余{left}日" if left >= 0 else f" 已过{-left}日"
    last = deadline.last_day.isoformat() if deadline.last_day else "—"
    return (
        deadline.name,
        deadline.start.isoformat(),
        f"{last}（待定）" if deadline.provisional and deadline.last_day else last,
        f"{_MARKS[deadline.state]} {deadline.state.value}{more}",
    )


def _headline(clock: CaseClock) -> str:
    deadline = clock.deadline
    if deadline.last_day is None:
        return f"{deadline.name}：暂时算不出末日"
    end = f"{deadline.moment:%Y-%m-%d %H:%M}" if deadline.moment else str(deadline.last_day)
    return f"{deadline.name}：{deadline.start} 起算，最后安全日 {end}"


def _explanation(clock: CaseClock) -> str:
    deadline, rule, trigger = clock.deadline, clock.rule, clock.trigger
    lines = [
        f"起算事由：{trigger.event}，{trigger.at}",
        *(f"证据：{piece}" for piece in trigger.evidence),
        f"规则：自{rule.start}起算；{rule.counting}",
        f"约束：{rule.holder}",
        f"后果：{rule.consequence}",
        *(f"扣除：{d.first}至{d.last}，{d.why}" for d in deadline.deductions),
        *(f"节假日依据：{notice}" for notice in deadline.notices),
        f"说明：{deadline.note}" if deadline.note else "",
    ]
    return "\n".join(line for line in lines if line)


def _decision_words(found: CaseDeadlines) -> str:
    window = found.decision
    first = f"最早 {window.first}" if window.first else "最早日期未定"
    last = f"，最迟 {window.last}" if window.last else ""
    empty = "；已没有可用的日期" if window.is_empty else ""
    return f"可以作出处罚决定：{first}{last}{empty}。{'；'.join(window.reasons)}。"


def what_if_words(answer: WhatIf) -> str:
    """Return what a move would change, a line for each clock."""
    way = f"推后{answer.days}日" if answer.days > 0 else f"提前{-answer.days}日"
    lines = [f"起算{way}："]
    lines += [f"　{clock.name}　{_moved_words(clock)}" for clock in answer.moved]
    if not answer.moved:
        lines.append("　各项期限的末日都不变")
    before, after = answer.decision_before.first, answer.decision_after.first
    if before != after:
        lines.append(f"　最早可以作出决定的日期　{before or '未定'} → {after or '未定'}")
    if answer.decision_after.is_empty:
        lines.append("　这样一来，已没有可以作出决定的日期")
    return "\n".join((*lines, *(f"　注意：{note}" for note in answer.notes)))


def _moved_words(clock: MovedClock) -> str:
    if clock.before is None or clock.after is None:
        return "不再起算" if clock.after is None else f"开始起算，至 {clock.after.last_day}"
    moved = clock.difference
    by = f"（{moved:+d}日）" if moved else ""
    state = clock.after.state
    changed = f"，{state.value}" if state is not clock.before.state else ""
    return f"{clock.before.last_day} → {clock.after.last_day}{by}{changed}"
