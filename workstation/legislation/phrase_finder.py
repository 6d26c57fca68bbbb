"""Which articles hold a phrase, or meet a condition, exactly.

The index has no positions. An article that holds a phrase holds all its character pairs: those
are found by intersecting posting lists, and the text decides the few that are left.
"""

from functools import lru_cache

from workstation.legislation.analysis import bigrams, characters, fold
from workstation.legislation.document_lists import NONE, Documents, common, united
from workstation.legislation.index_reading import IndexReader
from workstation.legislation.index_schema import ArticleRecord
from workstation.legislation.query_syntax import AllOf, AnyOf, Condition, NoneOf, Phrase

_FEW = 200


class PhraseFinder:
    """Answers for one query; keeps the texts it looked into."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._texts: dict[int, tuple[ArticleRecord, str]] = {}

    def record(self, number: int) -> ArticleRecord:
        """Return the article of a document number."""
        return self._looked_into(number)[0]

    def folded_text(self, number: int) -> str:
        """Return the folded text of an article."""
        return self._looked_into(number)[1]

    def folded_title(self, number: int) -> str:
        """Return the folded title and heading of an article."""
        record = self.record(number)
        return _folded_title(record.instrument, record.heading)

    def _looked_into(self, number: int) -> tuple[ArticleRecord, str]:
        known = self._texts.get(number)
        if known is None:
            known = self._reader.folded_record(number)
            self._texts[number] = known
        return known

    def has_all(self, number: int, phrases: tuple[str, ...]) -> bool:
        """Tell whether the article or its title holds each phrase."""
        text = self.folded_text(number)
        lacking = [phrase for phrase in phrases if phrase not in text]
        return not lacking or all(phrase in self.folded_title(number) for phrase in lacking)

    def meets(self, number: int, condition: Condition) -> bool:
        """Tell whether the article meets a condition."""
        if isinstance(condition, Phrase):
            return self.has_all(number, (condition.text,))
        if isinstance(condition, NoneOf):
            return not self.meets(number, condition.part)
        held = (self.meets(number, part) for part in condition.parts)
        return all(held) if isinstance(condition, AllOf) else any(held)

    def candidates(self, phrases: tuple[str, ...]) -> Documents:
        """Return a superset of the articles that hold every phrase."""
        lists = []
        for phrase in phrases:
            lists.append(self._phrase_candidates(phrase))
            if not len(lists[-1]):
                return NONE
        return common(lists)

    def condition_candidates(self, condition: Condition) -> Documents:
        """Return a superset of the articles that meet a condition; none where it only excludes."""
        if isinstance(condition, Phrase):
            return self._phrase_candidates(condition.text)
        if isinstance(condition, NoneOf):
            return NONE
        if isinstance(condition, AnyOf):
            return united([self.condition_candidates(part) for part in condition.parts])
        wanted = [part for part in condition.parts if not isinstance(part, NoneOf)]
        return common([self.condition_candidates(part) for part in wanted])

    def _phrase_candidates(self, phrase: str) -> Documents:
        pairs = dict.fromkeys(term for term in bigrams(phrase) if len(term) > 1 or term.isascii())
        if not pairs:
            return self._holding("characters", list(dict.fromkeys(characters(phrase))))
        terms = list(pairs)
        return united([self._holding("text", terms), self._holding("title", terms)])

    def _holding(self, field: str, terms: list[str]) -> Documents:
        """Return the documents that hold every term; few that hold most where that is cheaper."""
        frequencies = []
        for term in terms:
            frequency = self._reader.frequency(field, term)
            if not frequency:
                return NONE
            frequencies.append((frequency, term))
        if not frequencies:
            return NONE
        frequencies.sort()
        held = self._reader.postings(field, frequencies[0][1]).documents
        for _, term in frequencies[1:]:
            if len(held) < _FEW:
                break
            held = common([held, self._reader.postings(field, term).documents])
        return held


@lru_cache(maxsize=4096)
def _folded_title(instrument: str, heading: str) -> str:
    return fold(f"{instrument} {heading}")
