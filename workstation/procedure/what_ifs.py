"""What would follow if something in a case had happened some days earlier or later.

The event that starts a clock is moved, and everything is counted again from the moved case: what
hangs on it moves along by itself.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from workstation.domain.cases import CaseEvent, CaseFile, JsonValue
from workstation.procedure.clocks import ClockQuestion
from workstation.procedure.decision_days import DecisionWindow, decision_window
from workstation.procedure.period_records import Origin, RunningDeadline
from workstation.procedure.running import running_clocks

FOUND_AT = "found_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedClock:
    """A clock before and after a move; None where it does not run then."""

    code: str
    name: str
    before: RunningDeadline | None
    after: RunningDeadline | None

    @property
    def difference(self) -> int | None:
        """By how many days its last day moves, None where one side has none."""
        if self.before is None or self.after is None:
            return None
        if self.before.last_day is None or self.after.last_day is None:
            return None
        return (self.after.last_day - self.before.last_day).days

    @property
    def is_moved(self) -> bool:
        """Whether anything about it is otherwise than before."""
        if self.before is None or self.after is None:
            return True
        return self.difference != 0 or self.before.state is not self.after.state

    def as_json(self) -> dict[str, Any]:
        """Return both sides as the command line prints them."""
        return {
            "code": self.code,
            "name": self.name,
            "before": _last_day(self.before),
            "after": _last_day(self.after),
            "difference_days": self.difference,
            "state_before": self.before.state.value if self.before else "",
            "state_after": self.after.state.value if self.after else "",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A case as it is and as it would be with one origin moved by ``days``.

    ``clocks`` holds all clocks; ``notes`` says what in the case would no longer fit.
    """

    days: int
    clocks: tuple[MovedClock, ...]
    decision_before: DecisionWindow
    decision_after: DecisionWindow
    notes: tuple[str, ...]

    @property
    def moved(self) -> tuple[MovedClock, ...]:
        """The clocks that end on another day, stand otherwise, begin to run or run no more."""
        return tuple(clock for clock in self.clocks if clock.is_moved)

    def as_json(self) -> dict[str, Any]:
        """Return what moves as the command line prints it."""
        before, after = self.decision_before.first, self.decision_after.first
        return {
            "moved_days": self.days,
            "moved": [clock.as_json() for clock in self.moved],
            "unmoved": [c.code for c in self.clocks if not c.is_moved],
            "earliest_decision": {
                "before": before.isoformat() if before else None,
                "after": after.isoformat() if after else None,
                "difference_days": (after - before).days if before and after else None,
                "window_empty": self.decision_after.is_empty,
                "reasons": list(self.decision_after.reasons),
            },
            "cautions": list(self.notes),
        }


def what_if(question: ClockQuestion, origin: Origin, days: int) -> WhatIf:
    """Compare the case of ``question`` with the same case after moving ``origin`` by ``days``."""
    moved = replace(question, case_file=shifted(question.case_file, origin, days))
    before, after = running_clocks(question), running_clocks(moved)
    return WhatIf(
        days=days,
        clocks=_paired(before, after),
        decision_before=_window(question, before),
        decision_after=_window(moved, after),
        notes=_misfits(question.case_file, moved.case_file, origin),
    )


def shifted(case_file: CaseFile, origin: Origin, days: int) -> CaseFile:
    """Return the case with what ``origin`` names moved by ``days`` (negative: earlier)."""
    by = timedelta(days=days)
    if not origin.event:
        return _with_moved_facts(case_file, origin.key, by)
    events = [
        _moved(event, origin.key, by) if event.position == origin.event else event
        for event in case_file.events
    ]
    events.sort(key=lambda event: (event.at, event.position))
    return replace(case_file, events=tuple(events))


def _with_moved_facts(case_file: CaseFile, key: str, by: timedelta) -> CaseFile:
    case = case_file.case
    if key == FOUND_AT:
        lead = replace(case.lead, found_at=case.lead.found_at + by)
        return replace(case_file, case=replace(case, lead=lead))
    facts = {**case.facts, key: _moved_value(case.facts.get(key), by)}
    return replace(case_file, case=replace(case, facts=facts))


def _moved(event: CaseEvent, key: str, by: timedelta) -> CaseEvent:
    if not key:
        return replace(event, at=event.at + by)
    return replace(event, data={**event.data, key: _moved_value(event.data.get(key), by)})


def _moved_value(value: JsonValue, by: timedelta) -> JsonValue:
    """Move a day or moment in ISO form; what is neither stays as it is."""
    if not isinstance(value, str):
        return value
    try:
        moved = datetime.fromisoformat(value) + by
    except ValueError:
        return value
    return moved.isoformat(timespec="minutes") if "T" in value else moved.date().isoformat()


def _window(question: ClockQuestion, running: Iterable[RunningDeadline]) -> DecisionWindow:
    return decision_window(question.case_file, question.as_of, question.rules, running)


def _paired(
    before: tuple[RunningDeadline, ...], after: tuple[RunningDeadline, ...]
) -> tuple[MovedClock, ...]:
    others = _by_key(after)
    pairs = [
        MovedClock(code=key[0], name=clock.name, before=clock, after=others.pop(key, None))
        for key, clock in _by_key(before).items()
    ]
    pairs += [
        MovedClock(code=key[0], name=clock.name, before=None, after=clock)
        for key, clock in others.items()
    ]
    return tuple(pairs)


def _by_key(
    clocks: Iterable[RunningDeadline],
) -> dict[tuple[str, Origin | None, int], RunningDeadline]:
    """Key each clock by rule and origin; of several alike, by their place."""
    seen: Counter[tuple[str, Origin | None]] = Counter()
    found: dict[tuple[str, Origin | None, int], RunningDeadline] = {}
    for clock in clocks:
        seen[clock.code, clock.origin] += 1
        found[clock.code, clock.origin, seen[clock.code, clock.origin]] = clock
    return found


def _misfits(before: CaseFile, after: CaseFile, origin: Origin) -> tuple[str, ...]:
    """Return the events that a moved event has overtaken: the case would read otherwise."""
    if not origin.event or origin.key:
        return ()
    old = next(event for event in before.events if event.position == origin.event)
    new = next(event for event in after.events if event.position == origin.event)
    first, last = sorted((old.at, new.at))
    return tuple(
        f"“{new.title}”移到{new.day}后，与“{event.title}”（{event.day}）的先后顺序颠倒"
        for event in after.events
        if event.position != origin.event and first < event.at < last
    )


def _last_day(clock: RunningDeadline | None) -> str | None:
    return clock.last_day.isoformat() if clock is not None and clock.last_day else None
