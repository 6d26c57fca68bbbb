"""An override sets aside a guard only where law leaves room and a head answers for it."""

from collections.abc import Callable
from typing import Any

from workstation.domain.cases import CaseFile, Override
from workstation.procedure import ProcedureRules, Surroundings, overridden_blocks

Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]
LATE = "2026-11-20T10:00"


def _override(guard: str, approver: str = "陆屿川", reason: str = "鉴定耗时") -> Override:
    return Override(guard=guard, approver=approver, reason=reason)


def test_a_head_sets_aside_the_ninety_days_with_a_reason(before: Before, refused: Refused) -> None:
    override = _override("decided_within_ninety_days")

    blocks = refused(before("decision_made"), "decision_made", at=LATE, overrides=[override])

    assert blocks == {}


def test_a_guard_the_law_leaves_no_room_in_stays(before: Before, refused: Refused) -> None:
    override = _override("fine_not_raised")

    blocks = refused(before("decision_made"), "decision_made", fine=130000, overrides=[override])

    assert "没有留出余地" in blocks["fine_not_raised"].message


def test_an_officer_can_not_set_a_guard_aside(before: Before, refused: Refused) -> None:
    override = _override("decided_within_ninety_days", approver="林问渠")

    blocks = refused(before("decision_made"), "decision_made", at=LATE, overrides=[override])

    assert "不是行政机关负责人" in blocks["decided_within_ninety_days"].message


def test_an_override_without_a_reason_does_not_count(before: Before, refused: Refused) -> None:
    override = _override("decided_within_ninety_days", reason=" ")

    blocks = refused(before("decision_made"), "decision_made", at=LATE, overrides=[override])

    assert "理由" in blocks["decided_within_ninety_days"].message


def test_what_was_set_aside_is_told(
    before: Before, make: Callable[..., Any], rules: ProcedureRules, surroundings: Surroundings
) -> None:
    override = _override("decided_within_ninety_days")
    event = make("decision_made", at=LATE, overrides=(override,))

    blocks = overridden_blocks(before("decision_made"), event, rules, surroundings)

    assert [block.guard for block in blocks] == ["decided_within_ninety_days"]
