"""Reconsideration and lawsuits of a case: while they are pending, and what became of the decision.

A lawsuit ends with the first ruling marked as final (``effective``); reconsideration ends with
its decision.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import (
    PENALTY,
    confiscated_of,
    day_of,
    fine_of,
    money,
    outcome_of,
    text_of,
)
from workstation.procedure.period_records import Deduction

RECONSIDERATION = "行政复议"
LAWSUIT = "行政诉讼"
REDO = "撤销并责令重作"
_ANNULLED = frozenset({"撤销", REDO, "确认无效"})
_CHANGED = frozenset({"变更", "部分撤销"})
LOST = _ANNULLED | _CHANGED | {"确认违法"}
_PATHS = (
    (RECONSIDERATION, "reconsideration_received", "reconsideration_decided"),
    (LAWSUIT, "lawsuit_received", "lawsuit_judged"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One reconsideration or lawsuit; ``ended`` is None while it is pending."""

    path: str
    received: CaseEvent
    ended: CaseEvent | None

    @property
    def began(self) -> date:
        """The day the party applied or sued."""
        return day_of(self.received.data.get("applied_on")) or self.received.day

    @property
    def span(self) -> Deduction:
        """The days it was pending; without an end while it still is."""
        last = self.ended.day if self.ended else date.max
        return Deduction(first=self.began, last=last, why=f"{self.path}期间（行政处罚法§73）")


def remedies(case_file: CaseFile) -> tuple[Remedy, ...]:
    """Return the reconsiderations and lawsuits against the decision, the earliest first."""
    found = [remedy for names in _PATHS for remedy in _of_path(case_file, *names)]
    return tuple(sorted(found, key=lambda remedy: remedy.began))


def _of_path(case_file: CaseFile, path: str, received: str, ended: str) -> Iterator[Remedy]:
    endings = [e for e in case_file.all_of(ended) if _ends(e)]
    for event in case_file.all_of(received):
        answer = next((e for e in endings if _order(e) > _order(event)), None)
        if answer is not None:
            endings.remove(answer)
        yield Remedy(path=path, received=event, ended=answer)


def _ends(event: CaseEvent) -> bool:
    return event.kind != "lawsuit_judged" or event.data.get("effective") is True


def _order(event: CaseEvent) -> tuple[str, int]:
    return event.at.isoformat(), event.position


def pending(case_file: CaseFile) -> Remedy | None:
    """Return the reconsideration or lawsuit that is still pending, or None."""
    return next((r for r in remedies(case_file) if r.ended is None), None)


def result_of_remedy(event: CaseEvent) -> str:
    """Return the outcome of a reconsideration decision or a ruling (维持, 撤销 …)."""
    return text_of(event.data.get("outcome"))


def rulings(case_file: CaseFile) -> tuple[CaseEvent, ...]:
    """Return every reconsideration decision and ruling of a case, in order."""
    kinds = {ended for _, _, ended in _PATHS}
    return tuple(event for event in case_file.events if event.kind in kinds)


def path_of(ruling: CaseEvent) -> str:
    """Return the path a ruling came by: 行政复议 or 行政诉讼."""
    return next(path for path, _, ended in _PATHS if ended == ruling.kind)


def went_against(ruling: CaseEvent) -> bool:
    """Whether a ruling that counts changed or annulled the decision, or found it unlawful."""
    return _ends(ruling) and result_of_remedy(ruling) in LOST


def findings_against(case_file: CaseFile) -> tuple[CaseEvent, ...]:
    """Return what found against the last decision, in order: changed, annulled or unlawful."""
    decision = case_file.last("decision_made")
    return tuple(
        event
        for event in rulings(case_file)
        if went_against(event) and (decision is None or _order(event) > _order(decision))
    )


def standing_amounts(case_file: CaseFile) -> tuple[Decimal, Decimal]:
    """Return the fine and the confiscated gain (yuan) of the decision as it stands now."""
    decision = case_file.last("decision_made")
    if decision is None or outcome_of(decision) != PENALTY:
        return Decimal(0), Decimal(0)
    fine = fine_of(decision, case_file) or Decimal(0)
    confiscated = confiscated_of(decision)
    for event in findings_against(case_file):
        outcome = result_of_remedy(event)
        if outcome in _ANNULLED:
            fine, confiscated = Decimal(0), Decimal(0)
        elif outcome in _CHANGED:
            fine = _or(money(event.data.get("new_fine")), fine)
            confiscated = _or(money(event.data.get("new_confiscated")), confiscated)
    return fine, confiscated


def _or(amount: Decimal | None, otherwise: Decimal) -> Decimal:
    return otherwise if amount is None else amount
