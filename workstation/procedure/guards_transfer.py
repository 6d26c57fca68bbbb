"""Guards on jurisdiction (行政处罚法§25), on transfers and on ending a case early."""

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.domain.leads import LeadSource
from workstation.procedure.case_readings import (
    coercion_in_force,
    text_of,
    unresolved_preservations,
)
from workstation.procedure.endings import WHOLE_CASE, answer_to, ending_of, open_transfer
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words

_DESIGNATED = "共同的上一级行政机关指定"
_HELD_ELSEWHERE = "对方机关"
_RECEIVED = frozenset({LeadSource.TRANSFERRED, LeadSource.ASSIGNED, LeadSource.PROCURATORIAL})
_TOLD_OF = frozenset({"case_withdrawn", "case_terminated"})


def jurisdiction_held(case_file: CaseFile) -> CaseEvent | None:
    """Return the settlement of the latest dispute over jurisdiction, None while it is open."""
    dispute, settled = (
        case_file.last("jurisdiction_disputed"),
        case_file.last("jurisdiction_settled"),
    )
    if dispute is None or settled is None:
        return None
    return settled if _order(settled) >= _order(dispute) else None


def _order(event: CaseEvent) -> tuple[str, int]:
    return event.at.isoformat(), event.position


def jurisdiction_disputed_first(question: GuardQuestion) -> Refusal | None:
    """A report or a settlement answers a dispute that is still open."""
    case_file = question.case_file
    if case_file.first("jurisdiction_disputed") and jurisdiction_held(case_file) is None:
        return None
    return Refusal(
        message="本案没有尚未解决的管辖争议。",
        hint="请先登记“管辖争议（协商）”，写明对方机关和争议的理由。",
    )


def designation_names_superior(question: GuardQuestion) -> Refusal | None:
    """Only the common superior designates (行政处罚法§25第2款)."""
    data = question.event.data
    if text_of(data.get("how")) != _DESIGNATED or text_of(data.get("superior")):
        return None
    return Refusal(
        message="指定管辖没有写明作出指定的共同的上一级行政机关。",
        hint="请填写该机关名称和指定管辖的文号。",
    )


def jurisdiction_is_settled(question: GuardQuestion) -> Refusal | None:
    """While jurisdiction is disputed no penalty is announced or decided (行政处罚法§25)."""
    case_file = question.case_file
    dispute = case_file.last("jurisdiction_disputed")
    if dispute is None:
        return None
    settled, other = jurisdiction_held(case_file), text_of(dispute.data.get("organ"))
    if settled is None:
        reported = case_file.last("jurisdiction_reported")
        to = text_of(reported.data.get("superior")) if reported else ""
        waits = f"等待{to}指定" if to else f"正与{other or '对方机关'}协商"
        return Refusal(
            message=f"管辖争议（{in_words(dispute.day)}）尚未解决，{waits}。",
            hint="协商不成的，报请共同的上一级行政机关指定管辖；结果以“管辖确定”登记。",
        )
    if text_of(settled.data.get("held_by")) != _HELD_ELSEWHERE:
        return None
    return Refusal(
        message=f"本案已确定由{other or '对方机关'}管辖，本机关不得处罚。",
        hint="请办理“移送有管辖权的机关”（D05），连同证据材料一并移送。",
    )


def ending_has_basis(question: GuardQuestion) -> Refusal | None:
    """A transfer or a termination names the provision it rests on."""
    if text_of(question.event.data.get("basis")):
        return None
    return Refusal(
        message=f"“{question.event.title}”没有写明依据的条款。",
        hint="请填写法律、法规、规章的具体条款；没有依据的不得办理。",
    )


def partial_transfer_names_part(question: GuardQuestion) -> Refusal | None:
    """A transfer of a part says which part goes and, by that, what stays."""
    data = question.event.data
    if text_of(data.get("scope")) == WHOLE_CASE or text_of(data.get("part")):
        return None
    return Refusal(
        message="部分移送没有写明移送的是哪一部分。",
        hint="请写明移送的违法事实或者当事人；其余部分由本机关继续办理。",
    )


def transfer_awaits_answer(question: GuardQuestion) -> Refusal | None:
    """A receipt answers a transfer that was not answered yet."""
    transfer = question.case_file.last("case_transferred")
    if transfer is not None and answer_to(question.case_file, transfer) is None:
        return None
    return Refusal(
        message="没有等待回执的移送。",
        hint="请先办理“移送有管辖权的机关”，或者核对是否已登记回执。",
    )


def transfer_answered_before_closing(question: GuardQuestion) -> Refusal | None:
    """A case that was transferred closes once the other agency took it."""
    transfer = open_transfer(question.case_file)
    if transfer is None or answer_to(question.case_file, transfer) is not None:
        return None
    organ = text_of(transfer.data.get("organ"))
    return Refusal(
        message=f"{in_words(transfer.day)}移送{organ}，尚未收到回执。",
        hint="请催收移送案件回执并登记“移送回执”；对方退回的，本案恢复办理。",
    )


def lead_was_handed_over(question: GuardQuestion) -> Refusal | None:
    """Only a lead from another body is received from one."""
    source = question.case_file.case.lead.source
    if source in _RECEIVED:
        return None
    return Refusal(
        message=f"本案案源是“{source.value}”，不是移送、交办的案件。",
        hint="案源类型登记有误的，请以“记事”说明后另行登记案源。",
    )


def not_decided_yet(question: GuardQuestion) -> Refusal | None:
    """What was decided is changed by a new decision, never by ending the case."""
    decision = question.case_file.last("decision_made")
    if decision is None:
        return None
    return Refusal(
        message=f"本案已于{in_words(decision.day)}作出决定，不能再办理“{question.event.title}”。",
        hint="决定确有错误的，依法撤销、变更原决定；已经履行的，办理结案。",
    )


def case_not_ended_early(question: GuardQuestion) -> Refusal | None:
    """A case that ended early is not ended a second time, nor decided."""
    ended = ending_of(question.case_file)
    if ended is None:
        return None
    return Refusal(
        message=f"本案已于{in_words(ended.day)}“{ended.title}”，不能再办理“{question.event.title}”。",
        hint="请办理结案和归档；发现新的违法事实的，另行登记案源。",
    )


def measures_lifted_first(question: GuardQuestion) -> Refusal | None:
    """Nothing stays preserved, sealed or seized when a case ends (行政强制法§28)."""
    if text_of(question.event.data.get("scope")) not in {"", WHOLE_CASE}:
        return None
    preserved = unresolved_preservations(question.case_file)
    seized = coercion_in_force(question.case_file)
    if not preserved and not seized:
        return None
    what = "先行登记保存的证据尚未处理" if preserved else "查封、扣押尚未解除"
    way = "“先行登记保存处理”（D28）" if preserved else "“解除查封、扣押”（D33）"
    return Refusal(
        message=f"{what}，不能办理“{question.event.title}”。",
        hint=f"请先办理{way}；移送的，处理方式选“移送”，财物随案移交。",
    )


def party_told_of_ending(question: GuardQuestion) -> Refusal | None:
    """The party is told that a case was withdrawn or terminated."""
    ended = ending_of(question.case_file)
    if ended is None or ended.kind not in _TOLD_OF or text_of(ended.data.get("party_told_on")):
        return None
    return Refusal(
        message=f"“{ended.title}”没有记明何时告知当事人。",
        hint="请告知当事人，并以“记事”写明告知的时间和方式。",
    )


GUARDS: dict[str, Guard] = {
    "jurisdiction_disputed_first": jurisdiction_disputed_first,
    "designation_names_superior": designation_names_superior,
    "jurisdiction_is_settled": jurisdiction_is_settled,
    "ending_has_basis": ending_has_basis,
    "partial_transfer_names_part": partial_transfer_names_part,
    "transfer_awaits_answer": transfer_awaits_answer,
    "transfer_answered_before_closing": transfer_answered_before_closing,
    "lead_was_handed_over": lead_was_handed_over,
    "not_decided_yet": not_decided_yet,
    "case_not_ended_early": case_not_ended_early,
    "measures_lifted_first": measures_lifted_first,
    "party_told_of_ending": party_told_of_ending,
}
