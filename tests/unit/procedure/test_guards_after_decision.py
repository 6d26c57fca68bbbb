"""Remedies, payment, enforcement: every guard stops what is unlawful and lets the rest pass."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.procedure.branch_turns import Told, Turn, tell
from workstation.domain.cases import CaseFile

Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]

APPLIED = ("reconsideration_received", "2026-11-23T09:00", {"applied_on": "2026-11-20"})
SUED = ("lawsuit_received", "2026-11-23T09:00", {"applied_on": "2026-11-20"})
ANNULLED = ("reconsideration_decided", "2027-01-20T09:00", {"outcome": "撤销"})
REDO = ("reconsideration_decided", "2026-12-20T09:00", {"outcome": "撤销并责令重作"})
REDUCED = ("reconsideration_decided", "2027-01-20T09:00", {"outcome": "变更", "new_fine": 60000})
PAID = ("fine_paid", "2026-10-30T09:00", {"amount": 101600})
PUBLISHED: Told = ("decision_published", "2026-10-22T09:00", {})
DEMAND: Told = ("demand_served", "2026-11-10T09:00", {})
TAKEN = ("fine_collected_on_spot", "2026-10-19T09:00", {"amount": 100})
NO_MEANS = ("execution_suspended", "2026-12-01T09:00", {"harmless": True})
DECIDED: Told = ("substitute_decided", "2026-11-05T09:00", {})
OFFICERS = {"officers": ["林问渠", "苏砚舟"]}

REMEDIES = [
    Turn(
        guard="remedy_applied_in_time",
        kind="reconsideration_received",
        at="2026-12-25T09:00",
        wrong={"applied_on": "2026-12-21"},
        right={"applied_on": "2026-12-18"},
    ),
    Turn(
        guard="reconsideration_answered_in_time",
        kind="reconsideration_answered",
        told=[APPLIED],
        at="2026-12-08T09:00",
        on="2026-12-07T09:00",
    ),
    Turn(
        guard="lawsuit_answered_in_time",
        kind="lawsuit_answered",
        told=[SUED],
        at="2026-12-09T09:00",
        on="2026-12-08T09:00",
    ),
    Turn(
        guard="changed_not_for_the_worse",
        kind="reconsideration_decided",
        told=[APPLIED],
        at="2027-01-20T09:00",
        wrong={"outcome": "变更", "new_fine": 120000},
        right={"outcome": "变更", "new_fine": 60000},
    ),
    Turn(
        guard="loss_has_its_reason",
        kind="lawsuit_judged",
        told=[SUED],
        at="2027-03-01T09:00",
        wrong={"outcome": "撤销"},
        right={"outcome": "撤销", "lost_because": ["CX5"]},
    ),
    Turn(
        guard="head_appears_in_court",
        kind="court_hearing_attended",
        told=[SUED],
        at="2027-01-15T09:00",
        wrong={"delegates": ["林问渠"]},
        right={"head": "叶怀山"},
    ),
    Turn(
        guard="redo_was_ordered", kind="redo_started", at="2027-01-25T09:00", cure=[APPLIED, REDO]
    ),
    Turn(
        guard="redo_differs",
        kind="decision_made",
        told=[APPLIED, REDO],
        at="2026-12-28T09:00",
        wrong={"outcome": "处罚", "fine": 100000},
        right={"outcome": "处罚", "fine": 100000, "redo_basis": "补充鉴定证明体积为18立方米"},
    ),
    Turn(
        guard="no_own_evidence_in_lawsuit",
        kind="evidence_collected",
        at="2026-12-01T09:00",
        told=[SUED],
        cure=[("lawsuit_judged", "2026-11-30T09:00", {"outcome": "准许撤诉", "effective": True})],
    ),
    Turn(
        guard="compensation_follows_a_finding",
        kind="compensation_recorded",
        at="2027-02-01T09:00",
        cure=[APPLIED, ANNULLED],
    ),
    Turn(
        guard="publication_withdrawn_in_time",
        kind="publication_withdrawn",
        told=[
            PUBLISHED,
            APPLIED,
            ("reconsideration_decided", "2026-12-01T09:00", {"outcome": "撤销"}),
        ],
        at="2026-12-07T09:00",
        on="2026-12-04T09:00",
    ),
    Turn(
        guard="withdrawal_says_why",
        kind="publication_withdrawn",
        told=[PUBLISHED],
        at="2026-12-01T09:00",
        right={"reason": "行政复议撤销原决定"},
    ),
    Turn(
        guard="correction_says_what",
        kind="publication_corrected",
        told=[PUBLISHED],
        at="2026-12-01T09:00",
        wrong={"was": "罚款100000元", "now": "罚款100000元"},
        right={"was": "罚款100000元", "now": "罚款60000元"},
    ),
]
PAYMENT = [
    Turn(
        guard="collected_on_the_spot_lawfully",
        kind="fine_collected_on_spot",
        at="2026-10-20T09:00",
        wrong={"amount": 100, "ground": "一百元以下罚款", "receipt": "DEMO-1", **OFFICERS},
        right={
            "amount": 100,
            "ground": "边远、水上、交通不便地区",
            "requested": True,
            "reason": "海岛渔排，到银行缴纳确有困难",
            "receipt": "DEMO-1",
            **OFFICERS,
        },
    ),
    Turn(
        guard="receipt_given_on_the_spot",
        kind="fine_collected_on_spot",
        at="2026-10-20T09:00",
        right={"receipt": "DEMO-1"},
    ),
    Turn(
        guard="spot_fine_handed_in_time",
        kind="spot_fine_handed_in",
        told=[TAKEN],
        at="2026-10-22T09:00",
        on="2026-10-21T09:00",
    ),
    Turn(
        guard="relief_was_requested",
        kind="payment_deferred",
        at="2026-10-28T09:00",
        cure=[("payment_relief_requested", "2026-10-26T09:00", {})],
    ),
    Turn(
        guard="relief_approved",
        kind="payment_deferred",
        at="2026-10-28T09:00",
        wrong={"approver": "林问渠"},
        right={"approver": "叶怀山"},
    ),
    Turn(
        guard="plan_covers_the_fine",
        kind="payment_deferred",
        at="2026-10-28T09:00",
        wrong={"plan": [{"day": "2026-11-30", "amount": 50000}]},
        right={
            "plan": [
                {"day": "2026-11-30", "amount": 50000},
                {"day": "2026-12-31", "amount": 50000},
            ]
        },
    ),
    Turn(
        guard="surcharge_runs",
        kind="surcharge_decided",
        at="2026-11-03T09:00",
        on="2026-11-04T09:00",
    ),
    Turn(
        guard="surcharge_amount_right",
        kind="surcharge_decided",
        at="2026-12-07T09:00",
        wrong={"amount": 102000},
        right={"amount": 100000},
    ),
    Turn(
        guard="surcharge_standard_told",
        kind="surcharge_decided",
        at="2026-12-07T09:00",
        right={"told": True},
    ),
    Turn(
        guard="agreement_leaves_the_fine",
        kind="execution_agreement_made",
        at="2026-12-10T09:00",
        wrong={"waived_fine": 10000},
        right={"waived_surcharge": 50000, "remedied": "已清除并复绿"},
    ),
    Turn(
        guard="agreement_harms_nobody",
        kind="execution_agreement_made",
        at="2026-12-10T09:00",
        right={"public_interest": "分三期缴纳，不影响复绿"},
    ),
    Turn(
        guard="refund_is_due",
        kind="refund_made",
        at="2027-02-01T09:00",
        told=[PAID, APPLIED],
        cure=[REDUCED],
    ),
    Turn(
        guard="refund_not_too_large",
        kind="refund_made",
        at="2027-02-01T09:00",
        told=[PAID, APPLIED, REDUCED],
        wrong={"amount": 41600},
        right={"amount": 40000},
    ),
    Turn(
        guard="surcharge_settled",
        kind="case_closed",
        at="2026-11-30T09:00",
        told=[
            ("fine_paid", "2026-11-10T09:00", {"amount": 101600}),
            ("surcharge_decided", "2026-11-11T09:00", {"amount": 21000}),
        ],
        cure=[("fine_paid", "2026-11-12T09:00", {"amount": 21000, "surcharge": 21000})],
    ),
]
ENFORCEMENT = [
    Turn(
        guard="demand_period_over",
        kind="enforcement_applied",
        at="2027-04-21T09:00",
        told=[],
        cure=[DEMAND],
    ),
    Turn(
        guard="application_window_open",
        kind="enforcement_applied",
        told=[DEMAND],
        at="2027-07-20T09:00",
        on="2027-07-19T09:00",
    ),
    Turn(
        guard="no_remedy_pending",
        kind="enforcement_applied",
        at="2027-04-21T09:00",
        told=[DEMAND, APPLIED],
        cure=[("reconsideration_decided", "2027-01-20T09:00", {"outcome": "维持"})],
    ),
    Turn(
        guard="demand_statement_answered",
        kind="enforcement_applied",
        at="2027-04-21T09:00",
        told=[DEMAND, ("demand_statement_received", "2026-11-12T09:00", {"content": "困难"})],
        cure=[("demand_statement_received", "2026-11-13T09:00", {"review": "不予采纳"})],
    ),
    Turn(
        guard="application_signed_by_head",
        kind="enforcement_applied",
        told=[DEMAND],
        at="2027-04-21T09:00",
        wrong={"signed_by": "林问渠"},
        right={"signed_by": "叶怀山"},
    ),
    Turn(
        guard="suspension_has_its_ground",
        kind="execution_suspended",
        at="2026-12-01T09:00",
        wrong={"reason": "困难"},
        right={"reason": "困难", "ground": "当事人履行确有困难或者暂无履行能力"},
    ),
    Turn(
        guard="resumed_within_three_years",
        kind="execution_resumed",
        told=[NO_MEANS],
        at="2029-12-03T09:00",
        on="2029-11-30T09:00",
    ),
    Turn(
        guard="execution_end_has_its_ground",
        kind="execution_ended",
        told=[NO_MEANS],
        at="2029-11-30T09:00",
        on="2029-12-03T09:00",
        wrong={"ground": "中止执行满三年未恢复", "reason": "仍无财产"},
        right={"ground": "中止执行满三年未恢复", "reason": "仍无财产"},
    ),
    Turn(
        guard="substitute_performance_allowed",
        kind="substitute_decided",
        at="2026-11-05T09:00",
        wrong={"harm": "其他"},
        right={"harm": "造成环境污染"},
    ),
    Turn(
        guard="substitute_decision_complete",
        kind="substitute_decided",
        at="2026-11-05T09:00",
        wrong={"manner": "11月20日机械清运"},
        right={"manner": "11月20日机械清运", "cost": 8000, "performer": "某清运公司"},
    ),
    Turn(
        guard="substitute_demanded_in_time",
        kind="substitute_performed",
        told=[DECIDED, ("demand_served", "2026-11-17T09:00", {})],
        at="2026-11-20T09:00",
        on="2026-11-23T09:00",
        wrong=OFFICERS,
        right=OFFICERS,
    ),
    Turn(
        guard="not_at_night_or_on_a_holiday",
        kind="substitute_performed",
        told=[DECIDED, DEMAND],
        at="2026-11-20T22:00",
        on="2026-11-20T21:59",
        wrong=OFFICERS,
        right=OFFICERS,
    ),
    Turn(
        guard="utilities_not_cut",
        kind="enforcement_carried_out",
        told=[DEMAND],
        at="2027-05-10T09:00",
        wrong={"cuts_utilities": True, "urgent": True},
        right={"urgent": True},
    ),
    Turn(
        guard="demolition_after_remedies",
        kind="enforcement_carried_out",
        told=[DEMAND],
        at="2027-04-19T09:00",
        on="2027-04-20T09:00",
        wrong={"demolition": True, "urgent": True},
        right={"demolition": True, "urgent": True},
    ),
    Turn(
        guard="confiscated_goods_disposed_lawfully",
        kind="confiscated_goods_disposed",
        at="2026-11-20T09:00",
        wrong={"manner": "依法销毁", "approver": "叶怀山"},
        right={"manner": "公开拍卖", "approver": "叶怀山"},
    ),
]


@pytest.mark.parametrize("turn", [*REMEDIES, *PAYMENT, *ENFORCEMENT], ids=lambda turn: turn.name)
def test_a_turn_after_the_decision_is_refused_or_passes(
    before: Before, refused: Refused, turn: Turn
) -> None:
    file = tell(before(turn.until, without=turn.without), turn.told)

    wrong = refused(file, turn.kind, at=turn.at, **turn.wrong)
    right = refused(tell(file, turn.cure), turn.kind, at=turn.on or turn.at, **turn.right)

    assert turn.guard in wrong
    assert turn.guard not in right


def test_a_holiday_is_no_day_to_enforce(before: Before, refused: Refused) -> None:
    file = tell(before("fine_paid"), [DECIDED, DEMAND])

    holiday = refused(file, "substitute_performed", at="2026-10-01T09:00", **OFFICERS)
    urgent = refused(file, "substitute_performed", at="2026-10-01T09:00", urgent=True, **OFFICERS)

    assert "国庆" in holiday["not_at_night_or_on_a_holiday"].message
    assert "not_at_night_or_on_a_holiday" not in urgent


def test_substances_are_cleared_at_once_without_a_demand(before: Before, refused: Refused) -> None:
    blocks = refused(
        before("fine_paid"),
        "substitute_performed",
        at="2026-10-19T23:30",
        immediate=True,
        **OFFICERS,
    )

    assert blocks == {}


def test_the_summary_reconsideration_is_answered_in_five_days(
    before: Before, refused: Refused
) -> None:
    kind, at, data = APPLIED
    file = tell(before("fine_paid"), [(kind, at, {**data, "procedure": "简易程序"})])

    late = refused(file, "reconsideration_answered", at="2026-12-01T09:00")
    in_time = refused(file, "reconsideration_answered", at="2026-11-30T09:00")

    assert late["reconsideration_answered_in_time"].overridable
    assert in_time == {}
