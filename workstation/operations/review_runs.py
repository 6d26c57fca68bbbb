"""The review of a whole office: all open cases one by one, stopped and taken up again at will.

What came of each check in each case is kept, so that the next run asks only the cases in which
something was written since, or in which a day that counts has passed, and so that it can say
what was not so before.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from threading import Event
from typing import Any

from workstation import __version__, data_files
from workstation.domain.dated_entries import EntryKind
from workstation.operations.law import LawOperations
from workstation.operations.past_fines import KeptPastFines, PastReader
from workstation.operations.reviews import CaseReview, ReviewOperations
from workstation.procedure.rules import RULE_KINDS
from workstation.review.records import Finding, State
from workstation.storage.database import Database, Unit
from workstation.storage.record_json import record_digest
from workstation.storage.records import CheckedCase, CheckResult

Progress = Callable[[int, int], None]
_DATA = ("statutes/checks.toml", "statutes/relations.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCaseView:
    """A case in which something is wrong or was put right, as the last run found it.

    ``failed`` are all its failed checks, ``new`` those of them that were not so before the day
    asked for, ``mended`` those that failed until then and do not any more.
    """

    case: CheckedCase
    failed: tuple[CheckResult, ...]
    new: tuple[CheckResult, ...]
    mended: tuple[CheckResult, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the case as ``case check --all`` prints it."""
        fresh = {result.check_id for result in self.new}
        return {
            "case_id": self.case.case_id,
            "number": self.case.number,
            "title": self.case.title,
            "checked_at": self.case.checked_at.isoformat(),
            "blocking": self.case.blocking,
            "failed": self.case.failed,
            "for_a_person": self.case.waiting,
            "findings": [
                _result_json(result) | {"new": result.check_id in fresh} for result in self.failed
            ],
            "mended": [result.check_id for result in self.mended],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """A failed check of a case as lists show it; ``step`` is 0 where the place has none."""

    case_id: str
    number: str
    title: str
    check: str
    level: str
    step: int
    since: date
    document: str
    message: str
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRun:
    """What a run over the office found.

    ``checked`` cases were asked anew, ``unchanged`` ones stand as they were found before;
    ``since`` is the day from which a finding counts as new. ``cases`` are those with something
    wrong or mended, those with something new first, then the gravest.
    """

    checked: int
    unchanged: int
    since: date
    cases: tuple[CheckedCaseView, ...]

    @property
    def lines(self) -> tuple[FoundLine, ...]:
        """What failed, case by case, the new ones of a case before the others of it."""
        return tuple(
            _line(view, result, is_new=is_new)
            for view in self.cases
            for is_new in (True, False)
            for result in view.failed
            if (result in view.new) is is_new
        )

    @property
    def new(self) -> int:
        """How many findings are new."""
        return sum(len(case.new) for case in self.cases)

    def as_json(self) -> dict[str, Any]:
        """Return the run as ``case check --all`` prints it."""
        return {
            "checked": self.checked,
            "unchanged": self.unchanged,
            "since": self.since.isoformat(),
            "new": self.new,
            "cases": [case.as_json() for case in self.cases],
        }


class ReviewRunOperations:
    """Each case is read and kept in a transaction of its own; nothing of it is lost on a stop."""

    def __init__(
        self, database: Database, reviews: ReviewOperations, law: LawOperations, home: Path
    ) -> None:
        self._database = database
        self._reviews = reviews
        self._law = law
        files = [data_files.overlay(name, home) for name in _DATA]
        self._data = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()

    def run(
        self,
        progress: Progress | None = None,
        stop: Event | None = None,
        *,
        everything: bool = False,
        since: date | None = None,
    ) -> ReviewRun | None:
        """Check every open case that changed since it was checked last; all with ``everything``.

        Args:
            progress: told after each case how many are done, and of how many.
            stop: ends the run before the next case when set.
            everything: check unchanged cases too.
            since: the day from which a finding counts as new; where None, the day of the start.

        Returns:
            What was found, or None when stopped; the cases checked until then are kept and the
            next run goes on after them.
        """
        law = self._law.fingerprint()
        with self._database.reading() as unit:
            basis = self._basis(unit, law)
            versions = _with_overrulings(unit)
            known = {case.case_id: case for case in unit.checked_cases.all()}
        now = datetime.now().replace(microsecond=0)
        due = [
            (case_id, version)
            for case_id, version in versions.items()
            if everything or _is_due(known.get(case_id), version, basis, now.date())
        ]
        past = KeptPastFines().between
        for done, (case_id, version) in enumerate(due):
            if stop is not None and stop.is_set():
                return None
            self._check(case_id, version, (basis, now), past)
            if progress is not None:
                progress(done + 1, len(due))
        return self.found(since or now.date(), checked=len(due))

    def found(self, since: date | None = None, *, checked: int = 0) -> ReviewRun:
        """Return what the runs found so far in open cases, without asking anything."""
        day = since or date.today()
        begin = datetime.combine(day, time.min)
        failed = State.FAILED.value
        with self._database.reading() as unit:
            is_open = unit.cases.versions().keys()
            cases = [case for case in unit.checked_cases.all() if case.case_id in is_open]
            wrong = _by_case(unit.checked_cases.in_state(failed))
            passed = (unit.checked_cases.in_state(s.value, before=failed) for s in State)
            mended = _by_case(r for found in passed for r in found if r.state != failed)
        views = [
            CheckedCaseView(
                case=case,
                failed=wrong.get(case.case_id, ()),
                new=_from(begin, wrong.get(case.case_id, ())),
                mended=_from(begin, mended.get(case.case_id, ())),
            )
            for case in cases
        ]
        shown = [view for view in views if view.failed or view.mended]
        shown.sort(key=lambda v: (-len(v.new), -v.case.blocking, -v.case.failed))
        unchanged = len(cases) - checked
        return ReviewRun(checked=checked, unchanged=unchanged, since=day, cases=tuple(shown))

    def _basis(self, unit: Unit, law: str) -> str:
        """Return what else the answers hang on: program, lists, law, what the office decided."""
        decided = (unit.dated_entries.of_kind(*RULE_KINDS), unit.matters.all())
        parts = (__version__, self._data, law, record_digest(decided))
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]

    def _check(
        self, case_id: str, version: int, asked: tuple[str, datetime], past: PastReader
    ) -> None:
        basis, now = asked
        found = self._reviews.check_case(case_id, now.date(), pages=False, past=past)
        with self._database.reading() as unit:
            case = unit.cases.get(case_id)
            earlier = {
                result.check_id: result for result in unit.checked_cases.results_of(case_id)
            }
        kept = CheckedCase(
            case_id=case_id,
            number=case.number or case.lead.number,
            title=case.title,
            version=version,
            basis=basis,
            checked_at=now,
            next_day=found.next_day,
            blocking=sum(finding.stands_in_the_way for finding in found.findings),
            failed=found.summary[State.FAILED.value],
            waiting=found.summary[State.FOR_A_PERSON.value],
        )
        with self._database.writing() as unit:
            unit.checked_cases.put(kept, _results(found, earlier, now))


def _with_overrulings(unit: Unit) -> dict[str, int]:
    """Return the version of every case, which a person's conclusion on a check makes another."""
    entries = unit.dated_entries.of_kind(EntryKind.OVERRULING)
    concluded = Counter(entry.key.partition("/")[0] for entry in entries)
    return {key: version + concluded[key] for key, version in unit.cases.versions().items()}


def _is_due(known: CheckedCase | None, version: int, basis: str, today: date) -> bool:
    if known is None or (known.version, known.basis) != (version, basis):
        return True
    return known.next_day is not None and known.next_day < today


def _results(
    found: CaseReview, earlier: Mapping[str, CheckResult], now: datetime
) -> list[CheckResult]:
    """Return what is kept; checks that never applied to the case are left out."""
    return [
        _result(found.case_id, finding, earlier.get(finding.check.id), now)
        for finding in found.findings
        if finding.state is not State.NOT_APPLICABLE or finding.check.id in earlier
    ]


def _result(
    case_id: str, finding: Finding, earlier: CheckResult | None, now: datetime
) -> CheckResult:
    place, state = finding.place, finding.state.value
    places = " ".join(sorted({f"{p.document}.{p.field}@{p.step}" for p in finding.passages}))
    stands = earlier is not None and (earlier.state, earlier.places) == (state, places)
    return CheckResult(
        case_id=case_id,
        check_id=finding.check.id,
        state=state,
        level=finding.level.value,
        message=finding.message if finding.needs_attention else "",
        title=place.title if place else "",
        document=place.document if place else "",
        field=place.field if place else "",
        step=place.step if place else 0,
        places=places,
        since=earlier.since if earlier and stands else now,
        before=(earlier.before if stands else earlier.state) if earlier else "",
    )


def _by_case(results: Iterable[CheckResult]) -> dict[str, tuple[CheckResult, ...]]:
    found: dict[str, tuple[CheckResult, ...]] = {}
    for result in results:
        found[result.case_id] = (*found.get(result.case_id, ()), result)
    return found


def _from(begin: datetime, results: Iterable[CheckResult]) -> tuple[CheckResult, ...]:
    return tuple(result for result in results if result.since >= begin)


def _line(view: CheckedCaseView, result: CheckResult, *, is_new: bool) -> FoundLine:
    return FoundLine(
        case_id=view.case.case_id,
        number=view.case.number,
        title=view.case.title,
        check=result.check_id,
        level=result.level,
        step=result.step,
        since=result.since.date(),
        document=result.document,
        message=result.message,
        is_new=is_new,
    )


def _result_json(result: CheckResult) -> dict[str, Any]:
    return {
        "check": result.check_id,
        "state": result.state,
        "level": result.level,
        "message": result.message,
        "place": {"document": result.document, "title": result.title, "field": result.field},
        "step": result.step or None,
        "since": result.since.isoformat(),
    }
