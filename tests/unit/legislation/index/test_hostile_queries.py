"""Queries nobody means well: each is answered, with bounded work."""

from datetime import date

import pytest

from tests.hostile_queries import HOSTILE
from workstation.legislation.index_reading import IndexReader
from workstation.legislation.index_schema import ArticleRecord
from workstation.legislation.index_writer import build_index
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.search import SearchAnswer, SearchIndex, open_index

_MOST_LOOKED_INTO = 2_000
_DOCUMENTS = 3_000


@pytest.fixture(scope="module")
def hostile_index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """Return an index in which the hostile words are as common as can be."""
    folder = tmp_path_factory.mktemp("hostile")
    texts = ["任何单位不得擅自倾倒建筑垃圾。"]
    texts += [f"当事人违反规定的，处罚款{number}元，可以听证。" for number in range(_DOCUMENTS)]
    build_index(folder, [_article(n, text) for n, text in enumerate(texts, start=1)])
    return open_index(folder)


def _article(number: int, text: str) -> IndexedArticle:
    return IndexedArticle(
        id=number,
        instrument=f"第{number % 40}号条例",
        level="行政法规",
        region="全国",
        heading="",
        label="第一条" if number == 1 else f"第{number}条",
        text=text,
        promulgated=date(2000, 1, 1),
        effective_from=date(2000, 1, 1),
        effective_to=None,
        trust="未核",
    )


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_query_is_answered_with_bounded_work(
    hostile_index: SearchIndex, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_into: list[int] = []
    record = IndexReader.record

    def counting(reader: IndexReader, number: int) -> ArticleRecord:
        looked_into.append(number)
        return record(reader, number)

    monkeypatch.setattr(IndexReader, "record", counting)

    answer = hostile_index.search(query)

    assert isinstance(answer, SearchAnswer)
    assert len(looked_into) <= _MOST_LOOKED_INTO


@pytest.mark.parametrize(
    "query", ["建築垃圾", "建筑垃圾", "　建筑　垃圾　", "傾倒建築垃圾", "垃"], ids=str
)
def test_other_writings_find_the_same_article(hostile_index: SearchIndex, query: str) -> None:
    assert hostile_index.search(query).results[0].label == "第一条"
