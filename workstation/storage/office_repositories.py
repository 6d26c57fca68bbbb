"""The office and its matters."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from workstation.domain.matter_notices import EndedVersion, MatterNotice
from workstation.domain.matters import DiscretionTier, Matter
from workstation.domain.people import Office, Person
from workstation.storage.base_row import columns_of, record_of
from workstation.storage.errors import MatterOverlapError, OfficeMissingError
from workstation.storage.office_rows import (
    ONLY_OFFICE,
    DiscretionTierRow,
    MatterNoticeRow,
    MatterRow,
    OfficeRow,
    PersonRow,
)

# SQLite takes some thousand values in one statement.
_AT_ONCE = 500


class OfficeRepository:
    """The one office of a home folder."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def exists(self) -> bool:
        """Tell whether the office was set up."""
        return self._session.get(OfficeRow, ONLY_OFFICE) is not None

    def get(self) -> Office:
        """Return the office.

        Raises:
            OfficeMissingError: it was never set up.
        """
        row = self._session.get(OfficeRow, ONLY_OFFICE)
        if row is None:
            raise OfficeMissingError
        people = self._session.scalars(select(PersonRow).order_by(PersonRow.position))
        return Office(
            agency=row.agency,
            people=tuple(record_of(Person, person) for person in people),
            counters=dict(row.counters),
        )

    def set(self, office: Office) -> None:
        """Store the office in place of what was there."""
        row = self._session.get(OfficeRow, ONLY_OFFICE)
        if row is None:
            row = OfficeRow(id=ONLY_OFFICE)
            self._session.add(row)
        row.agency = office.agency
        row.counters = dict(office.counters)
        self._session.execute(delete(PersonRow))
        self._session.add_all(
            PersonRow(position=position, **columns_of(person))
            for position, person in enumerate(office.people, start=1)
        )
        self._session.flush()


class MatterRepository:
    """Matters of power in their dated versions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, matter: Matter) -> None:
        """Store one version of a matter.

        Raises:
            MatterOverlapError: that version exists, or another one holds on one of its days.
        """
        self.add_all((matter,))

    def add_all(self, matters: Iterable[Matter]) -> None:
        """Store versions of many matters, or none of them.

        Raises:
            MatterOverlapError: see :meth:`add`.
        """
        known = self._spans()
        rows = []
        for matter in matters:
            spans = known.setdefault(matter.code, [])
            span = _Span(matter.version, matter.valid_from, matter.valid_to or date.max)
            if any(_overlap(span, other) for other in spans):
                raise MatterOverlapError(matter.code, matter.version)
            spans.append(span)
            rows.append(_row(matter))
        self._session.add_all(rows)
        self._session.flush()

    def _spans(self) -> dict[str, list["_Span"]]:
        query = select(MatterRow.code, MatterRow.version, MatterRow.valid_from, MatterRow.valid_to)
        spans: dict[str, list[_Span]] = {}
        for code, version, first, last in self._session.execute(query):
            spans.setdefault(code, []).append(_Span(version, first, last or date.max))
        return spans

    def end(self, code: str, version: str, last_day: date) -> None:
        """Give a version the last day it holds on, so that the next one can be added."""
        query = select(MatterRow).where(MatterRow.code == code, MatterRow.version == version)
        self._session.scalars(query).one().valid_to = last_day
        self._session.flush()

    def end_all(self, codes: Iterable[str], last_day: date) -> None:
        """Give the versions of ``codes`` that hold after ``last_day`` that last day."""
        many = list(codes)
        for start in range(0, len(many), _AT_ONCE):
            query = update(MatterRow).where(
                MatterRow.code.in_(many[start : start + _AT_ONCE]),
                MatterRow.valid_from <= last_day,
                or_(MatterRow.valid_to.is_(None), MatterRow.valid_to > last_day),
            )
            self._session.execute(query.values(valid_to=last_day))

    def as_of(self, code: str, day: date) -> Matter | None:
        """Return the version that holds on ``day``, or None where none does."""
        query = select(MatterRow).where(MatterRow.code == code, *_holding(day))
        row = self._session.scalars(query).first()
        return _matter(row) if row else None

    def versions(self, code: str) -> tuple[Matter, ...]:
        """Return all versions of one matter, oldest first."""
        query = select(MatterRow).where(MatterRow.code == code).order_by(MatterRow.valid_from)
        return tuple(_matter(row) for row in self._session.scalars(query))

    def all(self) -> tuple[Matter, ...]:
        """Return all versions of all matters, by code and first day."""
        query = select(MatterRow).order_by(MatterRow.code, MatterRow.valid_from)
        return tuple(_matter(row) for row in self._session.scalars(query))

    def in_force(self, day: date, list_kind: str = "") -> tuple[Matter, ...]:
        """Return the versions that hold on ``day``, of one list or (empty) of all, by code."""
        query = select(MatterRow).where(*_holding(day), *_in_list(list_kind))
        rows = self._session.scalars(query.order_by(MatterRow.code))
        return tuple(_matter(row) for row in rows)

    def remove_imported(self, notice_number: str) -> int:
        """Remove the versions that a notice brought, for taking it back; return how many."""
        rows = self._session.scalars(
            select(MatterRow).where(MatterRow.notice_number == notice_number)
        ).all()
        for row in rows:
            self._session.delete(row)
        self._session.flush()
        return len(rows)

    def restore(self, ended: Iterable[EndedVersion]) -> None:
        """Give versions back the last day they had before a notice ended them."""
        for version in ended:
            query = update(MatterRow).where(
                MatterRow.code == version.code, MatterRow.version == version.version
            )
            self._session.execute(query.values(valid_to=version.valid_to))

    def list_kinds(self) -> tuple[str, ...]:
        """Return the lists that matters stand in, by name."""
        query = select(MatterRow.list_kind).distinct().order_by(MatterRow.list_kind)
        return tuple(kind for kind in self._session.scalars(query) if kind)

    def add_notice(self, notice: MatterNotice) -> None:
        """Keep a notice that was carried out."""
        self._session.add(MatterNoticeRow(**columns_of(notice)))
        self._session.flush()

    def notices(self) -> tuple[MatterNotice, ...]:
        """Return the notices carried out and taken back, in the order that was done."""
        query = select(MatterNoticeRow).order_by(MatterNoticeRow.id)
        return tuple(record_of(MatterNotice, row) for row in self._session.scalars(query))


class _Span(NamedTuple):
    version: str
    first: date
    last: date


def _holding(day: date) -> tuple[ColumnElement[bool], ...]:
    ends = or_(MatterRow.valid_to.is_(None), MatterRow.valid_to >= day)
    return (MatterRow.valid_from <= day, ends)


def _in_list(list_kind: str) -> tuple[ColumnElement[bool], ...]:
    return (MatterRow.list_kind == list_kind,) if list_kind else ()


def _row(matter: Matter) -> MatterRow:
    row = MatterRow(**columns_of(matter, "tiers"))
    row.tiers = [
        DiscretionTierRow(position=position, **columns_of(tier))
        for position, tier in enumerate(matter.tiers, start=1)
    ]
    return row


def _matter(row: MatterRow) -> Matter:
    return record_of(Matter, row, tiers=tuple(record_of(DiscretionTier, t) for t in row.tiers))


def _overlap(one: _Span, other: _Span) -> bool:
    return one.version == other.version or (one.first <= other.last and other.first <= one.last)
