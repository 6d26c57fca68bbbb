"""No penalty: every guard stops what is unlawful and lets the rest pass."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.procedure.branch_turns import NONE, Before, Refused, Told, Turn, answers, tell
from workstation.domain.cases import CaseFile
from workstation.domain.parties import Party, PartyKind
from workstation.procedure import Surroundings
from workstation.procedure.guards_no_penalty import FIRST, NO_FAULT, SLIGHT, TIME_BARRED
from workstation.procedure.records import OtherCase

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


@pytest.mark.parametrize("turn", NO_PENALTY, ids=lambda turn: turn.name)
def test_a_turn_is_refused_or_passes(before: Before, refused: Refused, turn: Turn) -> None:
    wrong, right = answers(before, refused, turn)

    assert turn.guard in wrong
    assert turn.guard not in right


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
