"""How the last day of one line of the due board was counted, read when it is asked for."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from ui.desk import Desk
from ui.widgets.text_labels import label, link, row_of
from workstation.operations.deadlines import CaseClock, CaseDeadlines
from workstation.operations.due_board import DueRow
from workstation.procedure import RunningDeadline

_HEIGHT = 190
_SHOWN_DAYS = 12


class DueDerivation(QFrame):
    """The trigger, the rule and the days; the basis opens its article."""

    citation_activated = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row: DueRow | None = None
        self.setProperty("role", "card")
        self.heading = label("", "heading")
        self.text = label("", wraps=True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._basis = link("")
        self._basis.clicked.connect(self._on_basis)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.text)
        area.viewport().setAutoFillBackground(False)
        self.text.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addLayout(row_of(self.heading, None, self._basis))
        layout.addWidget(area, 1)
        self.setMinimumHeight(_HEIGHT)

    def show_row(self, row: DueRow | None) -> None:
        """Show how a line was counted; nothing is chosen where it is None."""
        self._row = row
        self._basis.setVisible(row is not None)
        if row is None:
            self.heading.setText("先在上面选一项期限")
            self.text.setText("")
            return
        self.heading.setText(f"{row.deadline.name}　{row.deadline.case_number}")
        self._basis.setText(f"依据 {row.basis}")
        deadlines = self._desk.workstation.deadlines
        case_id = row.deadline.case_id
        self._desk.tasks.read(
            lambda: (row, deadlines.of_case(case_id)),
            owner=self,
            done=self._on_read,
            latest="derivation",
        )

    def _on_read(self, found: tuple[DueRow, CaseDeadlines] | None) -> None:
        if found is None or found[0] is not self._row:
            return
        row, deadlines = found
        clock = _clock_of(row, deadlines)
        if clock is None:
            self.text.setText("这项期限刚有变动，请重新计算期限。")
            return
        proofs = "；".join(clock.trigger.evidence)
        proven = f"\n证据：{proofs}" if proofs else ""
        self.text.setText(
            f"起算：{clock.trigger.event}，{clock.trigger.at}{proven}\n"
            f"算法：{clock.rule.counting}　逾期后果：{clock.rule.consequence}\n"
            f"{derivation_text(clock.deadline)}"
        )

    def _on_basis(self) -> None:
        if self._row is not None:
            self.citation_activated.emit(self._row.basis, date.today())


def _clock_of(row: DueRow, deadlines: CaseDeadlines) -> CaseClock | None:
    fitting = (
        clock
        for clock in deadlines.clocks
        if clock.rule.code == row.deadline.code
        and clock.deadline.last_day == row.deadline.last_day
    )
    return next(fitting, None)


def derivation_text(deadline: RunningDeadline) -> str:
    """Return how the last day of a deadline was found, a line for each day that matters."""
    lines = [f"{deadline.name}：{deadline.start:%Y-%m-%d} 起算，末日 {deadline.last_day}。"]
    steps = deadline.derivation
    shown = steps if len(steps) <= _SHOWN_DAYS else (*steps[:3], *steps[-3:])
    lines += [
        f"{step.day:%m-%d} {'计入' if step.counted else '不计'}　{step.why}" for step in shown
    ]
    lines.append(f"依据：{deadline.basis}")
    if deadline.provisional:
        lines.append("末日所在年份的节假日通知尚未发布，届时可能顺延。")
    return "\n".join(lines)
