"""The law desk: having the statutes at hand, searching them, reading an article of a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event, Lock

from workstation.domain.citations import ArticleReference
from workstation.errors import InvalidInputError
from workstation.legislation import citations
from workstation.legislation.citations import CitationCheck, FoundCitation, Verdict
from workstation.legislation.law_records import ArticleView, VersionView
from workstation.legislation.law_store import LawStore
from workstation.legislation.national_store import ensure_store
from workstation.legislation.search import SearchAnswer, SearchIndex
from workstation.legislation.statute_search import ensure_statute_search
from workstation.operations.changes import Changes

Progress = Callable[[int, int], None]


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

    def __init__(self, folder: Path, home: Path) -> None:
        self._folder = folder
        self._home = home
        self._building = Lock()
        self._store: LawStore | None = None
        self._index: SearchIndex | None = None

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
            if self._index is not None:
                return Changes()
            store = self._open_texts(progress)
            index = ensure_statute_search(
                store, self._folder / "index", home=self._home, progress=progress, stop=stop
            )
            if index is None:
                return None
            self._index = index
        return Changes.of("law", "national")

    def open_texts(self, progress: Progress | None = None) -> None:
        """Open the statutes without their index, for looking up articles only.

        Raises:
            StatutePackageMissingError: the statutes were never installed.
        """
        with self._building:
            self._open_texts(progress)

    def _open_texts(self, progress: Progress | None) -> LawStore:
        store = self._store or ensure_store(self._folder, progress)
        self._store = store
        return store

    def search(
        self, query: str, *, as_of: date | None = None, kind: str | None = None, limit: int = 20
    ) -> SearchAnswer:
        """Return the articles that answer ``query``, in force on ``as_of`` (None: today)."""
        if self._index is None:
            raise LawNotReadyError("法规库还没有建立完成。", hint="请等待后台建库完成后再检索。")
        return self._index.search(query, as_of=as_of, kind=kind, limit=limit)

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

    def browse(self, title: str, as_of: date | None = None) -> tuple[ArticleView, ...]:
        """Return a whole instrument as of a day, in order."""
        return self._require().instrument_articles(title, as_of)

    def versions(self, title: str) -> tuple[VersionView, ...]:
        """Return the texts of an instrument that are at hand, the oldest first."""
        return self._require().versions(title)

    def citations_in(self, text: str) -> tuple[FoundCitation, ...]:
        """Return the citations in running text with their places, for underlining and checking."""
        store = self._store
        return citations.find_citations(text, store.titles) if store else ()

    def verdict(self, reference: ArticleReference, as_of: date | None = None) -> Verdict:
        """Say whether the cited provision exists and was law on ``as_of`` (None: today)."""
        return citations.check(self._require(), reference, as_of or date.today())

    def examine(self, reference: ArticleReference, as_of: date | None = None) -> CitationCheck:
        """Check one reference as of a day (None: today), with the reason in words."""
        return citations.examine(self._require(), reference, as_of or date.today())

    def _require(self) -> LawStore:
        if self._store is None:
            raise LawNotReadyError("法规库还没有建立完成。", hint="请等待后台建库完成后再查询。")
        return self._store

    def close(self) -> None:
        """Close the store; the object can't be used afterwards."""
        if self._store is not None:
            self._store.close()
            self._store = None
