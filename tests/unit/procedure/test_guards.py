"""Every guard lets a lawful event pass and stops an unlawful one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from workstation.domain.cases import CaseFile
from workstation.domain.matters import AuthorityKind, Matter
from workstation.domain.parties import Party, PartyKind
from workstation.domain.people import Office
from workstation.procedure import Engagement, ProcedureRules, Surroundings
from workstation.procedure.guards import GUARDS

Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]

CHILD = Party(kind=PartyKind.CITIZEN, name="林小满", birth_date=date(2013, 1, 1))
YOUTH = replace(CHILD, birth_date=date(2010, 1, 1))
NOBODY = Party(kind=PartyKind.UNIDENTIFIED, name="身份待查")

# guard, event kind, event kinds left out before it, data of the event; lawful data that passes
PREREQUISITES = [
    ("lead_registered_first", "case_filed", "lead_registered"),
    ("case_filed_first", "person_questioned", "case_filed"),
    ("preservation_made_first", "preservation_resolved", "evidence_preserved"),
    ("correction_ordered_first", "correction_reviewed", "correction_ordered"),
    ("investigation_closed_first", "review_submitted", "investigation_closed"),
    ("review_submitted_first", "review_concluded", "review_submitted"),
    ("notice_approved_first", "notice_served", "notice_approved"),
    ("notice_served_first", "statement_received", "notice_served"),
    ("statement_received_first", "statement_reviewed", "statement_received"),
    ("hearing_requested_first", "hearing_notified", "statement_received"),
    ("hearing_notified_first", "hearing_held", "hearing_notified"),
    ("hearing_held_first", "hearing_reported", "hearing_held"),
    ("decision_made_first", "decision_served", "decision_made"),
    ("decision_served_first", "fine_paid", "decision_served"),
    ("case_closed_first", "case_archived", "case_closed"),
    ("review_before_notice", "notice_approved", "review_concluded"),
    ("review_passed", "decision_made", "review_concluded"),
    ("hearing_held_when_requested", "decision_made", "hearing_held"),
    ("statements_reviewed", "decision_made", "statement_reviewed"),
    ("deliberated_when_required", "decision_made", "deliberated"),
    ("preservation_settled", "notice_approved", "preservation_resolved"),
    ("decision_served_before_closing", "case_closed", "decision_served"),
    ("payment_settled", "case_closed", "fine_paid"),
    ("property_settled", "case_closed", "preservation_resolved"),
    ("publication_settled", "case_closed", "decision_published"),
]


@pytest.mark.parametrize(("guard", "kind", "missing"), PREREQUISITES)
def test_an_event_without_what_must_come_first_is_blocked(
    before: Before, refused: Refused, guard: str, kind: str, missing: str
) -> None:
    whole, lacking = before(kind), before(kind, without=(missing,))

    blocks = refused(lacking, kind)

    assert blocks[guard].hard
    assert blocks[guard].basis
    assert blocks[guard].hint
    assert guard not in refused(whole, kind)


# guard, event kind, data that break it
DATA = [
    ("two_valid_officers", "person_questioned", {"officers": ["林问渠"]}),
    ("two_valid_officers", "person_questioned", {"officers": ["林问渠", "林问渠"]}),
    ("two_valid_officers", "person_questioned", {"officers": ["林问渠", "方小满"]}),
    ("records_do_not_overlap", "person_questioned", {"until": "2026-08-24T09:30"}),
    ("minor_has_guardian", "person_questioned", {"minor": True}),
    ("preservation_approved", "evidence_preserved", {"approver": "韩沧"}),
    ("preservation_disposition_lawful", "preservation_resolved", {"disposition": "留用"}),
    ("reviewer_qualified", "review_concluded", {"reviewer": "沈听澜"}),
    ("reviewer_independent", "review_concluded", {"reviewer": "林问渠"}),
    ("fine_is_one_amount", "notice_approved", {"fine": "100000-120000"}),
    ("fine_within_range", "notice_approved", {"fine": 1000001}),
    ("hearing_right_offered", "notice_served", {"hearing_right": False}),
    ("notice_matches_approval", "notice_served", {"fine": 120000}),
    ("host_independent", "hearing_notified", {"host": "苏砚舟"}),
    ("hearing_notice_long_enough", "hearing_notified", {"on": "2026-09-29"}),
    ("hearing_day_is_not_a_holiday", "hearing_notified", {"on": "2026-10-05"}),
    ("enough_heads_deliberate", "deliberated", {"heads": ["陆屿川", "陆屿川"]}),
    ("enough_heads_deliberate", "deliberated", {"heads": ["陆屿川", "顾知白"]}),
    ("heads_are_not_investigators", "deliberated", {"heads": ["陆屿川", "林问渠"]}),
    ("decision_matches_deliberation", "decision_made", {"fine": 105000}),
    ("fine_not_raised", "decision_made", {"fine": 130000}),
    ("fine_within_range", "decision_made", {"fine": 90000}),
    ("announcement_is_last_resort", "decision_served", {"announced_on": "2026-10-19"}),
]


@pytest.mark.parametrize(("guard", "kind", "data"), DATA)
def test_an_event_with_unlawful_particulars_is_blocked(
    before: Before, refused: Refused, guard: str, kind: str, data: dict[str, Any]
) -> None:
    file = before(kind)

    blocks = refused(file, kind, **data)

    assert blocks[guard].hard
    assert guard not in refused(file, kind)


# guard, event kind, the day that is too late (or too early)
DAYS = [
    ("not_back_dated", "decision_made", "2026-10-12T10:00"),
    ("preservation_resolved_in_time", "preservation_resolved", "2026-09-02T10:00"),
    ("notice_period_over", "decision_made", "2026-09-16T10:00"),
    ("decided_within_ninety_days", "decision_made", "2026-11-20T10:00"),
    ("decision_served_in_time", "decision_served", "2026-10-27T10:00"),
    ("lead_dates_in_order", "lead_registered", "2026-08-19T08:00"),
]


@pytest.mark.parametrize(("guard", "kind", "at"), DAYS)
def test_an_event_on_the_wrong_day_is_blocked(
    before: Before, refused: Refused, guard: str, kind: str, at: str
) -> None:
    file = before(kind)

    blocks = refused(file, kind, at=at)

    assert blocks[guard].hard
    assert guard not in refused(file, kind)


# guard, event kind, what differs in the case
CASES = [
    ("act_end_known", "lead_registered", {"facts": {}}),
    ("lead_dates_in_order", "lead_registered", {"facts": {"act_end": "2026-08-20T01:00"}}),
    ("limitation_not_passed", "case_filed", {"facts": {"act_end": "2024-08-18T01:00"}}),
    ("matter_in_force", "case_filed", {"matter_code": "UNKNOWN"}),
    ("law_of_the_act_day_considered", "notice_approved", {"facts": {"act_end": "2026-08-10"}}),
    ("illegal_gain_stated", "investigation_closed", {"facts": {}}),
    ("party_identified", "notice_approved", {"party": NOBODY}),
    ("party_of_age_to_be_penalised", "decision_made", {"party": CHILD}),
    ("party_of_age_to_be_penalised", "decision_made", {"party": YOUTH}),
]


@pytest.mark.parametrize(("guard", "kind", "changes"), CASES)
def test_an_event_of_a_case_that_does_not_allow_it_is_blocked(
    before: Before, refused: Refused, guard: str, kind: str, changes: dict[str, Any]
) -> None:
    blocks = refused(before(kind, **changes), kind, confiscated=None)

    assert blocks[guard].hard
    assert guard not in refused(before(kind), kind)


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
        ("receivers_lawful", {"method": "留置送达"}),
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
    approved = {"reason": "案情复杂", "approver": "叶怀山"}

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

    early = refused(file, "enforcement_applied", at="2026-11-24T09:00")
    lawful = refused(file, "enforcement_applied", at="2027-04-20T09:00")
    late = refused(file, "enforcement_applied", at="2027-07-20T09:00")

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


def test_every_guard_of_the_data_is_a_function_and_the_other_way_round(
    rules: ProcedureRules,
) -> None:
    asked = {guard for kind in rules.events.kinds for guard in kind.guards}

    assert asked == set(GUARDS) == set(rules.guards)


def test_the_hearing_threshold_is_dated_data_with_a_source(rules: ProcedureRules) -> None:
    thresholds = {t.party: t for t in rules.parameters.hearing_thresholds}

    assert thresholds["单位"].amount == Decimal(50000)
    assert all("未核实" in t.source for t in thresholds.values())
