"""Guards on answering the source of a lead and on correcting issued documents."""

import re

from workstation.domain.cases import CaseFile
from workstation.domain.leads import LeadSource
from workstation.procedure.case_readings import text_of
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal

ANSWERED_SOURCES = frozenset(
    {
        LeadSource.COMPLAINT,
        LeadSource.HOTLINE,
        LeadSource.TRANSFERRED,
        LeadSource.ASSIGNED,
        LeadSource.PROCURATORIAL,
    }
)
_RESULT_DUE = ANSWERED_SOURCES - {LeadSource.COMPLAINT, LeadSource.HOTLINE}
_RESULT = "处理结果"
_NOBODY = "无法答复"
NOTICE_OF_CORRECTION, _BY_NOTICE = "D71", "补正书"
# What no correction may touch: amounts, articles, numbers of persons and units.
_SUBSTANCE = {
    "数额": re.compile(
        r"[0-9][0-9,.]*(?=元)|[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{1,}[元圆]|¥[0-9,.]+"
    ),
    "法律条款": re.compile(r"第[零一二三四五六七八九十百千0-9]+[条款项]"),
    "证照号码": re.compile(r"[0-9A-Z]{17}[0-9A-Z]"),
}


def must_be_answered(case_file: CaseFile) -> bool:
    """Whether whoever gave the lead is owed an answer."""
    lead = case_file.case.lead
    return lead.source in ANSWERED_SOURCES or lead.answer_due is not None


def answer_says_how(question: GuardQuestion) -> Refusal | None:
    """An answer names its way; where none can be given, the reason."""
    data = question.event.data
    if text_of(data.get("to")) == _NOBODY:
        if text_of(data.get("reason")):
            return None
        return Refusal(
            message="没有写明无法答复的原因。", hint="请写明，例如“匿名举报，没有留下联系方式”。"
        )
    if text_of(data.get("method")):
        return None
    return Refusal(
        message="没有写明答复的方式。", hint="请选择书面、电话、短信、平台或者当面答复。"
    )


def lead_answered_before_closing(question: GuardQuestion) -> Refusal | None:
    """A case closes when the source of its lead has its answer."""
    case_file = question.case_file
    if not must_be_answered(case_file):
        return None
    answers = case_file.all_of("lead_answered")
    source = case_file.case.lead.source
    told = [a for a in answers if text_of(a.data.get("about")) in {"", _RESULT}]
    nobody = any(text_of(a.data.get("to")) == _NOBODY for a in answers)
    if nobody or told or (answers and source not in _RESULT_DUE):
        return None
    lacks = "只反馈了受理情况，没有反馈处理结果" if answers else "尚未答复、反馈"
    return Refusal(
        message=f"案源为“{source.value}”，{lacks}，不能结案。",
        hint="请办理“线索答复、反馈”（D04）；匿名且没有联系方式的，登记为无法答复并写明原因。",
    )


def corrected_document_issued(question: GuardQuestion) -> Refusal | None:
    """Only a document that was issued in this case can be corrected."""
    keys = [document.key for document in question.case_file.documents]
    named = text_of(question.event.data.get("document"))
    if named in keys or (question.preview and keys):
        return None
    what = f"“{named}”" if named else "任何文书"
    return Refusal(
        message=f"本案没有制发过{what}，没有可以更正的文书。",
        hint=f"请填写文书代号：{'、'.join(keys)}。" if keys else "草稿直接修改即可，不必更正。",
    )


def correction_is_not_substantial(question: GuardQuestion) -> Refusal | None:
    """A slip is corrected; what bears on rights and duties needs a new decision."""
    data = question.event.data
    old, new = text_of(data.get("old")), text_of(data.get("new"))
    touched = [
        name for name, found in _SUBSTANCE.items() if found.findall(old) != found.findall(new)
    ]
    party = question.case_file.case.party.name
    if (party in old) != (party in new):
        touched.append("当事人名称")
    if not touched and data.get("changes_rights") is not True:
        return None
    why = f"改动了{'、'.join(touched)}" if touched else "影响当事人的权利义务"
    return Refusal(
        message=f"这一更正{why}，属于实质变更，不能用校对章或者补正书更正。",
        hint=(
            "决定作出前的，重新告知后再决定；决定送达前的，收回作废、重新制发；"
            "已经送达的，依法撤销或者变更原决定，重新作出并送达。"
        ),
    )


def served_document_corrected_by_notice(question: GuardQuestion) -> Refusal | None:
    """A document that went out is corrected by a notice (补正书) issued with the correction.

    The order: the correction issues the notice, which can only then be served; its service is
    recorded by its receipt, and ``served_papers_have_receipts`` asks for that before the case
    closes and is archived. Until it is served it has no effect for the receiver (行政处罚法§61),
    so the day of being told is not asked here. ``told_on`` of corrections recorded before there
    was a form counts still. No statute orders this way for penalties; it follows the appraisal
    of case files (更正 by 校对章 on what stays here, 补正书 for what went out; 未核实).
    """
    data, case_file = question.event.data, question.case_file
    by_notice = text_of(data.get("how")) == _BY_NOTICE
    notices = question.enclosed.papers_of(NOTICE_OF_CORRECTION)
    if notices and not by_notice:
        return Refusal(
            message="更正的方式是校对章，却要制发补正书。",
            hint="文书已经送出的，更正的方式选“补正书”；还没有送出的，不勾选补正书。",
        )
    key = text_of(data.get("document"))
    served = {d.document_id for d in case_file.deliveries}
    corrected = next((d for d in case_file.documents if d.key == key), None)
    if corrected is None or corrected.id not in served:
        return None
    if by_notice and (notices or text_of(data.get("told_on"))):
        return None
    return Refusal(
        message=f"《{corrected.title}》已经送达，应当制发补正书并送达受送达人。",
        hint=(
            "更正的方式选“补正书”，勾选随本事件制发的补正书（D71），制发后登记送达；"
            "校对章只用于尚未送出的文书。"
        ),
    )


GUARDS: dict[str, Guard] = {
    "answer_says_how": answer_says_how,
    "lead_answered_before_closing": lead_answered_before_closing,
    "corrected_document_issued": corrected_document_issued,
    "correction_is_not_substantial": correction_is_not_substantial,
    "served_document_corrected_by_notice": served_document_corrected_by_notice,
}
