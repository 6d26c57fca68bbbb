"""Reconsideration and lawsuits: how long they are pending and what stands afterwards."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.procedure.branch_turns import Told, tell
from workstation.domain.cases import CaseFile
from workstation.procedure import ProcedureRules, RunningDeadline, open_deadlines
from workstation.procedure.records import Surroundings
from workstation.procedure.remedies import pending, standing_amounts

Before = Callable[..., CaseFile]
Clocks = Callable[..., dict[str, RunningDeadline]]

APPLIED = ("reconsideration_received", "2026-11-23T09:00", {"applied_on": "2026-11-20"})
SUED = ("lawsuit_received", "2026-11-23T09:00", {"applied_on": "2026-11-20"})


def _decided(outcome: str, at: str = "2027-01-20T09:00", **data: Any) -> Told:
    return ("reconsideration_decided", at, {"outcome": outcome, **data})


@pytest.fixture
def clocks(before: Before, rules: ProcedureRules, surroundings: Surroundings) -> Clocks:
    """Return the clocks of the unpaid demo case on a day, after more events, by code."""

    def build(day: str, *told: Told, until: str = "fine_paid") -> dict[str, RunningDeadline]:
        file = tell(before(until), told)
        found = open_deadlines(file, date.fromisoformat(day), rules, surroundings)
        return {deadline.code: deadline for deadline in found}

    return build


@pytest.mark.parametrize(
    ("outcome", "data", "standing"),
    [
        ("维持", {}, (100000, 1600)),
        ("变更", {"new_fine": 60000}, (60000, 1600)),
        ("撤销", {}, (0, 0)),
        ("撤销并责令重作", {}, (0, 0)),
        ("部分撤销", {"new_confiscated": 0}, (100000, 0)),
        ("确认违法", {}, (100000, 1600)),
        ("确认无效", {}, (0, 0)),
        ("驳回复议请求", {}, (100000, 1600)),
    ],
)
def test_what_stands_after_reconsideration(
    before: Before, outcome: str, data: dict[str, Any], standing: tuple[int, int]
) -> None:
    file = tell(before("fine_paid"), [APPLIED, _decided(outcome, **data)])

    assert standing_amounts(file) == tuple(map(Decimal, standing))


def test_a_lawsuit_is_pending_until_a_final_ruling(before: Before) -> None:
    first = ("lawsuit_judged", "2027-03-01T09:00", {"outcome": "撤销"})
    final = ("lawsuit_judged", "2027-06-01T09:00", {"outcome": "驳回诉讼请求", "effective": True})

    appealed = tell(before("fine_paid"), [SUED, first])
    ended = tell(appealed, [final])

    assert pending(appealed) is not None
    assert standing_amounts(appealed)[0] == Decimal(100000)
    assert pending(ended) is None


def test_the_answer_is_due_in_ten_or_five_working_days(clocks: Clocks) -> None:
    summary = ("reconsideration_received", "2026-11-23T09:00", {"procedure": "简易程序"})

    assert clocks("2026-11-24", APPLIED)["DL19"].last_day == date(2026, 12, 7)
    assert clocks("2026-11-24", summary)["DL19-2"].last_day == date(2026, 11, 30)


def test_the_defence_is_due_in_fifteen_days(clocks: Clocks) -> None:
    assert clocks("2026-11-24", SUED)["DL20"].last_day == date(2026, 12, 8)


def test_after_reconsideration_suit_and_court_window_run_from_its_decision(clocks: Clocks) -> None:
    upheld = _decided("维持", party_received_on="2026-12-21", at="2026-12-20T09:00")

    running = clocks("2026-12-30", APPLIED, upheld)

    assert running["DL18"].last_day == date(2027, 1, 5)
    assert running["DL22"].start == date(2027, 1, 5)


def test_no_court_is_asked_while_a_remedy_is_pending(clocks: Clocks) -> None:
    assert "DL22" in clocks("2026-12-30")
    assert "DL22" not in clocks("2026-12-30", APPLIED)


def test_a_published_decision_that_fell_is_withdrawn_in_three_working_days(clocks: Clocks) -> None:
    published: Told = ("decision_published", "2026-10-22T09:00", {})
    withdrawn: Told = ("publication_withdrawn", "2026-12-04T09:00", {})
    fell = _decided("撤销", at="2026-12-01T09:00")

    open_one = clocks("2026-12-02", published, APPLIED, fell)["DL15"]
    done = clocks("2026-12-05", published, APPLIED, fell, withdrawn)["DL15"]

    assert open_one.last_day == date(2026, 12, 4)
    assert done.done_on == date(2026, 12, 4)


def test_suspension_for_want_of_means_runs_three_years(clocks: Clocks) -> None:
    suspended = ("execution_suspended", "2026-12-01T09:00", {"harmless": True})

    assert clocks("2026-12-02", suspended)["DL28"].last_day == date(2029, 12, 1)


def test_money_taken_on_the_spot_goes_to_the_bureau_and_the_bank(clocks: Clocks) -> None:
    taken = ("fine_collected_on_spot", "2026-10-19T09:00", {"amount": 100})
    handed: Told = ("spot_fine_handed_in", "2026-10-20T09:00", {})

    running = clocks("2026-10-21", taken, handed)

    assert running["DL13"].done_on == date(2026, 10, 20)
    assert running["DL13-2"].last_day == date(2026, 10, 22)
