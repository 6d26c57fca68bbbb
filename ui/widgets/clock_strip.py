"""What is running and what is blocked, always in view above an open case."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.text_labels import button, label
from workstation.operations.cases import CaseView
from workstation.procedure import RunningDeadline

_SHOWN = 4


class ClockStrip(QFrame):
    """The nearest clocks as buttons; the first block as a line with its article and way out."""

    citation_activated = Signal(str)
    step_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self._clocks = QHBoxLayout()
        self._clocks.setSpacing(4)
        self._block = label("", "error", wraps=True)
        self._basis = button("", flat=True)
        self._derivation = label("", "muted", wraps=True)
        self._derivation.hide()
        self._block_basis = ""
        self._opened = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.setSpacing(2)
        layout.addLayout(self._clocks)
        blocked = QHBoxLayout()
        blocked.addWidget(self._block, 1)
        blocked.addWidget(self._basis)
        layout.addLayout(blocked)
        layout.addWidget(self._derivation)
        self._basis.clicked.connect(lambda: self.citation_activated.emit(self._block_basis))

    def show_case(self, view: CaseView) -> None:
        """Show the clocks and the first block of a case on its day."""
        while (item := self._clocks.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._derivation.hide()
        running = [d for d in view.deadlines if d.done_on is None and d.days_left is not None]
        running.sort(key=lambda d: (d.days_left or 0) < 0)
        for deadline in running[:_SHOWN]:
            self._clocks.addWidget(self._clock(deadline))
        if not running:
            self._clocks.addWidget(label("没有正在走的期限", "muted"))
        self._clocks.addStretch(1)
        block = next((b for b in view.blocks if b.hard), None)
        self._block.setVisible(block is not None)
        self._basis.setVisible(block is not None)
        if block is not None:
            self._block.setText(f"✕ 阻断：{block.message}　{block.hint}")
            self._block_basis = block.basis
            self._basis.setText(f"依据 {block.basis}")

    def _clock(self, deadline: RunningDeadline) -> QWidget:
        left = deadline.days_left or 0
        state = f"余 {left} 日" if left >= 0 else f"已过 {-left} 日"
        made = button(f"{deadline.name} 至 {deadline.last_day:%m-%d}（{state}）", flat=True)
        made.setToolTip(f"{deadline.holder}　{deadline.basis}\n点击查看逐日推算")
        made.clicked.connect(lambda: self._toggle(deadline))
        return made

    def _toggle(self, deadline: RunningDeadline) -> None:
        key = f"{deadline.code}{deadline.start}"
        if self._derivation.isVisible() and self._opened == key:
            self._derivation.hide()
            return
        self._opened = key
        self._derivation.setText(derivation_text(deadline))
        self._derivation.show()


def derivation_text(deadline: RunningDeadline) -> str:
    """Return how the last day of a deadline was found, a line for each day that matters."""
    lines = [f"{deadline.name}：{deadline.start:%Y-%m-%d} 起算，末日 {deadline.last_day}。"]
    steps = deadline.derivation
    shown = steps if len(steps) <= 12 else (*steps[:3], *steps[-3:])
    lines += [
        f"{step.day:%m-%d} {'计入' if step.counted else '不计'}　{step.why}" for step in shown
    ]
    lines.append(f"依据：{deadline.basis}")
    if deadline.provisional:
        lines.append("末日所在年份的节假日通知尚未发布，届时可能顺延。")
    return "\n".join(lines)
