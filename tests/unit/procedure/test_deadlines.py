"""Periods come out on the days the law and the domain report say."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.errors import InvalidInputError
from workstation.procedure import (
    Deduction,
    HolidayNoticeMissingError,
    ProcedureDataError,
    UnknownDeadlineError,
    compute,
    load_rules,
)
from workstation.procedure.counting import add_months, deducted
from workstation.procedure.deadlines import load_deadline_rules
from workstation.procedure.period_records import DayKind, Deadline, Unit

RULES = load_rules()


def count(code: str, start: date | datetime, *deductions: Deduction) -> Deadline:
    rule = RULES.deadlines.rule(code)
    return compute(rule, start, calendar=RULES.calendar, deductions=deductions)


VECTORS = [
    ("DL03", "2026-08-21", "2026-09-01"),
    ("DL03", "2026-09-24", "2026-10-12"),
    ("DL06", "2026-09-29", "2026-10-12"),
    ("DL04", "2026-09-10", "2026-10-09"),
    ("DL04-2", "2026-10-09", "2026-11-08"),
    ("DL11", "2026-10-19", "2026-11-03"),
    ("DL16", "2026-10-19", "2026-12-18"),
    ("DL17", "2026-10-19", "2027-04-19"),
    ("DL22", "2027-04-19", "2027-07-19"),
    ("DL08", "2026-09-30", "2026-09-17"),
    ("DL12", "2026-11-03", "2026-12-07"),
    ("DL27", "2026-08-19", "2028-08-19"),
]


@pytest.mark.parametrize(("code", "start", "last"), VECTORS)
def test_a_period_ends_on_the_day_of_the_report(code: str, start: str, last: str) -> None:
    deadline = count(code, date.fromisoformat(start))

    assert deadline.last_day == date.fromisoformat(last)


def test_all_thirty_rules_are_there_and_each_has_its_basis() -> None:
    codes = {code.split("-")[0] for code in RULES.deadlines.codes}

    assert codes >= {f"DL{n:02d}" for n in range(1, 31)}
    assert all(RULES.deadlines.rule(code).basis for code in RULES.deadlines.codes)


def test_a_skipped_day_names_its_holiday_and_notice() -> None:
    deadline = count("DL06", date(2026, 9, 24))

    skipped = next(s for s in deadline.derivation if s.day == date(2026, 9, 25))

    assert not skipped.counted
    assert "中秋节" in skipped.why
    assert "国办发明电〔2025〕7号" in skipped.why


def test_a_working_weekend_counts_and_says_so() -> None:
    deadline = count("DL06", date(2026, 9, 29))

    weekend = next(s for s in deadline.derivation if s.day == date(2026, 10, 10))

    assert weekend.counted
    assert "调休上班" in weekend.why


def test_notice_of_a_hearing_does_not_count_working_weekends() -> None:
    deadline = count("DL08", date(2026, 9, 30))

    weekend = next(s for s in deadline.derivation if s.day == date(2026, 9, 20))

    assert not weekend.counted
    assert sum(s.counted for s in deadline.derivation) == 7


def test_a_working_day_count_into_a_year_without_notice_is_refused() -> None:
    with pytest.raises(HolidayNoticeMissingError) as refused:
        count("DL06", date(2026, 12, 30))

    assert refused.value.code == "holiday_notice_missing"
    assert "2027年" in refused.value.message
    assert "holidays import" in refused.value.hint


def test_a_month_period_into_a_year_without_notice_is_provisional() -> None:
    deadline = count("DL17", date(2026, 10, 19))

    assert deadline.provisional
    assert "待节假日通知" in deadline.derivation[-1].why


def test_a_party_period_rolls_over_a_holiday() -> None:
    deadline = count("DL11", date(2026, 9, 16))

    assert deadline.last_day == date(2026, 10, 8)
    assert "顺延（民法典§203）" in deadline.derivation[-2].why


def test_a_period_of_the_bureau_does_not_roll_over() -> None:
    deadline = count("DL02", date(2026, 7, 4))

    assert deadline.last_day == date(2026, 10, 2)
    assert "不为行政机关利益顺延" in deadline.derivation[-1].why


def test_a_roll_over_into_an_unknown_year_is_provisional() -> None:
    deadline = count("DL17", date(2026, 6, 30))

    assert deadline.last_day == date(2026, 12, 30)
    assert not deadline.provisional
    assert count("DL16", date(2026, 11, 2)).provisional


def test_deducted_days_are_not_counted() -> None:
    test = Deduction(first=date(2026, 9, 1), last=date(2026, 9, 10), why="鉴定期间")

    assert count("DL02", date(2026, 8, 21), test).last_day == date(2026, 11, 29)
    assert count("DL06", date(2026, 8, 31), test).last_day == date(2026, 9, 17)
    assert count("DL17", date(2026, 3, 2), test).last_day == date(2026, 9, 14)


def test_a_deduction_that_ends_before_it_begins_is_refused() -> None:
    backwards = Deduction(first=date(2026, 9, 10), last=date(2026, 9, 1), why="鉴定期间")

    with pytest.raises(InvalidInputError, match="扣除的区间"):
        count("DL02", date(2026, 8, 21), backwards)


def test_hours_run_from_the_minute() -> None:
    deadline = count("DL05", datetime.fromisoformat("2026-09-10T22:15"))

    assert deadline.moment == datetime.fromisoformat("2026-09-11T22:15")


def test_hours_from_a_bare_day_run_from_its_first_minute() -> None:
    deadline = count("DL25", date(2026, 9, 10))

    assert deadline.moment == datetime.fromisoformat("2026-09-11T00:00")
    assert "零时" in deadline.derivation[0].why


def test_a_deadline_prints_as_json() -> None:
    printed = count("DL06", date(2026, 9, 29)).as_json()

    assert printed["last_day"] == "2026-10-12"
    assert printed["provisional"] is False
    assert printed["derivation"][0]["counted"] is False


def test_an_unknown_code_names_the_known_ones() -> None:
    with pytest.raises(UnknownDeadlineError) as unknown:
        RULES.deadlines.rule("DL99")

    assert "DL30" in unknown.value.hint


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [("2026-08-31", 6, "2027-02-28"), ("2024-02-29", 12, "2025-02-28")],
)
def test_a_month_without_the_day_ends_on_its_last_day(start: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


STARTS = st.dates(date(2013, 3, 1), date(2026, 10, 1))
FORWARD = st.sampled_from([c for c in RULES.deadlines.codes if c not in ("DL08", "DL23")])
DEDUCTIBLE = st.sampled_from(
    [c for c in RULES.deadlines.codes if c not in ("DL05", "DL08", "DL23", "DL25")]
)


@st.composite
def spans(draw: st.DrawFn, start: date) -> list[Deduction]:
    """Draw up to three spans after ``start`` that share no day."""
    found: list[Deduction] = []
    day = start
    for _ in range(draw(st.integers(0, 3))):
        first = day + timedelta(days=draw(st.integers(1, 15)))
        day = first + timedelta(days=draw(st.integers(0, 12)))
        found.append(Deduction(first=first, last=day, why="鉴定期间"))
    return found


@given(start=STARTS, code=FORWARD)
def test_no_deadline_falls_before_the_last_counted_day(start: date, code: str) -> None:
    deadline = count(code, start)

    assert deadline.last_day >= max(s.day for s in deadline.derivation if s.counted) >= start
    assert deadline.derivation[-1].day == deadline.last_day


@given(start=STARTS, code=st.sampled_from(["DL08", "DL23"]))
def test_a_period_counted_backwards_ends_before_all_it_counts(start: date, code: str) -> None:
    deadline = count(code, start)

    assert deadline.last_day < min(s.day for s in deadline.derivation if s.counted) < start


@given(data=st.data(), start=st.dates(date(2013, 3, 1), date(2026, 6, 1)), code=DEDUCTIBLE)
def test_a_period_counts_its_length_on_ascending_days(
    data: st.DataObject, start: date, code: str
) -> None:
    rule = RULES.deadlines.rule(code)

    derivation = count(code, start, *data.draw(spans(start))).derivation

    assert [s.number for s in derivation if s.counted] == list(range(1, rule.length + 1))
    assert all(one.day < two.day for one, two in pairwise(derivation))


@given(data=st.data(), start=st.dates(date(2013, 3, 1), date(2026, 6, 1)), code=DEDUCTIBLE)
def test_no_deducted_day_counts(data: st.DataObject, start: date, code: str) -> None:
    left_out = data.draw(spans(start))
    if RULES.deadlines.rule(code).unit in (Unit.MONTHS, Unit.YEARS):
        return

    derivation = count(code, start, *left_out).derivation

    assert not [s for s in derivation if s.counted and deducted(s.day, left_out)]


@given(start=STARTS, code=st.sampled_from(RULES.deadlines.codes), days=st.integers(1, 40))
def test_a_later_start_never_ends_earlier(start: date, code: str, days: int) -> None:
    later = min(start + timedelta(days=days), date(2026, 10, 1))

    assert count(code, start).last_day <= count(code, later).last_day


@given(start=STARTS)
def test_a_skipped_day_of_a_working_day_count_is_a_day_off(start: date) -> None:
    skipped = [s for s in count("DL19", start).derivation[1:] if not s.counted]

    assert all(s.kind in (DayKind.WEEKEND, DayKind.HOLIDAY) for s in skipped)
    assert all(s.notice for s in skipped if s.kind is DayKind.HOLIDAY)


def test_a_holiday_counts_in_days_and_says_so() -> None:
    holiday = next(s for s in count("DL11", date(2026, 9, 24)).derivation if s.day.day == 25)

    assert holiday.counted
    assert "自然日，照常计入" in holiday.why


def test_months_name_the_corresponding_day_of_each() -> None:
    deadline = count("DL22", date(2025, 11, 30))

    counted = [s.day.isoformat() for s in deadline.derivation if s.counted]
    assert counted == ["2025-12-30", "2026-01-30", "2026-02-28"]
    assert "无对应日" in deadline.derivation[-1].why


def test_a_count_names_the_notices_it_rests_on() -> None:
    assert count("DL06", date(2026, 9, 29)).notices == (
        "《国务院办公厅关于2026年部分节假日安排的通知》（国办发明电〔2025〕7号）",
    )


def test_a_malformed_rule_is_named_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "deadlines.toml"
    path.write_text('[[rules]]\ncode = "DL77"\nname = "缺项"\n', encoding="utf-8")

    with pytest.raises(ProcedureDataError) as malformed:
        load_deadline_rules(path)

    assert "DL77" in malformed.value.message
    assert "deadlines.toml" in malformed.value.message
