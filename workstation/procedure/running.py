"""The deadlines that run in a case on a day, derived from its events."""

from datetime import date

from workstation.domain.cases import CaseFile
from workstation.procedure import (
    clocks_after_decision,
    clocks_before_decision,
    clocks_criminal,
    clocks_execution,
    clocks_of_others,
    clocks_remedies,
)
from workstation.procedure.clocks import Clock, ClockQuestion, ClockSource
from workstation.procedure.deadlines import compute
from workstation.procedure.errors import HolidayNoticeMissingError
from workstation.procedure.period_records import Origin, RunningDeadline
from workstation.procedure.records import Surroundings
from workstation.procedure.rules import ProcedureRules

# A module of clocks names its sources in CLOCKS and is added here; nothing else knows it.
CLOCKS: tuple[ClockSource, ...] = (
    *clocks_before_decision.CLOCKS,
    *clocks_after_decision.CLOCKS,
    *clocks_execution.CLOCKS,
    *clocks_remedies.CLOCKS,
    *clocks_of_others.CLOCKS,
    *clocks_criminal.CLOCKS,
)


def open_deadlines(
    case_file: CaseFile, as_of: date, rules: ProcedureRules, surroundings: Surroundings
) -> tuple[RunningDeadline, ...]:
    """Return every deadline that has started by the end of ``as_of``, done ones included.

    They are sorted by last day; one that can't be counted yet (a holiday notice is missing)
    comes last with the reason in its note.
    """
    question = ClockQuestion(
        case_file=case_file.as_of(as_of), as_of=as_of, rules=rules, surroundings=surroundings
    )
    return running_clocks(question)


def running_clocks(question: ClockQuestion) -> tuple[RunningDeadline, ...]:
    """Return every clock of a question, sorted by last day; its file is taken as it is."""
    clocks = [clock for source in CLOCKS for clock in source(question)]
    running = [_running(clock, question) for clock in clocks]
    return tuple(sorted(running, key=lambda d: (d.last_day or date.max, d.code)))


def _running(clock: Clock, question: ClockQuestion) -> RunningDeadline:
    as_of, rules = question.as_of, question.rules
    rule = rules.on(clock.start).deadlines.rule(clock.code)
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
        name=f"{rule.name}：{clock.subject}" if clock.subject else rule.name,
        step=clock.step,
        start=clock.start,
        last_day=last,
        days_left=left,
        done_on=clock.done_on,
        holder=rule.holder,
        basis=rule.basis,
        nature=rule.nature,
        provisional=counted.provisional if counted else True,
        derivation=counted.derivation if counted else (),
        note=note,
        moment=counted.moment if counted else None,
        deductions=counted.deductions if counted else (),
        origin=clock.origin or _event_of(clock.start, question.case_file),
    )


def _event_of(start: date, case_file: CaseFile) -> Origin | None:
    """Return the one event of the day a clock starts; None where it is not clear which."""
    found = [event for event in case_file.events if event.day == start]
    return Origin(event=found[0].position) if len(found) == 1 else None
