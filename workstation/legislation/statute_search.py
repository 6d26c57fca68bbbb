"""The search index of a law store: built when it is missing or out of date, with citations."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event

from workstation.data_files import overlay
from workstation.legislation.citation_grammar import resolve_query
from workstation.legislation.everyday_words import everyday_words_mark, load_everyday_words
from workstation.legislation.index_folder import IndexMissingError
from workstation.legislation.index_update import WantedTexts, update_index
from workstation.legislation.index_writer import BuiltIndex, build_index
from workstation.legislation.law_store import LawStore
from workstation.legislation.search import SearchIndex, open_index


def open_statute_search(store: LawStore, folder: Path, *, home: Path | None = None) -> SearchIndex:
    """Open the index of ``store`` in ``folder``; a query that cites finds its article first.

    Raises:
        IndexMissingError: there is none, it isn't of this machine, or the store has changed.
    """

    def resolve(query: str, day: date) -> list[int]:
        return store.article_ids(resolve_query(query, store.titles), day)

    return open_index(folder, source=index_source(store, home), resolve=resolve, home=home)


def everyday_path(home: Path | None = None) -> Path:
    """Return the file of everyday words that counts: the bureau's own or the shipped one."""
    return overlay("statutes/everyday_words.tsv", home)


def index_source(store: LawStore, home: Path | None = None) -> str:
    """Return the fingerprint of all that an index is built from: texts and everyday words."""
    return f"{everyday_words_mark(everyday_path(home))}.{store.fingerprint}"


def ensure_statute_search(
    store: LawStore,
    folder: Path,
    *,
    home: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: Event | None = None,
) -> SearchIndex | None:
    """Open the index of ``store``, bringing it up to date first; None where stopped.

    ``progress`` gets the articles done and their total while it is built (some seconds); the
    total is 0 while only what was imported or undone is taken in.

    Raises:
        OSError: the folder can't be written or the disk is full.
    """
    try:
        return open_statute_search(store, folder, home=home)
    except IndexMissingError:
        built = _renewed(store, folder, home, progress, stop)
    return open_statute_search(store, folder, home=home) if built else None


def _renewed(
    store: LawStore,
    folder: Path,
    home: Path | None,
    progress: Callable[[int, int], None] | None,
    stop: Event | None,
) -> BuiltIndex | None:
    """Take into the index what was imported or undone; build it whole where that can't be."""
    words = load_everyday_words(everyday_path(home))
    wanted = WantedTexts(
        marks=set(store.marks.values()),
        articles=lambda marks: words.beside(store.articles_marked(marks)),
        source=index_source(store, home),
    )
    try:
        return update_index(folder, wanted, progress=progress, stop=stop)
    except (IndexMissingError, FileNotFoundError):  # none, or another program replaced it
        return build_index(
            folder,
            tuple(words.beside(store.all_articles_for_index())),
            source=wanted.source,
            progress=progress,
            stop=stop,
        )
