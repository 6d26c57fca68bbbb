"""What was paid on a penalty and on what: fine, confiscated gain, surcharge."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import day_of, money
from workstation.procedure.remedies import standing_amounts

_NOTHING = Decimal(0)
_PAYMENTS = frozenset({"fine_paid", "fine_collected_on_spot"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One payment in yuan, parted by what it settles."""

    day: date
    fine: Decimal = _NOTHING
    confiscated: Decimal = _NOTHING
    surcharge: Decimal = _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """One part of a deferred fine: its last day and its amount in yuan."""

    day: date
    amount: Decimal


def payments(case_file: CaseFile) -> tuple[Payment, ...]:
    """Return the payments in order.

    Where an entry does not say what it settles, it settles the fine first (that ends the
    surcharge), then the confiscated gain, then the surcharge.
    """
    found: list[Payment] = []
    for event in case_file.events:
        if event.kind in _PAYMENTS:
            fine, confiscated = standing_amounts(case_file.as_of(event.day))
            paid = sum((p.fine for p in found), _NOTHING)
            gained = sum((p.confiscated for p in found), _NOTHING)
            left = Payment(
                day=event.day,
                fine=max(_NOTHING, fine - paid),
                confiscated=max(_NOTHING, confiscated - gained),
            )
            found.append(_payment(event, left))
    return tuple(found)


def _payment(event: CaseEvent, left: Payment) -> Payment:
    amount = money(event.data.get("amount"))
    if amount is None:
        return left if "缴清" in event.title else Payment(day=event.day)
    stated = {key: money(event.data.get(key)) for key in ("fine", "confiscated", "surcharge")}
    known = {key: value for key, value in stated.items() if value is not None}
    rest = max(_NOTHING, amount - sum(known.values(), _NOTHING))
    parts = dict(known)
    for key, open_amount in (("fine", left.fine), ("confiscated", left.confiscated)):
        if key not in parts:
            parts[key] = min(rest, open_amount)
            rest -= parts[key]
    parts["surcharge"] = parts.get("surcharge", _NOTHING) + rest
    return Payment(day=event.day, **parts)


def is_paid(case_file: CaseFile) -> bool:
    """Whether fine and confiscated gain of the decision, as it stands, are paid in full."""
    made = payments(case_file)
    if case_file.last("decision_made") is None or not made:
        return False
    fine, confiscated = standing_amounts(case_file)
    paid = sum((p.fine for p in made), _NOTHING)
    gained = sum((p.confiscated for p in made), _NOTHING)
    return paid >= fine and gained >= confiscated


def refunded(case_file: CaseFile) -> Decimal:
    """Return what was paid back, in yuan."""
    amounts = (money(e.data.get("amount")) for e in case_file.all_of("refund_made"))
    return sum((a for a in amounts if a is not None), _NOTHING)


def instalments(deferred: CaseEvent) -> tuple[Instalment, ...]:
    """Return the plan of a deferment, the earliest first; a plain one has no parts."""
    rows = deferred.data.get("plan")
    found = []
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict):
            continue
        day, amount = day_of(row.get("day")), money(row.get("amount"))
        if day is not None and amount is not None:
            found.append(Instalment(day=day, amount=amount))
    return tuple(sorted(found, key=lambda part: part.day))


def deferred_until(case_file: CaseFile) -> date | None:
    """Return the end of the last deferment or of its last instalment, or None."""
    deferred = case_file.last("payment_deferred")
    if deferred is None:
        return None
    days = [part.day for part in instalments(deferred)]
    until = day_of(deferred.data.get("until"))
    return max([*days, *([until] if until else [])], default=None)
