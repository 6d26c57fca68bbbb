"""Clocks of reconsideration and lawsuits, and of withdrawing what was published."""

from collections.abc import Iterator
from datetime import date

from workstation.domain.cases import CaseEvent
from workstation.procedure.case_readings import day_of
from workstation.procedure.clocks import Clock, ClockQuestion, ClockSource, following, from_event
from workstation.procedure.guards_remedies import answer_code
from workstation.procedure.remedies import findings_against


def _answers(question: ClockQuestion) -> Iterator[Clock]:
    case_file = question.case_file
    answers = case_file.all_of("reconsideration_answered")
    for received in case_file.all_of("reconsideration_received"):
        done, origin, code = (
            following(answers, received),
            from_event(received),
            answer_code(received),
        )
        yield Clock(code=code, step=16, start=received.day, done_on=done, origin=origin)
    answers = case_file.all_of("lawsuit_answered")
    for received in case_file.all_of("lawsuit_received"):
        done, origin = following(answers, received), from_event(received)
        yield Clock(code="DL20", step=16, start=received.day, done_on=done, origin=origin)


def _suits(question: ClockQuestion) -> Iterator[Clock]:
    """The party may sue within fifteen days of the reconsideration decision (行政诉讼法§45)."""
    suits = question.case_file.all_of("lawsuit_received")
    for decided in question.case_file.all_of("reconsideration_decided"):
        told = day_of(decided.data.get("party_received_on")) or decided.day
        origin = from_event(decided, "party_received_on" if told != decided.day else "")
        done = _sued(suits, decided)
        yield Clock(code="DL18", step=16, start=told, done_on=done, origin=origin)


def _sued(suits: tuple[CaseEvent, ...], decided: CaseEvent) -> date | None:
    first = next((s for s in suits if s.at >= decided.at), None)
    return (day_of(first.data.get("applied_on")) or first.day) if first else None


def _withdrawal(question: ClockQuestion) -> Iterator[Clock]:
    case_file = question.case_file
    published = case_file.first("decision_published")
    found = findings_against(case_file)
    if published is None or not found:
        return
    done = following(case_file.all_of("publication_withdrawn"), found[0])
    start = max(found[0].day, published.day)
    yield Clock(code="DL15", step=15, start=start, done_on=done, origin=from_event(found[0]))


CLOCKS: tuple[ClockSource, ...] = (_answers, _suits, _withdrawal)
