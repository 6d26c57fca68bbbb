"""BM25 over the index."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.legislation import index_scorer
from workstation.legislation.index_reading import IndexReader
from workstation.legislation.index_scorer import Bm25Scorer, top_documents, weighted_terms
from workstation.legislation.law_records import IndexedArticle

MakeArticle = Callable[..., IndexedArticle]
MakeReader = Callable[..., IndexReader]


@pytest.fixture
def scorer(make_article: MakeArticle, make_reader: MakeReader) -> Bm25Scorer:
    """Return a scorer over 40 articles: all say 罚款, few say 听证, one says it twice."""
    texts = ["罚款"] * 36 + ["罚款听证", "罚款听证听证", "罚款摊贩", "罚款听证" + "其他" * 40]
    return Bm25Scorer(make_reader([make_article(text) for text in texts], segment_documents=16))


def test_a_document_without_the_terms_scores_nothing(scorer: Bm25Scorer) -> None:
    scores = scorer.scores(weighted_terms(["听证"], {"text": 1.0}))

    assert [number for number, score in enumerate(scores) if score] == [36, 37, 39]


def test_more_occurrences_and_a_shorter_text_score_higher(scorer: Bm25Scorer) -> None:
    scores = scorer.scores(weighted_terms(["听证"], {"text": 1.0}))

    assert scores[37] > scores[36] > scores[39]


def test_a_rarer_term_scores_higher(scorer: Bm25Scorer) -> None:
    scores = scorer.scores(weighted_terms(["听证", "摊贩"], {"text": 1.0}))

    assert scores[38] > scores[36]


def test_a_common_term_is_left_out_beside_a_telling_one(scorer: Bm25Scorer) -> None:
    scores = scorer.scores(weighted_terms(["罚款", "听证"], {"text": 1.0}))

    assert scores[0] == 0


def test_common_terms_count_where_there_are_no_others(scorer: Bm25Scorer) -> None:
    scores = scorer.scores(weighted_terms(["罚款"], {"text": 1.0}))

    assert all(scores)


def test_a_field_counts_by_its_weight(scorer: Bm25Scorer) -> None:
    whole = scorer.scores(weighted_terms(["听证"], {"text": 1.0}))
    half = scorer.scores(weighted_terms(["听证"], {"text": 0.5}))

    assert half[36] == pytest.approx(whole[36] / 2, rel=1e-5)


def test_the_rarest_terms_are_kept_when_a_query_is_too_long(
    scorer: Bm25Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_scorer, "_MOST_POSTINGS", 2)

    scores = scorer.scores(weighted_terms(["听证", "摊贩"], {"text": 1.0}))

    assert [number for number, score in enumerate(scores) if score] == [38]


@given(
    st.lists(st.sampled_from([0.0, 0.0, 0.0, 1.5, 2.0, 7.25]), max_size=400),
    st.integers(min_value=1, max_value=30),
)
def test_the_top_is_what_sorting_would_give(scores: list[float], count: int) -> None:
    expected = sorted((n for n, s in enumerate(scores) if s > 0), key=lambda n: (-scores[n], n))

    found = top_documents(scores, count)

    assert found == expected[:count]
