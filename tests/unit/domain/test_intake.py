"""Registered values by path: reading, correcting, and what follows from a correction."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from workstation.domain.cases import Case, CaseEvent, CaseFile
from workstation.domain.intake import (
    CORRECTED,
    INTAKE_LABELS,
    corrected,
    differing,
    intake_values,
    stands_in,
    with_values,
)
from workstation.domain.leads import Lead, LeadSource
from workstation.domain.parties import Party, PartyKind
from workstation.errors import InvalidInputError

CASE = Case(
    id="1",
    title="林某某涉嫌擅自倾倒建筑垃圾案",
    cause="擅自倾倒建筑垃圾",
    lead=Lead(
        number="",
        source=LeadSource.PATROL,
        received_at=datetime(2026, 8, 19, 9),
        found_at=datetime(2026, 8, 19, 8, 35),
        content="巡查发现",
    ),
    party=Party(kind=PartyKind.CITIZEN, name="林某某"),
    officers=(),
    matter_code="A",
    facts={"act_start": "2026-08-19T00:50", "trips": 3},
)
# Made up after GB 11643-1999; the region 330299 is nobody's.
IDENTITY_NUMBER = "330299199001010013"


def test_everything_registered_can_be_written_back() -> None:
    assert with_values(CASE, intake_values(CASE)) == CASE


def test_every_path_has_its_name() -> None:
    paths = {path for path in intake_values(CASE) if not path.startswith("case.facts.")}

    assert paths == set(INTAKE_LABELS)


def test_the_title_follows_the_name_and_the_cause() -> None:
    after = corrected(CASE, {"party.name": "林某", "case.cause": "倾倒垃圾"})

    assert after.title == "林某涉嫌倾倒垃圾案"
    assert differing(CASE, after) == ("party.name", "case.cause", "case.title")


def test_a_new_kind_of_party_is_checked_as_one() -> None:
    with pytest.raises(InvalidInputError, match="经营者"):
        corrected(CASE, {"party.kind": "个体工商户（有字号）"})


def test_a_fact_of_none_is_taken_out() -> None:
    assert "trips" not in with_values(CASE, {"case.facts.trips": None}).facts


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("party.title", "x", "party.title"),
        ("case.found_at", "昨天", "发现时间"),
        ("case.source", "听说", "案源类型"),
        ("case.found_at", "2026-08-19T09:30", "晚于"),
        ("case.found_at", "2026-08-18T09:30", "早于"),
    ],
)
def test_what_cannot_be_right_is_refused(path: str, value: str, named: str) -> None:
    with pytest.raises(InvalidInputError, match=named):
        corrected(CASE, {path: value})


def test_an_earlier_day_shows_what_was_registered_then() -> None:
    days = {10: ("甲", "乙"), 12: ("乙", "丙")}
    events = tuple(
        CaseEvent(
            position=position,
            kind=CORRECTED,
            step=1,
            at=datetime(2026, 9, day),
            title="更正登记",
            data={"changes": {"party.name": new}, "before": {"party.name": old}},
        )
        for position, (day, (old, new)) in enumerate(days.items(), start=1)
    )
    file = CaseFile(case=replace(CASE, party=replace(CASE.party, name="丙")), events=events)

    names = [file.as_of(date(2026, 9, day)).case.party.name for day in (9, 10, 11, 12)]

    assert names == ["甲", "乙", "乙", "丙"]


@pytest.mark.parametrize(
    ("path", "printed", "stands"),
    [
        ("party.name", "party.name", True),
        ("party.name", "party.intro", True),
        ("party.phone", "party.intro", False),
        ("party.kind", "party.number_label", True),
        ("party.name", "party", True),
        ("case.facts.place", "case.facts", True),
        ("case.facts.place", "case.facts.place_of_business", False),
        ("case.matter", "matter.violated", True),
        ("case.cause", "matter.violated", False),
    ],
)
def test_forms_print_values_and_what_is_made_of_them(
    path: str, printed: str, *, stands: bool
) -> None:
    assert stands_in(path, printed) is stands
