"""Guards on the decision, its service and publication."""

from decimal import Decimal

from workstation.domain.cases import CaseFile
from workstation.domain.matters import Matter, PenaltyRange
from workstation.procedure.case_readings import (
    PENALTY,
    base_amount,
    conclusion_of,
    fine_of,
    hearing_threshold,
    money,
    outcome_of,
    reaches,
    served_day,
    text_of,
    waiver,
)
from workstation.procedure.decision_period import decision_deadline
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words
from workstation.procedure.law_comparison import applied_law, compare_laws
from workstation.procedure.rules import ProcedureRules


def _penalises(question: GuardQuestion) -> bool:
    return question.event.kind != "decision_made" or outcome_of(question.event) == PENALTY


def notice_period_over(question: GuardQuestion) -> Refusal | None:
    """No decision before the notice periods end, unless waived in writing (§44, §62, §64)."""
    notice = question.case_file.last("notice_served")
    if notice is None or not _penalises(question) or waiver(question.case_file) is not None:
        return None
    served = served_day(notice, question.rules)
    last = max(question.deadline(code, served).last_day for code in ("DL06", "DL07"))
    if question.event.day > last:
        return None
    return Refusal(
        message=(
            f"告知书{in_words(served)}送达，听证申请和陈述申辩期至{in_words(last)}届满，"
            f"{in_words(question.event.day)}作出决定为时过早。"
        ),
        hint=f"请在{in_words(last)}之后作出决定；当事人书面放弃的，先登记放弃声明（D45）。",
    )


def review_passed(question: GuardQuestion) -> Refusal | None:
    """No decision without a legal review that agrees (行政处罚法§58)."""
    concluded = next(reversed(question.legal_reviews), None)
    if concluded is None:
        return Refusal(
            message="本案未经法制审核，不得作出决定。", hint="请先送法制审核（D39、D40）。"
        )
    conclusion = conclusion_of(concluded)
    if conclusion in question.rules.parameters.agreeing_conclusions:
        return None
    return Refusal(
        message=f"法制审核意见为“{conclusion or '未填'}”，审核未通过，不得作出决定。",
        hint="请按审核意见处理后重新送审。",
    )


def second_review_after_hearing(question: GuardQuestion) -> Refusal | None:
    """After a hearing the case is reviewed again (行政处罚法§58 第一款第（二）项)."""
    hearing = question.case_file.last("hearing_held")
    if hearing is None:
        return None
    agreeing = question.rules.parameters.agreeing_conclusions
    reviews = question.legal_reviews
    since = (hearing.at, hearing.position)
    if any((r.at, r.position) > since and conclusion_of(r) in agreeing for r in reviews):
        return None
    return Refusal(
        message=f"本案{in_words(hearing.day)}举行听证后没有第二轮法制审核。",
        hint="经过听证程序的案件，决定前应当再次送法制审核并取得同意的意见（D39、D40）。",
    )


def deliberated_when_required(question: GuardQuestion) -> Refusal | None:
    """Complex or serious cases are decided collectively, after hearing and defence (§57)."""
    if not _penalises(question):
        return None
    why = deliberation_reason(question.case_file, question.rules, question.matter)
    if not why:
        return None
    deliberated = question.case_file.last("deliberated")
    if deliberated is None:
        return Refusal(
            message=f"本案{why}，应当由负责人集体讨论决定，尚未讨论。",
            hint="请先办理负责人集体讨论（D49）。",
        )
    for kind in ("hearing_held", "statement_received"):
        later = question.case_file.last(kind)
        if later is not None and later.at > deliberated.at:
            return Refusal(
                message=f"集体讨论（{in_words(deliberated.day)}）早于“{later.title}”，应当重新讨论。",
                hint="告知、申辩或者听证之后须再次集体讨论（D49）。",
            )
    return None


def deliberation_reason(case_file: CaseFile, rules: ProcedureRules, matter: Matter | None) -> str:
    """Return why the heads must deliberate, or nothing.

    The law says 情节复杂或者重大违法行为 (行政处罚法§57); what counts as such is the bureau's
    list: a hearing held, a fine from the hearing threshold on, or one below the statutory range.
    """
    if case_file.first("hearing_held") is not None:
        return "经过听证"
    notice = case_file.last("notice_served") or case_file.last("notice_approved")
    fine = fine_of(notice, case_file) if notice else None
    if notice is None or fine is None:
        return ""
    threshold = hearing_threshold(
        rules.on(notice.day).parameters, case_file.case.party, matter.field if matter else ""
    )
    if reaches(threshold, fine):
        return "拟罚款达到较大数额"
    if matter is not None and fine < matter.fine_min:
        return "拟减轻处罚"
    return ""


def decision_matches_deliberation(question: GuardQuestion) -> Refusal | None:
    """The decision is what the heads agreed on."""
    deliberated = question.case_file.last("deliberated")
    if deliberated is None or not _penalises(question):
        return None
    agreed = money(deliberated.data.get("fine"))
    decided = fine_of(question.event, question.case_file)
    if agreed is None or decided is None or agreed == decided:
        return None
    return Refusal(
        message=f"决定罚款{decided:,.2f}元与集体讨论结论{agreed:,.2f}元不一致。",
        hint="请按讨论结论作出决定；需要变更的，重新集体讨论。",
    )


def fine_not_raised(question: GuardQuestion) -> Refusal | None:
    """Defence never makes it worse: no more than what the party was told (行政处罚法§45)."""
    notice = question.case_file.last("notice_served")
    if notice is None or not _penalises(question):
        return None
    told = fine_of(notice, question.case_file)
    decided = fine_of(question.event, question.case_file)
    if told is None or decided is None or decided <= told:
        return None
    return Refusal(
        message=f"决定罚款{decided:,.2f}元高于告知的{told:,.2f}元，不得因陈述申辩加重处罚。",
        hint="请不超过告知数额；确有新的事实的，重新告知（D41）后再作决定。",
    )


def fine_within_range(question: GuardQuestion) -> Refusal | None:
    """The fine lies in the statutory range; below it only with mitigation and deliberation.

    Where the law changed after the act, the range is that of the law a person applies; until
    that is said, both count (行政处罚法§37).
    """
    event, case_file = question.event, question.case_file
    fine = fine_of(event, case_file) if _penalises(question) else None
    ranges = _ranges(question)
    if fine is None or not ranges:
        return None
    spans = [(r, r.in_yuan(base_amount(case_file.case, r.base))) for r in ranges]
    known = [span for _, span in spans if span is not None]
    if len(known) < len(ranges):
        return _base_unknown(next(part for part, span in spans if span is None))
    low, high = min(span[0] for span in known), max(span[1] for span in known)
    if low <= fine <= high:
        return None
    span = f"{low:,.0f}元至{high:,.0f}元（{ranges[0].provision}）"
    if fine > high:
        return Refusal(
            message=f"罚款{fine:,.2f}元高于法定上限，法定幅度为{span}。",
            hint="请在法定幅度内确定罚款。",
        )
    return _below_range(question, fine, span)


def _base_unknown(part: PenaltyRange) -> Refusal:
    return Refusal(
        message=f"{part.provision}的罚款按{part.base}计算，案件中没有{part.base}的数额，不能核对幅度。",
        hint=f"请在案件事实中填写“{part.base}”，由承办人核对罚款是否在幅度之内。",
        hard=False,
    )


def _below_range(question: GuardQuestion, fine: Decimal, span: str) -> Refusal:
    message = f"罚款{fine:,.2f}元低于法定下限，法定幅度为{span}。"
    basis = text_of(question.event.data.get("mitigation_basis"))
    if not basis:
        return Refusal(
            message=message + "没有写明减轻处罚的依据。",
            hint="从轻不得低于下限；减轻须有行政处罚法第三十二条规定的情形，请填写依据并经集体讨论。",
        )
    deliberated = question.case_file.last("deliberated")
    if question.event.kind == "decision_made" and (
        deliberated is None or money(deliberated.data.get("fine")) != fine
    ):
        return Refusal(
            message=message + "减轻处罚未经集体讨论同意该数额。",
            hint="请先集体讨论（D49），讨论结论与决定数额一致。",
        )
    return Refusal(
        message=message + f"减轻依据：{basis}。",
        hint="请法制审核人员复核减轻情节的证据。",
        hard=False,
    )


def _ranges(question: GuardQuestion) -> tuple[PenaltyRange, ...]:
    """Return the ranges that may apply, those of the law of the day first."""
    compared = compare_laws(
        question.case_file, question.event.day, question.rules, question.surroundings
    )
    if compared is None:
        return question.matter.penalty_ranges() if question.matter else ()
    applied = applied_law(question.case_file, question.event)
    if applied is not None:
        return compared.side(applied).applying
    return (*compared.new.applying, *compared.old.applying)


def decided_within_ninety_days(question: GuardQuestion) -> Refusal | None:
    """The decision comes within ninety days of filing (行政处罚法§60)."""
    deadline = decision_deadline(question.case_file, question.rules, question.event.day)
    if deadline is None or question.event.day <= deadline.last_day:
        return None
    return Refusal(
        message=(
            f"办案期限（自立案之日起九十日，含依法延长、扣除）已于{in_words(deadline.last_day)}届满。"
        ),
        hint="有法律、法规、规章依据的，先补录延长、中止或者扣除；没有的，由负责人书面说明。",
    )


def decision_served_in_time(question: GuardQuestion) -> Refusal | None:
    """The decision is served within seven working days (行政处罚法§61, §85)."""
    decision = question.case_file.last("decision_made")
    if decision is None or question.event.data.get("announced_on") is not None:
        return None
    last = question.deadline("DL09", decision.day).last_day
    if question.event.day <= last:
        return None
    return Refusal(
        message=(
            f"决定书{in_words(decision.day)}作出，应于{in_words(last)}前送达，"
            f"{in_words(question.event.day)}已逾期。"
        ),
        hint="请立即送达并说明逾期原因；受送达人下落不明的，依次采用邮寄、公告等方式。",
    )


def published_in_time(question: GuardQuestion) -> Refusal | None:
    """A decision is published within seven working days of being made."""
    decision = question.case_file.last("decision_made")
    if decision is None:
        return None
    last = question.deadline("DL14", decision.day).last_day
    if question.event.day <= last:
        return None
    return Refusal(
        message=f"处罚决定应于{in_words(last)}前公示，已逾期。",
        hint="请尽快公示并记录逾期原因；法定外限为二十个工作日。",
    )


GUARDS: dict[str, Guard] = {
    "notice_period_over": notice_period_over,
    "review_passed": review_passed,
    "second_review_after_hearing": second_review_after_hearing,
    "deliberated_when_required": deliberated_when_required,
    "decision_matches_deliberation": decision_matches_deliberation,
    "fine_not_raised": fine_not_raised,
    "fine_within_range": fine_within_range,
    "decided_within_ninety_days": decided_within_ninety_days,
    "decision_served_in_time": decision_served_in_time,
    "published_in_time": published_in_time,
}
