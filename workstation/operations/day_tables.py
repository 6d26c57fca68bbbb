"""The days of a count as tables: a calendar of weeks, and the days that are not common ones."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from workstation.procedure.counting import ONE_DAY
from workstation.procedure.period_records import DayKind, Deduction, DerivationStep

_COLUMNS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK = 7
Row = dict[str, str]


def weeks_of(derivation: Sequence[DerivationStep], last: date) -> list[Row]:
    """Return the days as rows of weeks, Monday first; days outside the count are empty."""
    steps = {step.day: step for step in derivation}
    if not steps:
        return []
    start, earliest, latest = derivation[0].day, min(steps), max(steps)
    monday = earliest - timedelta(days=earliest.weekday())
    weeks: list[Row] = []
    while monday <= latest:
        days = [monday + timedelta(days=n) for n in range(_WEEK)]
        cells = [_cell(day, steps.get(day), start, last) for day in days]
        weeks.append(dict(zip(_COLUMNS, cells, strict=True)))
        monday += timedelta(days=_WEEK)
    return weeks


def _cell(day: date, step: DerivationStep | None, start: date, last: date) -> str:
    if step is None:
        return ""
    mark = day_mark(step)
    counted = f"第{step.number}日" if step.counted else ""
    words = " ".join(part for part in (mark, counted) if part)
    if day == start and not step.counted:
        words = f"起算 {mark}".strip()
    ending = "\n【末日】" if day == last else ""
    return f"{day.month}月{day.day}日\n{words}{ending}"


def day_mark(step: DerivationStep) -> str:
    """Return the sign of a day in one character: 除, 班, 休 or nothing."""
    if step.deducted:
        return "除"
    if step.kind is DayKind.MAKE_UP:
        return "班"
    return "休" if step.kind in (DayKind.WEEKEND, DayKind.HOLIDAY) else ""


def special_days(derivation: Iterable[DerivationStep]) -> list[Row]:
    """Return the holidays and working weekends on the way, runs of days in one row."""
    found = sorted((s for s in derivation if s.notice), key=lambda step: step.day)
    runs: list[list[DerivationStep]] = [[step] for step in found[:1]]
    for before, step in pairwise(found):
        if step.day - before.day == ONE_DAY and _what(before) == _what(step):
            runs[-1].append(step)
        else:
            runs.append([step])
    return [
        {"days": span(run[0].day, run[-1].day), "what": _what(run[0]), "source": run[0].notice}
        for run in runs
    ]


def _what(step: DerivationStep) -> str:
    kind = "调休上班" if step.kind is DayKind.MAKE_UP else "放假"
    return f"{step.holiday}{kind}，{'计入' if step.counted else '不计入'}"


def deducted_spans(deductions: Iterable[Deduction]) -> list[Row]:
    """Return the spans left out, with how many days each holds."""
    return [
        {
            "days": f"{d.first:%Y-%m-%d}至{d.last:%Y-%m-%d}",
            "count": f"{(d.last - d.first).days + 1}日",
            "why": d.why,
        }
        for d in deductions
    ]


def span(first: date, last: date) -> str:
    """Return 10月1日至7日, 9月30日至10月2日, or one day alone."""
    begin = f"{first.month}月{first.day}日"
    if first == last:
        return begin
    end = f"{last.day}日" if last.month == first.month else f"{last.month}月{last.day}日"
    return f"{begin}至{end}"
