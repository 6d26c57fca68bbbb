"""Everyday words written for single articles: found by them, and only for the wording meant."""

from datetime import date
from pathlib import Path

import pytest

from tests.unit.legislation.index.conftest import MakeArticle
from workstation.errors import DataFileError
from workstation.legislation.everyday_words import (
    EverydayWords,
    everyday_words_mark,
    load_everyday_words,
    wording_mark,
)
from workstation.legislation.index_writer import build_index
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.law_store import LawStore
from workstation.legislation.priors import Priors
from workstation.legislation.search import SearchAnswer, open_index
from workstation.legislation.statute_search import everyday_path
from workstation.legislation.titles import plain_title

_MOST = 0.8
_LONGEST = 30
_SALE = "出租人出卖租赁房屋的，应当在出卖之前的合理期限内通知承租人。"
_STRAYS = "无人认领的动物，由发现人暂时照看。"
_REPAIR = "出租人应当履行租赁物的维修义务，但是当事人另有约定的除外。"


def _written(tmp_path: Path, *lines: str) -> EverydayWords:
    path = tmp_path / "everyday_words.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_everyday_words(path)


def _asked(
    tmp_path: Path, articles: list[IndexedArticle], words: EverydayWords, query: str
) -> SearchAnswer:
    build_index(tmp_path / "index", list(words.beside(articles)))
    return open_index(tmp_path / "index", priors=Priors()).search(query, any_day=True)


def test_an_article_is_found_by_words_that_it_does_not_hold(
    tmp_path: Path, make_article: MakeArticle
) -> None:
    articles = [make_article(_REPAIR), make_article(_STRAYS)]
    words = _written(
        tmp_path, "# 中华人民共和国甲法", f"第二条\t{wording_mark(_STRAYS)}\t捡到小猫 小猫走丢"
    )

    answer = _asked(tmp_path, articles, words, "小猫走丢了怎么办")

    assert [(result.label, result.why) for result in answer.results] == [
        ("第2条", "日常说法：小猫走丢")
    ]


def test_without_the_words_it_is_not_found(tmp_path: Path, make_article: MakeArticle) -> None:
    answer = _asked(tmp_path, [make_article(_STRAYS)], EverydayWords(), "小猫走丢了怎么办")

    assert not answer.results


def test_words_move_with_a_wording_that_got_another_number(
    tmp_path: Path, make_article: MakeArticle
) -> None:
    words = _written(tmp_path, "# 甲法", f"第二条\t{wording_mark(_SALE)}\t房东卖房")

    moved = words.of(make_article(_SALE.replace("，", ",\n"), label="第九条"))
    amended = words.of(make_article(_SALE.replace("合理期限", "三十日"), label="第二条"))
    elsewhere = words.of(make_article(_SALE, instrument="乙法", label="第二条"))

    assert (moved, amended, elsewhere) == ("房东卖房", "", "")


def test_several_wordings_share_a_line_and_a_star_means_any(
    tmp_path: Path, make_article: MakeArticle
) -> None:
    words = _written(
        tmp_path,
        "#: 说明行",
        "# 甲法",
        f"第一条\t{wording_mark(_SALE)},{wording_mark(_REPAIR)}\t房东",
        "第一条\t*\t本局说法",
    )

    first = words.of(make_article(_SALE, label="第一条"))
    second = words.of(make_article(_REPAIR, label="第七条"))

    assert (first, second) == ("房东 本局说法", "房东")


@pytest.mark.parametrize("line", ["第一条\t房东", "第一条 房东", "第一条\ta\tb\tc"])
def test_a_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(DataFileError, match="第2行"):
        _written(tmp_path, "# 甲法", line)


def test_a_line_before_any_title_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="第1行"):
        _written(tmp_path, "第一条\t*\t房东")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"absent\.tsv"):
        everyday_words_mark(tmp_path / "absent.tsv")


def test_the_mark_of_a_file_changes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text("# 甲法\n", encoding="utf-8")
    before = everyday_words_mark(path)
    path.write_text("# 乙法\n", encoding="utf-8")

    assert everyday_words_mark(path) != before


@pytest.fixture(scope="module")
def shipped() -> EverydayWords:
    """Return the words that come with the program."""
    return load_everyday_words(everyday_path())


@pytest.mark.parametrize(
    "title", ["民法典", "刑法", "行政处罚法", "治安管理处罚法", "道路交通安全法", "行政强制法"]
)
def test_shipped_words_are_of_the_law_in_force(
    store: LawStore, shipped: EverydayWords, title: str
) -> None:
    now = [
        article
        for article in store.all_articles_for_index()
        if plain_title(article.instrument) == title and article.in_force_on(date(2026, 11, 28))
    ]

    assert sum(bool(shipped.of(article)) for article in now) >= _MOST * len(now) > 0


def test_shipped_phrases_are_short_and_no_phrase_stands_twice(shipped: EverydayWords) -> None:
    lines = [line.split() for line in shipped.phrases.values()]

    assert max(len(phrase) for line in lines for phrase in line) <= _LONGEST
    assert [line for line in lines if len(set(line)) < len(line)] == []
