"""Checks that seldom apply: a case that comes out 符合, and what it says where it does not."""

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.reviewed_cases import Change, both, facts, finding_of, matter, more, said, without
from workstation.data_files import resources_dir
from workstation.domain.authority import Authorities, Delegation, Grant
from workstation.domain.matters import AuthorityKind
from workstation.procedure.records import OtherCase
from workstation.review.records import CaseUnderReview, State

_AGENT, _TOWNSHIP = "潮信综合执法队", "潮信街道办事处"
_TERM = {"published": date(2026, 1, 5), "valid_from": date(2026, 1, 1), "valid_to": None}
_CRIMINAL = {
    "crime_considered",
    "transfer_verified",
    "transfer_reported",
    "transfer_decided",
    "crime_transferred",
    "police_answered",
    "property_handed_over",
}


def _authorities(**changes: object) -> Change:
    def change(case: CaseUnderReview) -> CaseUnderReview:
        around = replace(case.surroundings, authorities=Authorities(**changes))  # type: ignore[arg-type]
        return replace(case, surroundings=around)

    return change


def _delegated(case: CaseUnderReview) -> CaseUnderReview:
    code = case.file.case.matter_code
    agreement = Delegation(
        number="委托〔2026〕1号",
        principal=case.surroundings.office.agency.name,
        agent=_AGENT,
        matters=(code,),
        fields=(),
        powers="巡查、调查",
        principal_duties="监督",
        agent_duties="依法",
        **_TERM,  # type: ignore[arg-type]
    )
    made = (
        matter(authority=AuthorityKind.DELEGATED),
        said("case_filed", handled_by=_AGENT),
        _authorities(delegations=(agreement,)),
    )
    return both(*made)(case)


def _granted(case: CaseUnderReview) -> CaseUnderReview:
    grant = Grant(
        number="赋权〔2026〕1号",
        township=_TOWNSHIP,
        matters=(case.file.case.matter_code,),
        fields=(),
        **_TERM,  # type: ignore[arg-type]
    )
    made = (
        matter(authority=AuthorityKind.GRANTED),
        said("case_filed", handled_by=_TOWNSHIP),
        _authorities(grants=(grant,)),
    )
    return both(*made)(case)


def _story(name: str, kinds: set[str]) -> Change:
    """Return the events of these kinds of a demo case."""
    path = resources_dir() / "demo" / "branches" / name
    events = json.loads(path.read_text(encoding="utf-8"))["events"]
    told = [e for e in events if e["kind"] in kinds]
    return both(*(more(e["kind"], e["step"], e["at"], **(e["data"] or {})) for e in told))


def _sealed(case: CaseUnderReview) -> CaseUnderReview:
    sealing = {"coercion_applied", "coercion_extended", "coercion_lifted"}
    return _story("06_seizure.json", sealing)(case)


def _earlier(case: CaseUnderReview) -> CaseUnderReview:
    other = OtherCase(
        id="a",
        number="屿综执立字〔2025〕0001号",
        title="前案",
        cause="擅自倾倒建筑垃圾",
        matter_code=case.file.case.matter_code,
        same_number=True,
        found_on=date(2025, 3, 1),
        decided_on=date(2025, 4, 1),
        outcome="处罚",
        ended_by="case_closed",
    )
    around = replace(case.surroundings, other_cases=(other,))
    return replace(case, surroundings=around)


_PRECONDITION = both(
    matter(precondition="逾期不改正"), said("correction_reviewed", result="未改正")
)


@pytest.mark.parametrize(
    ("check", "right"),
    [
        ("ZT2", _delegated),
        ("ZT3", _granted),
        ("CX3", _sealed),
        ("FL6", _PRECONDITION),
        ("CL4", _earlier),
        ("YS2", both(without("decision_made"), _story("05_police.json", _CRIMINAL))),
    ],
)
def test_a_case_to_which_it_applies_comes_out_right(
    case: CaseUnderReview, check: str, right: Change
) -> None:
    finding = finding_of(right(case), check)

    assert finding.state is State.PASSED, finding.message


@pytest.mark.parametrize(
    ("check", "wrong", "words"),
    [
        ("CX11", said("decision_made", at="2026-12-25T10:00"), "九十日"),
        (
            "FL2",
            facts(act_start="2026-08-10T00:50", act_end="2026-08-10T02:30"),
            "从旧兼从轻",
        ),
        ("CL4", said("decision_made", outcome="不予处罚"), "不予处罚"),
        ("FL6", matter(precondition="逾期不改正"), "复查结果为“已改正”"),
        ("CX3", _story("06_seizure.json", {"coercion_applied"}), "逾期"),
    ],
)
def test_a_case_that_fails_says_why(
    case: CaseUnderReview, check: str, wrong: Change, words: str
) -> None:
    finding = finding_of(wrong(case), check)

    assert finding.state is State.FAILED
    assert words in finding.message
    assert finding.fix
