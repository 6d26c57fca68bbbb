"""Clocks that wait for others or that others wait for: receipts of transfers, answers to leads."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from workstation.domain.cases import CaseFile
from workstation.procedure.case_readings import text_of
from workstation.procedure.clocks import Clock, ClockQuestion, ClockSource
from workstation.procedure.deadlines import compute
from workstation.procedure.endings import answer_to
from workstation.procedure.guards_answers import must_be_answered
from workstation.procedure.rules import ProcedureRules


def _transfers(question: ClockQuestion) -> Iterator[Clock]:
    for transfer in question.case_file.all_of("case_transferred"):
        answer = answer_to(question.case_file, transfer)
        organ = text_of(transfer.data.get("organ"))
        yield Clock(
            code="DL41",
            step=1,
            start=transfer.day,
            done_on=answer.day if answer else None,
            note=f"受移送机关：{organ}" if organ else "",
        )


def _answers(question: ClockQuestion) -> Iterator[Clock]:
    case_file = question.case_file
    if not must_be_answered(case_file) or case_file.first("lead_registered") is None:
        return
    lead = case_file.case.lead
    answered = case_file.first("lead_answered")
    yield from _answer(question.rules, case_file, answered.day if answered else None)
    result = [e for e in case_file.all_of("lead_answered") if e.data.get("about") == "处理结果"]
    told = case_file.first("decision_made")
    if answered is not None and not result and told is not None and lead.answer_due is None:
        yield Clock(code="DL42", step=17, start=told.day, note="反馈处理结果")


def _answer(rules: ProcedureRules, case_file: CaseFile, done: date | None) -> Iterator[Clock]:
    lead = case_file.case.lead
    received = lead.received_at.date()
    rule = rules.on(received).deadlines.rule("DL42")
    counted, note = compute(rule, received, calendar=rules.calendar), ""
    if lead.answer_due is not None:
        note = f"登记的答复时限：{lead.answer_due.isoformat()}"
        counted = replace(counted, last_day=lead.answer_due, derivation=(), note=note)
    yield Clock(code="DL42", step=1, start=received, done_on=done, counted=counted, note=note)


CLOCKS: tuple[ClockSource, ...] = (_transfers, _answers)
