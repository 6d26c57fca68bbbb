"""Clocks from the decision on: service, publication, archiving."""

from collections.abc import Iterator

from workstation.procedure.case_readings import day_of
from workstation.procedure.clocks import (
    Clock,
    ClockQuestion,
    ClockSource,
    first_day,
    from_event,
    from_service,
)
from workstation.procedure.procedures import is_summary


def _decision(question: ClockQuestion) -> Iterator[Clock]:
    case_file = question.case_file
    decision = case_file.last("decision_made")
    if decision is None:
        return
    served = case_file.last("decision_served")
    announced = day_of(served.data.get("announced_on")) if served else None
    if served is not None and announced is not None:
        yield Clock(code="DL10", step=14, start=announced, origin=from_service(served))
    origin = from_event(decision)
    done = served.day if served else None
    yield Clock(code="DL09", step=14, start=decision.day, done_on=done, origin=origin)
    published = first_day(case_file, "decision_published", "publication_declined")
    for code in () if is_summary(case_file) else ("DL14", "DL14-2"):
        yield Clock(code=code, step=15, start=decision.day, done_on=published, origin=origin)


def _archiving(question: ClockQuestion) -> Iterator[Clock]:
    case_file = question.case_file
    closed = case_file.last("case_closed")
    if closed is not None:
        archived = first_day(case_file, "case_archived")
        origin = from_event(closed)
        yield Clock(code="DL30", step=18, start=closed.day, done_on=archived, origin=origin)


CLOCKS: tuple[ClockSource, ...] = (_decision, _archiving)
