"""Searching the shelves beside the law; their indexes follow what is written."""

import hashlib
from collections.abc import Container, Iterable, Iterator, Set
from datetime import date
from pathlib import Path
from threading import Event

from workstation.documents.forms import FormCatalogue
from workstation.domain.shelves import Shelf, ShelfText, sections_of
from workstation.legislation.shelf_index import ShelfAnswer, ShelfIndex, ShelfSection
from workstation.operations.law import Progress
from workstation.operations.shelves.operations import versions_on
from workstation.operations.shelves.own_cases import own_case_sections
from workstation.storage.database import Database

SHELVES = (Shelf.CASES, Shelf.NOTES)


class ShelfSearch:
    """Safe to call from any thread; the indexes are derived and lie with that of the law."""

    def __init__(
        self, database: Database, forms: FormCatalogue, legislation: Path, home: Path
    ) -> None:
        self._database = database
        self._forms = forms
        folder = legislation / "shelves"
        self._indexes = {shelf: ShelfIndex(folder / shelf.value, home) for shelf in SHELVES}

    def refresh(self, progress: Progress | None = None, stop: Event | None = None) -> bool:
        """Take what was written since into the indexes; False where ``stop`` was set before.

        Raises:
            OSError: the home can't be written; the old indexes answer.
        """
        return all(self._refresh(shelf, progress, stop) for shelf in SHELVES)

    def _refresh(self, shelf: Shelf, progress: Progress | None, stop: Event | None) -> bool:
        with self._database.reading() as unit:
            latest = [versions[-1] for versions in versions_on(unit, shelf).values()]
            cases = unit.closed_cases.marks() if shelf is Shelf.CASES else {}
        texts = {text.mark: text for text in latest if not text.removed}

        def sections(missing: Container[str]) -> Iterable[ShelfSection]:
            yield from _sections(texts[mark] for mark in texts if mark in missing)
            wanted = {case: mark for case, mark in cases.items() if mark in missing}
            with self._database.reading() as unit:
                yield from own_case_sections(unit, self._forms, wanted)

        marks = {*texts, *cases.values()}
        return self._indexes[shelf].bring_up_to_date(
            marks, sections, source=_source(marks), progress=progress, stop=stop
        )

    def search(
        self,
        shelf: Shelf,
        query: str,
        *,
        kind: str | None = None,
        limit: int = 20,
        as_typed: bool = False,
    ) -> ShelfAnswer:
        """Return the texts of a shelf that answer ``query``, as they were when last refreshed."""
        return self._indexes[shelf].search(query, kind=kind, limit=limit, as_typed=as_typed)


def _sections(texts: Iterable[ShelfText]) -> Iterator[ShelfSection]:
    for text in texts:
        for number, section in enumerate(sections_of(text.text), 1):
            yield ShelfSection(
                code=text.code,
                number=number,
                title=text.title,
                kind=text.kind,
                heading=text.heading,
                text=section,
                day=text.day or date.min,
                mark=text.mark,
            )


def _source(marks: Set[str]) -> str:
    return hashlib.sha256("\n".join(sorted(marks)).encode()).hexdigest()
