from dataclasses import replace
from datetime import date

import pytest

from tests.unit.storage.samples import make_matter, make_office
from workstation.storage import Database
from workstation.storage.errors import MatterOverlapError, OfficeMissingError


def test_an_office_comes_back_as_it_was_set(database: Database) -> None:
    with database.writing() as unit:
        unit.office.set(make_office(案件=185, 案源=411))

    with database.reading() as unit:
        assert unit.office.get() == make_office(案件=185, 案源=411)
        assert unit.office.exists()


def test_setting_the_office_again_replaces_people_and_counters(database: Database) -> None:
    with database.writing() as unit:
        unit.office.set(make_office(案件=185))
    fewer = replace(make_office(案件=186), people=make_office().people[1:])

    with database.writing() as unit:
        unit.office.set(fewer)

    with database.reading() as unit:
        assert unit.office.get() == fewer


def test_an_office_never_set_up_is_said_to_be_missing(database: Database) -> None:
    with database.reading() as unit:
        assert not unit.office.exists()
        with pytest.raises(OfficeMissingError):
            unit.office.get()


def test_a_matter_comes_back_with_its_tiers_and_exact_money(database: Database) -> None:
    with database.writing() as unit:
        unit.matters.add(make_matter())

    with database.reading() as unit:
        (matter,) = unit.matters.all()
    assert matter == make_matter()
    assert str(matter.tiers[0].fine_max) == "2.50"


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), "v1"),
        (date(2026, 8, 14), "v1"),
        (date(2026, 8, 15), "v2"),
        (date(2030, 1, 1), "v2"),
    ],
)
def test_the_version_of_the_day_is_the_one_that_counts(
    database: Database, day: date, version: str | None
) -> None:
    with database.writing() as unit:
        unit.matters.add(make_matter("v2", start=date(2026, 8, 15)))
        unit.matters.add(make_matter("v1", end=date(2026, 8, 14)))

    with database.reading() as unit:
        found = unit.matters.as_of("DEMO-A01", day)

    assert (found.version if found else None) == version


def test_versions_are_listed_oldest_first(database: Database) -> None:
    with database.writing() as unit:
        unit.matters.add(make_matter("v2", start=date(2026, 8, 15)))
        unit.matters.add(make_matter("v1", end=date(2026, 8, 14)))

    with database.reading() as unit:
        assert [m.version for m in unit.matters.versions("DEMO-A01")] == ["v1", "v2"]


@pytest.mark.parametrize(
    "other",
    [make_matter("v2", start=date(2026, 8, 15)), make_matter("v1", start=date(2030, 1, 1))],
)
def test_versions_that_overlap_or_share_a_name_are_refused(
    database: Database, other: object
) -> None:
    with database.writing() as unit:
        unit.matters.add(make_matter("v1"))

    with database.writing() as unit, pytest.raises(MatterOverlapError, match="DEMO-A01"):
        unit.matters.add(other)  # type: ignore[arg-type]


def test_a_version_that_was_ended_makes_room_for_the_next(database: Database) -> None:
    with database.writing() as unit:
        unit.matters.add(make_matter("v1"))
        unit.matters.end("DEMO-A01", "v1", date(2026, 8, 14))
        unit.matters.add(make_matter("v2", start=date(2026, 8, 15)))

    with database.reading() as unit:
        assert [m.valid_to for m in unit.matters.all()] == [date(2026, 8, 14), None]
