"""Walking through a period day by day: what counts, what does not, and where it ends.

The days of a walk strictly ascend (descend where a period is counted backwards), so that what
comes out can be printed as a strip. The first day is not counted (民法典§201), month periods end
on the corresponding day (民法典§202).
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from workstation.procedure.calendars import CalendarDay, WorkingCalendar, weekday_name
from workstation.procedure.errors import HolidayNoticeMissingError
from workstation.procedure.period_records import (
    DayKind,
    DeadlineRule,
    Deduction,
    DerivationStep,
    Direction,
    RollOver,
    Unit,
)

ONE_DAY = timedelta(days=1)
_MONTHS_PER_YEAR = 12
_EXCLUDED = "开始的当日不计入，自下一日起算（民法典§201）"
_PROVISIONAL = "{year}年节假日通知尚未导入：末日是否顺延待节假日通知"


class Walk(NamedTuple):
    """Where a period ends, how it got there, and whether a notice to come may move the end.

    ``moment`` is set for periods of hours only.
    """

    last: date
    steps: tuple[DerivationStep, ...]
    provisional: bool = False
    moment: datetime | None = None


def count_days(
    rule: DeadlineRule, start: date, calendar: WorkingCalendar, deductions: Sequence[Deduction]
) -> Walk:
    """Count a period of working days, days, months or years.

    Raises:
        HolidayNoticeMissingError: a working-day count enters a year without a notice.
    """
    if rule.direction is Direction.BACKWARD:
        return _working_days_back(rule, start, calendar)
    if rule.unit is Unit.WORKING_DAYS:
        return _working_days(rule, start, calendar, deductions)
    if rule.unit is Unit.DAYS:
        return _roll(rule, _days(rule, start, calendar, deductions), calendar)
    return _roll(rule, _months(rule, start, calendar, deductions), calendar)


def count_hours(rule: DeadlineRule, start: date | datetime, calendar: WorkingCalendar) -> Walk:
    """Count hours without a break; a bare day runs from its first minute (strictly).

    Hours run through nights, weekends and holidays: a period of hours has no days off.
    """
    given = isinstance(start, datetime)
    begin = start if isinstance(start, datetime) else datetime.combine(start, time())
    end = begin + timedelta(hours=rule.length)
    why = "自该时起连续计算" if given else "未填时分，从严自当日零时起算"
    begins = f"{rule.start}：{begin:%Y-%m-%d %H:%M}，{why}"
    ends = f"满{rule.length}小时：{end:%Y-%m-%d %H:%M}"
    first, last = calendar.glance(begin.date()), calendar.glance(end.date())
    if begin.date() == end.date():
        only = _counted(last, rule.length, f"{begins}；{ends}")
        return Walk(end.date(), (only,), moment=end)
    steps = (_skipped(first, begins), _counted(last, rule.length, ends))
    return Walk(end.date(), steps, moment=end)


def add_months(day: date, months: int) -> date:
    """Return the corresponding day ``months`` later, or that month's last day (民法典§202)."""
    index = day.year * _MONTHS_PER_YEAR + day.month - 1 + months
    year, month = divmod(index, _MONTHS_PER_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def deducted(day: date, deductions: Sequence[Deduction]) -> Deduction | None:
    """Return the deduction that ``day`` falls in, or None."""
    return next((d for d in deductions if d.first <= day <= d.last), None)


def _skipped(at: CalendarDay, why: str) -> DerivationStep:
    return _step(at, 0, why)


def _left_out(at: CalendarDay, deduction: Deduction) -> DerivationStep:
    why = f"{weekday_name(at.day)}，扣除：{deduction.why}"
    return replace(_skipped(at, why), deducted=True)


def _counted(at: CalendarDay, number: int, why: str) -> DerivationStep:
    return _step(at, number, why)


def _step(at: CalendarDay, number: int, why: str) -> DerivationStep:
    return DerivationStep(
        day=at.day,
        counted=number > 0,
        number=number,
        why=why,
        kind=at.kind,
        notice=at.notice,
        holiday=at.holiday,
    )


def _working_days(
    rule: DeadlineRule, start: date, calendar: WorkingCalendar, deductions: Sequence[Deduction]
) -> Walk:
    steps = [_skipped(calendar.glance(start), f"{rule.start}：{_EXCLUDED}")]
    day, number = start, 0
    while number < rule.length:
        day += ONE_DAY
        at = calendar.describe(day)
        deduction = deducted(day, deductions)
        if deduction is not None:
            steps.append(_left_out(at, deduction))
        elif not at.working or (at.make_up and not rule.counts_make_up):
            steps.append(_skipped(at, at.why))
        else:
            number += 1
            steps.append(_counted(at, number, f"第{number}个工作日（{at.why}）"))
    return Walk(day, tuple(steps))


def _working_days_back(rule: DeadlineRule, start: date, calendar: WorkingCalendar) -> Walk:
    steps = [_skipped(calendar.glance(start), f"{rule.start}：当日不计入，自前一日倒数")]
    day, number = start, 0
    while number < rule.length:
        day -= ONE_DAY
        at = calendar.describe(day)
        if at.make_up and not rule.counts_make_up:
            steps.append(_skipped(at, f"{at.why}；保护当事人的期限从严，不计入"))
        elif not at.working:
            steps.append(_skipped(at, at.why))
        else:
            number += 1
            steps.append(_counted(at, number, f"倒数第{number}个工作日（{at.why}）"))
    last = day - ONE_DAY
    why = f"最迟于本日，方留足{rule.length}个完整工作日"
    steps.append(_skipped(calendar.glance(last), why))
    return Walk(last, tuple(steps))


def _days(
    rule: DeadlineRule, start: date, calendar: WorkingCalendar, deductions: Sequence[Deduction]
) -> Walk:
    steps: list[DerivationStep] = []
    day, number = start - ONE_DAY, 0
    if not rule.includes_start:
        steps.append(_skipped(calendar.glance(start), f"{rule.start}：{_EXCLUDED}"))
        day = start
    while number < rule.length:
        day += ONE_DAY
        at = calendar.glance(day)
        deduction = deducted(day, deductions)
        if deduction is not None:
            steps.append(_left_out(at, deduction))
            continue
        number += 1
        first = f"{rule.start}：当日计入，" if day == start else ""
        holiday = "，自然日，照常计入" if at.kind is DayKind.HOLIDAY else ""
        steps.append(_counted(at, number, f"{first}第{number}日（{at.why}{holiday}）"))
    return Walk(day, tuple(steps))


def _months(
    rule: DeadlineRule, start: date, calendar: WorkingCalendar, deductions: Sequence[Deduction]
) -> Walk:
    each, word = (_MONTHS_PER_YEAR, "年") if rule.unit is Unit.YEARS else (1, "个月")
    steps = [_skipped(calendar.glance(start), f"{rule.start}：{_EXCLUDED}")]
    last = start
    for number in range(1, rule.length + 1):
        last = add_months(start, number * each)
        cut = "" if last.day == start.day else "（无对应日，以月末日为准）"
        why = f"满{number}{word}的对应日{cut}，民法典§202"
        steps.append(_counted(calendar.glance(last), number, why))
    for deduction in sorted(deductions, key=lambda d: d.first):
        inside_first, inside_last = max(deduction.first, start + ONE_DAY), deduction.last
        if inside_first > last or inside_last < inside_first:
            continue
        days = (inside_last - inside_first).days + 1
        last += timedelta(days=days)
        why = f"扣除{days}日，末日后移：{deduction.why}"
        steps.append(_skipped(calendar.glance(last), why))
    return Walk(last, tuple(steps))


def _roll(rule: DeadlineRule, walk: Walk, calendar: WorkingCalendar) -> Walk:
    """Move the end on where the law moves it; else say on the last day why it stays."""
    last = walk.last
    if not calendar.knows(last.year):
        why = _PROVISIONAL.format(year=last.year)
        if rule.roll_over is RollOver.NONE:
            why += "；本期限内部从严，按较早一日掌握"
        return Walk(last, _noted(walk.steps, why), provisional=True)
    at = calendar.describe(last)
    if at.working:
        return walk
    if rule.roll_over is RollOver.NONE:
        why = f"末日为{at.why}；本期限不为行政机关利益顺延，按本日掌握"
        return walk._replace(steps=_noted(walk.steps, why))
    return _roll_on(rule, walk, calendar)


def _roll_on(rule: DeadlineRule, walk: Walk, calendar: WorkingCalendar) -> Walk:
    article = "民事诉讼法§85" if rule.roll_over is RollOver.ALWAYS else "民法典§203"
    why = f"末日逢{{}}，顺延（{article}）"
    steps = _noted(walk.steps, why.format(calendar.describe(walk.last).why))
    day = walk.last + ONE_DAY
    try:
        while not (at := calendar.describe(day)).working:
            steps = (*steps, _skipped(at, why.format(at.why)))
            day += ONE_DAY
    except HolidayNoticeMissingError:
        step = _skipped(calendar.glance(day), _PROVISIONAL.format(year=day.year))
        return Walk(day, (*steps, step), provisional=True)
    words = f"{at.why}，休假结束后的第一个工作日，为期限的最后一日"
    return Walk(day, (*steps, _skipped(at, words)))


def _noted(steps: tuple[DerivationStep, ...], why: str) -> tuple[DerivationStep, ...]:
    return (*steps[:-1], replace(steps[-1], why=f"{steps[-1].why}；{why}"))
