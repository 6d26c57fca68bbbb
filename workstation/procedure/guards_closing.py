"""Guards on closing and archiving."""

from workstation.procedure.case_readings import (
    coercion_in_force,
    is_penalised,
    outcome_of,
    result_of,
    unresolved_preservations,
)
from workstation.procedure.endings import ending_of
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words
from workstation.procedure.payments import is_paid
from workstation.procedure.procedures import is_summary
from workstation.procedure.remedies import standing_amounts


def decision_served_before_closing(question: GuardQuestion) -> Refusal | None:
    """A case closes on a decision that reached the party, or on an early end."""
    case_file = question.case_file
    if ending_of(case_file) is not None or case_file.first("decision_served"):
        return None
    decision = case_file.last("decision_made")
    if decision is not None and outcome_of(decision) == "移送":
        return None
    return Refusal(
        message="决定书尚未送达，不能结案。" if decision else "本案尚未作出决定，不能结案。",
        hint="请先作出决定并送达；不予立案、撤销立案的，先登记相应事项。",
    )


def payment_settled(question: GuardQuestion) -> Refusal | None:
    """Fine and gain are paid, execution has ended, or a court has been asked to enforce."""
    case_file = question.case_file
    ended = any(case_file.first(kind) for kind in ("enforcement_applied", "execution_ended"))
    nothing = not any(standing_amounts(case_file))
    if not is_penalised(case_file) or ended or nothing or is_paid(case_file):
        return None
    return Refusal(
        message="罚没款尚未缴清，也没有申请法院强制执行。",
        hint="请登记缴款（D60）；逾期的催告（D61）、加处罚款（D62）、申请强制执行（D64）。",
    )


def property_settled(question: GuardQuestion) -> Refusal | None:
    """Nothing stays preserved, sealed or seized when a case closes."""
    preserved = unresolved_preservations(question.case_file)
    seized = coercion_in_force(question.case_file)
    if not preserved and not seized:
        return None
    what = "先行登记保存的证据" if preserved else "查封、扣押的财物"
    return Refusal(
        message=f"{what}尚未处理，不能结案。",
        hint="请办理登记保存处理（D28）或者解除查封、扣押（D33），退还或者依法处置。",
    )


def correction_settled(question: GuardQuestion) -> Refusal | None:
    """Where correction was ordered, the last check found it done."""
    case_file = question.case_file
    if case_file.first("correction_ordered") is None:
        return None
    kinds = ("correction_reviewed", "compliance_rechecked")
    checks = [e for kind in kinds for e in case_file.all_of(kind) if result_of(e)]
    latest = max(checks, key=lambda e: e.at, default=None)
    done = question.rules.parameters.done_correction_results
    if latest is not None and result_of(latest) in done:
        return None
    result = result_of(latest) if latest else "没有复查"
    return Refusal(
        message=f"责令改正后的复查结果为“{result}”，违法行为尚未改正。",
        hint="请复查（D36）；仍未改正的，依法代履行或者申请强制执行。",
    )


def publication_settled(question: GuardQuestion) -> Refusal | None:
    """A penalty is published, or a reason is on file why not (行政处罚法§48)."""
    case_file = question.case_file
    kinds = ("decision_published", "publication_declined")
    excused = not is_penalised(case_file) or is_summary(case_file)
    if excused or any(case_file.first(kind) for kind in kinds):
        return None
    return Refusal(
        message="处罚决定没有公示，也没有不予公示的理由。",
        hint="请办理公示（D58）或者登记不予公示的理由。",
    )


def archived_in_time(question: GuardQuestion) -> Refusal | None:
    """A closed case is archived within the bureau's period."""
    closed = question.case_file.last("case_closed")
    if closed is None:
        return None
    last = question.deadline("DL30", closed.day).last_day
    if question.event.day <= last:
        return None
    return Refusal(
        message=f"结案后应于{in_words(last)}前归档，已逾期。", hint="请在备考表中说明逾期原因。"
    )


GUARDS: dict[str, Guard] = {
    "decision_served_before_closing": decision_served_before_closing,
    "payment_settled": payment_settled,
    "property_settled": property_settled,
    "correction_settled": correction_settled,
    "publication_settled": publication_settled,
    "archived_in_time": archived_in_time,
}
