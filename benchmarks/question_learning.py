"""Learns which laws, articles and words answer lay questions.

    python benchmarks/question_learning.py

Writes ``statutes/asked_questions.json`` from all the given STARD questions (MIT licence,
oneal2000/STARD). The evaluation in ``retrieval.py`` learns the same on its training folds only.
The file holds weights of character pairs that several questions use, in the order of their
characters; of no question does an article keep more than half of the pairs, so that none can be
pieced together.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from retrieval_data import Asked, Place, corpus, lay_questions

from workstation.data_files import statutes_dir
from workstation.legislation.analysis import bigrams
from workstation.legislation.asked_questions import AskedArticle, AskedTable
from workstation.legislation.query_expansion import LayTable, load_lay_table
from workstation.legislation.query_syntax import parse_query

# Chosen on five folds of the given questions that share no gold article (see retrieval.py); flat
# around these. A law of which nothing was asked counts as asked for so many times.
LAW_WEIGHT = 3.5
UNASKED_LAW = 0.1
LEVEL_WEIGHT = 2.0
LEAST_QUESTIONS = 3


def learn(
    questions: Sequence[Asked], levels: Mapping[Place, str], level_sizes: Mapping[str, int]
) -> AskedTable:
    """Return the table learned from ``questions``.

    ``levels`` tells the level of each article asked for, ``level_sizes`` how many articles of
    each level there are in all.
    """
    lay_table = load_lay_table(statutes_dir() / "synonyms.toml")
    asked = [(_terms(question.query, lay_table), question.gold) for question in questions]
    frequencies = Counter(term for terms, _ in asked for term in terms)
    weights = {
        term: math.log(1 + (len(asked) - n + 0.5) / (n + 0.5)) for term, n in frequencies.items()
    }
    laws = Counter(title for _, gold in asked for title, _ in gold)
    common = {term for term, n in frequencies.items() if n >= LEAST_QUESTIONS}
    shares = _shares(asked, weights, common)
    return AskedTable(
        laws={title: _law_points(answers) for title, answers in laws.items()},
        levels=_levels(Counter(levels[k] for _, g in asked for k in g), level_sizes),
        articles=tuple(
            AskedArticle(title=title, label=label, terms=terms)
            for (title, label), terms in sorted(shares.items())
        ),
        terms={term: round(weights[term], 2) for term in sorted(common)},
        rarest=round(max(weights.values(), default=0.0), 2),
    )


def _terms(query: str, lay_table: LayTable) -> tuple[str, ...]:
    words = lay_table.without_question_words(parse_query(query).words)
    return tuple(dict.fromkeys(term for word in words for term in bigrams(word)))


def _law_points(answers: int) -> float:
    return round(LAW_WEIGHT * math.log(1 + answers / UNASKED_LAW), 2)


def _levels(found: Counter[str], sizes: Mapping[str, int]) -> dict[str, float]:
    rates = {level: math.log((found[level] + 1) / size) for level, size in sizes.items() if level}
    best = max(rates.values())
    return {level: round(LEVEL_WEIGHT * (rate - best), 2) for level, rate in rates.items()}


def _shares(
    asked: Sequence[tuple[tuple[str, ...], frozenset[Place]]],
    weights: Mapping[str, float],
    common: Collection[str],
) -> dict[Place, dict[str, float]]:
    """Return, of each article, the sum of its questions, each one long, over common terms."""
    answered: defaultdict[Place, list[dict[str, float]]] = defaultdict(list)
    for terms, gold in asked:
        length = math.sqrt(sum(weights[term] ** 2 for term in terms)) or 1.0
        for known in gold:
            answered[known].append({term: weights[term] / length for term in terms})
    return {known: _kept(questions, common) for known, questions in answered.items()}


def _kept(questions: Sequence[Mapping[str, float]], common: Collection[str]) -> dict[str, float]:
    """Return the heaviest common terms, of no question more than half of its terms."""
    sums: Counter[str] = Counter()
    for question in questions:
        sums.update(question)  # type: ignore[arg-type]
    left = [len(question) // 2 for question in questions]
    kept: dict[str, float] = {}
    for term, weight in sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])):
        holding = [n for n, question in enumerate(questions) if term in question]
        if term in common and all(left[n] for n in holding):
            kept[term] = round(weight, 3)
            for number in holding:
                left[number] -= 1
    return dict(sorted(kept.items()))


def write(table: AskedTable, path: Path) -> None:
    """Write the table as the program reads it, one article a line."""
    rows = [
        json.dumps([a.title, a.label, dict(a.terms)], ensure_ascii=False) for a in table.articles
    ]
    head = {
        "source": "STARD (oneal2000/STARD, MIT): learned from the given questions",
        "laws": table.laws,
        "levels": table.levels,
        "terms": table.terms,
        "rarest": table.rarest,
    }
    text = json.dumps(head, ensure_ascii=False, indent=0)
    body = ",\n".join(rows)
    path.write_text(f'{text[:-2]},\n"articles": [\n{body}\n]\n}}\n', encoding="utf-8")


def main() -> None:
    """Learn from all given questions and write the file."""
    articles, places = corpus()
    levels = {places[article.id]: article.level for article in articles}
    table = learn(lay_questions(places), levels, Counter(article.level for article in articles))
    path = statutes_dir() / "asked_questions.json"
    write(table, path)
    print(f"{path}: {len(table.articles)} articles, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
