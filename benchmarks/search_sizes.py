"""Search at 26,000, 100,000 and 300,000 articles, beside tantivy and china-law-mcp's own search.

    python benchmarks/search_sizes.py [--sizes 26000,100000] [--queries N] [--rivals FOLDER]

``--rivals`` names a ``site-packages`` folder that holds ``tantivy``, ``jieba`` and ``rank_bm25``;
they are no part of the program, and what is absent is said to be. The articles are those of the
installed package, then those of ``../shared/data/retrieval``, then mixtures of their sentences
made with a fixed seed. Every query goes to all engines in turn. Times on a machine that does other
things are rough: the ratios of one run are what counts.
"""

import argparse
import importlib
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from search import RETRIEVAL, corpus, corpus_rows, known_questions, megabytes, processor

from workstation.legislation.analysis import bigrams
from workstation.legislation.everyday_words import load_everyday_words
from workstation.legislation.index_writer import build_index
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.national_store import ensure_store
from workstation.legislation.priors import Priors
from workstation.legislation.query_syntax import parse_query
from workstation.legislation.search import open_index
from workstation.legislation.statute_search import everyday_path

_LIMIT = 20
_GOOD_RANK = 10
_PEER_SIZE = 30_000
_OPENER = """
import sys, time
from pathlib import Path
from workstation.legislation.priors import Priors
from workstation.legislation.search import open_index
started = time.perf_counter()
found = open_index(Path(sys.argv[1]), priors=Priors())
found.search(sys.argv[2])
print((time.perf_counter() - started) * 1000)
"""
_BUILDER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from search_sizes import articles_of
from workstation.legislation.index_writer import build_index
build_index(Path(sys.argv[1]) / "import", articles_of(Path(sys.argv[1]) / "store", 20_000))
"""

Place = tuple[str, str]
Search = Callable[[str], list[Place]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Engine:
    """One engine: how it is called, how long building took (CPU s), and how to ask it."""

    name: str
    build: float
    megabytes: float
    search: Search


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="26000,100000,300000")
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--rivals", type=Path)
    arguments = parser.parse_args()
    if arguments.rivals:
        sys.path.append(str(arguments.rivals))
    asked = _questions(arguments.queries)
    print(f"Python {platform.python_version()}, {processor()}, {os.cpu_count()} cores,")
    print(
        f"load {os.getloadavg()[0]:.1f}; {len(asked)} queries of STARD, {_LIMIT} results each.\n"
    )
    with tempfile.TemporaryDirectory() as name:
        for size in map(int, arguments.sizes.split(",")):
            _measure(Path(name), size, asked)


def articles_of(store: Path, count: int) -> list[IndexedArticle]:
    """Return ``count`` articles; beyond the real ones, mixtures of their sentences."""
    with ensure_store(store) as opened:
        real = list(opened.all_articles_for_index())
    if count > len(real):
        known = {(_short(article.instrument), article.label) for article in real}
        rows = (row for row in corpus() if (_short(row.instrument), row.label) not in known)
        real += [replace(row, id=len(real) + n) for n, row in enumerate(rows, start=1)]
    real = [replace(article, id=number) for number, article in enumerate(real[:count], start=1)]
    return real + _mixtures(real, count - len(real))


def _mixtures(real: Sequence[IndexedArticle], count: int) -> list[IndexedArticle]:
    chance = random.Random(7)  # noqa: S311 - no secret
    sentences = [[s for s in re.split(r"(?<=[。；，])", a.text) if s] for a in real]
    made = []
    for number in range(count):
        model = real[number % len(real)]
        length = max(1, len(sentences[number % len(real)]))
        text = "".join(chance.choice(chance.choice(sentences) or [""]) for _ in range(length))
        title = f"{model.instrument}拟制{number // len(real) + 1}"
        made.append(
            replace(model, id=len(real) + number + 1, instrument=title, text=text, mark="")
        )
    return made


def _measure(folder: Path, size: int, asked: Sequence[tuple[str, set[Place]]]) -> None:
    articles = articles_of(folder / "store", size)
    home = folder / str(size)
    ours = _ours(home / "ours", articles)
    engines = [ours, *filter(None, (_tantivy(home / "tantivy", articles), _peer(size, folder)))]
    times: dict[str, list[float]] = {engine.name: [] for engine in engines}
    found: dict[str, list[float]] = {engine.name: [] for engine in engines}
    held = {(_short(article.instrument), article.label) for article in articles}
    for engine in engines:
        engine.search(asked[0][0])
    for question, gold in asked:
        for engine in engines:
            started = time.perf_counter()
            places = engine.search(question)
            times[engine.name].append((time.perf_counter() - started) * 1000)
            if gold & held:
                found[engine.name].append(len(gold & held & set(places)) / len(gold & held))
    base = _percentile(times[engines[min(1, len(engines) - 1)].name], 0.95)
    print(f"### {len(articles)} articles\n")
    print("| engine | build s CPU | MB | p50 ms | p95 ms | p99 ms | p95 ratio | R@10 (n) |")
    print("|---|---|---|---|---|---|---|---|")
    for engine in engines:
        row = times[engine.name]
        p50, p95, p99 = (_percentile(row, share) for share in (0.5, 0.95, 0.99))
        recall = sum(found[engine.name]) / max(1, len(found[engine.name]))
        built = f"{engine.build:.1f} | {engine.megabytes:.0f}"
        quality = f"{p95 / base:.2f} | {recall:.3f} ({len(found[engine.name])})"
        print(f"| {engine.name} | {built} | {p50:.1f} | {p95:.1f} | {p99:.1f} | {quality} |")
    _print_opening(home / "ours", asked[0][0])
    _print_during_import(folder, ours, [question for question, _ in asked])


def _percentile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _questions(count: int) -> list[tuple[str, set[Place]]]:
    rows = {row.id: (_short(row.law), row.article) for row in corpus_rows()}
    numbers = {place: number for number, place in rows.items()}
    cases = list(known_questions(RETRIEVAL / "stard_queries.jsonl", numbers))
    chosen = random.Random(1).sample(cases, min(count, len(cases)))  # noqa: S311 - no secret
    return [(asked, {rows[number] for number in gold}) for asked, gold in chosen]


def _short(title: str) -> str:
    return title.removeprefix("中华人民共和国")


def _ours(folder: Path, articles: Sequence[IndexedArticle]) -> _Engine:
    started = time.process_time()
    words = load_everyday_words(everyday_path())
    build_index(folder, list(words.beside(articles)))
    built = time.process_time() - started
    index = open_index(folder, priors=Priors())
    started = time.process_time()
    index.warm()
    print(f"Read ahead in {time.process_time() - started:.2f} s CPU, as the window does.\n")

    def search(question: str) -> list[Place]:
        answer = index.search(question, any_day=True, limit=_LIMIT)
        return [(_short(r.instrument), r.label) for r in answer.results][:_GOOD_RANK]

    size = megabytes(folder)
    return _Engine(name="ours, whole answer", build=built, megabytes=size, search=search)


def _tantivy(folder: Path, articles: Sequence[IndexedArticle]) -> _Engine | None:
    """Index pairs of characters as tantivy's words; the answer is ids only, without snippets."""
    try:
        tantivy: Any = importlib.import_module("tantivy")
    except ImportError:
        print("tantivy is not installed here.\n")
        return None
    folder.mkdir(parents=True)
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True)
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    index = tantivy.Index(builder.build(), path=str(folder))
    started = time.process_time()
    writer = index.writer(100_000_000, 1)
    for number, article in enumerate(articles):
        pairs = " ".join(bigrams(f"{article.instrument} {article.text}"))
        writer.add_document(tantivy.Document(number=number, text=pairs))
    writer.commit()
    writer.wait_merging_threads()
    built = time.process_time() - started
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> list[Place]:
        terms = dict.fromkeys(t for word in parse_query(question).words for t in bigrams(word))
        should = tantivy.Occur.Should
        each = [(should, tantivy.Query.term_query(index.schema, "text", term)) for term in terms]
        hits = searcher.search(tantivy.Query.boolean_query(each), _LIMIT).hits
        rows = [articles[searcher.doc(at)["number"][0]] for _, at in hits]
        return [(_short(row.instrument), row.label) for row in rows][:_GOOD_RANK]

    size = megabytes(folder)
    return _Engine(name="tantivy, pairs, ids", build=built, megabytes=size, search=search)


def _peer(articles: int, folder: Path) -> _Engine | None:
    """Take china-law-mcp's own search, which knows its own articles only."""
    if articles > _PEER_SIZE:
        return None
    os.environ["CHINA_LAW_INDEX"] = str(folder / "peer.pickle")
    try:
        retrieval: Any = importlib.import_module("china_law_mcp.retrieval")
    except ImportError as error:
        print(f"china-law-mcp's search can't run here: {error}.\n")
        return None
    started = time.process_time()
    out = retrieval.build_index(out_path=folder / "peer.pickle")
    built = time.process_time() - started
    space = Path(out).stat().st_size / 1e6

    def search(question: str) -> list[Place]:
        rows = retrieval.search(question, top_k=_GOOD_RANK)
        return [(_short(row["law_name"]), str(row["article_no"])) for row in rows]

    return _Engine(name="china-law-mcp", build=built, megabytes=space, search=search)


def _print_opening(folder: Path, question: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OPENER, str(folder), question],
        capture_output=True,
        text=True,
        check=True,
    )
    print(f"\nOpened in a new process, first answer after {float(done.stdout):.0f} ms.")


def _print_during_import(folder: Path, engine: _Engine, questions: Sequence[str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _BUILDER, str(folder), str(Path(__file__).parent)]
    ) as child:
        times = []
        for question in questions * 20:
            started = time.perf_counter()
            engine.search(question)
            times.append((time.perf_counter() - started) * 1000)
            if child.poll() is not None:
                break
        child.kill()
    p50, p95, p99 = (_percentile(times, share) for share in (0.5, 0.95, 0.99))
    print(f"While 20,000 articles are indexed beside it: {len(times)} searches,", end=" ")
    print(f"p50 {p50:.1f}, p95 {p95:.1f}, p99 {p99:.1f} ms.\n")


if __name__ == "__main__":
    main()
