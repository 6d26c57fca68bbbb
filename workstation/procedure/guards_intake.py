"""Guards on correcting what was registered at intake: the party, the lead, the act, the matter."""

from workstation.domain.intake import CAUSE, MATTER, intake_label, table_of
from workstation.procedure.case_readings import text_of
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal
from workstation.procedure.guards_wording import DECISIONS
from workstation.procedure.intake_corrections import (
    NATURES,
    is_noted,
    paths_in,
    stale_papers,
)


def correction_says_what_and_why(question: GuardQuestion) -> Refusal | None:
    """A correction changes something, and says of which nature it is and why (行政处罚法§47)."""
    event = question.event
    if not table_of(event, "changes"):
        return Refusal(
            message="没有更正任何登记内容：所填与登记的一致。",
            hint="请改动要更正的栏目后再登记。",
        )
    if event.data.get("nature") not in NATURES:
        return Refusal(
            message="没有写明更正的性质。",
            hint=f"请选择：{'或者'.join(NATURES)}。",
        )
    if text_of(event.data.get("reason")):
        return None
    return Refusal(
        message="没有写明更正的理由和依据的材料。",
        hint="例如“经核对营业执照，受案时误记一字”。",
    )


def cause_is_fixed_by_the_decision(question: GuardQuestion) -> Refusal | None:
    """What a case is about is told before the decision and stands after it (行政处罚法§44)."""
    changes, file = table_of(question.event, "changes"), question.case_file
    if not {MATTER, CAUSE} & changes.keys():
        return None
    decided, redone = file.last("decision_made"), file.last("redo_started")
    if decided is not None and (redone is None or redone.position < decided.position):
        return Refusal(
            message="已经作出决定，不能再改变案由和权力事项。",
            hint="定性有误的，依法撤销或者变更原决定，重新告知后再决定。",
        )
    if file.last("notice_served") is None:
        return None
    return Refusal(
        message="处罚告知书已经送达，案由、权力事项变更后，原告知不再作数。",
        hint="请按新的案由、依据重新告知，并重新计算陈述申辩和听证的期限。",
        hard=False,
    )


def served_decision_is_corrected_first(question: GuardQuestion) -> Refusal | None:
    """What a served decision says is corrected in the decision before the register follows.

    A value that only changed later (更名、迁址) leaves the decision right, and is let pass.
    """
    file, event = question.case_file, question.event
    redone = file.last("redo_started")
    since = redone.position if redone is not None else 0
    served = {delivery.document_id for delivery in file.deliveries}
    for document in file.documents:
        if document.form not in DECISIONS or document.event_position < since:
            continue
        paths = paths_in(event, document.key)
        lacking = [path for path in paths if not is_noted(file, document, event, path)]
        if document.id in served and lacking:
            named = "、".join(intake_label(path, question.rules.fact_labels) for path in lacking)
            return Refusal(
                message=f"《{document.title}》{document.number}已经送达，印有更正前的{named}。",
                hint=(
                    "请先办理“更正文书（补正）”，制发补正书（D71）写明更正后的内容，再更正登记；"
                    "当事人名称、证照号码有误的是实质变更，依法撤销或者变更原决定、重新作出；"
                    "登记以后才发生的更名、迁址，性质选“事后变更”。"
                ),
            )
    return None


def papers_follow_corrections(question: GuardQuestion) -> Refusal | None:
    """Before a case closes, papers that print a replaced value are mended (行政处罚法§47).

    A paper of the investigation may print a fact as it was known then; one that was served says
    it to the party.
    """
    stale = [s for s in stale_papers(question.case_file) if s.is_wrong or s.served]
    if not stale:
        return None
    names = "、".join(dict.fromkeys(f"《{s.document.title}》（{s.document.key}）" for s in stale))
    return Refusal(
        message=f"{names}所印的与现在登记的不一致。",
        hint="没有送出的收回、重新制发；已经送达的办理“更正文书（补正）”。",
    )


GUARDS: dict[str, Guard] = {
    "correction_says_what_and_why": correction_says_what_and_why,
    "cause_is_fixed_by_the_decision": cause_is_fixed_by_the_decision,
    "served_decision_is_corrected_first": served_decision_is_corrected_first,
    "papers_follow_corrections": papers_follow_corrections,
}
