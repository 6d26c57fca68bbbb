"""Rounds of review on a real office: handed in, sent back, approved, voided, replayed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.review_offices import (
    DEMO,
    FORM,
    REASON,
    copy_home,
    demo_requests,
    investigate,
    write_conclusions,
)
from workstation.bootstrap import Workstation, open_workstation
from workstation.errors import InvalidInputError
from workstation.operations.event_files import EventRequest, parse_event, read_json
from workstation.operations.recording import GuardRefusedError
from workstation.operations.review_inbox import InboxGroup
from workstation.operations.review_rounds import NewOpinion, NewTask, Submission
from workstation.operations.review_views import RoundState
from workstation.procedure import load_rules
from workstation.review.conclusions import Verdict
from workstation.settings import open_home

TASK = NewTask(
    what="补充清运凭证",
    document="D37",
    field="facts",
    page=2,
    article="行政处罚法§40",
    due=date(2026, 9, 9),
)


@pytest.fixture(scope="module")
def investigated(
    tmp_path_factory: pytest.TempPathFactory, share_statutes: Callable[[Path], Path]
) -> tuple[Path, str]:
    """A home with the demo case at the end of its investigation, and the id of the case."""
    home = share_statutes(tmp_path_factory.mktemp("rounds") / "office")
    case_id = investigate(home)
    return home, case_id


@pytest.fixture
def office(investigated: tuple[Path, str], tmp_path: Path) -> Iterator[Workstation]:
    """A copy of that home, opened."""
    copy_home(investigated[0], tmp_path / "office")
    workstation = open_workstation(open_home(tmp_path / "office"))
    yield workstation
    workstation.close()


@pytest.fixture
def case_id(investigated: tuple[Path, str]) -> str:
    """The id of the case."""
    return investigated[1]


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-09-{text}")


def _submit(office: Workstation, case_id: str, at: str, **values: Any) -> None:
    submission = Submission(person="韩沧", at=_at(at), values=FORM | values)
    office.review_rounds.submit(case_id, submission)


def _opinion(at: str, opinion: str, *tasks: NewTask) -> NewOpinion:
    return NewOpinion(opinion=opinion, reason=REASON, reviewer="顾知白", at=_at(at), tasks=tasks)


def _approve(office: Workstation, case_id: str, submitted: str, at: str) -> None:
    _submit(office, case_id, submitted)
    write_conclusions(office, case_id)
    office.review_rounds.approve(case_id, _opinion(at, "同意"))


def _notice() -> EventRequest:
    rows = read_json(DEMO / "case.json")["events"]
    row = next(row for row in rows if row["kind"] == "notice_approved")
    return parse_event(row, load_rules().events, DEMO)


def test_a_returned_round_and_an_approved_one_replay_on_any_day(
    office: Workstation, case_id: str
) -> None:
    rounds = office.review_rounds
    _submit(office, case_id, "04T09:30")
    rounds.take(case_id, "顾知白", _at("04T10:00"))
    write_conclusions(office, case_id)
    rounds.send_back(case_id, _opinion("05T10:00", "退回补充调查", TASK))
    rounds.answer(case_id, "1-1", "已补三张清运凭证", "林问渠", _at("07T09:00"))
    _approve(office, case_id, "07T10:00", "08T16:30")

    def states(day: int) -> list[RoundState]:
        return [shown.state for shown in rounds.show(case_id, date(2026, 9, day)).rounds]

    assert states(3) == []
    assert states(4) == [RoundState.TAKEN]
    assert states(6) == [RoundState.RETURNED]
    assert states(7) == [RoundState.RETURNED, RoundState.WAITING]
    assert states(8) == [RoundState.RETURNED, RoundState.APPROVED]
    first, second = rounds.show(case_id).rounds
    assert [change.name for change in second.changes] == ["答复审核任务"]
    assert first.round.tasks[0].answer is not None
    assert (first.paper, second.paper) == ("D40", "D40-2")
    assert [c.verdict for c in second.conclusions] == ["合法"] * 10


def test_a_task_runs_in_the_due_list_until_it_is_answered(
    office: Workstation, case_id: str
) -> None:
    _submit(office, case_id, "04T09:30")
    write_conclusions(office, case_id)
    office.review_rounds.send_back(case_id, _opinion("05T10:00", "纠正", TASK))

    running = _clock(office, case_id)
    office.review_rounds.answer(case_id, "1-1", "已补", "林问渠", _at("07T09:00"))

    assert running.last_day == date(2026, 9, 9)
    assert "补充清运凭证" in running.note
    assert running.done_on is None
    assert _clock(office, case_id).done_on == date(2026, 9, 7)
    assert office.review_rounds.tasks(case_id) == ()


def _clock(office: Workstation, case_id: str) -> Any:
    return next(d for d in office.cases.view(case_id).deadlines if d.code == "DL43")


def test_a_paper_issued_anew_voids_the_approval_and_blocks_the_notice(
    office: Workstation, case_id: str
) -> None:
    _approve(office, case_id, "04T09:30", "08T16:30")
    closed = next(r for r in demo_requests() if r.kind == "investigation_closed")
    office.cases.record(case_id, replace(closed, at=_at("09T09:00")))

    shown = office.review_rounds.show(case_id)
    with pytest.raises(GuardRefusedError) as refused:
        office.cases.record(case_id, _notice())

    assert shown.last is not None
    assert shown.last.state is RoundState.VOIDED
    assert shown.waits_for == "承办人"
    (row,) = office.review_inbox.rows()
    assert row.group is InboxGroup.VOIDED
    assert "D37-2" in row.why or "终结" in row.why
    assert {c.document for c in shown.last.voided_by} >= {"D37-2", "D38-2"}
    assert refused.value.blocks[0].guard == "approval_stands"
    assert "D37-2" in refused.value.message
    notice = next(s for s in office.cases.view(case_id).steps if s.n == 9)
    assert "approval_stands" in {block.guard for block in notice.blocks}
    _approve(office, case_id, "09T09:30", "09T10:30")
    assert office.cases.record(case_id, _notice()).position


def test_a_fact_that_an_approved_paper_prints_voids_and_another_does_not(
    office: Workstation, case_id: str
) -> None:
    _approve(office, case_id, "04T09:30", "08T16:30")

    _note(office, case_id, trips="三十次")
    untouched = office.review_rounds.show(case_id).last
    _note(office, case_id, place="别处")
    voided = office.review_rounds.show(case_id).last

    assert untouched is not None
    assert untouched.state is RoundState.APPROVED
    assert voided is not None
    assert voided.state is RoundState.VOIDED
    assert [(c.name, c.after) for c in voided.voided_by] == [("违法地点", "别处")]
    assert voided.voided_by[0].document in {"D37", "D38"}


def _note(office: Workstation, case_id: str, **facts: Any) -> None:
    office.cases.record(
        case_id,
        EventRequest(
            kind="note_added",
            step=8,
            at=_at("09T09:00"),
            title="记事",
            actor="林问渠",
            data={"text": "更正登记"},
            facts=facts,
        ),
    )


def test_an_edited_draft_of_the_notice_voids_until_it_is_restored(
    office: Workstation, case_id: str
) -> None:
    office.forms.save_draft(case_id, "D41", 1, {"fine": "110000"})
    _approve(office, case_id, "04T09:30", "08T16:30")

    def state() -> RoundState:
        last = office.review_rounds.show(case_id).last
        assert last is not None
        return last.state

    assert state() is RoundState.APPROVED
    office.forms.save_draft(case_id, "D41", 1, {"fine": "120000"})
    assert state() is RoundState.VOIDED
    office.forms.save_draft(case_id, "D41", 1, {"fine": "110000"})
    assert state() is RoundState.APPROVED


def test_an_opinion_needs_all_ten_conclusions(office: Workstation, case_id: str) -> None:
    _submit(office, case_id, "04T09:30")

    with pytest.raises(InvalidInputError, match="还有10项"):
        office.review_rounds.approve(case_id, _opinion("08T16:30", "同意"))


def test_a_conclusion_left_to_a_person_says_what_the_person_found(
    office: Workstation, case_id: str
) -> None:
    rounds = office.review_rounds
    _submit(office, case_id, "04T09:30")

    with pytest.raises(InvalidInputError) as refused:
        rounds.conclude(case_id, "证据")
    rounds.conclude(case_id, "5", Verdict.CURABLE, "清运凭证为复印件，未注明出处。")

    assert "须由人审查" in refused.value.hint
    kept = next(c for c in rounds.show(case_id).conclusions if c.subject.title == "证据")
    assert (kept.verdict, kept.reason) == ("有瑕疵可补正", "清运凭证为复印件，未注明出处。")


def test_nothing_is_concluded_before_a_case_is_handed_in(
    office: Workstation, case_id: str
) -> None:
    with pytest.raises(InvalidInputError, match="没有待审"):
        office.review_rounds.conclude(case_id, "事实", Verdict.LAWFUL, "事实清楚。")


@pytest.mark.parametrize(
    ("method", "opinion"), [("approve", "退回补充调查"), ("send_back", "同意")]
)
def test_an_opinion_is_of_its_own_kind(
    office: Workstation, case_id: str, method: str, opinion: str
) -> None:
    with pytest.raises(InvalidInputError):
        getattr(office.review_rounds, method)(case_id, _opinion("08T16:30", opinion, TASK))


def test_sending_back_needs_a_task(office: Workstation, case_id: str) -> None:
    with pytest.raises(InvalidInputError, match="没有列明任务"):
        office.review_rounds.send_back(case_id, _opinion("08T16:30", "退回补充调查"))


@pytest.mark.parametrize("name", ["林问渠", "韩沧", "不在册的人"])
def test_only_a_qualified_and_independent_reviewer_takes_a_round(
    office: Workstation, case_id: str, name: str
) -> None:
    _submit(office, case_id, "04T09:30")

    assert name not in office.review_rounds.reviewers(case_id)
    with pytest.raises(GuardRefusedError):
        office.review_rounds.take(case_id, name, _at("04T10:00"))
    assert "顾知白" in office.review_rounds.reviewers(case_id)


def test_a_review_of_the_bureaus_own_stage_is_no_legal_review(
    office: Workstation, case_id: str
) -> None:
    submission = Submission(
        person="韩沧",
        at=_at("04T09:30"),
        stage="结案前",
        values=FORM | {"summary": "提前审查结案材料"},
    )
    office.review_rounds.submit(case_id, submission)
    write_conclusions(office, case_id)
    office.review_rounds.approve(case_id, _opinion("08T16:30", "同意"))

    (shown,) = office.review_rounds.show(case_id).rounds
    step = next(state for state in office.cases.view(case_id).steps if state.n == 8)
    assert (shown.round.stage, shown.round.is_legal) == ("结案前", False)
    assert step.done_on is None
