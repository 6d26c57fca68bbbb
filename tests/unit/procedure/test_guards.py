"""Every guard lets a lawful event pass and stops an unlawful one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from workstation.domain.cases import CaseFile
from workstation.domain.parties import Party, PartyKind
from workstation.procedure import ProcedureRules
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


def test_every_guard_of_the_data_is_a_function_and_the_other_way_round(
    rules: ProcedureRules,
) -> None:
    kinds = rules.events.kinds
    asked = {guard for kind in kinds for guard in kind.guards + kind.summary_guards}

    assert asked == set(GUARDS) == set(rules.guards)


def test_the_hearing_threshold_is_dated_data_with_a_source(rules: ProcedureRules) -> None:
    version = rules.book.rule("hearing_thresholds").on(date(2026, 9, 9))
    thresholds = {t.party: t for t in rules.parameters.hearing_thresholds}

    assert thresholds["单位"].amount == Decimal(50000)
    assert not version.verified
    assert "以本省" in version.source
