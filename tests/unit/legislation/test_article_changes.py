"""What became of a cited article between two days."""

from datetime import date

import pytest

from workstation.domain.citations import parse_reference
from workstation.legislation.article_changes import ArticleFate, article_change
from workstation.legislation.law_store import LawStore

CODE_DAY, LATER = date(2026, 8, 15), date(2026, 10, 15)
REPEALED_BY_THE_CODE = (
    "固体废物污染环境防治法§111",
    "大气污染防治法§118",
    "水污染防治法§83",
    "噪声污染防治法§70",
    "环境保护法§59",
)


@pytest.mark.parametrize("article", REPEALED_BY_THE_CODE)
def test_what_the_code_repealed_is_named_with_its_day(store: LawStore, article: str) -> None:
    change = article_change(store, parse_reference(article), None, LATER)

    assert change is not None
    assert (change.fate, change.day) == (ArticleFate.REPEALED, CODE_DAY)


def test_a_repeal_to_come_is_announced(store: LawStore) -> None:
    change = article_change(store, parse_reference("大气污染防治法§118"), None, date(2026, 8, 1))

    assert change is not None
    assert (change.fate, change.day) == (ArticleFate.ENDING, CODE_DAY)


@pytest.mark.parametrize(
    ("article", "since"),
    [
        ("大气污染防治法§118", CODE_DAY),
        ("行政处罚法§63", None),
        ("浙江省城市市容和环境卫生管理条例§28", None),
    ],
)
def test_nothing_is_said_of_what_is_old_unchanged_or_unknown(
    store: LawStore, article: str, since: date | None
) -> None:
    assert article_change(store, parse_reference(article), since, LATER) is None


def test_an_article_of_a_code_not_yet_law_is_named(store: LawStore) -> None:
    change = article_change(store, parse_reference("生态环境法典§518"), None, date(2026, 8, 1))

    assert change is not None
    assert change.fate is ArticleFate.NOT_YET


def test_an_article_that_never_was_is_gone(store: LawStore) -> None:
    change = article_change(store, parse_reference("生态环境法典§9000"), None, LATER)

    assert change is not None
    assert change.fate is ArticleFate.GONE
