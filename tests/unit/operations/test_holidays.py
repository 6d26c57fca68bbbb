"""Holiday notices are taken in with a preview, change the count, and can be taken back."""

from datetime import date
from pathlib import Path

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.errors import InvalidInputError
from workstation.operations.deadlines import Count
from workstation.procedure import HolidayNoticeMissingError
from workstation.procedure.period_records import DayKind

FOLDER = Path(__file__).parents[2] / "data" / "notices"
NEXT = FOLDER / "2027_made_up.txt"
COUNT = Count(rule="DL06", start=date(2026, 12, 30))
OWN_FORMAT = """
year = 2027
[[notices]]
id = "main"
title = "国务院办公厅关于2027年部分节假日安排的通知"
number = "示例〔2026〕1号"
verified = false
published = 2026-11-20
[[holidays]]
name = "元旦"
first = 2027-01-01
last = 2027-01-03
notice = "main"
"""


def test_a_preview_shows_every_day_and_takes_nothing_in(desk: Workstation) -> None:
    preview = desk.holidays.preview(NEXT)

    assert len(preview.days) == 27 + 6
    assert preview.days[0].now is DayKind.UNKNOWN
    assert preview.warnings == ()
    with pytest.raises(HolidayNoticeMissingError):
        desk.deadlines.count(COUNT)


def test_a_notice_taken_in_makes_its_year_known(desk: Workstation) -> None:
    desk.holidays.take_in(desk.holidays.preview(NEXT), "方小满", verified=False)

    counted = desk.deadlines.count(COUNT)

    assert counted.last_day == date(2027, 1, 7)
    assert "国办发明电〔2026〕99号，未核实" in counted.notices[0]
    latest = desk.holidays.years()[0]
    assert (latest.year.year, latest.entries[0].entered_by) == (2027, "方小满")


def test_the_deadlines_of_cases_follow_a_notice(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    data = {"object": "车辆", "approver": "叶怀山", "officers": ["林问渠", "苏砚舟"]}
    desk.cases.record(case_id, event("evidence_preserved", 4, "2026-08-22T09:00", data=data))
    change = tmp_path / "change.txt"
    change.write_text(
        "国务院办公厅关于调整2026年中秋节假期安排的通知\n示例\n"
        "一、2026年8月27日至28日放假，共2天。\n国务院办公厅\n2026年8月1日\n",
        encoding="utf-8",
    )

    desk.holidays.take_in(desk.holidays.preview(change), "方小满", verified=False)
    desk.due.recompute_all()

    with desk.database.reading() as unit:
        kept = {d.code: d.last_day for d in unit.deadlines.of_case(case_id)}
    assert kept["DL03"] == date(2026, 9, 3)


def test_a_notice_taken_back_counts_no_more_and_stays_in_the_history(desk: Workstation) -> None:
    desk.holidays.take_in(desk.holidays.preview(NEXT), "方小满", verified=True)

    desk.holidays.withdraw(2027, date(2026, 11, 20), "方小满", "导错文件")

    with pytest.raises(HolidayNoticeMissingError):
        desk.deadlines.count(COUNT)
    with pytest.raises(InvalidInputError, match="没有导入过"):
        desk.holidays.withdraw(2027, date(2026, 11, 20), "方小满", "再撤")


def test_a_change_of_a_year_without_notice_is_refused(desk: Workstation, tmp_path: Path) -> None:
    path = tmp_path / "change.txt"
    path.write_text(
        "国务院办公厅关于调整2027年劳动节假期安排的通知\n国办发明电〔2027〕3号\n"
        "一、2027年5月1日至4日放假调休，共4天。\n国务院办公厅\n2027年3月1日\n",
        encoding="utf-8",
    )

    with pytest.raises(InvalidInputError, match="不能只导入对它的调整"):
        desk.holidays.take_in(desk.holidays.preview(path), "方小满", verified=True)


def test_a_notice_that_is_known_already_says_so(desk: Workstation) -> None:
    assert any("与之一致" in told for told in desk.holidays.preview(FOLDER / "2026.txt").warnings)


def test_a_file_in_our_own_format_is_taken_in(desk: Workstation, tmp_path: Path) -> None:
    path = tmp_path / "2027.toml"
    path.write_text(OWN_FORMAT, encoding="utf-8")

    preview = desk.holidays.preview(path)

    assert preview.content.number == "示例〔2026〕1号"
    assert any("没有读到春节" in told for told in preview.warnings)


def test_a_broken_file_in_our_own_format_is_refused(desk: Workstation, tmp_path: Path) -> None:
    path = tmp_path / "2027.toml"
    path.write_text("year = 2027\n", encoding="utf-8")

    with pytest.raises(InvalidInputError, match="notices"):
        desk.holidays.preview(path)


@pytest.mark.parametrize(("by", "reason"), [("", "导错"), ("方小满", " ")])
def test_nobody_and_no_reason_are_refused(desk: Workstation, by: str, reason: str) -> None:
    desk.holidays.take_in(desk.holidays.preview(NEXT), "方小满", verified=True)

    with pytest.raises(InvalidInputError, match="没有写明"):
        desk.holidays.withdraw(2027, date(2026, 11, 20), by, reason)


def test_every_shipped_year_names_its_notices_and_numbers(desk: Workstation) -> None:
    years = {view.year.year: view for view in desk.holidays.years()}

    assert sorted(years) == list(range(2013, 2027))
    assert all(n.verified and "发明电" in n.number for v in years.values() for n in v.notices)
    assert [n.number for n in years[2020].notices] == [
        "国办发明电〔2019〕16号",
        "国办发明电〔2020〕1号",
    ]
