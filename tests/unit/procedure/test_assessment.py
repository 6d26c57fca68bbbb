"""What each step says on a given day of the demo case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure import ProcedureRules, StepState, Surroundings, assess

Look = Callable[..., dict[int, StepState]]


@pytest.fixture
def look(demo_file: CaseFile, rules: ProcedureRules, surroundings: Surroundings) -> Look:
    """Return the step states of a day, of the demo case less some kinds of event."""

    def build(
        day: str, *, without: tuple[str, ...] = (), file: CaseFile | None = None
    ) -> dict[int, StepState]:
        whole = file or demo_file
        events = tuple(e for e in whole.events if e.kind not in without)
        states = assess(
            replace(whole, events=events), date.fromisoformat(day), rules, surroundings
        )
        return {state.n: state for state in states}

    return build


def _changed(file: CaseFile, kind: str, **data: Any) -> CaseFile:
    events = tuple(replace(e, data=data) if e.kind == kind else e for e in file.events)
    return replace(file, events=events)


def test_on_the_first_day_only_filing_is_due_next(look: Look) -> None:
    states = look("2026-08-19")

    assert states[1].status == "done"
    assert states[2].status == "now"
    assert states[2].next_title == "立案"
    assert {states[n].status for n in (3, 8, 9, 10, 13, 14, 17, 18)} == {"waiting"}


def test_filing_becomes_due_before_its_period_ends(look: Look) -> None:
    filed = ("case_filed",)

    assert look("2026-08-30", without=filed)[2].status == "now"
    assert look("2026-08-31", without=filed)[2].status == "due"
    assert "已逾期1日" in look("2026-09-04", without=filed)[2].reason


def test_investigation_stays_open_until_it_is_closed(look: Look) -> None:
    assert look("2026-08-28")[3].status == "now"
    assert look("2026-09-03")[3].done_on == date(2026, 8, 26)


def test_an_untreated_preservation_is_due_and_blocks_the_notice(look: Look) -> None:
    states = look("2026-09-08", without=("preservation_resolved", "notice_approved"))

    assert states[4].status == "due"
    assert "已逾期7日" in states[4].reason
    assert "preservation_settled" in {block.guard for block in states[9].blocks}
    assert states[9].status == "blocked"


def test_review_is_open_again_after_the_hearing(look: Look) -> None:
    states = look("2026-10-08")

    assert look("2026-09-10")[8].done_on == date(2026, 9, 8)
    assert states[8].status == "now"
    assert states[8].next_event == "review_submitted"


def test_a_review_that_does_not_agree_is_not_the_end(look: Look, demo_file: CaseFile) -> None:
    file = _changed(demo_file, "review_concluded", conclusion="退回补充调查", reviewer="顾知白")

    states = look("2026-09-08", file=file)

    assert states[8].status != "done"
    assert "退回补充调查" in states[9].reason


def test_the_decision_is_blocked_with_every_reason(look: Look) -> None:
    states = look("2026-09-15")

    guards = {block.guard for block in states[13].blocks}

    assert states[13].status == "blocked"
    assert {"notice_period_over", "hearing_held_when_requested", "statements_reviewed"} <= guards


def test_no_hearing_is_held_when_nobody_asked_in_time(look: Look) -> None:
    silent = ("statement_received", "statement_reviewed", "hearing_notified")

    assert look("2026-09-17", without=silent)[11].status == "waiting"
    states = look("2026-09-18", without=silent)
    assert states[11].status == "not_applicable"
    assert states[10].status == "done"
    assert states[10].done_on == date(2026, 9, 17)


def test_a_waiver_settles_defence_and_hearing(look: Look, demo_file: CaseFile) -> None:
    file = _changed(demo_file, "statement_received", waived=True, hearing_requested=False)

    states = look("2026-09-15", file=file)

    assert states[10].done_on == date(2026, 9, 15)
    assert states[11].status == "not_applicable"


def test_without_a_penalty_there_is_nothing_to_publish_or_perform(
    look: Look, demo_file: CaseFile
) -> None:
    file = _changed(demo_file, "decision_made", outcome="不予处罚")

    states = look("2026-10-19", file=file)

    assert states[15].status == "not_applicable"
    assert states[16].status == "not_applicable"
    assert states[17].status == "now"


def test_part_payment_does_not_end_execution(look: Look, demo_file: CaseFile) -> None:
    file = _changed(demo_file, "fine_paid", amount=1600)

    states = look("2026-11-03", file=file)

    assert states[16].status != "done"
    assert "payment_settled" in {block.guard for block in states[17].blocks}


@pytest.mark.parametrize("kind", ["lead_rejected", "case_withdrawn"])
def test_an_early_end_leaves_only_closing_and_archiving(
    look: Look, demo_file: CaseFile, kind: str
) -> None:
    end = replace(demo_file.events[3], kind=kind, title="终止办理")
    opening: tuple[CaseEvent, ...] = demo_file.events[:3]

    states = look("2026-08-21", file=replace(demo_file, events=(*opening, end)))

    assert {states[n].status for n in range(3, 17)} == {"not_applicable"}
    assert states[17].status == "now"


def test_a_correction_left_out_is_merged_into_the_decision(look: Look) -> None:
    states = look("2026-10-15", without=("correction_ordered", "correction_reviewed"))

    assert states[6].status == "not_applicable"
    assert "并入决定书" in states[6].reason


def test_a_state_prints_as_json(look: Look) -> None:
    printed = look("2026-09-15")[13].as_json()

    assert printed["state"] == "blocked"
    assert printed["blocked_by"][0]["fix"]
    assert printed["name"] == "作出决定"


def test_a_day_is_shown_as_it_was(look: Look) -> None:
    states = look("2026-08-27")

    assert states[4].done_on == date(2026, 8, 27)
    assert states[18].status == "waiting"


def test_a_hearing_is_settled_where_none_was_offered(look: Look, demo_file: CaseFile) -> None:
    file = _changed(demo_file, "notice_served", fine=4000, hearing_right=False)
    silent = ("statement_received", "hearing_notified", "deliberated", "hearing_held")

    states = look("2026-09-11", file=file, without=silent)

    assert "不属于听证范围" in states[11].reason


def test_a_waiver_says_why_there_is_no_hearing(look: Look, demo_file: CaseFile) -> None:
    file = _changed(demo_file, "statement_received", waived=True, hearing_requested=False)

    states = look("2026-09-15", file=file, without=("hearing_notified",))

    assert "放弃听证" in states[11].reason


def test_a_decision_without_notice_or_deliberation_says_so(look: Look) -> None:
    left_out = (
        "notice_served",
        "statement_received",
        "hearing_notified",
        "hearing_held",
        "hearing_reported",
        "deliberated",
    )

    states = look("2026-10-15", without=left_out)

    assert "未经告知" in states[11].reason
    assert "未经集体讨论" in states[12].reason


def test_no_notice_is_due_once_no_penalty_was_decided(look: Look, demo_file: CaseFile) -> None:
    file = _changed(demo_file, "decision_made", outcome="违法事实不成立")

    states = look("2026-10-15", file=file, without=("notice_served", "statement_received"))

    assert states[9].status == "not_applicable"
    assert "违法事实不成立" in states[9].reason
