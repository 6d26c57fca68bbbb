"""The days of a count as a calendar and a list of what is special about them."""

from datetime import date

import pytest

from workstation.operations.day_tables import (
    day_mark,
    deducted_spans,
    span,
    special_days,
    weeks_of,
)
from workstation.procedure import Deadline, Deduction, compute, load_rules

RULES = load_rules()


def _counted(code: str, start: date, *deductions: Deduction) -> Deadline:
    rule = RULES.deadlines.rule(code)
    return compute(rule, start, calendar=RULES.calendar, deductions=deductions)


def test_the_days_of_a_count_stand_in_their_weeks() -> None:
    counted = _counted("DL06", date(2026, 9, 29))

    weeks = weeks_of(counted.derivation, counted.last_day)

    assert [week["tue"] for week in weeks] == ["9月29日\n起算", "10月6日\n休", ""]
    assert weeks[1]["sat"] == "10月10日\n班 第4日"
    assert weeks[2]["mon"] == "10月12日\n第5日\n【末日】"


def test_the_holidays_on_the_way_are_told_in_runs_with_their_notice() -> None:
    rows = special_days(_counted("DL06", date(2026, 9, 29)).derivation)

    assert [(row["days"], row["what"]) for row in rows] == [
        ("10月1日至7日", "国庆节放假，不计入"),
        ("10月10日", "国庆节调休上班，计入"),
    ]
    assert all("国办发明电〔2025〕7号" in row["source"] for row in rows)


def test_a_day_left_out_is_marked_as_such() -> None:
    left_out = Deduction(first=date(2026, 9, 2), last=date(2026, 9, 3), why="鉴定")

    counted = _counted("DL11", date(2026, 9, 1), left_out)

    assert [day_mark(step) for step in counted.derivation[:4]] == ["", "除", "除", ""]
    assert deducted_spans(counted.deductions)[0]["count"] == "2日"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 10, 1), date(2026, 10, 1), "10月1日"),
        (date(2026, 9, 30), date(2026, 10, 2), "9月30日至10月2日"),
    ],
)
def test_a_span_is_written_short(first: date, last: date, words: str) -> None:
    assert span(first, last) == words


def test_no_days_make_no_weeks() -> None:
    assert weeks_of((), date(2026, 9, 1)) == []
