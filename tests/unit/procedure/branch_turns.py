"""Turns of a case as rows of tests: what happened before, what is asked, wrongly and rightly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from workstation.domain.cases import CaseEvent, CaseFile

Told = tuple[str, str, Mapping[str, Any]]


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
