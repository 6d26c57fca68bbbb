"""BM25 over several fields, one whole posting list at a time.

A term that stands in more than a tenth of the articles is left out unless all of them do: it costs
most of the time and changes nothing (MRR .397 and .396 on STARD, engineering/search.md).
"""

from __future__ import annotations

import math
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from workstation.legislation.index_reading import LENGTHS, IndexReader

K1 = 1.2
B = 0.75
COMMON_SHARE = 0.10
_CACHE_BYTES = 64 << 20
_ENTRY_OVERHEAD = 300


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term of one field and how much it counts."""

    field: str
    term: str
    weight: float


class Bm25Scorer:
    """Scores all documents that hold at least one of some terms; may be used by many threads."""

    def __init__(self, reader: IndexReader, *, common_share: float = COMMON_SHARE) -> None:
        self._reader = reader
        self._common = common_share * reader.count
        self._damping: dict[str, list[float]] = {}
        self._lock = Lock()
        self._impacts: OrderedDict[tuple[str, str], array[float]] = OrderedDict()
        self._cached_bytes = 0

    def scores(self, terms: Iterable[WeightedTerm]) -> dict[int, float]:
        """Return document number to score."""
        found = []
        for term in terms:
            frequency = self._reader.frequency(term.field, term.term)
            if frequency:
                found.append((frequency, term))
        telling = [(f, term) for f, term in found if f <= self._common] or found
        scores: dict[int, float] = {}
        held = scores.get
        for frequency, term in sorted(telling, key=_rarity):
            factor = self.idf(frequency) * term.weight * (K1 + 1)
            documents = self._reader.postings(term.field, term.term).documents
            for document, impact in zip(documents, self._impact(term), strict=True):
                scores[document] = held(document, 0.0) + factor * impact
        return scores

    def is_common(self, field: str, term: str) -> bool:
        """Tell whether a term is too frequent to say anything."""
        return self._reader.frequency(field, term) > self._common

    def idf(self, frequency: int) -> float:
        """Return the inverse document frequency, always above zero."""
        return math.log(1 + (self._reader.count - frequency + 0.5) / (frequency + 0.5))

    def _impact(self, term: WeightedTerm) -> array[float]:
        """Return tf / (tf + K) for each posting of a term."""
        key = (term.field, term.term)
        with self._lock:
            known = self._impacts.get(key)
            if known is not None:
                self._impacts.move_to_end(key)
                return known
        postings = self._reader.postings(*key)
        codes = self._reader.length_codes(term.field)
        damping = self._damping_of(term.field)
        impacts = array(
            "f",
            [
                frequency / (frequency + damping[codes[document]])
                for document, frequency in zip(
                    postings.documents, postings.frequencies, strict=True
                )
            ],
        )
        self._keep(key, impacts)
        return impacts

    def _keep(self, key: tuple[str, str], impacts: array[float]) -> None:
        with self._lock:
            self._impacts[key] = impacts
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


def _rarity(found: tuple[int, WeightedTerm]) -> tuple[int, str, str]:
    frequency, term = found
    return frequency, term.field, term.term


def weighted_terms(terms: Iterable[str], weights: Mapping[str, float]) -> list[WeightedTerm]:
    """Return each distinct term for each field of ``weights`` (field to weight)."""
    distinct = dict.fromkeys(terms)
    return [WeightedTerm(f, t, weight) for t in distinct for f, weight in weights.items()]
