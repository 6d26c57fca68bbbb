"""Reading through the memory map."""

from collections.abc import Callable

import pytest

from workstation.legislation import index_reading
from workstation.legislation.index_reading import IndexReader
from workstation.legislation.law_records import IndexedArticle

MakeArticle = Callable[..., IndexedArticle]
MakeReader = Callable[..., IndexReader]


def test_numbers_run_through_all_segments(
    make_article: MakeArticle, make_reader: MakeReader
) -> None:
    articles = [make_article("听证") for _ in range(10)]

    reader = make_reader(articles, segment_documents=4)

    assert reader.count == 10
    assert list(reader.postings("text", "听证").documents) == list(range(10))
    assert list(reader.numbers("article")) == list(range(1, 11))


def test_a_record_comes_from_its_segment(
    make_article: MakeArticle, make_reader: MakeReader
) -> None:
    articles = [make_article(f"条文{n}") for n in range(10)]
    reader = make_reader(articles, segment_documents=3)

    records = [reader.record(number) for number in range(10)]

    assert [record.text for record in records] == [article.text for article in articles]
    assert records[0].promulgated == articles[0].promulgated


def test_how_often_a_term_stands_is_kept(
    make_article: MakeArticle, make_reader: MakeReader
) -> None:
    texts = ["听证，听证，听证", "听证", "罚款", *["听证" * 300] * 7]
    reader = make_reader([make_article(text) for text in texts], segment_documents=20)

    postings = reader.postings("text", "听证")

    assert list(postings.frequencies) == [3, 1, *[300] * 7]


def test_an_unknown_term_has_no_postings(
    make_article: MakeArticle, make_reader: MakeReader
) -> None:
    reader = make_reader([make_article("听证")])

    postings = reader.postings("text", "罚款")

    assert list(postings.documents) == []
    assert reader.frequency("text", "罚款") == 0


def test_an_unknown_document_is_an_error(
    make_article: MakeArticle, make_reader: MakeReader
) -> None:
    reader = make_reader([make_article("听证")])

    with pytest.raises(IndexError):
        reader.record(1)


def test_old_postings_are_dropped_when_memory_is_spent(
    make_article: MakeArticle, make_reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_reading, "_CACHE_BYTES", 900)
    reader = make_reader([make_article("甲乙丙丁戊己")])
    first = reader.postings("text", "甲乙")

    for term in ("乙丙", "丙丁", "丁戊"):
        reader.postings("text", term)

    again = reader.postings("text", "甲乙")

    assert again is not first
    assert again.documents.tolist() == first.documents.tolist()
