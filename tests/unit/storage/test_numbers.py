import contextlib

import pytest
from sqlalchemy import text

from tests.unit.storage.samples import make_case, make_office
from workstation.storage import Database, IssuedNumber, NumberGap, NumberState
from workstation.storage.errors import NumberOutOfOrderError, NumberTakenError


def take(database: Database, wanted: int | None = None, *, year: int = 2026) -> IssuedNumber:
    with database.writing() as unit:
        return unit.numbers.take("案件", year, None, lambda n: f"〔{year}〕{n:04}号", wanted)


@pytest.fixture
def taken_over(database: Database) -> Database:
    with database.writing() as unit:
        unit.office.set(make_office(案件=185))
    return database


def test_the_first_number_follows_the_counter_taken_over(taken_over: Database) -> None:
    assert [take(taken_over).text for _ in range(2)] == ["〔2026〕0186号", "〔2026〕0187号"]


def test_the_next_year_starts_at_one(taken_over: Database) -> None:
    take(taken_over)

    assert take(taken_over, year=2027).serial == 1


def test_without_an_office_numbers_start_at_one(database: Database) -> None:
    assert take(database).serial == 1


def test_a_number_taken_in_a_block_that_fails_is_given_again(database: Database) -> None:
    with contextlib.suppress(ZeroDivisionError), database.writing() as unit:
        taken = unit.numbers.take("案件", 2026, None, str)
        _ = 1 // (taken.serial - 1)

    assert take(database).serial == 1


def test_a_number_is_kept_with_its_case(database: Database) -> None:
    with database.writing() as unit:
        unit.cases.add(make_case())
        taken = unit.numbers.take("登", 2026, "c0ffee", str)

    with database.reading() as unit:
        assert unit.numbers.ledger("登", 2026) == (taken,)
    assert taken.case_id == "c0ffee"


def test_the_number_wanted_may_be_the_next(taken_over: Database) -> None:
    assert take(taken_over, 186).serial == 186


@pytest.mark.parametrize("wanted", [1, 185, 186])
def test_a_number_used_here_or_before_the_take_over_is_refused(
    taken_over: Database, wanted: int
) -> None:
    take(taken_over)

    with pytest.raises(NumberTakenError, match=f"{wanted:04}"):
        take(taken_over, wanted)


def test_a_number_that_would_leave_a_gap_is_refused_with_the_next_one(
    taken_over: Database,
) -> None:
    with pytest.raises(NumberOutOfOrderError, match="0186"):
        take(taken_over, 188)


def test_peeking_takes_nothing(taken_over: Database) -> None:
    with taken_over.reading() as unit:
        assert unit.numbers.peek("案件", 2026) == 186

    assert take(taken_over).serial == 186


def test_a_void_number_stays_with_its_reason_and_is_not_given_again(taken_over: Database) -> None:
    take(taken_over)

    with taken_over.writing() as unit:
        voided = unit.numbers.void("案件", 2026, 186, "打印错误")

    assert (voided.state, voided.reason) == (NumberState.VOID, "打印错误")
    with pytest.raises(NumberTakenError):
        take(taken_over, 186)
    assert take(taken_over).serial == 187


def test_a_number_used_outside_is_voided_before_it_was_given_out(taken_over: Database) -> None:
    with taken_over.writing() as unit:
        unit.numbers.void("案件", 2026, 186, "系统外已用")

    assert take(taken_over).serial == 187
    with taken_over.reading() as unit:
        assert unit.numbers.gaps() == ()


def test_voiding_needs_a_reason(database: Database) -> None:
    with database.writing() as unit, pytest.raises(ValueError, match="reason"):
        unit.numbers.void("案件", 2026, 1, " ")


def test_a_serial_removed_behind_the_program_shows_as_a_gap_and_can_be_filled(
    database: Database,
) -> None:
    for _ in range(3):
        take(database)
    with database._writing_engine.begin() as connection:
        connection.execute(text("DELETE FROM numbers WHERE serial = 2"))

    with database.reading() as unit:
        assert unit.numbers.gaps() == (NumberGap(scope="案件", year=2026, serial=2),)
    assert take(database, 2).serial == 2
