"""Deadlines as a user works with them: counted by rule, in a case, moved by what-ifs."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.errors import InvalidInputError
from workstation.operations.readings import rules_of, surroundings_of
from workstation.procedure import Deadline, ProcedureRules, compute
from workstation.procedure.clocks import ClockQuestion
from workstation.procedure.decision_days import DecisionWindow, decision_window
from workstation.procedure.period_records import DeadlineRule, Deduction, Origin, RunningDeadline
from workstation.procedure.running import running_clocks
from workstation.procedure.what_ifs import FOUND_AT, WhatIf, what_if
from workstation.storage.database import Database

_RECEIPT = "D56"  # told by the service itself
_FACTS = {FOUND_AT: "发现违法线索的时间", "act_end": "违法行为终了的时间"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What starts a clock and what in the file proves it, in the words of the file."""

    event: str
    at: str
    evidence: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as the command line prints it."""
        return {"event": self.event, "at": self.at, "evidence": list(self.evidence)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClock:
    """A clock of a case with its rule and trigger; ``key`` tells those of one rule apart."""

    key: str
    deadline: RunningDeadline
    rule: DeadlineRule
    trigger: Trigger

    def as_json(self) -> dict[str, Any]:
        """Return it as ``case deadlines`` prints it."""
        return {
            "key": self.key,
            **self.deadline.as_json(),
            "starts": self.rule.start,
            "counting": self.rule.counting,
            "consequence": self.rule.consequence,
            "trigger": self.trigger.as_json(),
            "deductions": [d.as_json() for d in self.deadline.deductions],
            "notices": list(self.deadline.notices),
            "derivation": [step.as_json() for step in self.deadline.derivation],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDeadlines:
    """All clocks of a case on a day, and when it may be decided."""

    file: CaseFile
    as_of: date
    clocks: tuple[CaseClock, ...]
    decision: DecisionWindow

    def clock(self, key: str) -> CaseClock:
        """Return the clock called ``key`` (DL06, or DL06#2 for the second of that rule).

        Raises:
            InvalidInputError: no such clock runs in the case.
        """
        for clock in self.clocks:
            if clock.key == key.strip().upper():
                return clock
        message = f"本案在{self.as_of}没有代码为“{key}”的期限。"
        found = "、".join(c.key for c in self.clocks) or "无"
        raise InvalidInputError(message, hint=f"本案已起算的期限：{found}。")

    def as_json(self) -> dict[str, Any]:
        """Return what ``case deadlines`` prints."""
        case = self.file.case
        return {
            "case_id": case.id,
            "number": case.number,
            "title": case.title,
            "as_of": self.as_of.isoformat(),
            "earliest_decision": self.decision.as_json(),
            "deadlines": [clock.as_json() for clock in self.clocks],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One period to count: its rule, its start and what is left out."""

    rule: str
    start: date | datetime
    deductions: tuple[Deduction, ...] = ()


class DeadlineOperations:
    """Nothing here writes; every call is one short transaction."""

    def __init__(self, database: Database, shipped: ProcedureRules) -> None:
        self._database = database
        self._shipped = shipped

    def rules(self, day: date | None = None) -> ProcedureRules:
        """Return the rules with what this office decided for itself, as of a day."""
        with self._database.reading() as unit:
            return rules_of(unit, self._shipped).on(day or date.today())

    def count(self, wanted: Count, *, shift: int = 0) -> Deadline:
        """Count one period; with ``shift`` as if it had started that many days later.

        Raises:
            UnknownDeadlineError: no rule has that code.
            HolidayNoticeMissingError: a year on the way has no holiday notice.
            InvalidInputError: the deductions overlap or can't be deducted.
        """
        start = wanted.start + timedelta(days=shift)
        rules = self.rules(start.date() if isinstance(start, datetime) else start)
        rule = rules.deadlines.rule(wanted.rule)
        return compute(rule, start, calendar=rules.calendar, deductions=wanted.deductions)

    def of_case(self, wanted: str, as_of: date | None = None) -> CaseDeadlines:
        """Return the clocks of a case as they stood on a day (None: today)."""
        question = self._question(wanted, as_of or date.today())
        running = running_clocks(question)
        file, rules = question.case_file, question.rules
        seen: Counter[str] = Counter()
        clocks = []
        for deadline in running:
            seen[deadline.code] += 1
            nth = seen[deadline.code]
            clocks.append(
                CaseClock(
                    key=deadline.code if nth == 1 else f"{deadline.code}#{nth}",
                    deadline=deadline,
                    rule=rules.on(deadline.start).deadlines.rule(deadline.code),
                    trigger=trigger_of(deadline, file, rules),
                )
            )
        return CaseDeadlines(
            file=file,
            as_of=question.as_of,
            clocks=tuple(clocks),
            decision=decision_window(file, question.as_of, rules, running),
        )

    def what_if(self, wanted: str, key: str, days: int, as_of: date | None = None) -> WhatIf:
        """Say what would follow if what starts a clock had come ``days`` later (or earlier).

        Raises:
            InvalidInputError: no such clock runs, or what starts it can't be moved.
        """
        clock = self.of_case(wanted, as_of).clock(key)
        if clock.deadline.origin is None:
            message = f"“{clock.deadline.name}”的起算日不是由一个事件决定的，不能试算。"
            raise InvalidInputError(message, hint="请对它所依附的期限试算。")
        question = self._question(wanted, as_of or date.today())
        return what_if(question, clock.deadline.origin, days)

    def _question(self, wanted: str, as_of: date) -> ClockQuestion:
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted)).as_of(as_of)
            at = datetime.combine(as_of, datetime.min.time())
            surroundings = surroundings_of(unit, file, at)
            rules = rules_of(unit, self._shipped)
        return ClockQuestion(case_file=file, as_of=as_of, rules=rules, surroundings=surroundings)


def trigger_of(deadline: RunningDeadline, file: CaseFile, rules: ProcedureRules) -> Trigger:
    """Return what starts a deadline, with the documents and receipts that prove it."""
    origin = deadline.origin
    event = next((e for e in file.events if origin and e.position == origin.event), None)
    if origin is None or (event is None and not origin.key):
        return Trigger(
            event=f"起算日 {deadline.start}", at=deadline.start.isoformat(), evidence=()
        )
    if event is None:
        lead = f"案源登记{file.case.lead.number}".strip()
        what = _FACTS.get(origin.key, origin.key)
        return Trigger(event=what, at=deadline.start.isoformat(), evidence=(lead,))
    said = _label(event, origin, rules)
    what = f"{event.title}{f'（{said}）' if said else ''}"
    at = f"{event.at:%Y-%m-%d %H:%M}" if not origin.key else str(event.data.get(origin.key))
    return Trigger(event=what, at=at, evidence=_evidence(event, file))


def _label(event: CaseEvent, origin: Origin, rules: ProcedureRules) -> str:
    if not origin.key:
        return ""
    fields = rules.events.kind(event.kind).fields
    return next((field.label for field in fields if field.key == origin.key), origin.key)


def _evidence(event: CaseEvent, file: CaseFile) -> tuple[str, ...]:
    documents = {d.id: d for d in file.documents}
    made = [
        f"《{d.title}》{d.number}".strip()
        for d in file.documents
        if d.event_position == event.position and d.form != _RECEIPT
    ]
    received = [
        f"送达回证：《{documents[r.document_id].title}》{documents[r.document_id].number}，"
        f"{r.at:%Y-%m-%d %H:%M}{r.method}，{r.receiver}（{r.receiver_role}）签收，{r.place}"
        for r in file.deliveries
        if r.event_position == event.position and r.document_id in documents
    ]
    recorded = f"案卷记录第{event.position}项：{event.at:%Y-%m-%d %H:%M} {event.title}"
    return (*received, *made, f"{recorded}（{event.actor}）" if event.actor else recorded)


def read_span(text: str) -> Deduction:
    """Read a span such as 2026-10-01..2026-10-05 or 2026-10-01..2026-10-05:鉴定.

    Raises:
        InvalidInputError: it can't be read.
    """
    span, _, why = text.partition(":")
    first, _, last = span.partition("..")
    try:
        return Deduction(
            first=date.fromisoformat(first),
            last=date.fromisoformat(last),
            why=why.strip() or "命令行所列扣除期间",
        )
    except ValueError as error:
        message = f"扣除期间“{text}”看不懂。"
        hint = "请写作 2026-10-01..2026-10-05，或者加上事由 2026-10-01..2026-10-05:鉴定。"
        raise InvalidInputError(message, hint=hint) from error
