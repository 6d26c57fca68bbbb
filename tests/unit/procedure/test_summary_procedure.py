"""The summary procedure (简易程序): its own short path, its limits, and the way out of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.procedure.any_step import Asked, ev, having
from tests.unit.procedure.conftest import make_event
from workstation.domain.cases import Case, CaseFile
from workstation.domain.matters import Matter
from workstation.domain.people import Office
from workstation.procedure import (
    ProcedureRules,
    StepStatus,
    Surroundings,
    assess,
    check_event,
    open_deadlines,
)
from workstation.procedure.procedures import Procedure, procedure_of

OFFICERS = ["林问渠", "苏砚舟"]
LEAD = ev("lead_registered", "2026-08-19T08:50")
CHOSEN = ev("summary_procedure_chosen", "2026-08-19T09:00", facts_clear=True)
INSPECTED = ev("scene_inspected", "2026-08-19T09:05", officers=OFFICERS)
TOLD = ev(
    "summary_party_told",
    "2026-08-19T09:20",
    officers=OFFICERS,
    shown=True,
    statement="没有异议",
)
DECIDED = ev(
    "decision_made",
    "2026-08-19T09:30",
    outcome="处罚",
    penalty="罚款",
    fine=100,
    form_number="0000007",
    remedy_told=True,
)
SERVED = ev("decision_served", "2026-08-19T09:35", officers=OFFICERS)
TAKEN = ev(
    "fine_collected_on_spot",
    "2026-08-19T09:40",
    amount=100,
    ground="一百元以下罚款",
    receipt="DEMO-1",
    officers=OFFICERS,
)
REPORTED = ev("summary_decision_reported", "2026-08-20T09:00", clerk="方小满")
HANDED = ev("spot_fine_handed_in", "2026-08-20T09:10")
BANKED = ev("spot_fine_banked", "2026-08-21T09:10")
CLOSED = ev("case_closed", "2026-08-24T09:00", reason="执行完毕")
WHOLE = (LEAD, CHOSEN, INSPECTED, TOLD, DECIDED, SERVED, TAKEN, REPORTED, HANDED, BANKED, CLOSED)


@pytest.fixture
def small(office: Office, matters: tuple[Matter, ...]) -> Surroundings:
    """The demo office with a matter of small fines."""
    allowed = tuple(replace(m, fine_min=Decimal(50), fine_max=Decimal(5000)) for m in matters)
    return Surroundings(office=office, matters=allowed)


@pytest.fixture
def lead(demo_case: Case) -> CaseFile:
    """The demo case before anything happened in it."""
    return CaseFile(case=demo_case)


def _blocks(file: CaseFile, row: Any, rules: ProcedureRules, beside: Surroundings) -> set[str]:
    event = make_event({**row, "data": row["data"]})
    return {block.guard for block in check_event(file, event, rules, beside)}


def test_the_whole_short_path_passes_from_lead_to_closing(
    lead: CaseFile, rules: ProcedureRules, small: Surroundings
) -> None:
    file = lead

    for row in WHOLE:
        assert _blocks(file, row, rules, small) == set(), row["kind"]
        file = having(file, row)

    states = assess(file, date(2026, 8, 24), rules, small)
    open_steps = [
        s.n for s in states if s.status not in {StepStatus.DONE, StepStatus.NOT_APPLICABLE}
    ]
    assert open_steps == [18]


QUESTIONS = [
    Asked(guard="kind_of_this_procedure", event=TOLD, wrong=(LEAD,), right=(LEAD, CHOSEN)),
    Asked(
        guard="kind_of_this_procedure",
        event=ev("case_filed", "2026-08-20T09:00"),
        wrong=(LEAD, CHOSEN),
        right=(LEAD, CHOSEN, ev("converted_to_ordinary", "2026-08-19T10:00")),
    ),
    Asked(
        guard="case_not_filed_yet",
        event=ev("summary_procedure_chosen", "2026-08-22T09:00", facts_clear=True),
        wrong=(LEAD, ev("case_filed", "2026-08-21T09:00")),
        right=(LEAD,),
    ),
    Asked(
        guard="facts_are_clear",
        event=ev("summary_procedure_chosen", "2026-08-19T09:00"),
        wrong=(LEAD,),
        right=(LEAD,),
        right_data={"facts_clear": True},
    ),
    Asked(
        guard="summary_party_told_first",
        event=DECIDED,
        wrong=(LEAD, CHOSEN),
        right=(LEAD, CHOSEN, TOLD),
    ),
    Asked(
        guard="certificates_shown",
        event=ev(**{**TOLD["data"], "kind": TOLD["kind"], "at": TOLD["at"], "shown": False}),
        wrong=(LEAD, CHOSEN),
        right=(LEAD, CHOSEN),
        right_data={"shown": True},
    ),
    Asked(
        guard="statement_heard_on_the_spot",
        event=ev("summary_party_told", "2026-08-19T09:20", officers=OFFICERS, shown=True),
        wrong=(LEAD, CHOSEN),
        right=(LEAD, CHOSEN),
        right_data={"statement": "不是我倒的", "objects": True, "reply": "监控可证，不采纳"},
    ),
    Asked(
        guard="statement_heard_on_the_spot",
        event=ev(**{**TOLD["data"], "kind": TOLD["kind"], "at": TOLD["at"], "objects": True}),
        wrong=(LEAD, CHOSEN),
        right=(LEAD, CHOSEN),
        right_data={"objects": False},
    ),
    Asked(
        guard="summary_decision_reported_before_closing",
        event=CLOSED,
        wrong=(LEAD, CHOSEN, TOLD, DECIDED, SERVED),
        right=(LEAD, CHOSEN, TOLD, DECIDED, SERVED, REPORTED),
    ),
    Asked(
        guard="spot_fine_banked_before_closing",
        event=CLOSED,
        wrong=(LEAD, CHOSEN, TOLD, DECIDED, SERVED, TAKEN, HANDED),
        right=(LEAD, CHOSEN, TOLD, DECIDED, SERVED, TAKEN, HANDED, BANKED),
    ),
]


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.guard)
def test_each_guard_refuses_once_and_lets_pass_once(
    asked: Asked, lead: CaseFile, rules: ProcedureRules, small: Surroundings
) -> None:
    allowed = {**asked.event, "data": {**asked.event["data"], **asked.right_data}}

    refused = _blocks(having(lead, *asked.wrong), asked.event, rules, small)
    passed = _blocks(having(lead, *asked.right), allowed, rules, small)

    assert asked.guard in refused
    assert asked.guard not in passed


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"fine": 3000}, ""),
        ({"fine": 3001}, "summary_penalty_within_limits"),
        ({"confiscated": 50}, "summary_penalty_within_limits"),
        ({"penalty": "通报批评"}, "summary_penalty_within_limits"),
        ({"outcome": "不予处罚"}, "summary_penalty_within_limits"),
        ({"penalty": "警告"}, "summary_penalty_within_limits"),
        ({"penalty": "警告并处罚款"}, ""),
        ({"form_number": "0010000"}, "form_number_in_range"),
        ({"form_number": "7"}, "form_number_in_range"),
        ({"remedy_told": False}, "reconsideration_first_told"),
    ],
)
def test_a_decision_on_the_spot_keeps_to_what_the_law_allows(
    lead: CaseFile,
    rules: ProcedureRules,
    small: Surroundings,
    changes: dict[str, Any],
    guard: str,
) -> None:
    row = {**DECIDED, "data": {**DECIDED["data"], **changes}}

    blocks = _blocks(having(lead, LEAD, CHOSEN, TOLD), row, rules, small)

    assert blocks == ({guard} if guard else set())


def test_a_matter_whose_least_fine_is_too_high_is_not_decided_on_the_spot(
    lead: CaseFile, rules: ProcedureRules, surroundings: Surroundings, small: Surroundings
) -> None:
    file = having(lead, LEAD)

    assert "matter_allows_summary" in _blocks(file, CHOSEN, rules, surroundings)
    assert "matter_allows_summary" not in _blocks(file, CHOSEN, rules, small)


def test_steps_without_a_place_in_the_short_path_say_why(
    lead: CaseFile, rules: ProcedureRules, small: Surroundings
) -> None:
    states = assess(having(lead, LEAD, CHOSEN), date(2026, 8, 19), rules, small)

    skipped = {s.n: s.reason for s in states if s.status is StepStatus.NOT_APPLICABLE}
    assert sorted(skipped) == [2, 4, 5, 7, 8, 11, 12, 15]
    assert all(skipped.values())


def test_conversion_resets_the_steps_and_keeps_the_record(
    lead: CaseFile, rules: ProcedureRules, small: Surroundings
) -> None:
    back = ev("converted_to_ordinary", "2026-08-19T09:30", reason="当事人有异议")
    file = having(lead, LEAD, CHOSEN, TOLD, back)

    states = assess(file, date(2026, 8, 19), rules, small)

    assert procedure_of(file) is Procedure.ORDINARY
    assert [s.n for s in states if s.status is StepStatus.NOT_APPLICABLE] == []
    assert _blocks(file, ev("case_filed", "2026-08-20T09:00"), rules, small) == set()
    assert file.case == lead.case


def test_the_money_taken_has_two_days_and_two_days(
    lead: CaseFile, rules: ProcedureRules, small: Surroundings
) -> None:
    file = having(lead, *WHOLE[:9])

    clocks = {d.code: d for d in open_deadlines(file, date(2026, 8, 20), rules, small)}

    assert clocks["DL13"].last_day == date(2026, 8, 21)
    assert clocks["DL13-2"].last_day == date(2026, 8, 24)


def test_reconsideration_comes_before_a_suit(
    lead: CaseFile, rules: ProcedureRules, small: Surroundings
) -> None:
    file = having(lead, *WHOLE[:6])

    clocks = {d.code: d for d in open_deadlines(file, date(2026, 8, 20), rules, small)}

    assert "DL17" not in clocks
    assert "先申请行政复议" in clocks["DL16"].note


def test_a_warning_alone_leaves_nothing_to_perform(
    lead: CaseFile, rules: ProcedureRules, small: Surroundings
) -> None:
    warned = {**DECIDED, "data": {**DECIDED["data"], "penalty": "警告", "fine": None}}
    file = having(lead, LEAD, CHOSEN, TOLD, warned, SERVED, REPORTED)

    states = assess(file, date(2026, 8, 24), rules, small)

    assert states[15].status is StepStatus.NOT_APPLICABLE
    assert _blocks(file, CLOSED, rules, small) == set()
