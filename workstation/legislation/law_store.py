"""Reading the law store: instruments, their dated texts, articles as of a day.

A :class:`LawStore` may be shared by all threads: each thread that reads gets its own read-only
connection, and :meth:`LawStore.close` closes them all.
"""

import json
import sqlite3
import threading
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from workstation.domain.citations import ArticleReference
from workstation.errors import WorkstationError
from workstation.legislation import schema
from workstation.legislation.imported_texts import ImportedTexts
from workstation.legislation.law_records import (
    ArticleView,
    IndexedArticle,
    Neighbour,
    Paragraph,
    Trust,
    VersionView,
)
from workstation.legislation.law_rows import (
    read_paragraphs,
    read_repealed,
    read_versions,
    version_marks,
)
from workstation.legislation.titles import TitleIndex
from workstation.legislation.validity import Validity, of_version, on_day, today

__all__ = ["ArticleView", "IndexedArticle", "LawStore", "StoreStatistics", "Trust"]

_NAMED_AT_MOST = 4
_ARTICLES = "SELECT id, version_id, number, suffix, label, heading, note FROM articles"
_PARAGRAPH_LIKE = "SELECT 1 FROM paragraphs WHERE article_id = id AND text LIKE ?"


class InstrumentNotFoundError(WorkstationError):
    """No instrument of this title is in the store (which doesn't say that none exists)."""

    code = "unknown_instrument"


class AmbiguousTitleError(WorkstationError):
    """A short title fits several instruments."""

    code = "ambiguous"


class ArticleNotFoundError(WorkstationError):
    """The instrument's text of that day has no such article."""

    code = "no_such_article"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreStatistics:
    """What the store holds; ``report`` is the import report as JSON values."""

    package: str
    instruments: int
    versions: int
    articles: int
    by_trust: dict[str, int]
    report: dict[str, Any]

    def as_json(self) -> dict[str, object]:
        """Return the counts for the command line."""
        return {
            "package": self.package,
            "instruments": self.instruments,
            "versions": self.versions,
            "articles": self.articles,
            "by_trust": self.by_trust,
            "import": self.report,
        }


class LawStore:
    """The statutes of one home folder, national and imported, read-only."""

    def __init__(self, path: Path, imported: ImportedTexts | None = None) -> None:
        """Open the store file, and what the bureau imported; prefer :meth:`open`.

        Raises:
            LawStoreDamagedError: the file is missing or damaged.
        """
        self._path = path
        self._imported = imported.path if imported else None
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self.package_fingerprint = self._fact("fingerprint")
        self.generation = imported.generation if imported else ""
        self.fingerprint = "+".join(filter(None, (self.package_fingerprint, self.generation)))
        self._versions = read_versions(self._db)
        self._version_by_id = {v.id: v for texts in self._versions.values() for v in texts}
        self.repealed = read_repealed(self._db)
        self.titles = TitleIndex(
            self._db.execute(
                "SELECT a.alias, i.title FROM aliases a JOIN instruments i"
                " ON i.id = a.instrument_id ORDER BY a.alias, i.id"
            ),
            self._db.execute("SELECT plain, title FROM repealed_titles"),
        )

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the store in the home's ``legislation`` folder.

        Raises:
            LawStoreDamagedError: there is none, or it is damaged.
        """
        return cls(folder / schema.STORE_NAME, ImportedTexts(folder))

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            while self._connections:
                self._connections.pop().close()
            self._local = threading.local()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections of all threads."""
        self.close()

    def find_instruments(self, title: str) -> tuple[str, ...]:
        """Return the full titles that a title, short title or abbreviation may mean."""
        return self.titles.resolve(title)

    def find_instrument(self, title: str) -> str:
        """Return the one full title that ``title`` means.

        Raises:
            InstrumentNotFoundError: no such instrument is in the store.
            AmbiguousTitleError: several fit.
        """
        found = self.find_instruments(title)
        if not found:
            raise InstrumentNotFoundError(
                f"法规库里没有“{title}”。",
                hint="请核对名称；行政法规、地方性法规和规章需要先导入。",
            )
        if len(found) > 1:
            some = "、".join(f"《{name}》" for name in found[:_NAMED_AT_MOST])
            raise AmbiguousTitleError(
                f"“{title}”可能指{some}{'等' if len(found) > _NAMED_AT_MOST else ''}。",
                hint="请写出法规全称。",
            )
        return found[0]

    def versions(self, title: str) -> tuple[VersionView, ...]:
        """Return all texts of an instrument, the oldest first.

        Raises:
            InstrumentNotFoundError: the title is unknown, or known only as repealed.
            AmbiguousTitleError: the title fits several instruments.
        """
        full = self.find_instrument(title)
        if full in self._versions:
            return self._versions[full]
        known = self.repealed[full]
        raise InstrumentNotFoundError(
            f"本库没有《{full}》的文本：{known.day.isoformat()} 起废止（{known.basis}）。",
            hint="需要旧法文本时，请先导入。",
        )

    def validity(self, title: str, as_of: date | None = None) -> Validity:
        """Return the text that is law on ``as_of`` (today), or the nearest with the reason."""
        return on_day(self.versions(title), as_of or today())

    def article(self, reference: ArticleReference, as_of: date | None = None) -> ArticleView:
        """Return the article as of a day (default today).

        Where no text is law on that day, the nearest text is returned with a banner that says so.

        Raises:
            InstrumentNotFoundError: the title isn't in the store.
            AmbiguousTitleError: the title fits several instruments.
            ArticleNotFoundError: the text has no such article.
        """
        day = as_of or today()
        validity = on_day(self.versions(reference.title), day)
        row = self._db.execute(
            f"{_ARTICLES} WHERE version_id = ? AND number = ? AND suffix = ?",
            (validity.version.id, reference.article, reference.suffix),
        ).fetchone()
        if row is None:
            raise ArticleNotFoundError(
                f"《{validity.version.title}》没有{reference.place}"
                f"（{validity.version.promulgated.isoformat()} 文本）。",
                hint="请核对条号，或改用案件当时的日期查询。",
            )
        return self._views([row], validity, day)[0]

    def article_by_id(self, article_id: int, as_of: date | None = None) -> ArticleView:
        """Return one article of one version, as the search index names it.

        Raises:
            ArticleNotFoundError: the id is not in this store (the index is out of date).
        """
        row = self._db.execute(f"{_ARTICLES} WHERE id = ?", (article_id,)).fetchone()
        if row is None:
            raise ArticleNotFoundError(
                f"法规库里没有编号为 {article_id} 的条文。", hint="检索索引已过期，请重建索引。"
            )
        day = as_of or today()
        version = self._version_by_id[row[1]]
        validity = of_version(version, self._versions[version.title], day)
        return self._views([row], validity, day)[0]

    def instrument_articles(
        self, title: str, as_of: date | None = None
    ) -> tuple[ArticleView, ...]:
        """Return a whole text in order, for browsing; headings come with each article.

        Raises:
            InstrumentNotFoundError: the title isn't in the store.
            AmbiguousTitleError: the title fits several instruments.
        """
        day = as_of or today()
        validity = on_day(self.versions(title), day)
        rows = self._db.execute(
            f"{_ARTICLES} WHERE version_id = ? ORDER BY position", (validity.version.id,)
        ).fetchall()
        return tuple(self._views(rows, validity, day))

    def repealed_by(self, title: str) -> tuple[str, ...]:
        """Return the instruments that the one of this full title repealed, as far as known."""
        ended = (texts[-1] for texts in self._versions.values())
        found = [v.title for v in ended if f"《{title}》" in v.end_basis]
        named = [r.title for r in self.repealed.values() if f"《{title}》" in r.basis]
        return tuple(dict.fromkeys((*found, *named)))

    def articles_like(
        self, title: str, pattern: str, as_of: date | None = None
    ) -> tuple[ArticleView, ...]:
        """Return the articles of a text one of whose 款 is LIKE ``pattern``, in order.

        Raises:
            InstrumentNotFoundError: the title isn't in the store.
            AmbiguousTitleError: the title fits several instruments.
        """
        day = as_of or today()
        validity = on_day(self.versions(title), day)
        rows = self._db.execute(
            f"{_ARTICLES} WHERE version_id = ? AND EXISTS ({_PARAGRAPH_LIKE}) ORDER BY position",
            (validity.version.id, pattern),
        ).fetchall()
        return tuple(view for row in rows for view in self._views([row], validity, day))

    def article_ids(self, references: Iterable[ArticleReference], as_of: date) -> list[int]:
        """Return the ids of those referenced articles that exist, for the search's first rows."""
        found = []
        for reference in references:
            try:
                found.append(self.article(reference, as_of).id)
            except (InstrumentNotFoundError, AmbiguousTitleError, ArticleNotFoundError):
                continue
        return found

    def all_articles_for_index(self) -> Iterator[IndexedArticle]:
        """Yield every article of every version, in the order of their ids."""
        lines = read_paragraphs(self._db, 1, 1 << 62)
        yield from self._indexed(self._db.execute(f"{_ARTICLES} ORDER BY id"), lines)

    def articles_marked(self, marks: Container[str]) -> Iterator[IndexedArticle]:
        """Yield every article of the versions of these marks, in the order of their ids."""
        for version_id, mark in sorted(self.marks.items()):
            if mark not in marks:
                continue
            rows = self._db.execute(
                f"{_ARTICLES} WHERE version_id = ? ORDER BY id", (version_id,)
            ).fetchall()
            if rows:
                lines = read_paragraphs(self._db, rows[0][0], rows[-1][0])
                yield from self._indexed(rows, lines)

    @cached_property
    def marks(self) -> dict[int, str]:
        """What the index knows a version by: it changes with the text, the title and the days."""
        return version_marks(self._db, self._version_by_id.values(), self.package_fingerprint)

    def _indexed(
        self, rows: Iterable[Any], lines: Iterator[tuple[int, tuple[Paragraph, ...]]]
    ) -> Iterator[IndexedArticle]:
        for row in rows:
            article_id, version_id, _number, _suffix, label, heading, _note = row
            version = self._version_by_id[version_id]
            paragraphs = next(lines, (article_id, ()))[1]
            yield IndexedArticle(
                id=article_id,
                instrument=version.title,
                level=version.level,
                region=version.region,
                heading=heading.replace("\n", " "),
                label=label,
                text="\n".join(line for p in paragraphs for line in p.lines),
                promulgated=version.promulgated,
                effective_from=version.effective_from,
                effective_to=version.effective_to,
                trust=version.trust,
                mark=self.marks[version_id],
            )

    def stats(self) -> StoreStatistics:
        """Count what the store holds."""
        versions = self._version_by_id.values()
        (articles,) = self._db.execute("SELECT COUNT(*) FROM articles").fetchone()
        return StoreStatistics(
            package=self._fact("package"),
            instruments=len(self._versions),
            versions=len(versions),
            articles=articles,
            by_trust={t.value: sum(v.trust == t.value for v in versions) for t in Trust},
            report=json.loads(self._fact("report")),
        )

    @property
    def _db(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = schema.open_for_reading(self._path, self._imported)
            self._local.connection = connection
            with self._lock:
                self._connections.append(connection)
        return connection

    def _fact(self, name: str) -> str:
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _views(self, rows: Sequence[Any], validity: Validity, day: date) -> list[ArticleView]:
        texts = dict(read_paragraphs(self._db, rows[0][0], rows[-1][0])) if rows else {}
        around = self._labels(validity.version.id, rows[0][0] - 1, rows[-1][0] + 1) if rows else {}
        return [_article_view(row, texts, around, validity, day) for row in rows]

    def _labels(self, version_id: int, first: int, last: int) -> dict[int, Neighbour]:
        rows = self._db.execute(
            "SELECT id, label FROM articles WHERE version_id = ? AND id BETWEEN ? AND ?",
            (version_id, first, last),
        )
        return {number: Neighbour(id=number, label=label) for number, label in rows}


def _article_view(
    row: tuple[Any, ...],
    texts: dict[int, tuple[Paragraph, ...]],
    around: dict[int, Neighbour],
    validity: Validity,
    day: date,
) -> ArticleView:
    article_id, _version_id, number, suffix, label, heading, note = row
    banner = "；".join(filter(None, (validity.banner, note)))
    version = replace(validity.version, trust=Trust.UNVERIFIED.value) if note else validity.version
    return ArticleView(
        id=article_id,
        version=version,
        number=number,
        suffix=suffix,
        label=label,
        heading=tuple(filter(None, heading.split("\n"))),
        paragraphs=texts.get(article_id, ()),
        as_of=day,
        in_force=validity.in_force,
        banner=banner,
        previous=around.get(article_id - 1),
        following=around.get(article_id + 1),
    )
