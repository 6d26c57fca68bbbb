"""Clocks from the lead to the notice: limitation, filing, measures, review, notice, hearing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import (
    act_end,
    asks_for_hearing,
    day_of,
    is_waiver,
    limitation_code,
    matter_on,
    served_day,
)
from workstation.procedure.clocks import (
    Clock,
    ClockQuestion,
    ClockSource,
    first_day,
    following,
    from_event,
    from_service,
)
from workstation.procedure.coercion import Coercion, coercions
from workstation.procedure.deadlines import compute
from workstation.procedure.decision_period import decision_deadline, filing_of
from workstation.procedure.endings import ending_of
from workstation.procedure.period_records import Origin
from workstation.procedure.procedures import is_summary
from workstation.procedure.review_rounds import ReviewTask, rounds_of
from workstation.procedure.rules import ProcedureRules


def _limitation(question: ClockQuestion) -> Iterator[Clock]:
    case_file, case = question.case_file, question.case_file.case
    ended = act_end(case)
    if ended is None or case_file.first("lead_registered") is None:
        return
    found = case.lead.found_at.date()
    matter = matter_on(question.surroundings.matters, case.matter_code, found)
    code = limitation_code(case, matter)
    origin = Origin(key="act_end")
    yield Clock(code=code, step=2, start=ended.date(), done_on=found, origin=origin)


def _opening(question: ClockQuestion) -> Iterator[Clock]:
    case_file = question.case_file
    if case_file.first("lead_registered") is None:
        return
    ending = ending_of(case_file)
    ended = ending.day if ending else None
    settled = "summary_procedure_chosen" if is_summary(case_file) else "case_filed"
    yield Clock(
        code="DL01",
        step=2,
        start=case_file.case.lead.found_at.date(),
        done_on=_earliest(first_day(case_file, settled), ended),
        origin=Origin(key="found_at"),
    )
    filing = filing_of(case_file)
    counted = decision_deadline(case_file, question.rules, question.as_of)
    if filing is not None and counted is not None:
        event, day = filing
        key = "" if event.day == day else "filed_on"
        yield Clock(
            code="DL02",
            step=13,
            start=counted.start,
            done_on=_earliest(first_day(case_file, "decision_made"), ended),
            counted=counted,
            origin=from_event(event, key),
        )


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _measures(question: ClockQuestion) -> Iterator[Clock]:
    case_file, rules = question.case_file, question.rules
    resolved = case_file.all_of("preservation_resolved")
    for number, preserved in enumerate(case_file.all_of("evidence_preserved")):
        done = resolved[number].day if number < len(resolved) else None
        origin = from_event(preserved)
        yield Clock(code="DL03", step=4, start=preserved.day, done_on=done, origin=origin)
    for coercion in coercions(case_file, rules):
        yield from _coercion(case_file, coercion, rules)


def _coercion(case_file: CaseFile, coercion: Coercion, rules: ProcedureRules) -> Iterator[Clock]:
    applied, extended = coercion.applied, coercion.extended
    released = coercion.released.day if coercion.released else None
    origin = from_event(applied)
    yield Clock(
        code="DL04",
        step=5,
        start=applied.day,
        done_on=extended.day if extended else released,
        counted=coercion.first,
        origin=origin,
    )
    if coercion.second is not None:
        yield Clock(
            code="DL04-2",
            step=5,
            start=coercion.first.last_day,
            done_on=released,
            counted=coercion.second,
            origin=origin,
        )
    if applied.data.get("urgent") is True:
        rule = rules.deadlines.rule("DL05")
        added = following(case_file.all_of("coercion_approval_added"), applied)
        yield Clock(
            code="DL05",
            step=5,
            start=applied.day,
            done_on=day_of(applied.data.get("approved_at")) or added or released,
            counted=compute(rule, applied.at, calendar=rules.calendar),
            origin=origin,
        )


def _review_and_notice(question: ClockQuestion) -> Iterator[Clock]:
    case_file, rules = question.case_file, question.rules
    concluded = case_file.all_of("review_concluded")
    for submitted in case_file.all_of("review_submitted"):
        done = following(concluded, submitted)
        origin = from_event(submitted)
        yield Clock(code="DL29", step=8, start=submitted.day, done_on=done, origin=origin)
    for notice in case_file.all_of("notice_served"):
        yield from _notice(case_file, notice, rules)
    for notified in case_file.all_of("hearing_notified"):
        hearing = day_of(notified.data.get("on"))
        if hearing is not None:
            origin = from_event(notified, "on")
            yield Clock(code="DL08", step=11, start=hearing, done_on=notified.day, origin=origin)


def _review_tasks(question: ClockQuestion) -> Iterator[Clock]:
    """Every task a review sent back runs until its day, or for the bureau's own period."""
    for round_ in rounds_of(question.case_file):
        if round_.concluded is not None:
            for task in round_.tasks:
                yield _task(task, round_.concluded, question.rules)


def _task(task: ReviewTask, concluded: CaseEvent, rules: ProcedureRules) -> Clock:
    start, counted = concluded.day, None
    if task.due is not None:
        counted = compute(rules.on(start).deadlines.rule("DL43"), start, calendar=rules.calendar)
        note = f"审核人员所定的办结日：{task.due.isoformat()}"
        counted = replace(counted, last_day=task.due, derivation=(), note=note)
    return Clock(
        code="DL43",
        step=8,
        start=start,
        done_on=task.answer.day if task.answer else None,
        counted=counted,
        note=f"{task.id} {task.what}",
        origin=from_event(concluded),
        subject=task.what,
    )


def _notice(case_file: CaseFile, notice: CaseEvent, rules: ProcedureRules) -> Iterator[Clock]:
    announced = day_of(notice.data.get("announced_on"))
    origin = from_service(notice)
    if announced is not None:
        yield Clock(code="DL10", step=9, start=announced, origin=origin)
    start = served_day(notice, rules)
    statements = [s for s in case_file.all_of("statement_received") if s.at >= notice.at]
    hearings = [s for s in statements if asks_for_hearing(s) or is_waiver(s)]
    for code, answers in (("DL06", hearings), ("DL07", statements)):
        done = following(answers, notice)
        yield Clock(code=code, step=10, start=start, done_on=done, origin=origin)


CLOCKS: tuple[ClockSource, ...] = (
    _limitation,
    _opening,
    _measures,
    _review_and_notice,
    _review_tasks,
)
