"""Searching real statutes: those laws of the installed package that the questions are about."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from workstation.legislation.citation_grammar import resolve_query
from workstation.legislation.index_folder import IndexMissingError
from workstation.legislation.index_writer import build_index
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.law_store import LawStore
from workstation.legislation.search import SearchIndex
from workstation.legislation.statute_search import (
    ensure_statute_search,
    index_source,
    open_statute_search,
)

_LAWS = ("行政处罚法", "行政许可法", "生态环境法典", "公路法", "道路交通安全法", "食品安全法")
_DAY = date(2026, 9, 29)


@pytest.fixture(scope="session")
def statutes(store: LawStore, tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """Return an index over six real laws."""
    folder = tmp_path_factory.mktemp("statutes")
    build_index(folder, list(_some(store)), source=index_source(store))
    return open_statute_search(store, folder)


def _some(store: LawStore) -> Iterator[IndexedArticle]:
    for article in store.all_articles_for_index():
        if article.instrument.removeprefix("中华人民共和国") in _LAWS:
            yield article


def _first(index: SearchIndex, query: str) -> tuple[str, str, str]:
    result = index.search(query, as_of=_DAY).results[0]
    return result.instrument.removeprefix("中华人民共和国"), result.label, result.why


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("行政处罚法 42", ("行政处罚法", "第四十二条", "条文定位")),
        ("行政处罚法第六十三条", ("行政处罚法", "第六十三条", "条文定位")),
        ("建筑垃圾", ("生态环境法典", "第五百一十八条", "词语全部命中：建筑垃圾")),
        ("首违不罚", ("行政处罚法", "第三十三条", "由“首违不罚”扩展：初次违法 危害后果轻微")),
        ("处罚时效", ("行政处罚法", "第三十六条", "由“处罚时效”扩展：二年内未被发现")),
        ("摆摊", ("公路法", "第四十六条", "词语全部命中：摆摊")),
        ("占道经营", ("公路法", "第四十六条", "由“占道经营”扩展：摆摊设点")),
    ],
)
def test_a_query_finds_the_article_that_answers_it(
    statutes: SearchIndex, query: str, expected: tuple[str, str, str]
) -> None:
    found = _first(statutes, query)

    assert found == expected


def test_hearing_finds_the_three_articles_of_the_hearing_section(statutes: SearchIndex) -> None:
    answer = statutes.search("听证", as_of=_DAY, limit=3)

    assert {result.label for result in answer.results} == {
        "第六十三条",
        "第六十四条",
        "第六十五条",
    }


def test_dumping_building_waste_finds_duty_and_penalty(statutes: SearchIndex) -> None:
    answer = statutes.search("擅自倾倒建筑垃圾 罚款", as_of=_DAY, limit=3)

    labels = [result.label for result in answer.results]
    assert labels[:2] == ["第五百一十八条", "第一千一百六十九条"]


def test_every_result_can_be_read_in_the_store(statutes: SearchIndex, store: LawStore) -> None:
    answer = statutes.search("罚款", as_of=_DAY)

    texts = [store.article_by_id(result.article_id, _DAY).text for result in answer.results]

    assert len(texts) == 20
    assert texts == [result.text for result in answer.results]


def test_a_store_without_an_index_is_refused(store: LawStore, tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        open_statute_search(store, tmp_path)


def test_a_missing_index_is_built_and_an_existing_one_kept(
    store: LawStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [article for article in _some(store) if article.label == "第一条"]
    monkeypatch.setattr(LawStore, "all_articles_for_index", lambda _store: iter(few))

    first = ensure_statute_search(store, tmp_path)
    folders = sorted(tmp_path.iterdir())
    second = ensure_statute_search(store, tmp_path)

    assert first is not None
    assert second is not None
    assert (first.count, second.count) == (len(few), len(few))
    assert sorted(tmp_path.iterdir()) == folders


def test_a_citation_that_does_not_exist_pins_nothing(
    statutes: SearchIndex, store: LawStore
) -> None:
    references = resolve_query("行政处罚法 999", store.titles)

    answer = statutes.search("行政处罚法 999", as_of=_DAY)

    assert references
    assert all(result.why != "条文定位" for result in answer.results)
