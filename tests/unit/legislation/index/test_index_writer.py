"""Stock Whoosh reads what the bulk writer wrote; a build that breaks off harms nothing."""

import math
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from typing_extensions import override

from workstation.legislation.analysis import bigrams, characters, fold
from workstation.legislation.index_folder import current_index, new_folder
from workstation.legislation.index_reading import IndexReader
from workstation.legislation.index_scorer import Bm25Scorer, weighted_terms
from workstation.legislation.index_writer import build_index
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.whoosh_engine import FileStorage, index, scoring

MakeArticle = Callable[..., IndexedArticle]
_TERMS = {"characters": characters, "text": bigrams}


class _OurIdf(scoring.BM25F):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's own BM25 with the program's inverse document frequency."""

    @override
    def idf(self, searcher: Any, fieldname: str, text: str) -> float:
        parent = searcher.get_parent()
        frequency = parent.doc_frequency(fieldname, text)
        return math.log(1 + (parent.doc_count_all() - frequency + 0.5) / (frequency + 0.5))


@pytest.fixture
def articles(make_article: MakeArticle) -> list[IndexedArticle]:
    """Return 240 articles of random characters, some far more common than others."""
    chance = random.Random(7)  # noqa: S311
    alphabet = "道路经营垃圾处罚决定听证告知期限机关"
    weights = [1 / (n + 1) for n in range(len(alphabet))]
    lengths = [chance.randint(1, 400) for _ in range(240)]
    return [make_article("".join(chance.choices(alphabet, weights, k=n))) for n in lengths]


@pytest.fixture
def built(tmp_path: Path, articles: list[IndexedArticle]) -> Path:
    """Return the folder of their index in three segments."""
    build_index(tmp_path, articles, segment_documents=100)
    return current_index(tmp_path)[0]


def _stock(folder: Path) -> Any:
    return index.FileIndex(FileStorage(str(folder)))


def _stock_postings(reader: Any, field: str, term: str) -> dict[int, float]:
    matcher = reader.postings(field, term)
    found = {}
    while matcher.is_active():
        found[matcher.id()] = matcher.weight()
        matcher.next()
    return found


@pytest.mark.parametrize("field", ["characters", "text"])
def test_stock_whoosh_reads_every_posting(
    built: Path, articles: list[IndexedArticle], field: str
) -> None:
    counts = [Counter(_TERMS[field](fold(article.text))) for article in articles]
    terms = set().union(*counts)

    with _stock(built).reader() as reader:
        found = {term: _stock_postings(reader, field, term) for term in terms}
        frequencies = {term: reader.doc_frequency(field, term) for term in terms}

    assert found == {t: {n: c[t] for n, c in enumerate(counts) if t in c} for t in terms}
    assert frequencies == {term: sum(term in count for count in counts) for term in terms}


def test_stock_whoosh_knows_the_same_terms(built: Path, articles: list[IndexedArticle]) -> None:
    expected = {term for article in articles for term in bigrams(fold(article.text))}

    with _stock(built).reader() as reader:
        found = set(reader.field_terms("text"))

    assert found == expected


def test_stock_whoosh_ranks_the_same_twenty(built: Path) -> None:
    query = bigrams("听证告知期限机关处罚")
    reader = IndexReader(built)
    scorer = Bm25Scorer(reader, common_share=1.0)
    found = scorer.matches(weighted_terms(query, {"text": 1.0})).found
    best = sorted(enumerate(found.tolist()), key=lambda pair: (-pair[1], pair[0]))[:20]
    ours = [(number, round(score, 3)) for number, score in best]

    stock = _stock_top(built, query)

    assert ours == stock


def _stock_top(folder: Path, terms: list[str]) -> list[tuple[int, float]]:
    with _stock(folder).searcher(weighting=_OurIdf(B=0.75, K1=1.2)) as searcher:
        scores: Counter[int] = Counter()
        for term in dict.fromkeys(terms):
            matcher = searcher.postings("text", term)
            while matcher.is_active():
                scores[matcher.id()] += matcher.score()
                matcher.next()
    best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:20]
    return [(number, round(score, 3)) for number, score in best]


def test_a_stopped_build_leaves_the_old_index(
    tmp_path: Path, articles: list[IndexedArticle]
) -> None:
    build_index(tmp_path, articles)
    before = current_index(tmp_path)
    stop = Event()
    stop.set()

    built = build_index(tmp_path, articles, stop=stop)

    assert built is None
    assert current_index(tmp_path) == before
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == [before[0]]


def test_a_build_that_fails_leaves_nothing_behind(
    tmp_path: Path, make_article: MakeArticle
) -> None:
    broken = [make_article("占用道路"), None]

    with pytest.raises(AttributeError):
        build_index(tmp_path, broken)  # type: ignore[arg-type]

    assert list(tmp_path.iterdir()) == []


def test_a_new_build_replaces_the_old_index(
    tmp_path: Path, articles: list[IndexedArticle]
) -> None:
    build_index(tmp_path, articles)

    built = build_index(tmp_path, articles[:10])

    assert built is not None
    assert built.documents == 10
    assert current_index(tmp_path)[0] == built.folder
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == [built.folder]


def test_a_build_of_another_program_is_left_alone(
    tmp_path: Path, articles: list[IndexedArticle]
) -> None:
    young = new_folder(tmp_path)

    build_index(tmp_path, articles[:10])

    assert young.is_dir()


def test_progress_ends_with_all_articles(tmp_path: Path, articles: list[IndexedArticle]) -> None:
    calls: list[tuple[int, int]] = []

    build_index(tmp_path, articles, progress=lambda done, total: calls.append((done, total)))

    assert calls[0] == (0, 240)
    assert calls[-1] == (240, 240)


def test_an_index_of_nothing_can_be_read(tmp_path: Path) -> None:
    build_index(tmp_path, [])

    reader = IndexReader(current_index(tmp_path)[0])

    assert reader.count == 0
    assert reader.frequency("text", "听证") == 0
