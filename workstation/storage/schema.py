"""Examining a database before it is used, and bringing its schema up to date.

Nothing is written to a file that is refused. A migration runs in one explicit transaction after
a safety copy; ``user_version`` and Alembic's revision change with it or not at all.
"""

import logging
import os
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from workstation.atomic_files import fsync_dir
from workstation.storage.engine import (
    DriverConnection,
    connect,
    copy_database,
    make_engine,
    translated,
    writing,
)
from workstation.storage.errors import (
    DatabaseDamagedError,
    ForeignDatabaseError,
    SchemaTooNewError,
    WrongKeyError,
)

APPLICATION_ID = 0x59414A55
_CHECK_ALWAYS_BELOW = 128 * 1024 * 1024
# SQLite takes a shorter file for an empty database and would write over it.
_SMALLEST = 512
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A release's schema: its number (``user_version``), Alembic revision and migrations."""

    version: int
    revision: str
    migrations: Path


CURRENT = Schema(version=12, revision="0012", migrations=Path(__file__).parent / "migrations")


def examine(path: Path, schema: Schema = CURRENT, key: bytes | None = None) -> int:
    """Return the schema number of the database at ``path``; 0 where there is none yet.

    The structure is checked page by page for files below 128 MiB, and for larger ones after an
    unclean end (a write-ahead log was left behind).

    Raises:
        ForeignDatabaseError, SchemaTooNewError, DatabaseDamagedError, WrongKeyError,
        DatabaseUnavailableError: it can't be used; its bytes are as they were.
    """
    if not path.exists() or path.stat().st_size == 0:
        return 0
    if path.is_file() and path.stat().st_size < _SMALLEST:
        raise DatabaseDamagedError(str(path), "文件不完整")
    try:
        with translated(path), closing(connect(path, key, read_only=True)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
            if application != APPLICATION_ID:
                if application or tables:
                    raise ForeignDatabaseError(str(path))
                return 0
            if version > schema.version:
                raise SchemaTooNewError(version, schema.version)
            if _must_check(path):
                _check_structure(connection, path)
            if version == schema.version:
                _check_revision(connection, path, schema)
            return version
    except DatabaseDamagedError as error:
        if key is not None and "not a database" in error.message:
            raise WrongKeyError(str(path)) from error
        raise


def migrate(path: Path, schema: Schema = CURRENT, key: bytes | None = None) -> Path | None:
    """Bring the database at ``path`` to ``schema``, creating it where there is none.

    Returns:
        The safety copy, written before an existing database was touched.

    Raises:
        StorageError: the copy or the migration can't be written; the database is as it was.
    """
    old = examine(path, schema, key)
    copy = _safety_copy(path, old, key) if old else None
    with translated(path):
        engine = make_engine(path, key, foreign_keys=False)
        try:
            with writing(engine).connect() as connection, connection.begin():
                _upgrade(connection, schema)
        finally:
            engine.dispose()
    fsync_dir(path.parent)
    return copy


def _upgrade(connection: Connection, schema: Schema) -> None:
    # Alembic takes a second to import and is needed once per release.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    if connection.exec_driver_sql("PRAGMA user_version").scalar() == schema.version:
        return
    config = Config()
    config.set_main_option("script_location", str(schema.migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, schema.revision)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        message = f"migration to {schema.revision} leaves dangling references: {broken[:5]}"
        raise RuntimeError(message)
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={schema.version}")
    _log.info("case database is now at schema %d", schema.version)


def _safety_copy(path: Path, version: int, key: bytes | None) -> Path:
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    copy = folder / f"{path.stem}-schema{version}-{stamp}.db"
    copy_database(path, copy, key)
    with copy.open("rb+") as stream:
        os.fsync(stream.fileno())
    fsync_dir(folder)
    return copy


def _must_check(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    unclean = log.exists() and log.stat().st_size > 0
    return unclean or path.stat().st_size < _CHECK_ALWAYS_BELOW


def _check_structure(connection: DriverConnection, path: Path) -> None:
    rows = connection.execute("PRAGMA quick_check(3)").fetchall()
    if rows != [("ok",)]:
        raise DatabaseDamagedError(str(path), str(rows[0][0]).splitlines()[0])


def _check_revision(connection: DriverConnection, path: Path, schema: Schema) -> None:
    rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    if rows != [(schema.revision,)]:
        raise DatabaseDamagedError(str(path), "结构版本记录不一致")
