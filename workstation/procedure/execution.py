"""What is owed on a penalty on a day: principal, payments, surcharge, what remains.

The surcharge (加处罚款) is three per cent of the fine a day from the day after the last day of
payment, never more than the fine (行政处罚法§72); it starts after a deferment or the last
instalment, stands still during reconsideration and lawsuit (§73), and never runs on confiscated
gain. Where a part of the fine was paid, it runs on the rest (a parameter: law says “罚款数额”).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from workstation.domain.cases import CaseFile
from workstation.procedure.case_readings import money, served_day
from workstation.procedure.counting import ONE_DAY, deducted
from workstation.procedure.deadlines import compute
from workstation.procedure.payments import (
    Instalment,
    Payment,
    deferred_until,
    instalments,
    payments,
    refunded,
)
from workstation.procedure.period_records import Deduction
from workstation.procedure.remedies import remedies, standing_amounts
from workstation.procedure.rules import ProcedureRules

_NOTHING = Decimal(0)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surcharge:
    """The surcharge at the end of a day, in yuan; ``uncapped`` is what the days alone come to.

    ``runs_from`` is its first day; ``decided`` says whether a decision (D62) was made.
    """

    runs_from: date
    daily: Decimal
    days: int
    uncapped: Decimal
    accrued: Decimal
    waived: Decimal
    decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """The ledger of a penalty at the end of a day, in yuan."""

    as_of: date
    fine: Decimal
    confiscated: Decimal
    paid: Payment
    refunded: Decimal
    payment_last_day: date
    surcharge: Surcharge
    suspended: tuple[Deduction, ...]
    plan: tuple[Instalment, ...]

    @property
    def remaining_fine(self) -> Decimal:
        """The fine still to be paid."""
        return max(_NOTHING, self.fine - self.paid.fine)

    @property
    def remaining_confiscated(self) -> Decimal:
        """The confiscated gain still to be paid."""
        return max(_NOTHING, self.confiscated - self.paid.confiscated)

    @property
    def remaining_surcharge(self) -> Decimal:
        """The surcharge still to be paid, less what an execution agreement waived."""
        owed = self.surcharge.accrued - self.surcharge.waived - self.paid.surcharge
        return max(_NOTHING, owed)

    @property
    def due(self) -> Decimal:
        """All that the party would have to pay on that day."""
        return self.remaining_fine + self.remaining_confiscated + self.remaining_surcharge

    @property
    def refund_due(self) -> Decimal:
        """What was paid beyond the decision as it stands and is not paid back yet."""
        fine = max(_NOTHING, self.paid.fine - self.fine)
        gain = max(_NOTHING, self.paid.confiscated - self.confiscated)
        return max(_NOTHING, fine + gain - self.refunded)

    def part_open(self, number: int) -> bool:
        """Whether instalment ``number`` (from 0) is not covered by what was paid."""
        planned = sum((part.amount for part in self.plan), _NOTHING)
        before = self.fine - planned
        due = before + sum((part.amount for part in self.plan[: number + 1]), _NOTHING)
        return self.paid.fine < due

    @property
    def is_suspended(self) -> bool:
        """Whether the surcharge stands still on that day."""
        return deducted(self.as_of, self.suspended) is not None

    @property
    def notes(self) -> tuple[str, ...]:
        """What an officer must know beside the amounts."""
        return tuple(self._notes())

    def _notes(self) -> Iterator[str]:
        if self.surcharge.accrued and not self.surcharge.decided:
            yield "加处罚款为试算：尚未作出加处罚款决定（D62）。"
        if self.surcharge.uncapped > self.surcharge.accrued:
            yield "加处罚款已达罚款数额，不再增加（行政处罚法§72）。"
        if self.is_suspended:
            yield "行政复议、行政诉讼期间，加处罚款停止计算（行政处罚法§73）。"
        if self.surcharge.accrued and self.confiscated:
            yield "加处罚款以罚款为基数，没收违法所得不加处。"
        if self.refund_due:
            yield "原决定已被变更、撤销，应当退还多缴的罚没款（行政强制法§41）。"

    def as_json(self) -> dict[str, Any]:
        """Return the ledger as ``case show`` prints it."""
        surcharge = self.surcharge
        return {
            "as_of": self.as_of.isoformat(),
            "fine": _yuan(self.fine),
            "confiscated": _yuan(self.confiscated),
            "paid": {
                "fine": _yuan(self.paid.fine),
                "confiscated": _yuan(self.paid.confiscated),
                "surcharge": _yuan(self.paid.surcharge),
            },
            "payment_last_day": self.payment_last_day.isoformat(),
            "surcharge": {
                "from": surcharge.runs_from.isoformat(),
                "daily": _yuan(surcharge.daily),
                "days": surcharge.days,
                "uncapped": _yuan(surcharge.uncapped),
                "accrued": _yuan(surcharge.accrued),
                "cap": _yuan(self.fine),
                "waived": _yuan(surcharge.waived),
                "decided": surcharge.decided,
                "basis": "行政处罚法§72、§73",
            },
            "suspended": [_open_span(span) for span in self.suspended],
            "instalments": [
                {"day": p.day.isoformat(), "amount": _yuan(p.amount), "open": self.part_open(n)}
                for n, p in enumerate(self.plan)
            ],
            "remaining": {
                "fine": _yuan(self.remaining_fine),
                "confiscated": _yuan(self.remaining_confiscated),
                "surcharge": _yuan(self.remaining_surcharge),
            },
            "due": _yuan(self.due),
            "refunded": _yuan(self.refunded),
            "refund_due": _yuan(self.refund_due),
            "notes": list(self.notes),
        }


def _yuan(amount: Decimal) -> str:
    return str(amount.quantize(_CENT))


def _open_span(span: Deduction) -> dict[str, Any]:
    row = span.as_json()
    return row | {"last": None} if span.last == date.max else row


def execution_of(case_file: CaseFile, as_of: date, rules: ProcedureRules) -> Execution | None:
    """Return the ledger of the penalty at the end of ``as_of``; None before a fine is served."""
    known = case_file.as_of(as_of)
    served = known.last("decision_served")
    fine, confiscated = standing_amounts(known)
    made = payments(known)
    if served is None or not (fine or confiscated or made):
        return None
    rules = rules.on(served.day)
    first_end = compute(
        rules.deadlines.rule("DL11"), served_day(served, rules), calendar=rules.calendar
    ).last_day
    deferred = known.last("payment_deferred")
    last_day = deferred_until(known) or first_end
    suspended = tuple(remedy.span for remedy in remedies(known))
    return Execution(
        as_of=as_of,
        fine=fine,
        confiscated=confiscated,
        paid=_together(made, as_of),
        refunded=refunded(known),
        payment_last_day=last_day,
        surcharge=_surcharge(known, as_of, rules, last_day, suspended),
        suspended=suspended,
        plan=instalments(deferred) if deferred else (),
    )


def _together(made: Sequence[Payment], as_of: date) -> Payment:
    return Payment(
        day=as_of,
        fine=sum((p.fine for p in made), _NOTHING),
        confiscated=sum((p.confiscated for p in made), _NOTHING),
        surcharge=sum((p.surcharge for p in made), _NOTHING),
    )


def _surcharge(
    known: CaseFile,
    as_of: date,
    rules: ProcedureRules,
    last_day: date,
    suspended: Sequence[Deduction],
) -> Surcharge:
    fine, _ = standing_amounts(known)
    made = payments(known)
    rate = rules.parameters.surcharge_daily_rate
    on_the_rest = rules.parameters.surcharge_on_unpaid_part
    uncapped, days, day = _NOTHING, 0, last_day
    while day < as_of:
        day += ONE_DAY
        paid = sum((p.fine for p in made if p.day < day), _NOTHING)
        if paid >= fine or deducted(day, suspended) is not None:
            continue
        uncapped += rate * (fine - paid if on_the_rest else fine)
        days += 1
    waivers = (money(e.data.get("waived_surcharge")) for e in _agreements(known))
    return Surcharge(
        runs_from=last_day + ONE_DAY,
        daily=fine * rate,
        days=days,
        uncapped=uncapped,
        accrued=min(fine, uncapped),
        waived=sum((w for w in waivers if w is not None), _NOTHING),
        decided=known.first("surcharge_decided") is not None,
    )


def _agreements(known: CaseFile) -> Iterator[Any]:
    """Yield the agreements still kept: a broken one waives nothing (行政强制法§42)."""
    broken = known.last("execution_agreement_broken")
    for made in known.all_of("execution_agreement_made"):
        if broken is None or made.at > broken.at:
            yield made
