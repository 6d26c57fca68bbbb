"""BM25 over several fields, one whole posting list at a time.

A term that stands in more than a tenth of the articles is left out unless all of them do: it costs
most of the time and changes nothing (MRR .397 and .396 on STARD, engineering/search.md).
"""

import math
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappush, heapreplace
from threading import Lock

from workstation.legislation.index_reading import LENGTHS, IndexReader
from workstation.legislation.priors import STRETCH, Prior

K1 = 1.2
B = 0.75
COMMON_SHARE = 0.10
_CACHE_BYTES = 64 << 20
_ENTRY_OVERHEAD = 300
_MOST_POSTINGS = 30_000


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term of one field and how much it counts."""

    field: str
    term: str
    weight: float


class Bm25Scorer:
    """Scores all documents for some terms; may be used by many threads."""

    def __init__(self, reader: IndexReader, *, common_share: float = COMMON_SHARE) -> None:
        self._reader = reader
        self._common = common_share * reader.count
        self._damping: dict[str, list[float]] = {}
        self._lock = Lock()
        self._impacts: OrderedDict[WeightedTerm, array[float]] = OrderedDict()
        self._cached_bytes = 0

    def scores(self, terms: Iterable[WeightedTerm]) -> list[float]:
        """Return one score per document, 0.0 where it holds none of the terms."""
        found = [(self._reader.frequency(term.field, term.term), term) for term in terms]
        held = [(frequency, term) for frequency, term in found if frequency]
        telling = [(frequency, term) for frequency, term in held if frequency <= self._common]
        scores = [0.0] * self._reader.count
        for term in _affordable(telling or held):
            documents = self._reader.postings(term.field, term.term).documents
            for document, impact in zip(documents, self._impact(term), strict=True):
                scores[document] += impact
        return scores

    def is_common(self, field: str, term: str) -> bool:
        """Tell whether a term is too frequent to say anything."""
        return self._reader.frequency(field, term) > self._common

    def idf(self, frequency: int) -> float:
        """Return the inverse document frequency, always above zero."""
        return math.log(1 + (self._reader.count - frequency + 0.5) / (frequency + 0.5))

    def _impact(self, term: WeightedTerm) -> "array[float]":
        """Return what each posting of a term adds to the score of its document."""
        with self._lock:
            known = self._impacts.get(term)
            if known is not None:
                self._impacts.move_to_end(term)
                return known
        postings = self._reader.postings(term.field, term.term)
        codes = self._reader.length_codes(term.field)
        damping = self._damping_of(term.field)
        factor = self.idf(len(postings.documents)) * term.weight * (K1 + 1)
        pairs = zip(postings.documents, postings.frequencies, strict=True)
        impacts = array(
            "f", [factor * f / (f + damping[codes[document]]) for document, f in pairs]
        )
        self._keep(term, impacts)
        return impacts

    def _keep(self, term: WeightedTerm, impacts: "array[float]") -> None:
        with self._lock:
            self._impacts[term] = impacts
            self._cached_bytes += 4 * len(impacts) + _ENTRY_OVERHEAD
            while self._cached_bytes > _CACHE_BYTES:
                _, dropped = self._impacts.popitem(last=False)
                self._cached_bytes -= 4 * len(dropped) + _ENTRY_OVERHEAD

    def _damping_of(self, field: str) -> list[float]:
        known = self._damping.get(field)
        if known is None:
            average = self._reader.average_length(field)
            known = [K1 * (1 - B + B * length / average) for length in LENGTHS]
            self._damping[field] = known
        return known


def _affordable(found: list[tuple[int, WeightedTerm]]) -> list[WeightedTerm]:
    """Return the rarest terms, as many as the postings allowed for one query hold."""
    spent = 0
    terms: list[WeightedTerm] = []
    for frequency, term in sorted(found, key=_frequency):
        spent += frequency
        if terms and spent > _MOST_POSTINGS:
            break
        terms.append(term)
    return terms


def _frequency(found: tuple[int, WeightedTerm]) -> int:
    return found[0]


def weighted_terms(terms: Iterable[str], weights: Mapping[str, float]) -> list[WeightedTerm]:
    """Return each distinct term for each field of ``weights`` (field to weight)."""
    distinct = dict.fromkeys(terms)
    return [WeightedTerm(f, t, weight) for t in distinct for f, weight in weights.items()]


def top_documents(scores: Sequence[float], count: int, prior: Prior | None = None) -> list[int]:
    """Return the ``count`` documents of the highest scores above zero, best first.

    ``prior`` adds points to what has a score. What a stretch of documents can reach bounds what
    is looked into: the stretches come in the order of their bounds, until none can matter.
    """
    prior = prior or Prior([0.0] * len(scores))
    points = prior.points
    bounds = []
    for stretch, start in enumerate(range(0, len(scores), STRETCH)):
        best = max(scores[start : start + STRETCH])
        if best > 0:
            bounds.append((best + prior.highest[stretch], start))
    bounds.sort(reverse=True)
    top: list[tuple[float, int]] = []
    for bound, start in bounds:
        if len(top) == count and bound < top[0][0]:
            break
        for document in range(start, min(start + STRETCH, len(scores))):
            if scores[document] <= 0:
                continue
            valued = (scores[document] + points[document], -document)
            if len(top) < count:
                heappush(top, valued)
            elif valued > top[0]:
                heapreplace(top, valued)
    return [-negative for _, negative in sorted(top, reverse=True)]
