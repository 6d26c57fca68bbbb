"""Writing an article with its 款, 项 and 目 into a store, national or imported."""

import sqlite3
from typing import NamedTuple

from workstation.legislation.structure import split_article


class ArticleRow(NamedTuple):
    """One article to write; ``text`` has its lines parted by LF, ``heading`` likewise."""

    id: int
    version_id: int
    position: int
    number: int
    suffix: int
    label: str
    heading: str
    note: str


def write_article(connection: sqlite3.Connection, row: ArticleRow, text: str) -> None:
    """Insert the article and the parts its text splits into."""
    connection.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    for paragraph in split_article(text):
        connection.execute(
            "INSERT INTO paragraphs VALUES (?, ?, ?)", (row.id, paragraph.number, paragraph.text)
        )
        connection.executemany(
            "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?)",
            [
                (row.id, paragraph.number, at, item.number, item.text, "\n".join(item.points))
                for at, item in enumerate(paragraph.items, start=1)
            ],
        )
