"""Reading a case file: what its events say about amounts, rounds, waivers, services and facts.

Event data come from forms, files and timelines, so every reading tolerates a value that is not
there; where the wording of an event carries it (“法制审核意见(同意)”), the wording is read.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from workstation.domain.cases import Case, CaseEvent, CaseFile, JsonValue
from workstation.domain.matters import Matter
from workstation.domain.parties import Party, PartyKind
from workstation.procedure.deadlines import compute
from workstation.procedure.records import HearingThreshold, Parameters
from workstation.procedure.rules import ProcedureRules

# What ends a seal or seizure; property goes to the police with the case (行政强制法§21).
COERCION_ENDS = ("coercion_lifted", "coerced_property_disposed", "property_handed_over")
PENALTY = "处罚"
_TAKING_EVIDENCE = frozenset(
    {"scene_inspected", "evidence_collected", "person_questioned", "evidence_preserved"}
)
_BASES = {"违法所得": "illegal_gain", "货值金额": "goods_value"}
_CORRECTION_RESULTS = ("部分改正", "拒不改正", "未改正", "已改正")
_IN_BRACKETS = re.compile(r"[（(]([^（()）]+)[)）]")


def money(value: JsonValue) -> Decimal | None:
    """Return an amount in yuan, or None when ``value`` is not one plain number."""
    if value is None or isinstance(value, bool | list | dict):
        return None
    try:
        amount = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def moment_of(value: JsonValue) -> datetime | None:
    """Return the moment written in ISO form (a day is its midnight), or None."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def day_of(value: JsonValue) -> date | None:
    """Return the day of an ISO date or moment, or None."""
    moment = moment_of(value)
    return moment.date() if moment else None


def ends_at(event: CaseEvent) -> datetime | None:
    """Return when the record (笔录) of an event ends; a bare day in ``until`` is a time limit."""
    until = event.data.get("until")
    return moment_of(until) if isinstance(until, str) and "T" in until else None


def names_of(value: JsonValue) -> tuple[str, ...]:
    """Return a list of names; a single name may stand alone."""
    if isinstance(value, str):
        return tuple(part for part in re.split(r"[、，,\s]+", value) if part)
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    return ()


def text_of(value: JsonValue) -> str:
    """Return stripped text, or nothing."""
    return value.strip() if isinstance(value, str) else ""


def officers_of(event: CaseEvent, case: Case) -> tuple[str, ...]:
    """Return who carried an event out: the officers named in it, else those of the case."""
    return names_of(event.data.get("officers")) or case.officers


def investigators(case_file: CaseFile) -> frozenset[str]:
    """Return the officers of the case and whoever else took its evidence (行政处罚法§64)."""
    took = [e for e in case_file.events if e.kind in _TAKING_EVIDENCE]
    named = {name for event in took for name in names_of(event.data.get("officers"))}
    return frozenset({*case_file.case.officers, *named})


def act_end(case: Case) -> datetime | None:
    """Return when the act ended, or None while it goes on or is not known."""
    return moment_of(case.facts.get("act_end"))


def act_day(case: Case) -> date | None:
    """Return the day whose law governs the act (行政处罚法§37): its end, else its start."""
    ended = act_end(case) or moment_of(case.facts.get("act_start"))
    return ended.date() if ended else None


def age_on(born: date, day: date) -> int:
    """Return the age in full years on ``day``."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def base_amount(case: Case, base: str) -> Decimal | None:
    """Return what a fine is a multiple or percentage of, in yuan; None where it is not known."""
    return money(case.facts.get(_BASES.get(base, base)))


def limitation_code(case: Case, matter: Matter | None) -> str:
    """Return the rule of the limitation period: two years, five with harm, six months.

    Whether there was harm (危害后果) is a fact that a person states (``facts["harmful"]``).
    """
    limitation = matter.limitation if matter else None
    if limitation is not None and "治安管理处罚法" in limitation.title:
        return "DL27-3"
    return "DL27-2" if case.facts.get("harmful") is True else "DL27"


def matter_on(matters: Iterable[Matter], code: str, day: date) -> Matter | None:
    """Return the version of matter ``code`` that holds on ``day``."""
    return next((m for m in matters if m.code == code and m.holds_on(day)), None)


def party_category(party: Party) -> str:
    """Return 公民 or 单位; a sole trader counts as 公民, the stricter side for the bureau."""
    if party.is_person or party.kind is PartyKind.SOLE_TRADER_NAMED:
        return "公民"
    return "单位"


def hearing_threshold(
    parameters: Parameters, party: Party, field: str = ""
) -> HearingThreshold | None:
    """Return the threshold of 较大数额 for ``party`` in a field, None where none is known."""
    category = party_category(party)
    found = {t.field: t for t in parameters.hearing_thresholds if t.party == category}
    return found.get(field) or found.get("")


def reaches(threshold: HearingThreshold | None, fine: Decimal) -> bool:
    """Whether ``fine`` is a larger amount under ``threshold``."""
    if threshold is None:
        return False
    return fine >= threshold.amount if threshold.inclusive else fine > threshold.amount


def conclusion_of(review: CaseEvent) -> str:
    """Return the conclusion of a legal review, from its data or the brackets of its title."""
    stated = text_of(review.data.get("conclusion"))
    if stated:
        return stated
    match = _IN_BRACKETS.search(review.title)
    return match[1] if match else ""


def result_of(check: CaseEvent) -> str:
    """Return the result of a check on correction (已改正 …), or nothing."""
    stated = text_of(check.data.get("result"))
    if stated:
        return stated
    return next((r for r in _CORRECTION_RESULTS if r in check.title), "")


def is_resumption(change: CaseEvent) -> bool:
    """Whether a change of the period lifts a suspension (恢复)."""
    stated = text_of(change.data.get("change"))
    return stated == "恢复" if stated else "恢复" in change.title


def is_waiver(statement: CaseEvent) -> bool:
    """Whether the party waived statement, defence and hearing in writing."""
    waived = statement.data.get("waived")
    return bool(waived) if waived is not None else "放弃" in statement.title


def asks_for_hearing(statement: CaseEvent) -> bool:
    """Whether the party asked for a hearing with this statement."""
    asked = statement.data.get("hearing_requested")
    if asked is not None:
        return bool(asked)
    return "听证申请" in statement.title or "申请听证" in statement.title


def hearing_requested(case_file: CaseFile) -> CaseEvent | None:
    """Return the statement that asks for a hearing, or None."""
    statements = case_file.all_of("statement_received")
    return next((s for s in statements if asks_for_hearing(s)), None)


def waiver(case_file: CaseFile) -> CaseEvent | None:
    """Return the waiver made after the last notice, or None."""
    notice = case_file.last("notice_served")
    for statement in case_file.all_of("statement_received"):
        if is_waiver(statement) and (notice is None or statement.day >= notice.day):
            return statement
    return None


def fine_of(event: CaseEvent, case_file: CaseFile) -> Decimal | None:
    """Return the fine an event states, else that of the event it rests on."""
    stated = money(event.data.get("fine"))
    if stated is not None or event.data.get("fine") is not None:
        return stated
    source = {
        "decision_made": ("deliberated", "notice_served", "notice_approved"),
        "notice_served": ("notice_approved",),
        "notice_approved": ("investigation_closed",),
        "deliberated": (),
    }.get(event.kind, ())
    for kind in source:
        earlier = case_file.last(kind)
        if earlier is not None:
            key = "recommended_fine" if kind == "investigation_closed" else "fine"
            return money(earlier.data.get(key))
    return None


def confiscated_of(event: CaseEvent) -> Decimal:
    """Return what an event confiscates, in yuan; nothing stated is nothing."""
    return money(event.data.get("confiscated")) or Decimal(0)


def outcome_of(decision: CaseEvent) -> str:
    """Return the outcome of a decision; one without a stated outcome is a penalty."""
    return text_of(decision.data.get("outcome")) or PENALTY


def is_penalised(case_file: CaseFile) -> bool:
    """Whether a penalty was decided."""
    decision = case_file.last("decision_made")
    return decision is not None and outcome_of(decision) == PENALTY


def offers_hearing(notice: CaseEvent, case_file: CaseFile) -> bool:
    """Whether a notice tells the party of the right to a hearing."""
    told = notice.data.get("hearing_right")
    if told is None and notice.kind == "notice_served":
        approved = case_file.last("notice_approved")
        told = approved.data.get("hearing_right") if approved else None
    return bool(told) if told is not None else "听证" in notice.title


def unresolved_preservations(case_file: CaseFile) -> tuple[CaseEvent, ...]:
    """Return the registrations for preservation without a disposition, oldest first."""
    made = case_file.all_of("evidence_preserved")
    return made[len(case_file.all_of("preservation_resolved")) :]


def coercion_in_force(case_file: CaseFile) -> tuple[CaseEvent, ...]:
    """Return the seals and seizures that none of ``COERCION_ENDS`` ended, oldest first."""
    released = sum(len(case_file.all_of(kind)) for kind in COERCION_ENDS)
    return case_file.all_of("coercion_applied")[released:]


def served_day(event: CaseEvent, rules: ProcedureRules) -> date:
    """Return the day service takes effect; announced, the thirtieth day (民事诉讼法§95)."""
    announced = day_of(event.data.get("announced_on"))
    if announced is None:
        return event.day
    return compute(rules.deadlines.rule("DL10"), announced, calendar=rules.calendar).last_day
