"""The demo case under review."""

import pytest

from tests.reviewed_cases import demo_under_review
from tests.unit.procedure.conftest import (
    demo_case,
    demo_file,
    demo_rows,
    matters,
    office,
    rules,
    surroundings,
)
from workstation.domain.cases import CaseFile
from workstation.domain.matters import Matter
from workstation.domain.people import Office
from workstation.procedure import ProcedureRules, Surroundings
from workstation.review.records import CaseUnderReview

__all__ = ["demo_case", "demo_file", "demo_rows", "matters", "office", "rules", "surroundings"]


@pytest.fixture(scope="session")
def case(
    demo_file: CaseFile, rules: ProcedureRules, office: Office, matters: tuple[Matter, ...]
) -> CaseUnderReview:
    """The demo case with its papers, as the checks look at it."""
    return demo_under_review(demo_file, rules, Surroundings(office=office, matters=matters))
