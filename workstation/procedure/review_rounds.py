"""Rounds of review: each is read from its events, so that it can be shown as of any day.

A round opens with ``review_submitted``, is taken with ``review_taken``, ends with
``review_concluded``; what goes back to the officer are tasks in the data of that event, answered
by ``review_task_answered``. Two stages, 告知前 and 决定前, are the legal review of step 8
(行政处罚法§58); a bureau may set reviews of its own at others (层层审核).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from workstation.domain.cases import CaseEvent, CaseFile, JsonValue
from workstation.procedure.case_readings import conclusion_of, day_of, text_of
from workstation.procedure.review_stages import BEFORE_DECISION, BEFORE_NOTICE, LEGAL_STAGES

SUBMITTED, TAKEN, CONCLUDED = "review_submitted", "review_taken", "review_concluded"
ANSWERED = "review_task_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAnswer:
    """How the officer answered a task, and when."""

    person: str
    day: date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTask:
    """What a reviewer asks of the officer: what, where, by which article and by when.

    ``id`` is the round and the place in it: 1-2. ``page`` is 0 where none is named.
    """

    id: str
    what: str
    document: str = ""
    field: str = ""
    page: int = 0
    article: str = ""
    due: date | None = None
    answer: TaskAnswer | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return self.answer is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRound:
    """One round: ``number`` counts the rounds of the case from 1."""

    number: int
    stage: str
    submitted: CaseEvent
    taken: CaseEvent | None = None
    concluded: CaseEvent | None = None
    tasks: tuple[ReviewTask, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it waits for a reviewer."""
        return self.concluded is None

    @property
    def is_legal(self) -> bool:
        """Whether it belongs to the legal review of step 8."""
        return self.stage in LEGAL_STAGES

    @property
    def opinion(self) -> str:
        """The opinion (同意、退回补充调查 …), empty while it is open."""
        return conclusion_of(self.concluded) if self.concluded else ""

    @property
    def reviewer(self) -> str:
        """Who concluded it, else who took it, else nobody."""
        event = self.concluded or self.taken
        return (text_of(event.data.get("reviewer")) or event.actor) if event else ""

    @property
    def open_tasks(self) -> tuple[ReviewTask, ...]:
        """The tasks nobody has answered."""
        return tuple(task for task in self.tasks if task.is_open)

    @property
    def frozen(self) -> Mapping[str, JsonValue]:
        """What was frozen when it was last acted on; empty for rounds of older files."""
        for event in (self.concluded, self.submitted):
            kept = event.data.get("frozen") if event else None
            if isinstance(kept, dict):
                return kept
        return {}


def stage_of(submitted: CaseEvent, file: CaseFile) -> str:
    """Return the stage a submission names, else the one the case had reached by then."""
    stated = text_of(submitted.data.get("stage"))
    if stated:
        return stated
    return stage_reached(file, before=submitted)


def stage_reached(file: CaseFile, before: CaseEvent | None = None) -> str:
    """Return 决定前 once the party was told, 告知前 until then."""
    told = file.first("notice_served")
    if told is None or (before is not None and _order(told) > _order(before)):
        return BEFORE_NOTICE
    return BEFORE_DECISION


def rounds_of(file: CaseFile) -> tuple[ReviewRound, ...]:
    """Return the rounds of a case in order; one ends with the first conclusion after it."""
    rounds: list[ReviewRound] = []
    answers = file.all_of(ANSWERED)
    for event in sorted(file.events, key=_order):
        if event.kind == SUBMITTED:
            number = len(rounds) + 1
            stage = stage_of(event, file)
            rounds.append(ReviewRound(number=number, stage=stage, submitted=event))
        elif rounds and event.kind == TAKEN and rounds[-1].is_open:
            rounds[-1] = replace(rounds[-1], taken=event)
        elif rounds and event.kind == CONCLUDED and rounds[-1].is_open:
            tasks = tuple(_tasks(event, rounds[-1].number, answers))
            rounds[-1] = replace(rounds[-1], concluded=event, tasks=tasks)
    return tuple(rounds)


def open_round(file: CaseFile) -> ReviewRound | None:
    """Return the round that waits for a reviewer, or None."""
    rounds = rounds_of(file)
    return rounds[-1] if rounds and rounds[-1].is_open else None


def open_tasks(file: CaseFile) -> tuple[ReviewTask, ...]:
    """Return the tasks of all rounds that nobody has answered."""
    return tuple(task for round_ in rounds_of(file) for task in round_.open_tasks)


def legal_part(file: CaseFile) -> CaseFile:
    """Return a file without the bureau's own reviews at other stages, and without their papers.

    They are no legal review in the sense of 行政处罚法§58 and neither end nor reopen step 8.
    """
    left_out: set[int] = set()
    for round_ in rounds_of(file):
        if not round_.is_legal:
            events = (round_.submitted, round_.taken, round_.concluded)
            left_out |= {event.position for event in events if event is not None}
    if not left_out:
        return file
    return replace(
        file,
        events=tuple(e for e in file.events if e.position not in left_out),
        documents=tuple(d for d in file.documents if d.event_position not in left_out),
    )


def _order(event: CaseEvent) -> tuple[str, int]:
    return event.at.isoformat(), event.position


def _tasks(concluded: CaseEvent, number: int, answers: tuple[CaseEvent, ...]) -> list[ReviewTask]:
    rows = concluded.data.get("tasks")
    answered = {text_of(event.data.get("task")): event for event in answers}
    return [
        _task(row, f"{number}-{place}", answered.get(f"{number}-{place}"))
        for place, row in enumerate(rows if isinstance(rows, list) else (), start=1)
        if isinstance(row, dict)
    ]


def _task(row: Mapping[str, JsonValue], id_: str, answered: CaseEvent | None) -> ReviewTask:
    page = row.get("page")
    return ReviewTask(
        id=id_,
        what=text_of(row.get("what")),
        document=text_of(row.get("document")),
        field=text_of(row.get("field")),
        page=page if isinstance(page, int) else 0,
        article=text_of(row.get("article")),
        due=day_of(row.get("due")),
        answer=_answer(answered) if answered else None,
    )


def _answer(event: CaseEvent) -> TaskAnswer:
    return TaskAnswer(person=event.actor, day=event.day, note=text_of(event.data.get("note")))
