"""Guards on turns after the first review: written waivers, new evidence, what must be repeated."""

from workstation.procedure.case_readings import (
    PENALTY,
    conclusion_of,
    confiscated_of,
    fine_of,
    is_waiver,
    money,
    names_of,
    outcome_of,
    served_day,
    text_of,
)
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words

_AGENTS_ALLOWED = 2
_NO_CHANGE = frozenset({"", "没有变化"})


def waiver_is_written(question: GuardQuestion) -> Refusal | None:
    """A waiver is the party's own, in writing, and comes after the notice (行政处罚法§62)."""
    if question.preview or not is_waiver(question.event):
        return None
    notice = question.case_file.last("notice_served")
    told = served_day(notice, question.rules) if notice else question.event.day
    enclosed = [paper.dated for paper in question.enclosed.papers_of("D45")]
    earlier = [d.dated for d in question.case_file.documents if d.form == "D45"]
    if any(day >= told for day in (*enclosed, *earlier)):
        return None
    if enclosed or earlier:
        return Refusal(
            message=f"放弃声明的日期早于告知书的送达日期{in_words(told)}，不能事先放弃。",
            hint="权利在告知之后才能放弃；请由当事人在收到告知书后另行出具声明。",
        )
    return Refusal(
        message="登记当事人放弃陈述、申辩和听证，但没有其签署的书面声明。",
        hint="请一并登记放弃声明（D45）；当事人只是没有提出意见的，不要登记为放弃，等期限届满。",
    )


def second_review_after_changes(question: GuardQuestion) -> Refusal | None:
    """New evidence, or other facts, law or penalty after a review, call for another (§58)."""
    if question.event.kind == "decision_made" and outcome_of(question.event) != PENALTY:
        return None
    agreeing = question.rules.parameters.agreeing_conclusions
    reviews = [r for r in question.legal_reviews if conclusion_of(r) in agreeing]
    if not reviews:
        return None
    since = reviews[-1]
    hearing = question.case_file.last("hearing_held")
    if hearing is not None and hearing.at > since.at:
        # ``second_review_after_hearing`` says so.
        return None
    why = _changed_since((since.at.isoformat(), since.position), question)
    notice = question.case_file.last("notice_served")
    if not why and notice is not None and since.day <= notice.day:
        why = _other_than_told(question)
    if not why:
        return None
    return Refusal(
        message=f"法制审核（{in_words(since.day)}）之后{why}，没有再次审核。",
        hint="请就变化的部分再次送法制审核并取得同意的意见（D39、D40）。",
    )


def _changed_since(since: tuple[str, int], question: GuardQuestion) -> str:
    for event in question.case_file.events:
        if (event.at.isoformat(), event.position) <= since:
            continue
        if event.kind == "statement_received" and event.data.get("new_evidence") is True:
            return f"当事人（{in_words(event.day)}）提交了新的证据"
        changed = text_of(event.data.get("changed"))
        if event.kind == "statement_reviewed" and changed not in _NO_CHANGE:
            return f"复核（{in_words(event.day)}）改变了{changed}"
    return ""


def _other_than_told(question: GuardQuestion) -> str:
    notice = question.case_file.last("notice_served")
    if notice is None or question.preview:
        return ""
    told, decided = (fine_of(e, question.case_file) for e in (notice, question.event))
    if told is not None and decided is not None and decided != told:
        return f"拟定罚款由{told:,.2f}元改为{decided:,.2f}元"
    return ""


def renotified_after_change(question: GuardQuestion) -> Refusal | None:
    """Another law or other facts than the party was told of are told anew (行政处罚法§44)."""
    notice = question.case_file.last("notice_served")
    if notice is None or outcome_of(question.event) != PENALTY:
        return None
    changed = [
        e
        for e in question.case_file.all_of("statement_reviewed")
        if e.data.get("to_detriment") is True and e.at > notice.at
    ]
    if changed:
        what = text_of(changed[-1].data.get("changed")) or "认定"
        return Refusal(
            message=f"复核（{in_words(changed[-1].day)}）对当事人不利地改变了{what}，没有重新告知。",
            hint="请重新告知拟作出的处罚及事实、理由、依据（D41），期满后再作决定。",
        )
    approved = question.case_file.last("notice_approved")
    told = text_of(approved.data.get("law_applied")) if approved else ""
    decided = text_of(question.event.data.get("law_applied"))
    if told and decided and told != decided:
        return Refusal(
            message=f"告知时适用{told}，决定适用{decided}，处罚依据变了，没有重新告知。",
            hint="请按决定所适用的规定重新告知（D41），期满后再作决定。",
        )
    return None


def confiscation_not_raised(question: GuardQuestion) -> Refusal | None:
    """More is not taken than the party was told of without telling it anew (§44, §45)."""
    approved = question.case_file.last("notice_approved")
    if approved is None or outcome_of(question.event) != PENALTY:
        return None
    told, decided = money(approved.data.get("confiscated")), confiscated_of(question.event)
    if told is None or decided <= told:
        return None
    return Refusal(
        message=f"决定没收{decided:,.2f}元，多于告知的{told:,.2f}元。",
        hint="请按告知的数额没收；有新的事实和证据的，重新告知（D41）后再作决定。",
    )


def hearing_is_announced_or_closed(question: GuardQuestion) -> Refusal | None:
    """A hearing is held in public unless a secret is at stake (行政处罚法§64 第一款第（三）项)."""
    announced = question.case_file.first("hearing_announced") is not None
    if announced or text_of(question.event.data.get("not_public_reason")):
        return None
    return Refusal(
        message="听证没有公告，也没有写明不公开举行的理由。",
        hint="请先办理听证公告；涉及国家秘密、商业秘密或者个人隐私的，写明不公开举行的理由。",
    )


def agents_at_most_two(question: GuardQuestion) -> Refusal | None:
    """The party sends one or two agents to a hearing (行政处罚法§64 第一款第（五）项)."""
    agents = names_of(question.event.data.get("agents"))
    if len(agents) <= _AGENTS_ALLOWED:
        return None
    return Refusal(
        message=f"当事人委托了{len(agents)}名代理人参加听证，法律只允许一至二人。",
        hint="请当事人确定一至二名代理人，其余人员可以旁听。",
    )


GUARDS: dict[str, Guard] = {
    "waiver_is_written": waiver_is_written,
    "second_review_after_changes": second_review_after_changes,
    "renotified_after_change": renotified_after_change,
    "confiscation_not_raised": confiscation_not_raised,
    "hearing_is_announced_or_closed": hearing_is_announced_or_closed,
    "agents_at_most_two": agents_at_most_two,
}
