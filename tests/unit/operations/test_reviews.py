"""Checking a case of the office and overruling a finding."""

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.errors import InvalidInputError
from workstation.legislation.citations import Verdict
from workstation.legislation.package_source import StatutePackageMissingError
from workstation.operations.reviews import CaseReview, ReviewerRefusedError
from workstation.review.records import Finding, State
from workstation.review.relation_table import load_relations


def _finding(review: CaseReview, check: str) -> Finding:
    return next(finding for finding in review.findings if finding.check.id == check)


def test_a_filed_case_without_its_paper_fails_the_check_of_papers(
    desk: Workstation, case_id: str
) -> None:
    review = desk.reviews.check_case(case_id)

    finding = _finding(review, "WS1")
    assert finding.state is State.FAILED
    assert finding.place is not None
    assert review.stands_in_the_way


def test_a_reviewer_overrules_a_finding_with_a_reason(desk: Workstation, case_id: str) -> None:
    desk.reviews.overrule(case_id, "ws1", "纸质审批表已在卷内核对", person="顾知白")

    finding = _finding(desk.reviews.check_case(case_id), "WS1")
    assert finding.state is State.PASSED
    assert finding.overruled is not None
    assert finding.overruled.person == "顾知白"


def test_an_overruling_lapses_when_the_machine_finds_something_else(
    desk: Workstation, case_id: str
) -> None:
    desk.reviews.overrule(case_id, "WS1", "纸质审批表已在卷内核对", person="顾知白")
    told = event(
        "correction_ordered",
        6,
        "2026-08-21T11:00",
        data={"until": "2026-08-28", "officers": ["林问渠", "苏砚舟"]},
    )
    desk.cases.record(case_id, told)

    assert _finding(desk.reviews.check_case(case_id), "WS1").state is State.FAILED


def test_overruling_is_logged_and_never_taken_away(desk: Workstation, case_id: str) -> None:
    for reason in ("第一次结论", "第二次结论"):
        desk.reviews.overrule(case_id, "WS1", reason, person="顾知白")

    with desk.database.reading() as unit:
        logged = unit.log.entries("check_overruled", limit=10)
    assert [entry.payload["reason"] for entry in logged] == ["第一次结论", "第二次结论"]


@pytest.mark.parametrize(("check", "reason"), [("WS1", " "), ("XX9", "理由")])
def test_an_overruling_needs_a_reason_and_a_check(
    desk: Workstation, case_id: str, check: str, reason: str
) -> None:
    with pytest.raises(InvalidInputError):
        desk.reviews.overrule(case_id, check, reason, person="顾知白")


@pytest.mark.parametrize("person", ["林问渠", "程既明", "不在册的人"])
def test_nobody_but_a_reviewer_of_the_bureau_overrules(
    desk: Workstation, case_id: str, person: str
) -> None:
    with pytest.raises(ReviewerRefusedError):
        desk.reviews.overrule(case_id, "WS1", "已核对", person=person)

    assert _finding(desk.reviews.check_case(case_id), "WS1").state is State.FAILED


def test_every_article_a_check_rests_on_is_law_today(desk: Workstation) -> None:
    try:
        desk.law.open_texts()
    except StatutePackageMissingError:
        pytest.skip("the statute package is not installed")
    cited = {article for check in desk.reviews.checks for article in check.basis}
    cited |= {article for relation in load_relations() for article in relation.basis}

    wrong = {str(a): desk.law.verdict(a) for a in cited if desk.law.verdict(a) is not Verdict.OK}

    assert not wrong
