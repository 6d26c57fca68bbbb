"""What a period is made of: its rule, how it was counted, and how it stands in a case."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Unit(StrEnum):
    """What a period is counted in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"


class RollOver(StrEnum):
    """Whether a period that ends on a day off moves on to the next working day.

    ``PARTY_FAVOUR``: the statute is silent and the period protects the party (民法典§203);
    ``ALWAYS``: the procedural law says so (民事诉讼法§85). ``NONE``: the bureau's own period,
    held to the earlier day.
    """

    NONE = "none"
    PARTY_FAVOUR = "party_favour"
    ALWAYS = "always"


class DayKind(StrEnum):
    """What kind of day a day is; the value is shown."""

    WORKING = "工作日"
    WEEKEND = "休息日"
    HOLIDAY = "节假日"
    MAKE_UP = "调休上班"
    UNKNOWN = "节假日安排未知"


class DeadlineNature(StrEnum):
    """What the end of a period means.

    ``DUTY``: something must be done by then, afterwards it is late (逾期); ``RIGHT``: a right
    lapses; ``WAIT``: what had to wait may be done. The last two just end (期满).
    """

    DUTY = "duty"
    RIGHT = "right"
    WAIT = "wait"


class DeadlineState(StrEnum):
    """Where a running deadline stands on a day; the value is shown."""

    RUNNING = "进行中"
    DONE = "已办"
    DONE_LATE = "逾期办理"
    LATE = "逾期"
    ENDED = "期满"
    UNCOUNTED = "暂不能计算"


class Direction(StrEnum):
    """Which way a period runs from the day it is tied to."""

    FORWARD = "forward"
    BACKWARD = "backward"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """How one period is counted.

    ``includes_start`` counts the first day too (查封扣押, held strictly); ``counts_make_up``
    says whether working weekends count; ``holder`` is 行政机关, 当事人 or another body;
    ``verified`` is False for a length that is a local parameter or was not checked;
    ``started_by`` names the kinds of event a case's own period starts with; ``nature`` says what
    its end means.
    """

    code: str
    name: str
    start: str
    length: int
    unit: Unit
    counting: str
    basis: str
    roll_over: RollOver
    holder: str
    consequence: str
    direction: Direction = Direction.FORWARD
    includes_start: bool = False
    counts_make_up: bool = True
    verified: bool = True
    note: str = ""
    started_by: tuple[str, ...] = ()
    nature: DeadlineNature = DeadlineNature.DUTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """Days that are not counted, both ends included, and the legal reason."""

    first: date
    last: date
    why: str

    def as_json(self) -> dict[str, Any]:
        """Return the span as the command line prints it."""
        return {"first": self.first.isoformat(), "last": self.last.isoformat(), "why": self.why}


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivationStep:
    """One day of a count: whether it counts, as which number, and why (or why not).

    ``notice`` cites the holiday notice that makes the day what it is and ``holiday`` names the
    holiday, both empty on a common day; ``deducted`` marks a day that was left out.
    """

    day: date
    counted: bool
    number: int
    why: str
    kind: DayKind = DayKind.UNKNOWN
    notice: str = ""
    holiday: str = ""
    deducted: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the step as the command line prints it."""
        return {
            "day": self.day.isoformat(),
            "counted": self.counted,
            "number": self.number,
            "kind": self.kind.value,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A counted period. ``moment`` is set for periods of hours only.

    ``provisional`` means that a holiday notice still to come may move ``last_day``.
    """

    code: str
    name: str
    start: date
    last_day: date
    provisional: bool
    derivation: tuple[DerivationStep, ...]
    basis: str
    note: str = ""
    moment: datetime | None = None
    deductions: tuple[Deduction, ...] = ()

    @property
    def notices(self) -> tuple[str, ...]:
        """The holiday notices the count rests on, each once, in the order of their days."""
        return notices_of(self.derivation)

    def as_json(self) -> dict[str, Any]:
        """Return the deadline as ``workstation deadline`` prints it."""
        return {
            "code": self.code,
            "name": self.name,
            "start": self.start.isoformat(),
            "last_day": self.last_day.isoformat(),
            "moment": self.moment.isoformat(timespec="minutes") if self.moment else None,
            "provisional": self.provisional,
            "deductions": [deduction.as_json() for deduction in self.deductions],
            "derivation": [step.as_json() for step in self.derivation],
            "notices": list(self.notices),
            "basis": self.basis,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a clock starts from: an event by its position, or with ``event`` 0 the case itself.

    ``key`` names the entry of the event's data (公告日, 听证举行日) or the fact of the case that
    holds the day; empty is the moment of the event.
    """

    event: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningDeadline:
    """A deadline of a case. ``last_day`` is None where it can't be counted yet (see ``note``).

    ``days_left`` is in calendar days from the day asked about, None once done or not countable.
    ``origin`` says what starts it, None where that is nothing a person can move.
    """

    code: str
    name: str
    step: int
    start: date
    last_day: date | None
    days_left: int | None
    done_on: date | None
    holder: str
    basis: str
    nature: DeadlineNature = DeadlineNature.DUTY
    provisional: bool = False
    derivation: tuple[DerivationStep, ...] = ()
    note: str = ""
    moment: datetime | None = None
    deductions: tuple[Deduction, ...] = ()
    origin: Origin | None = None

    @property
    def state(self) -> DeadlineState:
        """Where it stands on the day asked about."""
        if self.last_day is None:
            return DeadlineState.DONE if self.done_on else DeadlineState.UNCOUNTED
        duty = self.nature is DeadlineNature.DUTY
        if self.done_on is not None:
            late = duty and self.done_on > self.last_day
            return DeadlineState.DONE_LATE if late else DeadlineState.DONE
        if self.days_left is None or self.days_left >= 0:
            return DeadlineState.RUNNING
        return DeadlineState.LATE if duty else DeadlineState.ENDED

    @property
    def is_late(self) -> bool:
        """Whether it was done after its last day, or has run out undone."""
        return self.state in (DeadlineState.LATE, DeadlineState.DONE_LATE)

    @property
    def notices(self) -> tuple[str, ...]:
        """The holiday notices the count rests on."""
        return notices_of(self.derivation)

    def as_json(self) -> dict[str, Any]:
        """Return the deadline as ``case show`` prints it."""
        return {
            "code": self.code,
            "name": self.name,
            "step": self.step,
            "from": self.start.isoformat(),
            "last_day": self.last_day.isoformat() if self.last_day else None,
            "moment": self.moment.isoformat(timespec="minutes") if self.moment else None,
            "days_left": self.days_left,
            "done_on": self.done_on.isoformat() if self.done_on else None,
            "state": self.state.value,
            "late": self.is_late,
            "holder": self.holder,
            "basis": self.basis,
            "provisional": self.provisional,
            "note": self.note,
        }


def notices_of(derivation: tuple[DerivationStep, ...]) -> tuple[str, ...]:
    """Return the holiday notices named in a derivation, each once, in order."""
    return tuple(dict.fromkeys(step.notice for step in derivation if step.notice))
