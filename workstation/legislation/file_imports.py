"""Taking files of law in: what each was recognised as, why one was left out, folder by folder."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import Event

from workstation.errors import WorkstationError
from workstation.legislation.imported_texts import ImportedTexts, ImportSource
from workstation.legislation.law_files.file_lines import read_lines
from workstation.legislation.law_files.law_dates import STATED_BASES
from workstation.legislation.law_files.law_parser import parse_law
from workstation.legislation.law_files.law_text import LawText
from workstation.legislation.law_files.readers import READABLE
from workstation.legislation.law_records import VersionView
from workstation.legislation.law_store import InstrumentNotFoundError, LawStore
from workstation.legislation.package_import import Progress

_NAME_PARTS = re.compile(r"[-－—_·\s]+")
# Made by collections to describe themselves; not texts of law.
_LISTS = frozenset({"_index.md", "readme.md", "license.md", "license.txt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenDays:
    """The days a person states for files that do not; what a text says of itself goes first."""

    promulgated: date | None = None
    effective: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutcome:
    """What became of one file.

    ``law`` is what was recognised, None where nothing was; ``import_id`` is 0 where nothing was
    taken in, ``left_out`` then says why. ``error`` is set instead where the file was refused.
    """

    path: Path
    law: LawText | None = None
    promulgated: date | None = None
    effective: date | None = None
    import_id: int = 0
    left_out: str = ""
    error: WorkstationError | None = None

    def as_json(self) -> dict[str, object]:
        """Return the outcome as ``law import`` prints it."""
        if self.law is None:
            return {"file": str(self.path), "error": self.error.as_json() if self.error else {}}
        return {
            "file": str(self.path),
            "title": self.law.title,
            "kind": self.law.kind,
            "region": self.law.region,
            "issuing_body": self.law.issuing_body,
            "promulgated": self.promulgated.isoformat() if self.promulgated else None,
            "effective": self.effective.isoformat() if self.effective else None,
            "articles": sum(article.number > 0 for article in self.law.articles),
            "appendices": sum(article.number == 0 for article in self.law.articles),
            "warnings": [*self.law.warnings, *filter(None, [self.left_out])],
            "import": self.import_id or None,
        }


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files named, and those of the folders named that may be texts of law."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                file
                for file in path.rglob("*")
                if file.suffix.casefold() in READABLE
                and file.name.casefold() not in _LISTS
                and not file.name.startswith(("~$", "."))
            )
        else:
            found.append(path)
    return tuple(dict.fromkeys(found))


def recognise(path: Path, store: LawStore, given: GivenDays | None = None) -> FileOutcome:
    """Say what a file would be taken in as; nothing is written."""
    try:
        law = parse_law(read_lines(path))
    except WorkstationError as error:
        return FileOutcome(path=path, error=error)
    given = given or GivenDays()
    promulgated = law.promulgated or given.promulgated or given.effective
    known = _known(store, law, promulgated)
    effective = known.effective_from if known else _effective(law, given)
    return FileOutcome(
        path=path,
        law=law,
        promulgated=promulgated,
        effective=effective,
        left_out=_left_out(store, law, known, effective),
    )


def _effective(law: LawText, given: GivenDays) -> date | None:
    """Return the day a text states; else the one given; else the one guessed from its history."""
    stated = law.effective if law.date_basis in STATED_BASES else None
    return stated or given.effective or law.effective


class FileImporter:
    """Takes files in, one transaction each, so that what is done stays when it is stopped.

    A file of the same content as one taken in before is left out, so a stopped or killed import
    is resumed by starting it again.
    """

    def __init__(self, store: LawStore, texts: ImportedTexts, by: str) -> None:
        """Compare with ``store`` and take into ``texts`` in the name of ``by``."""
        self._store = store
        self._texts = texts
        self._by = by
        self._contents = {known.sha256 for known in texts.imports() if not known.undone_at}
        self._taken: set[tuple[str, date]] = set()

    def take_all(
        self,
        paths: Sequence[Path],
        given: GivenDays | None = None,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> Iterator[FileOutcome]:
        """Yield what became of each file, until ``stop`` is set."""
        for done, path in enumerate(paths):
            if stop is not None and stop.is_set():
                return
            if progress is not None:
                progress(done, len(paths))
            yield self.take(path, given)
        if progress is not None:
            progress(len(paths), len(paths))

    def take(self, path: Path, given: GivenDays | None = None) -> FileOutcome:
        """Take one file in, or say why not.

        Raises:
            LawStoreDamagedError: the file of imported texts can't be read.
            OSError: the disk is full; the file was not taken in.
        """
        found = recognise(path, self._store, given)
        law, promulgated, effective = found.law, found.promulgated, found.effective
        if law is None or found.left_out or promulgated is None or effective is None:
            return found
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        if content in self._contents:
            return replace(found, left_out="同一文件已经导入，没有重复收入")
        if (law.title, promulgated) in self._taken:
            return replace(found, left_out="本次已收入同一法规同一日期的文本，没有重复收入")
        source = ImportSource(file=path.name, sha256=content, by=self._by, at=datetime.now())
        import_id = self._texts.add(law, promulgated, effective, source)
        self._contents.add(content)
        self._taken.add((law.title, promulgated))
        return replace(found, import_id=import_id)


def _known(store: LawStore, law: LawText, promulgated: date | None) -> VersionView | None:
    """Return the text of that day that the store has already, or None."""
    if law.title not in store.find_instruments(law.title):
        return None
    try:
        versions = store.versions(law.title)
    except InstrumentNotFoundError:
        return None
    return next((v for v in versions if v.promulgated == promulgated), None)


def _left_out(
    store: LawStore, law: LawText, known: VersionView | None, effective: date | None
) -> str:
    """Say why a text is not taken in, or nothing."""
    if known is not None:
        differing = _differing(store, law, known)
        same = f"，但有{len(differing)}条不同（{'、'.join(differing[:5])}）" if differing else ""
        return (
            f"本库已有{known.promulgated.isoformat()}的文本（{known.trust}）{same}，没有重复收入"
        )
    whole = _whole_of(store, law) if effective is None else None
    if whole is not None and not _differing(store, law, whole):
        return f"各条与本库《{whole.title}》相同，没有重复收入"
    if effective is None:
        return "没有公布日期和施行日期，没有收入：请补填施行日期后再导入"
    return ""


def _whole_of(store: LawStore, law: LawText) -> VersionView | None:
    """Return the law that a file named 民法典-侵权责任编 is a part of, where the store has it."""
    for name in _NAME_PARTS.split(law.title):
        found = store.find_instruments(name) if name != law.title else ()
        if len(found) == 1:
            return store.versions(found[0])[-1]
    return None


def _differing(store: LawStore, law: LawText, known: VersionView) -> list[str]:
    """Return the labels of the articles that read otherwise in the store, blanks aside."""
    stored = {
        (article.number, article.suffix): _plain(article.text)
        for article in store.instrument_articles(known.title, known.effective_from)
    }
    return [
        article.label
        for article in law.articles
        if article.number and stored.get((article.number, article.suffix)) != _plain(article.text)
    ]


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
