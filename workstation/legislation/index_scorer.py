"""BM25 over several fields: the telling terms find the documents, all terms weigh the best.

The terms that can add most are walked posting by posting, as far as the postings allowed for one
query reach. Of what they find, the caller has the best weighed by all terms: the lists of the
others are only asked for those few, so no more is added up. A term that stands in more than a
tenth of the articles finds nothing unless all terms do: that costs most of the time and changes
nothing (MRR .397 and .396 on STARD, engineering/search.md).
"""

import math
from array import array
from bisect import bisect_left
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from workstation.legislation.index_reading import LENGTHS, IndexReader

K1 = 1.2
B = 0.75
COMMON_SHARE = 0.10
_CACHE_BYTES = 64 << 20
_ENTRY_OVERHEAD = 300
_MOST_POSTINGS = 6_000
_MOST_COUNTED = 255
# A term that can't add this much (its idf times its weight) weighs nothing beside others.
_LEAST_ADDED = 0.4
# A term that more than one in so many documents hold gets a table of its counts when it weighs
# again.
_LISTED_SHARE = 16
_Kept = TypeVar("_Kept", "array[float]", bytes)


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term of one field and how much it counts."""

    field: str
    term: str
    weight: float


class _Cache(Generic[_Kept]):
    """Keeps what was made of a term while memory allows; the longest unused goes first."""

    def __init__(self, item_bytes: int) -> None:
        self._item_bytes = item_bytes
        self._lock = Lock()
        self._kept: OrderedDict[object, _Kept] = OrderedDict()
        self._bytes = 0

    def get(self, key: object) -> _Kept | None:
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
            return known

    def keep(self, key: object, made: _Kept) -> None:
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = made
            self._bytes += self._size(made)
            while self._bytes > _CACHE_BYTES:
                _, dropped = self._kept.popitem(last=False)
                self._bytes -= self._size(dropped)

    def _size(self, made: _Kept) -> int:
        return self._item_bytes * len(made) + _ENTRY_OVERHEAD


class Matches:
    """What some terms find: ``found`` is a first score of each document that holds a telling one.

    ``scores`` gives the whole scores of chosen documents.
    """

    def __init__(
        self, scorer: "Bm25Scorer", found: Mapping[int, float], others: Sequence[WeightedTerm]
    ) -> None:
        self._scorer = scorer
        self._others = others
        self.found = found

    def scores(self, numbers: Sequence[int]) -> list[float]:
        """Return one whole score per document number; 0.0 where it holds none of the terms."""
        scores = [self.found.get(number, 0.0) for number in numbers]
        self._scorer.add(self._others, numbers, scores)
        return scores


class Bm25Scorer:
    """Scores documents for some terms; may be used by many threads."""

    def __init__(self, reader: IndexReader, *, common_share: float = COMMON_SHARE) -> None:
        self._reader = reader
        self._common = common_share * reader.count
        self._damping: dict[str, list[float]] = {}
        self._impacts: _Cache[array[float]] = _Cache(4)
        self._counts: _Cache[bytes] = _Cache(1)
        self._weighed: set[tuple[str, str]] = set()

    def matches(self, terms: Iterable[WeightedTerm]) -> Matches:
        """Return what the terms find."""
        counted = [(self._reader.frequency(term.field, term.term), term) for term in terms]
        held = [(self.idf(n) * term.weight, n, term) for n, term in counted if n]
        telling = [each for each in held if each[1] <= self._common] or held
        walked = _affordable(telling)
        found: defaultdict[int, float] = defaultdict(float)
        for term in walked:
            documents = self._reader.postings(term.field, term.term).documents
            for document, impact in zip(documents, self._impact(term), strict=True):
                found[document] += impact
        rest = {term for _, _, term in held}.difference(walked)
        others = [term for most, _, term in held if term in rest and most >= _LEAST_ADDED]
        return Matches(self, found, others)

    def is_common(self, field: str, term: str) -> bool:
        """Tell whether a term is too frequent to say anything."""
        return self._reader.frequency(field, term) > self._common

    def idf(self, frequency: int) -> float:
        """Return the inverse document frequency, always above zero."""
        return math.log(1 + (self._reader.count - frequency + 0.5) / (frequency + 0.5))

    def add(
        self, terms: Iterable[WeightedTerm], numbers: Sequence[int], scores: list[float]
    ) -> None:
        """Add to ``scores`` what ``terms`` give each of the documents ``numbers``."""
        if not numbers:
            return
        places = {number: place for place, number in enumerate(numbers)}
        wanted = frozenset(places)
        for term in terms:
            codes = self._reader.length_codes(term.field)
            damping = self._damping_of(term.field)
            factor = self._factor(term)
            for number, count in self._counted(term, wanted):
                scores[places[number]] += factor * count / (count + damping[codes[number]])

    def _counted(self, term: WeightedTerm, wanted: frozenset[int]) -> Iterable[tuple[int, float]]:
        """Return those of the ``wanted`` documents that hold a term, and how often they do."""
        frequency = self._reader.frequency(term.field, term.term)
        if frequency * _LISTED_SHARE > self._reader.count and self._was_weighed(term):
            counts = self._counts_of(term)
            return [(number, counts[number]) for number in wanted if counts[number]]
        postings = self._reader.postings(term.field, term.term)
        documents, frequencies = postings.documents, postings.frequencies
        held = wanted.intersection(documents)
        return [(number, frequencies[bisect_left(documents, number)]) for number in held]

    def _was_weighed(self, term: WeightedTerm) -> bool:
        """Tell whether a term weighs for the second time, so that a table of it pays."""
        key = (term.field, term.term)
        if key in self._weighed:
            return True
        self._weighed.add(key)
        return False

    def _factor(self, term: WeightedTerm) -> float:
        return self.idf(self._reader.frequency(term.field, term.term)) * term.weight * (K1 + 1)

    def _impact(self, term: WeightedTerm) -> "array[float]":
        """Return what each posting of a term adds to the score of its document."""
        known = self._impacts.get(term)
        if known is not None:
            return known
        postings = self._reader.postings(term.field, term.term)
        codes = self._reader.length_codes(term.field)
        damping = self._damping_of(term.field)
        factor = self._factor(term)
        pairs = zip(postings.documents, postings.frequencies, strict=True)
        impacts = array(
            "f", [factor * f / (f + damping[codes[document]]) for document, f in pairs]
        )
        self._impacts.keep(term, impacts)
        return impacts

    def _counts_of(self, term: WeightedTerm) -> bytes:
        """Return how often a term stands in each document, 255 for more than that."""
        key = (term.field, term.term)
        known = self._counts.get(key)
        if known is not None:
            return known
        postings = self._reader.postings(term.field, term.term)
        counts = bytearray(self._reader.count)
        frequencies: Iterable[float] = postings.frequencies
        if postings.frequencies.typecode != "B":
            frequencies = (min(count, _MOST_COUNTED) for count in frequencies)
        for document, count in zip(postings.documents, frequencies, strict=True):
            counts[document] = int(count)
        made = bytes(counts)
        self._counts.keep(key, made)
        return made

    def _damping_of(self, field: str) -> list[float]:
        known = self._damping.get(field)
        if known is None:
            average = self._reader.average_length(field)
            known = [K1 * (1 - B + B * length / average) for length in LENGTHS]
            self._damping[field] = known
        return known


def _affordable(found: list[tuple[float, int, WeightedTerm]]) -> list[WeightedTerm]:
    """Return the terms that add most, as many as the postings allowed for one query hold.

    ``found`` gives of each term what it may add, the number of its postings, and the term.
    """
    spent = 0
    terms: list[WeightedTerm] = []
    for _, postings, term in sorted(found, key=lambda each: (-each[0], each[1])):
        if not terms or spent + postings <= _MOST_POSTINGS:
            spent += postings
            terms.append(term)
    return terms


def weighted_terms(terms: Iterable[str], weights: Mapping[str, float]) -> list[WeightedTerm]:
    """Return each distinct term for each field of ``weights`` (field to weight)."""
    distinct = dict.fromkeys(terms)
    return [WeightedTerm(f, t, weight) for t in distinct for f, weight in weights.items()]
