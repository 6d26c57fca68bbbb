"""The SQLAlchemy engine on SQLite, with the settings that keep a case database whole.

The driver is ``sqlcipher3`` because it carries a SQLite without the WAL-reset defect; without a
key it writes plain SQLite files. It runs in autocommit and every transaction is begun in so many
words: BEGIN to read, BEGIN IMMEDIATE to write. Deferred writes fail as busy, and the driver's own
handling leaves half a migration behind when the process is killed (both measured).
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol, cast

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from workstation.storage.errors import (
    DatabaseBusyError,
    DatabaseDamagedError,
    DatabaseUnavailableError,
    DiskFullError,
    SqliteTooOldError,
    StorageError,
)

_IMMEDIATE = "workstation_immediate"
_BUSY_SECONDS = 5.0
_FIRST_SOUND = (3, 51, 3)
_MENDED = frozenset({(3, 50, 7), (3, 44, 6)})
_SETTINGS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=5000",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA secure_delete=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA wal_autocheckpoint=1000",
)
_FAULTS = {
    driver.SQLITE_BUSY: "busy",
    driver.SQLITE_LOCKED: "busy",
    driver.SQLITE_FULL: "full",
    driver.SQLITE_CORRUPT: "damaged",
    driver.SQLITE_NOTADB: "damaged",
    driver.SQLITE_READONLY: "unavailable",
    driver.SQLITE_CANTOPEN: "unavailable",
    driver.SQLITE_IOERR: "unavailable",
    driver.SQLITE_PERM: "unavailable",
    driver.SQLITE_AUTH: "unavailable",
}


class DriverCursor(Protocol):
    """What is used of the driver's cursor."""

    def fetchone(self) -> tuple[Any, ...]:
        """Return the next row."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return all rows."""


class DriverConnection(Protocol):
    """What is used of the driver's connection."""

    def execute(self, statement: str, parameters: tuple[str, ...] = (), /) -> DriverCursor:
        """Run one statement."""

    def close(self) -> None:
        """Close it."""


def check_sqlite(version: tuple[int, ...] = driver.sqlite_version_info) -> None:
    """Refuse a SQLite library with the WAL-reset defect (3.7.0 to 3.51.2).

    Raises:
        SqliteTooOldError: ``version`` is below 3.51.3 and neither 3.50.7 nor 3.44.6.
    """
    if version < _FIRST_SOUND and version not in _MENDED:
        raise SqliteTooOldError(".".join(map(str, version)))


def connect(path: Path, key: bytes | None = None, *, read_only: bool = False) -> DriverConnection:
    """Open a driver connection in autocommit; ``key`` is 32 raw bytes or None for a plain file."""
    mode = "ro" if read_only else "rwc"
    opened = driver.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=_BUSY_SECONDS,
        check_same_thread=False,
    )
    connection = cast("DriverConnection", opened)
    if key is not None:
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    return connection


def make_engine(path: Path, key: bytes | None = None, *, foreign_keys: bool = True) -> Engine:
    """Return an engine whose transactions are explicit; they only read, see :func:`writing`.

    ``foreign_keys`` is off for migrations alone, which rebuild tables and check afterwards.
    """

    def create() -> DriverConnection:
        connection = connect(path, key)
        try:
            for setting in _SETTINGS:
                connection.execute(setting)
            connection.execute(f"PRAGMA foreign_keys={int(foreign_keys)}")
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode=WAL")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite://", module=driver, creator=create, poolclass=QueuePool, pool_size=4
    )
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """Return a view of ``engine`` whose transactions may write and take the lock at once."""
    return engine.execution_options(**{_IMMEDIATE: True})


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the driver's failures inside the block into sentences for the user.

    Raises:
        DatabaseBusyError, DiskFullError, DatabaseDamagedError, DatabaseUnavailableError: as named.
    """
    try:
        yield
    except Exception as error:
        failure = failure_of(error, path)
        if failure is None:
            raise
        raise failure from error


def failure_of(error: BaseException, path: Path) -> StorageError | None:
    """Return the storage error a driver's failure stands for, or None where it is a bug."""
    original = getattr(error, "orig", None) or error
    if not isinstance(original, driver.Error):
        return None
    code = getattr(original, "sqlite_errorcode", 0) & 0xFF
    kind = _FAULTS.get(code)
    if kind == "busy":
        return DatabaseBusyError()
    if kind == "full":
        return DiskFullError(str(path))
    if kind == "damaged":
        return DatabaseDamagedError(str(path), str(original))
    if kind == "unavailable":
        return DatabaseUnavailableError(str(path), str(original))
    return None


def copy_database(path: Path, target: Path, key: bytes | None = None) -> None:
    """Write a consistent copy of a database that may be in use; raw file copies are not.

    Raises:
        StorageError: the source can't be read or the target not written.
    """
    with translated(target), closing(connect(path, key)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def _begin(connection: Connection) -> None:
    # A write in a reading transaction would be rolled back unseen; query_only makes it fail.
    immediate = connection.get_execution_options().get(_IMMEDIATE, False)
    connection.exec_driver_sql(f"PRAGMA query_only={int(not immediate)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
