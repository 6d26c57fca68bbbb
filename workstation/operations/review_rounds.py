"""Reviewing a case in rounds: handing in, taking, concluding, sending back, approving.

A round is events of the case; nothing here keeps a state of its own. The ten conclusions are
kept in the draft of the opinion (D40) until the reviewer issues it with his opinion.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from workstation.domain.cases import CaseFile, JsonValue
from workstation.domain.people import Person
from workstation.errors import InvalidInputError
from workstation.operations.cases import CaseOperations
from workstation.operations.changes import Changes
from workstation.operations.event_files import DocumentRequest, EventRequest
from workstation.operations.readings import rules_of, surroundings_of
from workstation.operations.recording import Recorded, Recorder
from workstation.operations.review_freezes import frozen_now
from workstation.operations.review_views import (
    Conclusion,
    ReviewView,
    conclusions_of,
    rounds_shown,
)
from workstation.operations.reviews import ReviewOperations
from workstation.procedure import ProcedureRules
from workstation.procedure.review_freezes import ReviewChange, after_round, changes_between
from workstation.procedure.review_rounds import (
    ANSWERED,
    CONCLUDED,
    SUBMITTED,
    TAKEN,
    ReviewRound,
    ReviewTask,
    open_round,
    open_tasks,
    rounds_of,
    stage_reached,
)
from workstation.procedure.review_stages import ReviewStage
from workstation.review.conclusions import Proposal, Subject, Verdict, load_subjects, propose
from workstation.review.records import State
from workstation.storage.database import Database, Unit

SUBMISSION_FORM, OPINION_FORM = "D39", "D40"
_STEP = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What the officer hands in with a case; ``values`` go into the 送审表 (D39) by field."""

    person: str
    at: datetime
    stage: str = ""
    values: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A task to send back with an opinion."""

    what: str
    document: str = ""
    field: str = ""
    page: int = 0
    article: str = ""
    due: date | None = None

    def as_row(self) -> dict[str, JsonValue]:
        """Return the task as the event keeps it."""
        return {
            "what": self.what.strip(),
            "document": self.document.strip(),
            "field": self.field.strip(),
            "page": self.page,
            "article": self.article.strip(),
            "due": self.due.isoformat() if self.due else "",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOpinion:
    """The opinion that ends a round: its kind, why, by whom, and the tasks it sends back."""

    opinion: str
    reason: str
    reviewer: str
    at: datetime
    tasks: tuple[NewTask, ...] = ()


class ReviewRoundOperations:
    """Every call is one short transaction; safe to call from any thread."""

    def __init__(
        self,
        database: Database,
        recorder: Recorder,
        cases: CaseOperations,
        reviews: ReviewOperations,
        home: Path | None,
    ) -> None:
        self._database = database
        self._recorder = recorder
        self._cases = cases
        self._reviews = reviews
        self.subjects = load_subjects(reviews.checks, home)

    @property
    def stages(self) -> tuple[ReviewStage, ...]:
        """The stages at which the bureau may have a case reviewed."""
        return self._recorder.rules.stages

    @property
    def opinions(self) -> tuple[str, ...]:
        """The kinds of opinion, in the order of the form."""
        opinion = self._recorder.papers.forms.get(OPINION_FORM).field("opinion")
        return opinion.choices if opinion else ()

    @property
    def nothing_yet(self) -> tuple[Conclusion, ...]:
        """The ten conclusions before anybody wrote one."""
        return conclusions_of(self.subjects, {})

    def agreeing(self, day: date) -> tuple[str, ...]:
        """Return the opinions that let a case go on, as the bureau's parameter says on a day."""
        with self._database.reading() as unit:
            return self._rules(unit).on(day).parameters.agreeing_conclusions

    def submit(self, wanted: str, submission: Submission) -> Recorded:
        """Hand a case in for review; the 送审表 (D39) is issued with it.

        What was typed into the draft of the form is taken over; ``submission`` wins.

        Raises:
            GuardRefusedError: a round is open, tasks are unanswered, the case is not ready.
            IncompleteDocumentError: the form lacks what it must say.
        """
        case_id = self._cases.find(wanted)
        with self._database.reading() as unit:
            stage = submission.stage or stage_reached(unit.cases.load_case_file(case_id))
            typed = self._draft(unit, case_id, SUBMISSION_FORM)
        values = dict(typed) | {"stage": stage} | dict(submission.values)
        request = self._request(SUBMITTED, submission.at, submission.person)
        return self._record(case_id, request, {"stage": stage}, SUBMISSION_FORM, values)

    def take(self, wanted: str, reviewer: str, at: datetime) -> Recorded:
        """Take an open round to review it.

        Raises:
            GuardRefusedError: nothing waits, or the reviewer is not qualified or independent.
        """
        request = self._request(TAKEN, at, reviewer)
        return self._record(self._cases.find(wanted), request, {"reviewer": reviewer})

    def proposals(self, wanted: str, as_of: date | None = None) -> tuple[Proposal, ...]:
        """Return what the 63 checks say of each of the ten subjects."""
        found = self._reviews.check_case(wanted, as_of)
        return propose(self.subjects, found.findings)

    def conclude(
        self, wanted: str, item: str, verdict: Verdict | None = None, reason: str = ""
    ) -> Changes:
        """Keep a reviewer's conclusion on one of the ten subjects until the opinion is issued.

        Left out, verdict and reason are those the checks propose; where a check is left to a
        person, the reason says what the person found.

        Raises:
            InvalidInputError: there is no such subject or no round to conclude on, or the reason
                is missing.
        """
        subject = self.subject(item)
        case_id = self._cases.find(wanted)
        with self._database.reading() as unit:
            _require_open(unit.cases.load_case_file(case_id))
        proposal = next(p for p in self.proposals(case_id) if p.subject == subject)
        said = reason.strip() or proposal.reason
        _check_reason(proposal, said)
        return self._keep(
            case_id,
            {subject.field: (verdict or proposal.verdict).value, subject.reason_field: said},
        )

    def subject(self, item: str) -> Subject:
        """Return one of the ten subjects by its title, field, or place from 1.

        Raises:
            InvalidInputError: there is none.
        """
        for place, subject in enumerate(self.subjects, start=1):
            if item.strip() in {subject.title, subject.field, str(place)}:
                return subject
        titles = "、".join(subject.title for subject in self.subjects)
        raise InvalidInputError(f"没有名为“{item}”的结论。", hint=f"十项结论：{titles}。")

    def approve(self, wanted: str, opinion: NewOpinion) -> Recorded:
        """End the open round with an opinion that lets the case go on; the 意见书 is issued.

        Raises:
            InvalidInputError: the opinion does not agree, or a conclusion is missing.
            GuardRefusedError: the reviewer may not, or a conclusion says 违法.
        """
        agreeing = self.agreeing(opinion.at.date())
        if opinion.opinion not in agreeing:
            message = f"“{opinion.opinion}”不是通过的意见。"
            raise InvalidInputError(message, hint=f"通过的意见有：{'、'.join(agreeing)}。")
        return self._conclude_round(wanted, opinion)

    def send_back(self, wanted: str, opinion: NewOpinion) -> Recorded:
        """End the open round with an opinion that does not, and with tasks for the officer.

        Raises:
            InvalidInputError: the opinion agrees, or a conclusion or the tasks are missing.
            GuardRefusedError: the reviewer may not.
        """
        agreeing = self.agreeing(opinion.at.date())
        if opinion.opinion not in self.opinions or opinion.opinion in agreeing:
            others = "、".join(kind for kind in self.opinions if kind not in agreeing)
            message = f"“{opinion.opinion}”不是退回的意见。"
            raise InvalidInputError(message, hint=f"退回的意见有：{others}。")
        if not any(task.what.strip() for task in opinion.tasks):
            message = "退回没有列明任务。"
            raise InvalidInputError(message, hint="请至少列一项：办什么、在哪里、何时前办结。")
        return self._conclude_round(wanted, opinion)

    def answer(self, wanted: str, task: str, note: str, person: str, at: datetime) -> Recorded:
        """Mark a task of a returned round as answered, with what was done.

        Raises:
            InvalidInputError: the note is missing.
            GuardRefusedError: there is no such open task.
        """
        if not note.strip() or not person.strip():
            raise InvalidInputError(
                "没有写明办理情况或者答复人。", hint="请写明怎样办理；不采纳的写明理由。"
            )
        request = self._request(ANSWERED, at, person)
        return self._record(
            self._cases.find(wanted), request, {"task": task.strip(), "note": note.strip()}
        )

    def tasks(self, wanted: str) -> tuple[ReviewTask, ...]:
        """Return the tasks of a case that nobody has answered."""
        with self._database.reading() as unit:
            return open_tasks(unit.cases.load_case_file(unit.cases.find(wanted)))

    def reviewers(self, wanted: str) -> tuple[str, ...]:
        """Return the people who may review a case, in the order of the register."""
        return self._reviews.reviewers(wanted)

    def show(self, wanted: str, as_of: date | None = None) -> ReviewView:
        """Return the rounds of a case on a day (None: today), and what changed since the last."""
        day = as_of or date.today()
        with self._database.reading() as unit:
            whole = unit.cases.load_case_file(unit.cases.find(wanted))
            file, rules = whole.as_of(day), self._rules(unit).on(day)
            at = datetime.combine(day, datetime.min.time())
            live = day >= date.today()
            drafts = surroundings_of(unit, file, at, live=live).drafts
            rounds = rounds_shown(file, rules, drafts, self.subjects)
            changes = self._changes_now(unit, file, rules) if live else ()
            typed = self._draft(unit, file.case.id, OPINION_FORM) if live else {}
        return ReviewView(
            case_id=file.case.id,
            as_of=day,
            stage=stage_reached(file),
            rounds=rounds,
            changes=changes,
            conclusions=conclusions_of(self.subjects, typed) if open_round(file) else (),
        )

    def _changes_now(
        self, unit: Unit, file: CaseFile, rules: ProcedureRules
    ) -> tuple[ReviewChange, ...]:
        """Return what changed since the last round was acted on."""
        rounds = rounds_of(file)
        last = rounds[-1] if rounds else None
        if last is None or not last.frozen:
            return ()
        stage = next((s for s in rules.stages if s.name == last.stage), None)
        event = last.concluded or last.submitted
        now = frozen_now(unit, file, event, stage, rules, self._recorder.papers)
        agreed = last.opinion in rules.parameters.agreeing_conclusions
        seen = after_round(last, file)
        return changes_between(seen, now, file, stage if agreed else None, rules.fact_labels)

    def _conclude_round(self, wanted: str, opinion: NewOpinion) -> Recorded:
        case_id = self._cases.find(wanted)
        reviewer = opinion.reviewer.strip()
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(case_id)
            typed = dict(self._draft(unit, case_id, OPINION_FORM))
            person = _person(unit, reviewer)
        waiting = _require_open(file)
        self._require_conclusions(typed)
        values = typed | {
            "opinion": opinion.opinion,
            "reason": opinion.reason.strip(),
            "reviewer": reviewer,
            "qualification": person.qualification if person else "",
            "stage": waiting.stage,
        }
        data: dict[str, JsonValue] = {
            "conclusion": opinion.opinion,
            "reviewer": reviewer,
            "tasks": [task.as_row() for task in opinion.tasks if task.what.strip()],
        }
        request = self._request(CONCLUDED, opinion.at, reviewer)
        return self._record(case_id, request, data, OPINION_FORM, values)

    def _require_conclusions(self, typed: Mapping[str, JsonValue]) -> None:
        open_ones = [s.title for s in self.subjects if not typed.get(s.field)]
        if open_ones:
            message = f"十项结论中还有{len(open_ones)}项没有作出：{'、'.join(open_ones)}。"
            raise InvalidInputError(message, hint="请逐项作出结论并写明理由，再签发意见书。")

    def _request(self, kind: str, at: datetime, actor: str) -> EventRequest:
        title = self._recorder.rules.events.kind(kind).title
        return EventRequest(kind=kind, step=_STEP, at=at, title=title, actor=actor.strip())

    def _record(
        self,
        case_id: str,
        request: EventRequest,
        data: Mapping[str, JsonValue],
        form: str = "",
        values: Mapping[str, JsonValue] | None = None,
    ) -> Recorded:
        documents: tuple[DocumentRequest, ...] = ()
        if form:
            day = request.at.date()
            documents = (DocumentRequest(form=form, dated=day, values=dict(values or {})),)
        return self._cases.record(
            case_id,
            EventRequest(
                kind=request.kind,
                step=request.step,
                at=request.at,
                title=request.title,
                actor=request.actor,
                data=dict(data),
                documents=documents,
            ),
        )

    def _keep(self, case_id: str, kept: Mapping[str, JsonValue]) -> Changes:
        with self._database.writing() as unit:
            _require_open(unit.cases.load_case_file(case_id))
            occurrence = unit.documents.next_occurrence(case_id, OPINION_FORM)
            draft = unit.drafts.get(case_id, OPINION_FORM, occurrence)
            values = dict(draft.values if draft else {}) | dict(kept)
            version = unit.cases.get(case_id).version
            unit.drafts.put(case_id, OPINION_FORM, occurrence, values, version)
        return Changes.of("draft", f"{case_id}/{OPINION_FORM}/{occurrence}")

    def _draft(self, unit: Unit, case_id: str, form: str) -> Mapping[str, JsonValue]:
        occurrence = unit.documents.next_occurrence(case_id, form)
        draft = unit.drafts.get(case_id, form, occurrence)
        return draft.values if draft else {}

    def _rules(self, unit: Unit) -> ProcedureRules:
        return rules_of(unit, self._recorder.rules)


def _require_open(file: CaseFile) -> ReviewRound:
    waiting = open_round(file)
    if waiting is None:
        message = "本案没有待审的送审。"
        raise InvalidInputError(message, hint="请由承办机构先送审（D39）。")
    return waiting


def _check_reason(proposal: Proposal, reason: str) -> None:
    """Refuse a reason that passes over what the checks leave to a person (行政处罚法§58)."""
    title = proposal.subject.title
    if reason and not (proposal.open and reason == proposal.reason):
        return
    wanted = "；".join(f.check.item for f in proposal.findings if f.state is State.FOR_A_PERSON)
    message = f"“{title}”没有写明审查的情况。"
    hint = f"须由人审查：{wanted}。" if wanted else "请写明据以作出该项结论的事实和依据。"
    raise InvalidInputError(message, hint=hint)


def _person(unit: Unit, name: str) -> Person | None:
    return next((person for person in unit.office.get().people if person.name == name), None)
