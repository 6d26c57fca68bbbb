"""Checks of the course of the case (程序): approvals, notice, hearing, review, service."""

from collections.abc import Mapping
from datetime import date

from workstation.domain.cases import CaseEvent
from workstation.procedure.case_readings import (
    conclusion_of,
    day_of,
    fine_of,
    hearing_requested,
    outcome_of,
    text_of,
)
from workstation.procedure.review_rounds import legal_part
from workstation.review.records import (
    Answer,
    CaseUnderReview,
    Problem,
    Reading,
    at_event,
    at_paper,
)

_RECORDED_ACTS = ("scene_inspected", "person_questioned", "hearing_held", "coercion_applied")
_NOT_DECIDED = "还没有作出处罚决定"


def _penalty(case: CaseUnderReview) -> CaseEvent | None:
    decision = case.file.last("decision_made")
    ordinary = case.file.first("summary_procedure_chosen") is None
    if decision is None or outcome_of(decision) != "处罚":
        return None
    return decision if ordinary or case.file.first("converted_to_ordinary") else None


def filing_was_approved(case: CaseUnderReview) -> Answer:
    """CX1: a head signed the filing, and it comes before the closing of the investigation."""
    filed, closed = case.file.first("case_filed"), case.file.first("investigation_closed")
    if filed is None:
        return Answer(not_applicable="尚未立案")
    problems = []
    if closed is not None and closed.at < filed.at:
        problems.append(
            Problem(
                message="调查终结早于立案。",
                fix="请核对两个日期；确系先查后立的，补正程序并重新审核。",
                passages=(at_event(filed), at_event(closed)),
            )
        )
    paper = case.last_paper("D06")
    signed = day_of(paper.values.get("head_date")) if paper else None
    if paper is not None and signed is None:
        problems.append(
            Problem(
                message="立案审批表没有负责人签批的日期。",
                fix="请由负责人签批后立案；已经先行的，如实记明签批日期。",
                passages=(at_paper(paper, "head_date"), at_event(filed)),
            )
        )
    return Answer(problems=tuple(problems))


def property_was_registered(case: CaseUnderReview) -> Answer:
    """CX2: only where evidence was registered for preservation."""
    used = case.file.first("evidence_preserved")
    return Answer(not_applicable="" if used else "本案没有先行登记保存")


def property_was_coerced(case: CaseUnderReview) -> Answer:
    """CX3: only where something was sealed or seized."""
    used = case.file.first("coercion_applied")
    return Answer(not_applicable="" if used else "本案没有查封、扣押")


def notice_came_first(case: CaseUnderReview) -> Answer:
    """CX4: the notice was served before the decision and its receipt is there."""
    decision = _penalty(case)
    notice = case.file.first("notice_served")
    if decision is None and notice is None:
        return Answer(not_applicable="还没有告知，也没有作出决定")
    problems = []
    if decision is not None and (notice is None or notice.at >= decision.at):
        problems.append(
            Problem(
                message="作出处罚决定以前没有送达处罚告知书。",
                fix="请撤销决定，依法告知并听取陈述、申辩后重新作出。",
                passages=(at_event(decision), *((at_event(notice),) if notice else ())),
            )
        )
    problems += [
        Problem(
            message=f"《{paper.title}》没有送达回证。",
            fix="请补登送达回证（D56）；没有送达的，送达后重新计算期限。",
            passages=(at_paper(paper),),
        )
        for paper in case.papers("D41", "D42")
        if case.file.delivery_of(paper) is None
    ]
    return Answer(problems=tuple(problems))


def periods_ran_out(case: CaseUnderReview) -> Answer:
    """CX5: asked by the guards of the decision; nothing to ask before it."""
    return Answer(not_applicable="" if _penalty(case) else _NOT_DECIDED)


def hearing_right(case: CaseUnderReview) -> Answer:
    """CX6: asked by the guards of the notice; nothing to ask before it."""
    told = case.file.first("notice_approved") or case.file.first("notice_served")
    return Answer(not_applicable="" if told else "还没有告知")


def hearing_was_held(case: CaseUnderReview) -> Answer:
    """CX7: a hearing asked for took place before the decision."""
    asked = hearing_requested(case.file)
    if asked is None:
        return Answer(not_applicable="当事人没有申请听证")
    decision = _penalty(case)
    held = case.file.last("hearing_held")
    if decision is None or (held is not None and held.at < decision.at):
        return Answer()
    problem = Problem(
        message="当事人申请听证，作出决定以前没有举行。",
        fix="请撤销决定，依法组织听证后重新审核、讨论、决定。",
        passages=(at_event(asked), at_event(decision)),
    )
    return Answer(problems=(problem,))


def defence_was_answered(case: CaseUnderReview) -> Answer:
    """CX8: the fine decided is not above the one told."""
    statement = case.file.first("statement_received")
    if statement is None:
        return Answer(not_applicable="当事人没有陈述、申辩")
    notice, decision = case.file.last("notice_served"), _penalty(case)
    told = fine_of(notice, case.file) if notice else None
    fine = fine_of(decision, case.file) if decision else None
    if notice is None or decision is None or told is None or fine is None or fine <= told:
        return Answer()
    problem = Problem(
        message=f"决定罚款{fine:,.0f}元，高于告知的{told:,.0f}元。",
        fix="不得因陈述、申辩加重；确因新的事实变更的，重新告知。",
        passages=(
            at_event(notice, f"告知{told:,.0f}元"),
            at_event(decision, f"决定{fine:,.0f}元"),
        ),
    )
    return Answer(problems=(problem,))


def legal_review(case: CaseUnderReview) -> Answer:
    """CX9: the last review before the decision agrees, and is later than the hearing."""
    decision = _penalty(case)
    reviews = legal_part(case.file).all_of("review_concluded")
    if decision is None and not reviews:
        return Answer(not_applicable="还没有送审，也没有作出决定")
    before = [r for r in reviews if decision is None or r.at <= decision.at]
    if decision is None or not before:
        return Answer()
    last, held = before[-1], case.file.last("hearing_held")
    problems = []
    if held is not None and last.at < held.at:
        problems.append(
            Problem(
                message=f"听证（{held.day.isoformat()}）以后没有再次法制审核。",
                fix="请在听证以后、决定以前送审，取得第二轮审核意见（D40）。",
                passages=(at_event(last), at_event(held)),
            )
        )
    agreeing = case.rules.on(last.day).parameters.agreeing_conclusions
    if conclusion_of(last) not in agreeing:
        problems.append(
            Problem(
                message=f"最后一次法制审核结论是“{conclusion_of(last)}”，仍作出了决定。",
                fix="请按审核意见补正后重新送审，通过后再决定。",
                passages=(at_event(last), at_event(decision)),
            )
        )
    return Answer(problems=tuple(problems))


def deliberation(case: CaseUnderReview) -> Answer:
    """CX10: heads deliberated after hearing and defence and before the decision."""
    held = case.file.last("deliberated")
    decision = _penalty(case)
    if held is None:
        return Answer(not_applicable="" if decision else "还没有集体讨论，也没有作出决定")
    later = [
        e
        for kind in ("hearing_held", "statement_reviewed")
        if (e := case.file.last(kind)) is not None and e.at > held.at
    ]
    if decision is not None and decision.at < held.at:
        later.append(decision)
    problems = tuple(
        Problem(
            message=f"集体讨论与“{event.title}”先后颠倒。",
            fix="请在听证、复核以后重新集体讨论，再作决定。",
            passages=(at_event(held), at_event(event)),
        )
        for event in later
    )
    return Answer(problems=problems)


def decided_in_time(case: CaseUnderReview) -> Answer:
    """CX11: counted by the deadline itself once the case is filed."""
    filed = case.file.first("case_filed")
    return Answer(not_applicable="" if filed else "尚未立案")


def told_anew(case: CaseUnderReview) -> Answer:
    """CX12: what decision and notice say is compared by the relations once there are both."""
    both = case.papers("D41") and case.papers("D51")
    return Answer(not_applicable="" if both else "告知书、决定书尚未齐备")


def served_lawfully(case: CaseUnderReview) -> Answer:
    """CX13: what goes to the party has its receipt within a month of its date at the latest."""
    if not case.file.deliveries:
        return Answer(not_applicable="还没有送达文书")
    last = _last_delivery(case)
    missing = [
        paper
        for paper in case.file.documents
        if paper.form in {"D51", "D35", "D27", "D30", "D46"}
        and case.file.delivery_of(paper) is None
        and paper.dated < last
        and not _is_public_notice(case, paper.event_position)
    ]
    problems = tuple(
        Problem(
            message=f"《{paper.title}》（{paper.key}）没有送达回证。",
            fix="请补登送达回证（D56）；没有送达的，依法送达。",
            passages=(at_paper(paper),),
        )
        for paper in missing
    )
    return Answer(problems=problems)


def _last_delivery(case: CaseUnderReview) -> date:
    return max(d.at.date() for d in case.file.deliveries)


def _is_public_notice(case: CaseUnderReview, position: int) -> bool:
    return any(e.position == position and e.kind == "hearing_announced" for e in case.file.events)


def recordings(case: CaseUnderReview) -> Answer:
    """CX14: the acts that are to be recorded, and which of their papers name a recording."""
    acts = [e for e in case.file.events if e.kind in _RECORDED_ACTS]
    if not acts:
        return Answer(not_applicable="还没有应当音像记录的环节")
    silent = [
        e.title
        for e in acts
        if not any(text_of(p.values.get("recording")) for p in case.papers_of(e))
    ]
    note = f"应当音像记录的环节{len(acts)}个。"
    more = f"文书没有写明音像编号的：{'、'.join(silent)}。" if silent else ""
    return Answer(notes=(note + more,))


READINGS: Mapping[str, Reading] = {
    "CX1": filing_was_approved,
    "CX2": property_was_registered,
    "CX3": property_was_coerced,
    "CX4": notice_came_first,
    "CX5": periods_ran_out,
    "CX6": hearing_right,
    "CX7": hearing_was_held,
    "CX8": defence_was_answered,
    "CX9": legal_review,
    "CX10": deliberation,
    "CX11": decided_in_time,
    "CX12": told_anew,
    "CX13": served_lawfully,
    "CX14": recordings,
}
