"""The numbers the index holds for each article: its days in force, kind, law, and duplicates."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock

from workstation.legislation.analysis import fold
from workstation.legislation.index_folder import IndexDescription
from workstation.legislation.index_reading import IndexReader
from workstation.legislation.index_schema import NO_END
from workstation.legislation.priors import Priors

_MASKS_KEPT = 8
_COUNTRY = "中华人民共和国"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which articles may be shown: those of a day and a kind; None is no limit."""

    day: date | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """Which documents a scope admits: one byte each, 1 where it does; and the others' numbers."""

    admitted: bytes
    hidden: tuple[int, ...]


class DocumentTable:
    """Columns by document number; may be used by many threads."""

    def __init__(self, reader: IndexReader, description: IndexDescription, priors: Priors) -> None:
        self._kind_names = description.kinds
        self._instrument_names = description.instruments
        self._articles = reader.numbers("article")
        self._starts = reader.numbers("starts")
        self._ends = reader.numbers("ends")
        self._kinds = reader.numbers("kind")
        self._instruments = reader.numbers("instrument")
        self._groups = description.groups
        self._groups_of: dict[int, tuple[int, ...]] = {}
        for group, members in enumerate(description.groups):
            for number in members:
                self._groups_of[number] = (*self._groups_of.get(number, ()), group)
        self._lock = Lock()
        self._masks: OrderedDict[Scope, Shown] = OrderedDict()
        levels = [priors.levels.get(name, 0.0) for name in description.kinds]
        laws = [priors.instruments.get(name, 0.0) for name in description.instruments]
        self.prior = [
            levels[kind] + laws[law]
            for kind, law in zip(self._kinds, self._instruments, strict=True)
        ]

    def shown(self, scope: Scope) -> Shown:
        """Return the documents of a scope."""
        with self._lock:
            known = self._masks.get(scope)
        if known is not None:
            return known
        mask = self._mask(scope)
        shown = Shown(mask, tuple(number for number, held in enumerate(mask) if not held))
        with self._lock:
            self._masks[scope] = shown
            if len(self._masks) > _MASKS_KEPT:
                self._masks.popitem(last=False)
        return shown

    def _mask(self, scope: Scope) -> bytes:
        mask = [True] * len(self._articles)
        if scope.day is not None:
            day = scope.day.toordinal()
            days = zip(self._starts, self._ends, strict=True)
            mask = [start <= day < end for start, end in days]
        if scope.kind is not None:
            wanted = {n for n, name in enumerate(self._kind_names) if name == scope.kind}
            kinds = zip(mask, self._kinds, strict=True)
            mask = [held and kind in wanted for held, kind in kinds]
        return bytes(mask)

    @property
    def count(self) -> int:
        """The number of documents."""
        return len(self._articles)

    def article_id(self, number: int) -> int:
        """Return the key of the article in the law store."""
        return self._articles[number]

    def number_of(self, article_id: int) -> int | None:
        """Return the document number of an article, None where the index lacks it."""
        return self._numbers.get(article_id)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {article: number for number, article in enumerate(self._articles)}

    def kind(self, number: int) -> str:
        """Return the level of the article's instrument, as the law store names it."""
        return self._kind_names[self._kinds[number]]

    def effective_from(self, number: int) -> date:
        """Return the first day the text is law."""
        return date.fromordinal(self._starts[number])

    def effective_to(self, number: int) -> date | None:
        """Return the first day the text is no longer law; None where no end is known."""
        end = self._ends[number]
        return None if end == NO_END else date.fromordinal(end)

    def is_in_force(self, number: int, day: date) -> bool:
        """Tell whether the text is law on a day."""
        return self._starts[number] <= day.toordinal() < self._ends[number]

    def starts(self, number: int) -> int:
        """Return the ordinal of the first day the text is law, for putting newer texts first."""
        return self._starts[number]

    def groups(self, number: int) -> tuple[int, ...]:
        """Return the numbers of the groups that hold an article: its versions, its duplicates."""
        return self._groups_of.get(number, ())

    def others(self, number: int) -> tuple[int, ...]:
        """Return the article ids of the other versions and duplicates, newest first."""
        same = {n for group in self.groups(number) for n in self._groups[group]} - {number}
        newest_first = sorted(same, key=lambda n: (-self._starts[n], n))
        return tuple(self._articles[n] for n in newest_first)

    def instruments_named(self, words: Iterable[str]) -> frozenset[int]:
        """Return the numbers of the instruments whose whole title is one of the folded words."""
        found = (self._titles.get(word.removeprefix(_COUNTRY)) for word in words)
        return frozenset(number for number in found if number is not None)

    @cached_property
    def _titles(self) -> dict[str, int]:
        names = enumerate(self._instrument_names)
        return {fold(name).removeprefix(_COUNTRY): number for number, name in names}

    def instrument(self, number: int) -> int:
        """Return the number of the article's instrument, as ``instruments_named`` gives it."""
        return self._instruments[number]
