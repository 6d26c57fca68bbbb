import hashlib
import os
import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.unit.storage.samples import DOCX, make_case, make_document
from workstation.settings import Home
from workstation.storage import Database
from workstation.storage.base_row import Row
from workstation.storage.engine import connect
from workstation.storage.errors import (
    DatabaseDamagedError,
    DatabaseUnavailableError,
    ForeignDatabaseError,
    SchemaTooNewError,
    StorageError,
    WrongKeyError,
)
from workstation.storage.schema import CURRENT, Schema, examine, migrate

_NEXT = '''\
"""Add a table."""

from alembic import op

revision = "{revision:04}"
down_revision = "{down}"


def upgrade() -> None:
    """Add it."""
    op.execute("CREATE TABLE added (x INTEGER)")
    {more}
'''


@pytest.fixture
def full_home(home: Home) -> Home:
    """A closed database with some 60 pages."""
    with Database.open(home) as database, database.writing() as unit:
        unit.cases.add(make_case())
        for nth in range(1, 30):
            unit.documents.add("c0ffee", make_document(f"d{nth}", nth=nth), DOCX)
            unit.log.append("event", {"text": "证" * 1000})
    return home


def bytes_of(home: Home) -> str:
    return hashlib.sha256(home.database.read_bytes()).hexdigest()


def refused(home: Home, expected: type[StorageError]) -> StorageError:
    before = bytes_of(home)
    with pytest.raises(expected) as caught:
        Database.open(home)
    assert bytes_of(home) == before
    return caught.value


def following(tmp_path: Path, more: str) -> Schema:
    folder = tmp_path / "migrations"
    shutil.copytree(CURRENT.migrations, folder, ignore=shutil.ignore_patterns("__pycache__"))
    version = CURRENT.version + 1
    text = _NEXT.format(more=more, revision=version, down=CURRENT.revision)
    (folder / "versions" / f"r{version:04}_added.py").write_text(text)
    return Schema(version=version, revision=f"{version:04}", migrations=folder)


def run(path: Path, *statements: str) -> None:
    with closing(connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_an_empty_folder_gets_a_database_of_the_current_schema(tmp_path: Path) -> None:
    home = Home(tmp_path)

    with Database.open(home) as database, database._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []

    assert examine(home.database) == CURRENT.version


def test_the_revision_named_is_the_newest_migration() -> None:
    script = ScriptDirectory(str(CURRENT.migrations))

    assert script.get_current_head() == CURRENT.revision


def test_opening_again_changes_nothing(full_home: Home) -> None:
    before = bytes_of(full_home)

    Database.open(full_home).close()

    assert bytes_of(full_home) == before


def test_bytes_overwritten_in_the_middle_are_found(full_home: Home) -> None:
    with full_home.database.open("r+b") as stream:
        stream.seek(4096 * 20)
        stream.write(b"\xa5" * 4096 * 10)

    error = refused(full_home, DatabaseDamagedError)

    assert "备份" in error.hint


def test_a_truncated_file_is_found(full_home: Home) -> None:
    os.truncate(full_home.database, full_home.database.stat().st_size // 2)

    refused(full_home, DatabaseDamagedError)


@pytest.mark.parametrize("content", [b"this is no database at all" * 50, b"\x00" * 4096, b"x"])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    home = Home(tmp_path)
    home.database.write_bytes(content)

    refused(home, DatabaseDamagedError)


def test_a_lost_database_is_not_replaced_by_an_empty_one(full_home: Home) -> None:
    with Database.open(full_home) as database:
        database.blobs.add_bytes(b"evidence")
    full_home.database.unlink()

    with pytest.raises(DatabaseDamagedError, match="证据文件仍在"):
        Database.open(full_home)

    assert not full_home.database.exists()


def test_an_empty_file_is_taken_for_a_new_database(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.database.touch()

    with Database.open(home) as database, database.reading() as unit:
        assert unit.cases.count() == 0


@pytest.mark.parametrize("statement", ["PRAGMA application_id=7", "CREATE TABLE other (x)"])
def test_a_database_of_another_program_is_refused(tmp_path: Path, statement: str) -> None:
    home = Home(tmp_path)
    run(home.database, statement, "PRAGMA user_version=1")

    refused(home, ForeignDatabaseError)


def test_a_database_of_a_newer_release_is_refused(full_home: Home) -> None:
    run(full_home.database, "PRAGMA user_version=99")

    error = refused(full_home, SchemaTooNewError)

    assert "99" in error.message


def test_a_revision_that_does_not_fit_the_schema_number_is_refused(full_home: Home) -> None:
    run(full_home.database, "UPDATE alembic_version SET version_num = '0000'")

    refused(full_home, DatabaseDamagedError)


def test_a_folder_that_can_not_be_opened_is_reported(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.database.mkdir()

    with pytest.raises(DatabaseUnavailableError, match=r"office\.db"):
        Database.open(home)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder even root can't write")
def test_a_read_only_folder_is_reported() -> None:
    with pytest.raises(DatabaseUnavailableError, match="没有改动"):
        Database.open(Home(Path("/proc")))


def test_an_older_database_is_copied_before_it_is_migrated(
    full_home: Home, tmp_path: Path
) -> None:
    schema = following(tmp_path, "")

    copy = migrate(full_home.database, schema)

    assert examine(full_home.database, schema) == schema.version
    assert copy is not None
    assert examine(copy) == CURRENT.version
    with Database.open(full_home, schema=schema) as database, database.reading() as unit:
        assert unit.cases.get("c0ffee") == make_case()


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('op.execute("SELECT * FROM nowhere")', "nowhere"),
        (
            "op.execute(\"INSERT INTO drafts VALUES ('none','D',1,'{}',1,'2026-01-01',1,'{}')\")",
            "dangling",
        ),
    ],
)
def test_a_migration_that_fails_leaves_the_database_as_it_was(
    full_home: Home, tmp_path: Path, more: str, expected: str
) -> None:
    with pytest.raises(Exception, match=expected):
        migrate(full_home.database, following(tmp_path, more))

    with Database.open(full_home) as database, database._engine.connect() as connection:
        tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'added'"
        assert connection.exec_driver_sql(tables).scalar() == 0


@pytest.fixture
def key() -> bytes:
    return bytes(range(32))


@pytest.fixture
def encrypted(tmp_path: Path, key: bytes) -> Home:
    home = Home(tmp_path)
    with Database.open(home, key=key) as database, database.writing() as unit:
        unit.cases.add(make_case())
    return home


def test_a_database_with_a_key_shows_nothing_on_disk(encrypted: Home, key: bytes) -> None:
    content = encrypted.database.read_bytes()

    assert b"SQLite" not in content
    assert make_case().title.encode() not in content
    with Database.open(encrypted, key=key) as database, database.reading() as unit:
        assert unit.cases.get("c0ffee") == make_case()


def test_a_wrong_key_is_told_apart(encrypted: Home) -> None:
    with pytest.raises(WrongKeyError):
        Database.open(encrypted, key=bytes(32))


def test_without_its_key_the_database_is_refused(encrypted: Home) -> None:
    refused(encrypted, DatabaseDamagedError)


def test_a_copy_of_an_encrypted_database_is_encrypted(
    encrypted: Home, key: bytes, tmp_path: Path
) -> None:
    with Database.open(encrypted, key=key) as database:
        database.copy_to(tmp_path / "copy.db")

    assert b"SQLite" not in (tmp_path / "copy.db").read_bytes()
    assert examine(tmp_path / "copy.db", key=key) == CURRENT.version


def test_a_database_of_the_first_schema_is_brought_up_with_what_it_holds(tmp_path: Path) -> None:
    first = Schema(version=1, revision="0001", migrations=CURRENT.migrations)
    home = Home(tmp_path)
    migrate(home.database, first)

    with Database.open(home) as database, database.writing() as unit:
        unit.cases.add(make_case())

    assert examine(home.database) == CURRENT.version
    assert len(list((tmp_path / "backups").iterdir())) == 1
