"""The office and its matters."""

from datetime import date

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from workstation.domain.matters import DiscretionTier, Matter
from workstation.domain.people import Office, Person
from workstation.storage.base_row import columns_of, record_of
from workstation.storage.errors import MatterOverlapError, OfficeMissingError
from workstation.storage.office_rows import (
    ONLY_OFFICE,
    DiscretionTierRow,
    MatterRow,
    OfficeRow,
    PersonRow,
)


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
        for known in self.versions(matter.code):
            if known.version == matter.version or _overlap(known, matter):
                raise MatterOverlapError(matter.code, matter.version)
        row = MatterRow(**columns_of(matter, "tiers"))
        row.tiers = [
            DiscretionTierRow(position=position, **columns_of(tier))
            for position, tier in enumerate(matter.tiers, start=1)
        ]
        self._session.add(row)
        self._session.flush()

    def end(self, code: str, version: str, last_day: date) -> None:
        """Give a version the last day it holds on, so that the next one can be added."""
        query = select(MatterRow).where(MatterRow.code == code, MatterRow.version == version)
        self._session.scalars(query).one().valid_to = last_day
        self._session.flush()

    def as_of(self, code: str, day: date) -> Matter | None:
        """Return the version that holds on ``day``, or None where none does."""
        query = select(MatterRow).where(
            MatterRow.code == code,
            MatterRow.valid_from <= day,
            or_(MatterRow.valid_to.is_(None), MatterRow.valid_to >= day),
        )
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


def _matter(row: MatterRow) -> Matter:
    return record_of(Matter, row, tiers=tuple(record_of(DiscretionTier, t) for t in row.tiers))


def _overlap(one: Matter, other: Matter) -> bool:
    one_to = one.valid_to or date.max
    other_to = other.valid_to or date.max
    return one.valid_from <= other_to and other.valid_from <= one_to
