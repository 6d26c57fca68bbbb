"""The rounds of a case as the window and the command line show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from workstation.domain.cases import CaseFile, IssuedDocument, JsonValue
from workstation.domain.frozen_drafts import FrozenDraft
from workstation.procedure import ProcedureRules
from workstation.procedure.frozen_cases import frozen_from
from workstation.procedure.guards_review import approves
from workstation.procedure.review_freezes import (
    ReviewChange,
    after_round,
    changes_between,
    voided_by,
)
from workstation.procedure.review_rounds import ReviewRound, ReviewTask, rounds_of
from workstation.procedure.review_stages import ReviewStage
from workstation.review.conclusions import Subject

_OPINION_FORM = "D40"


class RoundState(StrEnum):
    """Where a round stands; the value is shown."""

    WAITING = "待收件"
    TAKEN = "审查中"
    RETURNED = "已退回"
    APPROVED = "通过，有效"
    VOIDED = "通过，已失效"
    FOLLOWED = "通过，已有新一轮"
    USED = "通过，已据以办理"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """One of the ten conclusions as a person wrote it; ``verdict`` is empty until then."""

    subject: Subject
    verdict: str = ""
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the conclusion as the command line prints it."""
        return {
            "title": self.subject.title,
            "field": self.subject.field,
            "verdict": self.verdict,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """One round with what changed since the one before and, once approved, what voids it."""

    round: ReviewRound
    state: RoundState
    changes: tuple[ReviewChange, ...] = ()
    voided_by: tuple[ReviewChange, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    paper: str = ""
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the round as ``review show`` prints it."""
        round_ = self.round
        return {
            "number": round_.number,
            "stage": round_.stage,
            "legal": round_.is_legal,
            "state": self.state.value,
            "submitted": {
                "at": round_.submitted.at.isoformat(timespec="minutes"),
                "by": round_.submitted.actor,
            },
            "taken": (
                {
                    "at": round_.taken.at.isoformat(timespec="minutes"),
                    "reviewer": str(round_.taken.data.get("reviewer") or round_.taken.actor),
                }
                if round_.taken
                else None
            ),
            "concluded": (
                {
                    "at": round_.concluded.at.isoformat(timespec="minutes"),
                    "reviewer": round_.reviewer,
                    "opinion": round_.opinion,
                    "reason": self.reason,
                    "document": self.paper,
                }
                if round_.concluded
                else None
            ),
            "conclusions": [conclusion.as_json() for conclusion in self.conclusions],
            "tasks": [task_json(task) for task in round_.tasks],
            "changes": [change.as_json() for change in self.changes],
            "voided_by": [change.as_json() for change in self.voided_by],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """All rounds of a case on a day.

    ``stage`` is that of the next legal round; ``changes`` what is other now than in the last
    round; ``conclusions`` what the reviewer of the open round has concluded so far.
    """

    case_id: str
    as_of: date
    stage: str
    rounds: tuple[RoundView, ...]
    changes: tuple[ReviewChange, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()

    @property
    def last(self) -> RoundView | None:
        """The latest round, or None."""
        return self.rounds[-1] if self.rounds else None

    @property
    def open_tasks(self) -> tuple[ReviewTask, ...]:
        """The tasks nobody has answered."""
        return tuple(task for shown in self.rounds for task in shown.round.open_tasks)

    @property
    def waits_for(self) -> str:
        """Who acts next: 法制审核人员, 承办人, or nobody."""
        last = self.last
        if last is None:
            return ""
        if last.round.is_open:
            return last.round.reviewer or "法制审核人员"
        return "承办人" if last.state in {RoundState.RETURNED, RoundState.VOIDED} else ""

    def as_json(self) -> dict[str, Any]:
        """Return the rounds as ``review show`` prints them."""
        return {
            "case_id": self.case_id,
            "as_of": self.as_of.isoformat(),
            "next_stage": self.stage,
            "waits_for": self.waits_for,
            "rounds": [shown.as_json() for shown in self.rounds],
            "changes_since": [change.as_json() for change in self.changes],
            "conclusions": [conclusion.as_json() for conclusion in self.conclusions],
            "open_tasks": [task_json(task) for task in self.open_tasks],
        }


def task_json(task: ReviewTask) -> dict[str, Any]:
    """Return a task as the command line prints it."""
    answer = task.answer
    return {
        "id": task.id,
        "what": task.what,
        "document": task.document,
        "field": task.field,
        "page": task.page or None,
        "article": task.article,
        "due": task.due.isoformat() if task.due else None,
        "done": not task.is_open,
        "answer": (
            {"by": answer.person, "on": answer.day.isoformat(), "note": answer.note}
            if answer
            else None
        ),
    }


def conclusions_of(
    subjects: Iterable[Subject], values: Mapping[str, JsonValue]
) -> tuple[Conclusion, ...]:
    """Return the ten conclusions that the values of an opinion (D40) hold."""
    return tuple(
        Conclusion(
            subject=subject,
            verdict=str(values.get(subject.field) or ""),
            reason=str(values.get(subject.reason_field) or ""),
        )
        for subject in subjects
    )


def rounds_shown(
    file: CaseFile,
    rules: ProcedureRules,
    drafts: Mapping[str, FrozenDraft] | None,
    subjects: Iterable[Subject],
) -> tuple[RoundView, ...]:
    """Return the rounds of a case with their states; ``drafts`` as in ``voided_by``."""
    rounds, subjects = rounds_of(file), tuple(subjects)
    shown = []
    for place, round_ in enumerate(rounds):
        later = rounds[place + 1 :]
        stage = next((s for s in rules.stages if s.name == round_.stage), None)
        state, voids = _state(round_, later, file, rules, (stage, drafts))
        paper = _opinion(file, round_)
        shown.append(
            RoundView(
                round=round_,
                state=state,
                changes=_since(rounds[place - 1], round_, file, rules) if place else (),
                voided_by=voids,
                conclusions=conclusions_of(subjects, paper.values) if paper else (),
                paper=paper.key if paper else "",
                reason=str(paper.values.get("reason") or "") if paper else "",
            )
        )
    return tuple(shown)


def last_state(
    file: CaseFile, rules: ProcedureRules, drafts: Mapping[str, FrozenDraft] | None
) -> tuple[RoundState, tuple[ReviewChange, ...]]:
    """Return where the last round of a case stands and what voids it; as :func:`rounds_shown`.

    Events and issued papers of the file are enough.
    """
    last = rounds_of(file)[-1]
    stage = next((s for s in rules.stages if s.name == last.stage), None)
    return _state(last, (), file, rules, (stage, drafts))


def _state(
    round_: ReviewRound,
    later: tuple[ReviewRound, ...],
    file: CaseFile,
    rules: ProcedureRules,
    beside: tuple[ReviewStage | None, Mapping[str, FrozenDraft] | None],
) -> tuple[RoundState, tuple[ReviewChange, ...]]:
    concluded, (stage, drafts) = round_.concluded, beside
    if concluded is None:
        return (RoundState.TAKEN if round_.taken else RoundState.WAITING), ()
    if not approves(round_, rules):
        return RoundState.RETURNED, ()
    since = (concluded.at, concluded.position)
    if stage is not None and any(
        (event.at, event.position) > since for event in file.all_of(stage.until)
    ):
        return RoundState.USED, ()
    if any(other.stage == round_.stage or (other.is_legal and round_.is_legal) for other in later):
        return RoundState.FOLLOWED, ()
    voids: tuple[ReviewChange, ...] = ()
    if stage is not None:
        seen = frozen_from(round_.frozen)
        voids = voided_by(seen, file, stage, drafts, rules.fact_labels)
    return (RoundState.VOIDED if voids else RoundState.APPROVED), voids


def _since(
    before: ReviewRound, round_: ReviewRound, file: CaseFile, rules: ProcedureRules
) -> tuple[ReviewChange, ...]:
    kept = round_.submitted.data.get("frozen")
    if not before.frozen or not isinstance(kept, dict):
        return ()
    seen = after_round(before, file)
    return changes_between(seen, frozen_from(kept), file, None, rules.fact_labels)


def _opinion(file: CaseFile, round_: ReviewRound) -> IssuedDocument | None:
    position = round_.concluded.position if round_.concluded else 0
    found = (d for d in file.documents if d.form == _OPINION_FORM)
    return next((d for d in found if d.event_position == position), None)
