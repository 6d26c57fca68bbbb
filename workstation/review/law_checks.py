"""Checks of the law applied and of discretion (法律、裁量)."""

from collections.abc import Mapping
from decimal import Decimal

from workstation.documents.filters import parse_compact
from workstation.domain.cases import CaseEvent, IssuedDocument
from workstation.domain.citations import ArticleReference
from workstation.domain.discretion import Fit, candidates
from workstation.domain.matters import FineMeasure
from workstation.procedure.case_readings import (
    act_day,
    base_amount,
    fine_of,
    outcome_of,
    result_of,
    text_of,
)
from workstation.procedure.records import Parameters
from workstation.review.records import (
    Answer,
    CaseUnderReview,
    Problem,
    Reading,
    at_event,
    at_paper,
)
from workstation.review.similar_cases import Band, band_of

_DECISIONS = ("D51", "D53")
_NOT_DECIDED = "还没有作出处罚决定"


def _penalty(case: CaseUnderReview) -> CaseEvent | None:
    decision = case.file.last("decision_made")
    return decision if decision is not None and outcome_of(decision) == "处罚" else None


def citations_exist(case: CaseUnderReview) -> Answer:
    """FL1: every provision named in a field of a paper is law on the day of the paper."""
    if case.citations is None:
        return Answer(open_question="法规库还没有建立，引用的条款没有逐条核对。")
    if not case.citations:
        return Answer(not_applicable="还没有引用法条的文书")
    papers = {paper.key: paper for paper in case.file.documents}
    problems = tuple(
        Problem(
            message=f"{cited.reference}：{cited.fault}",
            fix="请在法规库中核对法名和条、款、项，改正后重新制发。",
            passages=(at_paper(papers[cited.document], cited.field, str(cited.reference)),),
        )
        for cited in case.citations
        if cited.fault
    )
    return Answer(problems=problems, notes=(f"已核对引用{len(case.citations)}处。",))


def law_of_the_act_day(case: CaseUnderReview) -> Answer:
    """FL2: whether the matter's law changed between the act and the decision."""
    acted, decision = act_day(case.file.case), case.file.last("decision_made")
    if acted is None:
        return Answer(not_applicable="还没有行为日期")
    last = decision.day if decision else case.day
    then, now = case.matter_on(acted), case.matter_on(last)
    if then is None:
        return Answer(open_question=f"行为日（{acted.isoformat()}）没有有效的事项版本，须查原文。")
    if now is None or (then.penalty, then.fine_min, then.fine_max) == (
        now.penalty,
        now.fine_min,
        now.fine_max,
    ):
        return Answer(notes=(f"行为日与{last.isoformat()}的处罚依据相同：{then.penalty}。",))
    ours = f"行为时{then.penalty}（{then.fine_min:,.0f}至{then.fine_max:,.0f}元）"
    theirs = f"现在{now.penalty}（{now.fine_min:,.0f}至{now.fine_max:,.0f}元）"
    return Answer(open_question=f"依据已有变化：{ours}；{theirs}。孰轻由人判断。")


def articles_are_paired(case: CaseUnderReview) -> Answer:
    """FL3: the provisions in report, notice and decision are those the list of matters pairs."""
    problems, seen = [], 0
    for paper in case.papers("D37", "D41", *_DECISIONS):
        matter = case.matter_on(paper.dated)
        if matter is None:
            continue
        seen += 1
        pairs = {
            "violated": (matter.violated, *matter.violated_also),
            "penalty": (
                matter.penalty,
                *matter.penalty_also,
                *(r.provision for r in matter.ranges),
            ),
        }
        for name, allowed in pairs.items():
            cited = _reference(paper, name)
            if cited is not None and not any(_same_article(cited, one) for one in allowed):
                problems.append(
                    Problem(
                        message=f"《{paper.title}》的{cited}不是事项清单所配的条款。",
                        fix="请改用清单所配条款；确应改动的，写明理由并经审核。",
                        passages=(at_paper(paper, name, str(cited)),),
                    )
                )
    return Answer(
        problems=tuple(problems),
        not_applicable="" if seen else "还没有调查终结报告、告知书或者决定书",
    )


def _reference(paper: IssuedDocument, name: str) -> ArticleReference | None:
    try:
        return parse_compact(text_of(paper.values.get(name)))
    except ValueError:
        return None


def _same_article(one: ArticleReference, other: ArticleReference) -> bool:
    short = one.title.removeprefix("中华人民共和国")
    if short != other.title.removeprefix("中华人民共和国"):
        return False
    return (one.article, one.suffix) == (other.article, other.suffix)


def competing_law(case: CaseUnderReview) -> Answer:
    """FL5: a question for a person, with what the matter rests on."""
    matter = case.matter_on(case.day)
    if case.file.first("investigation_closed") is None:
        return Answer(not_applicable="调查尚未终结")
    named = "、".join(str(article) for article in matter.articles) if matter else ""
    return Answer(notes=(f"事项所依条款：{named}。",) if named else ())


def precondition(case: CaseUnderReview) -> Answer:
    """FL6: what the clause asks for before it penalises, and what came of the order."""
    matter = case.matter_on(case.day)
    if matter is None or not matter.precondition:
        return Answer(not_applicable="该事项的处罚没有前置条件")
    if _penalty(case) is None:
        return Answer(not_applicable=_NOT_DECIDED)
    reviews = case.file.all_of("correction_reviewed")
    results = "；".join(f"{e.day.isoformat()}{result_of(e) or e.title}" for e in reviews)
    note = f"前置条件：{matter.precondition}；复查：{results or '没有复查记录'}。"
    return Answer(notes=(note,)) if reviews else Answer(open_question=note)


def fine_within_the_law(case: CaseUnderReview) -> Answer:
    """CL1: the fine decided lies in a range of the clause, or is reduced by law."""
    decision = _penalty(case)
    fine = fine_of(decision, case.file) if decision else None
    if decision is None or fine is None:
        return Answer(not_applicable=_NOT_DECIDED)
    matter = case.matter_on(decision.day)
    if matter is None:
        return Answer(open_question="没有有效的事项版本，幅度须查原文。")
    spans = [r.in_yuan(base_amount(case.file.case, r.base)) for r in matter.penalty_ranges()]
    known = [span for span in spans if span is not None]
    if len(known) < len(spans):
        return Answer(open_question="罚款按基数计算，基数没有填写，须由人核算。")
    note = "；".join(f"{low:,.0f}至{high:,.0f}元" for low, high in known)
    if any(low <= fine <= high for low, high in known) or _is_reduced(case, fine, known):
        return Answer(notes=(f"罚款{fine:,.0f}元，法定幅度{note}。",))
    paper = case.last_paper(*_DECISIONS)
    problem = Problem(
        message=f"罚款{fine:,.0f}元不在法定幅度（{note}）之内。",
        fix="请在幅度内确定数额；减轻的，写明行政处罚法第三十二条的情形和证据。",
        passages=(at_paper(paper, "fine") if paper else at_event(decision),),
    )
    return Answer(problems=(problem,))


def _is_reduced(
    case: CaseUnderReview, fine: Decimal, spans: list[tuple[Decimal, Decimal]]
) -> bool:
    paper = case.last_paper(*_DECISIONS)
    if paper is None or fine >= min(low for low, _ in spans):
        return False
    return text_of(paper.values.get("leniency")) == "减轻" and bool(
        paper.values.get("leniency_basis")
    )


def tier_fits(case: CaseUnderReview) -> Answer:
    """CL2: the fine lies in the tier whose conditions the facts meet."""
    decision = _penalty(case)
    fine = fine_of(decision, case.file) if decision else None
    if decision is None or fine is None:
        return Answer(not_applicable=_NOT_DECIDED)
    matter = case.matter_on(decision.day)
    if matter is None or not matter.tiers:
        return Answer(not_applicable="该事项没有登记裁量阶次")
    fits = [c.tier for c in candidates(matter, case.file.case.facts) if c.fit is Fit.HOLDS]
    if not fits or any(r.measure is not FineMeasure.AMOUNT for r in matter.penalty_ranges()):
        return Answer(open_question="阶次的条件不能由程序核对，须由人对照。")
    note = "、".join(f"{t.name}（{t.fine_min:,.0f}至{t.fine_max:,.0f}元）" for t in fits)
    inside = any(t.fine_min <= fine <= t.fine_max for t in fits)
    if inside or (case.file.last("deliberated") is not None and _deviation(case)):
        return Answer(notes=(f"罚款{fine:,.0f}元；事实符合的阶次：{note}。",))
    paper = case.last_paper("D38")
    problem = Problem(
        message=f"罚款{fine:,.0f}元不在事实所符合的阶次（{note}）之内，没有偏离的理由。",
        fix="请按阶次改定，或者在裁量说明（D38）写明偏离理由并集体讨论。",
        passages=(at_event(decision), *((at_paper(paper, "deviation"),) if paper else ())),
    )
    return Answer(problems=(problem,))


def _deviation(case: CaseUnderReview) -> str:
    paper = case.last_paper("D38")
    said = text_of(paper.values.get("deviation")) if paper else ""
    return "" if said.startswith("未偏离") else said


def circumstances(case: CaseUnderReview) -> Answer:
    """CL3: the leniency found, for a person to compare with the evidence."""
    decision, paper = _penalty(case), case.last_paper("D38", *_DECISIONS)
    if decision is None and paper is None:
        return Answer(not_applicable="还没有裁量说明或者决定")
    if paper is None:
        return Answer(notes=("没有裁量适用说明（D38）。",))
    said = text_of(paper.values.get("leniency"))
    basis = paper.values.get("leniency_basis")
    if said in {"从轻", "减轻"} and not basis:
        problem = Problem(
            message=f"《{paper.title}》认定{said}，没有写明依据。",
            fix="请写明行政处罚法第三十二条等的具体项次。",
            passages=(at_paper(paper, "leniency"),),
        )
        return Answer(problems=(problem,))
    return Answer(notes=(f"《{paper.title}》认定：{said or '未认定从轻、减轻'}。",))


def first_violation(case: CaseUnderReview) -> Answer:
    """CL4: earlier cases of the party, for a person to say whether it goes unpunished."""
    if case.file.first("investigation_closed") is None:
        return Answer(not_applicable="调查尚未终结")
    earlier = [o for o in case.surroundings.other_cases if o.decided_on is not None]
    if earlier:
        named = "、".join(o.number or o.title for o in earlier)
        return Answer(notes=(f"不是初次：{named}。",))
    return Answer(open_question="本局没有同一当事人的前案；后果是否轻微、改正是否及时由人判断。")


def similar_cases(case: CaseUnderReview) -> Answer:
    """CL5: the fine beside the closest circle of closed cases that is large enough."""
    decision = _penalty(case)
    fine = fine_of(decision, case.file) if decision else None
    if decision is None or fine is None:
        return Answer(not_applicable=_NOT_DECIDED)
    set_by = case.rules.on(decision.day).parameters
    past, band = f"近{set_by.similar_case_months}个月", _band(case, set_by)
    if band is None:
        count = max((len(circle.fines) for circle in case.similar), default=0)
        return Answer(not_applicable=f"{past}同一事项的已结案件只有{count}件，不足比较")
    circle = band.circle
    note = (
        f"{past}{circle.likeness.value}的已结案件{len(circle.fines)}件，"
        f"罚款中位数{circle.median or 0:,.0f}元。"
    )
    if band.holds(fine):
        return Answer(notes=(note,))
    if case.similar_reason:
        return Answer(notes=(note, f"与类案不同的理由已经记下：{case.similar_reason}。"))
    problem = Problem(
        message=f"罚款{fine:,.0f}元与同类案件相差较大。{note}",
        fix="请在“类案”写明与类案不同的理由，并写入裁量说明和决定书。",
        passages=(at_event(decision),),
    )
    return Answer(problems=(problem,))


def _band(case: CaseUnderReview, set_by: Parameters) -> Band | None:
    return band_of(case.similar, set_by.similar_fine_tolerance)


def correction_ordered(case: CaseUnderReview) -> Answer:
    """CL6: correction was ordered apart, or in the decision itself."""
    decision = _penalty(case)
    if decision is None:
        return Answer(not_applicable=_NOT_DECIDED)
    paper = case.last_paper(*_DECISIONS)
    said = text_of(paper.values.get("correction")) if paper else ""
    if case.file.first("correction_ordered") or said:
        return Answer()
    problem = Problem(
        message="没有责令改正，决定书中也没有责令改正的内容。",
        fix="请责令当事人改正或者限期改正（D35），或者在决定书中写明。",
        passages=(at_event(decision),),
    )
    return Answer(problems=(problem,))


READINGS: Mapping[str, Reading] = {
    "FL1": citations_exist,
    "FL2": law_of_the_act_day,
    "FL3": articles_are_paired,
    "FL5": competing_law,
    "FL6": precondition,
    "CL1": fine_within_the_law,
    "CL2": tier_fits,
    "CL3": circumstances,
    "CL4": first_violation,
    "CL5": similar_cases,
    "CL6": correction_ordered,
}
