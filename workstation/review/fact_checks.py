"""Checks of jurisdiction, limitation, facts and evidence (管辖、时效、事实、证据)."""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations

from workstation.domain.cases import CaseEvent, IssuedDocument
from workstation.domain.evidence import Evidence, EvidenceKind
from workstation.procedure.case_readings import ends_at, officers_of, outcome_of, text_of
from workstation.review.records import (
    Answer,
    CaseUnderReview,
    Passage,
    Problem,
    Reading,
    at_event,
    at_paper,
)

_ORAL = frozenset({EvidenceKind.TESTIMONY, EvidenceKind.PARTY_STATEMENT})
_FIGURES = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}时(?:\d{1,2}分)?"
    r"|\d[\d,]*(?:\.\d+)?(?:元|立方米|平方米|吨|千克|公斤|车次|辆|只|件|株|米)"
)
_FACTS_STATED = ("D37", "D41", "D42", "D50", "D51")
_KEY_FACTS = {"act_start": "时间", "place": "地点"}


def local_jurisdiction(case: CaseUnderReview) -> Answer:
    """GX1: where it happened and what was written about it on filing."""
    place = text_of(case.file.case.facts.get("place"))
    filing = case.last_paper("D06")
    if case.file.first("case_filed") and not place:
        problem = Problem(
            message="没有填写违法行为发生地。", fix="请补填违法地点，核对是否在本辖区。"
        )
        return Answer(problems=(problem,))
    said = text_of(filing.values.get("jurisdiction")) if filing else ""
    return Answer(notes=tuple(n for n in (f"违法地点：{place}。" if place else "", said) if n))


def same_act_elsewhere(case: CaseUnderReview) -> Answer:
    """GX2: other cases of the same party, for a person to compare."""
    others = case.surroundings.other_cases
    if not others:
        return Answer(notes=("本局案件中没有同一当事人的其他案件；其他机关须以协查查明。",))
    named = "、".join(other.number or other.title for other in others)
    return Answer(notes=(f"同一当事人（或者同名）的其他案件：{named}。",))


def six_elements(case: CaseUnderReview) -> Answer:
    """SS1: the elements typed once and the finding of facts are there."""
    if case.file.first("investigation_closed") is None:
        return Answer(not_applicable="调查尚未终结")
    facts = case.file.case.facts
    missing = [label for key, label in _KEY_FACTS.items() if not text_of(facts.get(key))]
    if not missing:
        return Answer()
    problem = Problem(
        message=f"案件事实缺少：{'、'.join(missing)}。", fix="请补充调查并在案件事实中填写。"
    )
    return Answer(problems=(problem,))


def facts_agree(case: CaseUnderReview) -> Answer:
    """SS2: days, hours, amounts and quantities in the facts of the papers are the same."""
    papers = [p for form in _FACTS_STATED if (p := case.last_paper(form)) and _facts_of(p)]
    if len(papers) <= 1:
        return Answer(not_applicable="写有认定事实的文书不足两份")
    first, problems = papers[-1], []
    for other in papers[:-1]:
        ours, theirs = (set(_FIGURES.findall(_facts_of(p))) for p in (first, other))
        # The closing report tells more than the decision; it may not tell less.
        differing = ours - theirs if other.form == "D37" else ours ^ theirs
        if differing:
            problems.append(_facts_differ(other, first, sorted(differing)))
    return Answer(problems=tuple(problems), notes=(f"已比对{len(papers)}份文书的事实。",))


def _facts_of(paper: IssuedDocument) -> str:
    return text_of(paper.values.get("facts"))


def _facts_differ(one: IssuedDocument, other: IssuedDocument, figures: list[str]) -> Problem:
    return Problem(
        message=f"《{one.title}》与《{other.title}》的事实中，{'、'.join(figures)}只在一处出现。",
        fix="请核对证据，改为一致；变更认定事实的，重新告知后再作决定。",
        passages=tuple(
            at_paper(paper, "facts", _sentences_with(_facts_of(paper), figures))
            for paper in (one, other)
        ),
    )


def _sentences_with(text: str, figures: list[str]) -> str:
    found = [s for s in re.split(r"(?<=。)", text) if any(f in s for f in figures)]
    return "".join(found) or text[:80]


def evidence_supports(case: CaseUnderReview) -> Answer:
    """ZJ1: what was accepted and what each piece proves; spoken evidence alone is too little."""
    accepted = [piece for piece in case.file.evidence if piece.accepted]
    if not accepted:
        return Answer(not_applicable="还没有采信的证据")
    note = "；".join(f"{p.position}. {p.name}：{p.proves}" for p in accepted)
    if any(piece.kind not in _ORAL for piece in accepted):
        return Answer(notes=(note,))
    problem = Problem(
        message="采信的证据只有言词证据，没有其他证据补强。",
        fix="请补充书证、物证、视听资料等；不能补充的，重新审查能否认定。",
        passages=tuple(_at_piece(piece) for piece in accepted),
    )
    return Answer(problems=(problem,), notes=(note,))


def _at_piece(piece: Evidence) -> Passage:
    text = f"{piece.kind.value}　{piece.obtained_on.isoformat()}　{piece.source}"
    return Passage(title=f"证据{piece.position} {piece.name}", text=text, step=3)


def evidence_obtained(case: CaseUnderReview) -> Answer:
    """ZJ2: a question for a person once there is evidence."""
    pieces = "、".join(f"{p.name}（{p.obtained_by}）" for p in case.file.evidence)
    return Answer(
        notes=(f"证据：{pieces}。",) if pieces else (),
        not_applicable="" if pieces else "还没有登记证据",
    )


def evidence_forms(case: CaseUnderReview) -> Answer:
    """ZJ3: source, taker and what it proves are noted of each piece."""
    problems = []
    for piece in case.file.evidence:
        noted = {"来源": piece.source, "取得人": piece.obtained_by, "证明对象": piece.proves}
        missing = [label for label, text in noted.items() if not text.strip()]
        if missing:
            problems.append(
                Problem(
                    message=f"证据“{piece.name}”没有注明{'、'.join(missing)}。",
                    fix="请按原件补注，由提供人核对签名。",
                    passages=(_at_piece(piece),),
                )
            )
    why = "" if case.file.evidence else "还没有登记证据"
    return Answer(problems=tuple(problems), not_applicable=why)


def order_of_evidence(case: CaseUnderReview) -> Answer:
    """ZJ4: our own evidence comes before the notice, and nobody is in two records at once."""
    problems = list(_overlaps(case))
    notice = case.file.last("notice_served")
    officers = set(case.file.case.officers)
    for piece in case.file.evidence if notice is not None else ():
        by_us = any(name in piece.obtained_by for name in officers)
        if notice is not None and by_us and piece.obtained_on > notice.day:
            problems.append(
                Problem(
                    message=(
                        f"证据“{piece.name}”取得于{piece.obtained_on.isoformat()}，"
                        f"晚于告知（{notice.day.isoformat()}）。"
                    ),
                    fix="用作认定事实的，补充告知后再作决定；否则不采信并写明。",
                    passages=(_at_piece(piece), at_event(notice)),
                )
            )
    why = "" if case.file.evidence or problems else "还没有登记证据"
    return Answer(problems=tuple(problems), not_applicable=why)


def _overlaps(case: CaseUnderReview) -> Iterator[Problem]:
    spans = [(e, end) for e in case.file.events if (end := ends_at(e)) and "officers" in e.data]
    for (one, one_end), (other, other_end) in combinations(spans, 2):
        if one.at < other_end and other.at < one_end:
            both = sorted(set(_names(one, case)) & set(_names(other, case)))
            if both:
                yield Problem(
                    message=f"{'、'.join(both)}同一时段在两份笔录中：{one.title}、{other.title}。",
                    fix="请以音像记录核对起止时间；笔录有误的，由当事人、执法人员核对更正。",
                    passages=(at_event(one, _span(one)), at_event(other, _span(other))),
                )


def _names(event: CaseEvent, case: CaseUnderReview) -> tuple[str, ...]:
    return officers_of(event, case.file.case)


def _span(event: CaseEvent) -> str:
    end = ends_at(event)
    return f"{event.at:%Y-%m-%d %H:%M}至{end:%H:%M}" if end else f"{event.at:%Y-%m-%d %H:%M}"


def evidence_after_the_decision(case: CaseUnderReview) -> Answer:
    """ZJ5: what was obtained after the decision proves nothing in it."""
    decision = case.file.last("decision_made")
    if decision is None:
        return Answer(not_applicable="还没有作出决定")
    late = [p for p in case.file.evidence if p.accepted and p.obtained_on > decision.day]
    problems = tuple(
        Problem(
            message=f"采信的证据“{p.name}”取得于决定之后（{p.obtained_on.isoformat()}）。",
            fix="请从认定事实的证据中剔除；剔除后不足以认定的，自行纠正决定。",
            passages=(_at_piece(p), at_event(decision)),
        )
        for p in late
    )
    return Answer(problems=problems)


def electronic_monitoring(case: CaseUnderReview) -> Answer:
    """ZJ6: a question for a person where records of monitoring equipment are used."""
    used = case.papers("D19") or [p for p in case.file.evidence if "电子监控" in p.name + p.source]
    return Answer(not_applicable="" if used else "没有使用电子技术监控设备的记录")


def results_were_told(case: CaseUnderReview) -> Answer:
    """ZJ7: the result of an appraisal was served on the party."""
    used = [p for p in case.file.evidence if p.kind is EvidenceKind.EXPERT_OPINION and p.accepted]
    if not used and case.file.first("appraisal_commissioned") is None:
        return Answer(not_applicable="本案没有检测、检验、鉴定")
    told = [paper for paper in case.papers("D22") if case.file.delivery_of(paper)]
    if told or not used:
        return Answer(open_question="" if told else "结果尚未取得或者尚未采信。")
    paper = case.last_paper("D22")
    problem = Problem(
        message="采信了鉴定（检测）结论，但没有告知当事人的回证。",
        fix="请送达结果告知书（D22），听取意见后再用作认定事实的依据。",
        passages=(at_paper(paper),) if paper else tuple(_at_piece(p) for p in used),
    )
    return Answer(problems=(problem,))


def illegal_gain(case: CaseUnderReview) -> Answer:
    """SS3: before a penalty is decided the gain is stated, if only as none."""
    decision = case.file.last("decision_made")
    penalised = decision is not None and outcome_of(decision) == "处罚"
    closed = case.file.first("investigation_closed") is not None
    if not closed and not penalised:
        return Answer(not_applicable="调查尚未终结")
    gain = case.file.case.facts.get("illegal_gain")
    return Answer(notes=(f"违法所得：{gain}元。" if gain is not None else "未填违法所得。",))


def fault_was_examined(case: CaseUnderReview) -> Answer:
    """SS4: a question for a person once the investigation is closed."""
    closed = case.file.first("investigation_closed")
    return Answer(not_applicable="" if closed else "调查尚未终结")


READINGS: Mapping[str, Reading] = {
    "GX1": local_jurisdiction,
    "GX2": same_act_elsewhere,
    "SS1": six_elements,
    "SS2": facts_agree,
    "SS3": illegal_gain,
    "SS4": fault_was_examined,
    "ZJ1": evidence_supports,
    "ZJ2": evidence_obtained,
    "ZJ3": evidence_forms,
    "ZJ4": order_of_evidence,
    "ZJ5": evidence_after_the_decision,
    "ZJ6": electronic_monitoring,
    "ZJ7": results_were_told,
}
