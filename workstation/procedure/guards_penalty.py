"""Guards on what a penalty rests on and comes to: clause, tier, confiscation, ways of appeal."""

import re
from collections.abc import Iterable
from decimal import Decimal

from workstation.domain.matters import DiscretionTier, FineMeasure
from workstation.domain.tier_conditions import Alternatives
from workstation.procedure.case_readings import (
    PENALTY,
    confiscated_of,
    fine_of,
    money,
    outcome_of,
    text_of,
)
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal
from workstation.procedure.law_comparison import applied_law, compare_laws

_NO_LAW = re.compile("(裁量基准|裁量规则|基准|通知|意见|方案|纪要|批复|指引|指南|标准|函)$")
_VAGUE = ("有管辖权", "上一级", "主管部门", "相应", "当地", "有关")
_COURT = "人民法院"
_GOVERNMENT = ("人民政府", "管理委员会", "行政公署")
_OUTCOMES = ("outcome",)


def _penalises(question: GuardQuestion) -> bool:
    return question.event.kind != "decision_made" or outcome_of(question.event) == PENALTY


def outcome_is_known(question: GuardQuestion) -> Refusal | None:
    """A decision is one of the four kinds the law knows (行政处罚法§57 第一款)."""
    kind = question.rules.events.kind(question.event.kind)
    allowed = next((f.choices for f in kind.fields if f.key in _OUTCOMES), ())
    outcome = outcome_of(question.event)
    if outcome in allowed:
        return None
    return Refusal(
        message=f"决定种类“{outcome}”不是法律规定的决定。",
        hint=f"请选择：{'、'.join(allowed)}。",
    )


def clause_covers_the_party(question: GuardQuestion) -> Refusal | None:
    """The clause has a part for a party like this one (单位、个人 and other roles)."""
    if not _penalises(question) or question.preview:
        return None
    applied = applied_law(question.case_file, question.event)
    compared = compare_laws(
        question.case_file, question.event.day, question.rules, question.surroundings
    )
    if applied is not None or compared is None or compared.needed:
        return None
    side = compared.new
    if side.applying or not side.passed_over:
        return None
    why = "；".join(f"{part.provision}{reason}" for part, reason in side.passed_over)
    return Refusal(
        message=f"所选事项的处罚条款对当事人都不适用：{why}。",
        hint="请核对当事人是单位还是个人、有无条款要求的身份，选择适用的事项或者条款。",
    )


def penalty_basis_is_law(question: GuardQuestion) -> Refusal | None:
    """Only statutes, ordinances and rules set penalties (行政处罚法§16)."""
    matter = question.matter
    if matter is None or not _penalises(question):
        return None
    titles = [ref.title for ref in (matter.penalty, matter.violated)]
    found = next((title for title in titles if _NO_LAW.search(title)), "")
    if not found:
        return None
    return Refusal(
        message=f"事项清单以《{found}》为处罚依据，规范性文件、裁量基准不得设定行政处罚。",
        hint="请在事项清单中改为法律、法规、规章的条款；裁量基准只写在裁量理由里。",
    )


def gain_is_confiscated(question: GuardQuestion) -> Refusal | None:
    """Where the clause or §28 takes the gain, it is taken, but for what is to be refunded."""
    facts, data = question.case_file.case.facts, question.event.data
    gain = money(facts.get("illegal_gain"))
    if not _penalises(question) or not gain or question.preview:
        return None
    source = question.case_file.last("notice_approved")
    given_up = text_of(data.get("gain_not_taken_reason"))
    if not given_up and source is not None:
        given_up = text_of(source.data.get("gain_not_taken_reason"))
    if given_up or confiscated_of(question.event) > 0:
        return None
    return Refusal(
        message=f"认定违法所得{gain:,.2f}元，没有没收。",
        hint="违法所得除依法应当退赔的外应当没收；已退赔的，填写“不没收违法所得的理由”。",
    )


def fine_is_in_its_tier(question: GuardQuestion) -> Refusal | None:
    """The fine lies in the tier the facts fall in, or the reason why not is given (§34)."""
    matter = question.matter
    fine = fine_of(question.event, question.case_file) if _penalises(question) else None
    if matter is None or fine is None or fine < matter.fine_min or not _in_yuan(question):
        return None
    facts = question.case_file.case.facts
    known = [tier for tier in matter.tiers if _holds(tier.alternatives, facts)]
    if not known or any(tier.fine_min <= fine <= tier.fine_max for tier in known):
        return None
    return _outside(question, fine, known)


def _in_yuan(question: GuardQuestion) -> bool:
    matter = question.matter
    return matter is not None and all(
        part.measure is FineMeasure.AMOUNT for part in matter.penalty_ranges()
    )


def _holds(alternatives: Alternatives, facts: object) -> bool:
    known = facts if isinstance(facts, dict) else {}
    return any(all(c.holds(known) is True for c in every) for every in alternatives)


def _outside(
    question: GuardQuestion, fine: Decimal, tiers: Iterable[DiscretionTier]
) -> Refusal | None:
    spans = "；".join(
        f"“{t.name}”（{t.condition}）{t.fine_min:,.0f}元至{t.fine_max:,.0f}元" for t in tiers
    )
    message = f"罚款{fine:,.2f}元不在案件事实所在的裁量阶次内：{spans}。"
    reason = text_of(question.event.data.get("deviation_reason"))
    if not reason:
        return Refusal(
            message=message,
            hint="请在阶次内确定罚款；确需偏离的，填写“偏离裁量阶次的理由”并经集体讨论（D49）。",
        )
    deliberated = question.case_file.last("deliberated") is not None
    if question.event.kind == "decision_made" and not deliberated:
        return Refusal(
            message=f"{message}偏离没有经过集体讨论。",
            hint="请先由负责人集体讨论（D49），写明偏离的理由。",
        )
    return Refusal(
        message=f"{message}偏离理由：{reason}。",
        hint="请法制审核人员复核偏离裁量基准的理由。",
        hard=False,
    )


def remedies_are_named(question: GuardQuestion) -> Refusal | None:
    """Reconsideration goes to the own level's government, suit to a named court (§59, §24)."""
    agency = question.surroundings.office.agency
    government, court = agency.reconsideration.strip(), agency.court.strip()
    if not government or any(word in government for word in _VAGUE):
        return Refusal(
            message=f"行政复议机关写作“{government or '（空）'}”，不是具体的机关名称。",
            hint="请在“设置 · 机关”中填写本级人民政府的全称（行政复议法第二十四条）。",
        )
    if not government.endswith(_GOVERNMENT):
        return Refusal(
            message=f"行政复议机关写作“{government}”，应当是本级人民政府。",
            hint="对政府工作部门的决定不服的，向本级人民政府申请复议，不向上一级主管部门申请。",
        )
    if court and not any(word in court for word in _VAGUE) and court.endswith(_COURT):
        return None
    return Refusal(
        message=f"受理行政诉讼的法院写作“{court or '（空）'}”，不是具体的法院名称。",
        hint="请在“设置 · 机关”中填写有管辖权的人民法院的全称（含跨区域集中管辖的规定）。",
    )


GUARDS: dict[str, Guard] = {
    "outcome_is_known": outcome_is_known,
    "clause_covers_the_party": clause_covers_the_party,
    "penalty_basis_is_law": penalty_basis_is_law,
    "gain_is_confiscated": gain_is_confiscated,
    "fine_is_in_its_tier": fine_is_in_its_tier,
    "remedies_are_named": remedies_are_named,
}
