"""By what title and in whose name a matter is exercised: delegation (§20), grant (§24)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from workstation.domain.authority import Authorities, Delegation, Grant
from workstation.domain.cases import CaseFile
from workstation.domain.matters import AuthorityKind
from workstation.procedure import Surroundings

Refused = Callable[..., dict[str, Any]]
Before = Callable[..., CaseFile]
CODE, TOWN, BUREAU = "DEMO-330217-A01", "龙屿市潮信街道办事处", "龙屿市综合行政执法局"


def delegation(**others: Any) -> Delegation:
    given: dict[str, Any] = {
        "number": "委托书〔2026〕1号",
        "principal": BUREAU,
        "agent": TOWN,
        "matters": (CODE,),
        "fields": (),
        "powers": "调查取证、处罚",
        "principal_duties": "监督",
        "agent_duties": "依法实施",
        "published": date(2026, 1, 5),
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 12, 31),
    }
    return Delegation(**(given | others))


def grant(**others: Any) -> Grant:
    given: dict[str, Any] = {
        "number": "浙政发〔2026〕1号（演示）",
        "township": TOWN,
        "matters": (CODE,),
        "fields": (),
        "published": date(2026, 1, 5),
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
    }
    return Grant(**(given | others))


@pytest.mark.parametrize(
    ("found", "guard", "said"),
    [
        (Authorities(), "delegation_in_term", "没有把事项"),
        (Authorities(delegations=(delegation(),)), "", ""),
        (
            Authorities(delegations=(delegation(matters=("其他",)),)),
            "delegation_in_term",
            "没有把",
        ),
        (Authorities(delegations=(delegation(matters=(), fields=("市容环境卫生",)),)), "", ""),
        (
            Authorities(delegations=(delegation(valid_to=date(2026, 6, 30)),)),
            "delegation_in_term",
            "2026-06-30",
        ),
        (Authorities(delegations=(delegation(published=None),)), "delegation_in_term", "公布"),
        (Authorities(grants=(grant(),)), "", ""),
        (Authorities(grants=(grant(matters=("其他",)),)), "township_within_its_grant", "不在赋权"),
        (
            Authorities(grants=(grant(valid_to=date(2026, 6, 30)),)),
            "township_within_its_grant",
            "没有生效",
        ),
        (Authorities(grants=(grant(published=None),)), "township_within_its_grant", "没有公布"),
    ],
)
def test_a_body_beside_the_bureau_needs_a_title_of_the_day(
    before: Before,
    refused: Refused,
    surroundings: Surroundings,
    found: Authorities,
    guard: str,
    said: str,
) -> None:
    beside = replace(surroundings, authorities=found)

    blocks = refused(before("case_filed"), "case_filed", beside=beside, handled_by=TOWN)

    assert set(blocks) == ({guard} if guard else set())
    assert said in (blocks[guard].message if guard else "")
    assert all(block.hard for block in blocks.values())


def test_the_bureau_itself_needs_no_title_beside_its_list(
    before: Before, refused: Refused, surroundings: Surroundings
) -> None:
    assert refused(before("case_filed"), "case_filed", beside=surroundings) == {}


def test_a_matter_the_bureau_holds_by_delegation_needs_the_agreement(
    before: Before, refused: Refused, surroundings: Surroundings
) -> None:
    held = tuple(replace(m, authority=AuthorityKind.DELEGATED) for m in surroundings.matters)
    beside = replace(surroundings, matters=held)

    assert "delegation_in_term" in refused(before("case_filed"), "case_filed", beside=beside)


@pytest.mark.parametrize(("name", "blocked"), [(TOWN, True), (BUREAU, False)])
def test_an_entrusted_body_acts_in_the_name_of_who_entrusted_it(
    before: Before,
    refused: Refused,
    surroundings: Surroundings,
    name: str,
    *,
    blocked: bool,
) -> None:
    beside = replace(surroundings, authorities=Authorities(delegations=(delegation(),)))
    stated = {"handled_by": TOWN, "in_name_of": name}

    blocks = refused(before("decision_made"), "decision_made", beside=beside, **stated)

    assert ("acts_in_the_principals_name" in blocks) is blocked


def test_a_township_with_a_grant_acts_in_its_own_name(
    before: Before, refused: Refused, surroundings: Surroundings
) -> None:
    beside = replace(surroundings, authorities=Authorities(grants=(grant(),)))
    stated = {"handled_by": TOWN, "in_name_of": TOWN}

    assert refused(before("decision_made"), "decision_made", beside=beside, **stated) == {}
