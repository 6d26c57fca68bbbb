"""Guards in the turns a case can take: children, seizure, waiver, mitigation, late service."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from workstation.domain.cases import CaseFile
from workstation.domain.matters import AuthorityKind, Matter
from workstation.domain.people import Office
from workstation.procedure import Engagement, Surroundings

Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]


def test_five_years_run_where_harm_was_done(before: Before, refused: Refused) -> None:
    facts = {"act_end": "2024-08-18T01:00", "harmful": True}

    blocks = refused(before("case_filed", facts=facts), "case_filed")

    assert "limitation_not_passed" not in blocks


def test_comparing_old_and_new_law_lets_the_notice_pass(before: Before, refused: Refused) -> None:
    file = before("notice_approved", facts={"act_end": "2026-08-10", "illegal_gain": 1600})

    blocks = refused(file, "notice_approved", law_comparison="新法不较轻，适用行为时的旧规定")

    assert "law_of_the_act_day_considered" not in blocks


def test_a_period_change_needs_a_legal_basis(before: Before, refused: Refused) -> None:
    file, at = before("decision_made"), "2026-10-14T09:00"

    without = refused(file, "period_changed", at=at, days=30)
    named = refused(file, "period_changed", at=at, days=30, basis="示例程序规定§58")

    assert without["period_change_has_basis"].hard
    assert named == {}


def test_nothing_but_notes_is_added_after_archiving(demo_file: CaseFile, refused: Refused) -> None:
    at = "2026-12-01T10:00"

    blocks = refused(demo_file, "fine_paid", at=at)
    note = refused(demo_file, "note_added", at=at)

    assert blocks["case_not_archived"].hard
    assert note == {}


def test_a_record_during_a_record_of_another_case_is_blocked(
    before: Before, refused: Refused, surroundings: Surroundings
) -> None:
    other = Engagement(
        officer="林问渠",
        start=datetime.fromisoformat("2026-08-24T10:00"),
        end=datetime.fromisoformat("2026-08-24T11:00"),
        what="询问证人（另案）",
    )

    blocks = refused(
        before("person_questioned"),
        "person_questioned",
        beside=replace(surroundings, engagements=(other,)),
    )

    assert "另案" in blocks["records_do_not_overlap"].message


def test_a_certificate_that_ran_out_blocks_service(
    before: Before, refused: Refused, surroundings: Surroundings, office: Office
) -> None:
    people = tuple(
        replace(p, valid_to=date(2026, 8, 31)) if p.name == "苏砚舟" else p for p in office.people
    )
    expired = replace(surroundings, office=replace(office, people=people))

    blocks = refused(before("notice_served"), "notice_served", beside=expired)

    assert blocks["two_valid_officers"].check == "ZT4"
    assert "2026年8月31日" in blocks["two_valid_officers"].message


DELIVERY = {
    "form": "D51",
    "method": "直接送达",
    "receiver": "卓望野",
    "receiver_role": "法定代表人",
    "at": "2026-10-19T10:20",
    "place": "龙屿市望潮大道0号",
    "officers": ["林问渠", "苏砚舟"],
}


@pytest.mark.parametrize(
    ("guard", "change"),
    [
        ("receivers_lawful", {"receiver_role": "邻居"}),
        ("service_is_noted", {"method": "留置送达", "witness": "社区 江渡"}),
        ("serving_officers_valid", {"officers": ["林问渠"]}),
    ],
)
def test_unlawful_service_is_blocked(
    before: Before, refused: Refused, guard: str, change: dict[str, Any]
) -> None:
    file = before("decision_served")

    blocks = refused(file, "decision_served", deliveries=[{**DELIVERY, **change}])

    assert blocks[guard].hard
    assert refused(file, "decision_served", deliveries=[DELIVERY]) == {}


def _with(surroundings: Surroundings, **changes: Any) -> Surroundings:
    matters: tuple[Matter, ...] = tuple(replace(m, **changes) for m in surroundings.matters)
    return replace(surroundings, matters=matters)


def test_a_fine_conditional_on_failed_correction_is_blocked_once_corrected(
    before: Before, refused: Refused, surroundings: Surroundings
) -> None:
    conditional = _with(surroundings, precondition="逾期不改正")

    blocks = refused(before("notice_approved"), "notice_approved", beside=conditional)

    assert blocks["correction_precondition_met"].check == "FL6"
    assert "已改正" in blocks["correction_precondition_met"].message


def test_a_fine_conditional_on_failed_correction_passes_after_a_failed_check(
    before: Before, refused: Refused, surroundings: Surroundings
) -> None:
    file = before("notice_approved")
    events = tuple(
        replace(e, data={"result": "拒不改正"}) if e.kind == "correction_reviewed" else e
        for e in file.events
    )
    conditional = _with(surroundings, precondition="逾期不改正")

    blocks = refused(replace(file, events=events), "notice_approved", beside=conditional)

    assert "correction_precondition_met" not in blocks


def test_an_uncorrected_violation_blocks_closing(before: Before, refused: Refused) -> None:
    file = before("case_closed", without=("compliance_rechecked", "correction_reviewed"))

    blocks = refused(file, "case_closed")

    assert blocks["correction_settled"].overridable


def test_seizure_needs_a_statute_and_approval(
    before: Before, refused: Refused, surroundings: Surroundings
) -> None:
    file, at = before("investigation_closed"), "2026-09-01T09:00"

    blocks = refused(file, "coercion_applied", at=at, beside=_with(surroundings, coercion=None))
    lawful = refused(file, "coercion_applied", at=at, approver="叶怀山")

    assert {"coercion_authorised", "coercion_approved"} <= set(blocks)
    assert lawful == {}


def test_seizure_is_never_delegated(
    before: Before, refused: Refused, surroundings: Surroundings
) -> None:
    delegated = _with(surroundings, authority=AuthorityKind.DELEGATED)

    blocks = refused(
        before("investigation_closed"), "coercion_applied", at="2026-09-01T09:00", beside=delegated
    )

    assert "不得委托" in blocks["coercion_authorised"].message


def test_seizure_is_extended_once_and_in_time(
    before: Before, refused: Refused, add: Callable[..., CaseFile]
) -> None:
    file = add(before("decision_made"), "coercion_applied", "2026-09-10T09:00")
    approved = {"reason": "案情复杂", "approver": "叶怀山", "told_on": "2026-10-09"}

    in_time = refused(file, "coercion_extended", at="2026-10-09T09:00", **approved)
    late = refused(file, "coercion_extended", at="2026-10-10T09:00", **approved)
    again = add(file, "coercion_extended", "2026-10-09T09:00")
    twice = refused(again, "coercion_extended", at="2026-10-09T10:00", **approved)

    assert in_time == {}
    assert "届满" in late["coercion_extension_lawful"].message
    assert "一次" in twice["coercion_extension_lawful"].message


def test_lifting_needs_a_seizure(before: Before, refused: Refused) -> None:
    blocks = refused(before("decision_made"), "coercion_lifted", at="2026-10-14T16:00")

    assert blocks["coercion_applied_first"].hard


def test_a_case_without_evidence_can_not_close_its_investigation(
    before: Before, refused: Refused
) -> None:
    kinds = ("scene_inspected", "evidence_collected", "person_questioned")
    file = before("investigation_closed")

    blocks = refused(before("investigation_closed", without=kinds), "investigation_closed")

    assert blocks["case_has_evidence"].hard
    assert refused(file, "investigation_closed") == {}


def test_only_a_conditional_step_can_be_left_out(before: Before, refused: Refused) -> None:
    file = before("investigation_closed")

    hearing = refused(file, "step_not_used", step=5, reason="无此必要")
    review = refused(file, "step_not_used", step=8, reason="案情简单")
    silent = refused(file, "step_not_used", step=5, reason="")

    assert hearing == {}
    assert "必经" in review["skipped_step_is_optional"].message
    assert "理由" in silent["skipped_step_is_optional"].message


def test_a_court_is_asked_within_its_window(
    before: Before, refused: Refused, add: Callable[..., CaseFile]
) -> None:
    file = add(before("fine_paid"), "demand_served", "2026-11-10T09:00")

    signed = {"signed_by": "叶怀山"}
    early = refused(file, "enforcement_applied", at="2026-11-24T09:00", **signed)
    lawful = refused(file, "enforcement_applied", at="2027-04-20T09:00", **signed)
    late = refused(file, "enforcement_applied", at="2027-07-20T09:00", **signed)

    assert {"demand_period_over", "application_window_open"} <= set(early)
    assert lawful == {}
    assert set(late) == {"application_window_open"}


@pytest.mark.parametrize(
    ("guard", "kind", "at"),
    [
        ("published_in_time", "decision_published", "2026-10-27T10:00"),
        ("archived_in_time", "case_archived", "2026-12-07T10:00"),
    ],
)
def test_a_late_formality_is_a_warning(
    before: Before, refused: Refused, guard: str, kind: str, at: str
) -> None:
    blocks = refused(before(kind), kind, at=at)

    assert not blocks[guard].hard


def test_no_second_review_after_the_hearing_blocks_the_decision(
    before: Before, refused: Refused
) -> None:
    file = before("decision_made")
    first = file.first("review_concluded")
    events = tuple(e for e in file.events if e.kind != "review_concluded" or e is first)

    blocks = refused(replace(file, events=events), "decision_made")

    assert blocks["second_review_after_hearing"].check == "CX9"
    assert "§58" in blocks["second_review_after_hearing"].basis


def test_mitigation_with_deliberation_is_a_warning(before: Before, refused: Refused) -> None:
    file = before("decision_made")
    events = tuple(
        replace(e, data={**e.data, "fine": 90000}) if e.kind == "deliberated" else e
        for e in file.events
    )

    blocks = refused(
        replace(file, events=events),
        "decision_made",
        fine=90000,
        mitigation_basis="行政处罚法第三十二条第一项",
    )

    assert not blocks["fine_within_range"].hard
    assert set(blocks) == {"fine_within_range"}


def test_a_waiver_ends_the_notice_period(before: Before, refused: Refused) -> None:
    file = before("decision_made", without=("hearing_held", "hearing_notified"))
    events = tuple(
        replace(e, data={"waived": True, "hearing_requested": False})
        if e.kind == "statement_received"
        else e
        for e in file.events
    )

    blocks = refused(replace(file, events=events), "decision_made", at="2026-09-16T10:00")

    assert "notice_period_over" not in blocks
    assert "statements_reviewed" not in blocks
