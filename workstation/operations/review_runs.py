"""The review of a whole office: all cases one by one, stopped and taken up again at will.

What came of each case is kept beside it, so that the next run asks only the cases in which
something was written since, or in which a day that counts has passed.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

from workstation import data_files
from workstation.domain.cases import JsonValue
from workstation.domain.dated_entries import EntryKind
from workstation.operations.reviews import CaseReview, ReviewOperations
from workstation.procedure.rules import RULE_KINDS
from workstation.review.records import State
from workstation.storage.database import Database, Unit
from workstation.storage.records import CheckedCase

Progress = Callable[[int, int], None]
_DATA = ("statutes/checks.toml", "statutes/relations.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRun:
    """What a run over the office found.

    ``checked`` cases were asked anew, ``unchanged`` ones stand as they were found before;
    ``cases`` are those with something wrong, the gravest first.
    """

    checked: int
    unchanged: int
    cases: tuple[CheckedCase, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the run as ``case check --all`` prints it."""
        return {
            "checked": self.checked,
            "unchanged": self.unchanged,
            "cases": [
                {
                    "case_id": case.case_id,
                    "number": case.number,
                    "title": case.title,
                    "checked_on": case.checked_on.isoformat(),
                    "blocking": case.blocking,
                    "failed": case.failed,
                    "for_a_person": case.waiting,
                    "findings": list(case.findings),
                }
                for case in self.cases
            ],
        }


class ReviewRunOperations:
    """Each case is read and kept in a transaction of its own; nothing of it is lost on a stop."""

    def __init__(self, database: Database, reviews: ReviewOperations, home: Path) -> None:
        self._database = database
        self._reviews = reviews
        files = [data_files.overlay(name, home) for name in _DATA]
        self._data = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()

    def run(
        self,
        progress: Progress | None = None,
        stop: Event | None = None,
        *,
        everything: bool = False,
    ) -> ReviewRun | None:
        """Check every case that changed since it was checked last; all with ``everything``.

        Returns:
            What was found, or None when stopped; the cases checked until then are kept and the
            next run goes on after them.
        """
        with self._database.reading() as unit:
            basis = self._basis(unit)
            versions = _with_overrulings(unit)
            known = {case.case_id: case for case in unit.checked_cases.all()}
        today = date.today()
        due = [
            (case_id, version)
            for case_id, version in versions.items()
            if everything or _is_due(known.get(case_id), version, basis, today)
        ]
        for done, (case_id, version) in enumerate(due):
            if stop is not None and stop.is_set():
                return None
            self._check(case_id, version, basis)
            if progress is not None:
                progress(done + 1, len(due))
        return self.found(checked=len(due))

    def found(self, *, checked: int = 0) -> ReviewRun:
        """Return what the runs found so far, without asking anything."""
        with self._database.reading() as unit:
            cases = unit.checked_cases.all()
        wrong = sorted((c for c in cases if c.failed), key=lambda c: (-c.blocking, -c.failed))
        return ReviewRun(checked=checked, unchanged=len(cases) - checked, cases=tuple(wrong))

    def _basis(self, unit: Unit) -> str:
        """Return what else the answers hang on: the lists, and what the office decided."""
        return f"{self._data[:16]}-{len(unit.dated_entries.of_kind(*RULE_KINDS))}"

    def _check(self, case_id: str, version: int, basis: str) -> None:
        found = self._reviews.check_case(case_id, pages=False)
        with self._database.reading() as unit:
            case = unit.cases.get(case_id)
        kept = CheckedCase(
            case_id=case_id,
            number=case.number or case.lead.number,
            title=case.title,
            version=version,
            basis=basis,
            checked_on=found.as_of,
            next_day=found.next_day,
            blocking=sum(finding.stands_in_the_way for finding in found.findings),
            failed=found.summary[State.FAILED.value],
            waiting=found.summary[State.FOR_A_PERSON.value],
            findings=_kept(found),
        )
        with self._database.writing() as unit:
            unit.checked_cases.put(kept)


def _with_overrulings(unit: Unit) -> dict[str, int]:
    """Return the version of every case, which a person's conclusion on a check makes another."""
    entries = unit.dated_entries.of_kind(EntryKind.OVERRULING)
    concluded = Counter(entry.key.partition("/")[0] for entry in entries)
    return {key: version + concluded[key] for key, version in unit.cases.versions().items()}


def _is_due(known: CheckedCase | None, version: int, basis: str, today: date) -> bool:
    if known is None or (known.version, known.basis) != (version, basis):
        return True
    return known.next_day is not None and known.next_day < today


def _kept(found: CaseReview) -> tuple[dict[str, JsonValue], ...]:
    return tuple(
        {
            "check": finding.check.id,
            "level": finding.level.value,
            "message": finding.message,
            "document": finding.place.document if finding.place else "",
        }
        for finding in found.findings
        if finding.state is State.FAILED
    )
