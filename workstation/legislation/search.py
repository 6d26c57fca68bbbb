"""Finding articles of law.

A citation comes first, then the exact words, then their legal counterparts, then whatever shares
most terms with the question. Results are of one day: by default only texts in force on it.
Duplicates and other versions of an article stand folded under the one that is shown.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from pathlib import Path
from time import perf_counter

import numpy as np

from workstation.data_files import overlay
from workstation.legislation.analysis import bigrams, characters, fold
from workstation.legislation.asked_questions import (
    AskedTable,
    QuestionMemory,
    load_asked_table,
)
from workstation.legislation.document_table import DocumentTable, Points, Scope
from workstation.legislation.index_folder import IndexMissingError, current_index
from workstation.legislation.index_reading import IndexReader
from workstation.legislation.index_scorer import Bm25Scorer, weighted_terms
from workstation.legislation.phrase_finder import PhraseFinder
from workstation.legislation.priors import OfficeField, Priors, load_priors
from workstation.legislation.query_expansion import LayTable, load_lay_table
from workstation.legislation.query_syntax import parse_query
from workstation.legislation.ranking import Hit, Question, Ranking, Weighing, fields_of
from workstation.legislation.regions import load_regions
from workstation.legislation.snippets import Snippet, make_snippet

__all__ = ["IndexMissingError", "SearchAnswer", "SearchIndex", "SearchResult", "open_index"]

Resolver = Callable[[str, date], Sequence[int]]
_PINNED_SCORE = 1000.0
# Chosen among 0.3, 0.45 and 0.6 on the given scenarios: how much of what citizens asked for
# counts where the law of a described case is asked for.
_FORMAL_SHARE = 0.45
# What is asked stands at the end of such a description.
_ASKED_PIECES = 2
_ASKED_WEIGHT = 1.3
# What an article of law says that sets a penalty, and what it gets where one is asked for: chosen
# by looking at a dozen questions of officers; the given ones hardly ask for penalties.
_PENAL_WORDS = ("罚款", "吊销")
_PENAL_POINTS = 10.0
# The levels of instruments, the highest first.
_KINDS = (
    "宪法",
    "法律",
    "立法解释",
    "修正案",
    "修改决定",
    "行政法规",
    "司法解释",
    "地方性法规",
    "部门规章",
    "地方政府规章",
    "规范性文件",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """One article found.

    ``score`` compares within one answer only. ``in_force`` is of the day that was asked for.
    ``also`` holds the article ids of its other versions and duplicates, newest first.
    """

    article_id: int
    instrument: str
    label: str
    heading: str
    kind: str
    region: str
    text: str
    promulgated: date
    effective_from: date
    effective_to: date | None
    in_force: bool
    score: float
    why: str
    snippet: Snippet
    also: tuple[int, ...]

    def as_json(self) -> dict[str, object]:
        """Return the row as ``law search`` prints it; dates are ISO 8601."""
        return {
            "id": self.article_id,
            "instrument": self.instrument,
            "article": self.label,
            "heading": self.heading,
            "kind": self.kind,
            "region": self.region,
            "text": self.text,
            "promulgated": self.promulgated.isoformat(),
            "effective_from": self.effective_from.isoformat(),
            "effective_to": self.effective_to.isoformat() if self.effective_to else None,
            "in_force": self.in_force,
            "score": round(self.score, 3),
            "why": self.why,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """The results, best first; ``expanded`` names legal words for typed ones."""

    took_ms: float
    expanded: tuple[str, ...]
    results: tuple[SearchResult, ...]

    def as_json(self) -> dict[str, object]:
        """Return the answer as ``law search`` prints it."""
        return {
            "took_ms": round(self.took_ms, 2),
            "expanded": list(self.expanded),
            "results": [result.as_json() for result in self.results],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Whose law is looked for (None: everywhere's), and the field of the office that asks.

    ``as_typed`` wants the words of the query alone: no legal ones for everyday ones, no everyday
    words of articles, nothing of what others asked.
    """

    region: str | None = None
    field: OfficeField = field(default_factory=OfficeField)
    as_typed: bool = False


class SearchIndex:
    """An open index; it may be used by many threads and stays valid when a newer one is built."""

    def __init__(
        self,
        reader: IndexReader,
        table: DocumentTable,
        lay_table: LayTable,
        resolve: Resolver | None = None,
        asked: AskedTable | None = None,
    ) -> None:
        self._reader = reader
        self._table = table
        self._lay_table = lay_table
        self._resolve = resolve
        self._scorer = Bm25Scorer(reader)
        self._asked = asked or AskedTable()
        self._memory = QuestionMemory(self._asked, table.places.tolist())

    @property
    def count(self) -> int:
        """The number of articles in the index, of all versions."""
        return self._table.count

    def search(
        self,
        query: str,
        *,
        as_of: date | None = None,
        kind: str | None = None,
        limit: int = 20,
        any_day: bool = False,
        asker: Asker | None = None,
    ) -> SearchAnswer:
        """Return the articles that answer ``query``; no text is a bad query.

        ``as_of`` is the day on which a text must be in force (None: today), unless ``any_day``.
        ``kind`` is a level of instrument (法律, 行政法规 …; None: all). ``asker`` is whose law is
        looked for and how (None: all the law there is). An article that is cited is shown first
        whatever the day and place, marked by ``in_force``.
        """
        started = perf_counter()
        day = as_of or datetime.now().astimezone().date()
        asker = asker or Asker()
        question = self._question(query, as_typed=asker.as_typed)
        finder = PhraseFinder(self._reader)
        ranking = Ranking(
            question,
            scorer=self._scorer,
            finder=finder,
            table=self._table,
            admitted=self._table.admitted(
                Scope(day=None if any_day else day, kind=kind, region=asker.region)
            ),
            weighing=self._weighing(question, asker.field),
        )
        hits = self._folded(chain(self._cited(query, day), ranking.hits()), limit)
        results = tuple(self._result(hit, finder, day) for hit in hits)
        expanded = tuple(
            f"{expansion.lay}→{'、'.join(' '.join(words) for words in expansion.alternatives)}"
            for expansion in question.expansions
        )
        took = (perf_counter() - started) * 1000
        return SearchAnswer(took_ms=took, expanded=expanded, results=results)

    def warm(self) -> None:
        """Read ahead what most questions need, so that the first ones don't wait for it."""
        terms = sorted(self._asked.terms, key=lambda term: self._asked.terms[term])
        self._scorer.warm(weighted_terms(terms, dict(fields_of(is_lay=True))))
        single = (character for term in terms for character in characters(term))
        self._scorer.warm(weighted_terms(single, {"characters": 1.0}))

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The levels of the instruments in the index, the highest first."""
        order = {kind: place for place, kind in enumerate(_KINDS)}
        return tuple(sorted(self._table.kinds(), key=lambda kind: order.get(kind, len(order))))

    def knows_region(self, place: str) -> bool:
        """Tell whether texts can be parted by whether they are law at ``place``."""
        return self._table.knows_region(place)

    def _weighing(self, question: Question, office: OfficeField) -> Weighing:
        weighing = self._weighing_of_words(question, office)
        if question.asks_penalty:
            return replace(weighing, prior=weighing.prior + self._penal)
        return weighing

    def _weighing_of_words(self, question: Question, office: OfficeField) -> Weighing:
        if question.is_formal:
            asked = (term for word in question.words[-_ASKED_PIECES:] for term in bigrams(word))
            return Weighing(
                prior=self._table.with_field(office) + _FORMAL_SHARE * self._lay_prior,
                telling=dict.fromkeys(asked, _ASKED_WEIGHT),
            )
        if not question.is_lay:
            return Weighing(prior=self._table.with_field(office))
        terms = [term for word in question.words for term in bigrams(word)]
        return Weighing(
            prior=self._lay_prior,
            recalled=self._memory.recall(terms),
            telling=self._memory.telling(terms),
        )

    @cached_property
    def _lay_prior(self) -> Points:
        asked = self._asked
        return self._table.points(asked.levels, asked.laws)

    @cached_property
    def _penal(self) -> Points:
        """The points of the articles that set a penalty, where one is asked for."""
        points = np.zeros(len(self._table.starts), np.float32)
        for word in _PENAL_WORDS:
            points[self._reader.postings("text", word).documents] = _PENAL_POINTS
        return points

    def _question(self, query: str, *, as_typed: bool) -> Question:
        parsed = parse_query(query)
        words = parsed.words
        question = Question(parsed=parsed, words=words, expansions=(), as_typed=as_typed)
        if parsed.condition is not None:
            return question
        if not question.is_short:
            words = self._lay_table.without_question_words(words)
        if as_typed:
            return replace(question, words=words)
        expansions = self._lay_table.expansions(parsed.words, in_question=not question.is_short)
        folded = fold(query)
        return Question(
            parsed=parsed,
            words=words,
            expansions=expansions,
            is_lay=not question.is_short and self._lay_table.asks(folded),
            is_formal=not question.is_short and self._lay_table.is_formal(folded),
            asks_penalty=self._lay_table.asks_penalty(folded),
        )

    def _cited(self, query: str, day: date) -> Iterator[Hit]:
        for article_id in self._resolve(query, day) if self._resolve else ():
            number = self._table.number_of(article_id)
            if number is not None:
                yield Hit(number, _PINNED_SCORE, "条文定位", [])

    def _folded(self, hits: Iterable[Hit], limit: int) -> list[Hit]:
        """Return the first ``limit`` hits of which none is a version or duplicate of another."""
        kept: list[Hit] = []
        seen: set[int] = set()
        if limit <= 0:
            return kept
        for hit in hits:
            groups = self._table.groups(hit.number)
            if seen.isdisjoint(groups):
                kept.append(hit)
            seen.update(groups)
            if len(kept) == limit:
                break
        return kept

    def _result(self, hit: Hit, finder: PhraseFinder, day: date) -> SearchResult:
        record = finder.record(hit.number)
        table = self._table
        return SearchResult(
            article_id=table.article_id(hit.number),
            instrument=record.instrument,
            label=record.label,
            heading=record.heading,
            kind=table.kind(hit.number),
            region=table.region(hit.number),
            text=record.text,
            promulgated=record.promulgated,
            effective_from=table.effective_from(hit.number),
            effective_to=table.effective_to(hit.number),
            in_force=table.is_in_force(hit.number, day),
            score=hit.score,
            why=hit.why,
            snippet=make_snippet(record.text, finder.folded_text(hit.number), hit.marks),
            also=table.others(hit.number),
        )


def open_index(
    folder: Path,
    *,
    source: str = "",
    resolve: Resolver | None = None,
    home: Path | None = None,
    priors: Priors | None = None,
    asked: AskedTable | None = None,
) -> SearchIndex:
    """Open the index that ``build_index`` made in ``folder``.

    ``source`` is the fingerprint of the texts as they are now (empty: not checked). ``resolve``
    turns a query that is a citation into article ids, best first. ``home`` may hold the bureau's
    own ``synonyms.toml``, ``search_priors.toml`` and ``regions.toml``; ``priors`` and ``asked``
    win over the files.

    Raises:
        IndexMissingError: there is no index, it isn't of this machine, or it is out of date.
        DataFileError: the synonym or prior table is missing or malformed.
    """
    path, description = current_index(folder, source=source)
    if priors is None:
        priors = load_priors(overlay("statutes/search_priors.toml", home))
    lay_table = load_lay_table(overlay("statutes/synonyms.toml", home))
    regions = load_regions(overlay("statutes/regions.toml", home))
    if asked is None:
        asked = load_asked_table(overlay("statutes/asked_questions.json", home))
    reader = IndexReader(path)
    table = DocumentTable(reader, description, priors, regions)
    return SearchIndex(reader, table, lay_table, resolve, asked)
