"""The rules of periods, and counting one of them with every day accounted for.

What governs a period is in its rule; how days are walked through is in ``counting``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from workstation.errors import InvalidInputError
from workstation.procedure.calendars import WorkingCalendar
from workstation.procedure.counting import ONE_DAY, count_days, count_hours
from workstation.procedure.data_tables import Table, convert, read_table, words
from workstation.procedure.errors import UnknownDeadlineError
from workstation.procedure.period_records import (
    Deadline,
    DeadlineNature,
    DeadlineRule,
    Deduction,
    Direction,
    RollOver,
    Unit,
)

_LONGEST_DEDUCTION = timedelta(days=3660)


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
        started_by=words(row.get("started_by", [])),
        nature=DeadlineNature(row.get("nature", "duty")),
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
        InvalidInputError: a deduction ends before it begins, lasts more than ten years or
            overlaps another, or the period is one that nothing can be deducted from.
    """
    _check(rule, deductions)
    first = start.date() if isinstance(start, datetime) else start
    if rule.unit is Unit.HOURS:
        walk = count_hours(rule, start, calendar)
    else:
        walk = count_days(rule, first, calendar, deductions)
    return Deadline(
        code=rule.code,
        name=rule.name,
        start=first,
        last_day=walk.last,
        provisional=walk.provisional,
        derivation=walk.steps,
        basis=f"{rule.basis}；{rule.counting}",
        note=rule.note,
        moment=walk.moment,
        deductions=tuple(deductions),
    )


def _check(rule: DeadlineRule, deductions: Sequence[Deduction]) -> None:
    if deductions and (rule.unit is Unit.HOURS or rule.direction is Direction.BACKWARD):
        message = f"“{rule.name}”（{rule.code}）没有可以扣除的期间。"
        hint = "按小时连续计算的期限和倒数的期限，法律都没有规定扣除；请去掉扣除期间。"
        raise InvalidInputError(message, hint=hint)
    for deduction in deductions:
        if not timedelta(0) <= deduction.last - deduction.first <= _LONGEST_DEDUCTION:
            message = f"扣除的区间{deduction.first}至{deduction.last}不对。"
            raise InvalidInputError(message, hint="请核对起止日：止日不早于起日，且不超过十年。")
    overlap = overlapping(deductions)
    if overlap is not None:
        message = f"扣除的期间重叠：{_span(overlap[0])}与{_span(overlap[1])}。"
        hint = "同一日只能扣除一次。请改正其中一段的起止日，或者并作一段并写明事由。"
        raise InvalidInputError(message, hint=hint)


def _span(deduction: Deduction) -> str:
    return f"{deduction.first}至{deduction.last}（{deduction.why}）"


def overlapping(deductions: Sequence[Deduction]) -> tuple[Deduction, Deduction] | None:
    """Return the first two deductions that share a day, or None."""
    ordered = sorted(deductions, key=lambda d: (d.first, d.last))
    return next(((a, b) for a, b in pairwise(ordered) if b.first <= a.last), None)


def without_overlaps(deductions: Sequence[Deduction]) -> tuple[Deduction, ...]:
    """Return the deductions with every shared day left to the span that began first.

    For what already stands in a case; a person who enters overlapping spans is told so instead.
    """
    kept: list[Deduction] = []
    for deduction in sorted(deductions, key=lambda d: (d.first, d.last)):
        first = max([deduction.first, *(earlier.last + ONE_DAY for earlier in kept)])
        if first <= deduction.last:
            kept.append(replace(deduction, first=first))
    return tuple(kept)
