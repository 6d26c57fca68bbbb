from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from workstation.storage import Database, LogHead, LogProblem


@pytest.fixture
def filled(database: Database) -> Database:
    with database.writing() as unit:
        for n in range(1, 6):
            unit.log.append("event", {"case": "c0ffee", "序号": n})
    return database


def tamper(database: Database, *statements: str) -> tuple[LogProblem, ...]:
    with database._writing_engine.begin() as connection:
        connection.execute(text("DROP TRIGGER event_log_no_update"))
        connection.execute(text("DROP TRIGGER event_log_no_delete"))
        for statement in statements:
            connection.execute(text(statement))
    with database.reading() as unit:
        return unit.log.verify()


def test_an_untouched_log_holds(filled: Database) -> None:
    with filled.reading() as unit:
        assert unit.log.verify(unit.log.head()) == ()


def test_an_empty_log_holds(database: Database) -> None:
    with database.reading() as unit:
        assert unit.log.verify() == ()
        assert unit.log.head() == LogHead(position=0, digest="0" * 64)


def test_entries_come_back_oldest_first_and_by_kind(filled: Database) -> None:
    with filled.writing() as unit:
        unit.log.append("volume_bound", {"pages": 86})

    with filled.reading() as unit:
        latest = unit.log.entries(limit=2)
        (bound,) = unit.log.entries("volume_bound")
    assert [entry.position for entry in latest] == [5, 6]
    assert bound.payload == {"pages": 86}


@pytest.mark.parametrize(
    ("statement", "first", "wording"),
    [
        ("UPDATE event_log SET payload = '{}' WHERE position = 3", 3, "被改动"),
        ("UPDATE event_log SET kind = 'x' WHERE position = 1", 1, "被改动"),
        ("UPDATE event_log SET at = '2000' WHERE position = 5", 5, "被改动"),
        ("UPDATE event_log SET digest = 'x' WHERE position = 2", 2, "被改动"),
        ("DELETE FROM event_log WHERE position = 1", 2, "缺失"),
        ("DELETE FROM event_log WHERE position IN (3, 4)", 5, "第3条至第4条缺失"),
    ],
)
def test_a_changed_or_removed_row_is_named(
    filled: Database, statement: str, first: int, wording: str
) -> None:
    problems = tamper(filled, statement)

    assert problems[0].position == first
    assert wording in problems[0].message


def test_two_rows_that_changed_places_are_named(filled: Database) -> None:
    problems = tamper(
        filled,
        "UPDATE event_log SET position = 99 WHERE position = 2",
        "UPDATE event_log SET position = 2 WHERE position = 3",
        "UPDATE event_log SET position = 3 WHERE position = 99",
    )

    assert problems[0].position == 2
    assert "衔接不上" in problems[0].message


def test_a_cut_off_end_shows_only_against_a_head_kept_outside(filled: Database) -> None:
    with filled.reading() as unit:
        kept = unit.log.head()

    assert tamper(filled, "DELETE FROM event_log WHERE position = 5") == ()

    with filled.reading() as unit:
        (problem,) = unit.log.verify(kept)
    assert "截去或重写" in problem.message


def test_a_rewritten_log_shows_against_a_head_kept_outside(filled: Database) -> None:
    with filled.reading() as unit:
        kept = unit.log.head()

        assert unit.log.verify(replace(kept, digest="f" * 64))[0].position == 5


def test_an_older_head_still_holds_after_more_was_appended(filled: Database) -> None:
    with filled.reading() as unit:
        kept = unit.log.head()

    with filled.writing() as unit:
        unit.log.append("event", {})
        assert unit.log.verify(kept) == ()


def test_a_clock_set_back_does_not_turn_the_log_back(filled: Database) -> None:
    tamper(filled, "UPDATE event_log SET at = '2999-01-01T00:00:00+00:00' WHERE position = 5")

    with filled.writing() as unit:
        entry = unit.log.append("event", {})

    assert entry.at.year == 2999


@pytest.mark.parametrize("statement", ["UPDATE event_log SET kind = 'x'", "DELETE FROM event_log"])
def test_the_log_can_not_be_rewritten_through_sql(filled: Database, statement: str) -> None:
    with (
        filled._writing_engine.connect() as connection,
        pytest.raises(IntegrityError, match="append-only"),
    ):
        connection.execute(text(statement))
