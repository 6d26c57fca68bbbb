"""The given questions and the texts they are asked of, from ``../shared/data``, read in place."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workstation.errors import WorkstationError
from workstation.legislation.file_imports import files_in
from workstation.legislation.law_files.file_lines import read_lines
from workstation.legislation.law_files.law_parser import parse_law
from workstation.legislation.law_files.law_text import LawText
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.law_store import LawStore
from workstation.legislation.titles import plain_title

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_UNDATED = date(2000, 1, 1)
_NATIONAL = "全国"
_FIRST_FILED = 10_000_000

Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, the articles that answer it (plain title and label), and its field of work.

    ``matter`` are the articles that the office's own list names for it; the evaluation takes
    them out of the list when it asks this question.
    """

    query: str
    gold: frozenset[Place]
    field: str = ""
    matter: tuple[Place, ...] = ()


def place(title: str, label: str) -> Place:
    """Return what an article is known by across sources."""
    return plain_title(title), label


def corpus() -> tuple[list[IndexedArticle], dict[int, Place]]:
    """Return the articles of ``stard_corpus.jsonl.gz``, and what is at each of its ids."""
    articles: list[IndexedArticle] = []
    places: dict[int, Place] = {}
    path = DATA / "retrieval" / "stard_corpus.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            made = date.fromisoformat(row["date"]) if row["date"] else _UNDATED
            places[row["id"]] = place(row["law"], row["article"])
            articles.append(
                IndexedArticle(
                    id=row["id"],
                    instrument=row["law"],
                    level=row["level"] or "",
                    region=_NATIONAL,
                    heading="",
                    label=row["article"],
                    text=row["text"],
                    promulgated=made,
                    effective_from=made,
                    effective_to=None,
                    trust="未核",
                )
            )
    return articles, places


def lay_questions(places: dict[int, Place], path: Path | None = None) -> list[Asked]:
    """Return the questions of ``stard_queries.jsonl``, or of another file of its form."""
    rows = _rows(path or DATA / "retrieval" / "stard_queries.jsonl")
    return [
        Asked(query=row["query"], gold=frozenset(places[number] for number in row["gold"]))
        for row in rows
    ]


def situations(path: Path | None = None) -> list[Asked]:
    """Return the enforcement situations; ``gold`` is empty where it wasn't verified."""
    rows = _rows(path or DATA / "retrieval" / "situation_to_article.jsonl")
    return [
        Asked(
            query=row["query"],
            gold=frozenset(place(known["law"], known["article"]) for known in row["gold"]),
            field=row["domain"],
            matter=tuple(place(known["law"], known["article"]) for known in row["gold"]),
        )
        for row in rows
    ]


def scenarios(path: Path | None = None) -> list[Asked]:
    """Return the scenarios, each with its one article."""
    rows = _rows(path or DATA / "retrieval" / "scene_to_article.jsonl")
    return [
        Asked(query=row["query"], gold=frozenset([place(row["law"], row["article"])]))
        for row in rows
    ]


def _rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def statutes(store: LawStore) -> Iterator[IndexedArticle]:
    """Yield the national texts of ``store`` and those of ``statutes/`` that it doesn't have.

    Files that hold no text of law are left out; days don't count in this evaluation.
    """
    known = set()
    for article in store.all_articles_for_index():
        known.add(plain_title(article.instrument))
        yield article
    number = _FIRST_FILED
    for path in files_in([DATA / "statutes"]):
        try:
            law = parse_law(read_lines(path))
        except WorkstationError:
            continue
        if plain_title(law.title) not in known:
            for article in _articles(law, number):
                yield article
            number += len(law.articles)


def _articles(law: LawText, first: int) -> Iterator[IndexedArticle]:
    made = law.promulgated or law.effective or _UNDATED
    for number, article in enumerate(law.articles, start=first):
        yield IndexedArticle(
            id=number,
            instrument=law.title,
            level=law.kind,
            region=law.region,
            heading=" ".join(article.heading),
            label=article.label,
            text=article.text,
            promulgated=made,
            effective_from=made,
            effective_to=None,
            trust="未核",
        )
