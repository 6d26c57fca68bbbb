"""The numbers the index holds for each article: its days in force, kind, law, and duplicates."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from workstation.legislation.analysis import fold
from workstation.legislation.index_folder import IndexDescription
from workstation.legislation.index_reading import IndexReader
from workstation.legislation.index_schema import NO_END
from workstation.legislation.priors import OfficeField, Priors
from workstation.legislation.regions import RegionTable
from workstation.legislation.titles import plain_title

_MASKS_KEPT = 8
_COUNTRY = "中华人民共和国"
Points = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which articles may be shown: those of a day, a kind, a place; None is no limit.

    Of a place are the texts that may be law there: the nation's, its own and those of the places
    above it or in it.
    """

    day: date | None
    kind: str | None
    region: str | None = None


class DocumentTable:
    """Columns by document number; may be used by many threads."""

    def __init__(
        self,
        reader: IndexReader,
        description: IndexDescription,
        priors: Priors,
        regions: RegionTable | None = None,
    ) -> None:
        self._region_table = regions or RegionTable({})
        self._region_names = description.regions
        self._regions = reader.numbers("region")
        self.places = reader.numbers("place")
        self._kind_names = description.kinds
        self._instrument_names = description.instruments
        self._articles = reader.numbers("article")
        # The ordinal of the first day the text is law.
        self.starts = reader.numbers("starts")
        self._ends = reader.numbers("ends")
        self._kinds = reader.numbers("kind")
        self._instruments = reader.numbers("instrument")
        self._deleted = reader.deleted
        self._groups = description.groups
        self._groups_of: dict[int, tuple[int, ...]] = {}
        for group, members in enumerate(description.groups):
            for number in members:
                self._groups_of[number] = (*self._groups_of.get(number, ()), group)
        self._lock = Lock()
        self._masks: OrderedDict[Scope, Mask] = OrderedDict()
        self._fields: OrderedDict[OfficeField, Points] = OrderedDict()
        self.prior = self.points(priors.levels, priors.instruments)

    def points(self, levels: Mapping[str, float], laws: Mapping[str, float]) -> Points:
        """Return the points of each article by its level and its law (full or plain title)."""
        of_level = [levels.get(name, 0.0) for name in self._kind_names]
        of_law = [
            laws.get(name, laws.get(plain_title(name), 0.0)) for name in self._instrument_names
        ]
        points: Points = np.array(of_level, np.float32)[self._kinds]
        points += np.array(of_law, np.float32)[self._instruments]
        return points

    def with_field(self, field: OfficeField) -> Points:
        """Return the points of each article where an office's own laws count as well."""
        with self._lock:
            known = self._fields.get(field)
        if known is not None:
            return known
        made = self.prior + self.points({}, field.law_points())
        with self._lock:
            self._fields[field] = made
            if len(self._fields) > _MASKS_KEPT:
                self._fields.popitem(last=False)
        return made

    def admitted(self, scope: Scope) -> Mask:
        """Return of each document whether the scope admits it."""
        with self._lock:
            known = self._masks.get(scope)
        if known is not None:
            return known
        mask = self._mask(scope)
        with self._lock:
            self._masks[scope] = mask
            if len(self._masks) > _MASKS_KEPT:
                self._masks.popitem(last=False)
        return mask

    def _mask(self, scope: Scope) -> Mask:
        mask = np.ones(len(self._articles), np.bool_)
        if scope.day is not None:
            day = scope.day.toordinal()
            mask &= (self.starts <= day) & (day < self._ends)
        if scope.kind is not None:
            wanted = np.array([name == scope.kind for name in self._kind_names], np.bool_)
            mask &= wanted[self._kinds]
        if scope.region is not None:
            table, place = self._region_table, scope.region
            names = self._region_names
            held = np.array([table.holds_at(region, place) for region in names], np.bool_)
            mask &= held[self._regions]
        mask[list(self._deleted)] = False
        return mask

    @property
    def count(self) -> int:
        """The number of documents, without those that are deleted."""
        return len(self._articles) - len(self._deleted)

    def article_id(self, number: int) -> int:
        """Return the key of the article in the law store."""
        return int(self._articles[number])

    def number_of(self, article_id: int) -> int | None:
        """Return the document number of an article, None where the index lacks it."""
        return self._numbers.get(article_id)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {
            article: number
            for number, article in enumerate(self._articles.tolist())
            if number not in self._deleted
        }

    def kinds(self) -> tuple[str, ...]:
        """Return the levels of the instruments that the index holds, in no order."""
        return tuple(self._kind_names[kind] for kind in np.unique(self._kinds).tolist())

    def knows_region(self, place: str) -> bool:
        """Tell whether texts can be parted by whether they are law at ``place``."""
        return self._region_table.knows(place)

    def region(self, number: int) -> str:
        """Return the place whose law the article is; 全国 for the nation's."""
        return self._region_names[int(self._regions[number])]

    def kind(self, number: int) -> str:
        """Return the level of the article's instrument, as the law store names it."""
        return self._kind_names[int(self._kinds[number])]

    def effective_from(self, number: int) -> date:
        """Return the first day the text is law."""
        return date.fromordinal(int(self.starts[number]))

    def effective_to(self, number: int) -> date | None:
        """Return the first day the text is no longer law; None where no end is known."""
        end = int(self._ends[number])
        return None if end == NO_END else date.fromordinal(end)

    def is_in_force(self, number: int, day: date) -> bool:
        """Tell whether the text is law on a day."""
        return bool(self.starts[number] <= day.toordinal() < self._ends[number])

    def groups(self, number: int) -> tuple[int, ...]:
        """Return the numbers of the groups that hold an article: its versions, its duplicates."""
        return self._groups_of.get(number, ())

    def others(self, number: int) -> tuple[int, ...]:
        """Return the article ids of the other versions and duplicates, newest first."""
        same = {n for group in self.groups(number) for n in self._groups[group]} - {number}
        newest_first = sorted(same, key=lambda n: (-self.starts[n], n))
        return tuple(map(self.article_id, newest_first))

    def instruments_named(self, words: Iterable[str]) -> frozenset[int]:
        """Return the numbers of the instruments whose whole title is one of the folded words."""
        found = (self._titles.get(word.removeprefix(_COUNTRY)) for word in words)
        return frozenset(number for number in found if number is not None)

    @cached_property
    def _titles(self) -> dict[str, int]:
        names = enumerate(self._instrument_names)
        return {fold(name).removeprefix(_COUNTRY): number for number, name in names}

    def of_instruments(self, named: Iterable[int]) -> Mask:
        """Return of each document whether it is of an instrument that was named."""
        return np.isin(self._instruments, list(named))
