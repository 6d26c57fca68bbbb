"""Where a refusal is cured: the step and the event that take away what stands in the way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from workstation.procedure.event_kinds import EventCatalogue
from workstation.procedure.records import Block

_QUOTED = re.compile("“([^”]+)”")
_STEP = re.compile(r"第\s*(\d{1,2})\s*步")
_REQUIRED_FIRST = "_first"
# Guards whose hint names no event, or names another than the one that cures.
CURES: Mapping[str, str] = {
    "hearing_requested_first": "statement_received",
    "preservation_made_first": "evidence_preserved",
    "preservation_settled": "preservation_resolved",
    "property_settled": "preservation_resolved",
    "case_has_evidence": "evidence_collected",
    "correction_precondition_met": "correction_ordered",
    "correction_settled": "compliance_rechecked",
    "review_before_notice": "review_concluded",
    "review_passed": "review_concluded",
    "second_review_after_hearing": "review_submitted",
    "statements_reviewed": "statement_reviewed",
    "hearing_held_when_requested": "hearing_held",
    "deliberated_when_required": "deliberated",
    "decision_served_before_closing": "decision_served",
    "payment_settled": "fine_paid",
    "surcharge_settled": "fine_paid",
    "demand_period_over": "demand_served",
    "substitute_demanded_in_time": "demand_served",
    "publication_settled": "decision_published",
    "second_review_after_changes": "review_submitted",
    "approval_stands": "review_submitted",
    "paper_is_as_approved": "review_submitted",
    "stage_is_reviewed": "review_submitted",
    "tasks_are_answered": "review_task_answered",
    "one_round_at_a_time": "review_concluded",
    "round_is_open": "review_submitted",
    "taken_by_this_reviewer": "review_taken",
    "renotified_after_change": "notice_approved",
    "confiscation_not_raised": "notice_approved",
    "hearing_is_announced_or_closed": "hearing_announced",
    "minors_are_not_published": "publication_declined",
    "fine_is_in_its_tier": "deliberated",
    "served_papers_have_receipts": "papers_served",
    "party_is_named_as_licensed": "intake_corrected",
    "papers_follow_corrections": "intake_corrected",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    """Where to go: a step, and the kind of event there (empty: the step itself)."""

    step: int
    kind: str = ""


def cure_of(block: Block, catalogue: EventCatalogue, current: str = "") -> Cure | None:
    """Return where ``block`` is cured, or None where only the event's own particulars are wrong.

    ``current`` is the kind that was refused; it never cures itself.
    """
    known = {kind.kind: kind for kind in catalogue.kinds}
    titles = {kind.title: kind for kind in catalogue.kinds}
    named = CURES.get(block.guard, block.guard.removesuffix(_REQUIRED_FIRST))
    found = known.get(named) or next(
        (titles[text] for text in _QUOTED.findall(block.hint) if text in titles), None
    )
    if found is not None and found.kind != current:
        return Cure(step=found.step, kind=found.kind)
    step = _STEP.search(block.hint)
    return Cure(step=int(step[1])) if step and found is None else None
