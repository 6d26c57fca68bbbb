"""Clocks from the decision on: service, publication, payment, enforcement, archiving."""

from collections.abc import Iterator
from datetime import date

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import day_of, is_paid, served_day
from workstation.procedure.clocks import (
    Clock,
    ClockQuestion,
    ClockSource,
    first_day,
    from_event,
    from_service,
)
from workstation.procedure.deadlines import compute


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
    for code in ("DL14", "DL14-2"):
        yield Clock(code=code, step=15, start=decision.day, done_on=published, origin=origin)


def _execution(question: ClockQuestion) -> Iterator[Clock]:
    case_file = question.case_file
    served = case_file.last("decision_served")
    if served is not None:
        yield from _after_service(question, served)
    demand = case_file.last("demand_served")
    if demand is not None:
        done = _paid_on(case_file)
        origin = from_event(demand)
        yield Clock(code="DL21", step=16, start=demand.day, done_on=done, origin=origin)
    closed = case_file.last("case_closed")
    if closed is not None:
        archived = first_day(case_file, "case_archived")
        origin = from_event(closed)
        yield Clock(code="DL30", step=18, start=closed.day, done_on=archived, origin=origin)


def _paid_on(case_file: CaseFile) -> date | None:
    last = case_file.last("fine_paid")
    return last.day if last is not None and is_paid(case_file) else None


def _after_service(question: ClockQuestion, service: CaseEvent) -> Iterator[Clock]:
    case_file, rules = question.case_file, question.rules
    served, origin = served_day(service, rules), from_service(service)
    paid = _paid_on(case_file)
    payment = compute(rules.deadlines.rule("DL11"), served, calendar=rules.calendar)
    deferred = case_file.last("payment_deferred")
    until = day_of(deferred.data.get("until")) if deferred else None
    delayed = from_event(deferred, "until") if deferred and until else origin
    yield Clock(code="DL11", step=16, start=served, done_on=paid, counted=payment, origin=origin)
    last_to_pay = until or payment.last_day
    if (paid or date.max) > last_to_pay and question.as_of > last_to_pay:
        yield Clock(code="DL12", step=16, start=last_to_pay, done_on=paid, origin=delayed)
    yield Clock(code="DL16", step=16, start=served, origin=origin)
    lawsuit = compute(rules.deadlines.rule("DL17"), served, calendar=rules.calendar)
    yield Clock(code="DL17", step=16, start=served, counted=lawsuit, origin=origin)
    yield Clock(
        code="DL22",
        step=16,
        start=until or lawsuit.last_day,
        done_on=paid or first_day(case_file, "enforcement_applied"),
        note="罚没款已缴清，无须申请" if paid else "",
        origin=delayed,
    )


CLOCKS: tuple[ClockSource, ...] = (_decision, _execution)
