from datetime import date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from workstation.domain.cases import JsonValue
from workstation.domain.dated_entries import DatedEntry, EntryKind, holding, standing
from workstation.storage import Database


def entry(
    key: str = "review.days",
    value: JsonValue = 7,
    since: date = date(2026, 1, 1),
    until: date | None = None,
    *,
    withdrawn: bool = False,
) -> DatedEntry:
    return DatedEntry(
        kind=EntryKind.PARAMETER,
        key=key,
        content={"value": value},
        valid_from=since,
        valid_to=until,
        source="本局内部规定（演示）",
        verified=False,
        entered_by="方小满",
        entered_at=datetime(2026, 1, 5, 9, 0),
        withdrawn=withdrawn,
    )


def test_entries_come_back_as_they_were_made_and_in_their_order(database: Database) -> None:
    made = (entry(), entry(value=5), entry("other"))
    with database.writing() as unit:
        for one in made:
            unit.dated_entries.add(one)

    with database.reading() as unit:
        assert unit.dated_entries.of_kind(EntryKind.PARAMETER) == made
        assert unit.dated_entries.of_kind(EntryKind.GRANT) == ()
        assert unit.dated_entries.history(EntryKind.PARAMETER, "review.days") == made[:2]
        assert unit.dated_entries.latest() == 3


@pytest.mark.parametrize(
    "statement", ["UPDATE dated_entries SET source = 'x'", "DELETE FROM dated_entries"]
)
def test_an_entry_can_not_be_rewritten(database: Database, statement: str) -> None:
    with database.writing() as unit:
        unit.dated_entries.add(entry())

    with (
        database._writing_engine.connect() as connection,
        pytest.raises(IntegrityError, match="append-only"),
    ):
        connection.execute(text(statement))


def test_of_one_first_day_the_entry_made_last_stands() -> None:
    assert standing((entry(value=7), entry(value=5))) == (entry(value=5),)


def test_a_withdrawn_entry_stands_no_more_and_the_earlier_day_counts_again() -> None:
    old, new = entry(value=7), entry(value=5, since=date(2026, 9, 1))
    taken_back = entry(value=5, since=date(2026, 9, 1), withdrawn=True)

    assert holding((old, new), date(2026, 9, 2)) == (new,)
    assert holding((old, new, taken_back), date(2026, 9, 2)) == (old,)


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2025, 12, 31), None), (date(2026, 1, 1), 7), (date(2026, 9, 1), 5)],
)
def test_the_entry_that_began_last_holds(day: date, value: JsonValue) -> None:
    entries = (entry(value=7), entry(value=5, since=date(2026, 9, 1)))

    values = [found.content["value"] for found in holding(entries, day)]

    assert values == ([] if value is None else [value])


def test_an_entry_that_has_ended_gives_way_to_the_one_before() -> None:
    entries = (entry(value=7), entry(value=5, since=date(2026, 3, 1), until=date(2026, 3, 31)))

    (found,) = holding(entries, date(2026, 4, 1))

    assert found.content["value"] == 7
