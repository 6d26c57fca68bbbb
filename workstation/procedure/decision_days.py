"""From which day a penalty may lawfully be decided, and until when it must be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import (
    asks_for_hearing,
    day_of,
    hearing_requested,
    served_day,
    waiver,
)
from workstation.procedure.counting import ONE_DAY
from workstation.procedure.deadlines import compute
from workstation.procedure.errors import HolidayNoticeMissingError
from workstation.procedure.period_records import RunningDeadline
from workstation.procedure.rules import ProcedureRules


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWindow:
    """The first day a decision is lawful and the last; None where a day can't be told yet.

    ``reasons`` say why, each with its article.
    """

    first: date | None
    last: date | None
    reasons: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the first lawful day lies after the last."""
        return self.first is not None and self.last is not None and self.first > self.last

    def as_json(self) -> dict[str, Any]:
        """Return the window as the command line prints it."""
        return {
            "first_day": self.first.isoformat() if self.first else None,
            "last_day": self.last.isoformat() if self.last else None,
            "empty": self.is_empty,
            "reasons": list(self.reasons),
        }


def decision_window(
    case_file: CaseFile, as_of: date, rules: ProcedureRules, running: Iterable[RunningDeadline]
) -> DecisionWindow:
    """Return when the case may be decided, as far as notice, hearing and the ninety days say.

    Legal review, deliberation and the re-examination of statements have no day of their own and
    stay with their guards.
    """
    clocks = tuple(running)
    last = next((c.last_day for c in clocks if c.code == "DL02"), None)
    notice = case_file.last("notice_served")
    if notice is None:
        why = "处罚告知书尚未送达，告知期限还没有起算（行政处罚法§44、§62）"
        return DecisionWindow(first=None, last=last, reasons=(why,))
    given_up = waiver(case_file)
    if given_up is not None:
        why = f"当事人{given_up.day}书面放弃陈述申辩和听证，不必等待期满（行政处罚法§44、§64）"
        return DecisionWindow(first=given_up.day, last=last, reasons=(why,))
    first, reasons = _after_notice(notice, rules)
    hearing = hearing_requested(case_file)
    if first is not None and hearing is not None and asks_for_hearing(hearing):
        day, why = _after_hearing(case_file, as_of, rules)
        first = max(first, day) if day else None
        reasons = (*reasons, why)
    return DecisionWindow(first=first, last=last, reasons=reasons)


def _after_notice(notice: CaseEvent, rules: ProcedureRules) -> tuple[date | None, tuple[str, ...]]:
    served = served_day(notice, rules)
    dated = rules.on(served)
    try:
        ends = {
            code: compute(dated.deadlines.rule(code), served, calendar=rules.calendar).last_day
            for code in ("DL06", "DL07")
        }
    except HolidayNoticeMissingError as missing:
        return None, (missing.message,)
    words = "、".join(f"{dated.deadlines.rule(c).name}至{day}" for c, day in ends.items())
    why = f"告知书{served}送达，{words}；期满前不得作出决定（行政处罚法§62、§64）"
    return max(ends.values()) + ONE_DAY, (why,)


def _after_hearing(
    case_file: CaseFile, as_of: date, rules: ProcedureRules
) -> tuple[date | None, str]:
    held = case_file.last("hearing_held")
    if held is not None:
        return held.day, f"听证已于{held.day}举行，听证后再作法制审核（行政处罚法§58、§65）"
    notified = case_file.last("hearing_notified")
    planned = day_of(notified.data.get("on")) if notified else None
    if planned is not None:
        return planned, f"听证定于{planned}举行，听证后方可作出决定（行政处罚法§65）"
    try:
        day = _first_hearing_day(as_of, rules)
    except HolidayNoticeMissingError as missing:
        return None, missing.message
    why = f"当事人申请听证，{as_of}通知的，最早{day}举行（七个工作日前通知，行政处罚法§64）"
    return day, why


def _first_hearing_day(notified: date, rules: ProcedureRules) -> date:
    """Return the first working day for which a notice of ``notified`` leaves seven days."""
    rule = rules.on(notified).deadlines.rule("DL08")
    day = notified + ONE_DAY
    while not (
        rules.calendar.describe(day).working
        and compute(rule, day, calendar=rules.calendar).last_day >= notified
    ):
        day += ONE_DAY
    return day
