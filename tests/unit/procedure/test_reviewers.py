"""Who may review a case: qualified and independent of it (行政处罚法§58)."""

import pytest

from workstation.domain.cases import CaseFile
from workstation.domain.people import Person, Role
from workstation.procedure.reviewers import refused_as_reviewer

_QUALIFIED = "法律职业资格 DEMO-1"


def _person(name: str, role: Role = Role.REVIEWER, qualification: str = _QUALIFIED) -> Person:
    return Person(name=name, roles=(role,), qualification=qualification)


def test_a_qualified_reviewer_outside_the_case_may_review_it(demo_file: CaseFile) -> None:
    assert refused_as_reviewer("顾知白", _person("顾知白"), demo_file) is None


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (_person("顾知白", Role.LAWYER), "不是本局的法制审核人员"),
        (_person("顾知白", qualification=""), "没有登记法律职业资格"),
        (_person("林问渠"), "参与了本案调查"),
        (_person("韩沧"), "既送审又审核"),
    ],
)
def test_others_may_not_review_it(demo_file: CaseFile, person: Person, said: str) -> None:
    refusal = refused_as_reviewer(person.name, person, demo_file)

    assert refusal is not None
    assert said in refusal.message


def test_somebody_not_in_the_register_may_not_review_it(demo_file: CaseFile) -> None:
    refusal = refused_as_reviewer("某人", None, demo_file)

    assert refusal is not None
    assert "某人" in refusal.message
