"""From the rows of the law store to the records that leave it."""

import itertools
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

from workstation.legislation.law_records import Item, Paragraph, RepealedTitle, VersionView

_VERSIONS = (
    "SELECT v.id, v.instrument_id, i.title, i.kind, i.level, i.first_promulgated, v.promulgated,"
    " v.effective_from, v.effective_to, v.end_reason, v.end_basis, v.trust, v.date_basis, v.note,"
    " v.source FROM versions v JOIN instruments i ON i.id = v.instrument_id"
)


def read_versions(connection: sqlite3.Connection) -> dict[str, tuple[VersionView, ...]]:
    """Return all texts by full title, the oldest first."""
    found: dict[str, list[VersionView]] = {}
    for row in connection.execute(f"{_VERSIONS} ORDER BY v.effective_from"):
        version = _version(row)
        found.setdefault(version.title, []).append(version)
    return {title: tuple(versions) for title, versions in found.items()}


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
        first_promulgated=date.fromisoformat(row[5]),
        promulgated=date.fromisoformat(row[6]),
        effective_from=date.fromisoformat(row[7]),
        effective_to=date.fromisoformat(row[8]) if row[8] else None,
        end_reason=row[9],
        end_basis=row[10],
        trust=row[11],
        date_basis=row[12],
        note=row[13],
        source=row[14],
    )
