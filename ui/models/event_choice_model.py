"""What may happen in a step, as a list in two groups that typing narrows."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from workstation.operations.possible_events import PossibleEvent

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class GroupHeading:
    """The name of a group of events."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChoice:
    """An event of the list; ``is_next`` marks the one that comes next in its step."""

    possible: PossibleEvent
    is_next: bool

    @property
    def state(self) -> str:
        """What stands beside it in a few words; empty where it is simply possible."""
        refusal, reservation = self.possible.refusal, self.possible.reservation
        if refusal is not None:
            return f"✕ {refusal.message}"
        if reservation is not None:
            return f"须书面放行：{reservation.message}"
        return "下一步" if self.is_next else ""


class EventChoiceModel(QAbstractListModel):
    """Rows are :class:`GroupHeading` (not selectable) or :class:`EventChoice`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._events: tuple[PossibleEvent, ...] = ()
        self._next = ""
        self._filter = ""
        self._rows: list[GroupHeading | EventChoice] = []

    def show(self, events: tuple[PossibleEvent, ...], next_kind: str) -> None:
        """List events; those already listed only change their state."""
        same = [e.kind.kind for e in events] == [e.kind.kind for e in self._events]
        self._events, self._next = events, next_kind
        if same and self._rows:
            self._rows = self._made()
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
            return
        self.narrow(self._filter)

    def narrow(self, text: str) -> None:
        """Show only what every word of ``text`` occurs in."""
        self.beginResetModel()
        self._filter = text
        self._rows = self._made()
        self.endResetModel()

    def row_of(self, kind: str) -> int:
        """Return the row of a kind, -1 where it is not listed."""
        rows = (row for row, choice in enumerate(self._rows) if _is(choice, kind))
        return next(rows, -1)

    def first_row(self) -> int:
        """Return the row of the first event, -1 where none is listed."""
        rows = (row for row, entry in enumerate(self._rows) if isinstance(entry, EventChoice))
        return next(rows, -1)

    def choice(self, row: int) -> EventChoice | None:
        """Return the event of a row, or None for a heading."""
        entry = self._rows[row] if 0 <= row < len(self._rows) else None
        return entry if isinstance(entry, EventChoice) else None

    def _made(self) -> list[GroupHeading | EventChoice]:
        rows: list[GroupHeading | EventChoice] = []
        for anywhere, name in ((False, "本步骤"), (True, "任何步骤")):
            found = [
                EventChoice(possible=e, is_next=e.kind.kind == self._next)
                for e in self._events
                if e.anywhere is anywhere and _matches(e, self._filter)
            ]
            if found:
                rows += [GroupHeading(name), *found]
        return rows

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.choice(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        entry = self._rows[index.row()]
        return entry if role == ENTRY_ROLE else _texts(entry).get(role)


def _texts(entry: GroupHeading | EventChoice) -> dict[int, str]:
    display, spoken = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole
    if isinstance(entry, GroupHeading):
        return {display: entry.name, spoken: entry.name}
    title = entry.possible.kind.title
    return {
        display: title,
        spoken: f"{title}，{entry.state or '可以办理'}",
        Qt.ItemDataRole.ToolTipRole: entry.state,
    }


def _is(entry: GroupHeading | EventChoice, kind: str) -> bool:
    return isinstance(entry, EventChoice) and entry.possible.kind.kind == kind


def _matches(event: PossibleEvent, text: str) -> bool:
    kind = event.kind
    searched = " ".join((kind.title, kind.kind, kind.actor, *kind.aliases)).casefold()
    return all(word in searched for word in text.casefold().split())
