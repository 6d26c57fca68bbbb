"""Drafts and running deadlines."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session

from workstation.domain.cases import JsonValue
from workstation.storage.base_row import columns_of, record_of
from workstation.storage.case_rows import CaseOverviewRow
from workstation.storage.ledger_rows import DeadlineRow, DraftRow
from workstation.storage.overviews import nearest_of, write_next_due
from workstation.storage.records import DeadlineEntry, Draft, DueDeadline, DueFilter


class DraftRepository:
    """What was typed into forms and not issued; kept until it is issued or discarded."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(
        self,
        case_id: str,
        form: str,
        occurrence: int,
        values: Mapping[str, JsonValue],
        base_version: int,
    ) -> Draft:
        """Store a draft in place of the one before; it is stamped with the local time."""
        row = self._session.get(DraftRow, (case_id, form, occurrence))
        if row is None:
            row = DraftRow(case_id=case_id, form=form, occurrence=occurrence, bases={})
            self._session.add(row)
        row.values = dict(values)
        row.base_version = base_version
        row.updated_at = datetime.now().astimezone().replace(tzinfo=None, microsecond=0)
        self._session.flush()
        return record_of(Draft, row)

    def put_bases(
        self, case_id: str, form: str, occurrence: int, bases: Mapping[str, JsonValue]
    ) -> None:
        """Store with a draft what its edited fields started from; see :class:`Draft`."""
        row = self._session.get_one(DraftRow, (case_id, form, occurrence))
        row.bases = dict(bases)
        self._session.flush()

    def get(self, case_id: str, form: str, occurrence: int = 1) -> Draft | None:
        """Return a draft, or None where nothing was typed."""
        row = self._session.get(DraftRow, (case_id, form, occurrence))
        return record_of(Draft, row) if row else None

    def of_case(self, case_id: str) -> tuple[Draft, ...]:
        """Return the drafts of a case, by form."""
        query = select(DraftRow).where(DraftRow.case_id == case_id)
        rows = self._session.scalars(query.order_by(DraftRow.form, DraftRow.occurrence))
        return tuple(record_of(Draft, row) for row in rows)

    def of_cases(self, case_ids: Collection[str]) -> dict[str, tuple[Draft, ...]]:
        """Return the drafts of many cases by case, each by form."""
        query = select(DraftRow).where(DraftRow.case_id.in_(case_ids))
        ordered = query.order_by(DraftRow.case_id, DraftRow.form, DraftRow.occurrence)
        rows = self._session.scalars(ordered)
        return {
            case_id: tuple(record_of(Draft, row) for row in found)
            for case_id, found in groupby(rows, attrgetter("case_id"))
        }

    def delete(self, case_id: str, form: str, occurrence: int = 1) -> None:
        """Discard a draft; nothing happens where there is none."""
        row = self._session.get(DraftRow, (case_id, form, occurrence))
        if row is not None:
            self._session.delete(row)
            self._session.flush()


class DeadlineRepository:
    """The deadlines of cases as the procedure last computed them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def replace(self, case_id: str, entries: Iterable[DeadlineEntry]) -> None:
        """Store the deadlines of a case in place of those before."""
        self._session.execute(delete(DeadlineRow).where(DeadlineRow.case_id == case_id))
        self._session.add_all(
            DeadlineRow(case_id=case_id, position=position, **columns_of(entry))
            for position, entry in enumerate(entries, start=1)
        )
        write_next_due(self._session, case_id)
        self._session.flush()

    def replace_all(self, by_case: Mapping[str, Sequence[DeadlineEntry]]) -> None:
        """Store the deadlines of many cases, and the nearest of each, in three statements."""
        if not by_case:
            return
        self._session.flush()
        self._session.execute(delete(DeadlineRow).where(DeadlineRow.case_id.in_(by_case)))
        rows = [
            {"case_id": case_id, "position": position, **columns_of(entry)}
            for case_id, entries in by_case.items()
            for position, entry in enumerate(entries, start=1)
        ]
        if rows:
            self._session.execute(insert(DeadlineRow), rows)
        nearest = [{"case_id": key, **nearest_of(entries)} for key, entries in by_case.items()]
        self._session.execute(update(CaseOverviewRow), nearest)
        self._session.expire_all()

    def of_case(self, case_id: str) -> tuple[DeadlineEntry, ...]:
        """Return the deadlines of a case in the order they were given."""
        return self.of_cases((case_id,)).get(case_id, ())

    def of_cases(self, case_ids: Collection[str]) -> dict[str, tuple[DeadlineEntry, ...]]:
        """Return the deadlines of many cases by case, each in the order they were given."""
        query = select(DeadlineRow).where(DeadlineRow.case_id.in_(case_ids))
        found: dict[str, list[DeadlineEntry]] = {}
        ordered = query.order_by(DeadlineRow.case_id, DeadlineRow.position)
        for row in self._session.scalars(ordered):
            found.setdefault(row.case_id, []).append(record_of(DeadlineEntry, row))
        return {case_id: tuple(entries) for case_id, entries in found.items()}

    def due(
        self, wanted: DueFilter, *, limit: int = 200, offset: int = 0
    ) -> tuple[DueDeadline, ...]:
        """Return the open deadlines of all cases that ``wanted`` lets through, nearest first."""
        columns = (CaseOverviewRow.number, CaseOverviewRow.title, CaseOverviewRow.officers)
        query = _due(select(DeadlineRow, *columns), wanted).order_by(
            DeadlineRow.last_day, DeadlineRow.case_id, DeadlineRow.position
        )
        return tuple(
            record_of(
                DueDeadline,
                row,
                case_number=number,
                case_title=title,
                officers=tuple(officers.splitlines()),
            )
            for row, number, title, officers in self._session.execute(
                query.limit(limit).offset(offset)
            )
        )

    def count_due(self, wanted: DueFilter) -> int:
        """Return how many open deadlines ``wanted`` lets through."""
        query = _due(select(func.count()).select_from(DeadlineRow), wanted)
        return self._session.scalar(query) or 0

    def count_spans(
        self, wanted: DueFilter, spans: Sequence[tuple[date | None, date | None]]
    ) -> tuple[int, ...]:
        """Return how many open deadlines of ``wanted`` end in each span; None is an open end."""
        counts = [func.count().filter(_between(first, last)) for first, last in spans]
        query = _due(select(*counts).select_from(DeadlineRow), wanted)
        return tuple(self._session.execute(query).one())


def _between(first: date | None, last: date | None) -> ColumnElement[bool]:
    return and_(
        true() if first is None else DeadlineRow.last_day >= first,
        true() if last is None else DeadlineRow.last_day <= last,
    )


def _due(query: Any, wanted: DueFilter) -> Any:
    query = query.join(CaseOverviewRow, CaseOverviewRow.case_id == DeadlineRow.case_id).where(
        DeadlineRow.done.is_(False), DeadlineRow.last_day.is_not(None)
    )
    if wanted.first is not None:
        query = query.where(DeadlineRow.last_day >= wanted.first)
    if wanted.last is not None:
        query = query.where(DeadlineRow.last_day <= wanted.last)
    if wanted.holder:
        query = query.where(DeadlineRow.holder == wanted.holder)
    if wanted.code:
        query = query.where(DeadlineRow.code == wanted.code)
    if wanted.ending and wanted.today is not None:
        lasting = DeadlineRow.code.not_in(sorted(wanted.ending))
        query = query.where(or_(lasting, DeadlineRow.last_day >= wanted.today))
    if wanted.officer:
        named = literal("\n").concat(CaseOverviewRow.officers).concat("\n")
        query = query.where(named.contains(f"\n{wanted.officer}\n", autoescape=True))
    for word in wanted.text.casefold().split():
        query = query.where(CaseOverviewRow.search_text.contains(word, autoescape=True))
    return query
