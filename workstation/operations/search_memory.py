"""What one desk searched and pinned, and what a half-typed query may become."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Any

from workstation.atomic_files import write_text_atomically
from workstation.operations.changes import Changes
from workstation.operations.law import LawOperations
from workstation.operations.office import OfficeOperations

_KEPT = 50
_SHORTEST = 2
FILE_NAME = "searches.json"


class SuggestionKind(StrEnum):
    """Where a suggestion comes from."""

    PINNED = "常用条文"
    RECENT = "最近检索"
    LAW = "法规"
    MATTER = "事项"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query somebody may mean, and where it comes from."""

    kind: SuggestionKind
    text: str

    def as_json(self) -> dict[str, str]:
        """Return the suggestion for the command line."""
        return {"kind": self.kind.value, "text": self.text}


class SearchMemory:
    """The recent queries and the pinned articles of this desk, in a small file of its home.

    A file that can't be read is put aside under another name, so that nothing is lost.
    """

    def __init__(self, home: Path, law: LawOperations, office: OfficeOperations) -> None:
        self._path = home / FILE_NAME
        self._law = law
        self._office = office
        self._lock = Lock()

    def recent(self) -> tuple[str, ...]:
        """Return the queries that were used, the latest first."""
        return tuple(self._read()["recent"])

    def pinned(self) -> tuple[str, ...]:
        """Return the pinned articles as full citations, in the order they were pinned."""
        return tuple(self._read()["pinned"])

    def remember(self, query: str) -> Changes:
        """Put a query that led to an article on top of the recent ones."""
        wanted = query.strip()
        with self._lock:
            kept = self._read()
            kept["recent"] = [wanted, *(q for q in kept["recent"] if q != wanted)][:_KEPT]
            return self._write(kept) if wanted else Changes()

    def forget(self) -> Changes:
        """Forget the recent queries; what is pinned stays."""
        with self._lock:
            return self._write(self._read() | {"recent": []})

    def pin(self, reference: str) -> Changes:
        """Keep an article at hand.

        Raises:
            WorkstationError: there is no such article; the statutes must have been opened.
        """
        view = self._law.show(reference)
        citation = f"《{view.title}》{view.label}"
        with self._lock:
            kept = self._read()
            if citation in kept["pinned"]:
                return Changes()
            return self._write(kept | {"pinned": [*kept["pinned"], citation]})

    def unpin(self, citation: str) -> Changes:
        """Take a pinned article away; one that is not pinned changes nothing."""
        with self._lock:
            kept = self._read()
            if citation not in kept["pinned"]:
                return Changes()
            return self._write(kept | {"pinned": [p for p in kept["pinned"] if p != citation]})

    def toggle_pin(self, citation: str) -> Changes:
        """Pin an article, or take it away where it is pinned."""
        return self.unpin(citation) if citation in self.pinned() else self.pin(citation)

    def suggest(self, typed: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Return what ``typed`` may become: pinned, recent, titles of laws, own matters."""
        wanted = typed.strip()
        if not wanted:
            return ()
        found = [Suggestion(SuggestionKind.PINNED, p) for p in self.pinned() if wanted in p]
        found += [
            Suggestion(SuggestionKind.RECENT, query)
            for query in self.recent()
            if wanted in query and query != wanted
        ]
        if len(wanted) >= _SHORTEST:
            titles = self._law.titles_like(wanted)
            found += [Suggestion(SuggestionKind.LAW, title) for title in titles]
            names = (matter.name for matter in self._office.matters())
            found += [Suggestion(SuggestionKind.MATTER, name) for name in names if wanted in name]
        return tuple(found[:limit])

    def _read(self) -> dict[str, Any]:
        empty: dict[str, Any] = {"recent": [], "pinned": []}
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            return {key: [str(text) for text in kept[key]] for key in empty}
        except FileNotFoundError:
            return empty
        except (ValueError, KeyError, TypeError):
            aside = f"{self._path.stem}.{datetime.now():%Y%m%d%H%M%S}.damaged"
            self._path.rename(self._path.with_name(aside))
            return empty

    def _write(self, kept: dict[str, Any]) -> Changes:
        write_text_atomically(self._path, json.dumps(kept, ensure_ascii=False, indent=1))
        return Changes.of("searches", "desk")
