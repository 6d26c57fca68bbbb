"""The named conditions under which a step applies to a case (``applies_when`` of step.toml)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from workstation.domain.cases import CaseFile
from workstation.procedure.case_readings import (
    hearing_requested,
    is_penalised,
    matter_on,
    offers_hearing,
    outcome_of,
    served_day,
    waiver,
)
from workstation.procedure.deadlines import compute
from workstation.procedure.errors import HolidayNoticeMissingError
from workstation.procedure.guards_decision import deliberation_reason
from workstation.procedure.records import Surroundings
from workstation.procedure.rules import ProcedureRules


@dataclass(frozen=True, slots=True, kw_only=True)
class StepContext:
    """A case file as it stood on a day, with what is needed to read it."""

    case_file: CaseFile
    as_of: date
    rules: ProcedureRules
    surroundings: Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicability:
    """Whether a step applies; None while that is still open. ``reason`` is shown."""

    applies: bool | None
    reason: str = ""


Condition = Callable[[StepContext], Applicability]
_APPLIES = Applicability(applies=True)


def _used_in_investigation(kind: str, none_used: str, when: str) -> Condition:
    def condition(context: StepContext) -> Applicability:
        if context.case_file.first(kind) is not None:
            return _APPLIES
        if context.case_file.first("investigation_closed") is not None:
            return Applicability(applies=False, reason=none_used)
        return Applicability(applies=None, reason=when)

    return condition


def correction_is_separate(context: StepContext) -> Applicability:
    """Correction is ordered on its own unless the decision went out without it."""
    case_file = context.case_file
    if case_file.first("correction_ordered") is None and case_file.first("decision_made"):
        return Applicability(applies=False, reason="未单独责令改正，并入决定书")
    return _APPLIES


def penalty_is_proposed(context: StepContext) -> Applicability:
    """A party is told beforehand of a penalty only."""
    decision = context.case_file.last("decision_made")
    told = context.case_file.first("notice_served") is not None
    if decision is not None and not told and outcome_of(decision) != "处罚":
        return Applicability(applies=False, reason=f"决定为“{outcome_of(decision)}”，无须告知")
    return _APPLIES


def hearing_was_requested(context: StepContext) -> Applicability:
    """A hearing is held on request, within the period (行政处罚法§63, §64)."""
    case_file = context.case_file
    if hearing_requested(case_file) is not None or case_file.first("hearing_notified"):
        return _APPLIES
    if case_file.last("notice_served") is None:
        decided = case_file.first("decision_made") is not None
        reason = "未经告知即作决定，没有听证" if decided else "待告知后看当事人是否申请"
        return Applicability(applies=False if decided else None, reason=reason)
    return _hearing_after_notice(context)


def _hearing_after_notice(context: StepContext) -> Applicability:
    case_file = context.case_file
    notice = case_file.last("notice_served")
    if notice is not None and not offers_hearing(notice, case_file):
        return Applicability(applies=False, reason="拟作处罚不属于听证范围")
    if waiver(case_file) is not None:
        return Applicability(applies=False, reason="当事人书面放弃听证")
    last = notice_period_end(context)
    if case_file.first("decision_made") or (last is not None and context.as_of > last):
        return Applicability(applies=False, reason="当事人期内未申请听证")
    until = f"，至{last.isoformat()}" if last else ""
    return Applicability(applies=None, reason=f"在听证申请期内{until}")


def notice_period_end(context: StepContext) -> date | None:
    """Return the last day of the notice periods, None before service or while not countable."""
    notice = context.case_file.last("notice_served")
    if notice is None:
        return None
    rules = context.rules
    served = served_day(notice, rules)
    try:
        return max(
            compute(rules.deadlines.rule(code), served, calendar=rules.calendar).last_day
            for code in ("DL06", "DL07")
        )
    except HolidayNoticeMissingError:
        return None


def deliberation_is_required(context: StepContext) -> Applicability:
    """The heads deliberate on complex or serious cases (行政处罚法§57)."""
    case_file = context.case_file
    if case_file.first("deliberated") is not None:
        return _APPLIES
    code = case_file.case.matter_code
    matter = matter_on(context.surroundings.matters, code, context.as_of)
    why = deliberation_reason(case_file, context.rules, matter)
    if case_file.first("decision_made") is not None:
        return Applicability(applies=False, reason="未经集体讨论")
    if why:
        return Applicability(applies=True, reason=why)
    if case_file.first("notice_served") is not None:
        return Applicability(applies=False, reason="不属于应当集体讨论的情形")
    return Applicability(applies=None, reason="待拟定处罚后判断")


def penalty_was_decided(context: StepContext) -> Applicability:
    """There is something to publish and to perform only after a penalty."""
    decision = context.case_file.last("decision_made")
    if decision is not None and decision.data.get("penalty") == "警告":
        return Applicability(applies=False, reason="只给予警告，没有需要履行的内容")
    if decision is None or is_penalised(context.case_file):
        return _APPLIES
    return Applicability(applies=False, reason=f"决定为“{outcome_of(decision)}”，没有处罚内容")


CONDITIONS: Mapping[str, Condition] = {
    "evidence_was_preserved": _used_in_investigation(
        "evidence_preserved", "未采取证据保全", "证据可能灭失或者以后难以取得时采取"
    ),
    "coercion_was_applied": _used_in_investigation(
        "coercion_applied", "未采取行政强制措施", "有法律、法规授权且确有必要时采取"
    ),
    "correction_is_separate": correction_is_separate,
    "penalty_is_proposed": penalty_is_proposed,
    "statement_may_be_made": penalty_is_proposed,
    "hearing_was_requested": hearing_was_requested,
    "deliberation_is_required": deliberation_is_required,
    "penalty_was_decided": penalty_was_decided,
}
