"""Cases as a user works with them: opening, viewing on any day, recording what happens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from workstation.domain.case_links import LinkedCase
from workstation.domain.cases import Case, CaseFile, JsonValue
from workstation.domain.intake import check_moments
from workstation.domain.leads import Lead, LeadSource
from workstation.domain.parties import Party, PartyKind, check_party
from workstation.errors import InvalidInputError
from workstation.operations.case_numbers import take_lead_number
from workstation.operations.changes import Changes
from workstation.operations.event_files import EventRequest, read_events, read_json
from workstation.operations.findings import Finding, findings_of
from workstation.operations.possible_events import PossibleEvent, possible_events
from workstation.operations.readings import rules_of, surroundings_of
from workstation.operations.recording import GuardRefusedError, Recorded, Recorder
from workstation.procedure import (
    Block,
    Execution,
    LawComparison,
    Release,
    RunningDeadline,
    StepState,
    assess,
    compare_laws,
    execution_of,
    open_deadlines,
    releases,
)
from workstation.procedure.case_readings import act_day
from workstation.procedure.procedures import Procedure, procedure_of
from workstation.storage.database import Database, Unit, new_record_id
from workstation.storage.records import CaseSummary

__all__ = [
    "NEW_CASE",
    "Applied",
    "CaseOperations",
    "CaseSummary",
    "CaseView",
    "Created",
    "NewCase",
    "new_case_from",
    "party_from",
]

NEW_CASE = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case on one day: its file as it stood, its steps, its clocks, what is owed."""

    file: CaseFile
    as_of: date
    steps: tuple[StepState, ...]
    deadlines: tuple[RunningDeadline, ...]
    sealed: bool
    execution: Execution | None = None
    links: tuple[LinkedCase, ...] = ()
    procedure: Procedure = Procedure.ORDINARY
    releases: tuple[Release, ...] = ()

    @property
    def act_day(self) -> date | None:
        """The day of the act, whose law judges it; None while it isn't known."""
        return act_day(self.file.case)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What stands in the way now, step by step."""
        return tuple(block for state in self.steps for block in state.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case to open: a lead, a party and the act, as far as they are known."""

    title: str
    cause: str
    source: LeadSource
    received_at: datetime
    found_at: datetime
    content: str
    party: Party
    matter_code: str
    officers: tuple[str, ...]
    facts: Mapping[str, JsonValue]
    summary: str = ""
    reporter: str = ""
    answer_due: date | None = None
    procedure: Procedure = Procedure.ORDINARY


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """A case that was opened."""

    case_id: str
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What came of an event file: how many events were recorded, and what refused the next.

    ``findings`` holds the refusals first, then the warnings and what was set aside.
    """

    case_id: str
    recorded: int
    documents: tuple[str, ...]
    changes: Changes
    findings: tuple[Finding, ...] = ()
    refusal: GuardRefusedError | None = None
    refused_at: str = ""


class CaseOperations:
    """Every call is one short transaction; safe to call from any thread."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self._database = database
        self._recorder = recorder

    def summaries(
        self, text: str = "", *, limit: int = 200, offset: int = 0
    ) -> tuple[CaseSummary, ...]:
        """Return the cases that hold every word of ``text``, the latest event first."""
        with self._database.reading() as unit:
            return unit.cases.summaries(text, limit=limit, offset=offset)

    def count(self, text: str = "") -> int:
        """Return how many cases hold every word of ``text``."""
        with self._database.reading() as unit:
            return unit.cases.count(text)

    def find(self, wanted: str) -> str:
        """Return the id of the case with this id, number, or beginning of an id."""
        with self._database.reading() as unit:
            return unit.cases.find(wanted)

    def view(self, wanted: str, as_of: date | None = None) -> CaseView:
        """Return a case as it stood on a day (None: today)."""
        day = as_of or date.today()
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted)).as_of(day)
            at = datetime.combine(day, datetime.min.time())
            surroundings = surroundings_of(unit, file, at, live=day >= date.today())
            rules = rules_of(unit, self._recorder.rules)
            links = unit.links.of_case(file.case.id)
        return CaseView(
            file=file,
            as_of=day,
            steps=assess(file, day, rules, surroundings),
            deadlines=open_deadlines(file, day, rules, surroundings),
            sealed=file.first("case_archived") is not None,
            releases=releases(file, rules.guards),
            execution=execution_of(file, day, rules),
            links=tuple(link for link in links if link.made_on <= day),
            procedure=procedure_of(file),
        )

    def compare_laws(self, wanted: str, day: date) -> LawComparison | None:
        """Lay the law of the act beside that of ``day``; None while the day of the act is open."""
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted))
            surroundings = surroundings_of(unit, file, datetime.combine(day, datetime.min.time()))
            rules = rules_of(unit, self._recorder.rules)
        return compare_laws(file, day, rules, surroundings)

    def possible_events(self, wanted: str, step: int, day: date) -> tuple[PossibleEvent, ...]:
        """Return the events of a step with what already stands against each on ``day``."""
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted))
            at = datetime.combine(day, datetime.min.time())
            surroundings = surroundings_of(unit, file, at, live=True)
            rules = rules_of(unit, self._recorder.rules)
        return possible_events(file, step, day, rules, surroundings)

    def create(self, new: NewCase) -> Created:
        """Open a case with its lead; the lead gets the next 案源号.

        For the summary procedure the lead is registered and the procedure chosen as well.

        Raises:
            GuardRefusedError: the summary procedure is not open to it; nothing was written.
            InvalidInputError: a number's check digit is wrong, or a day lies before the act.
        """
        party = check_party(new.party)
        check_moments(new.received_at, new.found_at, new.facts)
        with self._database.writing() as unit:
            case = unit.cases.add(
                Case(
                    id=new_record_id(),
                    title=new.title.strip() or f"{party.name}涉嫌{new.cause}案",
                    cause=new.cause,
                    lead=self._lead(unit, new),
                    party=party,
                    officers=new.officers,
                    matter_code=new.matter_code,
                    facts=dict(new.facts),
                    summary=new.summary,
                )
            )
            unit.log.append("case_created", {"case": case.id, "lead": case.lead.number})
            if new.procedure is Procedure.SUMMARY:
                for request in _summary_opening(new):
                    self._recorder.record(unit, case.id, request)
        return Created(case_id=case.id, changes=Changes.of("case", case.id))

    def _lead(self, unit: Unit, new: NewCase) -> Lead:
        return Lead(
            number=take_lead_number(unit, self._recorder.numbers, new.received_at.year),
            source=new.source,
            received_at=new.received_at,
            found_at=new.found_at,
            content=new.content,
            reporter=new.reporter,
            answer_due=new.answer_due,
        )

    def record(self, case_id: str, request: EventRequest) -> Recorded:
        """Record one event with its papers; see :meth:`Recorder.record` for what is refused."""
        with self._database.writing() as unit:
            return self._recorder.record(unit, case_id, request)

    def apply_file(self, wanted: str, path: Path) -> Applied:
        """Record the events of a file in order; stop at the first that is refused.

        ``wanted`` is a case or ``new``, which opens the case that the file describes. Each event
        is one transaction: what was recorded before a refusal stays.

        Raises:
            EventFileError: the file is malformed; nothing was recorded.
            WorkstationError: a paper of an event can't be made; events before it stay.
        """
        requests = read_events(path, self._recorder.rules.events)
        if wanted == NEW_CASE:
            case_id = self.create(new_case_from(read_json(path))).case_id
        else:
            case_id = self.find(wanted)
        documents: list[str] = []
        warnings: tuple[Finding, ...] = ()
        changes = Changes.of("case", case_id)
        for position, request in enumerate(requests, start=1):
            try:
                recorded = self.record(case_id, request)
            except GuardRefusedError as refusal:
                refused = findings_of(refusal.blocks, position, request, recorded=False)
                return Applied(
                    case_id=case_id,
                    recorded=position - 1,
                    documents=tuple(documents),
                    changes=changes,
                    findings=refused + warnings,
                    refusal=refusal,
                    refused_at=f"{request.at:%Y-%m-%d %H:%M} {request.title}",
                )
            documents += recorded.documents
            warnings += findings_of(recorded.warnings, position, request, recorded=True)
        return Applied(
            case_id=case_id,
            recorded=len(requests),
            documents=tuple(documents),
            changes=changes,
            findings=warnings,
        )


def _summary_opening(new: NewCase) -> tuple[EventRequest, ...]:
    kinds = {"lead_registered": "案源登记", "summary_procedure_chosen": "适用简易程序"}
    return tuple(
        EventRequest(
            kind=kind,
            step=1,
            at=new.received_at,
            title=title,
            actor="、".join(new.officers),
            data={} if kind == "lead_registered" else {"facts_clear": True},
        )
        for kind, title in kinds.items()
    )


def new_case_from(content: Mapping[str, Any]) -> NewCase:
    """Read the ``case`` part of an event file.

    Raises:
        InvalidInputError: it is missing, incomplete or of the wrong shape.
    """
    try:
        row = content["case"]
        lead = row["lead"]
        due = lead.get("answer_due")
        return NewCase(
            title=str(row.get("title", "")),
            cause=str(row["cause"]),
            source=LeadSource(lead["source"]),
            received_at=datetime.fromisoformat(lead["received_at"]),
            found_at=datetime.fromisoformat(lead["found_at"]),
            content=str(lead["content"]),
            reporter=str(lead.get("reporter", "")),
            answer_due=date.fromisoformat(due) if due else None,
            party=party_from(row["party"]),
            matter_code=str(row["matter"]),
            officers=tuple(row["officers"]),
            facts=dict(row.get("facts", {})),
            summary=str(row.get("summary", "")),
            procedure=Procedure(row.get("procedure", Procedure.ORDINARY)),
        )
    except KeyError as error:
        message = f"新建案件缺少“{error.args[0]}”。"
        raise InvalidInputError(message, hint="请在文件的 case 中补上该项。") from error
    except (TypeError, ValueError, AttributeError) as error:
        message = f"新建案件的内容不对：{error}。"
        raise InvalidInputError(
            message, hint="日期写作 2026-08-19T08:50，案源类型用表中所列。"
        ) from error


def party_from(row: Mapping[str, Any]) -> Party:
    """Read a party; numbers are checked when the case is opened."""
    born = row.get("birth_date")
    texts = {name: str(row.get(name, "")) for name in _PARTY_TEXTS}
    return Party(
        kind=PartyKind(row["kind"]),
        birth_date=date.fromisoformat(born) if born else None,
        **texts,
    )


_PARTY_TEXTS = (
    "name",
    "number",
    "address",
    "phone",
    "representative",
    "representative_title",
    "representative_number",
    "gender",
    "guardian",
    "registration_number",
    "description",
)
