"""Importing the statute package into the law store: mend, date, split, write.

The store is built in a temporary file beside its place, synced and renamed, so an interrupted
import leaves the old store or none.
"""

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workstation.atomic_files import fsync_dir
from workstation.legislation import schema
from workstation.legislation.article_rows import ArticleRow, write_article
from workstation.legislation.cleaning import CleanArticle, LawCleaner
from workstation.legislation.dating import REPEALED, Dating, date_laws, repealed_elsewhere
from workstation.legislation.law_records import Trust
from workstation.legislation.mending import Fault
from workstation.legislation.overlay import Overlay, read_overlay, read_short_names
from workstation.legislation.package_source import SourceLaw, StatutePackage, read_laws
from workstation.legislation.titles import plain_title

Progress = Callable[[int, int], None]

_REVOKED_BY_SOURCE = "已废止"
_IMPORTING_MODULES = frozenset(
    {
        "article_rows",
        "cleaning",
        "dating",
        "mending",
        "overlay",
        "package_import",
        "package_source",
        "schema",
        "structure",
        "titles",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import brought in and which faults it mended (faults are counted per article)."""

    package: str
    instruments: int
    versions: int
    articles: int
    faults: dict[str, int]
    unpaired_quotes: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the report for the command line and the store's own record."""
        return {
            "package": self.package,
            "instruments": self.instruments,
            "versions": self.versions,
            "articles": self.articles,
            "faults": self.faults,
            "unpaired_quotes": list(self.unpaired_quotes),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFiles:
    """The two data files the import depends on."""

    overlay: Path
    short_names: Path


def fingerprint(package: StatutePackage, files: DataFiles) -> str:
    """Return what the store was built from: it must be rebuilt when this changes."""
    digest = hashlib.sha256()
    digest.update(f"{schema.STORE_FORMAT} {package.source}".encode())
    digest.update(str(package.database.stat().st_size).encode())
    for path in (files.overlay, files.short_names, *sorted(Path(__file__).parent.glob("*.py"))):
        if path.suffix != ".py" or path.stem in _IMPORTING_MODULES:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def import_package(
    package: StatutePackage,
    folder: Path,
    files: DataFiles,
    *,
    progress: Progress | None = None,
) -> ImportReport:
    """Build the store in ``folder`` and put it in place of an older one.

    Raises:
        StatutePackageMissingError: the package can't be read.
        DataFileError: a data file is missing or malformed.
        OSError: the folder can't be written; an older store is then unchanged.
    """
    overlay = read_overlay(files.overlay)
    short_names = read_short_names(files.short_names)
    laws = list(read_laws(package))
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".importing-")
    os.close(descriptor)
    temporary = Path(name)
    try:
        with closing(schema.create(temporary)) as connection:
            writer = _StoreWriter(connection, overlay, package.source)
            report = writer.write(laws, short_names, progress)
            _write_facts(connection, fingerprint(package, files), report)
        _sync(temporary)
        temporary.replace(folder / schema.STORE_NAME)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    fsync_dir(folder)
    return report


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _write_facts(connection: sqlite3.Connection, mark: str, report: ImportReport) -> None:
    facts = {
        "fingerprint": mark,
        "package": report.package,
        "report": json.dumps(report.as_json(), ensure_ascii=False),
    }
    connection.executemany("INSERT INTO facts VALUES (?, ?)", facts.items())


class _StoreWriter:
    def __init__(self, connection: sqlite3.Connection, overlay: Overlay, source: str) -> None:
        self._connection = connection
        self._overlay = overlay
        self._source = source
        self._cleaner = LawCleaner(overlay)
        self._next_article = 1

    def write(
        self,
        laws: list[SourceLaw],
        short_names: dict[str, tuple[str, ...]],
        progress: Progress | None,
    ) -> ImportReport:
        datings = date_laws(laws, self._overlay)
        instruments: dict[str, int] = {}
        self._connection.execute("BEGIN")
        for done, law in enumerate(laws, start=1):
            if law.title not in instruments:
                instruments[law.title] = len(instruments) + 1
                self._write_instrument(instruments[law.title], law, datings)
            self._write_version(done, instruments[law.title], law, datings[law.id])
            if progress:
                progress(done, len(laws))
        self._write_aliases(instruments, short_names)
        self._write_repealed(laws, short_names)
        self._connection.execute("COMMIT")
        return ImportReport(
            package=self._source,
            instruments=len(instruments),
            versions=len(laws),
            articles=self._next_article - 1,
            faults={fault.value: self._cleaner.faults[fault] for fault in Fault},
            unpaired_quotes=tuple(self._cleaner.unpaired_quotes),
        )

    def _write_instrument(
        self, instrument_id: int, law: SourceLaw, datings: dict[str, Dating]
    ) -> None:
        first = self._overlay.first_promulgated.get(law.title)
        first = min(filter(None, (first, law.promulgated, datings[law.id].original_effective)))
        self._connection.execute(
            "INSERT INTO instruments VALUES (?, ?, ?, ?, ?, '全国', ?, ?)",
            (
                instrument_id,
                law.title,
                law.kind,
                law.level,
                law.issuing_body,
                law.department,
                first.isoformat(),
            ),
        )

    def _write_aliases(
        self, instruments: dict[str, int], short_names: dict[str, tuple[str, ...]]
    ) -> None:
        rows = {(plain_title(title), number) for title, number in instruments.items()}
        for alias, titles in short_names.items():
            rows |= {(plain_title(alias), instruments[t]) for t in titles if t in instruments}
        self._connection.executemany("INSERT INTO aliases VALUES (?, ?)", sorted(rows))

    def _write_repealed(
        self, laws: list[SourceLaw], short_names: dict[str, tuple[str, ...]]
    ) -> None:
        taken = {plain_title(law.title) for law in laws} | set(short_names)
        for known in repealed_elsewhere(laws):
            plain = plain_title(known.title)
            if plain not in taken:
                row = (known.title, plain, known.day.isoformat(), known.basis)
                self._connection.execute("INSERT INTO repealed_titles VALUES (?, ?, ?, ?)", row)

    def _write_version(
        self, version_id: int, instrument_id: int, law: SourceLaw, dating: Dating
    ) -> None:
        faults = self._cleaner.faults
        faults[Fault.EFFECTIVE_DATE] += dating.effective_from != law.effective
        faults[Fault.REPEALED_BY] += dating.end_reason == REPEALED
        self._connection.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?)",
            (
                version_id,
                instrument_id,
                law.promulgated.isoformat(),
                dating.effective_from.isoformat(),
                _iso(dating.effective_to),
                dating.end_reason,
                dating.end_basis,
                _trust(law, dating).value,
                dating.basis,
                self._note(law, dating),
                self._source,
            ),
        )
        for position, article in enumerate(self._cleaner.clean(law), start=1):
            self._write_article(version_id, position, article)

    def _note(self, law: SourceLaw, dating: Dating) -> str:
        note = self._overlay.notes.get((law.title, law.promulgated), "")
        if not note and _unexplained(law, dating):
            note = "数据来源标注“已废止”，但未查到废止依据和日期，使用前请核实"
        return note

    def _write_article(self, version_id: int, position: int, article: CleanArticle) -> None:
        row = ArticleRow(
            id=self._next_article,
            version_id=version_id,
            position=position,
            number=article.number,
            suffix=article.suffix,
            label=article.label,
            heading="\n".join(article.heading),
            note=article.note,
        )
        self._next_article += 1
        write_article(self._connection, row, article.text)


def _unexplained(law: SourceLaw, dating: Dating) -> bool:
    return law.status == _REVOKED_BY_SOURCE and dating.effective_to is None


def _trust(law: SourceLaw, dating: Dating) -> Trust:
    return Trust.UNVERIFIED if _unexplained(law, dating) else dating.trust


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
