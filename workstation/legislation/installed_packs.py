"""The packs that were installed: each one synced transaction, undone whole, the last one first.

What a pack replaces or ends is kept with its entry, so that undoing it brings back the rows as
they were; a crash leaves the texts before or all of the pack.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from workstation.errors import WorkstationError
from workstation.legislation.dating import REPEALED
from workstation.legislation.imported_texts import (
    ImportedTexts,
    ImportSource,
    delete_version,
    write_import,
)
from workstation.legislation.law_packs import EndedText, LawPack, PackedText

_OF_VERSION = {
    "versions": "SELECT * FROM versions WHERE id = ?",
    "articles": "SELECT * FROM articles WHERE version_id = ?",
    "paragraphs": (
        "SELECT p.* FROM paragraphs p JOIN articles a ON a.id = p.article_id"
        " WHERE a.version_id = ?"
    ),
    "items": (
        "SELECT i.* FROM items i JOIN articles a ON a.id = i.article_id WHERE a.version_id = ?"
    ),
}
_RESTORE = {
    "versions": "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "articles": "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "paragraphs": "INSERT INTO paragraphs VALUES (?, ?, ?)",
    "items": "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?)",
}
_LATEST = (
    "SELECT v.id, v.effective_to, v.end_reason, v.end_basis FROM versions v"
    " JOIN instruments i ON i.id = v.instrument_id WHERE i.title = ?"
    " ORDER BY v.effective_from DESC LIMIT 1"
)
_REPLACED = (
    "SELECT v.id, m.id FROM versions v JOIN instruments i ON i.id = v.instrument_id"
    " JOIN imports m ON m.version_id = v.id AND m.undone_at = ''"
    " WHERE i.title = ? AND v.promulgated = ? AND m.id < ?"
)


class PackNotFoundError(WorkstationError):
    """No pack of this number can be undone."""

    code = "pack_not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSource:
    """Where a pack comes from: its signer's key and SHA-256 in hex; who installs it, when."""

    key: str
    sha256: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledPack:
    """One pack as the list shows it; ``undone_at`` is empty while it stands."""

    id: int
    installed_at: str
    installed_by: str
    name: str
    made_at: datetime
    made_by: str
    key: str
    sha256: str
    imports: tuple[int, ...]
    undone_at: str

    def as_json(self) -> dict[str, object]:
        """Return the pack as ``law pack list`` prints it."""
        return {
            "id": self.id,
            "name": self.name,
            "made_at": self.made_at.isoformat(),
            "made_by": self.made_by,
            "installed_at": self.installed_at,
            "installed_by": self.installed_by,
            "instruments": len(self.imports),
            "undone_at": self.undone_at,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSigner:
    """A signer whose packs may be installed: his key in hex, who trusted him and when (ISO)."""

    key: str
    name: str
    trusted_by: str
    trusted_at: str


class InstalledPacks:
    """The packs of one home and the signers it trusts."""

    def __init__(self, folder: Path) -> None:
        """Keep them in ``folder``, the home's ``legislation`` folder, with the imported texts."""
        self._texts = ImportedTexts(folder)

    def packs(self) -> tuple[InstalledPack, ...]:
        """Return all packs, the newest first."""
        if not self._texts.path.is_file():
            return ()
        with self._texts.opened() as connection:
            rows = connection.execute(
                "SELECT id, installed_at, installed_by, name, made_at, made_by, signer, sha256,"
                " imports, undone_at FROM packs ORDER BY id DESC"
            ).fetchall()
        return tuple(_pack(row) for row in rows)

    def signers(self) -> tuple[PackSigner, ...]:
        """Return the signers that somebody here said are to be trusted, the latest first."""
        if not self._texts.path.is_file():
            return ()
        with self._texts.opened() as connection:
            rows = connection.execute("SELECT * FROM pack_signers").fetchall()
        signers = (
            PackSigner(key=key, name=name, trusted_by=by, trusted_at=at)
            for key, name, by, at in rows
        )
        return tuple(sorted(signers, key=lambda signer: signer.trusted_at, reverse=True))

    def distrust(self, key: str) -> None:
        """Trust the signer of a key (hex) no longer; what he signed before stays installed."""
        with self._texts.writing() as connection:
            connection.execute("DELETE FROM pack_signers WHERE key = ?", (key,))

    def install(
        self,
        pack: LawPack,
        texts: Iterable[PackedText],
        ended: Iterable[EndedText],
        source: PackSource,
        *,
        trust: bool = False,
    ) -> int:
        """Take in those texts and ends of a pack that are to be written; return its number.

        With ``trust`` the signer is trusted from now on.

        Raises:
            LawStoreDamagedError: the file of imported texts can't be read.
            OSError: the disk is full; nothing was taken in.
        """
        at = source.at.isoformat(timespec="seconds")
        with self._texts.writing() as connection:
            (last,) = connection.execute("SELECT MAX(id) FROM packs").fetchone()
            number = (last or 0) + 1
            file = f"法规包“{pack.name}”"
            imported = ImportSource(file=file, sha256=source.sha256, by=source.by, at=source.at)
            numbers: list[int] = []
            replaced: list[dict[str, Any]] = []
            for text in texts:
                law = text.law
                made = write_import(connection, law, text.promulgated, text.effective, imported)
                numbers.append(made)
                known = (law.title, text.promulgated.isoformat(), made)
                for version_id, import_id in connection.execute(_REPLACED, known).fetchall():
                    replaced.append(_taken_out(connection, version_id, import_id, at))
            basis = f"{file}（第{number}号）载明失效"
            ends = [_end(connection, text, basis) for text in ended]
            before = json.dumps({"replaced": replaced, "ends": ends, "basis": basis})
            connection.execute(
                "INSERT INTO packs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
                (
                    number,
                    at,
                    source.by,
                    pack.name,
                    pack.made_at.isoformat(timespec="seconds"),
                    pack.made_by,
                    source.key,
                    source.sha256,
                    json.dumps(numbers),
                    before,
                ),
            )
            if trust:
                connection.execute(
                    "INSERT OR REPLACE INTO pack_signers VALUES (?, ?, ?, ?)",
                    (source.key, pack.made_by, source.by, at),
                )
        return number

    def undo(self, number: int, at: datetime) -> InstalledPack:
        """Bring the texts back as they were before a pack, which must be the last that stands.

        Raises:
            PackNotFoundError: there is no such pack, it was undone before, or is not the last.
        """
        last = next((pack for pack in self.packs() if not pack.undone_at), None)
        if last is None or last.id != number:
            hint = f"目前可以回退的是第{last.id}号“{last.name}”。" if last else "没有可以回退的。"
            raise PackNotFoundError(
                f"不能回退第{number}号法规包：只能从最后安装的一个开始依次回退。", hint=hint
            )
        stamp = at.isoformat(timespec="seconds")
        with self._texts.writing() as connection:
            row = connection.execute("SELECT before FROM packs WHERE id = ?", (number,))
            before = json.loads(row.fetchone()[0])
            _restore(connection, before)
            for import_id in last.imports:
                query = "SELECT version_id FROM imports WHERE id = ?"
                delete_version(connection, connection.execute(query, (import_id,)).fetchone()[0])
                connection.execute(
                    "UPDATE imports SET undone_at = ? WHERE id = ?", (stamp, import_id)
                )
            connection.execute("UPDATE packs SET undone_at = ? WHERE id = ?", (stamp, number))
        return last


def _taken_out(
    connection: sqlite3.Connection, version_id: int, import_id: int, at: str
) -> dict[str, Any]:
    """Delete a text and return its rows; its keys stay free, those of the pack's are higher."""
    rows = {
        table: connection.execute(query, (version_id,)).fetchall()
        for table, query in _OF_VERSION.items()
    }
    delete_version(connection, version_id)
    connection.execute("UPDATE imports SET undone_at = ? WHERE id = ?", (at, import_id))
    return {"import": import_id, "rows": rows}


def _end(connection: sqlite3.Connection, ended: EndedText, basis: str) -> list[Any]:
    before = connection.execute(_LATEST, (ended.title,)).fetchone()
    connection.execute(
        "UPDATE versions SET effective_to = ?, end_reason = ?, end_basis = ? WHERE id = ?",
        (ended.day.isoformat(), REPEALED, basis, before[0]),
    )
    return list(before)


def _restore(connection: sqlite3.Connection, before: dict[str, Any]) -> None:
    for replaced in before["replaced"]:
        for table, rows in replaced["rows"].items():
            connection.executemany(_RESTORE[table], rows)
        connection.execute("UPDATE imports SET undone_at = '' WHERE id = ?", (replaced["import"],))
    for version_id, *end in before["ends"]:
        connection.execute(
            "UPDATE versions SET effective_to = ?, end_reason = ?, end_basis = ?"
            " WHERE id = ? AND end_basis = ?",
            (*end, version_id, before["basis"]),
        )


def _pack(row: tuple[Any, ...]) -> InstalledPack:
    return InstalledPack(
        id=row[0],
        installed_at=row[1],
        installed_by=row[2],
        name=row[3],
        made_at=datetime.fromisoformat(row[4]),
        made_by=row[5],
        key=row[6],
        sha256=row[7],
        imports=tuple(json.loads(row[8])),
        undone_at=row[9],
    )
