"""Asking the guards of an event, and what an override sets aside."""

from collections.abc import Mapping

from workstation.domain.cases import CaseEvent, CaseFile, Override
from workstation.procedure import (
    guards_aftermath,
    guards_answers,
    guards_authority,
    guards_closing,
    guards_coercion,
    guards_criminal,
    guards_decision,
    guards_enforcement,
    guards_evidence,
    guards_intake,
    guards_investigation,
    guards_joinder,
    guards_law,
    guards_no_penalty,
    guards_notice,
    guards_opening,
    guards_papers,
    guards_payment,
    guards_penalty,
    guards_people,
    guards_periods,
    guards_recusal,
    guards_remedies,
    guards_review,
    guards_roles,
    guards_sequence,
    guards_service,
    guards_summary,
    guards_transfer,
    guards_turns,
    guards_wording,
)
from workstation.procedure.enclosures import NOTHING_ENCLOSED, Enclosures
from workstation.procedure.errors import HolidayNoticeMissingError
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal
from workstation.procedure.procedures import is_summary
from workstation.procedure.records import Block, GuardRule, Surroundings
from workstation.procedure.rules import ProcedureRules

GUARDS: Mapping[str, Guard] = {
    **guards_sequence.GUARDS,
    **guards_opening.GUARDS,
    **guards_authority.GUARDS,
    **guards_people.GUARDS,
    **guards_law.GUARDS,
    **guards_investigation.GUARDS,
    **guards_notice.GUARDS,
    **guards_decision.GUARDS,
    **guards_closing.GUARDS,
    **guards_periods.GUARDS,
    **guards_payment.GUARDS,
    **guards_enforcement.GUARDS,
    **guards_remedies.GUARDS,
    **guards_recusal.GUARDS,
    **guards_transfer.GUARDS,
    **guards_answers.GUARDS,
    **guards_roles.GUARDS,
    **guards_evidence.GUARDS,
    **guards_penalty.GUARDS,
    **guards_turns.GUARDS,
    **guards_papers.GUARDS,
    **guards_wording.GUARDS,
    **guards_aftermath.GUARDS,
    **guards_summary.GUARDS,
    **guards_no_penalty.GUARDS,
    **guards_criminal.GUARDS,
    **guards_coercion.GUARDS,
    **guards_joinder.GUARDS,
    **guards_service.GUARDS,
    **guards_review.GUARDS,
    **guards_intake.GUARDS,
}


def check_event(
    case_file: CaseFile,
    event: CaseEvent,
    rules: ProcedureRules,
    surroundings: Surroundings,
    enclosed: Enclosures = NOTHING_ENCLOSED,
) -> tuple[Block, ...]:
    """Return what stands against adding ``event`` to ``case_file``, hard blocks first.

    Blocks that an override of the event lawfully sets aside are left out; see
    :func:`overridden_blocks`. ``case_file`` is the file before the event. Guards that read
    papers are asked only once the papers are made (``enclosed.made``), the others only before.

    Raises:
        UnknownEventError: the kind of event is unknown.
    """
    question = GuardQuestion(
        case_file=case_file,
        event=event,
        rules=rules.on(event.day),
        surroundings=surroundings,
        enclosed=enclosed,
    )
    return tuple(
        _judged(block, question) for block in _ask(question) if not _set_aside(block, question)
    )


def overridden_blocks(
    case_file: CaseFile,
    event: CaseEvent,
    rules: ProcedureRules,
    surroundings: Surroundings,
    enclosed: Enclosures = NOTHING_ENCLOSED,
) -> tuple[Block, ...]:
    """Return the blocks that the overrides of ``event`` set aside, to be printed into the file."""
    question = GuardQuestion(
        case_file=case_file,
        event=event,
        rules=rules.on(event.day),
        surroundings=surroundings,
        enclosed=enclosed,
    )
    return tuple(block for block in _ask(question) if _set_aside(block, question))


def preview_blocks(
    case_file: CaseFile, event: CaseEvent, rules: ProcedureRules, surroundings: Surroundings
) -> tuple[Block, ...]:
    """Return what already stands against an event of this kind and day, nothing being typed."""
    question = GuardQuestion(
        case_file=case_file,
        event=event,
        rules=rules.on(event.day),
        surroundings=surroundings,
        preview=True,
    )
    return _ask(question)


def _ask(question: GuardQuestion) -> tuple[Block, ...]:
    kind = question.rules.events.kind(question.event.kind)
    names = kind.guards
    if kind.summary_guards and is_summary(question.case_file):
        names = kind.summary_guards
    blocks: list[Block] = []
    for name in dict.fromkeys(names):
        particulars = question.rules.guards[name]
        if question.preview and not particulars.preview:
            continue
        if particulars.reads_papers != question.enclosed.made:
            continue
        refusal = _answer(GUARDS[name], question)
        if refusal is not None:
            blocks.append(_block(particulars, refusal))
    return tuple(sorted(blocks, key=lambda block: not block.hard))


def _answer(guard: Guard, question: GuardQuestion) -> Refusal | None:
    try:
        return guard(question)
    except HolidayNoticeMissingError as missing:
        return Refusal(message=missing.message, hint=missing.hint, overridable=False)


def _block(particulars: GuardRule, refusal: Refusal) -> Block:
    overridable = particulars.overridable if refusal.overridable is None else refusal.overridable
    return Block(
        guard=particulars.name,
        message=refusal.message,
        basis=particulars.basis,
        hint=refusal.hint,
        hard=particulars.hard if refusal.hard is None else refusal.hard,
        overridable=overridable,
        check=particulars.check,
    )


def _override_of(block: Block, question: GuardQuestion) -> Override | None:
    return next((o for o in question.event.overrides if o.guard == block.guard), None)


def _set_aside(block: Block, question: GuardQuestion) -> bool:
    override = _override_of(block, question)
    if override is None or not block.overridable or not override.reason.strip():
        return False
    return question.is_head(override.approver)


def _judged(block: Block, question: GuardQuestion) -> Block:
    override = _override_of(block, question)
    if override is None:
        return block
    if not block.overridable:
        why = "该项法律没有留出余地，不能书面放行。"
    elif not override.reason.strip():
        why = "书面放行没有写明理由。"
    else:
        why = f"“{override.approver}”不是行政机关负责人，不能书面放行。"
    return Block(
        guard=block.guard,
        message=f"{block.message}{why}",
        basis=block.basis,
        hint=block.hint,
        hard=block.hard,
        overridable=block.overridable,
        check=block.check,
    )
