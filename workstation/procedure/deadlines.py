"""Counting periods: working days, days, months, years and hours, with every day accounted for.

Legal ground common to all rules: the first day is not counted (民法典§201), month periods end
on the corresponding day (民法典§202). What else governs a period is in its rule.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from workstation.errors import InvalidInputError
from workstation.procedure.calendars import WorkingCalendar
from workstation.procedure.data_tables import Table, convert, read_table
from workstation.procedure.errors import HolidayNoticeMissingError, UnknownDeadlineError
from workstation.procedure.records import (
    Deadline,
    DeadlineRule,
    Deduction,
    DerivationStep,
    Direction,
    RollOver,
    Unit,
)

_ONE_DAY = timedelta(days=1)
_MONTHS_PER_YEAR = 12
_LONGEST_DEDUCTION = timedelta(days=3660)
_EXCLUDED = "开始的当日不计入，自下一日起算（民法典§201）"
_PROVISIONAL = "{year}年节假日通知尚未导入：末日是否顺延待节假日通知"


class DeadlineRules:
    """All deadline rules by code."""

    def __init__(self, rules: Mapping[str, DeadlineRule]) -> None:
        """Keep ``rules`` in their order."""
        self._rules = dict(rules)

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in the order of the file."""
        return tuple(self._rules)

    def with_lengths(self, lengths: Mapping[str, int]) -> "DeadlineRules":
        """Return the rules with other lengths, by code; what is named must exist."""
        rules = {code: replace(self.rule(code), length=n) for code, n in lengths.items()}
        return DeadlineRules({**self._rules, **rules})

    def rule(self, code: str) -> DeadlineRule:
        """Return the rule called ``code`` (case-insensitive).

        Raises:
            UnknownDeadlineError: there is none.
        """
        rule = self._rules.get(code.strip().upper())
        if rule is None:
            message = f"没有代码为“{code}”的期限。"
            raise UnknownDeadlineError(message, hint=f"可用的代码：{'、'.join(self._rules)}。")
        return rule


def load_deadline_rules(path: Path) -> DeadlineRules:
    """Read the rules of ``path``.

    Raises:
        ProcedureDataError: the file is malformed; the message names the rule.
    """
    rules: dict[str, DeadlineRule] = {}
    for row in read_table(path).get("rules", ()):
        code = str(row.get("code", f"第{len(rules) + 1}条"))
        rules[code] = convert(path, code, _rule, row)
    return DeadlineRules(rules)


def _rule(row: Table) -> DeadlineRule:
    return DeadlineRule(
        code=str(row["code"]),
        name=str(row["name"]),
        start=str(row["start"]),
        length=int(row["length"]),
        unit=Unit(row["unit"]),
        counting=str(row["counting"]),
        basis=str(row["basis"]),
        roll_over=RollOver(row["roll_over"]),
        holder=str(row["holder"]),
        consequence=str(row["consequence"]),
        direction=Direction(row.get("direction", "forward")),
        includes_start=bool(row.get("includes_start", False)),
        counts_make_up=bool(row.get("counts_make_up", True)),
        verified=bool(row.get("verified", True)),
        note=str(row.get("note", "")),
    )


def compute(
    rule: DeadlineRule,
    start: date | datetime,
    *,
    calendar: WorkingCalendar,
    deductions: Sequence[Deduction] = (),
) -> Deadline:
    """Count ``rule`` from ``start`` (a moment for periods of hours) and account for every day.

    ``deductions`` are spans, both ends included, that do not count. A period in calendar days,
    months or years that ends in a year without a holiday notice comes back provisional.

    Raises:
        HolidayNoticeMissingError: a working-day count enters a year without a notice.
        InvalidInputError: a deduction ends before it begins, or lasts more than ten years.
    """
    _check(deductions)
    if rule.unit is Unit.HOURS:
        return _hours(rule, start)
    first = start.date() if isinstance(start, datetime) else start
    if rule.unit is Unit.WORKING_DAYS:
        backward = rule.direction is Direction.BACKWARD
        if backward:
            last, steps = _working_days_back(rule, first, calendar)
        else:
            last, steps = _working_days(rule, first, calendar, deductions)
        return _deadline(rule, first, last, steps, provisional=False)
    if rule.unit is Unit.DAYS:
        last, steps = _days(rule, first, deductions)
    else:
        last, steps = _months(rule, first, deductions)
    last, rolled, provisional = _roll(rule, last, calendar)
    return _deadline(rule, first, last, [*steps, *rolled], provisional=provisional)


def _check(deductions: Sequence[Deduction]) -> None:
    for deduction in deductions:
        if timedelta(0) <= deduction.last - deduction.first <= _LONGEST_DEDUCTION:
            continue
        message = f"扣除的区间{deduction.first}至{deduction.last}不对。"
        raise InvalidInputError(message, hint="请核对起止日：止日不早于起日，且不超过十年。")


def _deadline(
    rule: DeadlineRule, start: date, last: date, steps: list[DerivationStep], *, provisional: bool
) -> Deadline:
    return Deadline(
        code=rule.code,
        name=rule.name,
        start=start,
        last_day=last,
        provisional=provisional,
        derivation=tuple(steps),
        basis=f"{rule.basis}；{rule.counting}",
        note=rule.note,
    )


def _skipped(day: date, why: str) -> DerivationStep:
    return DerivationStep(day=day, counted=False, number=0, why=why)


def _counted(day: date, number: int, why: str) -> DerivationStep:
    return DerivationStep(day=day, counted=True, number=number, why=why)


def _deducted(day: date, deductions: Sequence[Deduction]) -> Deduction | None:
    return next((d for d in deductions if d.first <= day <= d.last), None)


def _working_days(
    rule: DeadlineRule, start: date, calendar: WorkingCalendar, deductions: Sequence[Deduction]
) -> tuple[date, list[DerivationStep]]:
    steps = [_skipped(start, f"{rule.start}：{_EXCLUDED}")]
    day, number = start, 0
    while number < rule.length:
        day += _ONE_DAY
        kind = calendar.describe(day)
        deduction = _deducted(day, deductions)
        if deduction is not None:
            steps.append(_skipped(day, f"扣除：{deduction.why}"))
        elif not kind.working or (kind.make_up and not rule.counts_make_up):
            steps.append(_skipped(day, kind.why))
        else:
            number += 1
            steps.append(_counted(day, number, f"第{number}个工作日（{kind.why}）"))
    return day, steps


def _working_days_back(
    rule: DeadlineRule, start: date, calendar: WorkingCalendar
) -> tuple[date, list[DerivationStep]]:
    steps = [_skipped(start, f"{rule.start}：当日不计入，自前一日倒数")]
    day, number = start, 0
    while number < rule.length:
        day -= _ONE_DAY
        kind = calendar.describe(day)
        if kind.make_up and not rule.counts_make_up:
            steps.append(_skipped(day, f"{kind.why}；保护当事人的期限从严，不计入"))
        elif not kind.working:
            steps.append(_skipped(day, kind.why))
        else:
            number += 1
            steps.append(_counted(day, number, f"倒数第{number}个工作日（{kind.why}）"))
    last = day - _ONE_DAY
    steps.append(_skipped(last, f"最迟于本日，方留足{rule.length}个完整工作日"))
    return last, steps


def _days(
    rule: DeadlineRule, start: date, deductions: Sequence[Deduction]
) -> tuple[date, list[DerivationStep]]:
    steps: list[DerivationStep] = []
    day, number = start - _ONE_DAY, 0
    if not rule.includes_start:
        steps.append(_skipped(start, f"{rule.start}：{_EXCLUDED}"))
        day = start
    while number < rule.length:
        day += _ONE_DAY
        deduction = _deducted(day, deductions)
        if deduction is not None:
            steps.append(_skipped(day, f"扣除：{deduction.why}"))
            continue
        number += 1
        steps.append(_counted(day, number, f"第{number}日"))
    return day, steps


def _months(
    rule: DeadlineRule, start: date, deductions: Sequence[Deduction]
) -> tuple[date, list[DerivationStep]]:
    months = rule.length * (_MONTHS_PER_YEAR if rule.unit is Unit.YEARS else 1)
    word = "年" if rule.unit is Unit.YEARS else "个月"
    last = add_months(start, months)
    steps = [
        _skipped(start, f"{rule.start}：{_EXCLUDED}"),
        _counted(
            last, rule.length, f"{rule.length}{word}后的对应日（无对应日的为月末日，民法典§202）"
        ),
    ]
    for deduction in sorted(deductions, key=lambda d: d.first):
        inside_first, inside_last = max(deduction.first, start + _ONE_DAY), deduction.last
        if inside_first > last or inside_last < inside_first:
            continue
        days = (inside_last - inside_first).days + 1
        last += timedelta(days=days)
        steps.append(_skipped(last, f"扣除{days}日，末日后移：{deduction.why}"))
    return last, steps


def add_months(day: date, months: int) -> date:
    """Return the corresponding day ``months`` later, or that month's last day (民法典§202)."""
    index = day.year * _MONTHS_PER_YEAR + day.month - 1 + months
    year, month = divmod(index, _MONTHS_PER_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _roll(
    rule: DeadlineRule, last: date, calendar: WorkingCalendar
) -> tuple[date, list[DerivationStep], bool]:
    if not calendar.knows(last.year):
        why = _PROVISIONAL.format(year=last.year)
        if rule.roll_over is RollOver.NONE:
            why += "；本期限内部从严，按较早一日掌握"
        return last, [_skipped(last, why)], True
    if rule.roll_over is RollOver.NONE:
        kind = calendar.describe(last)
        if kind.working:
            return last, [], False
        why = f"末日为{kind.why}；本期限不为行政机关利益顺延，按本日掌握"
        return last, [_skipped(last, why)], False
    return _roll_on(rule, last, calendar)


def _roll_on(
    rule: DeadlineRule, last: date, calendar: WorkingCalendar
) -> tuple[date, list[DerivationStep], bool]:
    article = "民事诉讼法§85" if rule.roll_over is RollOver.ALWAYS else "民法典§203"
    steps: list[DerivationStep] = []
    day = last
    try:
        while not (kind := calendar.describe(day)).working:
            steps.append(_skipped(day, f"末日逢{kind.why}，顺延（{article}）"))
            day += _ONE_DAY
    except HolidayNoticeMissingError:
        steps.append(_skipped(day, _PROVISIONAL.format(year=day.year)))
        return day, steps, True
    if steps:
        steps.append(_skipped(day, "休假结束后的第一个工作日，为期限的最后一日"))
    return day, steps, False


def _hours(rule: DeadlineRule, start: date | datetime) -> Deadline:
    given = isinstance(start, datetime)
    begin = start if isinstance(start, datetime) else datetime.combine(start, time())
    end = begin + timedelta(hours=rule.length)
    why = "自该时起连续计算" if given else "未填时分，从严自当日零时起算"
    steps = [
        _skipped(begin.date(), f"{rule.start}：{begin:%Y-%m-%d %H:%M}，{why}"),
        _counted(end.date(), rule.length, f"满{rule.length}小时：{end:%Y-%m-%d %H:%M}"),
    ]
    deadline = _deadline(rule, begin.date(), end.date(), steps, provisional=False)
    return replace(deadline, moment=end)


def surcharge(
    fine: Decimal,
    payment_last_day: date,
    as_of: date,
    *,
    daily_rate: Decimal,
    suspended: Sequence[Deduction] = (),
) -> Decimal:
    """Return the surcharge (加处罚款) due at the end of ``as_of``, in yuan, capped at ``fine``.

    It runs on the fine alone, from the day after the last day of payment (行政处罚法§72), and
    stands still while reconsideration or a lawsuit is pending (§73).
    """
    days = 0
    day = payment_last_day + _ONE_DAY
    while day <= as_of:
        days += _deducted(day, suspended) is None
        day += _ONE_DAY
    return min(fine, fine * daily_rate * days)
