"""Clocks of a transfer to the police: decision, transfer, their answer, and what follows."""

from collections.abc import Iterator

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import text_of
from workstation.procedure.clocks import (
    Clock,
    ClockQuestion,
    ClockSource,
    following,
    from_event,
)
from workstation.procedure.criminal import APPROVED, FILED
from workstation.procedure.deadlines import compute


def _transfer(question: ClockQuestion) -> Iterator[Clock]:
    case_file, rules = question.case_file, question.rules
    for reported in case_file.all_of("transfer_reported"):
        yield _clock("DL24", reported, case_file, "transfer_decided")
    for decided in case_file.all_of("transfer_decided"):
        if text_of(decided.data.get("decision")) == APPROVED:
            rule = rules.on(decided.day).deadlines.rule("DL25")
            counted = compute(rule, decided.at, calendar=rules.calendar)
            yield Clock(
                code="DL25",
                step=13,
                start=decided.day,
                done_on=following(case_file.all_of("crime_transferred"), decided),
                counted=counted,
                origin=from_event(decided),
            )
    for moved in case_file.all_of("crime_transferred"):
        yield _clock("DL26", moved, case_file, "police_answered")


def _answer(question: ClockQuestion) -> Iterator[Clock]:
    for answer in question.case_file.all_of("police_answered"):
        if text_of(answer.data.get("result")) == FILED:
            yield _clock("DL26-2", answer, question.case_file, "property_handed_over")
        else:
            yield _clock("DL26-3", answer, question.case_file, "police_refusal_contested")


def _clock(code: str, start: CaseEvent, case_file: CaseFile, answered_by: str) -> Clock:
    done = following(case_file.all_of(answered_by), start)
    return Clock(code=code, step=13, start=start.day, done_on=done, origin=from_event(start))


CLOCKS: tuple[ClockSource, ...] = (_transfer, _answer)
