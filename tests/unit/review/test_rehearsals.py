"""The checks as the other side would argue them: order, answers, data for every check."""

from datetime import date

import pytest

from tests.reviewed_cases import Change, finding_of, reworded, said
from workstation.review.catalogue import load_checks
from workstation.review.records import CaseUnderReview, Finding, Overruling, State, overruled_by
from workstation.review.rehearsals import NO_ANSWER, Weakness, load_attacks, rehearse


def _weaknesses(case: CaseUnderReview, *findings: Finding) -> tuple[Weakness, ...]:
    return rehearse(findings, load_attacks(), case.file)


def _found(case: CaseUnderReview, change: Change, check: str) -> Finding:
    return finding_of(change(case), check)


def test_every_check_has_its_attack(case: CaseUnderReview) -> None:
    checks = {check.id for check in load_checks(case.rules.guards)}

    assert set(load_attacks()) == checks


def test_faults_of_procedure_come_before_those_of_evidence_and_papers(
    case: CaseUnderReview,
) -> None:
    late = _found(case, said("decision_made", "2026-09-11T10:00"), "CX5")
    paper = _found(case, reworded("D51", "人民法院", "法院"), "WS3")
    assert late.state is paper.state is State.FAILED

    found = _weaknesses(case, paper, late)

    assert [weakness.finding.check.id for weakness in found] == ["CX5", "WS3"]


def test_a_failed_check_has_no_answer_until_a_person_gave_one(
    case: CaseUnderReview,
) -> None:
    failed = _found(case, said("decision_made", "2026-09-11T10:00"), "CX5")
    said_by = Overruling(
        check="CX5",
        state=State.PASSED,
        reason="有书面放弃声明",
        person="顾知白",
        day=date(2026, 11, 1),
        finding=failed.message,
    )

    (before,) = _weaknesses(case, failed)
    (after,) = _weaknesses(case, overruled_by(failed, said_by))

    assert before.best_answer == NO_ANSWER
    assert failed.message in before.argument
    assert "有书面放弃声明" in after.best_answer


def test_an_open_question_is_answered_with_the_papers_of_the_file(
    case: CaseUnderReview,
) -> None:
    question = finding_of(case, "FL5")
    assert question.state is State.FOR_A_PERSON

    (found,) = _weaknesses(case, question)

    assert [passage.document for passage in found.support] == ["D37", "D40"]
    assert "D37" not in NO_ANSWER
    assert "行政处罚法" in found.best_answer


def test_a_check_that_passed_is_not_argued(case: CaseUnderReview) -> None:
    passed = finding_of(case, "CX5")
    assert passed.state is State.PASSED

    assert _weaknesses(case, passed) == ()


@pytest.mark.parametrize("check", ["CX5", "ZJ1"])
def test_the_ground_has_the_article_of_annulment(check: str) -> None:
    basis = load_attacks()[check].ground.basis

    assert "《中华人民共和国行政诉讼法》第七十条" in {str(article) for article in basis}
