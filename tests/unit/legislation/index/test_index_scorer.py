"""BM25 over the index."""

from collections.abc import Callable

import pytest

from workstation.legislation import index_scorer
from workstation.legislation.index_reading import IndexReader
from workstation.legislation.index_scorer import Bm25Scorer, Matches, weighted_terms
from workstation.legislation.law_records import IndexedArticle

MakeArticle = Callable[..., IndexedArticle]
MakeReader = Callable[..., IndexReader]
_ALL = range(40)


@pytest.fixture
def scorer(make_article: MakeArticle, make_reader: MakeReader) -> Bm25Scorer:
    """Return a scorer over 40 articles: all say 罚款, few say 听证, one says it twice."""
    texts = ["罚款"] * 36 + ["罚款听证", "罚款听证听证", "罚款摊贩", "罚款听证" + "其他" * 40]
    return Bm25Scorer(make_reader([make_article(text) for text in texts], segment_documents=16))


def test_only_documents_with_a_term_are_found(scorer: Bm25Scorer) -> None:
    found = scorer.matches(weighted_terms(["听证"], {"text": 1.0})).found

    assert sorted(found) == [36, 37, 39]


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

    assert 0 not in found


def test_common_terms_find_where_there_are_no_others(scorer: Bm25Scorer) -> None:
    found = scorer.matches(weighted_terms(["罚款"], {"text": 1.0})).found

    assert sorted(found) == list(_ALL)


def test_a_field_counts_by_its_weight(scorer: Bm25Scorer) -> None:
    whole = scorer.matches(weighted_terms(["听证"], {"text": 1.0})).scores(_ALL)
    half = scorer.matches(weighted_terms(["听证"], {"text": 0.5})).scores(_ALL)

    assert half[36] == pytest.approx(whole[36] / 2, rel=1e-5)


def test_what_a_long_query_cannot_afford_finds_nothing(
    scorer: Bm25Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_scorer, "_MOST_POSTINGS", 2)

    matches = scorer.matches(weighted_terms(["听证", "摊贩"], {"text": 1.0}))

    assert sorted(matches.found) == [38]


@pytest.mark.parametrize("listed_share", [1, 1000], ids=["by the list", "by a table"])
def test_terms_that_find_nothing_weigh_as_they_would_when_walked(
    scorer: Bm25Scorer, monkeypatch: pytest.MonkeyPatch, listed_share: int
) -> None:
    terms = weighted_terms(["听证", "摊贩"], {"text": 1.0})
    walked = scorer.matches(terms).scores(_ALL)
    monkeypatch.setattr(index_scorer, "_MOST_POSTINGS", 2)
    monkeypatch.setattr(index_scorer, "_LISTED_SHARE", listed_share)

    matches = scorer.matches(terms)
    matches.scores(_ALL)  # a table is made when a term weighs again
    weighed = matches.scores(_ALL)

    assert weighed == pytest.approx(walked, rel=1e-5)
    assert weighed[37] > 0


def test_a_table_holds_a_term_that_stands_hundreds_of_times(
    make_article: MakeArticle, make_reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["听证" * 300, "听证", *(["罚款"] * 3)]
    scorer = Bm25Scorer(make_reader([make_article(text) for text in texts]))
    monkeypatch.setattr(index_scorer, "_LISTED_SHARE", 1000)
    matches = Matches(scorer, {}, weighted_terms(["听证"], {"text": 1.0}))

    by_list, by_table = (matches.scores(range(5)) for _ in range(2))

    assert by_table == pytest.approx(by_list, rel=0.01)
