"""What earlier questions of citizens were answered by: a small learned table for lay questions.

Everyday questions go to few laws, and an article draws questions in words that it doesn't hold
itself. The table was learned by ``benchmarks/question_learning.py``; it only orders what is found.
It counts for whole questions, by its laws alone also where the law of a described case is asked
for, and never for keywords or for the mere description of a violation.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workstation.errors import DataFileError
from workstation.legislation.document_lists import NONE, Documents
from workstation.legislation.index_schema import place_key
from workstation.legislation.titles import plain_title

# A compromise among 0, 15, 20, 30 and 42: what more of it gains on five random folds of the given
# questions (MRR .515 without, .540) it loses on folds that share no gold article (.516, .501).
MEMORY_WEIGHT = 30.0
# Makes up for what the factors of the terms take away; chosen on folds without a shared article.
TELLING_WEIGHT = 1.35


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedArticle:
    """What each term adds to the likeness of a question to all that an article answered."""

    title: str
    label: str
    terms: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTable:
    """``laws`` are points by plain title; ``terms`` weigh the terms of a question (idf)."""

    laws: Mapping[str, float] = field(default_factory=dict)
    levels: Mapping[str, float] = field(default_factory=dict)
    articles: tuple[AskedArticle, ...] = ()
    terms: Mapping[str, float] = field(default_factory=dict)
    rarest: float = 0.0

    def law_points(self, title: str) -> float:
        """Return the points of every article of a law."""
        return self.laws.get(plain_title(title), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Recalled:
    """Documents whose articles answered questions like the one asked, and the points of each."""

    documents: Documents
    points: NDArray[np.float64]


NOTHING_RECALLED = Recalled(NONE, np.zeros(0))


class QuestionMemory:
    """Finds the articles of one index that answered questions like a new one."""

    def __init__(self, table: AskedTable, places: Iterable[int]) -> None:
        """Find the articles of ``table`` among the place keys of the index."""
        known = {place_key(a.title, a.label): a for a in table.articles}
        self._table = table
        documents: list[int] = []
        holding: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, key in enumerate(places):
            article = known.get(key)
            if article is not None:
                for term, share in article.terms.items():
                    holding[term].append((len(documents), share))
                documents.append(number)
        self._documents = np.array(documents, np.intp)
        # Of each term: places in the list of documents, and the shares of these.
        self._holding = {
            term: (np.array([at for at, _ in held]), np.array([share for _, share in held]))
            for term, held in holding.items()
        }

    def recall(self, terms: Iterable[str]) -> Recalled:
        """Return what the folded terms of a question recall.

        The points are the sum of its likenesses to the questions that the article answered, so
        that an article asked for often counts for more.
        """
        weights = self._weights(terms)
        held = [(*self._holding[t], weight) for t, weight in weights.items() if t in self._holding]
        if not held:
            return NOTHING_RECALLED
        length = sum(weight * weight for weight in weights.values()) ** 0.5
        shares = np.concatenate([shares * weight for _, shares, weight in held])
        found = np.bincount(np.concatenate([at for at, _, _ in held]), shares)
        recalled = np.flatnonzero(found)
        return Recalled(self._documents[recalled], MEMORY_WEIGHT / length * found[recalled])

    def telling(self, terms: Iterable[str]) -> dict[str, float]:
        """Return how much each folded term counts: less, the more questions of all kinds use it.

        Empty where nothing was learned.
        """
        rarest = self._table.rarest
        if not rarest:
            return {}
        return {t: TELLING_WEIGHT * weight / rarest for t, weight in self._weights(terms).items()}

    def _weights(self, terms: Iterable[str]) -> dict[str, float]:
        table = self._table
        return {term: table.terms.get(term, table.rarest) for term in dict.fromkeys(terms)}


def load_asked_table(path: Path) -> AskedTable:
    """Read ``asked_questions.json``.

    Raises:
        DataFileError: the file is missing or malformed.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return AskedTable(
            laws={str(title): float(points) for title, points in data["laws"].items()},
            levels={str(level): float(points) for level, points in data["levels"].items()},
            articles=tuple(
                AskedArticle(title=title, label=label, terms=terms)
                for title, label, terms in data["articles"]
            ),
            terms=data["terms"],
            rarest=float(data["rarest"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as cause:
        message = f"提问经验表 {path.name} 缺失或格式不正确：{cause}"
        raise DataFileError(message, hint="请重新安装程序，或恢复该文件。") from cause
