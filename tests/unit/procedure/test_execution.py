"""The ledger of a penalty: principal, payments, surcharge, what remains."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.procedure.branch_turns import Told, tell
from workstation.domain.cases import CaseFile
from workstation.procedure import Execution, ProcedureRules, execution_of, open_deadlines
from workstation.procedure.records import Surroundings

Before = Callable[..., CaseFile]
Owed = Callable[..., Execution]

APPLIED = ("reconsideration_received", "2026-11-23T09:00", {"applied_on": "2026-11-20"})
UPHELD = ("reconsideration_decided", "2027-01-20T09:00", {"outcome": "维持"})
PLAN = {
    "until": "2026-12-31",
    "plan": [{"day": "2026-11-30", "amount": 40000}, {"day": "2026-12-31", "amount": 60000}],
}
DEFERRED = ("payment_deferred", "2026-10-28T09:00", PLAN)


@pytest.fixture
def owed(before: Before, rules: ProcedureRules) -> Owed:
    """Return the ledger of the unpaid demo case on a day, after more events."""

    def build(day: str, *told: Told) -> Execution:
        file = tell(before("fine_paid"), told)
        book = execution_of(file, date.fromisoformat(day), rules)
        assert book is not None
        return book

    return build


@pytest.mark.parametrize(
    ("day", "uncapped", "accrued"),
    [
        ("2026-11-03", 0, 0),
        ("2026-11-04", 3000, 3000),
        ("2026-12-06", 99000, 99000),
        ("2026-12-07", 102000, 100000),
        ("2027-03-01", 354000, 100000),
    ],
)
def test_the_surcharge_grows_daily_and_stops_at_the_fine(
    owed: Owed, day: str, uncapped: int, accrued: int
) -> None:
    book = owed(day)

    assert book.surcharge.uncapped == Decimal(uncapped)
    assert book.surcharge.accrued == Decimal(accrued)
    assert book.due == Decimal(101600 + accrued)


def test_the_surcharge_stands_still_from_the_application_to_the_decision(owed: Owed) -> None:
    during = owed("2026-12-31", APPLIED)
    after = owed("2027-01-21", APPLIED, UPHELD)

    assert during.surcharge.accrued == Decimal(48000)
    assert during.as_json()["suspended"][0]["last"] is None
    assert after.surcharge.days == 17


def test_a_part_payment_settles_the_fine_first_and_lowers_the_base(owed: Owed) -> None:
    paid = ("fine_paid", "2026-11-05T09:00", {"amount": 60000})

    book = owed("2026-11-07", paid)

    assert book.paid.fine == Decimal(60000)
    assert book.surcharge.accrued == Decimal(2 * 3000 + 2 * 1200)
    assert book.remaining_confiscated == Decimal(1600)


def test_the_gain_bears_no_surcharge(owed: Owed) -> None:
    paid = ("fine_paid", "2026-10-30T09:00", {"amount": 100000, "fine": 100000})

    book = owed("2026-12-31", paid)

    assert book.surcharge.accrued == 0
    assert book.due == Decimal(1600)


def test_the_surcharge_begins_after_the_last_instalment(owed: Owed) -> None:
    book = owed("2027-01-02", DEFERRED)

    assert book.surcharge.runs_from == date(2027, 1, 1)
    assert book.surcharge.accrued == Decimal(6000)


def test_every_instalment_is_a_clock(
    before: Before, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    paid = ("fine_paid", "2026-11-25T09:00", {"amount": 40000})
    file = tell(before("fine_paid"), [DEFERRED, paid])

    running = open_deadlines(file, date(2026, 12, 1), rules, surroundings)
    parts = [(d.last_day, d.done_on) for d in running if d.code == "DL11"]

    assert parts == [(date(2026, 11, 30), date(2026, 11, 25)), (date(2026, 12, 31), None)]


def test_a_broken_agreement_waives_nothing(owed: Owed) -> None:
    made = ("execution_agreement_made", "2026-12-10T09:00", {"waived_surcharge": 50000})
    broken: Told = ("execution_agreement_broken", "2027-01-10T09:00", {})

    assert owed("2027-01-09", made).remaining_surcharge == Decimal(50000)
    assert owed("2027-01-11", made, broken).remaining_surcharge == Decimal(100000)


def test_a_reduced_fine_is_paid_back(owed: Owed) -> None:
    paid = ("fine_paid", "2026-10-30T09:00", {"amount": 101600})
    reduced = (
        "reconsideration_decided",
        "2027-01-20T09:00",
        {"outcome": "变更", "new_fine": 60000},
    )
    back = ("refund_made", "2027-01-25T09:00", {"amount": 40000})

    assert owed("2027-01-21", paid, APPLIED, reduced).refund_due == Decimal(40000)
    assert owed("2027-01-26", paid, APPLIED, reduced, back).refund_due == 0


def test_nothing_is_owed_before_service(before: Before, rules: ProcedureRules) -> None:
    assert execution_of(before("decision_served"), date(2026, 10, 16), rules) is None


@given(amounts=st.lists(st.integers(1, 40000), max_size=4), days=st.integers(0, 400))
def test_the_surcharge_never_exceeds_the_fine(
    demo_file: CaseFile, rules: ProcedureRules, amounts: list[int], days: int
) -> None:
    stop = next(n for n, e in enumerate(demo_file.events) if e.kind == "fine_paid")
    file = CaseFile(case=demo_file.case, events=demo_file.events[:stop])
    paid = [("fine_paid", f"2026-11-{10 + n}T09:00", {"amount": a}) for n, a in enumerate(amounts)]

    day = date(2026, 11, 3) + timedelta(days=days)
    book = execution_of(tell(file, paid), day, rules)

    assert book is not None
    assert 0 <= book.surcharge.accrued <= book.fine
