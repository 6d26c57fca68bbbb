"""The order of the articles that answer one query.

Three rounds: articles that hold every word as typed (or meet the stated condition), articles that
hold what the law says for an everyday word, and then those that share most terms by BM25.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from workstation.legislation.analysis import bigrams, characters
from workstation.legislation.document_table import DocumentTable
from workstation.legislation.index_scorer import Bm25Scorer, WeightedTerm, weighted_terms
from workstation.legislation.phrase_finder import PhraseFinder
from workstation.legislation.priors import Prior
from workstation.legislation.query_expansion import Expansion
from workstation.legislation.query_syntax import ParsedQuery
from workstation.legislation.snippets import merged, places

TEXT_WEIGHT = 1.0
TITLE_WEIGHT = 0.2
CHARACTER_WEIGHT = 0.6
LAY_CHARACTER_WEIGHT = 1.0
EXPANSION_WEIGHT = 0.4
SHORT_QUERY_CHARACTERS = 8
_LAW_POINTS = 80.0
_NAMED_POINTS = 8.0
_ROUND_POINTS = (200.0, 100.0, 0.0)
_POOL = 160
# How many of the articles that telling terms find are weighed by all terms.
_WEIGHED = 300
_WEAK_SHARE = 0.25
_MOST_LOOKED_INTO = 400
_PARTS_MARKED = 12
_PARTS_NAMED = 4
_SYLLABLES = 2
_LONGEST_REWARDED = 6
_WORD_POINTS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is looked for: the query as parsed, the words left of it, and their expansions.

    ``is_lay`` says that somebody asks in a sentence rather than naming what to look for.
    """

    parsed: ParsedQuery
    words: tuple[str, ...]
    expansions: tuple[Expansion, ...]
    is_lay: bool = False

    @property
    def is_short(self) -> bool:
        """Tell whether this is keywords rather than a sentence."""
        return sum(map(len, self.words)) <= SHORT_QUERY_CHARACTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article found, why, and the folded terms to mark in it."""

    number: int
    score: float
    why: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What counts beside the words: each article's points, and those recalled by a question."""

    prior: Prior
    recalled: Mapping[int, float] = field(default_factory=dict)


class Ranking:
    """Ranks the articles for one question among those that ``admitted`` marks with 1."""

    def __init__(
        self,
        question: Question,
        *,
        scorer: Bm25Scorer,
        finder: PhraseFinder,
        table: DocumentTable,
        admitted: bytes,
        weighing: Weighing,
    ) -> None:
        self._question = question
        self._scorer = scorer
        self._finder = finder
        self._table = table
        self._admitted = admitted
        self._named = table.instruments_named(question.words)
        self._asks_for_law = len(question.words) == 1 and bool(self._named)
        self._matches = scorer.matches(self._terms())
        self._prior = weighing.prior
        self._recalled = weighing.recalled
        self._scores: dict[int, float] = {}
        self._rewards: defaultdict[int, float] = defaultdict(float)

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

    def _terms(self) -> list[WeightedTerm]:
        question = self._question
        own = [term for word in question.words for term in bigrams(word)]
        weights = {"text": TEXT_WEIGHT, "title": TITLE_WEIGHT}
        terms = weighted_terms(own, weights)
        alternatives = (a for e in question.expansions for words in e.alternatives for a in words)
        legal = [term for word in alternatives for term in bigrams(word) if term not in own]
        terms += weighted_terms(
            legal, {field: weight * EXPANSION_WEIGHT for field, weight in weights.items()}
        )
        single = [character for word in question.words for character in characters(word)]
        if not question.is_short or len(single) == 1:
            weight = LAY_CHARACTER_WEIGHT if question.is_lay else CHARACTER_WEIGHT
            terms += weighted_terms(single, {"characters": weight})
        return terms

    def _score(self, numbers: Sequence[int]) -> None:
        """Score articles by the terms and by what the question recalls."""
        new = [number for number in numbers if number not in self._scores]
        for number, score in zip(new, self._matches.scores(new), strict=True):
            self._scores[number] = score + self._recalled.get(number, 0.0)

    def _value(self, number: int) -> float:
        """Return the points of a scored article; those of a law asked for by name keep order."""
        if self._asks_for_law and self._table.instrument(number) in self._named:
            return _LAW_POINTS - number / self._table.count
        named = _NAMED_POINTS if self._table.instrument(number) in self._named else 0.0
        points = self._prior.points[number] + self._rewards.get(number, 0.0)
        return self._scores[number] + points + named

    def _in_order(self, numbers: Iterable[int]) -> list[int]:
        admitted = self._admitted
        shown = [number for number in numbers if admitted[number]]
        self._score(shown)
        valued = [(self._value(n), self._table.starts(n), -n) for n in shown]
        valued.sort(reverse=True)
        return [-negative for _, _, negative in valued]

    def _meeting_condition(self) -> Iterator[Hit]:
        condition = self._question.parsed.condition
        if condition is None:
            return
        found = self._in_order(self._finder.condition_candidates(condition))
        for number in found[:_MOST_LOOKED_INTO]:
            if self._finder.meets(number, condition):
                yield self._hit(number, 0, "符合检索条件", self._question.words)

    def _holding_all_words(self) -> Iterator[Hit]:
        words = self._question.words
        why = f"词语全部命中：{' '.join(words)}"
        for number in self._in_order(self._finder.candidates(words))[:_MOST_LOOKED_INTO]:
            if self._finder.has_all(number, words):
                yield self._hit(number, 0, why, words)

    def _holding_legal_words(self) -> Iterator[Hit]:
        if not self._question.is_short:
            return
        ways: dict[int, tuple[str, tuple[str, ...]]] = {}
        for expansion in self._question.expansions:
            rest = self._rest(expansion.lay)
            for alternative in expansion.alternatives:
                why = f"由“{expansion.lay}”扩展：{' '.join(alternative)}"
                wanted = alternative + rest
                for number in self._finder.candidates(wanted):
                    ways.setdefault(number, (why, wanted))
        for number in self._in_order(ways)[:_MOST_LOOKED_INTO]:
            why, wanted = ways[number]
            if self._finder.has_all(number, wanted):
                yield self._hit(number, 1, why, wanted)

    def _rest(self, lay: str) -> tuple[str, ...]:
        parts = (part for word in self._question.words for part in word.split(lay))
        return tuple(part for part in parts if len(part) > 1)

    def _sharing_terms(self) -> Iterator[Hit]:
        pool = self._pool()
        least = max((self._scores[n] for n in pool), default=0.0) * _WEAK_SHARE
        self._reward_whole_words(pool)
        for number in self._in_order(n for n in pool if self._scores[n] >= least):
            why, terms = self._shared(number)
            if why:
                yield self._hit(number, 2, why, terms)

    def _pool(self) -> list[int]:
        """Return the best articles: found by telling terms, then weighed by all terms."""
        points, admitted = self._prior.points, self._admitted
        first = dict(self._matches.found)
        for number, recalled in self._recalled.items():
            first[number] = first.get(number, 0.0) + recalled
        values = {n: score + points[n] for n, score in first.items() if admitted[n]}
        numbers: Iterable[int] = values
        if len(values) > _WEIGHED:
            least = sorted(values.values())[-_WEIGHED]
            numbers = (number for number, value in values.items() if value >= least)
        return self._in_order(numbers)[:_POOL]

    def _reward_whole_words(self, pool: list[int]) -> None:
        """Add points for each typed word that an article holds whole, however common it is."""
        words = [w for w in self._question.words if 1 < len(w) <= _LONGEST_REWARDED]
        if len(self._question.words) == 1:
            return
        for word in words:
            holding = self._finder.candidates((word,))
            for number in holding.intersection(pool):
                self._rewards[number] += _WORD_POINTS * len(word)

    def _shared(self, number: int) -> tuple[str, tuple[str, ...]]:
        """Say which parts of the words, or of their expansions, the article holds.

        Both are empty where it shares no more than single characters or scraps of an expansion,
        unless questions like this one were answered by it.
        """
        text = self._finder.folded_text(number)
        parts = self._parts_in(text)
        legal, lay = self._expansion_in(text)
        if legal and (not parts or len(legal[0]) > len(parts[0])):
            return f"由“{lay}”扩展：{' '.join(legal)}", legal + parts
        title = self._finder.folded_title(number)
        titled = [w for w in self._question.words if w not in parts and w in title]
        named = [*titled, *parts][:_PARTS_NAMED]
        if named:
            return f"部分命中：{' '.join(named)}", parts
        return ("相近的提问由本条解答" if number in self._recalled else ""), parts

    def _parts_in(self, text: str) -> tuple[str, ...]:
        """Return the telling parts of the words that a text holds, longest first."""
        every, telling = self._pairs
        spans = merged(places(text, every))
        parts = dict.fromkeys(text[start:end] for start, end in spans)
        told = (part for part in parts if any(pair in part for pair in telling))
        return tuple(sorted(told, key=len, reverse=True)[:_PARTS_MARKED])

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
    def _pairs(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the character pairs of the words: all, and those that aren't too common."""
        pairs = tuple(dict.fromkeys(t for word in self._question.words for t in bigrams(word)))
        telling = tuple(term for term in pairs if not self._scorer.is_common("text", term))
        return pairs, telling or pairs

    def _hit(self, number: int, position: int, why: str, terms: tuple[str, ...]) -> Hit:
        score = self._value(number) + _ROUND_POINTS[position]
        return Hit(number=number, score=score, why=why, terms=terms)
