"""How well articles are found, on the given questions with their known answers.

    python benchmarks/retrieval.py [--only stard|field] [--keep FOLDER] [--ingredients]
        [--lay FILE] [--situations FILE] [--scenarios FILE]

Builds the index with the program's own writer and asks the program's own search. Lay questions
(STARD, 56,839 articles): what is learned is learned on four folds and asked of the fifth, once
over random folds and once over folds that share no gold article. Situations and scenarios: the
national texts with the 2,600 files of ``../shared/data/statutes``. Other files of the same form
may be asked instead; nothing is then learned from them. Prints Markdown tables; with
``--ingredients`` one that adds what makes the order one by one, with where each was tuned.
"""

import argparse
import os
import platform
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from question_learning import learn
from retrieval_data import (
    Asked,
    Place,
    corpus,
    lay_questions,
    place,
    scenarios,
    situations,
    statutes,
)

from workstation.data_files import overlay
from workstation.legislation import ranking
from workstation.legislation.asked_questions import AskedTable
from workstation.legislation.everyday_words import everyday_words_mark, load_everyday_words
from workstation.legislation.index_folder import IndexMissingError
from workstation.legislation.index_writer import build_index
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.national_store import ensure_store
from workstation.legislation.priors import OfficeField, Priors, load_priors
from workstation.legislation.search import Asker, SearchIndex, SearchResult, open_index
from workstation.legislation.statute_search import everyday_path

_FOLDS = 5
_SEED = 7
_DEPTH = 50
_CITED = 300
_REGION = "杭州市"
_NOTHING = AskedTable()
Answering = Callable[[Asked], Sequence[SearchResult]]


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over some questions: recall at 5, 10 and 50, and MRR at 10."""

    count: int
    recall5: float
    recall10: float
    recall50: float
    mrr: float

    def row(self, name: str) -> str:
        """Return a Markdown row."""
        shown = (self.recall5, self.recall10, self.recall50, self.mrr)
        return f"| {name} | {self.count} | " + " | ".join(f"{v:.3f}" for v in shown) + " |"


class Judge:
    """Knows which article each id is; sums up answers."""

    def __init__(self, articles: Sequence[IndexedArticle]) -> None:
        self._places = {a.id: place(a.instrument, a.label) for a in articles}

    def quality(self, questions: Sequence[Asked], answering: Answering) -> Quality:
        """Ask every question; a folded version or duplicate counts as its article."""
        marks = [self._marks(question.gold, answering(question)) for question in questions]
        means = [sum(column) / len(marks) for column in zip(*marks, strict=True)]
        return Quality(len(marks), *means)

    def _marks(
        self, gold: frozenset[Place], results: Sequence[SearchResult]
    ) -> tuple[float, float, float, float]:
        ranked = [{self._places[i] for i in (r.article_id, *r.also)} for r in results]
        recalls = [len(gold.intersection(*[set().union(*ranked[:k])])) for k in (5, 10, 50)]
        first = next((n for n, found in enumerate(ranked[:10], start=1) if found & gold), 0)
        at5, at10, at50 = (recall / len(gold) for recall in recalls)
        return at5, at10, at50, 1 / first if first else 0.0


def main() -> None:
    """Build, ask and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("stard", "field"))
    parser.add_argument("--keep", type=Path, help="a folder to build the indexes in and keep")
    parser.add_argument("--ingredients", action="store_true", help="what each adds (slow)")
    for name in ("lay", "situations", "scenarios"):
        parser.add_argument(f"--{name}", type=Path)
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as made:
        folder = arguments.keep or Path(made)
        if arguments.only != "field":
            _ask_lay(folder, arguments.lay, ingredients=arguments.ingredients)
        if arguments.only != "stard":
            _ask_field(folder, arguments)


def _heading(title: str) -> None:
    print(f"\n{title}\n\n| | n | R@5 | R@10 | R@50 | MRR@10 |\n|---|---|---|---|---|---|")


@contextmanager
def _weights(**values: float) -> Iterator[None]:
    """Rank with other weights for the time of a measurement."""
    before = {name: getattr(ranking, name) for name in values}
    try:
        for name, value in values.items():
            setattr(ranking, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(ranking, name, value)


def _built(folder: Path, articles: Sequence[IndexedArticle]) -> None:
    path = everyday_path()
    source = f"{len(articles)} {everyday_words_mark(path)}"
    try:
        open_index(folder, source=source)
    except IndexMissingError:
        words = load_everyday_words(path)
        build_index(folder, list(words.beside(articles)), source=source)


class _LayEvaluation:
    """The lay questions over the STARD corpus."""

    def __init__(self, folder: Path) -> None:
        self.articles, self.places = corpus()
        _built(folder, self.articles)
        self._folder = folder
        self._judge = Judge(self.articles)
        self._levels = {self.places[a.id]: a.level for a in self.articles}
        self._sizes = Counter(a.level for a in self.articles)

    def asked(
        self, questions: Sequence[Asked], table: AskedTable | None, priors: Priors
    ) -> Quality:
        """Ask questions with one learned table (None: the shipped one)."""
        index = open_index(self._folder, priors=priors, asked=table)
        return self._judge.quality(questions, _plainly(index))

    def folded(
        self, folds: Sequence[Sequence[Asked]], narrowed: Callable[[AskedTable], AskedTable]
    ) -> Quality:
        """Ask each fold with what ``narrowed`` keeps of what the others taught."""
        parts = []
        for number, tested in enumerate(folds):
            taught = [q for n, fold in enumerate(folds) if n != number for q in fold]
            table = narrowed(learn(taught, self._levels, self._sizes))
            parts.append(self.asked(tested, table, Priors()))
        return _pooled(parts)


def _plainly(index: SearchIndex) -> Answering:
    return lambda question: index.search(question.query, any_day=True, limit=_DEPTH).results


def _pooled(parts: Sequence[Quality]) -> Quality:
    count = sum(part.count for part in parts)
    columns = ("recall5", "recall10", "recall50", "mrr")
    means = [sum(getattr(p, name) * p.count for p in parts) / count for name in columns]
    return Quality(count, *means)


def random_folds(questions: Sequence[Asked]) -> list[list[Asked]]:
    """Return five parts of equal size; questions of different parts may share an article."""
    mixed = list(questions)
    random.Random(_SEED).shuffle(mixed)  # noqa: S311
    return [mixed[number::_FOLDS] for number in range(_FOLDS)]


def apart_folds(questions: Sequence[Asked]) -> list[list[Asked]]:
    """Return five parts of which no two share a gold article: whole connected components."""
    leader = list(range(len(questions)))

    def led_by(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    asked_first: dict[Place, int] = {}
    for number, question in enumerate(questions):
        for known in question.gold:
            leader[led_by(number)] = led_by(asked_first.setdefault(known, number))
    components: defaultdict[int, list[Asked]] = defaultdict(list)
    for number, question in enumerate(questions):
        components[led_by(number)].append(question)
    folds: list[list[Asked]] = [[] for _ in range(_FOLDS)]
    for component in sorted(components.values(), key=len, reverse=True):
        min(folds, key=len).extend(component)
    return folds


def _ask_lay(folder: Path, other: Path | None, *, ingredients: bool) -> None:
    evaluation = _LayEvaluation(folder / "stard")
    questions = lay_questions(evaluation.places, other)
    if other is not None:
        _heading(f"Lay questions of {other.name}, with the shipped table")
        shipped = load_priors(overlay("statutes/search_priors.toml", None))
        print(evaluation.asked(questions, None, shipped).row("as shipped"))
        return
    mixed, apart = random_folds(questions), apart_folds(questions)
    _heading("Lay questions (STARD): learned on four folds, asked of the fifth")
    if ingredients:
        _print_ingredients(evaluation, questions, mixed, apart)
    print(evaluation.folded(mixed, _whole).row("**all, random folds**"), flush=True)
    print(evaluation.folded(apart, _whole).row("**all, folds without a shared article**"))


def _print_ingredients(
    evaluation: _LayEvaluation,
    questions: Sequence[Asked],
    mixed: Sequence[Sequence[Asked]],
    apart: Sequence[Sequence[Asked]],
) -> None:
    steps = (
        ("character pairs (nothing tuned)", ()),
        ("+ single characters (folds apart)", ("CHARACTER_WEIGHT", "LAY_CHARACTER_WEIGHT")),
        ("+ lay table (by hand, 45 questions read; weight: folds apart)", ("EXPANSION_WEIGHT",)),
        ("+ everyday words of articles (written unseen; weight: both)", ("LAY_EVERYDAY_WEIGHT",)),
    )
    off = {weight for _, weights in steps for weight in weights}
    for name, weights in steps:
        off -= set(weights)
        with _weights(**dict.fromkeys(off, 0.0)):
            print(evaluation.asked(questions, _NOTHING, Priors()).row(name), flush=True)
    for name, narrowed in (
        ("+ level prior (folds apart)", lambda t: AskedTable(levels=t.levels)),
        ("+ law prior (folds apart)", lambda t: AskedTable(levels=t.levels, laws=t.laws)),
        ("+ terms by how telling they are (folds apart)", lambda t: replace(t, articles=())),
    ):
        print(evaluation.folded(mixed, narrowed).row(f"{name}: random folds"), flush=True)
        print(evaluation.folded(apart, narrowed).row(f"{name}: no shared article"), flush=True)


def _whole(table: AskedTable) -> AskedTable:
    return table


def _ask_field(folder: Path, arguments: argparse.Namespace) -> None:
    with ensure_store(folder / "store") as store:
        articles = tuple(statutes(store))
    _built(folder / "field", articles)
    shipped = load_priors(overlay("statutes/search_priors.toml", None))
    index = open_index(folder / "field", priors=shipped)
    judge = Judge(articles)
    asked = situations(arguments.situations)
    verified = [q for q in asked if q.gold]
    fields = _fields(asked)
    _heading(f"Enforcement situations, {len(articles)} articles; office of {_REGION}")
    place_only = Asker(region=_REGION)
    for name, answering in (
        ("all law", _plainly(index)),
        ("+ region", _at(index, lambda _: place_only)),
        ("+ the office's own matters", _at(index, lambda q: _office(q, fields))),
    ):
        print(judge.quality(verified, answering).row(name), flush=True)
    city = [q for q in verified if q.field == "chengguan"]
    if city:
        print(judge.quality(city, answering).row("of these 城管"), flush=True)
    _heading("Scenarios")
    cases = scenarios(arguments.scenarios)
    print(judge.quality(cases, _plainly(index)).row("all law, all regions"), flush=True)
    print(judge.quality(cases, _at(index, lambda _: place_only)).row("+ region"))


def _at(index: SearchIndex, chosen: Callable[[Asked], Asker]) -> Answering:
    return lambda question: (
        index.search(question.query, any_day=True, limit=_DEPTH, asker=chosen(question)).results
    )


def _fields(asked: Sequence[Asked]) -> Mapping[str, Counter[str]]:
    """Return how many matters of each field name each law."""
    fields: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for question in asked:
        fields[question.field].update({title for title, _ in question.matter})
    return fields


def _office(question: Asked, fields: Mapping[str, Counter[str]]) -> Asker:
    """Return the office of the question's field, whose list lacks this one matter."""
    laws = fields[question.field] - Counter({title for title, _ in question.matter})
    return Asker(region=_REGION, field=OfficeField(tuple(sorted(laws.items()))))


if __name__ == "__main__":
    main()
