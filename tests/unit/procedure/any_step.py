"""Questions to one guard: what came before, what is asked, and the change that lets it pass."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.unit.procedure.conftest import make_event
from workstation.domain.cases import CaseFile

Row = Mapping[str, Any]


def ev(kind: str, at: str, **data: Any) -> Row:
    """Return a row of an event."""
    return {"kind": kind, "at": at, "data": data}


def having(file: CaseFile, *rows: Row) -> CaseFile:
    """Return ``file`` with events of ``rows`` put in their place by time."""
    first = len(file.events) + 1
    added = [make_event(dict(row), first + place) for place, row in enumerate(rows)]
    events = sorted((*file.events, *added), key=lambda e: (e.at, e.position))
    return replace(file, events=tuple(events))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """``guard`` refuses ``event`` after ``wrong`` and not after ``right`` (or ``right_data``)."""

    guard: str
    event: Row
    wrong: tuple[Row, ...] = ()
    right: tuple[Row, ...] = ()
    right_data: Row = field(default_factory=dict)
    until: str = "decision_made"
    without: tuple[str, ...] = ()
    case: Row = field(default_factory=dict)
