"""从旧兼从轻: the law of the day of the act beside the law of today (行政处罚法§37).

The machine lays the ranges side by side and says what can be told from them; which law applies
is the conclusion of a person, given with reasons in the event.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.domain.matters import FineMeasure, Matter, PenaltyRange
from workstation.procedure.case_readings import act_day, matter_on, result_of, text_of
from workstation.procedure.records import Surroundings
from workstation.procedure.rules import ProcedureRules

# What clauses call a party that is a person, and one that is not.
_CALLED = {True: ("个人", "公民", "自然人"), False: ("单位", "法人或者其他组织")}


class Lightness(StrEnum):
    """What the ranges say of the new law; the value is shown."""

    SAME_VERSION = "行为日与今日适用同一版本"
    LIGHTER = "新规定较轻"
    HEAVIER = "新规定较重"
    EQUAL = "罚款幅度相同"
    CROSSED = "幅度互有轻重，仅凭幅度不能判断"
    NOT_COMPARABLE = "罚款以外的处罚种类不同，须由人判断"
    OTHER_MEASURE = "罚款的计算方式不同，须由人判断"
    NO_OLD_LAW = "行为日没有可适用的处罚规定"
    NO_NEW_LAW = "现行规定不再处罚"


class AppliedLaw(StrEnum):
    """Which law a person decided to apply; the value is stored in ``data["law_applied"]``."""

    OLD = "行为时的规定"
    NEW = "现行规定"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawSide:
    """One of the two laws: the version of the matter on a day, and which of its ranges apply.

    ``passed_over`` pairs the ranges that do not apply with the reason.
    """

    day: date
    matter: Matter | None
    applying: tuple[PenaltyRange, ...]
    passed_over: tuple[tuple[PenaltyRange, str], ...]

    @property
    def fine_min(self) -> Decimal | None:
        """The lowest fine of the ranges that apply, None where none does."""
        return min((r.fine_min for r in self.applying), default=None)

    @property
    def fine_max(self) -> Decimal | None:
        """The highest fine of the ranges that apply, None where none does."""
        return max((r.fine_max for r in self.applying), default=None)

    def as_json(self) -> dict[str, Any]:
        """Return the side as the command line prints it."""
        return {
            "day": self.day.isoformat(),
            "version": self.matter.version if self.matter else "",
            "applying": [_range_json(r, "") for r in self.applying],
            "passed_over": [_range_json(r, why) for r, why in self.passed_over],
            "fine_min": str(self.fine_min) if self.fine_min is not None else None,
            "fine_max": str(self.fine_max) if self.fine_max is not None else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class LawComparison:
    """Both laws, what their ranges say, and what follows of §37 unless a person sees otherwise."""

    old: LawSide
    new: LawSide
    lightness: Lightness
    basis: str = "行政处罚法§37"

    @property
    def needed(self) -> bool:
        """Whether there is anything to decide."""
        return self.lightness is not Lightness.SAME_VERSION

    @property
    def proposed(self) -> AppliedLaw | None:
        """What §37 leads to from the ranges alone; None where the ranges don't tell."""
        if self.lightness in {Lightness.LIGHTER, Lightness.NO_NEW_LAW}:
            return AppliedLaw.NEW
        if self.lightness in {Lightness.HEAVIER, Lightness.EQUAL, Lightness.NO_OLD_LAW}:
            return AppliedLaw.OLD
        return None

    def side(self, applied: AppliedLaw) -> LawSide:
        """Return the side a person chose."""
        return self.old if applied is AppliedLaw.OLD else self.new

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as the command line prints it."""
        return {
            "needed": self.needed,
            "old": self.old.as_json(),
            "new": self.new.as_json(),
            "lightness": self.lightness.value,
            "proposed": self.proposed.value if self.proposed else "由人判断",
            "basis": self.basis,
        }


def compare_laws(
    case_file: CaseFile, day: date, rules: ProcedureRules, surroundings: Surroundings
) -> LawComparison | None:
    """Compare the law of the act with that of ``day``; None while the day of the act is open."""
    acted = act_day(case_file.case)
    if acted is None:
        return None
    old = _side(case_file, acted, rules, surroundings)
    new = _side(case_file, day, rules, surroundings)
    return LawComparison(old=old, new=new, lightness=_lightness(old, new))


def applied_law(case_file: CaseFile, event: CaseEvent) -> AppliedLaw | None:
    """Return which law a person applies: as ``event`` says, else as the notice said, else None."""
    earlier = case_file.last("notice_approved")
    for source in (event, earlier):
        stated = text_of(source.data.get("law_applied")) if source else ""
        if stated in {law.value for law in AppliedLaw}:
            return AppliedLaw(stated)
    return None


def _side(
    case_file: CaseFile, day: date, rules: ProcedureRules, surroundings: Surroundings
) -> LawSide:
    matter = matter_on(surroundings.matters, case_file.case.matter_code, day)
    ranges = matter.penalty_ranges() if matter else ()
    judged = [(part, _why_not(part, case_file, rules)) for part in ranges]
    return LawSide(
        day=day,
        matter=matter,
        applying=tuple(r for r, why in judged if not why),
        passed_over=tuple((r, why) for r, why in judged if why),
    )


def _why_not(part: PenaltyRange, case_file: CaseFile, rules: ProcedureRules) -> str:
    """Return why a range does not apply to this party and course of the case, or nothing."""
    role = text_of(case_file.case.facts.get("party_role"))
    party = case_file.case.party
    called = {role, *_CALLED[party.is_person]}
    if part.subjects and not called & set(part.subjects):
        what = role or ("个人" if party.is_person else "单位")
        return f"只适用于{'、'.join(part.subjects)}，当事人为{what}"
    if part.condition and not _fulfilled(part.condition, case_file, rules):
        return f"以“{part.condition}”为条件，案卷中没有该情形"
    return ""


def _fulfilled(condition: str, case_file: CaseFile, rules: ProcedureRules) -> bool:
    results = {result_of(check) for check in case_file.all_of("correction_reviewed")}
    if condition == "逾期不改正":
        return bool(results & set(rules.parameters.failed_correction_results))
    return condition in results or case_file.case.facts.get(condition) is True


def _lightness(old: LawSide, new: LawSide) -> Lightness:
    if old.matter is not None and old.matter == new.matter:
        return Lightness.SAME_VERSION
    if not old.applying:
        return Lightness.NO_OLD_LAW
    if not new.applying:
        return Lightness.NO_NEW_LAW
    if _measures(old) != _measures(new):
        return Lightness.OTHER_MEASURE
    return _with_others(_of_ranges(old, new), _others(old), _others(new))


def _with_others(fines: Lightness, old: frozenset[str], new: frozenset[str]) -> Lightness:
    """Add the other kinds of penalty: only one law that has them all on top is no lighter."""
    if old == new:
        return fines
    if old < new and fines in {Lightness.EQUAL, Lightness.HEAVIER}:
        return Lightness.HEAVIER
    if new < old and fines in {Lightness.EQUAL, Lightness.LIGHTER}:
        return Lightness.LIGHTER
    return Lightness.NOT_COMPARABLE


def _of_ranges(old: LawSide, new: LawSide) -> Lightness:
    low = _sign(new.fine_min, old.fine_min)
    high = _sign(new.fine_max, old.fine_max)
    if low == high == 0:
        return Lightness.EQUAL
    if low <= 0 and high <= 0:
        return Lightness.LIGHTER
    return Lightness.HEAVIER if low >= 0 and high >= 0 else Lightness.CROSSED


def _sign(new: Decimal | None, old: Decimal | None) -> int:
    one, other = new or Decimal(0), old or Decimal(0)
    return (one > other) - (one < other)


def _others(side: LawSide) -> frozenset[str]:
    return frozenset(kind for part in side.applying for kind in part.others)


def _measures(side: LawSide) -> frozenset[tuple[FineMeasure, str]]:
    return frozenset((part.measure, part.base) for part in side.applying)


def _range_json(part: PenaltyRange, why: str) -> dict[str, Any]:
    return {
        "provision": str(part.provision),
        "fine_min": str(part.fine_min),
        "fine_max": str(part.fine_max),
        "measure": part.measure.value,
        "base": part.base,
        "subjects": list(part.subjects),
        "condition": part.condition,
        "others": list(part.others),
        "why": why,
    }
