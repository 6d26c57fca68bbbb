"""The due board: the open deadlines of all cases, in groups by day, and their recomputation."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from threading import Event
from typing import Any

from workstation.operations.changes import Changes
from workstation.operations.readings import deadline_entry, rules_of
from workstation.procedure import ProcedureRules, Surroundings, open_deadlines
from workstation.procedure.period_records import DeadlineNature
from workstation.storage.database import Database, Unit
from workstation.storage.records import DeadlineEntry, DueDeadline, DueFilter

__all__ = ["DueFilter", "DueGroup", "DueOperations", "DueRow", "group_of", "span_of"]

Progress = Callable[[int, int], None]
_BATCH = 100
# How often a batch is counted again because something was written while it was counted.
_TRIES = 3
_MONTH = timedelta(days=30)


class DueGroup(StrEnum):
    """The groups of the board; the value is shown."""

    OVERDUE = "逾期"
    TODAY = "今天"
    THIS_WEEK = "本周"
    THIS_MONTH = "三十日内"
    LATER = "以后"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """One line of the board: a deadline, its group, days left and the basis it is counted on."""

    deadline: DueDeadline
    group: DueGroup
    days_left: int
    basis: str

    def as_json(self) -> dict[str, Any]:
        """Return the line as the command line prints it."""
        deadline = self.deadline
        return {
            "case_id": deadline.case_id,
            "number": deadline.case_number,
            "title": deadline.case_title,
            "officers": list(deadline.officers),
            "code": deadline.code,
            "name": deadline.name,
            "step": deadline.step,
            "holder": deadline.holder,
            "last_day": deadline.last_day.isoformat(),
            "days_left": self.days_left,
            "group": self.group.value,
            "provisional": deadline.provisional,
            "basis": self.basis,
        }


def span_of(group: DueGroup, today: date) -> tuple[date | None, date | None]:
    """Return the first and last day of a group; the week ends on Sunday, None is open."""
    sunday = today + timedelta(days=6 - today.weekday())
    month = max(today + _MONTH, sunday)
    day = timedelta(days=1)
    return {
        DueGroup.OVERDUE: (None, today - day),
        DueGroup.TODAY: (today, today),
        DueGroup.THIS_WEEK: (today + day, sunday),
        DueGroup.THIS_MONTH: (sunday + day, month),
        DueGroup.LATER: (month + day, None),
    }[group]


def group_of(last_day: date, today: date) -> DueGroup:
    """Return the group a last day falls into."""
    for group in DueGroup:
        first, last = span_of(group, today)
        if (first is None or first <= last_day) and (last is None or last_day <= last):
            return group
    raise AssertionError(last_day)


class DueOperations:
    """Reading the board is a query; recomputing it runs in the background."""

    def __init__(self, database: Database, shipped: ProcedureRules) -> None:
        self._database = database
        self._shipped = shipped

    def rows(
        self,
        wanted: DueFilter,
        today: date,
        *,
        group: DueGroup | None = None,
        limit: int = 200,
        offset: int = 0,
    ) -> tuple[DueRow, ...]:
        """Return the open deadlines that ``wanted`` lets through, of one group or all."""
        with self._database.reading() as unit:
            rules = rules_of(unit, self._shipped)
            within = _within(_open_on(wanted, today, rules), group, today)
            found = unit.deadlines.due(within, limit=limit, offset=offset)
        return tuple(
            DueRow(
                deadline=deadline,
                group=group_of(deadline.last_day, today),
                days_left=(deadline.last_day - today).days,
                basis=rules.deadlines.rule(deadline.code).basis,
            )
            for deadline in found
        )

    def counts(self, wanted: DueFilter, today: date) -> dict[DueGroup, int]:
        """Return how many deadlines each group holds."""
        spans = [span_of(group, today) for group in DueGroup]
        with self._database.reading() as unit:
            lasting = _lasting(wanted, rules_of(unit, self._shipped), today)
            found = unit.deadlines.count_spans(lasting, spans)
        return dict(zip(DueGroup, found, strict=True))

    def count_until(self, last: date, today: date) -> int:
        """Return how many open deadlines of the office end on ``last`` or before."""
        with self._database.reading() as unit:
            lasting = _lasting(DueFilter(last=last), rules_of(unit, self._shipped), today)
            return unit.deadlines.count_due(lasting)

    def recompute_all(
        self, progress: Progress | None = None, stop: Event | None = None
    ) -> Changes | None:
        """Count the deadlines of every case anew that is not archived, some hundred at a time.

        Needed after a parameter or a holiday notice changed. Returns None when stopped; what was
        counted until then stays.
        """
        with self._database.reading() as unit:
            ids = unit.cases.unarchived()
        for first in range(0, len(ids), _BATCH):
            if stop is not None and stop.is_set():
                return None
            self._recompute(ids[first : first + _BATCH])
            if progress is not None:
                progress(min(first + _BATCH, len(ids)), len(ids))
        return Changes.of("deadlines", "*")

    def _recompute(self, ids: tuple[str, ...]) -> None:
        """Count outside the write lock, so that nobody's write waits for it; else inside it."""
        for _ in range(_TRIES):
            with self._database.reading() as unit:
                head, counted = unit.log.head(), self._count(unit, ids)
            with self._database.writing() as unit:
                if unit.log.head() == head:
                    unit.deadlines.replace_all(counted)
                    return
        with self._database.writing() as unit:
            unit.deadlines.replace_all(self._count(unit, ids))

    def _count(self, unit: Unit, ids: tuple[str, ...]) -> dict[str, list[DeadlineEntry]]:
        today, rules = date.today(), rules_of(unit, self._shipped)
        beside = Surroundings(office=unit.office.get(), matters=unit.matters.all())
        return {
            file.case.id: [
                deadline_entry(running) for running in open_deadlines(file, today, rules, beside)
            ]
            for file in unit.cases.load_courses(ids)
        }


def _open_on(wanted: DueFilter, today: date, rules: ProcedureRules) -> DueFilter:
    """Leave out rights and waiting periods that just ended: they are no arrears."""
    deadlines = rules.deadlines
    ending = {c for c in deadlines.codes if deadlines.rule(c).nature is not DeadlineNature.DUTY}
    return replace(wanted, ending=frozenset(ending), today=today)


def _lasting(wanted: DueFilter, rules: ProcedureRules, today: date) -> DueFilter:
    """Leave out what just ends: a right that lapsed or a wait that is over is not late."""
    found = map(rules.deadlines.rule, rules.deadlines.codes)
    ending = frozenset(r.code for r in found if r.nature is not DeadlineNature.DUTY)
    return replace(wanted, ending=ending, today=today)


def _within(wanted: DueFilter, group: DueGroup | None, today: date) -> DueFilter:
    if group is None:
        return wanted
    first, last = span_of(group, today)
    firsts = [day for day in (first, wanted.first) if day is not None]
    lasts = [day for day in (last, wanted.last) if day is not None]
    return replace(wanted, first=max(firsts, default=None), last=min(lasts, default=None))
