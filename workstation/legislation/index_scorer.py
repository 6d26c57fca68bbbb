"""BM25 over several fields: the telling terms find the documents, all terms weigh the best.

The terms that few documents hold are added up over all of these. A term that stands in more than
a tenth of the articles finds nothing unless all terms do: its table of counts is only asked for
the documents that the caller has weighed. That costs most of the time and changes nothing (MRR
.397 and .396 on STARD, engineering/search.md).
"""

import math
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from workstation.legislation.document_lists import NONE, Documents
from workstation.legislation.index_reading import LENGTHS, IndexReader

K1 = 1.2
B = 0.75
COMMON_SHARE = 0.10
_CACHE_BYTES = 64 << 20
_ENTRY_OVERHEAD = 400
_MOST_COUNTED = 255
_Kept = TypeVar("_Kept")
Scores = NDArray[np.float32]


FieldWeights = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term, the fields it is looked for in with their weights, and how much it counts."""

    term: str
    fields: FieldWeights
    factor: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class _Impacts:
    """What documents get for a term at factor 1: for each field that few hold it in.

    A document stands there once for each such field; ``common`` are the other fields that hold
    the term, with their weights.
    """

    documents: Documents
    points: Scores
    common: FieldWeights


@dataclass(frozen=True, slots=True)
class _Common:
    """A term of one field that many documents hold, and how much it counts."""

    field: str
    term: str
    weight: float


class _Cache(Generic[_Kept]):
    """Keeps what was made of a term while memory allows; the longest unused goes first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[_Kept, int]] = OrderedDict()
        self._bytes = 0

    def get(self, key: Hashable) -> _Kept | None:
        with self._lock:
            known = self._kept.get(key)
            if known is None:
                return None
            self._kept.move_to_end(key)
            return known[0]

    def keep(self, key: Hashable, made: _Kept, size: int) -> None:
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = (made, size + _ENTRY_OVERHEAD)
            self._bytes += size + _ENTRY_OVERHEAD
            while self._bytes > _CACHE_BYTES:
                _, (_, dropped) = self._kept.popitem(last=False)
                self._bytes -= dropped


class Matches:
    """What some terms find: ``found`` is a first score of each document, 0 without a telling term.

    ``scores`` gives the whole scores of chosen documents.
    """

    def __init__(self, scorer: "Bm25Scorer", found: Scores, common: Sequence[_Common]) -> None:
        self._scorer = scorer
        self._common = common
        self.found = found

    def scores(self, numbers: Documents) -> Scores:
        """Return one whole score per document number; 0.0 where it holds none of the terms."""
        return self.found[numbers] + self._scorer.common_scores(self._common, numbers)


class Bm25Scorer:
    """Scores documents for some terms; may be used by many threads."""

    def __init__(self, reader: IndexReader, *, common_share: float = COMMON_SHARE) -> None:
        self._reader = reader
        self._most = common_share * reader.count
        self._damping: dict[str, Scores] = {}
        self._impacts: _Cache[_Impacts] = _Cache()
        self._counts: _Cache[NDArray[np.uint8]] = _Cache()

    def matches(self, terms: Iterable[WeightedTerm]) -> Matches:
        """Return what the terms find."""
        found = np.zeros(self._reader.count, np.float32)
        common: list[_Common] = []
        is_telling = False
        for term in terms:
            impacts = self._impacts_of(term)
            if len(impacts.documents):
                is_telling = True
                np.add.at(found, impacts.documents, np.float32(term.factor) * impacts.points)
            for field, weight in impacts.common:
                common.append(_Common(field, term.term, weight * term.factor))
        if is_telling:
            return Matches(self, found, common)
        return Matches(self, self.common_scores(common, np.arange(self._reader.count)), ())

    def warm(self, terms: Iterable[WeightedTerm]) -> None:
        """Have at hand what scoring with the terms will need."""
        for term in terms:
            for field, _ in self._impacts_of(term).common:
                self._counts_of(field, term.term)

    def is_known(self, field: str, term: str) -> bool:
        """Tell whether any article holds a term."""
        return self._reader.frequency(field, term) > 0

    def is_telling(self, field: str, term: str) -> bool:
        """Tell whether some articles hold a term, but not too many."""
        return 0 < self._reader.frequency(field, term) <= self._most

    def idf(self, field: str, term: str) -> float:
        """Return the inverse document frequency among those that have the field, above zero."""
        frequency = self._reader.frequency(field, term)
        others = self._reader.holding(field) - frequency
        return math.log(1 + (others + 0.5) / (frequency + 0.5))

    def common_scores(self, terms: Iterable[_Common], numbers: Documents) -> Scores:
        """Return what frequent ``terms`` give each of the documents ``numbers``."""
        scores = np.zeros(len(numbers), np.float32)
        if not len(numbers):
            return scores
        damping: dict[str, Scores] = {}
        for term in terms:
            if term.field not in damping:
                damping[term.field] = self._damping_of(term.field).take(numbers)
            counts = self._counts_of(term.field, term.term).take(numbers)
            damped = damping[term.field] + counts
            np.divide(counts, damped, out=damped)
            damped *= np.float32(self._factor(term.field, term.term) * term.weight)
            scores += damped
        return scores

    def _factor(self, field: str, term: str) -> float:
        return self.idf(field, term) * (K1 + 1)

    def _impacts_of(self, term: WeightedTerm) -> _Impacts:
        key = (term.term, term.fields)
        known = self._impacts.get(key)
        if known is not None:
            return known
        common = []
        found: list[tuple[Documents, Scores]] = []
        for field, weight in term.fields:
            frequency = self._reader.frequency(field, term.term)
            if frequency > self._most:
                common.append((field, weight))
            elif frequency:
                found.append(self._points_of(field, term.term, weight))
        if not found:
            found.append((NONE, np.zeros(0, np.float32)))
        documents, points = (
            np.concatenate(parts) if len(found) > 1 else parts[0]
            for parts in zip(*found, strict=True)
        )
        made = _Impacts(documents, points, tuple(common))
        self._impacts.keep(key, made, made.documents.nbytes + made.points.nbytes)
        return made

    def _points_of(self, field: str, term: str, weight: float) -> tuple[Documents, Scores]:
        """Return the documents that hold a term in a field, and what each gets for it."""
        postings = self._reader.postings(field, term)
        points = self._damping_of(field).take(postings.documents)
        counts = postings.frequencies
        points += counts
        np.divide(counts, points, out=points)
        points *= np.float32(self._factor(field, term) * weight)
        return postings.documents, points

    def _counts_of(self, field: str, term: str) -> NDArray[np.uint8]:
        """Return how often a term stands in each document, 255 for more than that."""
        known = self._counts.get((field, term))
        if known is not None:
            return known
        postings = self._reader.postings(field, term)
        made = np.zeros(self._reader.count, np.uint8)
        made[postings.documents] = np.minimum(postings.frequencies, _MOST_COUNTED)
        self._counts.keep((field, term), made, made.nbytes)
        return made

    def _damping_of(self, field: str) -> Scores:
        """Return how much the length of each document damps a term of a field."""
        known = self._damping.get(field)
        if known is None:
            lengths = np.array(LENGTHS, np.float32) / np.float32(
                self._reader.average_length(field)
            )
            of_code = np.float32(K1) * (np.float32(1 - B) + np.float32(B) * lengths)
            known = of_code.take(self._reader.length_codes(field))
            self._damping[field] = known
        return known


def weighted_terms(
    terms: Iterable[str], weights: Mapping[str, float], factor: float = 1.0
) -> list[WeightedTerm]:
    """Return each distinct term once for the fields of ``weights`` (field to weight)."""
    fields = tuple(weights.items())
    return [WeightedTerm(term, fields, factor) for term in dict.fromkeys(terms)]
