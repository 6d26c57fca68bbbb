"""The reviewer's inbox: whose turn it is after each event of a round, and until when."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from workstation.bootstrap import Workstation
from workstation.domain.cases import CaseEvent, JsonValue
from workstation.operations.review_inbox import InboxGroup, InboxRow
from workstation.operations.review_views import RoundState
from workstation.procedure.frozen_cases import as_seen
from workstation.storage.case_repository import CaseRepository

TASKS: list[JsonValue] = [{"what": "补充清运凭证", "document": "D37", "due": "2026-09-09"}]


def _happened(desk: Workstation, case_id: str, kind: str, at: str, **data: JsonValue) -> None:
    moment = datetime.fromisoformat(f"2026-09-{at}")
    event = CaseEvent(
        position=0, kind=kind, step=8, at=moment, title=kind, actor="韩沧", data=data
    )
    with desk.database.writing() as unit:
        unit.events.append(case_id, event)
    desk.due.recompute_all()


def _only(desk: Workstation) -> InboxRow:
    (row,) = desk.review_inbox.rows()
    return row


def test_a_round_goes_from_the_reviewer_to_the_officer_and_back(
    desk: Workstation, case_id: str
) -> None:
    assert desk.review_inbox.rows() == ()

    _happened(desk, case_id, "review_submitted", "04T09:30")
    waiting = _only(desk)
    _happened(desk, case_id, "review_taken", "04T10:00", reviewer="顾知白")
    taken = _only(desk)
    sent_back: dict[str, JsonValue] = {
        "conclusion": "退回补充调查",
        "reviewer": "顾知白",
        "tasks": TASKS,
    }
    _happened(desk, case_id, "review_concluded", "05T10:00", **sent_back)
    returned = _only(desk)
    with desk.database.reading() as unit:
        listed = unit.deadlines.of_cases([case_id])[case_id]
    _happened(desk, case_id, "review_task_answered", "07T09:00", task="1-1", note="已补")
    answered = _only(desk)

    assert (waiting.group, waiting.due) == (InboxGroup.WAITING, date(2026, 9, 15))
    assert "行政处罚法§58" in waiting.basis
    assert (waiting.submitted_by, waiting.days_left(date(2026, 9, 16))) == ("韩沧", -1)
    assert (taken.group, taken.reviewer) == (InboxGroup.TAKEN, "顾知白")
    assert (returned.group, returned.open_tasks) == (InboxGroup.RETURNED, 1)
    assert "审核任务答复：补充清运凭证" in {due.name for due in listed}
    assert (returned.due, returned.failed) == (date(2026, 9, 9), None)
    assert (answered.group, answered.open_tasks, answered.due) == (InboxGroup.ANSWERED, 0, None)


def test_an_approved_round_and_a_closed_case_wait_for_nobody(
    desk: Workstation, case_id: str
) -> None:
    _happened(desk, case_id, "review_submitted", "04T09:30")
    _happened(desk, case_id, "review_concluded", "05T10:00", conclusion="同意", reviewer="顾知白")
    assert desk.review_inbox.rows() == ()

    _happened(desk, case_id, "review_submitted", "06T09:30")
    desk.review_runs.run()
    assert (_only(desk).round, _only(desk).failed is not None) == (2, True)
    _happened(desk, case_id, "case_closed", "07T09:30")

    assert desk.review_inbox.rows() == ()


def test_approvals_that_lapsed_are_listed_without_loading_each_case(
    desk: Workstation, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.database.reading() as unit:
        seen = as_seen(unit.cases.load_case_file(case_id))
    frozen = replace(seen, printed={"case.cause": ("D37",)}).as_json()
    _happened(desk, case_id, "review_submitted", "04T09:30", stage="告知前", frozen=frozen)
    passed: dict[str, JsonValue] = {"conclusion": "同意", "frozen": frozen}
    _happened(desk, case_id, "review_concluded", "05T10:00", reviewer="顾知白", **passed)
    with desk.database.writing() as unit:
        unit.cases.update(replace(unit.cases.get(case_id), cause="擅自处置建筑垃圾"))
    shown = desk.review_rounds.show(case_id).last
    monkeypatch.delattr(CaseRepository, "load_case_file")

    row = _only(desk)

    assert shown is not None
    assert shown.state is RoundState.VOIDED
    assert row.group is InboxGroup.VOIDED
    assert all(change.what in row.why for change in shown.voided_by)
