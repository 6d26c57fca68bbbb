"""Guards on reconsideration, lawsuits, what follows from them and the publication."""

from datetime import date

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import (
    PENALTY,
    day_of,
    fine_of,
    money,
    names_of,
    outcome_of,
    served_day,
    text_of,
)
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words
from workstation.procedure.remedies import (
    LAWSUIT,
    LOST,
    REDO,
    findings_against,
    pending,
    result_of_remedy,
    standing_amounts,
)

_PUBLISHED = "decision_published"


def remedy_applied_in_time(question: GuardQuestion) -> Refusal | None:
    """Reconsideration is applied for within sixty days (行政复议法§20); the body decides."""
    served = question.case_file.last("decision_served")
    applied = day_of(question.event.data.get("applied_on"))
    if served is None or applied is None:
        return None
    last = question.deadline("DL16", served_day(served, question.rules)).last_day
    if applied <= last:
        return None
    return Refusal(
        message=f"当事人{in_words(applied)}申请复议，申请期限已于{in_words(last)}届满。",
        hint="是否受理由复议机关决定；请在答复中提出期限问题。",
    )


def reconsideration_answered_in_time(question: GuardQuestion) -> Refusal | None:
    """Answer and evidence reach the reconsideration body in time (行政复议法§48, §54)."""
    received = question.case_file.last("reconsideration_received")
    if received is None:
        return None
    return _answered_late(question, answer_code(received), received.day)


def answer_code(received: CaseEvent) -> str:
    """Return the rule of the period to answer: ten working days, in summary procedure five."""
    summary = text_of(received.data.get("procedure")) == "简易程序"
    return "DL19-2" if summary else "DL19"


def lawsuit_answered_in_time(question: GuardQuestion) -> Refusal | None:
    """Defence and evidence reach the court within fifteen days (行政诉讼法§67)."""
    received = question.case_file.last("lawsuit_received")
    return _answered_late(question, "DL20", received.day) if received else None


def _answered_late(question: GuardQuestion, code: str, start: date) -> Refusal | None:
    last = question.deadline(code, start).last_day
    if question.event.day <= last:
        return None
    return Refusal(
        message=f"应于{in_words(last)}前提交答复和证据，已逾期，视为没有证据、依据。",
        hint="因不可抗力等正当事由的，申请延期提供；否则由负责人说明原因后如实记录。",
    )


def changed_not_for_the_worse(question: GuardQuestion) -> Refusal | None:
    """A change never makes it worse for the party (行政复议法§63; 行政诉讼法§77)."""
    new = money(question.event.data.get("new_fine"))
    standing, _ = standing_amounts(question.case_file)
    if new is None or new <= standing:
        return None
    return Refusal(
        message=f"变更后的罚款{new:,.2f}元高于原决定的{standing:,.2f}元。",
        hint="复议、诉讼不得作出对当事人更为不利的变更；请核对决定书所载数额。",
    )


def loss_has_its_reason(question: GuardQuestion) -> Refusal | None:
    """Why a decision fell is tied to review checks, so that the next review looks there."""
    event = question.event
    if result_of_remedy(event) not in LOST or names_of(event.data.get("lost_because")):
        return None
    return Refusal(
        message=f"结果为“{result_of_remedy(event)}”，没有写明对应的审核项。",
        hint="请填写败诉原因对应的审核项编号（如 CX5、ZJ2），供案卷评查统计。",
    )


def head_appears_in_court(question: GuardQuestion) -> Refusal | None:
    """A head of the bureau appears in court; else staff is sent with the reason (行政诉讼法§3)."""
    data = question.event.data
    head = text_of(data.get("head"))
    if head and question.is_head(head):
        return None
    if not head and names_of(data.get("delegates")) and text_of(data.get("absence_reason")):
        return None
    who = f"“{head}”不是行政机关负责人" if head else "没有写明出庭的行政机关负责人"
    return Refusal(
        message=f"被诉行政机关负责人应当出庭应诉，{who}。",
        hint="请填写出庭的负责人；不能出庭的，写明理由并填写委托出庭的工作人员。",
    )


def redo_was_ordered(question: GuardQuestion) -> Refusal | None:
    """A case is handled anew because that was ordered, or because the decision fell."""
    if any(result_of_remedy(e) == REDO for e in findings_against(question.case_file)):
        return None
    return Refusal(
        message="没有责令重新作出行政行为的复议决定或者生效裁判。",
        hint="请先登记复议决定或者生效裁判，结果为“撤销并责令重作”。",
    )


def redo_differs(question: GuardQuestion) -> Refusal | None:
    """The same fact and reason never carry the same decision again (行政复议法§64)."""
    case_file, event = question.case_file, question.event
    ordered = any(result_of_remedy(e) == REDO for e in findings_against(case_file))
    earlier = case_file.last("decision_made")
    if not ordered or earlier is None or outcome_of(event) != PENALTY:
        return None
    if text_of(event.data.get("redo_basis")):
        return None
    same = fine_of(event, case_file) == fine_of(earlier, case_file)
    return Refusal(
        message=(
            "原决定被撤销并责令重作，"
            + ("拟作决定与原决定罚款相同，" if same else "")
            + "没有写明与原决定不同的事实、理由。"
        ),
        hint="不得以同一事实和理由作出与原行政行为相同或者基本相同的行为；请填写“重作所依据的新的事实、理由”。",
    )


def no_own_evidence_in_lawsuit(question: GuardQuestion) -> Refusal | None:
    """While sued, the bureau collects no evidence on its own (行政诉讼法§35)."""
    suit = pending(question.case_file)
    if suit is None or suit.path != LAWSUIT:
        return None
    return Refusal(
        message=f"本案自{in_words(suit.began)}起在诉讼中，不得自行向原告、第三人和证人收集证据。",
        hint="确需补充证据的，经人民法院准许后办理，并由负责人写明准许的情况。",
    )


def compensation_follows_a_finding(question: GuardQuestion) -> Refusal | None:
    """Compensation presupposes that the act was found unlawful (国家赔偿法§4, §9)."""
    found = findings_against(question.case_file) or text_of(question.event.data.get("finding"))
    if found:
        return None
    return Refusal(
        message="案卷中没有撤销、变更或者确认本案行政行为违法的文书。",
        hint="请填写确认行为违法的文书；赔偿义务机关先行处理的，写明自行确认的决定。",
    )


def _after_publication(case_file: CaseFile) -> CaseEvent | None:
    published = case_file.first(_PUBLISHED)
    found = findings_against(case_file)
    return found[0] if published is not None and found else None


def publication_withdrawn_in_time(question: GuardQuestion) -> Refusal | None:
    """A published decision that fell is withdrawn within three working days (行政处罚法§48)."""
    finding = _after_publication(question.case_file)
    if finding is None:
        return None
    last = question.deadline("DL15", finding.day).last_day
    if question.event.day <= last:
        return None
    return Refusal(
        message=f"原决定{in_words(finding.day)}被变更、撤销，公示应于{in_words(last)}前撤回，已逾期。",
        hint="请立即撤回并公开说明理由，由负责人说明逾期原因后如实记录。",
    )


def withdrawal_says_why(question: GuardQuestion) -> Refusal | None:
    """A withdrawal says publicly why (行政处罚法§48第2款)."""
    if text_of(question.event.data.get("reason")):
        return None
    return Refusal(
        message="撤回公示没有写明公开说明的理由。", hint="请填写向社会公开说明的撤回理由（D58）。"
    )


def correction_says_what(question: GuardQuestion) -> Refusal | None:
    """A corrected publication says what was wrong and what is right."""
    data = question.event.data
    was, now = text_of(data.get("was")), text_of(data.get("now"))
    if was and now and was != now:
        return None
    return Refusal(
        message="更正公示没有写明原公示内容和更正后的内容。", hint="请分别填写两栏（D58）。"
    )


GUARDS: dict[str, Guard] = {
    "remedy_applied_in_time": remedy_applied_in_time,
    "reconsideration_answered_in_time": reconsideration_answered_in_time,
    "lawsuit_answered_in_time": lawsuit_answered_in_time,
    "changed_not_for_the_worse": changed_not_for_the_worse,
    "loss_has_its_reason": loss_has_its_reason,
    "head_appears_in_court": head_appears_in_court,
    "redo_was_ordered": redo_was_ordered,
    "redo_differs": redo_differs,
    "no_own_evidence_in_lawsuit": no_own_evidence_in_lawsuit,
    "compensation_follows_a_finding": compensation_follows_a_finding,
    "publication_withdrawn_in_time": publication_withdrawn_in_time,
    "withdrawal_says_why": withdrawal_says_why,
    "correction_says_what": correction_says_what,
}
