"""Guards on the rounds of a review: each lets a lawful event pass and stops an unlawful one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from workstation.domain.cases import CaseEvent, CaseFile, IssuedDocument
from workstation.domain.dated_entries import DatedEntry, EntryKind
from workstation.domain.frozen_drafts import DraftValue, FrozenDraft
from workstation.procedure import Enclosures, Paper, ProcedureRules, Surroundings, assess
from workstation.procedure.enclosures import NOTHING_ENCLOSED
from workstation.procedure.frozen_cases import as_seen
from workstation.procedure.guards import check_event
from workstation.procedure.review_rounds import rounds_of

Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]

TASK = {"what": "补充清运凭证", "document": "D37", "due": "2026-09-09"}


def _with(file: CaseFile, *events: tuple[str, str, dict[str, Any]]) -> CaseFile:
    """Return a file with more events: kind, moment, data."""
    start = max((event.position for event in file.events), default=0)
    added = tuple(
        CaseEvent(
            position=start + place,
            kind=kind,
            step=8,
            at=datetime.fromisoformat(at),
            title=kind,
            data=data,
            actor="韩沧",
        )
        for place, (kind, at, data) in enumerate(events, start=1)
    )
    return replace(file, events=(*file.events, *added))


SUBMITTED: tuple[str, str, dict[str, Any]] = ("review_submitted", "2026-09-04T09:30", {})
TAKEN = ("review_taken", "2026-09-04T10:00", {"reviewer": "顾知白"})
RETURNED = (
    "review_concluded",
    "2026-09-05T10:00",
    {"conclusion": "退回补充调查", "reviewer": "顾知白", "tasks": [TASK]},
)
ANSWERED = ("review_task_answered", "2026-09-07T10:00", {"task": "1-1", "note": "已补充"})


def test_a_case_is_handed_in_again_only_when_every_task_is_answered(
    before: Before, refused: Refused
) -> None:
    returned = _with(before("review_submitted"), SUBMITTED, RETURNED)

    pending = refused(returned, "review_submitted", at="2026-09-08T09:30")
    answered = refused(_with(returned, ANSWERED), "review_submitted", at="2026-09-08T09:30")

    assert pending["tasks_are_answered"].hard
    assert "补充清运凭证" in pending["tasks_are_answered"].message
    assert "tasks_are_answered" not in answered


def test_one_round_waits_at_a_time(before: Before, refused: Refused) -> None:
    empty = before("review_submitted")

    assert refused(_with(empty, SUBMITTED), "review_submitted")["one_round_at_a_time"].hard
    assert "one_round_at_a_time" not in refused(empty, "review_submitted")


def test_a_concluded_round_is_not_concluded_again(before: Before, refused: Refused) -> None:
    waiting = _with(before("review_submitted"), SUBMITTED)

    again = refused(_with(waiting, RETURNED), "review_concluded")

    assert again["round_is_open"].hard
    assert "round_is_open" not in refused(waiting, "review_concluded")


def test_who_took_a_round_concludes_it(before: Before, refused: Refused) -> None:
    taken = _with(before("review_submitted"), SUBMITTED, TAKEN)

    other = refused(taken, "review_concluded", reviewer="沈听澜")

    assert "顾知白收件" in other["taken_by_this_reviewer"].message
    assert "taken_by_this_reviewer" not in refused(taken, "review_concluded", reviewer="顾知白")


def test_an_unknown_stage_is_refused(before: Before, refused: Refused) -> None:
    file = before("review_submitted")

    assert refused(file, "review_submitted", stage="随便哪天")["stage_is_known"].hard
    assert "stage_is_known" not in refused(file, "review_submitted", stage="告知前")


def test_only_the_legal_review_waits_for_the_end_of_the_investigation(
    before: Before, refused: Refused
) -> None:
    early = before("case_filed")

    assert "investigation_closed_first" in refused(early, "review_submitted", stage="告知前")
    assert "investigation_closed_first" not in refused(early, "review_submitted", stage="立案前")


def test_returning_for_more_investigation_names_tasks(before: Before, refused: Refused) -> None:
    waiting = _with(before("review_submitted"), SUBMITTED)

    bare = refused(waiting, "review_concluded", conclusion="退回补充调查", tasks=[])
    named = refused(waiting, "review_concluded", conclusion="退回补充调查", tasks=[TASK])

    assert bare["returned_with_tasks"].hard
    assert "returned_with_tasks" not in named


def test_an_answer_belongs_to_an_open_task(
    before: Before, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    returned = _with(before("review_submitted"), SUBMITTED, RETURNED)
    answer = _event("review_task_answered", "2026-09-08T09:00", task="1-1", note="已补充")
    strange = replace(answer, data={"task": "1-2", "note": "已补充"})

    def stops(file: CaseFile, event: CaseEvent) -> bool:
        return "task_is_open" in _guards(file, event, rules, surroundings)

    assert not stops(returned, answer)
    assert stops(returned, strange)
    assert stops(_with(returned, ANSWERED), answer)


def _event(kind: str, at: str, **data: Any) -> CaseEvent:
    return CaseEvent(
        position=900,
        kind=kind,
        step=8,
        at=datetime.fromisoformat(at),
        title=kind,
        data=data,
        actor="林问渠",
    )


def _guards(
    file: CaseFile,
    event: CaseEvent,
    rules: ProcedureRules,
    surroundings: Surroundings,
    enclosed: Enclosures = NOTHING_ENCLOSED,
) -> dict[str, str]:
    blocks = check_event(file, event, rules, surroundings, enclosed)
    return {block.guard: block.message for block in blocks if block.hard}


def _demanding(rules: ProcedureRules, *stages: str) -> ProcedureRules:
    entry = DatedEntry(
        kind=EntryKind.PARAMETER,
        key="review_stages",
        content={"value": ["告知前", *stages]},
        valid_from=date(2026, 8, 1),
        source="本局审核办法（演示）",
        verified=True,
        entered_by="陆屿川",
        entered_at=datetime(2026, 8, 1, 9),
    )
    return rules.with_own([entry])


def test_a_stage_the_bureau_set_waits_for_its_approval(
    before: Before, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    filing = _event("case_filed", "2026-08-21T09:30")
    early = before("case_filed")
    handed_in = ("review_submitted", "2026-08-19T15:00", {"stage": "立案前"})
    agreed = (
        "review_concluded",
        "2026-08-20T09:00",
        {"conclusion": "同意", "reviewer": "顾知白"},
    )
    demanding = _demanding(rules, "立案前")

    assert "stage_is_reviewed" not in _guards(early, filing, rules, surroundings)
    missing = _guards(early, filing, demanding, surroundings)
    waiting = _guards(_with(early, handed_in), filing, demanding, surroundings)
    passed = _guards(_with(early, handed_in, agreed), filing, demanding, surroundings)

    assert "尚未送审" in missing["stage_is_reviewed"]
    assert "尚未作出审核意见" in waiting["stage_is_reviewed"]
    assert "stage_is_reviewed" not in passed


def test_a_stage_holds_from_the_day_the_bureau_set_it(
    before: Before, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    earlier = _event("case_filed", "2026-07-31T09:30")

    found = _guards(before("case_filed"), earlier, _demanding(rules, "立案前"), surroundings)

    assert "stage_is_reviewed" not in found


def test_a_review_before_filing_neither_ends_nor_reopens_the_legal_review(
    before: Before, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    early = _with(
        before("review_submitted"),
        ("review_submitted", "2026-08-19T15:00", {"stage": "立案前"}),
        ("review_concluded", "2026-08-20T09:00", {"conclusion": "同意", "reviewer": "顾知白"}),
    )

    steps = {state.n: state for state in assess(early, date(2026, 9, 4), rules, surroundings)}
    notice = _guards(early, _event("notice_approved", "2026-09-04T11:00"), rules, surroundings)

    assert steps[8].done_on is None
    assert steps[8].next_event == "review_submitted"
    assert "review_before_notice" in notice


REPORT = IssuedDocument(
    id="report",
    form="D37",
    occurrence=1,
    title="案件调查终结报告",
    number="",
    dated=date(2026, 9, 3),
    step=7,
    values={"fine": 110000},
    docx_sha256="a" * 64,
    template_sha256="",
    event_position=1,
)
RECORD = replace(REPORT, id="record", form="D12", title="询问笔录", docx_sha256="b" * 64)
DRAFT = FrozenDraft(
    title="行政处罚事先（听证）告知书",
    values={
        "fine": DraftValue(label="拟罚款（元）", text="110000", fixed=True),
        "facts": DraftValue(label="违法事实", text="倾倒三车", fixed=False),
    },
)


@pytest.fixture
def approved(before: Before) -> CaseFile:
    """The demo case before the notice, approved with a report, a record and a draft notice."""
    file = replace(before("review_submitted"), documents=(REPORT, RECORD))
    printed = {"case.facts.place": ["D37"]}
    frozen = replace(as_seen(file), drafts={"D41": DRAFT}).as_json() | {"printed": printed}
    agreed = {"conclusion": "同意", "reviewer": "顾知白", "frozen": frozen}
    return _with(file, SUBMITTED, ("review_concluded", "2026-09-08T16:30", agreed))


NOTICE = ("notice_approved", "2026-09-09T11:00")
UNCHANGED = {"D41": DRAFT}


def _stands(
    file: CaseFile,
    rules: ProcedureRules,
    surroundings: Surroundings,
    drafts: dict[str, FrozenDraft] | None = None,
) -> str:
    beside = replace(surroundings, drafts=UNCHANGED if drafts is None else drafts)
    return _guards(file, _event(*NOTICE), rules, beside).get("approval_stands", "")


def test_what_was_approved_and_is_as_it_was_goes_on(
    approved: CaseFile, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    assert _stands(approved, rules, surroundings) == ""


def _facts(file: CaseFile, **facts: Any) -> CaseFile:
    return replace(file, case=replace(file.case, facts=dict(file.case.facts) | facts))


def _papers(file: CaseFile, *papers: IssuedDocument) -> CaseFile:
    return replace(file, documents=papers)


VOIDING: list[tuple[str, Callable[[CaseFile], CaseFile]]] = [
    ("D37", lambda f: _papers(f, replace(REPORT, docx_sha256="c" * 64), RECORD)),
    ("D12", lambda f: _papers(f, REPORT, replace(RECORD, docx_sha256="c" * 64))),
    ("D37-2", lambda f: _papers(f, REPORT, RECORD, replace(REPORT, id="2", occurrence=2))),
    ("违法地点", lambda f: _facts(f, place="别处")),
]


@pytest.mark.parametrize(("named", "change"), VOIDING)
def test_a_changed_paper_or_a_fact_it_prints_voids_the_approval(
    approved: CaseFile,
    rules: ProcedureRules,
    surroundings: Surroundings,
    named: str,
    change: Callable[[CaseFile], CaseFile],
) -> None:
    message = _stands(change(approved), rules, surroundings)

    assert named in message
    assert "原意见失效" in message


ELSEWHERE: list[Callable[[CaseFile], CaseFile]] = [
    lambda f: _papers(f, REPORT, RECORD, replace(RECORD, id="2", occurrence=2)),
    lambda f: _facts(f, vehicle="演A00000"),
    lambda f: _with(f, ("note_added", "2026-09-09T09:00", {})),
]


@pytest.mark.parametrize("change", ELSEWHERE)
def test_a_change_elsewhere_leaves_the_approval(
    approved: CaseFile,
    rules: ProcedureRules,
    surroundings: Surroundings,
    change: Callable[[CaseFile], CaseFile],
) -> None:
    assert _stands(change(approved), rules, surroundings) == ""


def _draft(**texts: str) -> dict[str, FrozenDraft]:
    values = {name: DraftValue(label="", text=text, fixed=True) for name, text in texts.items()}
    return {"D41": FrozenDraft(title="", values=values)}


def test_an_edited_draft_voids_the_approval(
    approved: CaseFile, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    assert _stands(approved, rules, surroundings, _draft(fine="110000")) == ""
    assert "拟罚款" in _stands(approved, rules, surroundings, _draft(fine="120000"))
    rewritten = _draft(fine="110000", facts="倾倒五车")
    assert "违法事实" in _stands(approved, rules, surroundings, rewritten)
    assert "已删除" in _stands(approved, rules, surroundings, {})


def test_a_new_round_makes_good_what_voided_the_last(
    approved: CaseFile, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    moved = _facts(approved, place="别处")
    frozen = replace(as_seen(moved), drafts={"D41": DRAFT}).as_json()
    agreed = {"conclusion": "同意", "reviewer": "顾知白", "frozen": frozen}
    again = _with(
        moved,
        ("review_submitted", "2026-09-09T09:30", {}),
        ("review_concluded", "2026-09-09T10:30", agreed),
    )

    assert _stands(moved, rules, surroundings)
    assert _stands(again, rules, surroundings) == ""
    assert [round_.number for round_ in rounds_of(again)] == [1, 2]


def test_a_past_day_is_judged_by_its_papers_alone(
    approved: CaseFile, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    moved = _facts(approved, place="别处")

    found = _guards(moved, _event(*NOTICE), rules, surroundings)

    assert surroundings.drafts is None
    assert "approval_stands" not in found


@pytest.mark.parametrize(("fine", "stopped"), [("110000.00", False), ("120000", True)])
def test_a_paper_is_issued_as_it_was_approved_in_draft(
    approved: CaseFile,
    rules: ProcedureRules,
    surroundings: Surroundings,
    fine: str,
    *,
    stopped: bool,
) -> None:
    notice = Paper(
        form="D41",
        title="行政处罚事先（听证）告知书",
        number="屿综执罚告字〔2026〕0186号",
        dated=date(2026, 9, 10),
        values={"fine": fine, "facts": "按案件记录重新生成的事实"},
    )
    enclosed = Enclosures(papers=(notice,), made=True)

    served = _event("notice_served", "2026-09-10T10:20")
    found = _guards(approved, served, rules, surroundings, enclosed)

    assert ("paper_is_as_approved" in found) is stopped
