"""Turns of a case as rows of tests: what happened before, what is asked, wrongly and rightly."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from workstation.domain.cases import CaseEvent, CaseFile

Told = tuple[str, str, Mapping[str, Any]]
Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]

NONE = {"outcome": "不予处罚", "fine": None}
SEIZED: Told = ("coercion_applied", "2026-09-10T09:00", {"approver": "叶怀山"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """``guard`` refuses ``kind`` with ``wrong`` and lets it pass with ``right``.

    ``told`` happened before in both, ``cure`` in the lawful one only, which may be ``on`` another
    day.
    """

    guard: str
    kind: str
    at: str
    told: Sequence[Told] = ()
    cure: Sequence[Told] = ()
    wrong: Mapping[str, Any] = field(default_factory=dict)
    right: Mapping[str, Any] = field(default_factory=dict)
    on: str = ""
    until: str = "fine_paid"
    without: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the row in the test's report."""
        return self.guard


def tell(file: CaseFile, told: Sequence[Told]) -> CaseFile:
    """Return the file with more events, put in their places by time."""
    added = [
        CaseEvent(
            position=500 + number,
            kind=kind,
            step=16,
            at=datetime.fromisoformat(at),
            title=kind,
            data=data,
        )
        for number, (kind, at, data) in enumerate(told)
    ]
    events = sorted((*file.events, *added), key=lambda event: event.at)
    return replace(file, events=tuple(events))


def answers(before: Before, refused: Refused, turn: Turn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what refuses the unlawful and the lawful form of a turn."""
    file = tell(before(turn.until, without=turn.without), turn.told)
    wrong = refused(file, turn.kind, at=turn.at, **turn.wrong)
    right = refused(tell(file, turn.cure), turn.kind, at=turn.on or turn.at, **turn.right)
    return wrong, right
