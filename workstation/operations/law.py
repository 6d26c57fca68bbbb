"""The law desk: having the statutes at hand, searching them, reading an article of a day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import Event, Lock

from workstation.domain.citations import ArticleReference
from workstation.errors import InvalidInputError, WorkstationError
from workstation.legislation import citations
from workstation.legislation.article_changes import ArticleChange, article_change
from workstation.legislation.article_pairs import NAMES_A_DUTY, ArticlePairs, pairs_in
from workstation.legislation.citations import (
    CheckedCitation,
    CitationCheck,
    FoundCitation,
    Verdict,
)
from workstation.legislation.file_imports import (
    FileImporter,
    FileOutcome,
    GivenDays,
    files_in,
    recognise,
)
from workstation.legislation.imported_texts import ImportedTexts, LawImport
from workstation.legislation.law_files.file_lines import read_lines
from workstation.legislation.law_records import ArticleView, VersionView
from workstation.legislation.law_store import LawStore
from workstation.legislation.national_store import ensure_store
from workstation.legislation.regions import NATIONAL
from workstation.legislation.search import Asker, SearchAnswer, SearchIndex
from workstation.legislation.statute_search import ensure_statute_search
from workstation.legislation.successions import (
    Succession,
    VersionComparison,
    compare_versions,
    succession,
)
from workstation.operations.changes import Changes
from workstation.operations.kept_answers import KeptAnswers
from workstation.operations.search_office import EVERYWHERE, SearchOffice

Progress = Callable[[int, int], None]
# The papers of some hundred cases cite no more different articles.
_KEPT = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class LawStatus:
    """Whether the statutes can be searched, and what they are; counts are 0 until then."""

    ready: bool
    instruments: int = 0
    articles: int = 0
    package: str = ""


class LawNotReadyError(InvalidInputError):
    """The statutes were not read in yet."""

    code = "law_not_ready"


class LawOperations:
    """Reading the statutes of one home; every method may be called from any thread."""

    def __init__(self, folder: Path, home: Path, office: SearchOffice | None = None) -> None:
        """Keep the statutes in ``folder``; ``office`` tells whose law a search looks for."""
        self._office = office
        self._folder = folder
        self._home = home
        self._building = Lock()
        self._texts = ImportedTexts(folder)
        self._store: LawStore | None = None
        self._index: SearchIndex | None = None
        self._indexed: LawStore | None = None
        self._replaced: list[LawStore] = []
        self._examined = KeptAnswers[tuple[str, ArticleReference, date], CitationCheck](_KEPT)
        self._pairs: dict[tuple[str, str, date], Mapping[ArticleReference, ArticlePairs]] = {}

    @property
    def is_ready(self) -> bool:
        """Whether :meth:`build` was done in this session; told without reading anything."""
        return self._store is not None and self._index is not None

    def status(self) -> LawStatus:
        """Tell whether :meth:`build` was done in this session, and what the statutes hold."""
        store, index = self._store, self._index
        if store is None or index is None:
            return LawStatus(ready=False)
        stats = store.stats()
        return LawStatus(
            ready=True,
            instruments=stats.instruments,
            articles=stats.articles,
            package=stats.package,
        )

    def build(self, progress: Progress | None = None, stop: Event | None = None) -> Changes | None:
        """Open the statutes and their index, building what is absent or out of date.

        Returns None when ``stop`` was set before the index was whole.

        Raises:
            StatutePackageMissingError: the statutes were never installed.
            OSError: the home can't be written.
        """
        with self._building:
            store = self._open_texts(progress)
            if self._indexed is store:
                return Changes()
            index = ensure_statute_search(
                store, self._folder / "index", home=self._home, progress=progress, stop=stop
            )
            if index is None:
                return None
            self._index, self._indexed = index, store
        return Changes.of("law", "national")

    @property
    def is_open(self) -> bool:
        """Whether articles can be looked up at once."""
        return self._store is not None

    def fingerprint(self) -> str:
        """Return what changes with the statutes and every import; empty without statutes."""
        try:
            return self._with_texts().fingerprint
        except WorkstationError:
            return ""

    def open_texts(self, progress: Progress | None = None) -> None:
        """Open the statutes without their index, for looking up articles only.

        Raises:
            StatutePackageMissingError: the statutes were never installed.
        """
        self._with_texts(progress)

    def _with_texts(self, progress: Progress | None = None) -> LawStore:
        with self._building:
            return self._open_texts(progress)

    def _open_texts(self, progress: Progress | None = None) -> LawStore:
        """Return the store with all that was imported until now; older ones may still be read."""
        store = self._store
        if store is None:
            store = ensure_store(self._folder, progress)
        elif store.generation != self._texts.generation:
            self._replaced.append(store)
            store = LawStore.open(self._folder)
        self._store = store
        return store

    def recognise_all(
        self,
        paths: Iterable[Path],
        given: GivenDays | None = None,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> tuple[FileOutcome, ...]:
        """Say what the files named and those of the folders named would be taken in as."""
        store, found = self._with_texts(), files_in(paths)
        outcomes = []
        for done, path in enumerate(found):
            if stop is not None and stop.is_set():
                break
            if progress is not None:
                progress(done, len(found))
            outcomes.append(recognise(path, store, given))
        return tuple(outcomes)

    def import_files(
        self,
        paths: Iterable[Path],
        by: str,
        *,
        given: GivenDays | None = None,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> tuple[FileOutcome, ...]:
        """Take in the files named and those in the folders named; each is one transaction.

        The texts can be searched after the next :meth:`build`; the old index answers until then.

        Raises:
            LawStoreDamagedError: the file of imported texts can't be read.
            OSError: the disk is full; files taken in before stay.
        """
        importer = FileImporter(self._with_texts(), self._texts, by)
        return tuple(importer.take_all(files_in(paths), given, progress, stop))

    def imports(self) -> tuple[LawImport, ...]:
        """Return what was imported, the newest first."""
        return self._texts.imports()

    def undo_import(self, number: int) -> Changes:
        """Take an imported text out again.

        Raises:
            ImportNotFoundError: there is no such import, or it was undone before.
        """
        self._texts.undo(number, datetime.now())
        return Changes.of("law", "imported")

    def search(
        self,
        query: str,
        *,
        as_of: date | None = None,
        kind: str | None = None,
        region: str | None = None,
        limit: int = 20,
        as_typed: bool = False,
    ) -> SearchAnswer:
        """Return the articles that answer ``query``, in force on ``as_of`` (None: today).

        ``region`` is the place at which they must be law (None: the office's own, where the table
        of regions has it; ``EVERYWHERE``: any). The laws of the office's matters come sooner.
        ``as_typed`` takes no other words than those of the query.

        Raises:
            LawNotReadyError: the statutes were not read in yet.
            InvalidInputError: the region named is in no table, or there is no such kind.
        """
        if self._index is None:
            raise LawNotReadyError("法规库还没有建立完成。", hint="请等待后台建库完成后再检索。")
        if kind is not None and kind not in self._index.kinds:
            kinds = "、".join(self._index.kinds)
            raise InvalidInputError(
                f"库中没有“{kind}”这一种类的法规。", hint=f"现有种类：{kinds}。"
            )
        own = self._office.asker() if self._office else Asker()
        asker = replace(
            own, region=self._region(self._index, region, own.region), as_typed=as_typed
        )
        return self._index.search(query, as_of=as_of, kind=kind, limit=limit, asker=asker)

    def warm(self) -> None:
        """Read ahead what most searches need (some tenths of a second); nothing without texts."""
        if self._index is not None:
            self._index.warm()

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of instruments there are, the highest first."""
        return self._index.kinds if self._index is not None else ()

    def own_region(self) -> str | None:
        """Return the region a search keeps to unless told otherwise; None where there is none."""
        if self._office is None or self._index is None:
            return None
        return self._region(self._index, None, self._office.asker().region)

    @staticmethod
    def _region(index: SearchIndex, asked: str | None, own: str | None) -> str | None:
        if asked is None:
            return own if own and index.knows_region(own) else None
        if asked == EVERYWHERE:
            return None
        if asked != NATIONAL and not index.knows_region(asked):
            raise InvalidInputError(
                f"地区表里没有“{asked}”。",
                hint=f"请写全称，例如“浙江省”“温州市”；不限地区请写“{EVERYWHERE}”。",
            )
        return asked

    def show(self, reference: ArticleReference | str, as_of: date | None = None) -> ArticleView:
        """Return one article as of a day (None: today).

        Raises:
            InvalidInputError: the text is no citation of one article.
            InstrumentNotFoundError, AmbiguousTitleError, ArticleNotFoundError: see ``LawStore``.
        """
        store = self._require()
        if isinstance(reference, str):
            found = citations.resolve_query(reference, store.titles)
            if not found:
                self._refuse(store, reference)
            reference = found[0]
        return store.article(reference, as_of)

    def _refuse(self, store: LawStore, text: str) -> None:
        title = citations.title_part(text)
        if title:
            store.find_instrument(title)
        message = f"“{text}”不是一条法律的引用。"
        raise InvalidInputError(message, hint="请写作：行政处罚法 第六十三条，或 行政处罚法 63。")

    def article(self, article_id: int, as_of: date | None = None) -> ArticleView:
        """Return the article that a search result names."""
        return self._require().article_by_id(article_id, as_of)

    def pairs(self, reference: ArticleReference, as_of: date | None = None) -> ArticlePairs:
        """Return the 义务条 and 罚则条 that the words of the instrument pair with an article.

        Raises:
            InstrumentNotFoundError, AmbiguousTitleError: see ``LawStore``.
        """
        store = self._require()
        key = (store.fingerprint, reference.title, as_of or date.today())
        if key not in self._pairs:
            articles = store.articles_like(reference.title, NAMES_A_DUTY, as_of)
            self._pairs[key] = pairs_in(articles, store.titles)
        return self._pairs[key].get(reference.whole, ArticlePairs())

    def titles_like(self, typed: str) -> tuple[str, ...]:
        """Return the instruments that ``typed`` may mean; none before the texts were opened."""
        return self._store.find_instruments(typed) if self._store is not None else ()

    def versions(self, title: str) -> tuple[VersionView, ...]:
        """Return the texts of an instrument that are at hand, the oldest first."""
        return self._require().versions(title)

    def succession(self, title: str) -> Succession:
        """Return an instrument's texts, what repealed it and what it repealed.

        Raises:
            InstrumentNotFoundError, AmbiguousTitleError: see ``LawStore``.
        """
        return succession(self._require(), title)

    def compare(
        self, title: str, old: date | None = None, new: date | None = None, other: str = ""
    ) -> VersionComparison:
        """Compare two texts 款 by 款; see :func:`~.successions.compare_versions`.

        Raises:
            InvalidInputError: there is only one text to be had.
            InstrumentNotFoundError, AmbiguousTitleError: see ``LawStore``.
        """
        return compare_versions(self._require(), title, old, new, other)

    def citations_in(self, text: str) -> tuple[FoundCitation, ...]:
        """Return the citations in running text with their places, for underlining and checking."""
        store = self._store
        return citations.find_citations(text, store.titles) if store else ()

    def verdict(self, reference: ArticleReference, as_of: date | None = None) -> Verdict:
        """Say whether the cited provision exists and was law on ``as_of`` (None: today)."""
        return citations.check(self._require(), reference, as_of or date.today())

    def article_change(
        self, reference: ArticleReference, since: date | None, as_of: date
    ) -> ArticleChange | None:
        """Return what became of an article after ``since`` and up to ``as_of``."""
        return article_change(self._require(), reference, since, as_of)

    def examine(self, reference: ArticleReference, as_of: date | None = None) -> CitationCheck:
        """Check one reference as of a day (None: today), with the reason in words."""
        store, day = self._require(), as_of or date.today()
        return self._examined.get(
            (store.fingerprint, reference, day), lambda: citations.examine(store, reference, day)
        )

    def check_text(self, text: str, as_of: date | None = None) -> tuple[CheckedCitation, ...]:
        """Find every citation in a text and check it as of a day (None: today)."""
        return citations.check_text(self._with_texts(), text, as_of or date.today())

    def check_file(self, path: Path, as_of: date | None = None) -> tuple[CheckedCitation, ...]:
        """Check every citation in a document of any kind that texts of law come in.

        Raises:
            UnknownFileKindError, UnreadableFileError: see ``file_lines.read_lines``.
        """
        return self.check_text("\n".join(read_lines(path).lines), as_of)

    def _require(self) -> LawStore:
        if self._store is None:
            raise LawNotReadyError("法规库还没有建立完成。", hint="请等待后台建库完成后再查询。")
        return self._store

    def close(self) -> None:
        """Close the store; the object can't be used afterwards."""
        for store in (*self._replaced, self._store):
            if store is not None:
                store.close()
        self._replaced.clear()
        self._store = None
