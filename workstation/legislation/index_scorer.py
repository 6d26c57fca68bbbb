"""BM25 over several fields: the telling terms find the documents, all terms weigh the best.

The terms that few documents hold are added up over all of these. A term that stands in more than
a tenth of the articles finds nothing unless all terms do: its table of counts is only asked for
the documents that the caller has weighed. That costs most of the time and changes nothing (MRR
.397 and .396 on STARD, engineering/search.md).
"""

import math
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from workstation.legislation.document_lists import Documents
from workstation.legislation.index_reading import LENGTHS, IndexReader

K1 = 1.2
B = 0.75
COMMON_SHARE = 0.10
_CACHE_BYTES = 64 << 20
_ENTRY_OVERHEAD = 400
_MOST_COUNTED = 255
_Kept = TypeVar("_Kept")
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term of one field and how much it counts."""

    field: str
    term: str
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class _Impacts:
    """What each document that holds a term gets for it, at weight 1."""

    documents: Documents
    points: Scores


class _Cache(Generic[_Kept]):
    """Keeps what was made of a term while memory allows; the longest unused goes first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], tuple[_Kept, int]] = OrderedDict()
        self._bytes = 0

    def get(self, key: tuple[str, str]) -> _Kept | None:
        with self._lock:
            known = self._kept.get(key)
            if known is None:
                return None
            self._kept.move_to_end(key)
            return known[0]

    def keep(self, key: tuple[str, str], made: _Kept, size: int) -> None:
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

    def __init__(
        self, scorer: "Bm25Scorer", found: Scores, common: Sequence[WeightedTerm]
    ) -> None:
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
        counted = [(self._reader.frequency(term.field, term.term), term) for term in terms]
        held = [(frequency, term) for frequency, term in counted if frequency]
        telling = [term for frequency, term in held if frequency <= self._most]
        common = [term for frequency, term in held if frequency > self._most]
        if not telling:
            telling, common = common, telling
        found = np.zeros(self._reader.count, np.float32)
        for term in telling:
            impacts = self._impacts_of(term)
            np.add.at(found, impacts.documents, np.float32(term.weight) * impacts.points)
        return Matches(self, found, common)

    def is_common(self, field: str, term: str) -> bool:
        """Tell whether a term is too frequent to say anything."""
        return self._reader.frequency(field, term) > self._most

    def idf(self, frequency: int) -> float:
        """Return the inverse document frequency, always above zero."""
        return math.log(1 + (self._reader.count - frequency + 0.5) / (frequency + 0.5))

    def common_scores(self, terms: Iterable[WeightedTerm], numbers: Documents) -> Scores:
        """Return what frequent ``terms`` give each of the documents ``numbers``."""
        scores = np.zeros(len(numbers), np.float32)
        if not len(numbers):
            return scores
        damping: dict[str, Scores] = {}
        for term in terms:
            if term.field not in damping:
                damping[term.field] = self._damping_of(term.field, numbers)
            counts = self._counts_of(term).take(numbers)
            factor = np.float32(self._factor(term) * term.weight)
            scores += factor * counts / (counts + damping[term.field])
        return scores

    def _factor(self, term: WeightedTerm) -> float:
        return self.idf(self._reader.frequency(term.field, term.term)) * (K1 + 1)

    def _impacts_of(self, term: WeightedTerm) -> _Impacts:
        key = (term.field, term.term)
        known = self._impacts.get(key)
        if known is not None:
            return known
        postings = self._reader.postings(term.field, term.term)
        damping = self._damping_of(term.field, postings.documents)
        counts = postings.frequencies
        points = np.float32(self._factor(term)) * counts / (counts + damping)
        made = _Impacts(postings.documents, points)
        self._impacts.keep(key, made, points.nbytes)
        return made

    def _counts_of(self, term: WeightedTerm) -> NDArray[np.uint8]:
        """Return how often a term stands in each document, 255 for more than that."""
        key = (term.field, term.term)
        known = self._counts.get(key)
        if known is not None:
            return known
        postings = self._reader.postings(term.field, term.term)
        made = np.zeros(self._reader.count, np.uint8)
        made[postings.documents] = np.minimum(postings.frequencies, _MOST_COUNTED)
        self._counts.keep(key, made, made.nbytes)
        return made

    def _damping_of(self, field: str, numbers: Documents) -> Scores:
        """Return how much the length of each of some documents damps a term of a field."""
        known = self._damping.get(field)
        if known is None:
            lengths = np.array(LENGTHS, np.float32) / np.float32(
                self._reader.average_length(field)
            )
            known = np.float32(K1) * (np.float32(1 - B) + np.float32(B) * lengths)
            self._damping[field] = known
        return known.take(self._reader.length_codes(field).take(numbers))


def weighted_terms(terms: Iterable[str], weights: Mapping[str, float]) -> list[WeightedTerm]:
    """Return each distinct term for each field of ``weights`` (field to weight)."""
    distinct = dict.fromkeys(terms)
    return [WeightedTerm(f, t, weight) for t in distinct for f, weight in weights.items()]
