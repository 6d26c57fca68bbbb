"""The deadlines that run in a case on a day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from workstation.domain.cases import CaseFile
from workstation.procedure import ProcedureRules, RunningDeadline, Surroundings, open_deadlines
from workstation.procedure.period_records import DeadlineState

Before = Callable[..., CaseFile]
Add = Callable[..., CaseFile]
Clocks = Callable[..., dict[str, RunningDeadline]]


@pytest.fixture
def clocks(rules: ProcedureRules, surroundings: Surroundings) -> Clocks:
    """Return the deadlines of a file on a day by code; of several the last one."""

    def build(file: CaseFile, day: str) -> dict[str, RunningDeadline]:
        running = open_deadlines(file, date.fromisoformat(day), rules, surroundings)
        return {deadline.code: deadline for deadline in running}

    return build


def _data(file: CaseFile, kind: str, **data: Any) -> CaseFile:
    events = tuple(
        replace(e, data={**e.data, **data}) if e.kind == kind else e for e in file.events
    )
    return replace(file, events=events)


def test_a_running_deadline_tells_the_days_left(before: Before, clocks: Clocks) -> None:
    running = clocks(before("decision_made"), "2026-10-14")

    assert running["DL02"].days_left == 36
    assert running["DL02"].done_on is None
    assert not running["DL02"].is_late


def test_a_deadline_that_ran_out_is_late(before: Before, clocks: Clocks) -> None:
    running = clocks(before("preservation_resolved"), "2026-09-02")

    assert running["DL03"].is_late
    assert running["DL03"].days_left == -1


def test_only_what_has_begun_by_the_day_runs(demo_file: CaseFile, clocks: Clocks) -> None:
    running = clocks(demo_file, "2026-08-21")

    assert set(running) == {"DL01", "DL02", "DL03", "DL27"}


def test_an_extension_with_a_basis_moves_the_ninety_days(
    before: Before, add: Add, clocks: Clocks
) -> None:
    file = add(before("decision_made"), "period_changed", "2026-10-13T09:00")

    extended = clocks(_data(file, "period_changed", basis="示例规定§58", days=30), "2026-10-14")
    baseless = clocks(_data(file, "period_changed", days=30), "2026-10-14")

    assert extended["DL02"].last_day == date(2026, 12, 19)
    assert "示例规定§58" in extended["DL02"].note
    assert baseless["DL02"].last_day == date(2026, 11, 19)


def test_a_suspension_stops_the_ninety_days(before: Before, add: Add, clocks: Clocks) -> None:
    file = add(before("decision_made"), "period_changed", "2026-10-13T09:00")
    span = {"basis": "示例规定§60", "from": "2026-09-01", "to": "2026-09-10"}

    running = clocks(_data(file, "period_changed", **span), "2026-10-14")

    assert running["DL02"].last_day == date(2026, 11, 29)


def test_an_open_suspension_moves_the_ninety_days_on_daily(
    before: Before, add: Add, clocks: Clocks
) -> None:
    file = add(before("decision_made"), "period_changed", "2026-10-13T09:00")
    open_one = _data(file, "period_changed", basis="示例规定§60", **{"from": "2026-10-01"})

    assert clocks(open_one, "2026-10-13")["DL02"].last_day == date(2026, 12, 2)
    assert clocks(open_one, "2026-10-14")["DL02"].last_day == date(2026, 12, 3)


def test_a_resumption_ends_the_suspension(before: Before, add: Add, clocks: Clocks) -> None:
    file = add(before("decision_made"), "period_changed", "2026-10-13T09:00")
    file = _data(file, "period_changed", basis="示例规定§60", **{"from": "2026-10-01"})
    resumed = add(file, "period_changed", "2026-10-14T18:00")
    events = (*resumed.events[:-1], replace(resumed.events[-1], data={"change": "恢复"}))

    running = clocks(replace(resumed, events=events), "2026-10-20")

    assert running["DL02"].last_day == date(2026, 12, 2)


def test_seizure_runs_thirty_days_and_once_more(before: Before, add: Add, clocks: Clocks) -> None:
    file = add(before("decision_made"), "coercion_applied", "2026-09-10T09:00")
    longer = add(file, "coercion_extended", "2026-10-09T09:00")

    assert clocks(file, "2026-10-10")["DL04"].is_late
    assert clocks(longer, "2026-10-10")["DL04-2"].last_day == date(2026, 11, 8)


def test_urgent_seizure_is_approved_within_a_day(before: Before, add: Add, clocks: Clocks) -> None:
    file = add(before("decision_made"), "coercion_applied", "2026-09-10T09:00")

    running = clocks(_data(file, "coercion_applied", urgent=True), "2026-09-10")

    assert running["DL05"].last_day == date(2026, 9, 11)


def test_an_unpaid_fine_starts_the_surcharge(before: Before, clocks: Clocks) -> None:
    running = clocks(before("fine_paid"), "2026-11-04")

    assert running["DL11"].is_late
    assert running["DL12"].start == date(2026, 11, 3)
    assert running["DL12"].last_day == date(2026, 12, 7)


def test_a_deferral_moves_the_surcharge_and_the_court_window(
    before: Before, add: Add, clocks: Clocks
) -> None:
    file = add(before("fine_paid"), "payment_deferred", "2026-10-28T09:00")

    running = clocks(_data(file, "payment_deferred", until="2027-05-31"), "2027-05-20")

    assert "DL12" not in running
    assert running["DL22"].last_day == date(2027, 8, 31)


def test_service_by_announcement_takes_effect_after_thirty_days(
    before: Before, clocks: Clocks
) -> None:
    file = _data(before("fine_paid"), "decision_served", announced_on="2026-10-19")

    running = clocks(file, "2026-10-22")

    assert running["DL10"].last_day == date(2026, 11, 18)
    assert running["DL11"].start == date(2026, 11, 18)


def test_a_right_that_lapsed_has_ended_and_is_not_late(before: Before, clocks: Clocks) -> None:
    running = clocks(before("statement_received"), "2026-10-20")

    assert running["DL06"].state is DeadlineState.ENDED
    assert not running["DL06"].is_late


def test_a_notice_by_announcement_waits_thirty_days(before: Before, clocks: Clocks) -> None:
    file = _data(before("statement_received"), "notice_served", announced_on="2026-09-09")

    running = clocks(file, "2026-09-12")

    assert running["DL10"].last_day == date(2026, 10, 9)
    assert running["DL06"].start == date(2026, 10, 9)


def test_every_clock_names_what_starts_it(demo_file: CaseFile, clocks: Clocks) -> None:
    running = clocks(demo_file, "2026-11-18")

    assert [code for code, deadline in running.items() if deadline.origin is None] == []


def test_a_period_that_can_not_be_counted_says_what_is_missing(
    before: Before, clocks: Clocks
) -> None:
    file = before("decision_served")
    events = tuple(
        replace(e, at=e.at.replace(month=12, day=30)) if e.kind == "decision_made" else e
        for e in file.events
    )

    running = clocks(replace(file, events=events), "2026-12-31")

    assert running["DL09"].last_day is None
    assert "2027年" in running["DL09"].note


def test_a_deadline_prints_as_json(demo_file: CaseFile, clocks: Clocks) -> None:
    printed = clocks(demo_file, "2026-11-18")["DL30"].as_json()

    assert printed["last_day"] == "2026-12-04"
    assert printed["done_on"] == "2026-11-18"
    assert printed["late"] is False
