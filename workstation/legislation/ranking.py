"""The order of the articles that answer one query.

Three rounds: articles that hold every word as typed (or meet the stated condition), articles that
hold what the law says for an everyday word, and then those that share most terms by BM25.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

import numpy as np

from workstation.legislation.analysis import bigrams, characters
from workstation.legislation.asked_questions import NOTHING_RECALLED, Recalled
from workstation.legislation.document_lists import Documents, held
from workstation.legislation.document_table import DocumentTable, Mask, Points
from workstation.legislation.index_scorer import (
    Bm25Scorer,
    FieldWeights,
    WeightedTerm,
    weighted_terms,
)
from workstation.legislation.phrase_finder import PhraseFinder
from workstation.legislation.query_expansion import Expansion
from workstation.legislation.query_syntax import ParsedQuery
from workstation.legislation.snippets import Spans, merged, places

TEXT_WEIGHT = 1.0
# These two: chosen on the given enforcement situations and scenarios, flat around them.
TITLE_WEIGHT = 0.15
CHARACTER_WEIGHT = 0.5
LAY_CHARACTER_WEIGHT = 1.0
EXPANSION_WEIGHT = 0.4
# Chosen among 0, 0.15, 0.3, 0.5 and 0.7 on the given situations and scenarios, flat around it.
EVERYDAY_WEIGHT = 0.5
# Chosen among 0.7, 1.0 and 1.4 on the given lay questions, flat around it.
LAY_EVERYDAY_WEIGHT = 1.0
SHORT_QUERY_CHARACTERS = 8
_LAW_POINTS = 80.0
_NAMED_POINTS = 8.0
_ROUND_POINTS = (200.0, 100.0, 0.0)
_POOL = 160
# How many of the articles that telling terms find are weighed by all terms.
_WEIGHED = 800
_WEAK_SHARE = 0.25
# Of the telling terms alone: below it no common terms lift an article over the share above.
_HOPELESS_SHARE = 0.1
_MOST_LOOKED_INTO = 400
_PARTS_NAMED = 4
_SYLLABLES = 2
_LONG_PART = 4
_LONGEST_REWARDED = 6
_WORD_POINTS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is looked for: the query as parsed, the words left of it, and their expansions.

    ``is_lay`` says that somebody asks in a sentence rather than naming what to look for;
    ``is_formal`` that the law of a described case is asked for; ``asks_penalty`` what it costs;
    ``as_typed`` that no other words are wanted.
    """

    parsed: ParsedQuery
    words: tuple[str, ...]
    expansions: tuple[Expansion, ...]
    is_lay: bool = False
    is_formal: bool = False
    asks_penalty: bool = False
    as_typed: bool = False

    @property
    def is_short(self) -> bool:
        """Tell whether this is keywords rather than a sentence."""
        return not self.is_lay and sum(map(len, self.words)) <= SHORT_QUERY_CHARACTERS


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found, why, and the places (start, end) to mark in its folded text, sorted."""

    number: int
    score: float
    why: str
    marks: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weighing:
    """What counts beside the words: each article's points, and those recalled by a question.

    ``telling`` are factors of the terms of the words; a term that it lacks counts in full.
    """

    prior: Points
    recalled: Recalled = NOTHING_RECALLED
    telling: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class _Ranked:
    """Document numbers with what the words and the recalled give each, and its whole value."""

    numbers: Documents
    scores: Points
    values: Points

    def chosen(self, which: slice | Documents | Mask) -> "_Ranked":
        return _Ranked(self.numbers[which], self.scores[which], self.values[which])

    def first(self, count: int) -> Iterator[tuple[int, float]]:
        """Yield the first numbers with their values."""
        return zip(self.numbers[:count].tolist(), self.values[:count].tolist(), strict=True)


def fields_of(*, is_lay: bool) -> FieldWeights:
    """Return where the terms of the words themselves are looked for, with the weights.

    The titles of laws say nothing about an everyday question, and their lists are long.
    """
    text = ("text", TEXT_WEIGHT)
    if is_lay:
        return text, ("everyday", LAY_EVERYDAY_WEIGHT)
    return text, ("title", TITLE_WEIGHT), ("everyday", EVERYDAY_WEIGHT)


class Ranking:
    """Ranks the articles for one question among those that ``admitted`` marks."""

    def __init__(
        self,
        question: Question,
        *,
        scorer: Bm25Scorer,
        finder: PhraseFinder,
        table: DocumentTable,
        admitted: Mask,
        weighing: Weighing,
    ) -> None:
        self._question = question
        self._scorer = scorer
        self._finder = finder
        self._table = table
        self._admitted = admitted
        self._matches = scorer.matches(self._terms(weighing.telling))
        self._recalled = weighing.recalled
        self._matches.found[self._recalled.documents] += self._recalled.points
        self._standing: Points = weighing.prior
        named = table.instruments_named(question.words)
        self._asked_for: Mask | None = None
        if named:
            of_named = table.of_instruments(named)
            self._standing = np.where(of_named, self._standing + _NAMED_POINTS, self._standing)
            if len(question.words) == 1:
                self._asked_for = of_named

    def hits(self) -> Iterator[Hit]:
        """Yield the hits, best first; an article comes once."""
        seen: set[int] = set()
        for hit in self._rounds():
            if hit.number not in seen:
                seen.add(hit.number)
                yield hit

    def _rounds(self) -> Iterator[Hit]:
        if self._question.parsed.condition is not None:
            return self._meeting_condition()
        if not self._question.words:
            return iter(())
        return chain(self._holding_all_words(), self._holding_legal_words(), self._sharing_terms())

    def _terms(self, telling: Mapping[str, float]) -> list[WeightedTerm]:
        question = self._question
        own = self._own
        fields = fields_of(is_lay=question.is_lay)
        of_texts = tuple((field, weight) for field, weight in fields if field != "everyday")
        if question.as_typed:
            fields = of_texts
        terms = [WeightedTerm(term, fields, telling.get(term, 1.0)) for term in own]
        alternatives = (a for e in question.expansions for words in e.alternatives for a in words)
        legal = [term for word in alternatives for term in bigrams(word) if term not in own]
        terms += weighted_terms(legal, dict(of_texts), EXPANSION_WEIGHT)
        single = [character for word in question.words for character in characters(word)]
        if not question.is_short or len(single) == 1:
            weight = LAY_CHARACTER_WEIGHT if question.is_lay else CHARACTER_WEIGHT
            terms += weighted_terms(single, {"characters": 1.0}, weight)
        return terms

    def _in_order(self, numbers: Documents) -> _Ranked:
        """Return those of the articles that are admitted, best first."""
        shown = numbers[self._admitted[numbers]]
        scores = self._matches.scores(shown)
        values = scores + self._standing[shown]
        if self._asked_for is not None:
            # The articles of a law asked for by name keep its order.
            place = np.float32(_LAW_POINTS) - shown / np.float32(self._table.count)
            values = np.where(self._asked_for[shown], place, values)
        return self._ordered(_Ranked(shown, scores, values))

    def _ordered(self, ranked: _Ranked) -> _Ranked:
        """Put the highest value first, of equal ones the newest text."""
        starts = self._table.starts[ranked.numbers]
        return ranked.chosen(np.lexsort((ranked.numbers, -starts, -ranked.values)))

    def _meeting_condition(self) -> Iterator[Hit]:
        condition = self._question.parsed.condition
        if condition is None:
            return
        found = self._in_order(self._finder.condition_candidates(condition))
        for number, value in found.first(_MOST_LOOKED_INTO):
            if self._finder.meets(number, condition):
                yield self._hit(number, value, 0, "符合检索条件", self._question.words)

    def _holding_all_words(self) -> Iterator[Hit]:
        words = self._question.words
        why = f"词语全部命中：{' '.join(words)}"
        found = self._in_order(self._finder.candidates(words))
        for number, value in found.first(_MOST_LOOKED_INTO):
            if self._finder.has_all(number, words):
                yield self._hit(number, value, 0, why, words)

    def _holding_legal_words(self) -> Iterator[Hit]:
        if not self._question.is_short:
            return
        ways: dict[int, tuple[str, tuple[str, ...]]] = {}
        for expansion in reversed(self._question.expansions):
            rest = self._rest(expansion.lay)
            for alternative in reversed(expansion.alternatives):
                way = (f"由“{expansion.lay}”扩展：{' '.join(alternative)}", alternative + rest)
                # The first way named is the one that stays.
                ways.update(dict.fromkeys(self._finder.candidates(way[1]).tolist(), way))
        found = self._in_order(np.fromiter(ways, np.intp, len(ways)))
        for number, value in found.first(_MOST_LOOKED_INTO):
            why, wanted = ways[number]
            if self._finder.has_all(number, wanted):
                yield self._hit(number, value, 1, why, wanted)

    def _rest(self, lay: str) -> tuple[str, ...]:
        parts = (part for word in self._question.words for part in word.split(lay))
        return tuple(part for part in parts if len(part) > 1)

    def _sharing_terms(self) -> Iterator[Hit]:
        pool = self._pool()
        least = pool.scores.max(initial=0.0) * _WEAK_SHARE
        pool = replace(pool, values=pool.values + self._rewards(pool.numbers))
        pool = self._ordered(pool.chosen(pool.scores >= least))
        for number, value in pool.first(_POOL):
            why, marks = self._shared(number)
            if why:
                yield Hit(number, value + _ROUND_POINTS[2], why, marks)

    def _pool(self) -> _Ranked:
        """Return the best articles: found by telling terms, then weighed by all terms."""
        first = self._matches.found
        least = first.max(initial=0.0) * _HOPELESS_SHARE
        numbers = np.flatnonzero((first > least) & self._admitted)
        if len(numbers) > _WEIGHED:
            values = first[numbers] + self._standing[numbers]
            numbers = numbers[np.argpartition(values, -_WEIGHED)[-_WEIGHED:]]
        return self._in_order(numbers).chosen(slice(_POOL))

    def _rewards(self, numbers: Documents) -> Points:
        """Return points for each typed word that an article holds whole, however common it is.

        The pieces of an everyday question aren't words anyone chose: they earn none.
        """
        rewards = np.zeros(len(numbers), np.float32)
        words = self._question.words
        if len(words) > 1 and not self._question.is_lay:
            for word in words:
                if 1 < len(word) <= _LONGEST_REWARDED:
                    holding = held(numbers, self._finder.candidates((word,)))
                    rewards += np.float32(_WORD_POINTS * len(word)) * holding
        return rewards

    def _shared(self, number: int) -> tuple[str, Spans]:
        """Say which parts of the words, or of their expansions, the article holds, and where.

        The words are empty where it shares no more than single characters or scraps of an
        expansion, unless questions like this one were answered by it.
        """
        text = self._finder.folded_text(number)
        marks = self._telling_parts(text)
        held_parts = dict.fromkeys(text[start:end] for start, end in marks)
        parts = sorted(held_parts, key=len, reverse=True)
        legal, lay = self._expansion_in(text)
        if legal and (not parts or len(legal[0]) > len(parts[0])):
            return f"由“{lay}”扩展：{' '.join(legal)}", sorted(places(text, legal) + marks)
        title = self._finder.folded_title(number)
        titled = [w for w in self._question.words if w not in parts and w in title]
        named = [*titled, *parts][:_PARTS_NAMED]
        longest = len(named[0]) if named else 0
        if longest < _LONG_PART and not self._question.as_typed:
            phrase, shared = self._everyday_in(self._finder.record(number).everyday)
            if shared >= max(longest, 1):
                return f"日常说法：{phrase}", marks
        if named:
            return f"部分命中：{' '.join(named)}", marks
        return ("相近的提问由本条解答" if number in self._recalled.documents else ""), marks

    def _telling_parts(self, text: str) -> Spans:
        """Return where the parts of the words stand in a text that aren't too common."""
        telling, others = self._pairs
        told = places(text, telling)
        starts = {start for start, end in told if end > start + 1}
        parts = merged(sorted(told + places(text, others)))
        return [
            part
            for part in parts
            if not starts.isdisjoint(range(*part)) or text[slice(*part)] in telling
        ]

    def _everyday_in(self, phrases: str) -> tuple[str, int]:
        """Return the everyday phrase that holds most telling pairs of the words, and how many."""
        pairs = [pair for pair in self._everyday_pairs if pair in phrases]
        if not pairs:
            return "", 0
        shared = ((phrase, sum(pair in phrase for pair in pairs)) for phrase in phrases.split())
        return max(shared, key=lambda found: found[1])

    def _expansion_in(self, text: str) -> tuple[tuple[str, ...], str]:
        """Return the longest legal words that a text holds, and the everyday word for them."""
        found = [
            (words, expansion.lay)
            for expansion in self._question.expansions
            for alternative in expansion.alternatives
            if (words := tuple(w for w in alternative if len(w) > _SYLLABLES and w in text))
        ]
        return max(found, key=lambda way: len("".join(way[0])), default=((), ""))

    @cached_property
    def _own(self) -> dict[str, None]:
        """The terms of the words, each once, in order."""
        return dict.fromkeys(term for word in self._question.words for term in bigrams(word))

    @cached_property
    def _everyday_pairs(self) -> frozenset[str]:
        return self._telling("everyday")

    @cached_property
    def _pairs(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the terms of the words that any text holds: those that tell, and the others."""
        telling = self._telling("text")
        known = [term for term in self._own if self._scorer.is_known("text", term)]
        return (
            tuple(term for term in known if term in telling),
            tuple(term for term in known if term not in telling),
        )

    def _telling(self, field: str) -> frozenset[str]:
        """Return the terms of the words that few articles hold in a field; else all held there."""
        known = [term for term in self._own if self._scorer.is_known(field, term)]
        return frozenset(t for t in known if self._scorer.is_telling(field, t)) or frozenset(known)

    def _hit(
        self, number: int, value: float, position: int, why: str, words: tuple[str, ...]
    ) -> Hit:
        marks = places(self._finder.folded_text(number), words)
        return Hit(number, value + _ROUND_POINTS[position], why, marks)
