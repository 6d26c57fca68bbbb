"""从旧兼从轻: the machine compares the ranges, a person concludes (行政处罚法§37)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from workstation.domain.cases import CaseFile
from workstation.domain.citations import parse_reference
from workstation.domain.matters import FineMeasure, Matter, PenaltyRange
from workstation.procedure import ProcedureRules, Surroundings, compare_laws
from workstation.procedure.law_comparison import AppliedLaw, Lightness

Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]
TODAY = date(2026, 10, 15)
OLD_WASTE = "固体废物污染环境防治法§111"
ORDINANCE = "示例市容环境卫生管理条例§28"
OLD_AIR, NEW_AIR = "大气污染防治法§118", "生态环境法典§1132"


def part(provision: str, low: int, high: int, **others: Any) -> PenaltyRange:
    return PenaltyRange(
        provision=parse_reference(provision),
        fine_min=Decimal(low),
        fine_max=Decimal(high),
        **others,
    )


def with_ranges(
    surroundings: Surroundings, old: tuple[PenaltyRange, ...], new: tuple[PenaltyRange, ...]
) -> Surroundings:
    def changed(matter: Matter) -> Matter:
        return replace(matter, ranges=new if matter.valid_to is None else old)

    return replace(surroundings, matters=tuple(changed(m) for m in surroundings.matters))


@pytest.fixture
def waste(surroundings: Surroundings) -> Surroundings:
    """Fixture 9: construction waste dumped before the code took effect."""
    old = (
        part(OLD_WASTE, 100_000, 1_000_000, subjects=("工程施工单位",)),
        part(ORDINANCE, 100_000, 1_000_000),
    )
    new = (part("生态环境法典§1169第1款", 100_000, 1_000_000),)
    return with_ranges(surroundings, old, new)


@pytest.fixture
def barbecue(surroundings: Surroundings) -> Surroundings:
    """Fixture 10: a barbecue in the open before the code took effect."""
    old = (part(OLD_AIR, 500, 20_000),)
    new = (part(NEW_AIR, 500, 5_000), part(NEW_AIR, 5_000, 20_000, condition="拒不改正"))
    return with_ranges(surroundings, old, new)


@pytest.fixture
def earlier(before: Before, demo_file: CaseFile) -> Callable[[str], CaseFile]:
    """The demo case before an event, its act five days before the code took effect."""
    facts = {**demo_file.case.facts, "act_end": "2026-08-10", "party_role": "清运单位"}
    return lambda kind: before(kind, facts=facts)


def test_construction_waste_of_before_falls_to_the_old_ordinance(
    earlier: Callable[[str], CaseFile], rules: ProcedureRules, waste: Surroundings
) -> None:
    compared = compare_laws(earlier("notice_approved"), TODAY, rules, waste)

    assert compared is not None
    assert [str(p.provision) for p in compared.old.applying] == [
        "《示例市容环境卫生管理条例》第二十八条"
    ]
    ((passed, why),) = compared.old.passed_over
    assert passed.provision.title == "固体废物污染环境防治法"
    assert why == "只适用于工程施工单位，当事人为清运单位"
    assert compared.lightness is Lightness.EQUAL
    assert compared.proposed is AppliedLaw.OLD


def test_a_barbecue_of_before_gets_the_lighter_new_law_and_its_ceiling(
    earlier: Callable[[str], CaseFile], rules: ProcedureRules, barbecue: Surroundings
) -> None:
    compared = compare_laws(earlier("notice_approved"), TODAY, rules, barbecue)

    assert compared is not None
    assert compared.lightness is Lightness.LIGHTER
    assert compared.proposed is AppliedLaw.NEW
    assert compared.new.fine_max == Decimal(5000)
    assert "拒不改正" in compared.new.passed_over[0][1]


@pytest.mark.parametrize(
    ("law", "fine", "guard"),
    [
        ("现行规定", "5000", ""),
        ("现行规定", "5001", "fine_within_range"),
        ("行为时的规定", "5001", "applied_law_is_the_lighter"),
        ("", "5000", "law_of_the_act_day_considered"),
    ],
)
def test_the_range_is_that_of_the_law_a_person_applies(
    earlier: Callable[[str], CaseFile],
    refused: Refused,
    barbecue: Surroundings,
    law: str,
    fine: str,
    guard: str,
) -> None:
    stated = {"law_applied": law, "law_comparison": "新规定上限较低，较轻" if law else ""}

    blocks = refused(
        earlier("notice_approved"), "notice_approved", beside=barbecue, fine=fine, **stated
    )

    assert set(blocks) == ({guard} if guard else set())


def test_the_lighter_law_is_a_warning_because_a_person_decides(
    earlier: Callable[[str], CaseFile], refused: Refused, barbecue: Surroundings
) -> None:
    stated = {"law_applied": "行为时的规定", "law_comparison": "理由"}

    blocks = refused(
        earlier("notice_approved"), "notice_approved", beside=barbecue, fine="600", **stated
    )

    assert not blocks["applied_law_is_the_lighter"].hard


def test_a_law_that_does_not_reach_the_party_can_not_be_applied(
    earlier: Callable[[str], CaseFile], refused: Refused, surroundings: Surroundings
) -> None:
    builders = (part(OLD_WASTE, 100_000, 1_000_000, subjects=("工程施工单位",)),)
    beside = with_ranges(surroundings, builders, (part(NEW_AIR, 100_000, 1_000_000),))
    stated = {"law_applied": "行为时的规定", "law_comparison": "理由"}

    blocks = refused(earlier("notice_approved"), "notice_approved", beside=beside, **stated)

    assert "工程施工单位" in blocks["applied_law_covers_the_party"].message
    assert blocks["applied_law_covers_the_party"].hard


def test_an_act_under_todays_law_needs_no_comparison(
    demo_file: CaseFile, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    compared = compare_laws(demo_file, TODAY, rules, surroundings)

    assert compared is not None
    assert not compared.needed


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((1, 10), (1, 10), Lightness.EQUAL),
        ((1, 10), (1, 9), Lightness.LIGHTER),
        ((2, 10), (1, 10), Lightness.LIGHTER),
        ((1, 10), (2, 10), Lightness.HEAVIER),
        ((1, 10), (1, 11), Lightness.HEAVIER),
        ((1, 10), (2, 9), Lightness.CROSSED),
        ((1, 10), (0, 11), Lightness.CROSSED),
    ],
)
def test_ranges_are_compared_at_both_ends(
    earlier: Callable[[str], CaseFile],
    rules: ProcedureRules,
    surroundings: Surroundings,
    old: tuple[int, int],
    new: tuple[int, int],
    expected: Lightness,
) -> None:
    beside = with_ranges(surroundings, (part(OLD_AIR, *old),), (part(NEW_AIR, *new),))

    compared = compare_laws(earlier("notice_approved"), TODAY, rules, beside)

    assert compared is not None
    assert compared.lightness is expected


def test_other_kinds_of_penalty_are_left_to_a_person(
    earlier: Callable[[str], CaseFile], rules: ProcedureRules, surroundings: Surroundings
) -> None:
    harder = part(NEW_AIR, 1, 5, others=("责令停产停业",))
    beside = with_ranges(surroundings, (part(OLD_AIR, 1, 10),), (harder,))

    compared = compare_laws(earlier("notice_approved"), TODAY, rules, beside)

    assert compared is not None
    assert compared.lightness is Lightness.NOT_COMPARABLE
    assert compared.proposed is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((), ("没收违法所得",), Lightness.HEAVIER),
        (("没收违法所得",), (), Lightness.LIGHTER),
        (("警告",), ("没收违法所得",), Lightness.NOT_COMPARABLE),
    ],
)
def test_a_penalty_on_top_of_the_same_fine_is_heavier(
    earlier: Callable[[str], CaseFile],
    rules: ProcedureRules,
    surroundings: Surroundings,
    old: tuple[str, ...],
    new: tuple[str, ...],
    expected: Lightness,
) -> None:
    beside = with_ranges(
        surroundings, (part(OLD_AIR, 1, 10, others=old),), (part(NEW_AIR, 1, 10, others=new),)
    )

    compared = compare_laws(earlier("notice_approved"), TODAY, rules, beside)

    assert compared is not None
    assert compared.lightness is expected


def test_a_fine_by_multiples_is_not_compared_with_one_in_yuan(
    earlier: Callable[[str], CaseFile], rules: ProcedureRules, surroundings: Surroundings
) -> None:
    multiple = part(NEW_AIR, 1, 3, measure=FineMeasure.MULTIPLE, base="违法所得")
    beside = with_ranges(surroundings, (part(OLD_AIR, 1, 10),), (multiple,))

    compared = compare_laws(earlier("notice_approved"), TODAY, rules, beside)

    assert compared is not None
    assert compared.lightness is Lightness.OTHER_MEASURE
    assert compared.proposed is None
