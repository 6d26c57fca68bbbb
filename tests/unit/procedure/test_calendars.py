"""The working calendar follows the dated holiday notices."""

from datetime import date
from pathlib import Path

import pytest

from workstation.procedure import HolidayNoticeMissingError, ProcedureDataError, ProcedureRules
from workstation.procedure.calendars import load_calendar

NEXT_YEAR = """
year = 2027
[[notices]]
id = "main"
title = "示例通知"
number = "示例〔2026〕1号"
verified = false
[[holidays]]
name = "元旦"
first = 2027-01-01
last = 2027-01-03
notice = "main"
"""


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-09-20", True),
        ("2026-09-25", False),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),
        ("2026-10-11", False),
        ("2020-01-31", False),
        ("2018-12-29", True),
        ("2015-09-03", False),
    ],
)
def test_a_day_is_a_working_day_as_the_notice_says(
    rules: ProcedureRules, day: str, *, working: bool
) -> None:
    assert rules.calendar.describe(date.fromisoformat(day)).working is working


def test_notices_are_there_from_2013_to_2026(rules: ProcedureRules) -> None:
    assert list(rules.calendar.years) == list(range(2013, 2027))


def test_a_bureau_adds_a_year_with_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text(NEXT_YEAR, encoding="utf-8")

    calendar = load_calendar([tmp_path])

    assert calendar.next_working_day(date(2027, 1, 1)) == date(2027, 1, 4)
    assert "示例〔2026〕1号" in calendar.describe(date(2027, 1, 2)).why


def test_a_year_without_a_notice_is_refused(rules: ProcedureRules) -> None:
    with pytest.raises(HolidayNoticeMissingError):
        rules.calendar.describe(date(2012, 12, 31))


def test_a_file_must_be_named_after_its_year(tmp_path: Path) -> None:
    (tmp_path / "2028.toml").write_text(NEXT_YEAR, encoding="utf-8")

    with pytest.raises(ProcedureDataError, match="2028"):
        load_calendar([tmp_path])


def test_a_malformed_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text("year = \n", encoding="utf-8")

    with pytest.raises(ProcedureDataError, match=r"2027\.toml"):
        load_calendar([tmp_path])
