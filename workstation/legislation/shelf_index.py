"""The search index of one shelf: the machinery of the law's index over sections of other texts.

A section stands in the index where an article would: the title of its text is the instrument,
its code and number the label. So words, phrases, AND, OR, NOT, lay words and the incremental
update are those of the law.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event, Lock

from workstation.legislation.asked_questions import AskedTable
from workstation.legislation.index_folder import IndexMissingError
from workstation.legislation.index_schema import place_key
from workstation.legislation.index_update import WantedTexts, update_index
from workstation.legislation.index_writer import build_index
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.search import Asker, SearchIndex, SearchResult, open_index
from workstation.legislation.snippets import Snippet

_SECTIONS_LOOKED_AT = 400
_PASSAGES = 3
_SEPARATOR = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfSection:
    """A section of a text: ``number`` counts from 1; ``mark`` names text and version.

    ``day`` is ``date.min`` where the text has none.
    """

    code: str
    number: int
    title: str
    kind: str
    heading: str
    text: str
    day: date
    mark: str


@dataclass(frozen=True, slots=True)
class ShelfPassage:
    """A section that answers, with the words marked."""

    section: int
    snippet: Snippet


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfHit:
    """A text that answers, with the best of its sections; ``score`` compares in one answer."""

    code: str
    title: str
    kind: str
    heading: str
    day: date | None
    score: float
    why: str
    passages: tuple[ShelfPassage, ...]

    def as_json(self) -> dict[str, object]:
        """Return the hit as ``law search --shelf`` prints it; marked words stand in ⟦⟧."""
        return {
            "code": self.code,
            "title": self.title,
            "kind": self.kind,
            "date": self.day.isoformat() if self.day else None,
            "score": round(self.score, 3),
            "why": self.why,
            "passages": [{"section": p.section, "text": p.snippet.marked} for p in self.passages],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfAnswer:
    """The texts found, best first; ``count`` is how many there are, ``hits`` the first of them."""

    took_ms: float
    expanded: tuple[str, ...]
    count: int
    hits: tuple[ShelfHit, ...]

    def as_json(self) -> dict[str, object]:
        """Return the answer as ``law search --shelf`` prints it."""
        return {
            "took_ms": round(self.took_ms, 2),
            "expanded": list(self.expanded),
            "count": self.count,
            "results": [hit.as_json() for hit in self.hits],
        }


class ShelfIndex:
    """The index of one shelf in a folder of its own; may be used from any thread."""

    def __init__(self, folder: Path, home: Path) -> None:
        self._folder = folder
        self._home = home
        self._lock = Lock()
        self._source = ""
        self._index: SearchIndex | None = None

    def bring_up_to_date(
        self,
        marks: Set[str],
        sections: Callable[[Container[str]], Iterable[ShelfSection]],
        *,
        source: str,
        progress: Callable[[int, int], None] | None = None,
        stop: Event | None = None,
    ) -> bool:
        """Make the index hold the texts of ``marks``; False where ``stop`` was set before.

        ``sections`` gives those of the marks asked for; ``source`` names the state of the shelf.

        Raises:
            OSError: the folder can't be written; the index before stays in use.
        """
        with self._lock:
            if self._index is not None and self._source == source:
                return True
            wanted = WantedTexts(
                marks=marks,
                articles=lambda missing: _as_articles(sections(missing)),
                source=f"shelf+{source}",
            )
            try:
                self._index = self._open(wanted.source)
            except IndexMissingError:
                if not self._renew(wanted, progress, stop):
                    return False
                self._index = self._open(wanted.source)
            self._source = source
        return True

    def _open(self, source: str) -> SearchIndex:
        return open_index(self._folder, source=source, home=self._home, asked=AskedTable())

    def _renew(
        self,
        wanted: WantedTexts,
        progress: Callable[[int, int], None] | None,
        stop: Event | None,
    ) -> bool:
        try:
            built = update_index(self._folder, wanted, progress=progress, stop=stop)
        except (IndexMissingError, FileNotFoundError):  # none, or another program replaced it
            built = build_index(
                self._folder,
                tuple(wanted.articles(wanted.marks)),
                source=wanted.source,
                progress=progress,
                stop=stop,
            )
        return built is not None

    def search(
        self, query: str, *, kind: str | None = None, limit: int = 20, as_typed: bool = False
    ) -> ShelfAnswer:
        """Return the texts that answer ``query``; none before the index was brought up to date."""
        index = self._index
        if index is None or not index.count or not query.strip():
            return ShelfAnswer(took_ms=0.0, expanded=(), count=0, hits=())
        found = index.search(
            query,
            kind=kind,
            limit=_SECTIONS_LOOKED_AT,
            any_day=True,
            asker=Asker(as_typed=as_typed),
        )
        by_code: dict[str, list[SearchResult]] = {}
        for result in found.results:
            by_code.setdefault(result.label.rpartition(_SEPARATOR)[0], []).append(result)
        hits = tuple(_hit(code, results) for code, results in list(by_code.items())[:limit])
        return ShelfAnswer(
            took_ms=found.took_ms, expanded=found.expanded, count=len(by_code), hits=hits
        )


def _hit(code: str, results: list[SearchResult]) -> ShelfHit:
    best = results[0]
    marked = [result for result in results if result.snippet.spans] or [best]
    return ShelfHit(
        code=code,
        title=best.instrument,
        kind=best.kind,
        heading=best.heading,
        day=None if best.effective_from == date.min else best.effective_from,
        score=best.score,
        why=best.why,
        passages=tuple(
            ShelfPassage(int(r.label.rpartition(_SEPARATOR)[2]), r.snippet)
            for r in marked[:_PASSAGES]
        ),
    )


def _as_articles(sections: Iterable[ShelfSection]) -> Iterator[IndexedArticle]:
    for section in sections:
        label = f"{section.code}{_SEPARATOR}{section.number}"
        yield IndexedArticle(
            id=place_key(section.mark, label),
            instrument=section.title,
            level=section.kind,
            region="",
            heading=section.heading,
            label=label,
            text=section.text,
            promulgated=section.day,
            effective_from=section.day,
            effective_to=None,
            trust="",
            mark=section.mark,
        )
