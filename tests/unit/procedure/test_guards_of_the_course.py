"""Guards on who acts, what a penalty comes to, and what must be done again."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.domain.citations import parse_reference
from workstation.domain.leads import LeadSource
from workstation.domain.matters import (
    AuthorityKind,
    DiscretionTier,
    Implementation,
    Matter,
    PenaltyRange,
)
from workstation.domain.parties import Party, PartyKind
from workstation.domain.tier_conditions import Factor, parse_conditions
from workstation.procedure import Surroundings

Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]
OWN = "龙屿市综合行政执法局"
SHOP = Party(kind=PartyKind.SOLE_TRADER_NAMED, name="阿橘早餐店", representative="莫小橘")


def with_matter(surroundings: Surroundings, **changes: Any) -> Surroundings:
    matters: tuple[Matter, ...] = tuple(replace(m, **changes) for m in surroundings.matters)
    return replace(surroundings, matters=matters)


def with_agency(surroundings: Surroundings, **changes: Any) -> Surroundings:
    agency = replace(surroundings.office.agency, **changes)
    return replace(surroundings, office=replace(surroundings.office, agency=agency))


# guard, event kind, data that break it
DATA = [
    ("recorder_did_not_investigate", "hearing_notified", {"recorder": "苏砚舟"}),
    ("unit_head_does_not_review", "review_concluded", {"reviewer": "韩沧"}),
    ("outcome_is_known", "decision_made", {"outcome": "从轻处理"}),
    ("confiscation_not_raised", "decision_made", {"confiscated": 2000}),
    ("gain_is_confiscated", "decision_made", {"confiscated": 0}),
    ("gain_is_confiscated", "notice_approved", {"confiscated": 0}),
    ("agents_at_most_two", "hearing_held", {"agents": ["甲", "乙", "丙"]}),
    ("renotified_after_change", "decision_made", {"law_applied": "行为时的规定"}),
    ("illegal_gain_stated", "investigation_closed", {"confiscated": 0}),
]


@pytest.mark.parametrize(("guard", "kind", "data"), DATA)
def test_an_event_with_wrong_particulars_is_stopped(
    before: Before, refused: Refused, guard: str, kind: str, data: dict[str, Any]
) -> None:
    file = before(kind)
    if guard == "renotified_after_change":
        file = _told(file, law_applied="现行规定")
    if guard == "illegal_gain_stated":
        file = before(kind, facts={"act_end": "2026-08-19T02:30", "illegal_gain": 0})

    blocks = refused(file, kind, **data)

    assert blocks[guard].hint
    assert guard not in refused(before(kind), kind)


def _told(file: CaseFile, **data: Any) -> CaseFile:
    def changed(event: CaseEvent) -> CaseEvent:
        if event.kind != "notice_approved":
            return event
        return replace(event, data={**event.data, **data})

    return replace(file, events=tuple(changed(event) for event in file.events))


# guard, event kind, what differs of the matter
MATTERS: list[tuple[str, str, dict[str, Any]]] = [
    (
        "bureau_is_the_named_body",
        "case_filed",
        {"implementation": Implementation(body="龙屿市潮信街道办事处")},
    ),
    (
        "bureau_is_the_named_body",
        "decision_made",
        {
            "implementation": Implementation(body="龙屿市水利局"),
            "authority": AuthorityKind.DELEGATED,
        },
    ),
    (
        "penalty_basis_is_law",
        "decision_made",
        {"penalty": parse_reference("龙屿市行政处罚裁量基准§3")},
    ),
]


@pytest.mark.parametrize(("guard", "kind", "changes"), MATTERS)
def test_a_matter_that_gives_no_power_stops_the_event(
    before: Before,
    refused: Refused,
    surroundings: Surroundings,
    guard: str,
    kind: str,
    changes: dict[str, Any],
) -> None:
    file = before(kind)
    own = with_matter(surroundings, implementation=Implementation(body=OWN))

    blocks = refused(file, kind, beside=with_matter(surroundings, **changes))

    assert blocks[guard].hard
    assert guard not in refused(file, kind, beside=own)


# guard, event kind, what differs of the bureau
AGENCIES = [
    ("bureau_is_no_inner_body", "case_filed", {"name": "龙屿市综合行政执法局第三执法中队"}),
    ("remedies_are_named", "decision_made", {"reconsideration": ""}),
    ("remedies_are_named", "decision_made", {"reconsideration": "上一级主管部门"}),
    ("remedies_are_named", "decision_made", {"reconsideration": "浙江省综合行政执法局"}),
    ("remedies_are_named", "decision_made", {"court": "有管辖权的人民法院"}),
    ("remedies_are_named", "decision_made", {"court": ""}),
]


@pytest.mark.parametrize(("guard", "kind", "changes"), AGENCIES)
def test_a_bureau_named_wrongly_stops_the_event(
    before: Before,
    refused: Refused,
    surroundings: Surroundings,
    guard: str,
    kind: str,
    changes: dict[str, str],
) -> None:
    blocks = refused(before(kind), kind, beside=with_agency(surroundings, **changes))

    assert blocks[guard].hard
    assert guard not in refused(before(kind), kind)


# guard, event kind, what differs in the case and what is lawful
CASES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    (
        "sole_trader_is_named_rightly",
        "notice_approved",
        {"party": replace(SHOP, representative="")},
        {"party": SHOP},
    ),
    (
        "party_is_named_as_licensed",
        "notice_approved",
        {"facts": {"act_end": "2026-08-19T02:30", "licence_name": "龙屿市阿橘餐饮店"}},
        {"facts": {"act_end": "2026-08-19T02:30"}},
    ),
]


@pytest.mark.parametrize(("guard", "kind", "wrong", "right"), CASES)
def test_a_party_named_wrongly_stops_the_notice(
    before: Before,
    refused: Refused,
    guard: str,
    kind: str,
    wrong: dict[str, Any],
    right: dict[str, Any],
) -> None:
    blocks = refused(before(kind, **wrong), kind)

    assert blocks[guard].hard
    assert guard not in refused(before(kind, **right), kind)


def test_whoever_took_evidence_neither_reviews_nor_hosts_nor_votes(
    before: Before, refused: Refused
) -> None:
    officers = ("林问渠", "韩沧")  # 苏砚舟 took evidence before he was replaced

    review = refused(before("review_concluded", officers=officers), "review_concluded")
    host = refused(
        before("hearing_notified", officers=officers), "hearing_notified", host="苏砚舟"
    )

    assert "reviewer_independent" not in review
    assert host["host_independent"].hard


@pytest.mark.parametrize(
    ("kind", "subjects", "stands"),
    [
        (PartyKind.LEGAL_PERSON, ("个人",), True),
        (PartyKind.LEGAL_PERSON, ("单位",), False),
        (PartyKind.CITIZEN, ("单位",), True),
        (PartyKind.CITIZEN, ("个人",), False),
    ],
)
def test_the_clause_for_units_is_not_used_on_persons_nor_the_other_way_round(
    before: Before,
    refused: Refused,
    surroundings: Surroundings,
    kind: PartyKind,
    subjects: tuple[str, ...],
    stands: bool,  # noqa: FBT001 - a column of the table
) -> None:
    part = PenaltyRange(
        provision=parse_reference("生态环境法典§1169第3款"),
        fine_min=Decimal(100),
        fine_max=Decimal(1_000_000),
        subjects=subjects,
    )
    file = before("notice_approved", party=Party(kind=kind, name="当事人"))

    blocks = refused(file, "notice_approved", beside=with_matter(surroundings, ranges=(part,)))

    assert ("clause_covers_the_party" in blocks) is stands


VOLUME = Factor(key="volume_m3", label="倾倒量", unit="立方米")
TIERS = (
    DiscretionTier(
        name="较轻",
        condition="不足20立方米",
        fine_min=Decimal(100_000),
        fine_max=Decimal(200_000),
        alternatives=parse_conditions("倾倒量<20", [VOLUME]),
    ),
)


@pytest.mark.parametrize(
    ("data", "hard"),
    [
        ({"fine": 110_000}, None),
        ({"fine": 250_000}, True),
        ({"fine": 250_000, "deviation_reason": "倾倒在学校门口，影响较大"}, False),
    ],
)
def test_a_fine_outside_its_tier_needs_a_reason(
    before: Before,
    refused: Refused,
    surroundings: Surroundings,
    data: dict[str, Any],
    hard: bool | None,  # noqa: FBT001 - a column of the table
) -> None:
    beside = with_matter(surroundings, tiers=TIERS)

    blocks = refused(before("notice_approved"), "notice_approved", beside=beside, **data)

    found = blocks.get("fine_is_in_its_tier")
    assert (found.hard if found else None) is hard


def _after(file: CaseFile, kind: str, **data: Any) -> CaseFile:
    """The file with more said in its last event of a kind."""
    last = file.last(kind)
    assert last is not None
    changed = replace(last, data={**last.data, **data})
    return replace(file, events=tuple(changed if e is last else e for e in file.events))


UNHEARD = (
    "hearing_notified",
    "hearing_announced",
    "hearing_held",
    "hearing_reported",
)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("statement_received", {"new_evidence": True}),
        ("statement_reviewed", {"changed": "处罚内容"}),
    ],
)
def test_what_is_new_after_a_review_is_reviewed(
    before: Before, refused: Refused, kind: str, data: dict[str, Any]
) -> None:
    whole = before("decision_made", without=UNHEARD)
    second = whole.last("review_concluded")
    once = replace(whole, events=tuple(e for e in whole.events if e is not second))

    blocks = refused(_after(once, kind, **data), "decision_made", fine=110_000)

    assert blocks["second_review_after_changes"].hard
    reviewed = refused(_after(whole, kind, **data), "decision_made", fine=110_000)
    assert "second_review_after_changes" not in reviewed


def test_another_fine_than_told_is_reviewed_again(before: Before, refused: Refused) -> None:
    whole = before("decision_made", without=UNHEARD)
    second = whole.last("review_concluded")
    once = replace(whole, events=tuple(e for e in whole.events if e is not second))

    blocks = refused(once, "decision_made", fine=100_000)

    assert "改为100,000.00元" in blocks["second_review_after_changes"].message
    assert "second_review_after_changes" not in refused(once, "decision_made", fine=110_000)


def test_a_change_to_the_party_s_detriment_is_told_anew(before: Before, refused: Refused) -> None:
    file = before("decision_made")
    worse = _after(file, "statement_reviewed", changed="事实、证据", to_detriment=True)

    blocks = refused(worse, "decision_made")

    assert "事实、证据" in blocks["renotified_after_change"].message
    assert "renotified_after_change" not in refused(file, "decision_made")


def test_a_hearing_is_announced_or_closed_for_a_reason(before: Before, refused: Refused) -> None:
    silent = before("hearing_held", without=("hearing_announced",))

    blocks = refused(silent, "hearing_held")

    assert blocks["hearing_is_announced_or_closed"].overridable
    secret = refused(silent, "hearing_held", not_public_reason="涉及商业秘密")
    assert "hearing_is_announced_or_closed" not in secret
    assert refused(before("hearing_held"), "hearing_held") == {}


def test_a_closed_case_is_not_taken_up_in_silence(demo_file: CaseFile, refused: Refused) -> None:
    closed = replace(
        demo_file, events=tuple(e for e in demo_file.events if e.kind != "case_archived")
    )
    at = "2026-11-05T10:00"

    blocks = refused(closed, "evidence_collected", at=at)

    assert "不能再办理" in blocks["closed_case_stays_closed"].message
    assert "closed_case_stays_closed" not in refused(closed, "note_added", at=at)


def test_a_lead_somebody_waits_for_has_an_answer_day(before: Before, refused: Refused) -> None:
    file = before("lead_registered")
    report = replace(file.case.lead, source=LeadSource.COMPLAINT, answer_due=None)

    blocks = refused(before("lead_registered", lead=report), "lead_registered")

    assert not blocks["answer_day_is_set"].hard
    assert "answer_day_is_set" not in refused(file, "lead_registered")
