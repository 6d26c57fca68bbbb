"""Whose law a search looks for: the office's region, and the laws its list of matters rests on."""

from collections import Counter
from datetime import date
from threading import Lock

from workstation.domain.matters import Matter
from workstation.legislation.priors import OfficeField
from workstation.legislation.search import Asker
from workstation.legislation.titles import plain_title
from workstation.storage.database import Database

EVERYWHERE = "全部"


class SearchOffice:
    """Knows the office's place; reads it again only after something was written."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._read: tuple[object, date, Asker] | None = None

    def asker(self) -> Asker:
        """Return the office's region (None before it is set up) and its field of today."""
        today = date.today()
        with self._lock, self._database.reading() as unit:
            head = unit.log.head()
            if self._read is None or self._read[:2] != (head, today):
                region = unit.office.get().agency.region if unit.office.exists() else None
                field = field_of(unit.matters.in_force(today))
                self._read = (head, today, Asker(region=region or None, field=field))
            return self._read[2]


def field_of(matters: tuple[Matter, ...]) -> OfficeField:
    """Count the matters that rest on each law; a matter counts once for a law."""
    named = Counter(
        title
        for matter in matters
        for title in {plain_title(reference.title) for reference in matter.articles}
    )
    return OfficeField(tuple(sorted(named.items())))
