"""The reviewer's inbox (法制审核收件箱): whose turn it is in every case under review, by when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.operations.readings import rules_of
from workstation.procedure import ProcedureRules
from workstation.procedure.case_readings import conclusion_of, text_of
from workstation.procedure.endings import ENDING_KINDS
from workstation.storage.database import Database
from workstation.storage.records import CheckedCase, DeadlineEntry

_SUBMITTED, _CONCLUDED = "review_submitted", "review_concluded"
_ENDED = ("decision_made", "case_closed", "case_archived", *ENDING_KINDS)
_REVIEW = "DL29"


class InboxGroup(StrEnum):
    """Whose turn it is and why; the value is shown, the order is that of the chips."""

    WAITING = "待审"
    RETURNED = "退回办理中"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """The last round of one case.

    ``due`` is the last day of the review that is under way, None where no period runs; ``basis``
    is the article or parameter it rests on. ``failed`` are the checks that failed when the case
    was last checked with the whole office, None before.
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
    opinion: str
    due: date | None
    basis: str
    failed: int | None

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
            "opinion": self.opinion,
            "due": self.due.isoformat() if self.due else None,
            "days_left": left,
            "overdue": left is not None and left < 0,
            "basis": self.basis,
            "failed": self.failed,
        }


class ReviewInboxOperations:
    """Only reads; safe to call from any thread."""

    def __init__(self, database: Database, rules: ProcedureRules) -> None:
        self._database = database
        self._rules = rules

    def rows(self) -> tuple[InboxRow, ...]:
        """Return every case in which somebody has to act on a review, the most urgent first.

        Once the decision is made nothing of it waits any more.
        """
        with self._database.reading() as unit:
            ended = frozenset(unit.events.cases_with(_ENDED))
            under_review = unit.events.cases_with((_SUBMITTED,))
            files = unit.cases.load_courses([c for c in under_review if c not in ended])
            agreeing = rules_of(unit, self._rules).parameters.agreeing_conclusions
            checked = {case.case_id: case for case in unit.checked_cases.all()}
            deadlines = {f.case.id: unit.deadlines.of_case(f.case.id) for f in files}
            matters = {matter.code: matter.name for matter in unit.matters.all()}
        rows = [
            self._row(file, group, (deadlines[file.case.id], checked), matters)
            for file in files
            if (group := _group(file, agreeing)) is not None
        ]
        return tuple(sorted(rows, key=lambda r: (r.due or date.max, r.submitted_at, r.case_id)))

    def _row(
        self,
        file: CaseFile,
        group: InboxGroup,
        beside: tuple[Iterable[DeadlineEntry], Mapping[str, CheckedCase]],
        matters: Mapping[str, str],
    ) -> InboxRow:
        case, (deadlines, checked) = file.case, beside
        submissions, concluded = file.all_of(_SUBMITTED), file.last(_CONCLUDED)
        last = submissions[-1]
        returned = concluded if group is InboxGroup.RETURNED else None
        due = None if returned else _due(deadlines)
        rule = self._rules.deadlines.rule(_REVIEW)
        found = checked.get(case.id)
        return InboxRow(
            case_id=case.id,
            number=case.number or case.lead.number,
            party=case.party.name,
            matter=matters.get(case.matter_code, case.matter_code),
            group=group,
            round=len(submissions),
            stage=_stage(file, last),
            submitted_at=last.at,
            submitted_by=last.actor,
            reviewer=text_of(returned.data.get("reviewer")) if returned else "",
            opinion=conclusion_of(returned) if returned else "",
            due=due,
            basis=f"{_REVIEW} {rule.name}：{rule.basis}" if due else "",
            failed=found.failed if found else None,
        )


def _group(file: CaseFile, agreeing: Iterable[str]) -> InboxGroup | None:
    """Return whose turn it is, None where the last opinion lets the case go on."""
    submitted, concluded = file.last(_SUBMITTED), file.last(_CONCLUDED)
    if submitted is None:
        return None
    if concluded is None or _order(concluded) < _order(submitted):
        return InboxGroup.WAITING
    return None if conclusion_of(concluded) in agreeing else InboxGroup.RETURNED


def _stage(file: CaseFile, submitted: CaseEvent) -> str:
    told = file.first("notice_served")
    return "决定前" if told is not None and _order(told) < _order(submitted) else "告知前"


def _due(deadlines: Iterable[DeadlineEntry]) -> date | None:
    days = [d.last_day for d in deadlines if d.code == _REVIEW and not d.done and d.last_day]
    return min(days, default=None)


def _order(event: CaseEvent) -> tuple[datetime, int]:
    return event.at, event.position
