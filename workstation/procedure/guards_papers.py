"""Guards on papers: their days, numbers and amounts, and what must stand in some of them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from workstation.domain.cases import JsonValue
from workstation.procedure.case_readings import (
    conclusion_of,
    day_of,
    fine_of,
    money,
    names_of,
    text_of,
)
from workstation.procedure.enclosures import Paper
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words

# The signatures of an approval form in the order they are given.
_SIGNATURES = ("officer_date", "unit_date", "legal_date", "head_date")
_BRACKETED = re.compile(r"〔\d{4}〕")
_YEAR = re.compile(r"(19|20)\d{2}")
_DECISIONS = ("D51", "D52")
# Papers that state the amounts of the event they come with.
_AMOUNTS = {
    "notice_served": ("D41", "D42"),
    "deliberated": ("D49",),
    "decision_made": ("D50", "D51"),
}
_RECORDS = ("D10", "D12", "D31", "D36", "D47", "D49")
_SUBSTANCE = 10
_EMPTY_OPINIONS = frozenset({"同意", "无意见", "无", "合法"})


def papers_dated_by_then(question: GuardQuestion) -> Refusal | None:
    """No paper is dated after the event it comes with, nor before the lead was found (倒签)."""
    found = question.case_file.case.lead.found_at.date()
    for paper in question.enclosed.papers:
        if paper.dated > question.event.day:
            return Refusal(
                message=(
                    f"《{paper.title}》的日期{in_words(paper.dated)}晚于"
                    f"“{question.event.title}”的日期{in_words(question.event.day)}。"
                ),
                hint="文书日期不得晚于所随事项的日期；请核对两个日期，如实填写。",
            )
        if paper.dated < found:
            return Refusal(
                message=(
                    f"《{paper.title}》的日期{in_words(paper.dated)}早于发现线索的日期"
                    f"{in_words(found)}，属于倒签。"
                ),
                hint="请填写文书实际制作的日期。",
            )
    return None


def decision_dated_as_made(question: GuardQuestion) -> Refusal | None:
    """The decision bears the day it was made: periods run from it (行政处罚法§59, §61)."""
    for paper in question.enclosed.papers_of(*_DECISIONS):
        if paper.dated != question.event.day:
            return Refusal(
                message=(
                    f"《{paper.title}》落款{in_words(paper.dated)}，决定于"
                    f"{in_words(question.event.day)}作出，两者不一致。"
                ),
                hint="决定书的盖章日期就是作出决定的日期，请改为同一日。",
            )
    return None


def signed_in_order(question: GuardQuestion) -> Refusal | None:
    """Each signs after the one before, and approval comes no later than the act approved."""
    for paper in question.enclosed.papers:
        days = [(name, day) for name in _SIGNATURES if (day := day_of(paper.values.get(name)))]
        for (_, earlier), (_, later) in pairwise(days):
            if later < earlier:
                return Refusal(
                    message=(
                        f"《{paper.title}》的签批日期倒置：{in_words(earlier)}之后的一级"
                        f"签于{in_words(later)}。"
                    ),
                    hint="签批逐级进行，日期不得早于上一级；请核对各级签署日期。",
                )
        if days and days[-1][1] > question.event.day:
            return Refusal(
                message=(
                    f"《{paper.title}》{in_words(days[-1][1])}才批准，"
                    f"“{question.event.title}”在{in_words(question.event.day)}已经办理。"
                ),
                hint="先批准、后办理；情况紧急依法先行的，在事项中写明并如实填写补批时间。",
            )
    return None


def receipts_follow_papers(question: GuardQuestion) -> Refusal | None:
    """A receipt is no older than the paper it is for (回证早于文书)."""
    made = {paper.form: paper for paper in question.enclosed.papers}
    for form, delivery in zip(
        question.enclosed.delivered, question.enclosed.deliveries, strict=False
    ):
        paper = made.get(form) or question.case_file.document(form)
        if paper is not None and delivery.at.date() < paper.dated:
            return Refusal(
                message=(
                    f"《{paper.title}》落款{in_words(paper.dated)}，送达回证却是"
                    f"{in_words(delivery.at.date())}，回证早于文书。"
                ),
                hint="请核对送达时间；以受送达人实际签收的时间为准。",
            )
    return None


def number_has_its_brackets(question: GuardQuestion) -> Refusal | None:
    """The year of a number stands in 〔〕 (党政机关公文格式)."""
    for paper in question.enclosed.papers:
        if _YEAR.search(paper.number) and not _BRACKETED.search(paper.number):
            return Refusal(
                message=f"《{paper.title}》的文号“{paper.number}”年份没有用六角括号〔〕。",
                hint="请改为六角括号，或者留空由程序连续编号。",
            )
    return None


def electronic_service_is_agreed(question: GuardQuestion) -> Refusal | None:
    """Electronic service needs the party's signed consent (行政处罚法§61 第二款)."""
    if not any(d.method == "电子送达" for d in question.deliveries):
        return None
    confirmation = question.case_file.document("D13")
    if confirmation is None:
        return Refusal(
            message="采用电子送达，但没有当事人签订的送达方式确认书。",
            hint="请先由当事人签订《送达地址及送达方式确认书》（D13）；对方“已读”不等于送达。",
        )
    if confirmation.values.get("electronic") is True:
        return None
    return Refusal(
        message="当事人在送达方式确认书（D13）中没有同意电子送达。",
        hint="请改用直接、留置、邮寄等方式送达，或者由当事人重新签订确认书。",
    )


def papers_state_the_amounts(question: GuardQuestion) -> Refusal | None:
    """A paper states the fine and confiscation of the event it comes with."""
    event = question.event
    wanted = {
        "fine": fine_of(event, question.case_file),
        "confiscated": money(event.data.get("confiscated")),
    }
    labels = {"fine": "罚款", "confiscated": "没收违法所得"}
    for paper in question.enclosed.papers_of(*_AMOUNTS.get(event.kind, ())):
        for name, amount in wanted.items():
            stated = money(paper.values.get(name))
            if amount is not None and stated is not None and stated != amount:
                return Refusal(
                    message=(
                        f"《{paper.title}》写明{labels[name]}{stated:,.2f}元，"
                        f"“{event.title}”登记为{amount:,.2f}元。"
                    ),
                    hint="请核对数额，两处改为一致后再制发。",
                )
    return None


def every_head_gives_an_opinion(question: GuardQuestion) -> Refusal | None:
    """The record of deliberation holds every head's opinion and the conclusion (§57)."""
    expected = names_of(question.event.data.get("heads"))
    for paper in question.enclosed.papers_of("D49"):
        opinions = {str(row.get("name", "")): row for row in _rows(paper, "heads")}
        silent = [n for n in expected if not text_of(opinions.get(n, {}).get("opinion"))]
        if silent:
            return Refusal(
                message=f"集体讨论笔录没有记录{'、'.join(silent)}的意见。",
                hint="请逐人记录参加讨论的负责人的意见并由其签名（D49）。",
            )
        if not text_of(paper.values.get("conclusion")):
            return Refusal(
                message="集体讨论笔录没有写明讨论结论。", hint="请写明结论和处罚的数额（D49）。"
            )
    return None


def _rows(paper: Paper, name: str) -> Iterator[Mapping[str, JsonValue]]:
    value = paper.values.get(name)
    for row in value if isinstance(value, list) else ():
        if isinstance(row, dict):
            yield row


def review_is_reasoned(question: GuardQuestion) -> Refusal | None:
    """A review opinion of one word is none, nor may it contradict itself (行政处罚法§58)."""
    for paper in question.enclosed.papers_of("D40"):
        reason = text_of(paper.values.get("reason"))
        if len(reason) < _SUBSTANCE or reason.rstrip("。") in _EMPTY_OPINIONS:
            return Refusal(
                message=f"法制审核意见的理由只有“{reason}”，不算审核。",
                hint="请就主体、事实、证据、法律适用、裁量、程序等写明理由（D40）。",
            )
        opinion = text_of(paper.values.get("opinion"))
        unlawful = [k for k, v in paper.values.items() if v == "违法"]
        if unlawful and opinion in question.rules.parameters.agreeing_conclusions:
            return Refusal(
                message=f"法制审核意见书有{len(unlawful)}项结论为“违法”，审核意见却是“{opinion}”。",
                hint="有一项违法的不得同意；请核对各项结论和审核意见。",
            )
        stated = conclusion_of(question.event)
        if question.event.kind == "review_concluded" and opinion != stated:
            return Refusal(
                message=f"法制审核意见书的意见是“{opinion}”，登记为“{stated}”。",
                hint="请改为一致；以审核人员签署的意见书为准。",
            )
    return None


def served_papers_have_receipts(question: GuardQuestion) -> Refusal | None:
    """Every paper that goes to the party has its receipt before the case closes (民诉法§87)."""
    case_file = question.case_file
    open_ones = [
        document
        for document in case_file.documents
        if document.form in _TO_THE_PARTY and case_file.delivery_of(document) is None
    ]
    if not open_ones:
        return None
    names = "、".join(f"《{d.title}》{d.number}" for d in open_ones)
    return Refusal(
        message=f"{names}没有送达回证。",
        hint="请补登送达；没有送达的文书对当事人不发生效力，不能作为已告知、已决定的依据。",
    )


_TO_THE_PARTY = frozenset(
    {"D27", "D28", "D30", "D32", "D33", "D35", "D41", "D42", "D51", "D52", "D71"}
)
# What the volume of a penalty case must hold (行政处罚案卷评查标准); alternatives are joined by /.
_NEEDED = ("D01", "D06", "D10/D12", "D23", "D37", "D38", "D39", "D40", "D41", "D50", "D51", "D66")


def volume_holds_what_it_must(question: GuardQuestion) -> Refusal | None:
    """A penalty case holds the papers the appraisal of case files asks for (WS1)."""
    held = {d.form for d in question.case_file.documents}
    held |= {paper.form for paper in question.enclosed.papers}
    if "D51" not in held:
        return None
    lacking = [entry for entry in _NEEDED if not held & set(entry.split("/"))]
    if question.case_file.first("hearing_held") is not None:
        lacking += [form for form in ("D46", "D47", "D48") if form not in held]
    if question.case_file.first("deliberated") is not None and "D49" not in held:
        lacking.append("D49")
    if not lacking:
        return None
    return Refusal(
        message=f"案卷还缺文书：{'、'.join(lacking)}。",
        hint="请在相应步骤补制；确实没有的，在备考表中说明原因。",
    )


def hours_noted_on_records(question: GuardQuestion) -> Refusal | None:
    """A record (笔录) says when it began and ended, in the hours of its event (§55)."""
    for paper in question.enclosed.papers_of(*_RECORDS):
        start = text_of(paper.values.get("started_at")) or text_of(paper.values.get("start"))
        end = text_of(paper.values.get("ended_at")) or text_of(paper.values.get("end"))
        if start and end and "T" in start and "T" in end and end <= start:
            return Refusal(
                message=f"《{paper.title}》的结束时间不晚于开始时间。",
                hint="请核对笔录的起止时分，如实填写。",
            )
        until = text_of(question.event.data.get("until"))
        if end and "T" in until and "T" in end and _minute(end) != _minute(until):
            return Refusal(
                message=f"《{paper.title}》写明结束于{end[11:16]}，事项登记为{until[11:16]}。",
                hint="请把笔录和事项的起止时分改为一致。",
            )
    return None


def _minute(moment: str) -> tuple[date | None, str]:
    return day_of(moment), moment[11:16]


GUARDS: dict[str, Guard] = {
    "papers_dated_by_then": papers_dated_by_then,
    "decision_dated_as_made": decision_dated_as_made,
    "signed_in_order": signed_in_order,
    "receipts_follow_papers": receipts_follow_papers,
    "number_has_its_brackets": number_has_its_brackets,
    "electronic_service_is_agreed": electronic_service_is_agreed,
    "papers_state_the_amounts": papers_state_the_amounts,
    "every_head_gives_an_opinion": every_head_gives_an_opinion,
    "review_is_reasoned": review_is_reasoned,
    "served_papers_have_receipts": served_papers_have_receipts,
    "volume_holds_what_it_must": volume_holds_what_it_must,
    "hours_noted_on_records": hours_noted_on_records,
}
