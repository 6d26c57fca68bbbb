"""What a round of appraisal is made of: the round, who sits where, sheets, appeals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from workstation.domain.cases import JsonValue
from workstation.domain.dated_entries import DatedEntry
from workstation.review.appraisal_samples import Drawn
from workstation.review.appraisal_standards import Standard
from workstation.review.appraisals import Mark, MarkKind, Outcome, Seat, Sheet, mark_json

ROUND, ASSIGN, MARK, APPEAL, ANSWER = "round", "assign", "mark", "appeal", "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round of appraisal (评查批次): the cases closed in a span, and how they were drawn."""

    id: str
    name: str
    first: date
    last: date
    share: Decimal
    by: str
    seed: str
    made_by: str
    made_on: date
    drawn: tuple[Drawn, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the round as ``appraisal round`` prints it."""
        return {
            "id": self.id,
            "name": self.name,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "share": str(self.share),
            "by": self.by,
            "seed": self.seed,
            "made_by": self.made_by,
            "made_on": self.made_on.isoformat(),
            "cases": [{"case_id": d.case_id, "group": d.group, "why": d.why} for d in self.drawn],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """An objection of the unit to one mark (初评/K3), and the answer where it was given."""

    target: str
    statement: str
    unit: str
    day: date
    upheld: bool | None = None
    answer: str = ""
    answered_by: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the appeal as the command line prints it."""
        return {
            "target": self.target,
            "statement": self.statement,
            "by": self.unit,
            "date": self.day.isoformat(),
            "upheld": self.upheld,
            "answer": self.answer,
            "answered_by": self.answered_by,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAppraisal:
    """One case of a round: its sheets by seat, the appeals, and the result."""

    round: Round
    case_id: str
    number: str
    title: str
    why: str
    standard: Standard
    sheets: tuple[Sheet, ...]
    appeals: tuple[Appeal, ...]
    outcome: Outcome

    def sheet(self, seat: Seat) -> Sheet | None:
        """Return the sheet of a seat, None where nobody holds it."""
        return next((sheet for sheet in self.sheets if sheet.seat is seat), None)

    @property
    def is_blind(self) -> bool:
        """Whether first and second appraiser must not see each other's sheet yet."""
        sheets = [s for s in (self.sheet(Seat.FIRST), self.sheet(Seat.SECOND)) if s is not None]
        return len(sheets) > 1 and any(sheet.closed is None for sheet in sheets)

    def as_json(self, seat: Seat | None = None) -> dict[str, Any]:
        """Return the appraisal as ``appraisal open`` prints it to the holder of a seat.

        While first and second appraiser work, only the sheet of ``seat`` is told.
        """
        result = self.outcome
        told = [s for s in self.sheets if s.seat is seat or not (seat or self.is_blind)]
        return {
            "round": self.round.id,
            "case_id": self.case_id,
            "number": self.number,
            "title": self.title,
            "why": self.why,
            "standard": self.standard.name,
            "verified": self.standard.verified,
            "seats": {sheet.seat.value: sheet.appraiser for sheet in self.sheets},
            "sheets": [sheet.as_json() for sheet in told],
            "appeals": [appeal.as_json() for appeal in self.appeals],
            "result": {
                "score": str(result.score) if result.score is not None else None,
                "grade": result.grade,
                "how": result.how,
                "waits_for": result.waits_for,
            },
        }


def round_of(entry: DatedEntry) -> Round:
    """Return the round that an entry holds."""
    content = entry.content
    drawn = content["drawn"]
    rows = drawn if isinstance(drawn, list) else []
    return Round(
        id=str(content["id"]),
        name=str(content["name"]),
        first=date.fromisoformat(str(content["first"])),
        last=date.fromisoformat(str(content["last"])),
        share=Decimal(str(content["share"])),
        by=str(content["by"]),
        seed=str(content["seed"]),
        made_by=entry.entered_by,
        made_on=entry.valid_from,
        drawn=tuple(
            Drawn(case_id=str(r["case_id"]), group=str(r["group"]), why=str(r["why"]))
            for r in rows
            if isinstance(r, dict)
        ),
    )


def mark_of(entry: DatedEntry) -> Mark:
    """Return the mark that an entry holds."""
    content = entry.content
    return Mark(
        id=str(content["id"]),
        kind=MarkKind(str(content["kind"])),
        target=str(content["target"]),
        person=entry.entered_by,
        at=entry.entered_at,
        points=Decimal(str(content["points"])),
        reason=str(content["reason"]),
        document=str(content["document"]),
        page=int(str(content["page"])),
        error=str(content["error"]),
        proposal=str(content["proposal"]),
    )


def mark_content(mark: Mark, seat: Seat) -> dict[str, JsonValue]:
    """Return what is kept of a mark."""
    plain = {key: value for key, value in mark_json(mark).items() if key != "person"}
    return {
        **plain,
        "act": MARK,
        "seat": seat.value,
        "page": mark.page,
        "proposal": mark.proposal,
    }


def appeals_of(acts: Mapping[str, list[DatedEntry]]) -> tuple[Appeal, ...]:
    """Return the appeals of a case with their answers; the first answer to each counts."""
    answers = {str(e.content["target"]): e for e in reversed(acts.get(ANSWER, []))}
    return tuple(
        Appeal(
            target=str(entry.content["target"]),
            statement=str(entry.content["statement"]),
            unit=entry.entered_by,
            day=entry.valid_from,
            upheld=bool(answer.content["upheld"]) if answer else None,
            answer=str(answer.content["reason"]) if answer else "",
            answered_by=answer.entered_by if answer else "",
        )
        for entry in acts.get(APPEAL, [])
        for answer in (answers.get(str(entry.content["target"])),)
    )


def now() -> datetime:
    """Return the local time to the second."""
    return datetime.now().replace(microsecond=0)
