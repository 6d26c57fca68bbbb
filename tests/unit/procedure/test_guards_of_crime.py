"""Suspected crimes and their transfer: every guard stops what is unlawful only."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.procedure.branch_turns import SEIZED, Before, Refused, Told, Turn, answers, tell
from workstation.domain.cases import CaseFile
from workstation.domain.people import Role
from workstation.procedure import ProcedureRules, Surroundings, open_deadlines
from workstation.procedure.criminal import MATERIALS, CriminalStage, criminal_stage

SUSPECTED: Told = ("crime_considered", "2026-09-04T09:00", {"conclusion": "涉嫌犯罪"})
VERIFIED: Told = ("transfer_verified", "2026-09-04T10:00", {})
REPORTED: Told = ("transfer_reported", "2026-09-04T11:00", {})
APPROVED: Told = ("transfer_decided", "2026-09-05T09:00", {"decision": "批准移送"})
MOVED: Told = ("crime_transferred", "2026-09-05T15:00", {})
FILED: Told = ("police_answered", "2026-09-08T09:00", {"result": "立案"})
REFUSED: Told = ("police_answered", "2026-09-08T09:00", {"result": "不予立案"})
CHAIN = (SUSPECTED, VERIFIED, REPORTED, APPROVED, MOVED)

CRIMINAL = [
    Turn(
        guard="no_crime_has_its_reason",
        kind="crime_considered",
        at="2026-09-04T09:00",
        until="notice_approved",
        wrong={"conclusion": "不涉嫌犯罪"},
        right={"conclusion": "不涉嫌犯罪", "reason": "建筑垃圾，不是危险废物"},
    ),
    Turn(
        guard="crime_suspected_first",
        kind="transfer_verified",
        at="2026-09-04T10:00",
        until="notice_approved",
        cure=[SUSPECTED],
    ),
    Turn(
        guard="transfer_verified_first",
        kind="transfer_reported",
        at="2026-09-04T11:00",
        until="notice_approved",
        told=[SUSPECTED],
        cure=[VERIFIED],
    ),
    Turn(
        guard="transfer_reported_first",
        kind="transfer_decided",
        at="2026-09-05T09:00",
        until="notice_approved",
        told=[SUSPECTED, VERIFIED],
        cure=[REPORTED],
    ),
    Turn(
        guard="transfer_decided_by_the_first_head",
        kind="transfer_decided",
        at="2026-09-05T09:00",
        until="notice_approved",
        told=CHAIN[:3],
        wrong={"decision": "批准移送", "approver": "叶怀山"},
        right={"decision": "批准移送", "approver": "陆屿川"},
    ),
    Turn(
        guard="transfer_decided_in_time",
        kind="transfer_decided",
        at="2026-09-08T09:00",
        on="2026-09-07T09:00",
        until="notice_approved",
        told=CHAIN[:3],
    ),
    Turn(
        guard="transfer_refused_with_reason",
        kind="transfer_decided",
        at="2026-09-05T09:00",
        until="notice_approved",
        told=CHAIN[:3],
        wrong={"decision": "不批准移送"},
        right={"decision": "不批准移送", "reason": "不属于危险废物"},
    ),
    Turn(
        guard="transfer_approved_first",
        kind="crime_transferred",
        at="2026-09-05T15:00",
        until="notice_approved",
        told=CHAIN[:3],
        cure=[APPROVED],
    ),
    Turn(
        guard="transferred_within_twenty_four_hours",
        kind="crime_transferred",
        at="2026-09-06T09:01",
        on="2026-09-06T09:00",
        until="notice_approved",
        told=CHAIN[:4],
    ),
    Turn(
        guard="transfer_materials_complete",
        kind="crime_transferred",
        at="2026-09-05T15:00",
        until="notice_approved",
        told=CHAIN[:4],
        wrong={"materials": list(MATERIALS[1:]), "absent": "没有移送书"},
        right={"materials": list(MATERIALS[:3]), "absent": "无须检验，没有其他材料"},
    ),
    Turn(
        guard="seized_property_goes_along",
        kind="crime_transferred",
        at="2026-09-11T09:00",
        told=[SEIZED, *CHAIN[:4]],
        wrong={"property_moved": True},
        right={"property_moved": True, "party_told_on": "2026-09-11"},
    ),
    Turn(
        guard="crime_transferred_first",
        kind="police_answered",
        at="2026-09-08T09:00",
        until="notice_approved",
        told=CHAIN[:4],
        cure=[MOVED],
    ),
    Turn(
        guard="police_filed_first",
        kind="property_handed_over",
        at="2026-09-09T09:00",
        told=CHAIN,
        cure=[FILED],
    ),
    Turn(
        guard="property_handed_over_in_time",
        kind="property_handed_over",
        at="2026-09-12T09:00",
        on="2026-09-11T09:00",
        told=[*CHAIN, FILED],
    ),
    Turn(
        guard="police_refused_first",
        kind="police_refusal_contested",
        at="2026-09-09T09:00",
        told=CHAIN,
        cure=[REFUSED],
    ),
    Turn(
        guard="refusal_contested_in_time",
        kind="police_refusal_contested",
        at="2026-09-12T09:00",
        on="2026-09-11T09:00",
        told=[*CHAIN, REFUSED],
    ),
    Turn(
        guard="no_penalty_instead_of_transfer",
        kind="notice_approved",
        at="2026-09-09T10:00",
        until="notice_approved",
        told=CHAIN,
        cure=[REFUSED],
    ),
    Turn(
        guard="no_fine_beside_a_criminal_fine",
        kind="decision_made",
        at="2026-10-15T09:00",
        until="decision_made",
        told=[*CHAIN, FILED, ("criminal_concluded", "2026-10-10T09:00", {"result": "判处罚金"})],
        wrong={"fine": 100000},
        right={"fine": 0},
    ),
]


@pytest.mark.parametrize("turn", CRIMINAL, ids=lambda turn: turn.name)
def test_a_turn_is_refused_or_passes(before: Before, refused: Refused, turn: Turn) -> None:
    wrong, right = answers(before, refused, turn)

    assert turn.guard in wrong
    assert turn.guard not in right


def test_three_tonnes_of_hazardous_waste_ask_the_criminal_question(
    before: Before, refused: Refused, demo_file: CaseFile
) -> None:
    facts = {**demo_file.case.facts, "hazardous_waste_t": 3.2}
    file = before("notice_approved", facts=facts)
    answered = tell(file, [("crime_considered", "2026-09-04T09:00", {"conclusion": "不涉嫌犯罪"})])

    blocks = refused(file, "notice_approved")

    assert blocks["criminal_question_answered"].check == "YS1"
    assert "未核实" in blocks["criminal_question_answered"].message
    assert "criminal_question_answered" not in refused(answered, "notice_approved")


@pytest.mark.parametrize(
    ("told", "stage"),
    [
        ((), CriminalStage.NONE),
        (CHAIN[:1], CriminalStage.SUSPECTED),
        (CHAIN[:4], CriminalStage.APPROVED),
        (CHAIN, CriminalStage.MOVED),
        ((*CHAIN, FILED), CriminalStage.FILED),
        ((*CHAIN, REFUSED), CriminalStage.REFUSED),
    ],
)
def test_how_far_a_suspicion_has_come(
    before: Before, told: tuple[Told, ...], stage: CriminalStage
) -> None:
    assert criminal_stage(tell(before("notice_approved"), told)) is stage


def test_without_a_registered_first_head_a_deputy_still_does_not_decide(
    before: Before, refused: Refused, surroundings: Surroundings
) -> None:
    people = tuple(
        replace(p, roles=tuple(r for r in p.roles if r is not Role.PRINCIPAL))
        for p in surroundings.office.people
    )
    nobody = replace(surroundings, office=replace(surroundings.office, people=people))
    file, at = tell(before("notice_approved"), CHAIN[:3]), "2026-09-05T09:00"

    deputy = refused(file, "transfer_decided", at=at, approver="叶怀山", beside=nobody)
    head = refused(file, "transfer_decided", at=at, approver="陆屿川", beside=nobody)
    presiding = refused(
        file, "transfer_decided", at=at, approver="叶怀山", presiding="屿政发〔2026〕1号"
    )

    guard = "transfer_decided_by_the_first_head"
    assert guard in deputy
    assert guard not in head
    assert guard not in presiding


def test_the_clocks_of_a_transfer(
    before: Before, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    file = tell(before("notice_approved"), [*CHAIN, FILED])

    found = open_deadlines(file, date(2026, 9, 8), rules, surroundings)
    clocks = {d.code: (d.last_day, d.done_on) for d in found}

    assert clocks["DL24"] == (date(2026, 9, 7), date(2026, 9, 5))
    assert clocks["DL25"] == (date(2026, 9, 6), date(2026, 9, 5))
    assert clocks["DL26"] == (date(2026, 9, 8), date(2026, 9, 8))
    assert clocks["DL26-2"] == (date(2026, 9, 11), None)
