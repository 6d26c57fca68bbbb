"""What is running and what is blocked, always in view above an open case."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.block_list import BlockList, BlockTerms
from ui.widgets.text_labels import button, label, link, row_of
from workstation.operations.cases import CaseView
from workstation.procedure import Block, Execution, RunningDeadline, StepState, StepStatus
from workstation.procedure.cures import Cure, cure_of
from workstation.procedure.period_records import DeadlineState
from workstation.procedure.rules import ProcedureRules

_SHOWN = 4


class ClockStrip(QFrame):
    """The nearest clocks as buttons; the first block as a line, all of them on request."""

    citation_activated = Signal(str)
    clock_chosen = Signal(object)
    cure_wanted = Signal(int, str)

    def __init__(self, rules: ProcedureRules, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self._rules = rules
        self._blocked: dict[int, tuple[Block, ...]] = {}
        self._next: dict[int, str] = {}
        self._clocks = QHBoxLayout()
        self._clocks.setSpacing(4)
        self._block = label("", "error", wraps=True)
        self._go = link("去办理")
        self._basis = link("")
        self._more = link("")
        self._more.setCheckable(True)
        self.all_blocks = BlockList()
        self._line = QWidget()
        self.owed = label("", wraps=True)
        self._build()

    def _build(self) -> None:
        line = row_of(self._block, self._go, self._basis, self._more, spacing=4)
        line.setStretch(0, 1)
        self._line.setLayout(line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.setSpacing(2)
        layout.addLayout(self._clocks)
        layout.addWidget(self.owed)
        layout.addWidget(self._line)
        layout.addWidget(self.all_blocks)
        self._basis.clicked.connect(lambda: self.citation_activated.emit(self._first().basis))
        self._go.clicked.connect(self._on_go)
        self._more.toggled.connect(self._show_all)
        self.all_blocks.citation_activated.connect(self.citation_activated)
        self.all_blocks.cure_wanted.connect(self.cure_wanted)

    def show_case(self, view: CaseView) -> None:
        """Show the clocks and what blocks the steps whose turn it is."""
        while (item := self._clocks.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        going = (DeadlineState.RUNNING, DeadlineState.LATE)
        running = [d for d in view.deadlines if d.state in going]
        running.sort(key=lambda d: (d.days_left or 0) < 0)
        for deadline in running[:_SHOWN]:
            self._clocks.addWidget(self._clock(deadline))
        if not running:
            self._clocks.addWidget(label("没有正在走的期限", "muted"))
        self._clocks.addStretch(1)
        self.owed.setText(owed_text(view.execution) if view.execution else "")
        self.owed.setVisible(bool(self.owed.text()))
        self.owed.setToolTip("\n".join(view.execution.notes) if view.execution else "")
        self._show_blocks([s for s in view.steps if s.status is StepStatus.BLOCKED])

    def _show_blocks(self, states: list[StepState]) -> None:
        self._blocked = {s.n: tuple(b for b in s.blocks if b.hard) for s in states}
        self._next = {s.n: s.next_event for s in states}
        count = sum(map(len, self._blocked.values()))
        self._line.setVisible(count > 0)
        self._more.setVisible(count > 1)
        self._more.setText(f"全部 {count} 项")
        self._more.setChecked(self._more.isChecked() and count > 1)
        if count:
            first = self._first()
            step = next(iter(self._blocked))
            self._block.setText(f"✕ 第{step}步阻断：{first.message}　{first.hint}")
            self._basis.setText(f"依据 {first.basis}")
        self._show_all(shown=self._more.isChecked())

    def _show_all(self, shown: bool) -> None:  # noqa: FBT001 - a slot of Qt
        blocks = [block for found in self._blocked.values() for block in found]
        terms = BlockTerms(notes={}, cure_of=self._cure, releasable=False)
        self.all_blocks.show_blocks(blocks if shown else (), terms)

    def _first(self) -> Block:
        return next(block for found in self._blocked.values() for block in found)

    def _cure(self, block: Block) -> Cure:
        """The cure, or else the event that is blocked: there it can be released or corrected."""
        step = next(n for n, blocks in self._blocked.items() if block in blocks)
        found = cure_of(block, self._rules.events, self._next[step])
        return found or Cure(step=step, kind=self._next[step])

    def _on_go(self) -> None:
        cure = self._cure(self._first())
        self.cure_wanted.emit(cure.step, cure.kind)

    def _clock(self, deadline: RunningDeadline) -> QWidget:
        left = deadline.days_left or 0
        state = f"余 {left} 日" if left >= 0 else f"已过 {-left} 日"
        made = button(f"{deadline.name} 至 {deadline.last_day:%m-%d}（{state}）", flat=True)
        made.setToolTip(f"{deadline.holder}　{deadline.basis}\n点击查看逐日推算")
        made.clicked.connect(lambda: self.clock_chosen.emit(deadline))
        return made


def owed_text(book: Execution) -> str:
    """Return in one line what the party owes on the day; nothing once all is settled."""
    if book.refund_due:
        return f"应当退还 {book.refund_due:,.2f} 元（行政强制法§41）"
    if not book.due:
        return ""
    parts = {
        "罚款": book.remaining_fine,
        "没收违法所得": book.remaining_confiscated,
        "加处罚款": book.remaining_surcharge,
    }
    named = " ＋ ".join(f"{name} {amount:,.2f}" for name, amount in parts.items() if amount)
    states = [] if book.surcharge.decided or not book.surcharge.accrued else ["加处为试算"]
    states += ["复议、诉讼期间停算"] if book.is_suspended else []
    state = f"（{'，'.join(states)}）" if states else ""
    return f"截至 {book.as_of:%Y-%m-%d} 应缴 {book.due:,.2f} 元：{named}{state}"
