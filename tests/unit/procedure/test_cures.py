"""Where refusals are cured."""

import pytest

from workstation.procedure import ProcedureRules
from workstation.procedure.cures import CURES, Cure, cure_of
from workstation.procedure.guards import GUARDS
from workstation.procedure.records import Block


def block(guard: str, hint: str) -> Block:
    """A refusal of a guard."""
    return Block(guard=guard, message="", basis="", hint=hint, hard=True, overridable=False)


def test_every_cure_names_a_guard_and_an_event(rules: ProcedureRules) -> None:
    kinds = {kind.kind for kind in rules.events.kinds}

    assert set(CURES) <= set(GUARDS)
    assert set(CURES.values()) <= kinds


@pytest.mark.parametrize(
    ("guard", "hint", "cure"),
    [
        ("notice_served_first", "", Cure(step=9, kind="notice_served")),
        ("statements_reviewed", "", Cure(step=10, kind="statement_reviewed")),
        ("anything", "请先办理“先行登记保存”。", Cure(step=4, kind="evidence_preserved")),
        ("anything", "请回到第13步核对。", Cure(step=13)),
        ("anything", "请核对日期。", None),
    ],
)
def test_a_refusal_leads_to_what_cures_it(
    rules: ProcedureRules, guard: str, hint: str, cure: Cure | None
) -> None:
    assert cure_of(block(guard, hint), rules.events) == cure


def test_an_event_does_not_cure_itself(rules: ProcedureRules) -> None:
    title = rules.events.kind("case_filed").title

    named = block("anything", f"请核对“{title}”。")

    assert cure_of(named, rules.events, "case_filed") is None
    assert cure_of(named, rules.events) == Cure(step=2, kind="case_filed")
