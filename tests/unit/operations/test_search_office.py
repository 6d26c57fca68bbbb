"""Whose law the law desk looks for."""

from workstation.bootstrap import Workstation
from workstation.legislation.titles import plain_title
from workstation.operations.search_office import SearchOffice, field_of


def test_the_region_and_the_laws_are_those_of_the_office(desk: Workstation) -> None:
    place = SearchOffice(desk.database).asker()

    assert place.region == desk.office.office().agency.region
    assert place.field.laws


def test_each_matter_counts_once_for_a_law_it_rests_on(desk: Workstation) -> None:
    matter = desk.office.matters()[0]

    counted = dict(field_of((matter, matter)).laws)

    assert counted[plain_title(matter.penalty.title)] == 2


def test_what_was_read_is_kept_until_something_is_written(desk: Workstation) -> None:
    office = SearchOffice(desk.database)

    before = office.asker()

    assert office.asker() is before
    with desk.database.writing() as unit:
        unit.log.append("note", {})
    assert office.asker() is not before
