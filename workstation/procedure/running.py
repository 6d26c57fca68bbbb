"""The deadlines that run in a case on a day, derived from its events."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import (
    act_end,
    asks_for_hearing,
    day_of,
    is_paid,
    is_waiver,
    limitation_code,
    matter_on,
    served_day,
)
from workstation.procedure.deadlines import compute
from workstation.procedure.errors import HolidayNoticeMissingError
from workstation.procedure.guards_decision import decision_deadline
from workstation.procedure.records import Deadline, RunningDeadline, Surroundings
from workstation.procedure.rules import ProcedureRules


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    """A deadline to count: its rule, start, the step it belongs to and when it was met."""

    code: str
    step: int
    start: date
    done_on: date | None = None
    counted: Deadline | None = None
    note: str = ""


def open_deadlines(
    case_file: CaseFile, as_of: date, rules: ProcedureRules, surroundings: Surroundings
) -> tuple[RunningDeadline, ...]:
    """Return every deadline that has started by the end of ``as_of``, done ones included.

    They are sorted by last day; one that can't be counted yet (a holiday notice is missing)
    comes last with the reason in its note.
    """
    known = case_file.as_of(as_of)
    clocks = [
        *_limitation(known, surroundings),
        *_opening(known, rules, as_of),
        *_measures(known, rules),
        *_review_and_notice(known, rules),
        *_decision(known),
        *_execution(known, rules, as_of),
    ]
    running = [_running(clock, as_of, rules) for clock in clocks]
    return tuple(sorted(running, key=lambda d: (d.last_day or date.max, d.code)))


def _running(clock: _Clock, as_of: date, rules: ProcedureRules) -> RunningDeadline:
    rule = rules.deadlines.rule(clock.code)
    counted = clock.counted
    note = clock.note or (counted.note if counted else rule.note)
    try:
        if counted is None:
            counted = compute(rule, clock.start, calendar=rules.calendar)
    except HolidayNoticeMissingError as missing:
        note = f"{missing.message}{missing.hint}"
    last = counted.last_day if counted else None
    left = (last - as_of).days if last is not None and clock.done_on is None else None
    return RunningDeadline(
        code=rule.code,
        name=rule.name,
        step=clock.step,
        start=clock.start,
        last_day=last,
        days_left=left,
        done_on=clock.done_on,
        holder=rule.holder,
        basis=rule.basis,
        provisional=counted.provisional if counted else True,
        derivation=counted.derivation if counted else (),
        note=note,
    )


def _after(events: Sequence[CaseEvent], start: CaseEvent) -> date | None:
    """The day of the first of ``events`` that came after ``start``."""
    later = [e for e in events if (e.at, e.position) >= (start.at, start.position)]
    return min((e.day for e in later), default=None)


def _first_day(case_file: CaseFile, *kinds: str) -> date | None:
    found = [event for kind in kinds for event in case_file.all_of(kind)]
    return min((event.day for event in found), default=None)


def _limitation(case_file: CaseFile, surroundings: Surroundings) -> Iterator[_Clock]:
    case = case_file.case
    ended = act_end(case)
    if ended is None or case_file.first("lead_registered") is None:
        return
    found = case.lead.found_at.date()
    matter = matter_on(surroundings.matters, case.matter_code, found)
    code = limitation_code(case, matter)
    yield _Clock(code=code, step=2, start=ended.date(), done_on=found)


def _opening(case_file: CaseFile, rules: ProcedureRules, as_of: date) -> Iterator[_Clock]:
    if case_file.first("lead_registered") is None:
        return
    yield _Clock(
        code="DL01",
        step=2,
        start=case_file.case.lead.found_at.date(),
        done_on=_first_day(case_file, "case_filed", "lead_rejected"),
    )
    counted = decision_deadline(case_file, rules, as_of)
    if counted is not None:
        yield _Clock(
            code="DL02",
            step=13,
            start=counted.start,
            done_on=_first_day(case_file, "decision_made", "case_withdrawn"),
            counted=counted,
        )


def _measures(case_file: CaseFile, rules: ProcedureRules) -> Iterator[_Clock]:
    resolved = case_file.all_of("preservation_resolved")
    for number, preserved in enumerate(case_file.all_of("evidence_preserved")):
        done = resolved[number].day if number < len(resolved) else None
        yield _Clock(code="DL03", step=4, start=preserved.day, done_on=done)
    lifted = case_file.all_of("coercion_lifted")
    for number, applied in enumerate(case_file.all_of("coercion_applied")):
        done = lifted[number].day if number < len(lifted) else None
        yield from _coercion(case_file, applied, done, rules)


def _coercion(
    case_file: CaseFile, applied: CaseEvent, lifted: date | None, rules: ProcedureRules
) -> Iterator[_Clock]:
    first = compute(rules.deadlines.rule("DL04"), applied.day, calendar=rules.calendar)
    extended = _after(case_file.all_of("coercion_extended"), applied)
    yield _Clock(code="DL04", step=5, start=applied.day, done_on=extended or lifted, counted=first)
    if extended is not None:
        yield _Clock(code="DL04-2", step=5, start=first.last_day, done_on=lifted)
    if applied.data.get("urgent") is True:
        rule = rules.deadlines.rule("DL05")
        yield _Clock(
            code="DL05",
            step=5,
            start=applied.day,
            done_on=day_of(applied.data.get("approved_at")),
            counted=compute(rule, applied.at, calendar=rules.calendar),
        )


def _review_and_notice(case_file: CaseFile, rules: ProcedureRules) -> Iterator[_Clock]:
    concluded = case_file.all_of("review_concluded")
    for submitted in case_file.all_of("review_submitted"):
        yield _Clock(
            code="DL29", step=8, start=submitted.day, done_on=_after(concluded, submitted)
        )
    for notice in case_file.all_of("notice_served"):
        start = served_day(notice, rules)
        statements = [s for s in case_file.all_of("statement_received") if s.at >= notice.at]
        hearings = [s for s in statements if asks_for_hearing(s) or is_waiver(s)]
        yield _Clock(code="DL06", step=10, start=start, done_on=_after(hearings, notice))
        yield _Clock(code="DL07", step=10, start=start, done_on=_after(statements, notice))
    for notified in case_file.all_of("hearing_notified"):
        hearing = day_of(notified.data.get("on"))
        if hearing is not None:
            yield _Clock(code="DL08", step=11, start=hearing, done_on=notified.day)


def _decision(case_file: CaseFile) -> Iterator[_Clock]:
    decision = case_file.last("decision_made")
    if decision is None:
        return
    served = case_file.last("decision_served")
    announced = day_of(served.data.get("announced_on")) if served else None
    if announced is not None:
        yield _Clock(code="DL10", step=14, start=announced, done_on=None)
    yield _Clock(code="DL09", step=14, start=decision.day, done_on=served.day if served else None)
    published = _first_day(case_file, "decision_published", "publication_declined")
    for code in ("DL14", "DL14-2"):
        yield _Clock(code=code, step=15, start=decision.day, done_on=published)


def _execution(case_file: CaseFile, rules: ProcedureRules, as_of: date) -> Iterator[_Clock]:
    served = case_file.last("decision_served")
    if served is not None:
        yield from _after_service(case_file, served_day(served, rules), rules, as_of)
    demand = case_file.last("demand_served")
    if demand is not None:
        yield _Clock(code="DL21", step=16, start=demand.day, done_on=_paid_on(case_file))
    closed = case_file.last("case_closed")
    if closed is not None:
        archived = _first_day(case_file, "case_archived")
        yield _Clock(code="DL30", step=18, start=closed.day, done_on=archived)


def _paid_on(case_file: CaseFile) -> date | None:
    last = case_file.last("fine_paid")
    return last.day if last is not None and is_paid(case_file) else None


def _after_service(
    case_file: CaseFile, served: date, rules: ProcedureRules, as_of: date
) -> Iterator[_Clock]:
    paid = _paid_on(case_file)
    payment = compute(rules.deadlines.rule("DL11"), served, calendar=rules.calendar)
    deferred = case_file.last("payment_deferred")
    until = day_of(deferred.data.get("until")) if deferred else None
    yield _Clock(code="DL11", step=16, start=served, done_on=paid, counted=payment)
    last_to_pay = until or payment.last_day
    if (paid or date.max) > last_to_pay and as_of > last_to_pay:
        yield _Clock(code="DL12", step=16, start=last_to_pay, done_on=paid)
    yield _Clock(code="DL16", step=16, start=served)
    lawsuit = compute(rules.deadlines.rule("DL17"), served, calendar=rules.calendar)
    yield _Clock(code="DL17", step=16, start=served, counted=lawsuit)
    yield _Clock(
        code="DL22",
        step=16,
        start=until or lawsuit.last_day,
        done_on=paid or _first_day(case_file, "enforcement_applied"),
        note="罚没款已缴清，无须申请" if paid else "",
    )
