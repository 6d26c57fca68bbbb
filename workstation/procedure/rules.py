"""Loading the procedure: steps, events, deadlines, calendar, guards and parameters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from workstation import data_files
from workstation.domain.dated_entries import DatedEntry, EntryKind
from workstation.procedure.calendars import WorkingCalendar, load_calendar
from workstation.procedure.crimes import CrimeThreshold, load_crimes
from workstation.procedure.data_tables import Table, check_new, convert, read_table, words
from workstation.procedure.deadlines import DeadlineRules, load_deadline_rules
from workstation.procedure.errors import ProcedureDataError
from workstation.procedure.event_kinds import (
    EventCatalogue,
    EventField,
    field_from,
    load_event_catalogue,
)
from workstation.procedure.holiday_notices import with_notices
from workstation.procedure.parameters import ParameterBook, load_parameters
from workstation.procedure.records import (
    Basis,
    GuardRule,
    Necessity,
    Parameters,
    Phase,
    StepDefinition,
    SummaryCourse,
)
from workstation.procedure.review_stages import ReviewStage, load_stages
from workstation.procedure.service_methods import ServiceRules, load_service_rules

RULE_KINDS = (EntryKind.PARAMETER, EntryKind.HOLIDAYS)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class ProcedureRules:
    """Everything of the procedure that is data; the same for all cases of an office.

    ``parameters`` and the lengths in ``deadlines`` are those of one day; see :meth:`on`.
    ``repealed`` gives the first day without a statute by its full title.
    """

    steps: tuple[StepDefinition, ...]
    events: EventCatalogue
    deadlines: DeadlineRules
    calendar: WorkingCalendar
    guards: Mapping[str, GuardRule]
    parameters: Parameters
    book: ParameterBook
    repealed: Mapping[str, date]
    crimes: tuple[CrimeThreshold, ...] = ()
    facts: tuple[EventField, ...] = ()
    service: ServiceRules = ServiceRules()  # noqa: RUF009 - frozen, so one will do for all
    stages: tuple[ReviewStage, ...] = ()

    def on(self, when: date) -> "ProcedureRules":
        """Return the rules with the parameters and deadline lengths that hold on ``when``."""
        parameters, deadlines = self.book.on(when)
        if parameters is self.parameters:
            return self
        return replace(self, parameters=parameters, deadlines=deadlines)

    def with_own(self, entries: Iterable[DatedEntry]) -> "ProcedureRules":
        """Return the rules with what the office set itself; ``entries`` are of ``RULE_KINDS``."""
        own = tuple(entries)
        book = self.book.with_own(e for e in own if e.kind is EntryKind.PARAMETER)
        parameters, deadlines = book.on(date.today())
        return replace(
            self,
            book=book,
            parameters=parameters,
            deadlines=deadlines,
            calendar=with_notices(self.calendar, (e for e in own if e.kind is EntryKind.HOLIDAYS)),
        )

    @property
    def fact_labels(self) -> dict[str, str]:
        """What the facts of a case are called, by key."""
        return {entry.key: entry.label for entry in self.facts}

    def step(self, n: int) -> StepDefinition:
        """Return step ``n``.

        Raises:
            KeyError: there is no such step.
        """
        for step in self.steps:
            if step.n == n:
                return step
        raise KeyError(n)


def load_rules(home: Path | None = None) -> ProcedureRules:
    """Read all rules; a bureau's own files under ``home/own`` win over the shipped ones.

    Raises:
        ProcedureDataError: a file is malformed; the message names file and entry.
    """
    holidays = [data_files.statutes_dir() / "holidays"]
    if home is not None:
        holidays.append(home / "own" / "statutes" / "holidays")
    lengths = load_deadline_rules(data_files.overlay("statutes/deadlines.toml", home))
    book = load_parameters(data_files.overlay("statutes/parameters.toml", home), lengths)
    parameters, deadlines = book.on(date.today())
    return ProcedureRules(
        steps=load_steps(home),
        events=load_event_catalogue(data_files.overlay_folder("templates/events", home)),
        deadlines=deadlines,
        calendar=load_calendar(holidays),
        guards=load_guard_rules(data_files.overlay_folder("statutes/guards", home)),
        parameters=parameters,
        book=book,
        repealed=load_repealed(data_files.overlay("statutes/repealed.toml", home)),
        crimes=load_crimes(data_files.overlay("statutes/crimes.toml", home)),
        facts=load_facts(data_files.overlay("templates/facts.toml", home)),
        service=load_service_rules(data_files.overlay("statutes/service.toml", home)),
        stages=load_stages(data_files.overlay("statutes/legal_review.toml", home)),
    )


def load_facts(path: Path) -> tuple[EventField, ...]:
    """Read which facts of a case can be recorded.

    Raises:
        ProcedureDataError: the file is malformed; the message names the entry.
    """
    return tuple(convert(path, "facts", field_from, row) for row in read_table(path)["facts"])


def load_repealed(path: Path) -> dict[str, date]:
    """Read which statutes are law no longer: full title and the first day without it.

    Raises:
        ProcedureDataError: the file is malformed; the message names the entry.
    """
    repealed: dict[str, date] = {}
    for row in read_table(path).get("repealed", ()):
        day, titles = convert(path, "repealed", _repealed, row)
        repealed |= dict.fromkeys(titles, day)
    return repealed


def _repealed(row: Table) -> tuple[date, tuple[str, ...]]:
    return date.fromisoformat(str(row["repealed_on"])), words(row["titles"])


def load_steps(home: Path | None = None) -> tuple[StepDefinition, ...]:
    """Read the ``step.toml`` of every step folder and return the steps in their order.

    Raises:
        ProcedureDataError: a file is malformed, or two steps have one number.
    """
    steps: list[StepDefinition] = []
    for folder in data_files.step_folders():
        path = data_files.overlay(f"templates/{folder.name}/step.toml", home)
        table = read_table(path)
        steps.append(convert(path, "step", _step, folder.name, table))
    numbers = [step.n for step in steps]
    if len(set(numbers)) != len(numbers):
        message = f"步骤编号重复：{sorted(numbers)}。"
        raise ProcedureDataError(message, hint="请改正 templates 各步骤 step.toml 中的 n。")
    return tuple(sorted(steps, key=lambda step: step.order))


def _step(key: str, row: Table) -> StepDefinition:
    return StepDefinition(
        n=int(row["n"]),
        key=key,
        name=str(row["name"]),
        phase=Phase(row["phase"]),
        order=int(row["order"]),
        necessity=Necessity(row["necessity"]),
        condition=str(row.get("condition", "")),
        purpose=str(row["purpose"]),
        trigger=str(row["trigger"]),
        actor=str(row["actor"]),
        approver=str(row["approver"]),
        documents=words(row["documents"]),
        deadlines=words(row["deadlines"]),
        basis=tuple(
            Basis(reference=str(entry["reference"]), why=str(entry["why"]))
            for entry in row["basis"]
        ),
        sequence=words(row["sequence"]),
        completed_by=words(row["completed_by"]),
        reopened_by=words(row.get("reopened_by", [])),
        open_until=words(row.get("open_until", [])),
        applies_when=str(row.get("applies_when", "")),
        may_be_skipped=bool(row.get("may_be_skipped", row["necessity"] == "条件")),
        summary=_summary(row["summary"]) if "summary" in row else None,
    )


def _summary(row: Table) -> SummaryCourse:
    return SummaryCourse(
        sequence=words(row.get("sequence", [])),
        completed_by=words(row.get("completed_by", [])),
        open_until=words(row.get("open_until", [])),
        not_applicable=str(row.get("not_applicable", "")),
    )


def load_guard_rules(paths: Iterable[Path]) -> dict[str, GuardRule]:
    """Read the particulars of the guards from all files.

    Raises:
        ProcedureDataError: a file is malformed or a guard stands twice; the message names it.
    """
    rules: dict[str, GuardRule] = {}
    for path in paths:
        for name, row in read_table(path).get("guards", {}).items():
            check_new(path, f"guards.{name}", name in rules)
            rules[name] = convert(path, f"guards.{name}", _guard, name, row)
    return rules


def _guard(name: str, row: Table) -> GuardRule:
    return GuardRule(
        name=name,
        title=str(row["title"]),
        basis=str(row["basis"]),
        check=str(row["check"]),
        hard=bool(row["hard"]),
        overridable=bool(row["overridable"]),
        preview=bool(row["preview"]),
        prerequisite=bool(row.get("prerequisite", False)),
        reads_papers=bool(row.get("reads_papers", False)),
        override_note=str(row.get("override_note", "")),
    )
