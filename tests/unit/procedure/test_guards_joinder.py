"""Parting and joining cases, and one fine for one act (行政处罚法§29)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.procedure.any_step import ev, having
from workstation.domain.cases import CaseFile
from workstation.procedure import Surroundings
from workstation.procedure.decision_period import filing_of
from workstation.procedure.other_cases import other_cases
from workstation.procedure.records import OtherCase

Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]
AT = "2026-09-01T09:00"
OTHER = OtherCase(
    id="other",
    number="屿综执立字〔2026〕0150号",
    title="另案",
    cause="擅自倾倒建筑垃圾",
    matter_code="DEMO-330217-A01",
    same_number=True,
    found_on=date(2026, 8, 20),
    act_from=date(2026, 8, 19),
    act_to=date(2026, 8, 19),
    place="仙礁路与潮信街交叉口东北侧空地",
    decided_on=date(2026, 9, 1),
    outcome="处罚",
    fine=Decimal(5000),
)


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({}, True),
        ({"decided_on": None, "fine": None, "proposed_fine": Decimal(5000)}, True),
        ({"place": "别处"}, False),
        ({"place": "别处", "linked": True}, True),
        ({"act_from": date(2026, 7, 1), "act_to": date(2026, 7, 2)}, False),
        ({"fine": Decimal(0)}, False),
        ({"act_from": None, "act_to": None}, False),
    ],
)
def test_a_second_fine_for_the_same_act_is_warned_of(
    before: Before, refused: Refused, surroundings: Surroundings, changes: Any, warned: Any
) -> None:
    beside = replace(surroundings, other_cases=(replace(OTHER, **changes),))

    blocks = refused(before("notice_approved"), "notice_approved", beside=beside)

    assert ("no_second_fine" in blocks) is warned
    assert not any(block.hard for block in blocks.values())


@pytest.mark.parametrize(
    ("changes", "data", "blocked"),
    [
        ({}, {}, True),
        ({"place": "别处"}, {}, False),
        ({"act_from": date(2026, 7, 1), "act_to": date(2026, 7, 2)}, {}, False),
        ({"linked": True}, {}, False),
        ({"ended_by": "case_closed"}, {}, False),
        ({}, {"kept_apart": "两车次分属不同驾驶员，非同一行为"}, False),
    ],
)
def test_a_second_open_lead_on_the_same_act_is_joined_or_kept_apart(
    before: Before,
    refused: Refused,
    surroundings: Surroundings,
    changes: Any,
    data: Any,
    blocked: Any,
) -> None:
    beside = replace(surroundings, other_cases=(replace(OTHER, **changes),))

    blocks = refused(before("case_filed"), "case_filed", beside=beside, **data)

    assert ("lead_stands_alone" in blocks) is blocked


def test_a_namesake_is_to_be_told_apart_first(
    before: Before, refused: Refused, surroundings: Surroundings
) -> None:
    beside = replace(surroundings, other_cases=(replace(OTHER, same_number=False),))

    blocks = refused(before("notice_approved"), "notice_approved", beside=beside)

    assert "仅名称相同" in blocks["no_second_fine"].message


@pytest.mark.parametrize(
    ("data", "guard"),
    [
        ({"matter": "M2", "what": ""}, "split_names_its_part"),
        ({"matter": "M2", "what": "另一处倾倒"}, ""),
        ({"matter": "DEMO-330217-A01", "what": "同一处"}, "split_matter_is_another"),
        ({"matter": "DEMO-330217-A01", "what": "驾驶员", "party_name": "温砺"}, ""),
    ],
)
def test_a_split_names_another_act_or_another_party(
    before: Before, refused: Refused, data: dict[str, str], guard: str
) -> None:
    blocks = refused(before("investigation_closed"), "case_split", at=AT, **data)

    assert list(blocks) == [guard] * bool(guard)


@pytest.mark.parametrize(
    ("data", "passes"),
    [({"other": "other"}, True), ({"other": "x"}, False), ({"other": "x", "joint": True}, True)],
)
def test_cases_are_joined_for_one_party_or_a_joint_act(
    before: Before, refused: Refused, surroundings: Surroundings, data: Any, passes: Any
) -> None:
    beside = replace(surroundings, other_cases=(OTHER,))

    blocks = refused(before("investigation_closed"), "case_merged", at=AT, beside=beside, **data)

    assert ("joined_parties_belong_together" not in blocks) is passes


def test_the_earlier_filing_day_counts(before: Before) -> None:
    joined = ev("cases_joined", "2026-08-25T09:00", filed_on="2026-08-10")

    filing = filing_of(having(before("investigation_closed"), joined))

    assert filing is not None
    assert (filing[0].kind, filing[1]) == ("cases_joined", date(2026, 8, 10))


def test_a_linked_case_is_told_as_such(demo_file: CaseFile) -> None:
    (other,) = other_cases(demo_file.case.party, [demo_file], date(2026, 9, 12), {"demo"})

    assert other.linked
    assert other.proposed_fine == Decimal(110000)
