"""Seals and seizures of a case: which are in force, and until when (行政强制法§25)."""

from dataclasses import dataclass
from datetime import date

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import COERCION_ENDS, day_of, text_of
from workstation.procedure.deadlines import compute, without_overlaps
from workstation.procedure.period_records import Deadline, Deduction
from workstation.procedure.rules import ProcedureRules

LIFTING_GROUNDS = (
    "当事人没有违法行为",
    "查封、扣押的场所、设施或者财物与违法行为无关",
    "已经作出处理决定，不再需要查封、扣押",
    "查封、扣押期限已经届满",
    "其他不再需要采取查封、扣押措施的情形",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coercion:
    """One seal or seizure; ``released`` is None while it is in force."""

    applied: CaseEvent
    extended: CaseEvent | None
    released: CaseEvent | None
    first: Deadline
    second: Deadline | None

    @property
    def last_day(self) -> date:
        """The last day it may be kept up."""
        return (self.second or self.first).last_day


def coercions(case_file: CaseFile, rules: ProcedureRules) -> tuple[Coercion, ...]:
    """Return the seals and seizures in order, released in the order they were made."""
    applied = case_file.all_of("coercion_applied")
    released = sorted(
        (event for kind in COERCION_ENDS for event in case_file.all_of(kind)),
        key=lambda event: (event.at, event.position),
    )
    extensions = case_file.all_of("coercion_extended")
    found = []
    for number, event in enumerate(applied):
        until = applied[number + 1].at if number + 1 < len(applied) else None
        extended = next(
            (e for e in extensions if e.at >= event.at and (until is None or e.at < until)), None
        )
        first = first_period(case_file, event, rules)
        found.append(
            Coercion(
                applied=event,
                extended=extended,
                released=released[number] if number < len(released) else None,
                first=first,
                second=_second(first, case_file, rules) if extended else None,
            )
        )
    return tuple(found)


def untimed_periods(case_file: CaseFile) -> tuple[Deduction, ...]:
    """Return the periods of tests that do not count, the party having been told (§25第3款)."""
    found = [period_of(event) for event in case_file.all_of("coercion_test_period")]
    return without_overlaps([span for span in found if span is not None])


def period_of(event: CaseEvent) -> Deduction | None:
    """Return the days of a test, both included; None where they are not stated or not told."""
    first, last = day_of(event.data.get("from")), day_of(event.data.get("to"))
    if first is None or last is None or last < first or day_of(event.data.get("told_on")) is None:
        return None
    what = text_of(event.data.get("what")) or "检测、检验、检疫或者技术鉴定"
    return Deduction(first=first, last=last, why=f"{what}期间（行政强制法§25第3款）")


def first_period(case_file: CaseFile, applied: CaseEvent, rules: ProcedureRules) -> Deadline:
    """Count the first thirty days of a seal or seizure, tests left out."""
    rule = rules.on(applied.day).deadlines.rule("DL04")
    return compute(
        rule, applied.day, calendar=rules.calendar, deductions=untimed_periods(case_file)
    )


def _second(first: Deadline, case_file: CaseFile, rules: ProcedureRules) -> Deadline:
    rule = rules.on(first.start).deadlines.rule("DL04-2")
    return compute(
        rule, first.last_day, calendar=rules.calendar, deductions=untimed_periods(case_file)
    )
