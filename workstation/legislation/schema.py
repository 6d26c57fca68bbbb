"""The tables of the law store and the way it is opened.

The store is derived: it is built aside and renamed into place, then only read. So it keeps the
rollback journal (a reader of a WAL file would need to write beside it) and every connection of a
reader is opened read-only. SQLite comes from sqlcipher3, because SQLite before 3.51.3 must not
hold an office's data; no key is set, statutes are public.
"""

import sqlite3
from pathlib import Path
from typing import cast

from sqlcipher3 import dbapi2

from workstation.errors import WorkstationError

STORE_FORMAT = 2
STORE_NAME = "national.db"
IMPORTED_NAME = "imported.db"
# Keys of imported texts begin here, so that those of the package never reach them.
FIRST_IMPORTED = 1 << 26

DDL = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE instruments (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, level TEXT NOT NULL,
    issuing_body TEXT NOT NULL, region TEXT NOT NULL, department TEXT NOT NULL,
    first_promulgated TEXT NOT NULL
);
CREATE TABLE aliases (
    alias TEXT NOT NULL, instrument_id INTEGER NOT NULL REFERENCES instruments,
    PRIMARY KEY (alias, instrument_id)
) WITHOUT ROWID;
CREATE TABLE repealed_titles (
    title TEXT PRIMARY KEY, plain TEXT NOT NULL, day TEXT NOT NULL, basis TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE versions (
    id INTEGER PRIMARY KEY, instrument_id INTEGER NOT NULL REFERENCES instruments,
    promulgated TEXT NOT NULL, effective_from TEXT NOT NULL, effective_to TEXT,
    end_reason TEXT NOT NULL, end_basis TEXT NOT NULL, document_number TEXT NOT NULL,
    trust TEXT NOT NULL, date_basis TEXT NOT NULL, note TEXT NOT NULL, source TEXT NOT NULL
);
CREATE INDEX versions_by_instrument ON versions (instrument_id, effective_from);
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, version_id INTEGER NOT NULL REFERENCES versions,
    position INTEGER NOT NULL, number INTEGER NOT NULL, suffix INTEGER NOT NULL,
    label TEXT NOT NULL, heading TEXT NOT NULL, note TEXT NOT NULL
);
CREATE UNIQUE INDEX articles_in_order ON articles (version_id, position);
CREATE INDEX articles_by_number ON articles (version_id, number, suffix);
CREATE TABLE paragraphs (
    article_id INTEGER NOT NULL, number INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (article_id, number)
) WITHOUT ROWID;
CREATE TABLE items (
    article_id INTEGER NOT NULL, paragraph INTEGER NOT NULL, position INTEGER NOT NULL,
    number INTEGER NOT NULL, text TEXT NOT NULL, points TEXT NOT NULL,
    PRIMARY KEY (article_id, paragraph, position)
) WITHOUT ROWID;
"""


IMPORTS_DDL = """
CREATE TABLE imports (
    id INTEGER PRIMARY KEY, made_at TEXT NOT NULL, made_by TEXT NOT NULL, file TEXT NOT NULL,
    sha256 TEXT NOT NULL, version_id INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL,
    promulgated TEXT NOT NULL, effective TEXT NOT NULL, articles INTEGER NOT NULL,
    warnings TEXT NOT NULL, undone_at TEXT NOT NULL
);
"""

# Files of older programs get these tables when they are next opened.
PACKS_DDL = """
CREATE TABLE IF NOT EXISTS packs (
    id INTEGER PRIMARY KEY, installed_at TEXT NOT NULL, installed_by TEXT NOT NULL,
    name TEXT NOT NULL, made_at TEXT NOT NULL, made_by TEXT NOT NULL, signer TEXT NOT NULL,
    sha256 TEXT NOT NULL, imports TEXT NOT NULL, before TEXT NOT NULL, undone_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS pack_signers (
    key TEXT PRIMARY KEY, name TEXT NOT NULL, trusted_by TEXT NOT NULL, trusted_at TEXT NOT NULL
) WITHOUT ROWID;
"""

_UNION_VIEW = (
    "CREATE TEMP VIEW {0} AS SELECT * FROM main.{0} UNION ALL SELECT * FROM imported.{0};"
)
_UNITED = (
    "instruments",
    "aliases",
    "repealed_titles",
    "versions",
    "articles",
    "paragraphs",
    "items",
)


class LawStoreDamagedError(WorkstationError):
    """The law store is missing or can't be read."""

    code = "law_store_damaged"


def create(path: Path) -> sqlite3.Connection:
    """Make an empty store at ``path`` for the importer; the caller syncs and renames the file."""
    connection = cast("sqlite3.Connection", dbapi2.connect(str(path), isolation_level=None))
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(DDL)
    return connection


def open_imported(path: Path) -> sqlite3.Connection:
    """Open the texts a bureau imported for writing, making the file where it is absent.

    These texts are not derived from anything: every write is synced before it counts.

    Raises:
        LawStoreDamagedError: the file can't be read.
    """
    fresh = not path.is_file()
    opened = dbapi2.connect(str(path), isolation_level=None)
    try:
        opened.execute("PRAGMA journal_mode = DELETE")
        opened.execute("PRAGMA synchronous = FULL")
        if fresh:
            opened.executescript(f"BEGIN; {DDL} {IMPORTS_DDL} COMMIT;")
        opened.execute("SELECT COUNT(*) FROM imports").fetchone()
        opened.executescript(PACKS_DDL)
    except dbapi2.DatabaseError as error:
        opened.close()
        hint = f"请从备份恢复“{path}”，或把它移走后重新导入。"
        raise LawStoreDamagedError("本局导入的法规文件已损坏。", hint=hint) from error
    return cast("sqlite3.Connection", opened)


def open_for_reading(path: Path, imported: Path | None = None) -> sqlite3.Connection:
    """Open the store read-only; the connection may be closed by another thread than its user.

    With ``imported`` each table also shows what the bureau imported.

    Raises:
        LawStoreDamagedError: there is no such file, or it isn't a store of this format.
    """
    hint = "请删除数据文件夹里的 legislation 目录后重新打开程序，法规库会自动重建。"
    if not path.is_file():
        raise LawStoreDamagedError("法规库尚未建立或已被移走。", hint=hint)
    uri = f"{path.resolve().as_uri()}?mode=ro"
    try:
        opened = dbapi2.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
        opened.execute("SELECT value FROM facts WHERE name = 'fingerprint'").fetchone()
    except dbapi2.DatabaseError as error:
        raise LawStoreDamagedError(f"法规库文件“{path.name}”已损坏。", hint=hint) from error
    connection = cast("sqlite3.Connection", opened)
    if imported is not None and imported.is_file():
        _show_imported(connection, imported)
    return connection


def _show_imported(connection: sqlite3.Connection, imported: Path) -> None:
    connection.execute(
        "ATTACH DATABASE ? AS imported", (f"{imported.resolve().as_uri()}?mode=ro",)
    )
    connection.executescript("".join(_UNION_VIEW.format(table) for table in _UNITED))
