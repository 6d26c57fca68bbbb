"""Clocks of execution: payment, instalments, surcharge, demand, court, suspension."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import served_day
from workstation.procedure.clocks import (
    Clock,
    ClockQuestion,
    ClockSource,
    first_day,
    following,
    from_event,
    from_service,
)
from workstation.procedure.deadlines import compute
from workstation.procedure.execution import execution_of
from workstation.procedure.guards_enforcement import last_day_to_sue
from workstation.procedure.payments import Instalment, deferred_until, instalments, is_paid
from workstation.procedure.period_records import Deadline, DerivationStep, Origin
from workstation.procedure.procedures import is_summary
from workstation.procedure.remedies import pending, remedies, standing_amounts


def _paid_on(case_file: CaseFile) -> date | None:
    kinds = ("fine_paid", "fine_collected_on_spot")
    days = [event.day for kind in kinds for event in case_file.all_of(kind)]
    return max(days) if days and is_paid(case_file) else None


def _payment(question: ClockQuestion) -> Iterator[Clock]:
    case_file, rules = question.case_file, question.rules
    served = case_file.last("decision_served")
    if served is None:
        return
    start = served_day(served, rules)
    paid = _paid_on(case_file)
    payment = compute(rules.deadlines.rule("DL11"), start, calendar=rules.calendar)
    until = deferred_until(case_file)
    deferred = case_file.last("payment_deferred")
    if deferred is None or until is None:
        origin = from_service(served)
        yield Clock(
            code="DL11", step=16, start=start, done_on=paid, counted=payment, origin=origin
        )
    else:
        yield from _deferred(question, deferred, payment, until)
    last_to_pay = until or payment.last_day
    if (paid or date.max) > last_to_pay and question.as_of > last_to_pay:
        yield from _surcharge(question, last_to_pay, paid)


def _deferred(
    question: ClockQuestion, deferred: CaseEvent, payment: Deadline, until: date
) -> Iterator[Clock]:
    """A deferment moves the last day of payment; with instalments every part has its own."""
    paid = _paid_on(question.case_file)
    parts = instalments(deferred) or (Instalment(day=until, amount=Decimal(0)),)
    for number, part in enumerate(parts):
        why = f"暂缓至{until.isoformat()}（行政处罚法§66）"
        done = paid
        if part.amount:
            why = f"第{number + 1}期，共{len(parts)}期，{part.amount:,.2f}元（行政处罚法§66）"
            done = _covered_on(question, number)
        step = DerivationStep(day=part.day, counted=True, number=1, why=why)
        counted = replace(
            payment, start=deferred.day, last_day=part.day, derivation=(step,), note=why
        )
        yield Clock(
            code="DL11",
            step=16,
            start=deferred.day,
            done_on=done,
            counted=counted,
            origin=from_event(deferred),
        )


def _covered_on(question: ClockQuestion, number: int) -> date | None:
    """Return the day from which instalment ``number`` was covered, None while it is open."""
    for event in question.case_file.all_of("fine_paid"):
        book = execution_of(question.case_file.as_of(event.day), event.day, question.rules)
        if book is not None and book.plan and not book.part_open(number):
            return event.day
    return None


def _surcharge(question: ClockQuestion, last_to_pay: date, paid: date | None) -> Iterator[Clock]:
    """The day the surcharge reaches the fine, later by the days of reconsideration and suit."""
    rules = question.rules
    spans = [remedy.span for remedy in remedies(question.case_file)]
    if pending(question.case_file) is not None or not standing_amounts(question.case_file)[0]:
        return
    counted = compute(
        rules.deadlines.rule("DL12"), last_to_pay, calendar=rules.calendar, deductions=spans
    )
    yield Clock(
        code="DL12",
        step=16,
        start=last_to_pay,
        done_on=paid,
        counted=counted,
        origin=_delayed(question.case_file),
    )


def _delayed(case_file: CaseFile) -> Origin | None:
    """Return what sets the last day to pay: a deferment, else the service of the decision."""
    deferred, served = case_file.last("payment_deferred"), case_file.last("decision_served")
    if deferred is not None and deferred_until(case_file) is not None:
        return from_event(deferred, "until")
    return from_service(served) if served else None


def _remedy_periods(question: ClockQuestion) -> Iterator[Clock]:
    case_file, rules = question.case_file, question.rules
    served = case_file.last("decision_served")
    if served is None:
        return
    start = served_day(served, rules)
    origin = from_service(served)
    if is_summary(case_file):
        note = "对当场处罚决定不服的，应当先申请行政复议（行政复议法§23）"
        yield Clock(code="DL16", step=16, start=start, origin=origin, note=note)
    else:
        yield Clock(code="DL16", step=16, start=start, origin=origin)
        yield Clock(code="DL17", step=16, start=start, origin=origin)
    ends = last_day_to_sue(case_file, rules)
    if ends is None or pending(case_file) is not None or not any(standing_amounts(case_file)):
        return
    until = deferred_until(case_file)
    paid = _paid_on(case_file)
    yield Clock(
        code="DL22",
        step=16,
        start=max(ends, until) if until else ends,
        done_on=paid or first_day(case_file, "enforcement_applied", "execution_ended"),
        note="罚没款已缴清，无须申请" if paid else "",
        origin=_delayed(case_file) if until else origin,
    )


def _demand(question: ClockQuestion) -> Iterator[Clock]:
    case_file = question.case_file
    demand = case_file.last("demand_served")
    if demand is not None:
        done = _paid_on(case_file)
        origin = from_event(demand)
        yield Clock(code="DL21", step=16, start=demand.day, done_on=done, origin=origin)
    suspended = case_file.last("execution_suspended")
    if suspended is not None and suspended.data.get("harmless") is True:
        resumed = following(case_file.all_of("execution_resumed"), suspended)
        ended = following(case_file.all_of("execution_ended"), suspended)
        yield Clock(
            code="DL28",
            step=16,
            start=suspended.day,
            done_on=resumed or ended,
            origin=from_event(suspended),
        )


def _on_the_spot(question: ClockQuestion) -> Iterator[Clock]:
    """Money taken on the spot: to the bureau, then to the bank, two working days each (§71)."""
    case_file = question.case_file
    handed = case_file.all_of("spot_fine_handed_in")
    for taken in case_file.all_of("fine_collected_on_spot"):
        done, origin = following(handed, taken), from_event(taken)
        yield Clock(code="DL13", step=16, start=taken.day, done_on=done, origin=origin)
    banked = case_file.all_of("spot_fine_banked")
    for received in handed:
        done, origin = following(banked, received), from_event(received)
        yield Clock(code="DL13-2", step=16, start=received.day, done_on=done, origin=origin)


CLOCKS: tuple[ClockSource, ...] = (_payment, _remedy_periods, _demand, _on_the_spot)
