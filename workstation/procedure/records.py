"""What the procedure is made of and what it answers: frozen records, no behaviour.

A *rule* is data a bureau can change (steps, deadline rules, guard particulars, parameters); an
*answer* is derived from a case and a day and never stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from workstation.domain.authority import Authorities
from workstation.domain.frozen_drafts import FrozenDraft
from workstation.domain.matters import Matter
from workstation.domain.people import Office
from workstation.procedure.period_records import (
    DayKind,
    Deadline,
    DeadlineNature,
    DeadlineRule,
    DeadlineState,
    Deduction,
    DerivationStep,
    Direction,
    Origin,
    RollOver,
    RunningDeadline,
    Unit,
)

__all__ = [
    "Basis",
    "Block",
    "DayKind",
    "Deadline",
    "DeadlineNature",
    "DeadlineRule",
    "DeadlineState",
    "Deduction",
    "DerivationStep",
    "Direction",
    "Engagement",
    "GuardRule",
    "HearingThreshold",
    "Necessity",
    "Origin",
    "OtherCase",
    "Parameters",
    "Phase",
    "RollOver",
    "RunningDeadline",
    "StepDefinition",
    "StepState",
    "StepStatus",
    "Surroundings",
    "Unit",
]


class Phase(StrEnum):
    """The five phases the 18 steps fall into; the value is shown."""

    OPENING = "启动"
    INVESTIGATION = "调查"
    REVIEW_AND_NOTICE = "审核告知"
    DECISION_AND_SERVICE = "决定送达"
    EXECUTION_AND_ARCHIVE = "执行归档"


class Necessity(StrEnum):
    """Whether every case passes a step; the value is shown."""

    NECESSARY = "必经"
    CONDITIONAL = "条件"


class StepStatus(StrEnum):
    """Where a step stands on a day."""

    DONE = "done"
    NOW = "now"
    BLOCKED = "blocked"
    DUE = "due"
    NOT_APPLICABLE = "not_applicable"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One legal basis as data files write it (行政处罚法§58) and what it is cited for."""

    reference: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryCourse:
    """What a step is in the summary procedure; ``not_applicable`` says why it is nothing."""

    sequence: tuple[str, ...] = ()
    completed_by: tuple[str, ...] = ()
    open_until: tuple[str, ...] = ()
    not_applicable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDefinition:
    """One of the steps. ``n`` is its number, ``order`` its place, ``key`` its folder.

    ``sequence`` lists the event kinds that make it up, in the order they usually come;
    ``completed_by`` those that end it; ``reopened_by`` those after which it must be ended again;
    ``open_until`` those before which it cannot count as ended. ``applies_when`` names the
    condition of a step (see ``workstation.procedure.conditions``). ``summary`` is its course in
    the summary procedure, ``not_applicable`` the reason why the procedure does without it.
    """

    n: int
    key: str
    name: str
    phase: Phase
    order: int
    necessity: Necessity
    condition: str
    purpose: str
    trigger: str
    actor: str
    approver: str
    documents: tuple[str, ...]
    deadlines: tuple[str, ...]
    basis: tuple[Basis, ...]
    sequence: tuple[str, ...]
    completed_by: tuple[str, ...]
    reopened_by: tuple[str, ...] = ()
    open_until: tuple[str, ...] = ()
    applies_when: str = ""
    may_be_skipped: bool = False
    summary: SummaryCourse | None = None
    not_applicable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRule:
    """Particulars of a guard: its basis, its review check and whether law lets it be set aside.

    ``hard`` guards refuse, the others warn. ``preview`` guards can be asked before an event is
    typed, to say why a step is blocked; a ``prerequisite`` says that its turn has not come yet.
    Those with ``reads_papers`` are asked once the papers of the event are made.
    """

    name: str
    title: str
    basis: str
    check: str
    hard: bool
    overridable: bool
    preview: bool
    prerequisite: bool
    reads_papers: bool = False
    override_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A guard that did not pass: what is wrong, by which rule, and what to do."""

    guard: str
    message: str
    basis: str
    hint: str
    hard: bool
    overridable: bool
    check: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the block as a finding of the command line."""
        return {
            "guard": self.guard,
            "check": self.check,
            "level": "阻断" if self.hard else "警示",
            "message": self.message,
            "basis": self.basis,
            "fix": self.hint,
            "overridable": self.overridable,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """One step of one case on one day.

    ``reason`` says why it stands where it does; ``documents`` are the keys of the papers issued
    in it; ``next_event`` (a kind), ``next_title`` and ``next_actor`` say what comes next and who
    does it, and are empty where nothing does.
    """

    n: int
    key: str
    name: str
    phase: Phase
    status: StepStatus
    done_on: date | None
    reason: str
    basis: str
    blocks: tuple[Block, ...] = ()
    documents: tuple[str, ...] = ()
    next_event: str = ""
    next_title: str = ""
    next_actor: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the state as ``case show`` prints it."""
        return {
            "n": self.n,
            "key": self.key,
            "name": self.name,
            "phase": self.phase.value,
            "state": self.status.value,
            "done_on": self.done_on.isoformat() if self.done_on else None,
            "reason": self.reason,
            "basis": self.basis,
            "blocked_by": [block.as_json() for block in self.blocks],
            "documents": list(self.documents),
            "next": self.next_title,
            "next_actor": self.next_actor,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingThreshold:
    """From which fine a hearing must be offered (行政处罚法§63 leaves the amount to rules).

    ``party`` is 公民 or 单位; ``field`` the field of matters it is for, empty for all others.
    """

    party: str
    field: str
    amount: Decimal
    inclusive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The parameters law leaves open, as they hold on a day (``statutes/parameters.toml``)."""

    hearing_thresholds: tuple[HearingThreshold, ...]
    counts_confiscation_towards_hearing: bool
    minimum_heads: int
    receiver_roles: Mapping[str, tuple[str, ...]]
    preservation_dispositions: tuple[str, ...]
    agreeing_conclusions: tuple[str, ...]
    similar_case_months: int
    similar_case_minimum: int
    similar_fine_tolerance: Decimal
    heat_by_person: bool
    failed_correction_results: tuple[str, ...]
    done_correction_results: tuple[str, ...]
    due_soon_days: int
    surcharge_daily_rate: Decimal
    surcharge_on_unpaid_part: bool
    night_begins: int
    night_ends: int
    summary_fine_limits: tuple[HearingThreshold, ...]
    summary_form_ranges: tuple[str, ...]
    review_stages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """A span of time an officer spent on another case's record (笔录)."""

    officer: str
    start: datetime
    end: datetime
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCase:
    """What the archive knows, on a day, of another case of the same party.

    ``same_number`` says that the credit code or identity number is the same; else only the name
    is, and a person must look whether it is the same party. ``linked`` says that the two were
    parted or joined (分案、并案). ``outcome`` is empty while nothing
    was decided. ``ended_by`` is the kind of event that ended the case, empty while it is open.
    """

    id: str
    number: str
    title: str
    cause: str
    matter_code: str
    same_number: bool
    found_on: date
    filed_on: date | None = None
    act_from: date | None = None
    act_to: date | None = None
    place: str = ""
    decided_on: date | None = None
    outcome: str = ""
    fine: Decimal | None = None
    proposed_fine: Decimal | None = None
    linked: bool = False
    ended_on: date | None = None
    ended_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the case was still going on that day."""
        return not self.ended_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the procedure must know beside the case: the office, its matters, other records.

    ``other_cases`` are those of the same party, the latest found first. ``drafts`` are what is
    typed into papers a review approved, by key; None where another day is asked about than today.
    """

    office: Office
    matters: tuple[Matter, ...]
    engagements: tuple[Engagement, ...] = ()
    authorities: Authorities = field(default_factory=Authorities)
    other_cases: tuple[OtherCase, ...] = ()
    drafts: Mapping[str, FrozenDraft] | None = None
