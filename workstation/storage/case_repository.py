"""Cases: their facts, their files and the list."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from workstation.domain.cases import Case, CaseFile
from workstation.domain.leads import Lead
from workstation.domain.parties import Party, PartyKind
from workstation.storage.base_row import columns_of, record_of
from workstation.storage.case_rows import (
    CaseFactRow,
    CaseOfficerRow,
    CaseOverviewRow,
    CaseRow,
    LeadRow,
    PartyRow,
)
from workstation.storage.errors import AmbiguousCaseError, CaseNotFoundError, StaleCaseError
from workstation.storage.evidence_repositories import EvidenceRepository
from workstation.storage.file_repositories import DocumentRepository, EventRepository
from workstation.storage.file_rows import CaseEventRow
from workstation.storage.overviews import write_facts
from workstation.storage.records import CaseOutline, CaseSummary

_LISTED = {
    "id": CaseOverviewRow.case_id,
    "number": CaseOverviewRow.number,
    "title": CaseOverviewRow.title,
    "party": CaseOverviewRow.party,
    "cause": CaseOverviewRow.cause,
    "officers": CaseOverviewRow.officers,
    "filed_on": CaseOverviewRow.filed_on,
    "step": CaseOverviewRow.step,
    "last_event": CaseOverviewRow.last_event,
    "last_event_at": CaseOverviewRow.last_at,
    "next_due": CaseOverviewRow.next_due,
    "next_due_name": CaseOverviewRow.next_due_name,
}
_NAMES = tuple(_LISTED)
_CHILDREN = ("lead", "party", "officers", "facts")


class CaseRepository:
    """Reads and writes cases inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, case: Case) -> Case:
        """Store a new case under ``case.id`` and return it with version 1."""
        row = CaseRow(**columns_of(case, "version", *_CHILDREN))
        row.lead = LeadRow(**columns_of(case.lead))
        row.party = PartyRow(**columns_of(case.party))
        _write_lists(row, case)
        self._session.add(row)
        self._session.flush()
        write_facts(self._session, case)
        return _case(row)

    def get(self, case_id: str) -> Case:
        """Return the facts of a case.

        Raises:
            CaseNotFoundError: there is no such case.
        """
        return _case(self._row(case_id))

    def update(self, case: Case) -> Case:
        """Store changed facts and return the case with its next version.

        Appending events, documents or evidence does not change the version; only this does.

        Raises:
            CaseNotFoundError: there is no such case.
            StaleCaseError: ``case.version`` is not the stored one.
        """
        row = self._row(case.id)
        if row.version != case.version:
            raise StaleCaseError(row.title)
        _assign(row, columns_of(case, "id", "version", *_CHILDREN))
        _assign(row.lead, columns_of(case.lead))
        _assign(row.party, columns_of(case.party))
        row.officers.clear()
        row.facts.clear()
        flag_modified(row, "title")
        self._session.flush()
        _write_lists(row, case)
        self._session.flush()
        write_facts(self._session, case)
        return _case(row)

    def find(self, wanted: str) -> str:
        """Return the id of the case with this id, number, lead number, or beginning of an id.

        Raises:
            CaseNotFoundError: none fits.
            AmbiguousCaseError: several ids begin so.
        """
        wanted = wanted.strip()
        if self._session.scalar(select(CaseRow.id).where(CaseRow.id == wanted)) is not None:
            return wanted
        exact = or_(CaseRow.number == wanted, LeadRow.number == wanted)
        query = select(CaseRow.id).join(LeadRow)
        found = self._session.scalars(query.where(exact).limit(2)).all() if wanted else []
        if not found and wanted:
            begins = CaseRow.id.startswith(wanted, autoescape=True)
            found = self._session.scalars(query.where(begins)).all()
        if not found:
            raise CaseNotFoundError(wanted)
        if len(found) > 1:
            raise AmbiguousCaseError(wanted, len(found))
        return found[0]

    def load_case_file(self, case_id: str) -> CaseFile:
        """Return everything of a case: events, documents, deliveries, evidence, in order.

        Raises:
            CaseNotFoundError: there is no such case.
        """
        documents = DocumentRepository(self._session)
        return CaseFile(
            case=self.get(case_id),
            events=EventRepository(self._session).of_case(case_id),
            documents=documents.of_case(case_id),
            deliveries=documents.deliveries_of_case(case_id),
            evidence=EvidenceRepository(self._session).of_case(case_id),
        )

    def of_party(self, party: Party, *, except_case: str = "") -> tuple[str, ...]:
        """Return the ids of the cases of ``party``: of the same number, else of the same name.

        Where both numbers are known they decide; a party not identified has no other cases.
        """
        if party.kind is PartyKind.UNIDENTIFIED and not party.number:
            return ()
        same = PartyRow.name == party.name
        if party.number:
            unnumbered = and_(same, PartyRow.number == "")
            same = or_(PartyRow.number == party.number, unnumbered)
        query = select(PartyRow.case_id).where(same, PartyRow.case_id != except_case)
        return tuple(self._session.scalars(query.order_by(PartyRow.case_id)))

    def unarchived(self) -> tuple[str, ...]:
        """Return the ids of all cases that are not archived, by id."""
        return self.without_events(("case_archived",))

    def versions(self) -> dict[str, int]:
        """Return of every case not archived a number that grows with each change and event."""
        happened = (
            select(func.count())
            .where(CaseEventRow.case_id == CaseRow.id)
            .correlate(CaseRow)
            .scalar_subquery()
        )
        archived = select(CaseEventRow.case_id).where(CaseEventRow.kind == "case_archived")
        grown = (CaseRow.version + happened).label("grown")
        query = select(CaseRow.id, grown).where(CaseRow.id.not_in(archived))
        rows = self._session.execute(query.order_by(CaseRow.id))
        return {row.id: row.grown for row in rows}

    def without_events(self, kinds: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of all cases in which nothing of ``kinds`` happened yet, by id."""
        having = select(CaseEventRow.case_id).where(CaseEventRow.kind.in_(tuple(kinds)))
        query = select(CaseRow.id).where(CaseRow.id.not_in(having)).order_by(CaseRow.id)
        return tuple(self._session.scalars(query))

    def load_courses(self, case_ids: Sequence[str]) -> tuple[CaseFile, ...]:
        """Return the facts and events of many cases at once, without papers and evidence."""
        rows = self._session.scalars(select(CaseRow).where(CaseRow.id.in_(case_ids)))
        events = EventRepository(self._session).of_cases(case_ids)
        return tuple(CaseFile(case=_case(row), events=events.get(row.id, ())) for row in rows)

    def summaries(
        self, text: str = "", *, limit: int = 200, offset: int = 0
    ) -> tuple[CaseSummary, ...]:
        """Return the cases that hold every word of ``text``, latest event first.

        Words are looked for in numbers, title, party, cause and officers.
        """
        query = (
            _matching(select(CaseOverviewRow), text)
            .order_by(CaseOverviewRow.last_at.desc(), CaseOverviewRow.case_id)
            .limit(limit)
            .offset(offset)
        )
        found = self._session.execute(query.with_only_columns(*_LISTED.values()))
        return tuple(_summary(row) for row in found)

    def outlines(
        self, first: date | None = None, last: date | None = None, matter: str = ""
    ) -> tuple[CaseOutline, ...]:
        """Return the cases filed between two days, both included, of one matter or all, by id.

        Without days those not filed yet are among them.
        """
        overview = CaseOverviewRow
        columns = (overview.number, overview.title, overview.party, overview.officers)
        query = select(overview.case_id, *columns, CaseRow.matter_code, overview.filed_on).join(
            CaseRow, CaseRow.id == overview.case_id
        )
        if first is not None:
            query = query.where(overview.filed_on >= first)
        if last is not None:
            query = query.where(overview.filed_on <= last)
        if matter:
            query = query.where(CaseRow.matter_code == matter)
        return tuple(
            CaseOutline(
                case_id=case_id,
                number=number,
                title=title,
                party=party,
                officers=tuple(officers.splitlines()),
                matter_code=code,
                filed_on=filed_on,
            )
            for case_id, number, title, party, officers, code, filed_on in self._session.execute(
                query.order_by(overview.case_id)
            )
        )

    def count(self, text: str = "") -> int:
        """Return how many cases :meth:`summaries` would list without a limit."""
        query = _matching(select(func.count()).select_from(CaseOverviewRow), text)
        return self._session.scalar(query) or 0

    def _row(self, case_id: str) -> CaseRow:
        row = self._session.get(CaseRow, case_id)
        if row is None:
            raise CaseNotFoundError(case_id)
        return row


def _case(row: CaseRow) -> Case:
    return record_of(
        Case,
        row,
        lead=record_of(Lead, row.lead),
        party=record_of(Party, row.party),
        officers=tuple(officer.name for officer in row.officers),
        facts={fact.name: fact.value for fact in row.facts},
    )


def _assign(row: object, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _write_lists(row: CaseRow, case: Case) -> None:
    row.officers = [CaseOfficerRow(position=n, name=name) for n, name in enumerate(case.officers)]
    row.facts = [
        CaseFactRow(position=n, name=name, value=value)
        for n, (name, value) in enumerate(case.facts.items())
    ]


def _matching(query: Select[Any], text: str) -> Select[Any]:
    for word in text.casefold().split():
        query = query.where(CaseOverviewRow.search_text.contains(word, autoescape=True))
    return query


def _summary(row: Iterable[Any]) -> CaseSummary:
    # By position: attribute access on rows takes half the time of a long list.
    values = dict(zip(_NAMES, row, strict=True))
    values["officers"] = tuple(values["officers"].splitlines())
    return CaseSummary(**values)
