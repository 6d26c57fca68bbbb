"""Guards on order: what must have happened before, and that nothing is dated backwards."""

from workstation.procedure.case_readings import (
    PENALTY,
    hearing_requested,
    outcome_of,
    text_of,
    unresolved_preservations,
)
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words
from workstation.procedure.review_rounds import SUBMITTED
from workstation.procedure.review_stages import LEGAL_STAGES


def _requires(kind: str) -> Guard:
    def guard(question: GuardQuestion) -> Refusal | None:
        if question.case_file.first(kind) is not None:
            return None
        earlier = question.rules.events.kind(kind)
        wanted = question.rules.events.kind(question.event.kind)
        return Refusal(
            message=f"尚未办理“{earlier.title}”，不能办理“{wanted.title}”。",
            hint=f"请先由{earlier.actor}办理第{earlier.step}步的“{earlier.title}”。",
        )

    return guard


def case_not_archived(question: GuardQuestion) -> Refusal | None:
    """After archiving only notes for supplementary archiving (补充归档) may be added."""
    archived = question.case_file.first("case_archived")
    if archived is None or question.event.kind == "note_added":
        return None
    return Refusal(
        message=f"本案已于{in_words(archived.day)}归档，案卷已封存，不能再办理“{question.event.title}”。",
        hint="需要补入材料的，请以“记事”作补充归档记录；需要重新启动程序的，请另立案件。",
    )


def not_back_dated(question: GuardQuestion) -> Refusal | None:
    """An event may not be dated before one that must come first (倒签)."""
    kinds = question.rules.events.kind(question.event.kind).after
    earlier = [e for kind in kinds for e in question.case_file.all_of(kind)]
    latest = max(earlier, key=lambda e: e.at, default=None)
    if latest is None or question.event.day >= latest.day:
        return None
    return Refusal(
        message=(
            f"“{question.event.title}”的日期{in_words(question.event.day)}早于"
            f"“{latest.title}”的日期{in_words(latest.day)}，属于倒签。"
        ),
        hint=f"请核对日期；应不早于{in_words(latest.day)}。确系笔误的，先更正前一事项的记录。",
    )


def preservation_made_first(question: GuardQuestion) -> Refusal | None:
    """A disposition needs a registration for preservation that is still open."""
    if unresolved_preservations(question.case_file):
        return None
    return Refusal(
        message="没有待处理的先行登记保存。",
        hint="请先办理“先行登记保存”，或核对是否已经处理过。",
    )


def hearing_requested_first(question: GuardQuestion) -> Refusal | None:
    """A hearing is held because the party asked for it (行政处罚法§63)."""
    if hearing_requested(question.case_file) is not None:
        return None
    return Refusal(
        message="案卷中没有当事人的听证申请，不能通知听证。",
        hint="请先在第10步登记当事人的听证申请（D45）；依职权举行的，由负责人批准并说明理由。",
    )


def notice_served_first(question: GuardQuestion) -> Refusal | None:
    """A party is told beforehand of a penalty (行政处罚法§44); not penalising needs no notice."""
    if question.event.kind == "decision_made" and outcome_of(question.event) != PENALTY:
        return None
    return _requires("notice_served")(question)


def investigation_closed_first(question: GuardQuestion) -> Refusal | None:
    """The investigation is closed first; a bureau's own reviews (层层审核) may come earlier."""
    stage = text_of(question.event.data.get("stage"))
    if question.event.kind == SUBMITTED and stage and stage not in LEGAL_STAGES:
        return None
    return _requires("investigation_closed")(question)


def skipped_step_is_optional(question: GuardQuestion) -> Refusal | None:
    """Only a conditional step can be declared unused, with a reason."""
    stated = question.event.data.get("step", question.event.step)
    number = int(stated) if isinstance(stated, int | float) else question.event.step
    step = next((s for s in question.rules.steps if s.n == number), None)
    if step is None or not step.may_be_skipped:
        name = step.name if step else str(number)
        return Refusal(
            message=f"“{name}”是必经步骤，不能标为不适用。",
            hint="请办理该步骤；只有条件步骤（如先行登记保存、强制措施、听证）可以不适用。",
        )
    if not text_of(question.event.data.get("reason")):
        return Refusal(
            message=f"没有写明不适用“{step.name}”的理由。",
            hint="请写明理由（例如不符合适用条件的事实），理由入卷备查。",
        )
    return None


GUARDS: dict[str, Guard] = {
    "case_not_archived": case_not_archived,
    "not_back_dated": not_back_dated,
    "lead_registered_first": _requires("lead_registered"),
    "case_filed_first": _requires("case_filed"),
    "preservation_made_first": preservation_made_first,
    "coercion_applied_first": _requires("coercion_applied"),
    "correction_ordered_first": _requires("correction_ordered"),
    "investigation_closed_first": investigation_closed_first,
    "review_submitted_first": _requires("review_submitted"),
    "notice_approved_first": _requires("notice_approved"),
    "notice_served_first": notice_served_first,
    "statement_received_first": _requires("statement_received"),
    "hearing_requested_first": hearing_requested_first,
    "hearing_notified_first": _requires("hearing_notified"),
    "hearing_held_first": _requires("hearing_held"),
    "decision_made_first": _requires("decision_made"),
    "decision_served_first": _requires("decision_served"),
    "case_closed_first": _requires("case_closed"),
    "summary_party_told_first": _requires("summary_party_told"),
    "decision_published_first": _requires("decision_published"),
    "transfer_verified_first": _requires("transfer_verified"),
    "transfer_reported_first": _requires("transfer_reported"),
    "crime_transferred_first": _requires("crime_transferred"),
    "demand_served_first": _requires("demand_served"),
    "enforcement_applied_first": _requires("enforcement_applied"),
    "reconsideration_received_first": _requires("reconsideration_received"),
    "lawsuit_received_first": _requires("lawsuit_received"),
    "fine_collected_on_spot_first": _requires("fine_collected_on_spot"),
    "spot_fine_handed_in_first": _requires("spot_fine_handed_in"),
    "execution_agreement_made_first": _requires("execution_agreement_made"),
    "execution_suspended_first": _requires("execution_suspended"),
    "skipped_step_is_optional": skipped_step_is_optional,
}
