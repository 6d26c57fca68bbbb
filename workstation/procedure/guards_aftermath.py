"""Guards on what follows a decision: publishing it, answering the lead, leaving it alone."""

import re

from workstation.domain.cases import Case
from workstation.domain.citations import ArticleReference, parse_reference
from workstation.domain.leads import LeadSource
from workstation.procedure.case_readings import act_day, age_on, text_of
from workstation.procedure.enclosures import Paper
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words

_FULL_AGE = 18
_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")
_MOBILE_NUMBER = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
# What of the approval form (D58) is put before the public.
_PUBLISHED = ("public_name", "public_number", "violation", "facts_summary", "content")
# Who is owed an answer.
_ANSWERED = frozenset(
    {
        LeadSource.COMPLAINT,
        LeadSource.HOTLINE,
        LeadSource.TRANSFERRED,
        LeadSource.ASSIGNED,
        LeadSource.PROCURATORIAL,
    }
)


def answer_day_is_set(question: GuardQuestion) -> Refusal | None:
    """A lead that somebody waits for has the day its answer is due (浙江市容条例第四十三条)."""
    lead = question.case_file.case.lead
    if lead.source not in _ANSWERED or lead.answer_due is not None:
        return None
    return Refusal(
        message=f"案源为“{lead.source.value}”，没有填写答复期限。",
        hint="请在案源中填写答复期限，程序到期提醒；处理结果应当答复来源单位或者举报人。",
    )


def publication_is_stripped(question: GuardQuestion) -> Refusal | None:
    """What is published holds no identity number, address or telephone (行政处罚法§50)."""
    party = question.case_file.case.party
    for paper in question.enclosed.papers_of("D58"):
        text = "\n".join(text_of(paper.values.get(name)) for name in _PUBLISHED)
        private = _private(text, question.case_file.case)
        if private:
            return Refusal(
                message=f"拟公开的内容含有{private}。",
                hint="请在公开内容中删去公民身份号码、住址、电话；自然人只公开姓氏。",
            )
        if party.is_person and text_of(paper.values.get("public_name")) == party.name:
            return Refusal(
                message=f"拟公开自然人当事人“{party.name}”的全名。",
                hint="请隐去名字，只写姓氏（如“某某”）；法律、行政法规另有规定的除外。",
            )
    return None


def _private(text: str, case: Case) -> str:
    party = case.party
    for match in _IDENTITY_NUMBER.finditer(text):
        if party.is_person or match[0] != party.number:
            return f"公民身份号码“{match[0][:6]}……”"
    if _MOBILE_NUMBER.search(text) or (party.phone and party.phone in text):
        return "电话号码"
    return "自然人的住址" if party.is_person and party.address and party.address in text else ""


def minors_are_not_published(question: GuardQuestion) -> Refusal | None:
    """Nothing about a person under eighteen is published (未成年人保护法§103; 个保法)."""
    case = question.case_file.case
    acted = act_day(case)
    if not case.party.is_person or case.party.birth_date is None or acted is None:
        return None
    age = age_on(case.party.birth_date, acted)
    if age >= _FULL_AGE:
        return None
    return Refusal(
        message=f"当事人行为时{age}周岁，未成年人的处罚信息不得公开。",
        hint="请改为登记“不予公示”并写明理由。",
    )


def closed_case_stays_closed(question: GuardQuestion) -> Refusal | None:
    """A closed case isn't taken up again in silence (行政处罚法§47)."""
    closed = question.case_file.last("case_closed")
    redone = question.case_file.last("redo_started")
    if closed is None or question.event.at < closed.at:
        return None
    if redone is not None and redone.at >= closed.at:
        return None
    return Refusal(
        message=(
            f"本案已于{in_words(closed.day)}结案，不能再办理“{question.event.title}”，"
            "也不得改动已制发的文书。"
        ),
        hint="须更正的，作出更正并送达；决定被撤销、须重新处理的，先登记复议、诉讼结果并启动重作。",
    )


def basis_is_paired(question: GuardQuestion) -> Refusal | None:
    """Papers cite the pair the list of matters holds: what was broken, and what punishes it."""
    matter = question.matter
    if matter is None:
        return None
    for paper in question.enclosed.papers_of("D41", "D50", "D51"):
        violated, penalty = (_reference(paper, name) for name in ("violated", "penalty"))
        if violated is not None and violated == penalty != matter.violated:
            return Refusal(
                message=f"《{paper.title}》的违反条款和处罚依据都是{violated}。",
                hint=f"违反条款应为{matter.violated}，处罚依据应为{matter.penalty}，请核对。",
            )
        for name, stated, listed in (
            ("违反条款", violated, (matter.violated, *matter.violated_also)),
            ("处罚依据", penalty, (matter.penalty, *matter.penalty_also, *_clauses(question))),
        ):
            if stated is not None and not any(_same_article(stated, ref) for ref in listed):
                return Refusal(
                    message=f"《{paper.title}》的{name}为{stated}，事项清单载明为{listed[0]}。",
                    hint="请核对条款；确须改用其他条款的，在审批意见中写明理由。",
                    hard=False,
                )
    return None


def _clauses(question: GuardQuestion) -> tuple[ArticleReference, ...]:
    code = question.case_file.case.matter_code
    versions = [m for m in question.surroundings.matters if m.code == code]
    clauses = [part.provision for m in versions for part in m.penalty_ranges()]
    return (*clauses, *(m.penalty for m in versions))


def _same_article(one: ArticleReference, other: ArticleReference) -> bool:
    short = one.title.removeprefix("中华人民共和国")
    same_title = short == other.title.removeprefix("中华人民共和国")
    return same_title and (one.article, one.suffix) == (other.article, other.suffix)


def _reference(paper: Paper, name: str) -> ArticleReference | None:
    stated = text_of(paper.values.get(name))
    parts = stated.split("§")
    if len(parts) < _WITH_ARTICLE:
        return _parsed(stated)
    numbers = ("条", "款", "项")
    place = "".join(f"第{n}{u}" for n, u in zip(parts[1:], numbers, strict=False) if n != "0")
    return _parsed(f"{parts[0]}{place}")


_WITH_ARTICLE = 2


def _parsed(text: str) -> ArticleReference | None:
    try:
        return parse_reference(text) if text else None
    except ValueError:
        return None


GUARDS: dict[str, Guard] = {
    "answer_day_is_set": answer_day_is_set,
    "publication_is_stripped": publication_is_stripped,
    "minors_are_not_published": minors_are_not_published,
    "closed_case_stays_closed": closed_case_stays_closed,
    "basis_is_paired": basis_is_paired,
}
