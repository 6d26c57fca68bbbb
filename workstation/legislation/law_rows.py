"""From the rows of the law store to the records that leave it."""

import hashlib
import itertools
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from workstation.legislation.dating import SUPERSEDED
from workstation.legislation.law_files.law_kinds import place_named
from workstation.legislation.law_records import Item, Paragraph, RepealedTitle, VersionView
from workstation.legislation.regions import NATIONAL
from workstation.legislation.schema import FIRST_IMPORTED

_VERSIONS = (
    "SELECT v.id, v.instrument_id, i.title, i.kind, i.level, i.region, i.first_promulgated,"
    " v.promulgated, v.effective_from, v.effective_to, v.end_reason, v.end_basis, v.trust,"
    " v.date_basis, v.note, v.source FROM versions v JOIN instruments i ON i.id = v.instrument_id"
)


def read_versions(connection: sqlite3.Connection) -> dict[str, tuple[VersionView, ...]]:
    """Return all texts by full title, the oldest first."""
    found: dict[str, list[VersionView]] = {}
    for row in connection.execute(f"{_VERSIONS} ORDER BY v.effective_from"):
        version = _version(row)
        found.setdefault(version.title, []).append(version)
    return {title: _ended_by_the_next(versions) for title, versions in found.items()}


def _ended_by_the_next(versions: list[VersionView]) -> tuple[VersionView, ...]:
    """End each text where the next begins; the package's own texts come with their ends."""
    if all(version.id < FIRST_IMPORTED for version in versions):
        return tuple(versions)
    ended = [_ended_by(version, following) for version, following in pairwise(versions)]
    return (*ended, versions[-1])


def _ended_by(version: VersionView, following: VersionView) -> VersionView:
    day = following.effective_from
    if version.effective_to is not None and version.effective_to <= day:
        return version
    return replace(version, effective_to=day, end_reason=SUPERSEDED, end_basis="新文本施行")


def version_marks(
    connection: sqlite3.Connection, versions: Iterable[VersionView], package: str
) -> dict[int, str]:
    """Return by id a digest of each version's source, title, place and days.

    A key of an undone import may come again, so the number of the import is part of it.
    """
    attached = {row[1] for row in connection.execute("PRAGMA database_list")}
    imports: dict[int, str] = {}
    if "imported" in attached:
        rows = connection.execute(
            "SELECT version_id, id, sha256 FROM imported.imports WHERE undone_at = ''"
        )
        imports = {row[0]: f"{row[1]} {row[2]}" for row in rows}
    return {v.id: _mark(v, imports.get(v.id, package)) for v in versions}


def _mark(version: VersionView, source: str) -> str:
    told = (source, version.id, version.title, version.level, version.region, version.trust)
    days = (version.promulgated, version.effective_from, version.effective_to)
    return hashlib.blake2b(repr((*told, *map(str, days))).encode(), digest_size=9).hexdigest()


def read_repealed(connection: sqlite3.Connection) -> dict[str, RepealedTitle]:
    """Return by full title the instruments that are known only as repealed."""
    rows = connection.execute("SELECT title, day, basis FROM repealed_titles")
    return {
        title: RepealedTitle(title=title, day=date.fromisoformat(day), basis=basis)
        for title, day, basis in rows
    }


def read_paragraphs(
    connection: sqlite3.Connection, first: int, last: int
) -> Iterator[tuple[int, tuple[Paragraph, ...]]]:
    """Yield article id and its 款 for the articles ``first`` to ``last``, in order."""
    items = _items(connection, first, last)
    rows = connection.execute(
        "SELECT article_id, number, text FROM paragraphs WHERE article_id BETWEEN ? AND ?"
        " ORDER BY article_id, number",
        (first, last),
    )
    pending = next(items, None)
    for article_id, group in itertools.groupby(rows, key=lambda row: int(row[0])):
        paragraphs = []
        for _, number, text in group:
            own: tuple[Item, ...] = ()
            if pending and pending[0] == (article_id, number):
                own = pending[1]
                pending = next(items, None)
            paragraphs.append(Paragraph(number=number, text=text, items=own))
        yield article_id, tuple(paragraphs)


def _items(
    connection: sqlite3.Connection, first: int, last: int
) -> Iterator[tuple[tuple[int, int], tuple[Item, ...]]]:
    rows = connection.execute(
        "SELECT article_id, paragraph, number, text, points FROM items"
        " WHERE article_id BETWEEN ? AND ? ORDER BY article_id, paragraph, position",
        (first, last),
    )
    for key, group in itertools.groupby(rows, key=lambda row: (int(row[0]), int(row[1]))):
        yield (
            key,
            tuple(
                Item(number=row[2], text=row[3], points=tuple(filter(None, row[4].split("\n"))))
                for row in group
            ),
        )


def _version(row: tuple[Any, ...]) -> VersionView:
    return VersionView(
        id=row[0],
        instrument_id=row[1],
        title=row[2],
        kind=row[3],
        level=row[4],
        region=_region(row[0], row[2], row[5]),
        first_promulgated=date.fromisoformat(row[6]),
        promulgated=date.fromisoformat(row[7]),
        effective_from=date.fromisoformat(row[8]),
        effective_to=date.fromisoformat(row[9]) if row[9] else None,
        end_reason=row[10],
        end_basis=row[11],
        trust=row[12],
        date_basis=row[13],
        note=row[14],
        source=row[15],
    )


def _region(version_id: int, title: str, stored: str) -> str:
    """Return the place of a text; older programs took a text titled with a city as 全国."""
    if version_id >= FIRST_IMPORTED and stored == NATIONAL:
        return place_named(title) or stored
    return stored
