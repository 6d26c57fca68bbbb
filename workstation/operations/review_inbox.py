"""The reviewer's inbox (法制审核收件箱): whose turn it is in every case under review, by when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from workstation.domain.cases import CaseFile
from workstation.operations.readings import drafts_under_review, rules_of
from workstation.operations.review_views import RoundState, last_state
from workstation.procedure import ProcedureRules
from workstation.procedure.endings import ENDING_KINDS
from workstation.procedure.guards_review import approves
from workstation.procedure.review_rounds import SUBMITTED, ReviewRound, rounds_of
from workstation.storage.database import Database, Unit
from workstation.storage.records import CheckedCase, DeadlineEntry

_ENDED = ("case_closed", "case_archived", *ENDING_KINDS)
_REVIEW, _TASKS = "DL29", "DL43"


class InboxGroup(StrEnum):
    """Whose turn it is and why; the value is shown, the order is that of the chips."""

    WAITING = "待收件"
    TAKEN = "审查中"
    ANSWERED = "已答复"
    RETURNED = "退回办理中"
    VOIDED = "通过已失效"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """The last round of one case.

    ``due`` is the last day of what is under way: of the review, or of the first open task; None
    where no period runs. ``basis`` is the article or parameter it rests on. ``failed`` are the
    checks that failed when the case was last checked with the whole office, None before.
    """

    case_id: str
    number: str
    party: str
    matter: str
    group: InboxGroup
    round: int
    stage: str
    submitted_at: datetime
    submitted_by: str
    reviewer: str
    due: date | None
    basis: str
    open_tasks: int
    failed: int | None
    why: str

    def days_left(self, today: date) -> int | None:
        """Return the days until it is due, negative when overdue."""
        return (self.due - today).days if self.due else None

    def as_json(self, today: date) -> dict[str, Any]:
        """Return the row as ``review inbox`` prints it."""
        left = self.days_left(today)
        return {
            "case_id": self.case_id,
            "number": self.number,
            "party": self.party,
            "matter": self.matter,
            "group": self.group.value,
            "round": self.round,
            "stage": self.stage,
            "submitted": {
                "at": self.submitted_at.isoformat(timespec="minutes"),
                "by": self.submitted_by,
            },
            "reviewer": self.reviewer,
            "due": self.due.isoformat() if self.due else None,
            "days_left": left,
            "overdue": left is not None and left < 0,
            "basis": self.basis,
            "open_tasks": self.open_tasks,
            "failed": self.failed,
            "why": self.why,
        }


class ReviewInboxOperations:
    """Only reads; safe to call from any thread."""

    def __init__(self, database: Database, rules: ProcedureRules) -> None:
        self._database = database
        self._rules = rules

    def rows(self) -> tuple[InboxRow, ...]:
        """Return every case in which somebody has to act on a review, the most urgent first."""
        with self._database.reading() as unit:
            ended = frozenset(unit.events.cases_with(_ENDED))
            under_review = unit.events.cases_with((SUBMITTED,))
            files = unit.cases.load_courses([c for c in under_review if c not in ended])
            rules = rules_of(unit, self._rules)
            checked = {case.case_id: case for case in unit.checked_cases.all()}
            deadlines = unit.deadlines.of_cases([file.case.id for file in files])
            matters = _matter_names(unit)
            voided = _voided(unit, files, rules.on(date.today()))
        found = []
        for file in files:
            last = rounds_of(file)[-1]
            turn = _turn(file, last, rules, voided)
            if turn is not None:
                beside = (deadlines.get(file.case.id, ()), checked.get(file.case.id))
                found.append(self._row(file, last, turn, beside, matters))
        far = date.max
        return tuple(sorted(found, key=lambda r: (r.due or far, r.submitted_at, r.case_id)))

    def _row(
        self,
        file: CaseFile,
        last: ReviewRound,
        turn: tuple[InboxGroup, str],
        beside: tuple[Iterable[DeadlineEntry], CheckedCase | None],
        matters: dict[str, str],
    ) -> InboxRow:
        case, (group, why), (deadlines, checked) = file.case, turn, beside
        due, basis = self._due(group, last, deadlines)
        return InboxRow(
            case_id=case.id,
            number=case.number or case.lead.number,
            party=case.party.name,
            matter=matters.get(case.matter_code, case.matter_code),
            group=group,
            round=last.number,
            stage=last.stage,
            submitted_at=last.submitted.at,
            submitted_by=last.submitted.actor,
            reviewer=last.reviewer,
            due=due,
            basis=basis,
            open_tasks=len(last.open_tasks),
            failed=checked.failed if checked else None,
            why=why,
        )

    def _due(
        self, group: InboxGroup, last: ReviewRound, deadlines: Iterable[DeadlineEntry]
    ) -> tuple[date | None, str]:
        """Return the last day of what is under way and the basis it is counted on."""
        if group not in {InboxGroup.WAITING, InboxGroup.TAKEN, InboxGroup.RETURNED}:
            return None, ""
        code = _TASKS if group is InboxGroup.RETURNED else _REVIEW
        days = [d.last_day for d in deadlines if d.code == code and not d.done and d.last_day]
        days += [task.due for task in last.open_tasks if task.due]
        if not days:
            return None, ""
        rule = self._rules.deadlines.rule(code)
        return min(days), f"{code} {rule.name}（{rule.basis}）"


def _turn(
    file: CaseFile, last: ReviewRound, rules: ProcedureRules, voided: Mapping[str, str]
) -> tuple[InboxGroup, str] | None:
    """Return whose turn it is and why; None where nobody has to act."""
    if last.concluded is None:
        return (InboxGroup.TAKEN if last.taken else InboxGroup.WAITING), ""
    if not approves(last, rules):
        waits = "等承办人再次送审" if not last.open_tasks else ""
        group = InboxGroup.RETURNED if last.open_tasks else InboxGroup.ANSWERED
        return group, waits
    why = voided.get(file.case.id)
    return None if why is None else (InboxGroup.VOIDED, why)


def _voided(unit: Unit, files: Iterable[CaseFile], rules: ProcedureRules) -> dict[str, str]:
    """Return what voids the approval of each case whose last round was approved and is void.

    Papers and drafts are read for all of these cases at once.
    """
    approved = {file.case.id: file for file in files if approves(rounds_of(file)[-1], rules)}
    documents = unit.documents.of_cases(approved.keys())
    drafts = unit.drafts.of_cases(approved.keys())
    found = {}
    for case_id, file in approved.items():
        whole = replace(file, documents=documents.get(case_id, ()))
        typed = drafts_under_review(whole, drafts.get(case_id, ()))
        state, changes = last_state(whole, rules, typed)
        if state is RoundState.VOIDED:
            found[case_id] = "；".join(f"{change.name}：{change.what}" for change in changes)
    return found


def _matter_names(unit: Unit) -> dict[str, str]:
    return {matter.code: matter.name for matter in unit.matters.all()}
