"""The legal review of a case: its 63 checks as of a day, and a reviewer's own conclusions."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from workstation.documents.filters import parse_compact
from workstation.domain.cases import CaseEvent, CaseFile, IssuedDocument, JsonValue
from workstation.domain.citations import ArticleReference
from workstation.domain.dated_entries import DatedEntry, EntryKind
from workstation.domain.people import Person
from workstation.errors import InvalidInputError, WorkstationError
from workstation.legislation.citations import WRONG
from workstation.operations.changes import Changes
from workstation.operations.law import LawOperations
from workstation.operations.past_fines import PastReader, past_fines
from workstation.operations.proofs import ProofReader
from workstation.operations.readings import rules_of, surroundings_by_moment
from workstation.operations.recording import Recorder
from workstation.operations.similar_cases import circles_beside, explanation_of
from workstation.procedure import Surroundings, open_deadlines
from workstation.procedure.case_readings import ends_at, fine_of
from workstation.procedure.reviewers import refused_as_reviewer
from workstation.review.catalogue import load_checks
from workstation.review.checks import review
from workstation.review.records import (
    CaseUnderReview,
    Check,
    Citation,
    Finding,
    Overruling,
    State,
    overruled_by,
)
from workstation.review.replays import replay
from workstation.storage.database import Database, Unit

CONCLUSIONS = (State.PASSED, State.FAILED, State.NOT_APPLICABLE)


class ReviewerRefusedError(WorkstationError):
    """Somebody who may not review the case wants to conclude on a check of it."""

    code = "reviewer_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReview:
    """What came of all checks of a case on a day, in the order of the list.

    ``next_day`` is the nearest last day of a running deadline: after it the answer may differ.
    """

    case_id: str
    as_of: date
    findings: tuple[Finding, ...]
    next_day: date | None = None

    @property
    def applicable(self) -> tuple[Finding, ...]:
        """The findings of the checks that this case is subject to."""
        return tuple(f for f in self.findings if f.state is not State.NOT_APPLICABLE)

    @property
    def stands_in_the_way(self) -> bool:
        """Whether a check blocks the next step and was not overruled."""
        return any(finding.stands_in_the_way for finding in self.findings)

    @property
    def summary(self) -> Mapping[str, int]:
        """How many checks there are of each state."""
        counted = Counter(finding.state for finding in self.findings)
        return {state.value: counted[state] for state in State}

    def as_json(self, *, everything: bool = False) -> dict[str, Any]:
        """Return the review as ``case check`` prints it."""
        shown = self.findings if everything else self.applicable
        return {
            "case_id": self.case_id,
            "as_of": self.as_of.isoformat(),
            "findings": [finding.as_json() for finding in shown],
            "summary": dict(self.summary),
        }


class ReviewOperations:
    """Every call is one short transaction; safe to call from any thread."""

    def __init__(
        self,
        database: Database,
        recorder: Recorder,
        law: LawOperations,
        proofs: ProofReader,
        home: Path | None,
    ) -> None:
        self._database = database
        self._recorder = recorder
        self._law = law
        self._proofs = proofs
        self._texts = proofs.texts
        self.checks = load_checks(recorder.rules.guards, home)

    def check_case(
        self,
        wanted: str,
        as_of: date | None = None,
        *,
        pages: bool = True,
        past: PastReader = past_fines,
    ) -> CaseReview:
        """Ask all checks about a case as it stood on a day (None: today).

        Without ``pages`` no paper is laid out, which is most of the time of a case in disorder.
        ``past`` reads the closed cases it is compared with; a run over many keeps them.
        """
        day = as_of or date.today()
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted)).as_of(day)
            case = self._under_review(unit, file, day, past)
            overrulings = _overrulings(unit, file.case.id, day)
            findings = tuple(
                overruled_by(
                    self._with_pages(unit, f, file) if pages else f, overrulings.get(f.check.id)
                )
                for f in review(case, self.checks)
            )
        return CaseReview(
            case_id=file.case.id, as_of=day, findings=findings, next_day=_next_day(case)
        )

    def under_review(self, wanted: str, as_of: date | None = None) -> CaseUnderReview:
        """Return everything the checks look at in a case, as it stood on a day (None: today)."""
        day = as_of or date.today()
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted)).as_of(day)
            return self._under_review(unit, file, day)

    def overrule(
        self,
        wanted: str,
        check_id: str,
        reason: str,
        *,
        person: str,
        state: State = State.PASSED,
    ) -> Changes:
        """Put a reviewer's conclusion in the place of the machine's; nothing is deleted.

        It is about what the machine says today and lapses when that changes.

        Raises:
            InvalidInputError: there is no such check, or reason or name is missing.
            ReviewerRefusedError: the person is no qualified reviewer or not independent of the
                case (行政处罚法§58).
        """
        _check_overruling(reason, person, state)
        check_id = self.check(check_id).id
        self._require_reviewer(wanted, person.strip())
        case_review = self.check_case(wanted)
        finding = next(f for f in case_review.findings if f.check.id == check_id)
        content: dict[str, JsonValue] = {
            "state": state.value,
            "reason": reason.strip(),
            "finding": finding.message,
            "was": finding.state.value,
            "step": finding.place.step if finding.place else 0,
        }
        case_id = case_review.case_id
        with self._database.writing() as unit:
            unit.dated_entries.add(
                DatedEntry(
                    kind=EntryKind.OVERRULING,
                    key=f"{case_id}/{check_id}",
                    content=content,
                    valid_from=date.today(),
                    source=reason.strip(),
                    verified=True,
                    entered_by=person.strip(),
                    entered_at=datetime.now().replace(microsecond=0),
                )
            )
            logged = {"case": case_id, "check": check_id, "person": person.strip(), **content}
            unit.log.append("check_overruled", logged)
        return Changes.of("case", case_id)

    def reviewers(self, wanted: str) -> tuple[str, ...]:
        """Return the people who may review a case, in the order of the register."""
        file, people = self._file_and_people(wanted)
        return tuple(p.name for p in people if refused_as_reviewer(p.name, p, file) is None)

    def _require_reviewer(self, wanted: str, name: str) -> None:
        file, people = self._file_and_people(wanted)
        person = next((person for person in people if person.name == name), None)
        refusal = refused_as_reviewer(name, person, file)
        if refusal is not None:
            raise ReviewerRefusedError(refusal.message, hint=refusal.hint)

    def _file_and_people(self, wanted: str) -> tuple[CaseFile, tuple[Person, ...]]:
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted))
            return file, unit.office.get().people

    def check(self, check_id: str) -> Check:
        """Return a check by its name (CX5).

        Raises:
            InvalidInputError: there is none.
        """
        found = next((check for check in self.checks if check.id == check_id.upper()), None)
        if found is None:
            message = f"没有编号为“{check_id}”的审核项。"
            hint = f"审核项有：{'、'.join(check.id for check in self.checks)}。"
            raise InvalidInputError(message, hint=hint)
        return found

    def _under_review(
        self, unit: Unit, file: CaseFile, day: date, past: PastReader = past_fines
    ) -> CaseUnderReview:
        rules = rules_of(unit, self._recorder.rules)
        at_moment = surroundings_by_moment(unit, file)
        surroundings = at_moment(datetime.combine(day, time.min))

        def around(event: CaseEvent) -> Surroundings:
            alone = ends_at(event) is None and not surroundings.other_cases
            return surroundings if alone else at_moment(event.at)

        papers = {d.id: self._texts.paper(unit, d) for d in file.documents}
        source = self._proofs.source(unit, file, surroundings.office)
        return CaseUnderReview(
            file=file,
            day=day,
            rules=rules,
            surroundings=surroundings,
            replay=replay(file, rules, around, papers),
            deadlines=open_deadlines(file, day, rules, surroundings),
            texts={key: paper.text for key, paper in papers.items()},
            served=frozenset(paper.form for paper in papers.values() if paper.served),
            citations=self.citations_of(file),
            similar=circles_beside(unit, file, rules, past),
            similar_reason=_similar_reason(unit, file),
            printed=source.printed,
            relations=self._proofs.compare(source),
        )

    def citations_of(self, file: CaseFile) -> tuple[Citation, ...] | None:
        """Look up what the papers cite; None where the statutes are not installed."""
        try:
            self._law.open_texts()
        except WorkstationError:
            return None
        return tuple(self._looked_up(cited) for d in file.documents for cited in _cited(d))

    def _looked_up(self, cited: Citation) -> Citation:
        found = self._law.examine(cited.reference, cited.day)
        return replace(cited, fault=found.message) if found.verdict in WRONG else cited

    def _with_pages(self, unit: Unit, finding: Finding, file: CaseFile) -> Finding:
        """Return a finding with the pages of its places; only the papers it names are laid out."""
        paged = self._texts.pager(unit, file)
        problems = tuple(
            replace(problem, passages=tuple(map(paged, problem.passages)))
            for problem in finding.problems
        )
        return replace(finding, problems=problems)


def _next_day(case: CaseUnderReview) -> date | None:
    days = (d.last_day for d in case.deadlines if not d.is_late and d.last_day is not None)
    return min((day for day in days if day >= case.day), default=None)


def _overrulings(unit: Unit, case_id: str, day: date) -> dict[str, Overruling]:
    entries = unit.dated_entries.under(EntryKind.OVERRULING, f"{case_id}/")
    return {
        check: Overruling(
            check=check,
            state=State(str(entry.content["state"])),
            reason=str(entry.content["reason"]),
            person=entry.entered_by,
            day=entry.valid_from,
            finding=str(entry.content["finding"]),
        )
        for entry in entries
        if entry.holds_on(max(day, entry.valid_from))
        for check in (entry.key.rpartition("/")[2],)
    }


def _cited(document: IssuedDocument) -> Iterator[Citation]:
    for name, value in document.values.items():
        for text in value if isinstance(value, list) else (value,):
            reference = _reference(text)
            if reference is not None:
                yield Citation(
                    document=document.key, field=name, reference=reference, day=document.dated
                )


def _reference(value: JsonValue) -> ArticleReference | None:
    if not isinstance(value, str) or "§" not in value or len(value) > _LONGEST_CITATION:
        return None
    try:
        return parse_compact(value)
    except ValueError:
        return None


_LONGEST_CITATION = 60


def _similar_reason(unit: Unit, file: CaseFile) -> str:
    decision = file.last("decision_made")
    fine = fine_of(decision, file) if decision else None
    said = explanation_of(unit, file.case.id, fine)
    return said.reason if said else ""


def _check_overruling(reason: str, person: str, state: State) -> None:
    if not reason.strip():
        raise InvalidInputError(
            "没有写明改判的理由。", hint="请写明依据哪一证据或者条文另作结论。"
        )
    if not person.strip():
        raise InvalidInputError("没有写明改判人。", hint="请填写审核人姓名。")
    if state not in CONCLUSIONS:
        names = "、".join(CONCLUSIONS)
        raise InvalidInputError(f"不能改判为“{state.value}”。", hint=f"结论只能是：{names}。")
