"""Why decisions of the office fell in reconsideration or court, counted by check of the list.

A ruling is what a reconsideration body or a court decided; a reason is one ground it gave, with
the check that should have caught it, or none (清单未覆盖). Only counted, nothing is concluded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import names_of, text_of
from workstation.procedure.remedies import path_of, result_of_remedy, rulings, went_against
from workstation.review.records import State

NOT_COVERED = "清单未覆盖"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingReason:
    """One reason of a ruling; ``id`` is the ruling's place among the events and a number: 31-1.

    ``check`` is empty where no check of the list covers it. ``said`` is what the list says of the
    file as it stood when the decision was made (符合, 不符合 …), empty where that was not asked.
    ``day`` is None where the reason was only named with the ruling (败诉原因).
    """

    id: str
    check: str
    ground: str = ""
    article: str = ""
    note: str = ""
    said: str = ""
    person: str = ""
    day: date | None = None

    @property
    def was_told(self) -> bool:
        """Whether the list found it then, and the decision was made all the same."""
        return self.said == State.FAILED.value

    def as_json(self) -> dict[str, Any]:
        """Return the reason as the command line prints it."""
        return {
            "id": self.id,
            "check": self.check or NOT_COVERED,
            "ground": self.ground,
            "article": self.article,
            "note": self.note,
            "check_said": self.said,
            "recorded_by": self.person,
            "recorded_on": self.day.isoformat() if self.day else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A reconsideration decision or a ruling of a case and the reasons recorded for it.

    ``against`` marks one that counts and changed or annulled the decision or found it unlawful.
    """

    case_id: str
    case_number: str
    position: int
    path: str
    result: str
    number: str
    day: date
    against: bool
    summary: str
    reasons: tuple[RulingReason, ...] = ()

    @property
    def name(self) -> str:
        """What it is in one line: 行政诉讼 撤销 2026-09-21."""
        number = f"　{self.number}" if self.number else ""
        return f"{self.path}　{self.result}　{self.day.isoformat()}{number}"

    def as_json(self) -> dict[str, Any]:
        """Return the ruling as the command line prints it."""
        return {
            "ruling": self.position,
            "path": self.path,
            "result": self.result,
            "number": self.number,
            "date": self.day.isoformat(),
            "against": self.against,
            "summary": self.summary,
            "reasons": [reason.as_json() for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedCheck:
    """A check, or 清单未覆盖 (empty ``check``), and the cases in which a ruling turned on it.

    ``lost`` are cases decided against the office, ``told`` those of them in which the list had
    found it before the decision, ``noted`` cases won in which it was still held against us.
    """

    check: str
    lost: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()

    @property
    def missed(self) -> int:
        """In how many of the lost cases the list had not found it."""
        return len(self.lost) - len(self.told)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingStatistics:
    """The checks by how often they missed; ``lost`` counts all cases decided against the office.

    ``unexplained`` are the rulings against the office for which nobody recorded a reason,
    ``minimum`` is how many cases a comparison needs.
    """

    rulings: int
    lost: int
    minimum: int
    checks: tuple[MissedCheck, ...]
    unexplained: tuple[Ruling, ...]
    by_check: Mapping[str, MissedCheck] = field(default_factory=dict)

    @property
    def is_small(self) -> bool:
        """Whether there are too few lost cases to say anything."""
        return self.lost < self.minimum

    def lost_by(self, check: str) -> int:
        """Return in how many lost cases the ruling turned on a check."""
        found = self.by_check.get(check)
        return len(found.lost) if found else 0


def rulings_of(
    file: CaseFile, recorded: Mapping[int, Sequence[RulingReason]], checks: Iterable[str]
) -> tuple[Ruling, ...]:
    """Return the rulings of a case with their reasons.

    ``recorded`` are the reasons by the ruling's place; where there are none, those that were
    named with the ruling itself count, which say no more than the check.
    """
    known = frozenset(checks)
    return tuple(
        Ruling(
            case_id=file.case.id,
            case_number=file.case.number or file.case.lead.number,
            position=event.position,
            path=path_of(event),
            result=result_of_remedy(event),
            number=text_of(event.data.get("number")),
            day=event.day,
            against=went_against(event),
            summary=text_of(event.data.get("reason")),
            reasons=tuple(recorded.get(event.position, ())) or _named(event, known),
        )
        for event in rulings(file)
    )


def _named(event: CaseEvent, known: frozenset[str]) -> tuple[RulingReason, ...]:
    """Return the reasons named with the ruling; what is no check of the list is kept as a note."""
    found = []
    for place, name in enumerate(names_of(event.data.get("lost_because")), start=1):
        check = name.strip().upper()
        covered = check in known
        found.append(
            RulingReason(
                id=f"{event.position}-{place}",
                check=check if covered else "",
                note="" if covered else name.strip(),
            )
        )
    return tuple(found)


def count_rulings(
    rulings: Iterable[Ruling], order: Sequence[str], minimum: int
) -> RulingStatistics:
    """Count what the rulings turned on; ``order`` is that of the list, for equal counts."""
    rulings = tuple(rulings)
    named = {reason.check for ruling in rulings for reason in ruling.reasons}
    found = {check: _missed(check, rulings) for check in named}
    places = {check: place for place, check in enumerate((*order, ""))}
    return RulingStatistics(
        rulings=len(rulings),
        lost=len({ruling.case_id for ruling in rulings if ruling.against}),
        minimum=minimum,
        checks=tuple(
            sorted(
                found.values(),
                key=lambda m: (-m.missed, -len(m.lost), -len(m.noted), places.get(m.check, -1)),
            )
        ),
        unexplained=tuple(r for r in rulings if r.against and not r.reasons),
        by_check=found,
    )


def _missed(check: str, rulings: Iterable[Ruling]) -> MissedCheck:
    lost: set[str] = set()
    told: set[str] = set()
    noted: set[str] = set()
    for ruling in rulings:
        for reason in ruling.reasons:
            if reason.check != check:
                continue
            if not ruling.against:
                noted.add(ruling.case_id)
                continue
            lost.add(ruling.case_id)
            if reason.was_told:
                told.add(ruling.case_id)
    return MissedCheck(
        check=check,
        lost=tuple(sorted(lost)),
        told=tuple(sorted(told)),
        noted=tuple(sorted(noted - lost)),
    )
