"""How fast articles are found and how fast the index is built, beside stock Whoosh.

    python benchmarks/search.py [--all] [--queries N]

Works on the statutes of the installed package; ``--all`` measures the 57,000 articles of
``../shared/data/retrieval`` too, with the quality of what is found. Prints Markdown tables. Times
on a machine that does other things are rough: the ratios of one run are what counts.
"""

import argparse
import gzip
import json
import os
import platform
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from workstation.legislation.analysis import bigrams
from workstation.legislation.everyday_words import load_everyday_words
from workstation.legislation.index_folder import current_index
from workstation.legislation.index_writer import build_index
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.national_store import ensure_store
from workstation.legislation.priors import Priors
from workstation.legislation.query_syntax import parse_query
from workstation.legislation.search import SearchIndex, open_index
from workstation.legislation.statute_search import (
    everyday_path,
    index_source,
    open_statute_search,
)
from workstation.legislation.whoosh_engine import FileStorage, index
from workstation.legislation.whoosh_engine import query as whoosh_query

RETRIEVAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "retrieval"
_KEYWORDS = (
    "占道经营", "行政处罚法 42", "听证", "建筑垃圾", "擅自倾倒建筑垃圾 罚款", "摆摊", "税",
    "噪声扰民",
    "行政处罚法 听证", "法制审核", "首违不罚", "处罚时效", "油烟", "违法建设 限期拆除", "未成年人",
    "听证 AND 告知 NOT 许可", "“集体讨论”", "没收违法所得", "送达", "电动自行车 停放",
)  # fmt: skip
_STOCK_QUESTIONS = 16
_GOOD_RANK = 10


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="the retrieval corpus as well")
    parser.add_argument("--queries", type=int, default=200)
    arguments = parser.parse_args()
    questions = _questions(arguments.queries)
    print(f"Python {platform.python_version()}, {processor()}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as name:
        _measure_statutes(Path(name), questions)
        if arguments.all and RETRIEVAL.is_dir():
            _measure_corpus(Path(name) / "corpus", questions)


def processor() -> str:
    """Return the name of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "")


def _questions(count: int) -> list[str]:
    path = RETRIEVAL / "stard_queries.jsonl"
    if not path.exists():
        return []
    asked = [json.loads(line)["query"] for line in path.read_text(encoding="utf-8").splitlines()]
    return random.Random(1).sample(asked, min(count, len(asked)))  # noqa: S311


def _measure_statutes(folder: Path, questions: Sequence[str]) -> None:
    with ensure_store(folder / "store") as store:
        articles = tuple(store.all_articles_for_index())
        seconds = _built(folder / "index", articles, index_source(store))
        started = time.perf_counter()
        found = open_statute_search(store, folder / "index")
        opening = (time.perf_counter() - started) * 1000
        size = megabytes(folder / "index")
        print(f"{len(articles)} articles of the statute package: built in {seconds:.1f} s CPU,")
        print(f"{size:.0f} MB, opened in {opening:.0f} ms.\n")
        _print_times(found, questions)
        _print_stock(found, current_index(folder / "index")[0], questions)


def _measure_corpus(folder: Path, questions: Sequence[str]) -> None:
    articles = tuple(corpus())
    seconds = _built(folder, articles, "")
    found = open_index(folder, priors=Priors())
    print(f"\n{len(articles)} articles of the retrieval corpus: built in {seconds:.1f} s CPU,")
    print(f"{megabytes(folder):.0f} MB.\n")
    _print_times(found, questions)
    _print_quality(found)


def _built(folder: Path, articles: Sequence[IndexedArticle], source: str) -> float:
    started = time.process_time()
    words = load_everyday_words(everyday_path())
    build_index(folder, list(words.beside(articles)), source=source)
    return time.process_time() - started


def megabytes(folder: Path) -> float:
    """Return the size of all files below a folder, in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class _CorpusRow:
    """A row of ``stard_corpus.jsonl.gz``."""

    id: int
    law: str
    level: str
    article: str
    text: str


def corpus() -> Iterator[IndexedArticle]:
    """Yield the articles of the retrieval corpus."""
    for row in corpus_rows():
        yield IndexedArticle(
            id=row.id,
            instrument=row.law,
            level=row.level,
            region="全国",
            heading="",
            label=row.article,
            text=row.text,
            promulgated=date(2000, 1, 1),
            effective_from=date(2000, 1, 1),
            effective_to=None,
            trust="未核",
        )


def corpus_rows() -> Iterator[_CorpusRow]:
    """Yield the rows of the retrieval corpus."""
    with gzip.open(RETRIEVAL / "stard_corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield _CorpusRow(
                id=row["id"],
                law=row["law"],
                level=row["level"] or "",
                article=row["article"],
                text=row["text"],
            )


def _print_row(name: str, values: Sequence[float]) -> None:
    ordered = sorted(values)
    p50, p95 = (ordered[int(len(ordered) * share)] for share in (0.5, 0.95))
    print(f"| {name} | {len(ordered)} | {p50:.1f} | {p95:.1f} | {ordered[-1]:.1f} |")


def _print_times(found: SearchIndex, questions: Sequence[str]) -> None:
    print("| queries, 20 results | n | p50 ms | p95 ms | max ms |\n|---|---|---|---|---|")
    for name, queries in (("keywords", _KEYWORDS), ("lay questions", questions)):
        if queries:
            _print_row(f"{name}, first touch", [found.search(q).took_ms for q in queries])
            _print_row(f"{name}, warm", [found.search(q).took_ms for q in queries])


def _print_stock(found: SearchIndex, folder: Path, questions: Sequence[str]) -> None:
    """Compare with stock Whoosh on the same files, taking turns query by query."""
    stock: list[float] = []
    ours: list[float] = []
    with index.FileIndex(FileStorage(os.fspath(folder))).searcher() as searcher:
        for asked in [*_KEYWORDS[:6], *questions[:_STOCK_QUESTIONS]]:
            stock.append(_timed(_stock_search(searcher, asked)))
            ours.append(_timed(lambda asked=asked: found.search(asked)))  # type: ignore[misc]
    print("\n| same files, in turns | n | p50 ms | p95 ms | max ms |\n|---|---|---|---|---|")
    _print_row("stock Whoosh: OR of all pairs, numbers only", stock)
    _print_row("ours: whole answer with snippets", ours)
    print(f"\nStock Whoosh takes {sum(stock) / sum(ours):.0f} times as long.")


def _stock_search(searcher: Any, asked: str) -> Callable[[], object]:
    terms = dict.fromkeys(t for word in parse_query(asked).words for t in bigrams(word))
    either = whoosh_query.Or([whoosh_query.Term(f, t) for t in terms for f in ("text", "title")])
    return lambda: searcher.search(either, limit=20)


def _timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


def _print_quality(found: SearchIndex) -> None:
    print("\n| questions with known articles | n | R@10 | MRR@10 |\n|---|---|---|---|")
    numbers = {(_short(row.law), row.article): row.id for row in corpus_rows()}
    for name in ("stard_queries", "situation_to_article", "scene_to_article"):
        cases = list(known_questions(RETRIEVAL / f"{name}.jsonl", numbers))
        recall = reciprocal = 0.0
        for asked, gold in cases:
            answer = found.search(asked, any_day=True, limit=_GOOD_RANK)
            ranked = [{result.article_id, *result.also} for result in answer.results]
            places = [n for n, ids in enumerate(ranked, start=1) if ids & gold]
            recall += len(gold & set().union(*ranked)) / len(gold)
            reciprocal += 1 / places[0] if places else 0.0
        count = len(cases)
        print(f"| {name} | {count} | {recall / count:.3f} | {reciprocal / count:.3f} |")


def _place(known: dict[str, str]) -> tuple[str, str]:
    return _short(known["law"]), known["article"]


def _short(title: str) -> str:
    return title.removeprefix("中华人民共和国")


def known_questions(
    path: Path, numbers: dict[tuple[str, str], int]
) -> Iterator[tuple[str, set[int]]]:
    """Yield queries with the ids of the articles that answer them, where the corpus has them."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        named = row.get("gold", [row])
        gold = [k if isinstance(k, int) else numbers.get(_place(k)) for k in named]
        found = {number for number in gold if number is not None}
        if found:
            yield row["query"], found


if __name__ == "__main__":
    main()
