"""The texts a bureau imported: kept durably, each import undoable, never mixed with the package's.

Unlike the national store, which is rebuilt whenever it may be, this file is the only place where
these texts are: each import is one synced transaction, so a crash leaves it whole or absent.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from workstation.errors import WorkstationError
from workstation.legislation import schema
from workstation.legislation.article_rows import ArticleRow, write_article
from workstation.legislation.law_files.law_text import LawText
from workstation.legislation.law_records import Trust
from workstation.legislation.titles import plain_title


class ImportNotFoundError(WorkstationError):
    """No import of this number stands."""

    code = "import_not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSource:
    """Where a text came from: the file's name and SHA-256, who took it in and when."""

    file: str
    sha256: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LawImport:
    """One import as the list shows it; ``undone_at`` is empty while it stands."""

    id: int
    made_at: str
    made_by: str
    file: str
    sha256: str
    title: str
    kind: str
    promulgated: date
    effective: date
    articles: int
    warnings: tuple[str, ...]
    undone_at: str

    def as_json(self) -> dict[str, object]:
        """Return the import as ``law imports`` prints it."""
        return {
            "id": self.id,
            "made_at": self.made_at,
            "made_by": self.made_by,
            "file": self.file,
            "title": self.title,
            "kind": self.kind,
            "promulgated": self.promulgated.isoformat(),
            "effective": self.effective.isoformat(),
            "articles": self.articles,
            "warnings": list(self.warnings),
            "undone_at": self.undone_at,
        }


class ImportedTexts:
    """The imported texts of one home; every method opens the file for itself."""

    def __init__(self, folder: Path) -> None:
        """Keep the texts in ``folder``, the home's ``legislation`` folder."""
        self.path = folder / schema.IMPORTED_NAME

    @property
    def generation(self) -> str:
        """What changes with every import and undoing; empty before the first."""
        if not self.path.is_file():
            return ""
        with self.opened() as connection:
            return _fact(connection, "generation") or "0"

    def add(self, law: LawText, promulgated: date, effective: date, source: ImportSource) -> int:
        """Take a text in and return the number of the import.

        Raises:
            LawStoreDamagedError: the file of imported texts can't be read.
            OSError: the disk is full; nothing was taken in.
        """
        with self.writing() as connection:
            return write_import(connection, law, promulgated, effective, source)

    def undo(self, import_id: int, at: datetime) -> LawImport:
        """Take a text out again; the import stays in the list, marked as undone.

        Raises:
            ImportNotFoundError: there is no such import, it was undone before, or is of a pack.
        """
        known = next((i for i in self.imports() if i.id == import_id and not i.undone_at), None)
        if known is None:
            raise ImportNotFoundError(
                f"没有可以撤销的第{import_id}号导入。", hint="请用“law imports”查看导入记录。"
            )
        with self.writing() as connection:
            _refuse_part_of_a_pack(connection, import_id)
            (version_id,) = connection.execute(
                "SELECT version_id FROM imports WHERE id = ?", (import_id,)
            ).fetchone()
            delete_version(connection, version_id)
            connection.execute(
                "UPDATE imports SET undone_at = ? WHERE id = ?",
                (at.isoformat(timespec="seconds"), import_id),
            )
        return known

    def imports(self) -> tuple[LawImport, ...]:
        """Return all imports, the newest first."""
        if not self.path.is_file():
            return ()
        with self.opened() as connection:
            rows = connection.execute(
                "SELECT id, made_at, made_by, file, sha256, title, kind, promulgated, effective,"
                " articles, warnings, undone_at FROM imports ORDER BY id DESC"
            ).fetchall()
        return tuple(_import(row) for row in rows)

    def standing(self, sha256: str) -> LawImport | None:
        """Return the import of a file of this content that stands, or None."""
        return next((i for i in self.imports() if i.sha256 == sha256 and not i.undone_at), None)

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection; its writes are for the caller to bracket."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(schema.open_imported(self.path)) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection in one synced transaction that counts as a change of the texts."""
        with self.opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                generation = int(_fact(connection, "generation") or "0") + 1
                connection.execute(
                    "INSERT OR REPLACE INTO facts VALUES ('generation', ?)", (str(generation),)
                )
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


def write_import(
    connection: sqlite3.Connection,
    law: LawText,
    promulgated: date,
    effective: date,
    source: ImportSource,
) -> int:
    """Write a text and its entry in the list of imports; return the number of the import."""
    version_id = _next(connection, "versions")
    instrument_id = _instrument(connection, law, promulgated)
    connection.execute(
        "INSERT INTO versions VALUES (?, ?, ?, ?, NULL, '', '', ?, ?, ?, '', ?)",
        (
            version_id,
            instrument_id,
            promulgated.isoformat(),
            effective.isoformat(),
            law.document_number,
            _trust(law).value,
            law.date_basis,
            f"本局导入：{source.file}",
        ),
    )
    _write_articles(connection, version_id, law)
    import_id = _next(connection, "imports", first=1)
    connection.execute(
        "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
        (
            import_id,
            source.at.isoformat(timespec="seconds"),
            source.by,
            source.file,
            source.sha256,
            version_id,
            law.title,
            law.kind,
            promulgated.isoformat(),
            effective.isoformat(),
            len(law.articles),
            json.dumps(law.warnings, ensure_ascii=False),
        ),
    )
    return import_id


def _refuse_part_of_a_pack(connection: sqlite3.Connection, import_id: int) -> None:
    row = connection.execute(
        "SELECT packs.id, packs.name FROM packs, json_each(packs.imports)"
        " WHERE json_each.value = ? AND packs.undone_at = ''",
        (import_id,),
    ).fetchone()
    if row:
        raise ImportNotFoundError(
            f"第{import_id}号导入来自法规包“{row[1]}”，不能单独撤销。",
            hint=f"请回退整个法规包：law pack rollback {row[0]}。",
        )


def _trust(law: LawText) -> Trust:
    return Trust.UNVERIFIED if law.warnings else Trust.CANDIDATE


def _instrument(connection: sqlite3.Connection, law: LawText, promulgated: date) -> int:
    known = connection.execute(
        "SELECT id FROM instruments WHERE title = ?", (law.title,)
    ).fetchone()
    if known:
        return int(known[0])
    number = _next(connection, "instruments")
    first = min(law.first_promulgated or promulgated, promulgated).isoformat()
    connection.execute(
        "INSERT INTO instruments VALUES (?, ?, ?, ?, ?, ?, '', ?)",
        (number, law.title, law.kind, law.kind, law.issuing_body, law.region, first),
    )
    connection.execute("INSERT INTO aliases VALUES (?, ?)", (plain_title(law.title), number))
    return number


def _write_articles(connection: sqlite3.Connection, version_id: int, law: LawText) -> None:
    first = _next(connection, "articles")
    for position, article in enumerate(law.articles):
        row = ArticleRow(
            id=first + position,
            version_id=version_id,
            position=position + 1,
            number=article.number,
            suffix=article.suffix,
            label=article.label,
            heading="\n".join(article.heading),
            note="",
        )
        write_article(connection, row, article.text)


def delete_version(connection: sqlite3.Connection, version_id: int) -> None:
    """Delete a text, and its instrument where it was the last one."""
    for statement in (
        "DELETE FROM items WHERE article_id IN (SELECT id FROM articles WHERE version_id = ?)",
        """DELETE FROM paragraphs WHERE article_id IN
           (SELECT id FROM articles WHERE version_id = ?)""",
        "DELETE FROM articles WHERE version_id = ?",
        "DELETE FROM versions WHERE id = ?",
    ):
        connection.execute(statement, (version_id,))
    for statement in (
        "DELETE FROM aliases WHERE instrument_id NOT IN (SELECT instrument_id FROM versions)",
        "DELETE FROM instruments WHERE id NOT IN (SELECT instrument_id FROM versions)",
    ):
        connection.execute(statement)


_LAST_KEYS = {
    "instruments": "SELECT MAX(id) FROM instruments",
    "versions": "SELECT MAX(id) FROM versions",
    "articles": "SELECT MAX(id) FROM articles",
    "imports": "SELECT MAX(id) FROM imports",
}


def _next(connection: sqlite3.Connection, table: str, first: int = schema.FIRST_IMPORTED) -> int:
    """Return the next key; keys of undone imports may come again, they are nowhere else."""
    (last,) = connection.execute(_LAST_KEYS[table]).fetchone()
    return first if last is None else int(last) + 1


def _fact(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def _import(row: tuple[str, ...]) -> LawImport:
    return LawImport(
        id=int(row[0]),
        made_at=row[1],
        made_by=row[2],
        file=row[3],
        sha256=row[4],
        title=row[5],
        kind=row[6],
        promulgated=date.fromisoformat(row[7]),
        effective=date.fromisoformat(row[8]),
        articles=int(row[9]),
        warnings=tuple(json.loads(row[10])),
        undone_at=row[11],
    )
