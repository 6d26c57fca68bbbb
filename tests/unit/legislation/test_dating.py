"""From when to when a text is law, on small made-up laws."""

from datetime import date
from pathlib import Path

from workstation.legislation.dating import REPEALED, SUPERSEDED, closing_day, date_laws
from workstation.legislation.law_records import Trust
from workstation.legislation.overlay import Overlay, read_overlay
from workstation.legislation.package_source import SourceArticle, SourceLaw

EMPTY = Overlay(
    effective={},
    ended={},
    notes={},
    first_promulgated={},
    first_part={},
    scanned=frozenset(),
    lost_openings=(),
    false_breaks={},
)


def law(title: str, promulgated: str, effective: str, closing: str, status: str = "") -> SourceLaw:
    last = SourceArticle(label="第九条", number=9, chapter="", section="", text=closing)
    return SourceLaw(
        id=f"{title}{promulgated}",
        title=title,
        kind="法律",
        level="法律",
        issuing_body="",
        department="",
        promulgated=date.fromisoformat(promulgated),
        effective=date.fromisoformat(effective),
        status=status,
        articles=(last,),
    )


def overlay(tmp_path: Path, text: str) -> Overlay:
    path = tmp_path / "overlay.toml"
    path.write_text(text, encoding="utf-8")
    return read_overlay(path)


def test_a_new_law_begins_on_the_day_it_names() -> None:
    new = law("甲法", "2021-01-22", "2021-07-15", "本法自2021年7月15日起施行。")

    (dating,) = date_laws([new], EMPTY).values()

    assert dating.effective_from == date(2021, 7, 15)
    assert dating.trust is Trust.METADATA


def test_an_amended_text_does_not_begin_on_the_first_text_s_day() -> None:
    amended = law("甲法", "2019-04-23", "2004-07-01", "本法自2004年7月1日起施行。")

    (dating,) = date_laws([amended], EMPTY).values()

    assert dating.effective_from == date(2019, 4, 23)
    assert dating.trust is Trust.CANDIDATE
    assert dating.original_effective == date(2004, 7, 1)


def test_the_amending_decision_names_the_day() -> None:
    amended = law("甲法", "2025-09-12", "2015-10-01", "本法自2015年10月1日起施行。")
    title = "关于修改《甲法》的决定"
    decision = law(title, "2025-09-12", "2025-09-12", "本决定自2025年12月1日起施行。")

    datings = date_laws([amended, decision], EMPTY)

    assert datings[amended.id].effective_from == date(2025, 12, 1)
    assert datings[amended.id].trust is Trust.METADATA
    assert "〈甲法〉" in datings[amended.id].basis


def test_an_unverified_overlay_day_is_a_candidate(tmp_path: Path) -> None:
    amended = law("甲法", "2019-08-26", "1999-01-01", "本法自1999年1月1日起施行。")
    entry = (
        '[[effective]]\ntitle = "甲法"\npromulgated = 2019-08-26\neffective_from = 2020-01-01\n'
        'verified = false\nbasis = "决定"\n'
    )

    (dating,) = date_laws([amended], overlay(tmp_path, entry)).values()

    assert dating.effective_from == date(2020, 1, 1)
    assert dating.trust is Trust.CANDIDATE
    assert dating.basis == "决定（未核实）"


def test_a_verified_overlay_day_wins(tmp_path: Path) -> None:
    amended = law("甲法", "2019-08-26", "1999-01-01", "")
    entry = (
        '[[effective]]\ntitle = "甲法"\npromulgated = 2019-08-26\neffective_from = 2020-01-01\n'
        'verified = true\nbasis = "公报"\n'
    )

    (dating,) = date_laws([amended], overlay(tmp_path, entry)).values()

    assert (dating.effective_from, dating.trust) == (date(2020, 1, 1), Trust.METADATA)


def test_on_promulgation_is_doubted_for_an_amended_text(tmp_path: Path) -> None:
    amended = law("甲法", "2018-08-31", "2018-08-31", "本法自公布之日起施行。")
    first = '[first_promulgated]\n"甲法" = 1980-09-10\n'

    (dating,) = date_laws([amended], overlay(tmp_path, first)).values()

    assert dating.trust is Trust.CANDIDATE


def test_an_older_text_ends_where_the_newer_begins() -> None:
    older = law("甲法", "2019-04-23", "2019-11-01", "")
    newer = law("甲法", "2026-06-26", "2027-01-01", "本法自2027年1月1日起施行。")

    datings = date_laws([newer, older], EMPTY)

    assert datings[older.id].effective_to == date(2027, 1, 1)
    assert datings[older.id].end_reason == SUPERSEDED
    assert datings[newer.id].effective_to is None


def test_a_closing_article_repeals_the_laws_it_lists() -> None:
    old = law("乙法", "2014-04-24", "2015-01-01", "本法自2015年1月1日起施行。")
    kept = law("丙法", "2014-04-24", "2015-01-01", "本法自2015年1月1日起施行。")
    closing = "本法自 2026年8月15日起施行。 《乙法》、 《丁法》同时废止。"
    code = law("法典", "2026-03-12", "2026-08-15", closing)

    datings = date_laws([old, kept, code], EMPTY)

    assert datings[old.id].effective_to == date(2026, 8, 15)
    assert datings[old.id].end_reason == REPEALED
    assert datings[old.id].end_basis == "《法典》第九条"
    assert datings[kept.id].effective_to is None


def test_the_source_s_status_ends_nothing() -> None:
    marked = law("甲法", "2014-04-24", "2015-01-01", "本法自2015年1月1日起施行。", "已废止")

    (dating,) = date_laws([marked], EMPTY).values()

    assert dating.effective_to is None


def test_an_overlay_may_end_a_text_without_successor(tmp_path: Path) -> None:
    old = law("宪法", "1982-12-04", "1982-12-04", "")
    new = law("宪法", "2018-03-11", "2018-03-11", "")
    entry = (
        '[[ended]]\ntitle = "宪法"\npromulgated = 1982-12-04\neffective_to = 1988-04-12\n'
        'verified = true\nbasis = "宪法修正案（1988年）"\n'
    )

    datings = date_laws([old, new], overlay(tmp_path, entry))

    assert datings[old.id].effective_to == date(1988, 4, 12)


def test_no_closing_day_is_said() -> None:
    assert closing_day(law("甲法", "2014-04-24", "2015-01-01", "其他规定。")) is None
