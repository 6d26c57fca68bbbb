"""Guards on preservation, correction, evidence and legal review."""

from workstation.procedure.case_readings import (
    conclusion_of,
    money,
    outcome_of,
    result_of,
    text_of,
    unresolved_preservations,
)
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words
from workstation.procedure.review_stages import BEFORE_NOTICE
from workstation.procedure.reviewers import partial, reviewer_of, unqualified

_EVIDENCE_EVENTS = ("scene_inspected", "evidence_collected", "person_questioned")


def preservation_approved(question: GuardQuestion) -> Refusal | None:
    """Registration for preservation needs a head's approval (行政处罚法§56)."""
    approver = text_of(question.event.data.get("approver"))
    if approver and question.is_head(approver):
        return None
    stated = (
        f"批准人“{approver}”不是行政机关负责人" if approver else "没有记载行政机关负责人的批准"
    )
    return Refusal(
        message=f"先行登记保存{stated}，通知书不能编号。",
        hint="请报行政机关负责人批准（D26），填写批准人。",
    )


def preservation_disposition_lawful(question: GuardQuestion) -> Refusal | None:
    """What was preserved is disposed of in one of the known ways."""
    disposition = text_of(question.event.data.get("disposition"))
    allowed = question.rules.parameters.preservation_dispositions
    worded = not disposition and any(word in question.event.title for word in allowed)
    if disposition in allowed or worded:
        return None
    return Refusal(
        message=f"登记保存的处理方式“{disposition or '未填'}”不在可选之列。",
        hint=f"请选择：{'、'.join(allowed)}。转为查封扣押的须另有法律、法规授权。",
    )


def preservation_resolved_in_time(question: GuardQuestion) -> Refusal | None:
    """A disposition comes within seven working days (行政处罚法§56, §85)."""
    open_ones = unresolved_preservations(question.case_file)
    if not open_ones:
        return None
    last = question.deadline("DL03", open_ones[0].day).last_day
    if question.event.day <= last:
        return None
    return Refusal(
        message=(
            f"{in_words(open_ones[0].day)}登记保存的证据应在七个工作日内（至{in_words(last)}）处理，"
            f"{in_words(question.event.day)}已逾期。"
        ),
        hint="请立即作出处理决定并说明逾期原因；该期限不得延长。",
    )


def preservation_settled(question: GuardQuestion) -> Refusal | None:
    """Nothing may stay preserved without a disposition when a penalty is announced."""
    open_ones = unresolved_preservations(question.case_file)
    if not open_ones:
        return None
    last = question.deadline("DL03", open_ones[0].day).last_day
    return Refusal(
        message=f"{in_words(open_ones[0].day)}先行登记保存的证据尚未处理（期限至{in_words(last)}）。",
        hint="请先作出先行登记保存证据处理决定（D28）。",
    )


def correction_precondition_met(question: GuardQuestion) -> Refusal | None:
    """Where the penalty clause presupposes 逾期不改正, that is on record before the notice."""
    matter, case_file = question.matter, question.case_file
    if matter is None or not matter.precondition:
        return None
    if question.event.kind == "decision_made" and outcome_of(question.event) != "处罚":
        return None
    ordered = case_file.last("correction_ordered")
    if ordered is None:
        return Refusal(
            message=f"处罚条款以“{matter.precondition}”为前提，本案没有责令改正。",
            hint="请先送达责令改正通知书（D35），到期复查（D36）仍未改正的才能处罚。",
        )
    document = case_file.document("D35")
    if document is not None and case_file.delivery_of(document) is None:
        return Refusal(
            message="责令改正通知书（D35）没有送达记录。",
            hint="请补录送达回证；未送达的，改正期限不起算。",
        )
    reviewed = case_file.last("correction_reviewed")
    failed = question.rules.parameters.failed_correction_results
    result = result_of(reviewed) if reviewed else ""
    if reviewed is not None and reviewed.day >= ordered.day and result in failed:
        return None
    why = f"复查结果为“{result}”" if result else "没有改正期满后的复查记录"
    return Refusal(
        message=f"处罚条款以“{matter.precondition}”为前提，{why}。",
        hint="请办理整改复查（D36）；期内已改正的，不予处罚或者结束本案。",
    )


def case_has_evidence(question: GuardQuestion) -> Refusal | None:
    """An investigation closes on evidence (行政处罚法§40, §46)."""
    case_file = question.case_file
    if case_file.evidence or any(case_file.first(kind) for kind in _EVIDENCE_EVENTS):
        return None
    return Refusal(
        message="案卷中没有任何证据，不能终结调查。", hint="请先在第3步登记证据或者制作笔录。"
    )


def illegal_gain_stated(question: GuardQuestion) -> Refusal | None:
    """The illegal gain is an amount, or none with a reason (行政处罚法§28)."""
    facts, data = question.case_file.case.facts, question.event.data
    reason = text_of(facts.get("illegal_gain_reason")) or text_of(data.get("gain_reason"))
    stated = [money(data.get("confiscated")), money(facts.get("illegal_gain"))]
    if reason or any(amount for amount in stated):
        return None
    if all(amount is None for amount in stated):
        return Refusal(
            message="没有认定违法所得。",
            hint="请填写违法所得数额；没有违法所得的填0并写明理由。",
        )
    return Refusal(
        message="违法所得认定为0元，没有写明理由。",
        hint="请填写“没有违法所得的理由”；确有违法所得的，填写数额和计算过程。",
    )


def reviewer_qualified(question: GuardQuestion) -> Refusal | None:
    """The reviewer is a reviewer of the bureau with the qualification (行政处罚法§58)."""
    name = reviewer_of(question.event)
    return unqualified(name, question.person(name))


def reviewer_independent(question: GuardQuestion) -> Refusal | None:
    """Nobody reviews a case he or she investigates."""
    return partial(reviewer_of(question.event), question.case_file)


def review_before_notice(question: GuardQuestion) -> Refusal | None:
    """The bureau reviews a case before the party is told what is proposed."""
    if BEFORE_NOTICE not in question.rules.parameters.review_stages:
        return None
    concluded = next(reversed(question.legal_reviews), None)
    if concluded is None:
        return Refusal(
            message="告知前的法制审核（第一轮）尚未完成。",
            hint="请先送审（D39）并取得审核意见（D40）。",
        )
    conclusion = conclusion_of(concluded)
    if conclusion in question.rules.parameters.agreeing_conclusions:
        return None
    return Refusal(
        message=f"法制审核意见为“{conclusion or '未填'}”，未通过。",
        hint="请按审核意见补充调查或者纠正后重新送审。",
    )


GUARDS: dict[str, Guard] = {
    "preservation_approved": preservation_approved,
    "preservation_disposition_lawful": preservation_disposition_lawful,
    "preservation_resolved_in_time": preservation_resolved_in_time,
    "preservation_settled": preservation_settled,
    "correction_precondition_met": correction_precondition_met,
    "case_has_evidence": case_has_evidence,
    "illegal_gain_stated": illegal_gain_stated,
    "reviewer_qualified": reviewer_qualified,
    "reviewer_independent": reviewer_independent,
    "review_before_notice": review_before_notice,
}
