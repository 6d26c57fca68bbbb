"""The 18 steps of a case as a list: phase headings and steps, for the timeline."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from workstation.procedure import Block, StepState, StepStatus

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
STATE_ROLE = int(Qt.ItemDataRole.UserRole)
GLYPHS = {
    StepStatus.DONE: "●",
    StepStatus.NOW: "◐",
    StepStatus.DUE: "◐",
    StepStatus.BLOCKED: "✕",
    StepStatus.WAITING: "○",
    StepStatus.NOT_APPLICABLE: "–",
}
WORDS = {
    StepStatus.DONE: "已办",
    StepStatus.NOW: "进行中",
    StepStatus.DUE: "临期",
    StepStatus.BLOCKED: "阻断",
    StepStatus.WAITING: "未到",
    StepStatus.NOT_APPLICABLE: "不适用",
}


@dataclass(frozen=True, slots=True)
class PhaseHeading:
    """The name of a phase and how many of its steps are settled."""

    name: str
    settled: int
    steps: int


class StepListModel(QAbstractListModel):
    """Rows are :class:`PhaseHeading` (not selectable) or ``StepState``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PhaseHeading | StepState] = []

    def show(self, states: tuple[StepState, ...]) -> None:
        """Show the steps of a case; rows are kept where only their state changed."""
        rows: list[PhaseHeading | StepState] = []
        for state in states:
            phase = state.phase.value
            if not any(isinstance(row, PhaseHeading) and row.name == phase for row in rows):
                same = [other for other in states if other.phase is state.phase]
                settled = sum(
                    other.status in {StepStatus.DONE, StepStatus.NOT_APPLICABLE} for other in same
                )
                rows.append(PhaseHeading(phase, settled, len(same)))
            rows.append(state)
        if len(rows) == len(self._rows):
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, step: int) -> int:
        """Return the row of a step, -1 where it is not shown."""
        for row, entry in enumerate(self._rows):
            if isinstance(entry, StepState) and entry.n == step:
                return row
        return -1

    def state(self, row: int) -> StepState | None:
        """Return the step of a row, or None for a heading."""
        entry = self._rows[row] if 0 <= row < len(self._rows) else None
        return entry if isinstance(entry, StepState) else None

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.state(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        entry = self._rows[index.row()]
        match role:
            case int() if role == STATE_ROLE:
                return entry
            case Qt.ItemDataRole.DisplayRole:
                return entry.name if isinstance(entry, PhaseHeading) else step_line(entry)
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(entry)
            case Qt.ItemDataRole.ToolTipRole if isinstance(entry, StepState):
                return "\n".join([entry.reason, *(_block_line(b) for b in entry.blocks)])
        return None


def _block_line(block: Block) -> str:
    return f"✕ {block.message}［{block.basis}］{block.hint}"


def step_line(state: StepState) -> str:
    """Return a step as one line of text: glyph, number, name."""
    return f"{GLYPHS[state.status]} {state.n} {state.name}"


def when_line(state: StepState) -> str:
    """Return what stands at the right of a step: its day, or its state in a word."""
    return f"{state.done_on:%m-%d}" if state.done_on else WORDS[state.status]


def reason_line(state: StepState) -> str:
    """Return why a step is blocked or nearly late, to stand under its name; else nothing."""
    if state.status not in {StepStatus.BLOCKED, StepStatus.DUE}:
        return ""
    hard = sum(block.hard for block in state.blocks)
    return f"{hard}项：{state.reason}" if hard > 1 else state.reason


def _spoken(entry: PhaseHeading | StepState) -> str:
    if isinstance(entry, PhaseHeading):
        return f"{entry.name}阶段，{entry.steps}步已办{entry.settled}步"
    papers = f"，文书{len(entry.documents)}份" if entry.documents else ""
    return (
        f"第{entry.n}步 {entry.name}，{WORDS[entry.status]}，{when_line(entry)}{papers}"
        f"。{entry.reason}"
    )
