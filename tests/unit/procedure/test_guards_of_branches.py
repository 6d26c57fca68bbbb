"""No penalty, crime and coercion: every guard stops what is unlawful and lets the rest pass."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.unit.procedure.branch_turns import Told, Turn, tell
from workstation.domain.cases import CaseFile
from workstation.domain.parties import Party, PartyKind
from workstation.domain.people import Role
from workstation.procedure import ProcedureRules, Surroundings, open_deadlines
from workstation.procedure.criminal import MATERIALS, CriminalStage, criminal_stage
from workstation.procedure.guards_no_penalty import FIRST, NO_FAULT, SLIGHT, TIME_BARRED
from workstation.procedure.records import OtherCase

Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]

NONE = {"outcome": "不予处罚", "fine": None}
SUSPECTED: Told = ("crime_considered", "2026-09-04T09:00", {"conclusion": "涉嫌犯罪"})
VERIFIED: Told = ("transfer_verified", "2026-09-04T10:00", {})
REPORTED: Told = ("transfer_reported", "2026-09-04T11:00", {})
APPROVED: Told = ("transfer_decided", "2026-09-05T09:00", {"decision": "批准移送"})
MOVED: Told = ("crime_transferred", "2026-09-05T15:00", {})
FILED: Told = ("police_answered", "2026-09-08T09:00", {"result": "立案"})
REFUSED: Told = ("police_answered", "2026-09-08T09:00", {"result": "不予立案"})
CHAIN = (SUSPECTED, VERIFIED, REPORTED, APPROVED, MOVED)
SEIZED: Told = ("coercion_applied", "2026-09-10T09:00", {"approver": "叶怀山"})
URGENT: Told = ("coercion_applied", "2026-09-10T09:00", {"urgent": True})
TESTED: Told = (
    "coercion_test_period",
    "2026-09-12T09:00",
    {"what": "检测", "from": "2026-09-13", "to": "2026-09-17", "told_on": "2026-09-12"},
)

NO_PENALTY = [
    Turn(
        guard="no_penalty_ground_stated",
        kind="decision_made",
        at="2026-10-15T09:00",
        until="decision_made",
        wrong=NONE,
        right={**NONE, "no_penalty_ground": SLIGHT},
    ),
    Turn(
        guard="correction_on_record",
        kind="decision_made",
        at="2026-10-15T09:00",
        until="decision_made",
        without=("correction_reviewed",),
        wrong={**NONE, "no_penalty_ground": SLIGHT},
        right={**NONE, "no_penalty_ground": SLIGHT},
        cure=[("correction_reviewed", "2026-08-28T09:00", {"result": "已改正"})],
    ),
    Turn(
        guard="consequences_assessed",
        kind="decision_made",
        at="2026-10-15T09:00",
        until="decision_made",
        wrong={**NONE, "no_penalty_ground": SLIGHT},
        right={**NONE, "no_penalty_ground": SLIGHT, "harm_finding": "当日清除，没有残留"},
    ),
    Turn(
        guard="leniency_has_list_or_reason",
        kind="decision_made",
        at="2026-10-15T09:00",
        until="decision_made",
        wrong={**NONE, "no_penalty_ground": SLIGHT, "list_number": "RX-017"},
        right={
            **NONE,
            "no_penalty_ground": SLIGHT,
            "list_number": "RX-017",
            "list_version": "示例〔2026〕3号",
        },
    ),
    Turn(
        guard="first_violation_shown",
        kind="decision_made",
        at="2026-10-15T09:00",
        until="decision_made",
        wrong={**NONE, "no_penalty_ground": FIRST},
        right={**NONE, "no_penalty_ground": FIRST},
        cure=[("archive_queried", "2026-09-02T09:00", {"result": "没有同类违法"})],
    ),
    Turn(
        guard="commitment_on_record",
        kind="decision_made",
        at="2026-10-15T09:00",
        until="decision_made",
        wrong={**NONE, "no_penalty_ground": FIRST},
        right={**NONE, "no_penalty_ground": FIRST},
        cure=[("commitment_received", "2026-09-02T09:00", {"content": "不再倾倒"})],
    ),
    Turn(
        guard="no_fault_shown",
        kind="decision_made",
        at="2026-10-15T09:00",
        until="decision_made",
        wrong={**NONE, "no_penalty_ground": NO_FAULT},
        right={**NONE, "no_penalty_ground": NO_FAULT, "fault_evidence": "消纳场出具的假联单"},
    ),
    Turn(
        guard="party_not_accountable",
        kind="decision_made",
        at="2026-10-15T09:00",
        until="decision_made",
        wrong={**NONE, "no_penalty_ground": "不满十四周岁，或者精神病人、智力残疾人"},
        right={
            **NONE,
            "no_penalty_ground": "不满十四周岁，或者精神病人、智力残疾人",
            "medical_opinion": "示例鉴定〔2026〕5号",
            "guardian_order": "已责令监护人严加看管和治疗",
        },
    ),
    Turn(
        guard="education_on_record",
        kind="decision_made",
        at="2026-10-15T09:00",
        until="decision_made",
        wrong=NONE,
        right=NONE,
        cure=[("party_educated", "2026-10-14T09:00", {"person": "卓望野"})],
    ),
    Turn(
        guard="not_established_has_reason",
        kind="decision_made",
        at="2026-10-15T09:00",
        until="decision_made",
        wrong={"outcome": "违法事实不成立"},
        right={"outcome": "违法事实不成立", "reason": "车辆轨迹与现场时间不符"},
    ),
    Turn(
        guard="limitation_has_passed",
        kind="decision_made",
        at="2026-10-15T09:00",
        until="decision_made",
        wrong={**NONE, "no_penalty_ground": TIME_BARRED},
        right={**NONE, "no_penalty_ground": SLIGHT},
    ),
    Turn(
        guard="archive_is_old_enough",
        kind="archive_queried",
        at="2026-09-02T09:00",
        until="investigation_closed",
        wrong={"result": "没有同类违法", "archive_from": "2026-01-01"},
        right={"result": "没有同类违法", "archive_from": "2021-07-15"},
    ),
    Turn(
        guard="rejection_ground_stated",
        kind="lead_rejected",
        at="2026-08-21T09:00",
        until="case_filed",
        wrong={"reason": "无"},
        right={"reason": "无", "ground": "没有违法事实"},
    ),
    Turn(
        guard="rejection_limitation_passed",
        kind="lead_rejected",
        at="2026-08-21T09:00",
        until="case_filed",
        wrong={"reason": "过期", "ground": "超过追责时效"},
        right={"reason": "无", "ground": "没有违法事实"},
    ),
    Turn(
        guard="rejection_passed_on",
        kind="lead_rejected",
        at="2026-08-21T09:00",
        until="case_filed",
        wrong={"reason": "无权", "ground": "不属于本机关管辖"},
        right={"reason": "无权", "ground": "不属于本机关管辖", "receiver": "示例水利局"},
    ),
    Turn(
        guard="rejection_correction_noted",
        kind="lead_rejected",
        at="2026-08-21T09:00",
        until="case_filed",
        wrong={"reason": "轻微", "ground": "违法行为轻微并已改正"},
        right={"reason": "轻微", "ground": "违法行为轻微并已改正", "correction": "当场清除"},
    ),
]
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


@pytest.mark.parametrize("turn", [*NO_PENALTY, *CRIMINAL, *COERCION], ids=lambda turn: turn.name)
def test_a_branch_is_refused_or_passes(before: Before, refused: Refused, turn: Turn) -> None:
    file = tell(before(turn.until, without=turn.without), turn.told)

    wrong = refused(file, turn.kind, at=turn.at, **turn.wrong)
    right = refused(tell(file, turn.cure), turn.kind, at=turn.on or turn.at, **turn.right)

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


def test_slight_corrected_and_harmless_must_not_be_penalised(
    before: Before, refused: Refused, demo_file: CaseFile
) -> None:
    facts = {**demo_file.case.facts, "slight": True, "harmless": True}
    uncorrected = before("decision_made", without=("correction_reviewed",), facts=facts)

    blocks = refused(before("decision_made", facts=facts), "decision_made")
    without = refused(uncorrected, "decision_made")

    assert blocks["slight_case_goes_unpunished"].hard
    assert "slight_case_goes_unpunished" not in without


def test_time_has_passed_only_when_it_has(before: Before, refused: Refused) -> None:
    old = {"act_end": "2024-08-18T01:00"}
    data = {**NONE, "no_penalty_ground": TIME_BARRED}

    late = refused(before("decision_made", facts=old), "decision_made", **data)
    rejected = refused(
        before("case_filed", facts=old),
        "lead_rejected",
        at="2026-08-21T09:00",
        ground="超过追责时效",
    )

    assert "limitation_has_passed" not in late
    assert rejected == {}


def test_a_child_is_not_penalised_but_the_guardian_is_told(
    before: Before, refused: Refused
) -> None:
    child = Party(kind=PartyKind.CITIZEN, name="林小满", birth_date=date(2013, 1, 1))
    file = before("decision_made", party=child)
    data = {**NONE, "no_penalty_ground": "不满十四周岁，或者精神病人、智力残疾人"}

    blocks = refused(file, "decision_made", **data)

    assert "监护人" in blocks["party_not_accountable"].message


def _earlier(*, same_number: bool) -> OtherCase:
    return OtherCase(
        id="earlier",
        number="屿综执立字〔2025〕0007号",
        title="另案",
        cause="擅自倾倒建筑垃圾",
        matter_code="DEMO-330217-A01",
        same_number=same_number,
        found_on=date(2025, 3, 1),
        decided_on=date(2025, 5, 6),
        outcome="处罚",
    )


@pytest.mark.parametrize(("same_number", "hard"), [(True, True), (False, False)])
def test_the_archive_contradicts_a_query_that_found_nothing(
    before: Before, refused: Refused, surroundings: Surroundings, *, same_number: bool, hard: bool
) -> None:
    known = replace(surroundings, other_cases=(_earlier(same_number=same_number),))

    blocks = refused(
        before("investigation_closed"),
        "archive_queried",
        at="2026-09-02T09:00",
        beside=known,
        result="没有同类违法",
        archive_from="2021-07-15",
    )

    assert blocks["query_agrees_with_archive"].hard is hard
    assert "0007号" in blocks["query_agrees_with_archive"].message


def test_an_earlier_violation_is_no_first_one(
    before: Before, refused: Refused, surroundings: Surroundings
) -> None:
    queried: Told = ("archive_queried", "2026-09-02T09:00", {"result": "没有同类违法"})
    file = tell(before("decision_made"), [queried])
    known = replace(surroundings, other_cases=(_earlier(same_number=True),))

    blocks = refused(file, "decision_made", beside=known, **NONE, no_penalty_ground=FIRST)

    assert "不是初次违法" in blocks["first_violation_shown"].message


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
