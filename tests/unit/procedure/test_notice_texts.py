"""The text of a holiday notice is read as it is published, and what looks off is told."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from workstation.procedure import ProcedureRules
from workstation.procedure.calendars import WorkingCalendar
from workstation.procedure.errors import HolidayNoticeUnreadableError
from workstation.procedure.holiday_notices import lay_over, notice_from_json
from workstation.procedure.notice_texts import NoticeReading, read_notice

FOLDER = Path(__file__).parents[2] / "data" / "notices"


def _read(name: str, calendar: WorkingCalendar) -> NoticeReading:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return read_notice(text.splitlines(), calendar)


def _text(*items: str, title: str = "国务院办公厅关于2027年部分节假日安排的通知") -> list[str]:
    return [title, "国办发明电〔2026〕99号", *items, "国务院办公厅", "2026年11月20日"]


@pytest.mark.parametrize("year", [2014, 2023, 2024, 2026])
def test_a_published_notice_gives_the_days_that_are_shipped(
    rules: ProcedureRules, year: int
) -> None:
    reading = _read(str(year), rules.calendar)

    alone = lay_over(WorkingCalendar({}), reading.content, verified=True)

    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    differing = [d for d in days if alone.describe(d).kind != rules.calendar.describe(d).kind]
    # A holiday beside a weekend (与周末连休) names the holiday only; the weekend is off anyway.
    assert [d for d in differing if d.weekday() < 5] == []
    assert [d for d in differing if alone.describe(d).working] == []
    assert reading.warnings == ()


@pytest.mark.parametrize(
    ("name", "number", "published", "complete"),
    [
        ("2026", "国办发明电〔2025〕7号", date(2025, 11, 4), True),
        ("2023", "国办发明电〔2022〕16号", date(2022, 12, 8), True),
        ("2019_change", "国办发明电〔2019〕3号", date(2019, 3, 22), False),
        ("2015_extra", "国发明电〔2015〕1号", date(2015, 5, 13), False),
        ("2020_longer", "国办发明电〔2020〕1号", date(2020, 1, 26), False),
    ],
)
def test_number_and_day_of_a_notice_are_read(
    rules: ProcedureRules, name: str, number: str, published: date, *, complete: bool
) -> None:
    content = _read(name, rules.calendar).content

    assert (content.number, content.published, content.complete) == (number, published, complete)


def test_a_change_names_the_days_of_one_holiday(rules: ProcedureRules) -> None:
    content = _read("2019_change", rules.calendar).content

    assert [(h.name, h.first, h.last) for h in content.holidays] == [
        ("劳动节", date(2019, 5, 1), date(2019, 5, 4))
    ]
    assert list(content.make_up) == [date(2019, 4, 28), date(2019, 5, 5)]


def test_spans_that_repeat_each_other_are_one(rules: ProcedureRules) -> None:
    content = _read("2015_extra", rules.calendar).content

    assert [(h.first.day, h.last.day) for h in content.holidays] == [(3, 5)]


def test_an_extension_runs_from_the_end_that_was_known(rules: ProcedureRules) -> None:
    before = lay_over(rules.calendar, _read("2026", rules.calendar).content, verified=True)
    longer = _text(
        "一、延长2026年春节假期至2月26日（星期四）。",
        title="国务院办公厅关于延长2026年春节假期的通知",
    )

    (span,) = read_notice(longer, before).content.holidays

    assert (span.name, span.first, span.last) == ("春节", date(2026, 2, 24), date(2026, 2, 26))


@pytest.mark.parametrize(
    ("item", "warning"),
    [
        ("一、元旦：1月1日（周四）至3日（周日）放假，共3天。", "是周五，通知写作“周四”"),
        ("一、元旦：1月1日（周五）至3日（周日）放假，共4天。", "共4天，读出的放假日是3天"),
        ("一、元旦：1月1日至3日放假。1月3日（周日）上班。", "既放假又上班"),
        ("一、元旦：1月1日至3日放假。1月4日（周一）上班。", "不是周末，却写作上班"),
        ("一、元旦：2028年1月1日至3日放假。", "不在2027年"),
        ("一、元旦：1月3日至1日放假。一日：1月1日放假。", "止日早于起日"),
        ("一、元旦：1月1日放假。1月32日上班。", "不是一个日期"),
        ("一、元旦：1月1日放假。", "没有读到春节的安排"),
    ],
)
def test_what_looks_off_is_told(rules: ProcedureRules, item: str, warning: str) -> None:
    reading = read_notice(_text(item), rules.calendar)

    assert any(warning in told for told in reading.warnings), reading.warnings


def test_a_notice_without_number_and_day_says_so(rules: ProcedureRules) -> None:
    lines = ["国务院办公厅关于2027年部分节假日安排的通知", "一、元旦：1月1日放假。"]

    reading = read_notice(lines, rules.calendar)

    assert any("没有读到文号" in told for told in reading.warnings)
    assert any("没有读到成文日期" in told for told in reading.warnings)


@pytest.mark.parametrize("lines", [["会议通知"], ["关于2027年会议的通知", "请准时参加。"]])
def test_another_text_is_refused(rules: ProcedureRules, lines: list[str]) -> None:
    with pytest.raises(HolidayNoticeUnreadableError):
        read_notice(lines, rules.calendar)


def test_a_notice_survives_being_kept(rules: ProcedureRules) -> None:
    content = _read("2023", rules.calendar).content

    assert notice_from_json(content.as_json()) == content
