"""What the legal review (法制审核) is made of: checks, what they are asked, what they answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from workstation.documents.docx_texts import PrintedPaper
from workstation.domain.cases import CaseEvent, CaseFile, IssuedDocument, Override
from workstation.domain.citations import ArticleReference
from workstation.domain.matters import Matter
from workstation.procedure import Block, ProcedureRules, RunningDeadline, Surroundings
from workstation.procedure.case_readings import matter_on
from workstation.review.similar_cases import Circle


class Mode(StrEnum):
    """Who decides a check; the value is shown."""

    MACHINE = "机器判定"
    COMPUTED = "机器算、人下结论"
    PROMPTED = "机器提示、人确认"
    PERSON = "人工"


class Tie(StrEnum):
    """How the two sides of a relation hang together; the value is shown and stands in the data."""

    AGREE = "应一致"
    PRECEDE = "应先后"
    TOTAL = "应合计"
    REFER = "应对应"
    CONTAIN = "应载明"
    APART = "应回避"


class Outcome(StrEnum):
    """What came of a relation in a case; the value is shown."""

    AGREES = "相符"
    CLASHES = "不符"
    LACKING = "不适用"


class Level(StrEnum):
    """What a failed check means for the next step; the value is shown."""

    BLOCKING = "阻断"
    WARNING = "警示"
    HINT = "提示"


class State(StrEnum):
    """What came of a check; the value is shown."""

    PASSED = "符合"
    FAILED = "不符合"
    NOT_APPLICABLE = "不适用"
    FOR_A_PERSON = "待人工"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One of the 63 items of review (``statutes/checks.toml``).

    ``look_at`` says what a person must look at; ``standard`` what the item rests on beside the
    articles. ``guards`` are asked again over the whole case, ``deadlines`` must have been kept.
    """

    id: str
    group: str
    item: str
    mode: Mode
    level: Level
    basis: tuple[ArticleReference, ...]
    look_at: str = ""
    standard: str = ""
    guards: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A place of the case and what stands there.

    ``document`` is the key of a paper (D51), or empty for what was recorded; ``field`` the field
    of its form, or empty; ``page`` counts from 1, 0 while it was not looked up; ``step`` is where
    the place is worked on.
    """

    title: str
    text: str = ""
    document: str = ""
    field: str = ""
    page: int = 0
    step: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, where, and how it is put right; ``basis`` where it has its own."""

    message: str
    fix: str
    passages: tuple[Passage, ...] = ()
    basis: str = ""
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What facts of a case must have to do with each other (``statutes/relations.toml``).

    ``left`` and ``right`` choose facts (:mod:`workstation.review.facts`), read as ``reads``:
    text, money, number, moment or names. ``gap`` and ``within`` are days between two moments;
    ``tolerance`` an amount in yuan. ``check`` is the item of review it belongs to, ``guard``
    the guard that asks the same of an event before it is recorded. ``paired`` compares first
    papers with first ones, second with second; ``only`` (单位 or 公民) says for
    which kind of party it holds.
    """

    id: str
    tie: Tie
    reads: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    says: str
    basis: tuple[ArticleReference, ...]
    check: str
    level: Level | None = None
    guard: str = ""
    gap: int = 0
    within: int | None = None
    tolerance: Decimal = Decimal(0)
    paired: bool = False
    only: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationResult:
    """What came of one relation: what was compared, what clashes, or which paper is lacking."""

    relation: Relation
    outcome: Outcome
    compared: tuple[Passage, ...] = ()
    clashes: tuple[Problem, ...] = ()
    lacking: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a check found: its problems, what it looked at, or why it does not apply.

    ``open_question`` leaves the conclusion to a person although nothing was found wrong.
    """

    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    not_applicable: str = ""
    open_question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruling:
    """A reviewer's own conclusion on a check, with the reason; it never goes away.

    It holds while the machine says the same as it did then (``finding``, its message).
    """

    check: str
    state: State
    reason: str
    person: str
    day: date
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of one check in one case; ``state`` is a person's where it was overruled."""

    check: Check
    state: State
    level: Level
    message: str
    fix: str = ""
    basis: str = ""
    problems: tuple[Problem, ...] = ()
    overruled: Overruling | None = None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every place it names, the first problem's first."""
        return tuple(passage for problem in self.problems for passage in problem.passages)

    @property
    def place(self) -> Passage | None:
        """The first place, where there is one."""
        return next(iter(self.passages), None)

    @property
    def stands_in_the_way(self) -> bool:
        """Whether nothing may go on before it is put right or overruled."""
        return self.state is State.FAILED and self.level is Level.BLOCKING

    @property
    def needs_attention(self) -> bool:
        """Whether somebody still has something to do about it."""
        return self.state in {State.FAILED, State.FOR_A_PERSON}

    def as_json(self) -> dict[str, Any]:
        """Return the finding as ``case check`` prints it."""
        return {
            "check": self.check.id,
            "group": self.check.group,
            "item": self.check.item,
            "mode": self.check.mode.value,
            "level": self.level.value,
            "state": self.state.value,
            "place": _place_json(self.place),
            "message": self.message,
            "passages": [_place_json(p) | {"text": p.text} for p in self.passages],
            "basis": self.basis,
            "fix": self.fix,
            "overruled": _overruling_json(self.overruled),
        }


def _place_json(place: Passage | None) -> dict[str, Any]:
    if place is None:
        return {}
    return {
        "document": place.document,
        "title": place.title,
        "field": place.field,
        "page": place.page or None,
    }


def _overruling_json(overruling: Overruling | None) -> dict[str, Any] | None:
    if overruling is None:
        return None
    return {
        "state": overruling.state.value,
        "reason": overruling.reason,
        "person": overruling.person,
        "date": overruling.day.isoformat(),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedAgain:
    """A guard that does not pass when an event of the case is asked about again."""

    event: CaseEvent
    block: Block
    set_aside: Override | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What the guards say of every event of a case, and which of them were asked at all."""

    asked: frozenset[str]
    refused: tuple[RefusedAgain, ...] = ()

    def of(self, guards: tuple[str, ...]) -> tuple[RefusedAgain, ...]:
        """Return what these guards found."""
        return tuple(found for found in self.refused if found.block.guard in guards)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A provision cited in a paper, and why it cannot be cited so (empty: nothing wrong)."""

    document: str
    field: str
    reference: ArticleReference
    day: date
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseUnderReview:
    """Everything the checks look at, as of ``day``; no check reads anything else.

    ``texts`` is the text of issued papers by their id, ``printed`` what they say value by value,
    ``relations`` what came of comparing them, ``served`` the forms that go to the
    party. ``citations`` is None while the statutes cannot be looked up. ``similar`` are
    the circles of closed cases it is compared with, none before it is decided.
    """

    file: CaseFile
    day: date
    rules: ProcedureRules
    surroundings: Surroundings
    replay: Replay
    deadlines: tuple[RunningDeadline, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    served: frozenset[str] = frozenset()
    citations: tuple[Citation, ...] | None = None
    similar: tuple[Circle, ...] = ()
    similar_reason: str = ""
    printed: Mapping[str, PrintedPaper] = field(default_factory=dict)
    relations: tuple[RelationResult, ...] = ()

    def matter_on(self, day: date) -> Matter | None:
        """Return the version of the case's matter that holds on ``day``."""
        return matter_on(self.surroundings.matters, self.file.case.matter_code, day)

    def papers(self, *forms: str) -> tuple[IssuedDocument, ...]:
        """Return the issued papers of these forms in the order they were made."""
        return tuple(d for d in self.file.documents if d.form in forms)

    def last_paper(self, *forms: str) -> IssuedDocument | None:
        """Return the latest paper of these forms, or None."""
        return next(reversed(self.papers(*forms)), None)

    def clashes_of(self, check: str) -> tuple[RelationResult, ...]:
        """Return the relations of a check that do not hold."""
        return tuple(
            result
            for result in self.relations
            if result.relation.check == check and result.outcome is Outcome.CLASHES
        )

    def served_with(self, event: CaseEvent, message: str) -> list[IssuedDocument]:
        """Return the papers served with an event whose recipient a message names."""
        served = {
            delivery.document_id
            for delivery in self.file.deliveries
            if delivery.event_position == event.position and delivery.receiver in message
        }
        return [paper for paper in self.file.documents if paper.id in served]

    def papers_of(self, event: CaseEvent) -> tuple[IssuedDocument, ...]:
        """Return the papers that came with an event."""
        return tuple(d for d in self.file.documents if d.event_position == event.position)


Reading = Callable[[CaseUnderReview], Answer]


def at_event(event: CaseEvent, text: str = "") -> Passage:
    """Return the place of something recorded."""
    said = text or f"{event.day.isoformat()}　{event.title}"
    return Passage(title=event.title, text=said, step=event.step)


def at_paper(paper: IssuedDocument, name: str = "", text: str = "") -> Passage:
    """Return the place of a field of a paper; the text is the field's own where none is given."""
    value = paper.values.get(name)
    said = text or (str(value) if isinstance(value, str | int | float) else "")
    return Passage(
        title=f"《{paper.title}》",
        text=said,
        document=paper.key,
        field=name,
        step=paper.step,
    )


def overruled_by(finding: Finding, overruling: Overruling | None) -> Finding:
    """Return a finding with a person's conclusion, unless the machine says something new."""
    if overruling is None or overruling.finding != finding.message:
        return finding
    return replace(finding, state=overruling.state, overruled=overruling)
