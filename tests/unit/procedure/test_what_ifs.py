"""What follows if something had happened earlier or later, and when a case may be decided."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from workstation.domain.cases import CaseFile
from workstation.procedure import ProcedureRules, Surroundings
from workstation.procedure.clocks import ClockQuestion
from workstation.procedure.decision_days import DecisionWindow, decision_window
from workstation.procedure.period_records import Origin
from workstation.procedure.running import running_clocks
from workstation.procedure.what_ifs import WhatIf, shifted, what_if

Before = Callable[..., CaseFile]
Ask = Callable[..., WhatIf]
Window = Callable[[CaseFile, str], DecisionWindow]


@pytest.fixture
def question(rules: ProcedureRules, surroundings: Surroundings) -> Callable[..., ClockQuestion]:
    def build(file: CaseFile, day: str) -> ClockQuestion:
        as_of = date.fromisoformat(day)
        return ClockQuestion(
            case_file=file.as_of(as_of), as_of=as_of, rules=rules, surroundings=surroundings
        )

    return build


@pytest.fixture
def ask(question: Callable[..., ClockQuestion]) -> Ask:
    """Move what starts a clock of a file on a day."""

    def build(file: CaseFile, day: str, code: str, days: int) -> WhatIf:
        asked = question(file, day)
        origin = next(c.origin for c in running_clocks(asked) if c.code == code)
        assert origin is not None
        return what_if(asked, origin, days)

    return build


@pytest.fixture
def window(question: Callable[..., ClockQuestion]) -> Window:
    def build(file: CaseFile, day: str) -> DecisionWindow:
        asked = question(file, day)
        return decision_window(asked.case_file, asked.as_of, asked.rules, running_clocks(asked))

    return build


def _ends(answer: WhatIf) -> dict[str, tuple[str, str]]:
    return {
        clock.code: (str(clock.before.last_day), str(clock.after.last_day))
        for clock in answer.moved
        if clock.before and clock.after
    }


def test_a_later_service_of_the_notice_moves_both_periods_and_the_decision(
    before: Before, ask: Ask
) -> None:
    answer = ask(before("statement_received"), "2026-09-12", "DL06", 3)

    assert _ends(answer) == {
        "DL06": ("2026-09-17", "2026-09-18"),
        "DL07": ("2026-09-17", "2026-09-18"),
    }
    assert answer.decision_before.first == date(2026, 9, 18)
    assert answer.decision_after.first == date(2026, 9, 19)


def test_a_later_service_of_the_decision_moves_all_that_hangs_on_it(
    before: Before, ask: Ask
) -> None:
    moved = _ends(ask(before("fine_paid"), "2026-10-20", "DL11", 3))

    assert set(moved) == {"DL11", "DL16", "DL17", "DL22"}
    assert moved["DL11"] == ("2026-11-03", "2026-11-06")


def test_an_earlier_start_moves_the_end_back(before: Before, ask: Ask) -> None:
    answer = ask(before("fine_paid"), "2026-10-20", "DL16", -3)

    assert _ends(answer)["DL16"] == ("2026-12-18", "2026-12-15")


def test_a_fact_of_the_case_can_be_moved(before: Before, ask: Ask) -> None:
    answer = ask(before("case_filed"), "2026-08-20", "DL27", 10)

    assert _ends(answer) == {"DL27": ("2028-08-19", "2028-08-29")}


def test_a_move_past_another_event_is_noted(before: Before, ask: Ask) -> None:
    answer = ask(before("decision_made"), "2026-10-14", "DL06", 10)

    assert any("先后顺序颠倒" in note for note in answer.notes)


def test_a_clock_that_begins_or_ends_with_the_move_is_told(before: Before, ask: Ask) -> None:
    answer = ask(before("fine_paid"), "2026-11-04", "DL11", 3)

    gone = next(clock for clock in answer.moved if clock.code == "DL12")
    assert gone.before is not None
    assert gone.after is None
    assert gone.as_json()["difference_days"] is None


def test_moving_a_day_in_the_data_of_an_event_leaves_the_event(demo_file: CaseFile) -> None:
    notified = next(e for e in demo_file.events if e.kind == "hearing_notified")

    moved = shifted(demo_file, Origin(event=notified.position, key="on"), 2)

    after = next(e for e in moved.events if e.position == notified.position)
    assert (after.at, after.data["on"]) == (notified.at, "2026-10-02")


def test_no_decision_before_the_notice_is_served(before: Before, window: Window) -> None:
    found = window(before("notice_served"), "2026-09-09")

    assert found.first is None
    assert found.last == date(2026, 11, 19)
    assert "尚未送达" in found.reasons[0]


def test_a_waiver_opens_the_decision_at_once(
    before: Before, add: Callable[..., CaseFile], window: Window
) -> None:
    file = add(before("statement_received"), "statement_received", "2026-09-14T09:00")
    events = (*file.events[:-1], replace(file.events[-1], data={"waived": True}))

    assert window(replace(file, events=events), "2026-09-14").first == date(2026, 9, 14)


@pytest.mark.parametrize(
    ("stop", "day", "first"),
    [
        ("hearing_notified", "2026-09-16", "2026-09-29"),
        ("hearing_held", "2026-09-20", "2026-09-30"),
        ("decision_made", "2026-10-14", "2026-09-30"),
    ],
)
def test_a_hearing_asked_for_comes_before_the_decision(
    before: Before, window: Window, stop: str, day: str, first: str
) -> None:
    found = window(before(stop), day)

    assert found.first == date.fromisoformat(first)
    assert "听证" in found.reasons[-1]


def test_a_window_without_a_day_says_so() -> None:
    closed = DecisionWindow(first=date(2026, 9, 2), last=date(2026, 9, 1), reasons=())

    assert closed.is_empty
    printed: dict[str, Any] = closed.as_json()
    assert printed["empty"] is True
