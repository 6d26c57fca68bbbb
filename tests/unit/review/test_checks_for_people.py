"""Checks a person concludes on: put to one, concluded either way, and where the machine says no.

With ``test_checks`` this covers every check of the list; a new one without its two cases fails.
"""

from dataclasses import replace
from datetime import date

import pytest

from scripts.reprinting import asked_again
from tests.reviewed_cases import (
    Change,
    both,
    evidence,
    finding_of,
    more,
    party,
    reworded,
    said,
    written,
)
from tests.unit.review.test_checks import CASES
from workstation.domain.parties import PartyKind
from workstation.procedure.records import OtherCase
from workstation.review.catalogue import load_checks
from workstation.review.checks import review
from workstation.review.records import (
    CaseUnderReview,
    Finding,
    Level,
    Mode,
    Overruling,
    State,
    overruled_by,
)

_CHILD = party(kind=PartyKind.CITIZEN, name="宫望潮", birth_date=date(2012, 5, 1))
_CITIZEN = party(kind=PartyKind.CITIZEN, birth_date=date(1980, 1, 1))
_UNASKED_RECUSAL = more(
    "recusal_decided", 3, "2026-08-28T10:00", person="林问渠", decided_by="叶怀山"
)
_UNDISPUTED = more("jurisdiction_settled", 2, "2026-08-24T10:00", held_by="本机关")
_NO_CRIME_SAID = more("crime_considered", 7, "2026-09-02T10:00", conclusion="不涉嫌犯罪")
_FAULTLESS = said(
    "decision_made", outcome="不予处罚", no_penalty_ground="当事人有证据足以证明没有主观过错"
)


def _known_elsewhere(case: CaseUnderReview) -> CaseUnderReview:
    """Say that the same act of the same party is another case already."""
    own = case.file.case
    other = OtherCase(
        id="a",
        number="屿综执立字〔2026〕0001号",
        title="前案",
        cause=own.cause,
        matter_code=own.matter_code,
        same_number=True,
        found_on=date(2026, 8, 20),
        act_from=date(2026, 8, 19),
        act_to=date(2026, 8, 19),
        place=str(own.facts.get("place")),
    )
    return replace(case, surroundings=replace(case.surroundings, other_cases=(other,)))


# check, a change after which the machine says no all the same, a word of the message
REFUSED: list[tuple[str, Change, str]] = [
    ("ZT5", _UNASKED_RECUSAL, "回避申请"),
    ("GX1", _UNDISPUTED, "管辖"),
    ("GX2", _known_elsewhere, "已有在办案件"),
    ("SS1", said("decision_made", outcome="违法事实不成立", reason=""), "没有写明理由"),
    ("SS4", _FAULTLESS, "没有主观过错"),
    ("ZJ1", evidence(accepted=None), "还没有写明采信"),
    ("ZJ2", both(_CHILD, said("person_questioned", person="宫望潮")), "监护人"),
    ("FL3", written("D51", violated="行政处罚法§5"), "违反条款"),
    ("FL3", written("D37", penalty="生态环境法典§1170"), "不是事项清单所配"),
    ("CL3", written("D51", leniency="减轻", leniency_basis=[]), "减轻"),
    ("WS6", reworded("D51", "〔2026〕", "[2026]"), "六角括号"),
    ("YS1", _NO_CRIME_SAID, "追诉标准"),
]
# What only a person can find wrong: the machine holds no record that would tell.
_WITHOUT_RECORD = {"DS4", "DS5", "ZJ3", "ZJ6", "FL5", "CX14", "YS3", "QT2"}
# Checks that do not apply to the case of the tests, and what makes them.
_APPLIES: dict[str, Change] = {"DS4": _CITIZEN, "ZJ6": evidence(source="电子监控")}
_PUT_TO_PEOPLE = sorted({row[0] for row in REFUSED} | _WITHOUT_RECORD)


@pytest.fixture(scope="module")
def findings(case: CaseUnderReview) -> dict[str, Finding]:
    """What comes of every check of the case as it is."""
    found = review(asked_again(case), load_checks(case.rules.guards))
    return {finding.check.id: finding for finding in found}


@pytest.mark.parametrize("check", _PUT_TO_PEOPLE)
def test_a_person_concludes_either_way(
    case: CaseUnderReview, findings: dict[str, Finding], check: str
) -> None:
    change = _APPLIES.get(check)
    finding = finding_of(change(case), check) if change else findings[check]
    assert finding.state is State.FOR_A_PERSON
    assert finding.check.look_at in finding.fix

    passed, failed = (_concluded(finding, state) for state in (State.PASSED, State.FAILED))

    assert (passed.state, passed.stands_in_the_way) == (State.PASSED, False)
    assert failed.state is State.FAILED
    assert failed.stands_in_the_way is (finding.check.level is Level.BLOCKING)


def _concluded(finding: Finding, state: State) -> Finding:
    conclusion = Overruling(
        check=finding.check.id,
        state=state,
        reason="看过原件",
        person="温知言",
        day=date(2026, 11, 20),
        finding=finding.message,
    )
    return overruled_by(finding, conclusion)


@pytest.mark.parametrize(("check", "wrong", "word"), REFUSED)
def test_the_machine_says_no_where_it_holds_the_record(
    case: CaseUnderReview, check: str, wrong: Change, word: str
) -> None:
    finding = finding_of(wrong(case), check)

    assert finding.state is State.FAILED, finding.message
    assert word in finding.message
    assert finding.fix


def test_every_check_of_the_list_has_a_case_that_passes_and_one_that_fails(
    findings: dict[str, Finding],
) -> None:
    for_people = {
        id_ for id_, f in findings.items() if f.check.mode in {Mode.PERSON, Mode.PROMPTED}
    }

    assert for_people == set(_PUT_TO_PEOPLE)
    assert findings.keys() - for_people == {row[0] for row in CASES}
