"""Guards on hearing, deliberation, decision and closing in the turns a case can take."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from workstation.domain.cases import CaseFile
from workstation.domain.people import Office
from workstation.procedure import Surroundings

Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]


def _with(surroundings: Surroundings, **changes: Any) -> Surroundings:
    matters = tuple(replace(m, **changes) for m in surroundings.matters)
    return replace(surroundings, matters=matters)


def test_a_hearing_on_a_holiday_with_short_notice_breaks_two_rules(
    before: Before, refused: Refused
) -> None:
    blocks = refused(before("hearing_notified"), "hearing_notified", on="2026-09-25")

    assert {"hearing_notice_long_enough", "hearing_day_is_not_a_holiday"} <= set(blocks)
    assert "中秋节" in blocks["hearing_day_is_not_a_holiday"].message


def test_a_hearing_without_a_day_can_not_be_announced_to_the_party(
    before: Before, refused: Refused
) -> None:
    blocks = refused(before("hearing_notified"), "hearing_notified", on=None)

    assert "没有填写" in blocks["hearing_notice_long_enough"].message


def test_a_host_who_reviewed_the_case_is_a_warning(before: Before, refused: Refused) -> None:
    blocks = refused(before("hearing_notified"), "hearing_notified", host="顾知白")

    assert not blocks["host_independent"].hard


def test_a_reviewer_without_qualification_is_blocked(
    before: Before, refused: Refused, surroundings: Surroundings, office: Office
) -> None:
    people = tuple(
        replace(p, qualification="") if p.name == "顾知白" else p for p in office.people
    )
    beside = replace(surroundings, office=replace(office, people=people))

    blocks = refused(before("review_concluded"), "review_concluded", beside=beside)

    assert "法律职业资格" in blocks["reviewer_qualified"].message


def test_a_count_into_a_year_without_notice_is_a_block_that_names_the_year(
    before: Before, refused: Refused
) -> None:
    file = before("decision_served")
    events = tuple(
        replace(e, at=e.at.replace(month=12, day=30)) if e.kind == "decision_made" else e
        for e in file.events
    )

    blocks = refused(replace(file, events=events), "decision_served", at="2026-12-31T10:00")

    assert "2027年" in blocks["decision_served_in_time"].message
    assert not blocks["decision_served_in_time"].overridable


def test_a_record_at_the_time_of_another_record_of_the_case_is_blocked(
    before: Before, refused: Refused
) -> None:
    blocks = refused(
        before("appraisal_commissioned"),
        "person_questioned",
        at="2026-08-24T10:00",
        until="2026-08-24T10:40",
    )

    assert "询问驾驶员" in blocks["records_do_not_overlap"].message


def test_urgent_seizure_approved_too_late_is_blocked(before: Before, refused: Refused) -> None:
    file, at = before("investigation_closed"), "2026-09-01T09:00"

    pending = refused(file, "coercion_applied", at=at, urgent=True)
    late = refused(file, "coercion_applied", at=at, urgent=True, approved_at="2026-09-02T09:01")

    assert pending == {}
    assert "二十四小时" in late["coercion_approved"].message


def test_a_withdrawn_case_closes_without_a_decision(
    before: Before, refused: Refused, add: Callable[..., CaseFile]
) -> None:
    file = add(before("decision_made"), "case_withdrawn", "2026-10-14T18:00")

    blocks = refused(file, "case_closed")

    assert "decision_served_before_closing" not in blocks


def test_deliberation_before_the_hearing_must_be_repeated(
    before: Before, refused: Refused
) -> None:
    file = before("decision_made")
    early = datetime.fromisoformat("2026-09-28T10:00")
    events = sorted(
        (replace(e, at=early) if e.kind == "deliberated" else e for e in file.events),
        key=lambda e: e.at,
    )

    blocks = refused(replace(file, events=tuple(events)), "decision_made")

    assert "重新讨论" in blocks["deliberated_when_required"].message


def test_mitigation_without_deliberation_on_the_amount_is_blocked(
    before: Before, refused: Refused
) -> None:
    blocks = refused(
        before("decision_made"), "decision_made", fine=90000, mitigation_basis="行政处罚法§32"
    )

    assert "未经集体讨论同意该数额" in blocks["fine_within_range"].message


def test_a_review_that_does_not_agree_stops_notice_and_decision(
    before: Before, refused: Refused
) -> None:
    for kind, guard in (
        ("notice_approved", "review_before_notice"),
        ("decision_made", "review_passed"),
    ):
        file = before(kind)
        events = tuple(
            replace(e, data={"conclusion": "退回补充调查"}) if e.kind == "review_concluded" else e
            for e in file.events
        )

        blocks = refused(replace(file, events=events), kind)

        assert "退回补充调查" in blocks[guard].message


def test_collective_deliberation_is_not_asked_for_a_small_fine(
    before: Before, refused: Refused, surroundings: Surroundings
) -> None:
    petty = _with(surroundings, fine_min=Decimal(1000))
    file = before("decision_made", without=("hearing_held", "hearing_notified", "deliberated"))
    events = tuple(
        replace(e, data={"fine": 4000, "hearing_right": False})
        if e.kind in ("notice_approved", "notice_served")
        else e
        for e in file.events
    )

    blocks = refused(replace(file, events=events), "decision_made", fine=4000, beside=petty)

    assert set(blocks) == {"hearing_held_when_requested"}


def test_no_penalty_needs_neither_period_nor_deliberation(
    before: Before, refused: Refused
) -> None:
    file = before("decision_made", without=("deliberated",))

    blocks = refused(
        file,
        "decision_made",
        at="2026-10-13T10:00",
        outcome="不予处罚",
        fine=None,
        no_penalty_ground="当事人有证据足以证明没有主观过错",
        fault_evidence="运输合同和消纳证明",
        education="已向法定代表人讲明法律规定",
    )

    assert blocks == {}


def test_correction_never_checked_does_not_carry_a_conditional_fine(
    before: Before, refused: Refused, surroundings: Surroundings
) -> None:
    conditional = _with(surroundings, precondition="逾期不改正")
    unchecked = before("notice_approved", without=("correction_reviewed",))
    unordered = before("notice_approved", without=("correction_ordered", "correction_reviewed"))

    no_check = refused(unchecked, "notice_approved", beside=conditional)
    no_order = refused(unordered, "notice_approved", beside=conditional)

    assert "没有改正期满后的复查记录" in no_check["correction_precondition_met"].message
    assert "没有责令改正" in no_order["correction_precondition_met"].message


def test_an_extension_needs_a_seizure_in_force_and_approval(
    before: Before, refused: Refused, add: Callable[..., CaseFile]
) -> None:
    seized = add(before("decision_made"), "coercion_applied", "2026-09-10T09:00")
    lifted = add(seized, "coercion_lifted", "2026-09-20T09:00")

    nothing = refused(lifted, "coercion_extended", at="2026-09-30T09:00", approver="叶怀山")
    alone = refused(seized, "coercion_extended", at="2026-09-30T09:00")

    assert "没有在期" in nothing["coercion_extension_lawful"].message
    assert "负责人的批准" in alone["coercion_extension_lawful"].message


def test_a_lapsed_matter_version_is_told_with_its_span(before: Before, refused: Refused) -> None:
    blocks = refused(before("case_filed"), "case_filed", at="2025-12-31T10:00")

    assert "v2026.1" in blocks["matter_in_force"].message


def test_a_record_must_end_after_it_begins_even_alone(before: Before, refused: Refused) -> None:
    blocks = refused(
        before("correction_reviewed"), "correction_reviewed", until="2026-08-28T14:00"
    )

    assert "结束时间" in blocks["records_do_not_overlap"].message


def test_a_case_sent_to_the_police_closes_without_service(
    before: Before, refused: Refused
) -> None:
    file = before("decision_served")
    events = tuple(
        replace(e, data={"outcome": "移送"}) if e.kind == "decision_made" else e
        for e in file.events
    )

    blocks = refused(replace(file, events=events), "case_closed")

    assert "decision_served_before_closing" not in blocks
