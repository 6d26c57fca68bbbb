"""What a running deadline is counted from, and how events answer each other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.period_records import Deadline, Origin
from workstation.procedure.records import Surroundings
from workstation.procedure.rules import ProcedureRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A deadline to count: its rule, start, the step it belongs to and when it was met.

    ``origin`` names what starts it; left out, it is the event of that day, if there is just one.
    ``counted`` is given where more than the rule and the start decide (extensions, deductions);
    ``subject`` tells those apart of which a case has several of one rule.
    """

    code: str
    step: int
    start: date
    done_on: date | None = None
    counted: Deadline | None = None
    note: str = ""
    origin: Origin | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockQuestion:
    """Which clocks run in ``case_file`` (what is known at the end of ``as_of``)?"""

    case_file: CaseFile
    as_of: date
    rules: ProcedureRules
    surroundings: Surroundings


ClockSource = Callable[[ClockQuestion], Iterator[Clock]]


def following(events: Sequence[CaseEvent], start: CaseEvent) -> date | None:
    """Return the day of the first of ``events`` that came after ``start``, or None."""
    later = [e for e in events if (e.at, e.position) >= (start.at, start.position)]
    return min((e.day for e in later), default=None)


def first_day(case_file: CaseFile, *kinds: str) -> date | None:
    """Return the day of the earliest event of any of ``kinds``, or None."""
    found = [event for kind in kinds for event in case_file.all_of(kind)]
    return min((event.day for event in found), default=None)


def from_event(event: CaseEvent, key: str = "") -> Origin:
    """Return ``event`` as an origin; ``key`` where a day in its data starts the clock."""
    return Origin(event=event.position, key=key)


def from_service(event: CaseEvent) -> Origin:
    """Return a service as an origin: by announcement it is the day of announcement that counts."""
    return from_event(event, "announced_on" if event.data.get("announced_on") else "")
