import contextlib
import threading
from pathlib import Path

import pytest

from tests.unit.storage.samples import make_case
from workstation.settings import Home
from workstation.storage import Database
from workstation.storage.engine import check_sqlite, connect, failure_of
from workstation.storage.errors import (
    DatabaseBusyError,
    DatabaseUnavailableError,
    DiskFullError,
    SqliteTooOldError,
)
from workstation.storage.schema import CURRENT

_EXPECTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "temp_store": 2,
    "secure_delete": 1,
    "application_id": 0x59414A55,
    "user_version": CURRENT.version,
}


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 50, 7), (3, 44, 6), (3, 53, 4), (4, 0, 0)])
def test_a_sound_sqlite_is_accepted(version: tuple[int, ...]) -> None:
    check_sqlite(version)


@pytest.mark.parametrize("version", [(3, 51, 2), (3, 50, 6), (3, 50, 8), (3, 44, 5), (3, 40, 1)])
def test_a_sqlite_with_the_wal_defect_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(SqliteTooOldError, match=".".join(map(str, version))):
        check_sqlite(version)


def test_every_connection_has_the_settings_that_keep_data_whole(database: Database) -> None:
    with database._engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in _EXPECTED}

    assert found == _EXPECTED


def test_a_block_that_raises_is_rolled_back_whole(database: Database) -> None:
    with contextlib.suppress(ZeroDivisionError), database.writing() as unit:
        unit.cases.add(make_case())
        unit.log.append("case", {"ratio": 1 // (unit.cases.count() - 1)})

    with database.reading() as unit:
        assert unit.cases.count() == 0


def test_writing_in_a_reading_block_fails_instead_of_being_lost(database: Database) -> None:
    with pytest.raises(DatabaseUnavailableError, match="readonly"), database.reading() as unit:
        unit.cases.add(make_case())


def test_a_reading_block_keeps_seeing_what_it_saw_first(database: Database) -> None:
    with database.reading() as reader:
        before = reader.cases.count()
        with database.writing() as writer:
            writer.cases.add(make_case())

        assert reader.cases.count() == before == 0


def test_a_lock_held_elsewhere_is_reported_as_busy(database: Database) -> None:
    with database._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=1")
    other = connect(database.path)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(DatabaseBusyError, match="占用"), database.writing():
        pass

    other.close()


def test_a_full_disk_saves_nothing_and_works_again_with_room(database: Database) -> None:
    with database._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=60")
    big = "证" * 2_000_000
    with pytest.raises(DiskFullError, match="磁盘空间不足"), database.writing() as unit:
        unit.log.append("event", {"text": big})
    with database._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")

    with database.writing() as unit:
        unit.log.append("event", {"text": big})
        assert unit.log.verify() == ()


def test_threads_share_one_database(database: Database) -> None:
    def add(n: int) -> None:
        with database.writing() as unit:
            unit.cases.add(make_case(f"case{n}"))

    threads = [threading.Thread(target=add, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as unit:
        assert unit.cases.count() == 6


def test_a_copy_of_a_database_in_use_is_complete(database: Database, tmp_path: Path) -> None:
    with database.writing() as unit:
        unit.cases.add(make_case())
    other = Home(tmp_path / "copy")
    other.root.mkdir()

    database.copy_to(other.database)

    with Database.open(other) as copy, copy.reading() as unit:
        assert unit.cases.get("c0ffee") == make_case()


def test_a_copy_that_can_not_be_written_is_reported(database: Database, tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailableError):
        database.copy_to(tmp_path / "none" / "copy.db")


def test_a_failure_that_is_no_driver_failure_stays_a_bug(tmp_path: Path) -> None:
    assert failure_of(ValueError("x"), tmp_path) is None
