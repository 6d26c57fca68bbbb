"""Seizure and sealing: every guard stops what is unlawful and lets the rest pass."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.procedure.branch_turns import (
    SEIZED,
    Before,
    Refused,
    Told,
    Turn,
    answers,
    tell,
)
from workstation.domain.cases import CaseFile
from workstation.procedure import ProcedureRules, Surroundings, open_deadlines

URGENT: Told = ("coercion_applied", "2026-09-10T09:00", {"urgent": True})
TESTED: Told = (
    "coercion_test_period",
    "2026-09-12T09:00",
    {"what": "检测", "from": "2026-09-13", "to": "2026-09-17", "told_on": "2026-09-12"},
)

COERCION = [
    Turn(
        guard="coercion_object_lawful",
        kind="coercion_applied",
        at="2026-09-01T09:00",
        until="investigation_closed",
        wrong={"approver": "叶怀山", "necessities": True},
        right={"approver": "叶怀山"},
    ),
    Turn(
        guard="coercion_approval_in_time",
        kind="coercion_approval_added",
        at="2026-09-11T09:01",
        on="2026-09-11T09:00",
        told=[URGENT],
    ),
    Turn(
        guard="coercion_approval_by_head",
        kind="coercion_approval_added",
        at="2026-09-10T15:00",
        told=[URGENT],
        wrong={"approver": "韩沧"},
        right={"approver": "叶怀山"},
    ),
    Turn(
        guard="coercion_extension_told",
        kind="coercion_extended",
        at="2026-10-08T09:00",
        told=[SEIZED],
        wrong={"reason": "案情复杂", "approver": "叶怀山"},
        right={"reason": "案情复杂", "approver": "叶怀山", "told_on": "2026-10-08"},
    ),
    Turn(
        guard="coercion_test_period_told",
        kind="coercion_test_period",
        at="2026-09-12T09:00",
        told=[SEIZED],
        wrong={"from": "2026-09-13", "to": "2026-09-17"},
        right={"from": "2026-09-13", "to": "2026-09-17", "told_on": "2026-09-12"},
    ),
    Turn(
        guard="lifting_has_its_ground",
        kind="coercion_lifted",
        at="2026-10-08T09:00",
        told=[SEIZED],
        wrong={"ground": "领导要求"},
        right={"ground": "查封、扣押期限已经届满"},
    ),
    Turn(
        guard="lifted_in_time",
        kind="coercion_lifted",
        at="2026-10-10T09:00",
        on="2026-10-09T09:00",
        told=[SEIZED],
    ),
    Turn(
        guard="property_returned",
        kind="coercion_lifted",
        at="2026-10-08T09:00",
        told=[SEIZED],
        right={"returned_to": "鲸礁渣土清运有限公司"},
    ),
    Turn(
        guard="disposal_is_lawful",
        kind="coerced_property_disposed",
        at="2026-10-20T09:00",
        told=[SEIZED],
        wrong={"manner": "没收"},
        right={"manner": "没收", "basis": "行政强制法第二十七条"},
    ),
    Turn(
        guard="property_settled",
        kind="case_closed",
        at="2026-11-04T09:00",
        until="case_closed",
        told=[SEIZED],
        cure=[("coerced_property_disposed", "2026-10-20T09:00", {"manner": "没收"})],
    ),
]


@pytest.mark.parametrize("turn", COERCION, ids=lambda turn: turn.name)
def test_a_turn_is_refused_or_passes(before: Before, refused: Refused, turn: Turn) -> None:
    wrong, right = answers(before, refused, turn)

    assert turn.guard in wrong
    assert turn.guard not in right


def test_a_clause_that_penalises_does_not_by_itself_allow_seizure(
    before: Before, refused: Refused, surroundings: Surroundings
) -> None:
    file, at = before("investigation_closed"), "2026-09-01T09:00"
    same = replace(
        surroundings, matters=tuple(replace(m, coercion=m.penalty) for m in surroundings.matters)
    )

    blocks = refused(file, "coercion_applied", at=at, approver="叶怀山", beside=same)
    lawful = refused(file, "coercion_applied", at=at, approver="叶怀山")

    assert "coercion_has_own_authority" in blocks
    assert lawful == {}


def test_a_test_told_to_the_party_moves_the_end_of_a_seizure(
    before: Before, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    plain = tell(before("decision_made"), [SEIZED])
    tested = tell(plain, [TESTED])

    def last(file: CaseFile) -> date | None:
        found = open_deadlines(file, date(2026, 9, 20), rules, surroundings)
        return next(d.last_day for d in found if d.code == "DL04")

    assert last(plain) == date(2026, 10, 9)
    assert last(tested) == date(2026, 10, 14)
