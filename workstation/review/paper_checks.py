"""Checks of the papers, of transfer, privacy and stability (文书、移送、隐私、稳评)."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping

from workstation.domain.cases import IssuedDocument
from workstation.procedure.case_readings import text_of
from workstation.review.records import (
    Answer,
    CaseUnderReview,
    Problem,
    Reading,
    at_event,
    at_paper,
)

# Any one of the papers must come with the first event of the kind.
_NEEDED = {
    "case_filed": ("D06",),
    "investigation_closed": ("D37",),
    "review_concluded": ("D40",),
    "notice_served": ("D41", "D42"),
    "hearing_held": ("D47",),
    "deliberated": ("D49",),
    "decision_made": ("D51", "D52", "D53", "D50", "D54", "D55", "D66", "D05", "D03", "D07"),
    "evidence_preserved": ("D27",),
    "coercion_applied": ("D30",),
    "correction_ordered": ("D35",),
}
_DECISIONS = ("D51", "D53")
# A decision on the spot (D53) states the facts as the act itself.
_ELEMENTS = {
    ("facts", "act"): "违反法律的事实",
    ("penalty",): "处罚的依据",
}
_SAID = {"复议": "申请复议的途径和期限", "诉讼": "提起诉讼的途径和期限", "罚款": "处罚的种类"}
_NOT_SHARED = frozenset({"", "无", "匿名"})
_NO_PAPER = "还没有处罚决定书"


def needed_papers(case: CaseUnderReview) -> Answer:
    """WS1: what was done has its paper."""
    problems = []
    summary = case.file.first("summary_procedure_chosen") is not None
    issued = {paper.form for paper in case.file.documents}
    for kind, forms in _NEEDED.items():
        event = case.file.first(kind)
        if event is None or (summary and kind != "decision_made") or issued & set(forms):
            continue
        problems.append(
            Problem(
                message=f"已办“{event.title}”，案卷中没有{'或者'.join(forms[:2])}。",
                fix="请补制或者归入该文书；不得倒签，补制的如实写明日期。",
                passages=(at_event(event),),
            )
        )
    return Answer(problems=tuple(problems))


def six_contents(case: CaseUnderReview) -> Answer:
    """WS2: the decision has the six contents of 行政处罚法§59."""
    paper = case.last_paper(*_DECISIONS)
    if paper is None:
        return Answer(not_applicable=_NO_PAPER)
    text = case.texts.get(paper.id, "")
    missing = [
        (names[0], label)
        for names, label in _ELEMENTS.items()
        if not any(text_of(paper.values.get(name)) for name in names)
    ]
    missing += [("", label) for word, label in _SAID.items() if word not in text]
    party, agency = case.file.case.party.name, case.surroundings.office.agency.name
    missing += [("", f"“{name}”") for name in (party, agency) if name and name not in text]
    problems = tuple(
        Problem(
            message=f"《{paper.title}》没有写明{label}。",
            fix="请补写后重新制发；已送达的，依法更正。",
            passages=(at_paper(paper, name),),
        )
        for name, label in missing
    )
    return Answer(problems=problems)


def remedies(case: CaseUnderReview) -> Answer:
    """WS3: the decision names the government and the court the bureau is set up with."""
    paper = case.last_paper(*_DECISIONS)
    if paper is None:
        return Answer(not_applicable=_NO_PAPER)
    agency, text = case.surroundings.office.agency, case.texts.get(paper.id, "")
    problems = tuple(
        Problem(
            message=f"《{paper.title}》没有写明{label}“{name}”。",
            fix="请写全复议机关、人民法院的名称；名称变更的，先在设置中更新。",
            passages=(at_paper(paper),),
        )
        for label, name in (("复议机关", agency.reconsideration), ("人民法院", agency.court))
        if name and name not in text
    )
    return Answer(problems=problems)


def numbers_and_amounts(case: CaseUnderReview) -> Answer:
    """WS4: no number twice; amounts and days the relations compare."""
    problems = tuple(_doubled(case, number) for number in _doubles(case))
    why = "" if case.file.documents else "还没有制发文书"
    return Answer(problems=problems, not_applicable=why)


def _doubles(case: CaseUnderReview) -> list[str]:
    counted = Counter(paper.number for paper in case.file.documents if paper.number)
    return [number for number, count in counted.items() if count > 1]


def _doubled(case: CaseUnderReview, number: str) -> Problem:
    bearers = [paper for paper in case.file.documents if paper.number == number]
    return Problem(
        message=f"文号“{number}”用了{len(bearers)}次。",
        fix="请为后一份重新编号并更正引用。",
        passages=tuple(at_paper(paper, text=number) for paper in bearers),
    )


def wording(case: CaseUnderReview) -> Answer:
    """WS5: asked by the guards that read the papers; nothing to read before."""
    read = case.papers("D41", "D42", *_DECISIONS)
    return Answer(not_applicable="" if read else "还没有告知书或者决定书")


def clean_papers(case: CaseUnderReview) -> Answer:
    """WS6: days that are none, opinions without a day; the rest is a question for a person."""
    problems = [p for paper in case.file.documents for p in _slips(paper, case)]
    why = "" if case.file.documents else "还没有制发文书"
    return Answer(problems=tuple(problems), not_applicable=why)


def _slips(paper: IssuedDocument, case: CaseUnderReview) -> Iterator[Problem]:
    for name, text in _impossible_days(paper, case):
        yield Problem(
            message=f"《{paper.title}》写有“{text}”，没有这一天。",
            fix="请核对原始材料，改正日期。",
            passages=(at_paper(paper, name, text),),
        )
    for signer, label in _SIGNERS.items():
        if paper.values.get(f"{signer}_opinion") and not paper.values.get(f"{signer}_date"):
            yield Problem(
                message=f"《{paper.title}》有{label}的意见，没有签署日期。",
                fix="请由签署人补签日期，如实填写，不得倒签。",
                passages=(at_paper(paper, f"{signer}_date", "（没有日期）"),),
            )


def _impossible_days(paper: IssuedDocument, case: CaseUnderReview) -> Iterator[tuple[str, str]]:
    printed = case.printed.get(paper.id)
    for pieces in printed.paragraphs if printed else ():
        for piece in pieces:
            for match in _DAY.finditer(piece.text):
                if not _is_a_day(*map(int, match.groups())):
                    yield piece.name, match[0]


def _is_a_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= _MONTHS and 1 <= day <= monthrange(year, month)[1]


_MONTHS = 12
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_SIGNERS = {"officer": "承办人", "unit": "办案机构负责人", "head": "行政机关负责人"}


def suspected_crime(case: CaseUnderReview) -> Answer:
    """YS1: a question for a person, with what the matter marks and the report says."""
    if case.file.first("investigation_closed") is None and not case.file.first("crime_considered"):
        return Answer(not_applicable="调查尚未终结")
    matter, report = case.matter_on(case.day), case.last_paper("D37")
    marked = matter.marks.criminal if matter else ""
    said = text_of(report.values.get("crime_note")) if report else ""
    named = (f"事项标注的罪名：{marked}。" if marked else "事项没有标注罪名。", said)
    return Answer(notes=tuple(note for note in named if note))


def transfer_in_time(case: CaseUnderReview) -> Answer:
    """YS2: only where a transfer to the police was verified, decided or made."""
    kinds = ("transfer_verified", "transfer_decided", "crime_transferred")
    used = any(case.file.first(kind) for kind in kinds)
    return Answer(not_applicable="" if used else "本案没有移送涉嫌犯罪案件")


def public_officials(case: CaseUnderReview) -> Answer:
    """YS3: a question for a person once the investigation is closed."""
    closed = case.file.first("investigation_closed")
    return Answer(not_applicable="" if closed else "调查尚未终结")


def handed_over(case: CaseUnderReview) -> Answer:
    """YS4: what was transferred to another bureau has its answer."""
    sent = case.file.last("case_transferred")
    if sent is None:
        return Answer(not_applicable="没有移交其他机关的线索")
    if case.file.first("transfer_answered"):
        return Answer()
    problem = Problem(
        message="线索移交以后没有登记对方的回执。",
        fix="请催取回执，登记“移送回复”；对方不接收的，报请指定管辖。",
        passages=(at_event(sent),),
    )
    return Answer(problems=(problem,))


def privacy(case: CaseUnderReview) -> Answer:
    """QT1: no paper that goes to the party names whoever reported."""
    reporter = case.file.case.lead.reporter.strip()
    name = reporter.split("（")[0]
    hidden = not name or reporter in _NOT_SHARED or "匿名" in reporter
    papers = [paper for paper in case.file.documents if paper.form in case.served]
    if not papers:
        return Answer(not_applicable="还没有对外文书")
    told = [
        p for p in papers if not hidden and p.form != "D04" and name in case.texts.get(p.id, "")
    ]
    return Answer(problems=tuple(_tells(paper, name) for paper in told))


def _tells(paper: IssuedDocument, name: str) -> Problem:
    return Problem(
        message=f"《{paper.title}》写出了举报人“{name}”。",
        fix="请去除举报人信息后重新制发；已送达的，报告负责人处理。",
        passages=(at_paper(paper, text=name),),
    )


def stability(case: CaseUnderReview) -> Answer:
    """QT2: a question for a person once the investigation is closed."""
    return public_officials(case)


READINGS: Mapping[str, Reading] = {
    "WS1": needed_papers,
    "WS2": six_contents,
    "WS3": remedies,
    "WS4": numbers_and_amounts,
    "WS5": wording,
    "WS6": clean_papers,
    "YS1": suspected_crime,
    "YS2": transfer_in_time,
    "YS3": public_officials,
    "YS4": handed_over,
    "QT1": privacy,
    "QT2": stability,
}
