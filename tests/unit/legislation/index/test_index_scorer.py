"""BM25 over the index."""

from collections.abc import Callable

import numpy as np
import pytest

from workstation.legislation.index_reading import IndexReader
from workstation.legislation.index_scorer import Bm25Scorer, weighted_terms
from workstation.legislation.law_records import IndexedArticle

MakeArticle = Callable[..., IndexedArticle]
MakeReader = Callable[..., IndexReader]
_ALL = np.arange(40)


@pytest.fixture
def scorer(make_article: MakeArticle, make_reader: MakeReader) -> Bm25Scorer:
    """Return a scorer over 40 articles: all say 罚款, few say 听证, one says it twice."""
    texts = ["罚款"] * 36 + ["罚款听证", "罚款听证听证", "罚款摊贩", "罚款听证" + "其他" * 40]
    return Bm25Scorer(make_reader([make_article(text) for text in texts], segment_documents=16))


def test_only_documents_with_a_term_are_found(scorer: Bm25Scorer) -> None:
    found = scorer.matches(weighted_terms(["听证"], {"text": 1.0})).found

    assert np.flatnonzero(found).tolist() == [36, 37, 39]


def test_a_document_without_the_terms_scores_nothing(scorer: Bm25Scorer) -> None:
    scores = scorer.matches(weighted_terms(["听证"], {"text": 1.0})).scores(_ALL)

    assert [number for number, score in enumerate(scores) if score] == [36, 37, 39]


def test_more_occurrences_and_a_shorter_text_score_higher(scorer: Bm25Scorer) -> None:
    scores = scorer.matches(weighted_terms(["听证"], {"text": 1.0})).scores(_ALL)

    assert scores[37] > scores[36] > scores[39]


def test_a_rarer_term_scores_higher(scorer: Bm25Scorer) -> None:
    scores = scorer.matches(weighted_terms(["听证", "摊贩"], {"text": 1.0})).scores(_ALL)

    assert scores[38] > scores[36]


def test_a_common_term_finds_nothing_beside_a_telling_one(scorer: Bm25Scorer) -> None:
    found = scorer.matches(weighted_terms(["罚款", "听证"], {"text": 1.0})).found

    assert found[0] == 0
    assert found[36] > 0


def test_common_terms_find_where_there_are_no_others(scorer: Bm25Scorer) -> None:
    found = scorer.matches(weighted_terms(["罚款"], {"text": 1.0})).found

    assert np.flatnonzero(found).tolist() == _ALL.tolist()


def test_a_field_counts_by_its_weight(scorer: Bm25Scorer) -> None:
    whole = scorer.matches(weighted_terms(["听证"], {"text": 1.0})).scores(_ALL)
    half = scorer.matches(weighted_terms(["听证"], {"text": 0.5})).scores(_ALL)

    assert half[36] == pytest.approx(whole[36] / 2, rel=1e-5)


def test_common_terms_weigh_as_they_would_when_walked(
    make_article: MakeArticle, make_reader: MakeReader
) -> None:
    texts = ["听证" * 300, "听证摊贩", "听证听证摊贩", *(["罚款"] * 3)]
    reader = make_reader([make_article(text) for text in texts])
    terms = weighted_terms(["听证", "摊贩"], {"text": 1.0, "title": 0.5})
    walked = Bm25Scorer(reader, common_share=1.0).matches(terms)
    # 听证 stands in more than a third, 摊贩 does not.
    weighed = Bm25Scorer(reader, common_share=0.34).matches(terms)

    assert walked.found[0] > 0
    assert weighed.found[0] == 0
    assert weighed.scores(np.arange(6)) == pytest.approx(walked.scores(np.arange(6)), rel=0.01)
