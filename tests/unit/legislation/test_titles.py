"""Titles, short titles and abbreviations, against the real list of titles."""

import pytest

from workstation.legislation.law_store import LawStore
from workstation.legislation.titles import TitleIndex, plain_title

FULL = "中华人民共和国"

NAMES = [
    ("行政处罚法", "行政处罚法"),
    ("《中华人民共和国行政处罚法》", "行政处罚法"),
    ("〈行政处罚法〉", "行政处罚法"),
    ("行政处罚法（2021年修订）", "行政处罚法"),
    ("行政处罚法(2021修订)", "行政处罚法"),
    ("行 政 处 罚 法", "行政处罚法"),
    ("行政处罚", "行政处罚法"),
    ("处罚法", "行政处罚法"),
    ("行处法", "行政处罚法"),
    ("行诉法", "行政诉讼法"),
    ("行复法", "行政复议法"),
    ("固废法", "固体废物污染环境防治法"),
    ("土管法", "土地管理法"),
    ("治安处罚法", "治安管理处罚法"),
    ("民诉法", "民事诉讼法"),
    ("刑诉法", "刑事诉讼法"),
    ("水法", "水法"),
    ("大气法", "大气污染防治法"),
    ("大气污染法", "大气污染防治法"),
    ("噪声法", "噪声污染防治法"),
    ("环评法", "环境影响评价法"),
    ("环保法", "环境保护法"),
    ("食安法", "食品安全法"),
    ("消法", "消费者权益保护法"),
    ("道交法", "道路交通安全法"),
    ("生态环境法典", "生态环境法典"),
    ("城乡规划法", "城乡规划法"),
    ("劳动合同法", "劳动合同法"),
    ("劳动法", "劳动法"),
    ("宪法", "宪法"),
]


@pytest.mark.parametrize(("name", "title"), NAMES)
def test_a_name_means_one_law(store: LawStore, name: str, title: str) -> None:
    assert store.find_instruments(name) == (FULL + title,)


def test_an_ambiguous_name_gives_every_candidate(store: LawStore) -> None:
    found = store.find_instruments("行政")

    assert {FULL + "行政处罚法", FULL + "行政许可法", FULL + "行政强制法"} <= set(found)


def test_an_amendment_does_not_make_its_law_ambiguous(store: LawStore) -> None:
    assert store.find_instruments("刑法") == (FULL + "刑法",)


@pytest.mark.parametrize("name", ["浙江省城市市容和环境卫生管理条例", "法", "", "《》", "火星法"])
def test_an_unknown_name_gives_nothing_certain(store: LawStore, name: str) -> None:
    assert len(store.find_instruments(name)) != 1


def test_full_width_digits_and_brackets_are_folded() -> None:
    assert plain_title("《刑法修正案(１０)》") == "刑法修正案（10）"


def test_the_longest_name_before_a_place_wins() -> None:
    titles = TitleIndex([("水法", "水法"), ("中水法", "中水法")])

    assert titles.ending_at("依照中水法", 5) == (2, ("中水法",))


def test_no_name_before_a_place_is_said() -> None:
    assert TitleIndex([("水法", "水法")]).ending_at("依照甲法", 4) == (4, ())


def test_a_short_name_for_two_laws_gives_both() -> None:
    titles = TitleIndex([("甲", "甲法"), ("甲", "甲条例")])

    assert titles.resolve("甲") == ("甲法", "甲条例")
