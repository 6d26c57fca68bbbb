"""What an office decided for itself, in the order entered, and what was found in its cases."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workstation.domain.dated_entries import DatedEntry, EntryKind
from workstation.storage.base_row import columns_of, record_of
from workstation.storage.records import CheckedCase
from workstation.storage.standing_rows import CheckedCaseRow, DatedEntryRow


class DatedEntryRepository:
    """Entries are only added; see :func:`workstation.domain.dated_entries.standing`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: DatedEntry) -> None:
        """Add an entry; it takes the place of an earlier one of its key and first day."""
        self._session.add(DatedEntryRow(**columns_of(entry)))
        self._session.flush()

    def of_kind(self, *kinds: EntryKind) -> tuple[DatedEntry, ...]:
        """Return every entry of ``kinds`` in the order they were made."""
        query = select(DatedEntryRow).where(DatedEntryRow.kind.in_(kinds))
        rows = self._session.scalars(query.order_by(DatedEntryRow.id))
        return tuple(record_of(DatedEntry, row) for row in rows)

    def under(self, kind: EntryKind, prefix: str) -> tuple[DatedEntry, ...]:
        """Return the entries of a kind whose key begins with ``prefix``, in the order made."""
        query = select(DatedEntryRow).where(
            DatedEntryRow.kind == kind, DatedEntryRow.key.startswith(prefix, autoescape=True)
        )
        rows = self._session.scalars(query.order_by(DatedEntryRow.id))
        return tuple(record_of(DatedEntry, row) for row in rows)

    def history(self, kind: EntryKind, key: str) -> tuple[DatedEntry, ...]:
        """Return every entry ever made for ``key``, the oldest first."""
        query = select(DatedEntryRow).where(DatedEntryRow.kind == kind, DatedEntryRow.key == key)
        rows = self._session.scalars(query.order_by(DatedEntryRow.id))
        return tuple(record_of(DatedEntry, row) for row in rows)

    def count_keys(self, kind: EntryKind) -> int:
        """Return for how many keys of a kind anything was ever entered."""
        counted = select(func.count(func.distinct(DatedEntryRow.key)))
        return self._session.scalar(counted.where(DatedEntryRow.kind == kind)) or 0

    def latest(self) -> int:
        """Return the number of the entry made last, 0 where there is none; it grows with each."""
        return self._session.scalar(select(func.max(DatedEntryRow.id))) or 0


class CheckedCaseRepository:
    """One record of each case that was checked, the latest."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, found: CheckedCase) -> None:
        """Keep what was found in a case in the place of what was found before."""
        self._session.merge(CheckedCaseRow(**columns_of(found)))
        self._session.flush()

    def all(self) -> tuple[CheckedCase, ...]:
        """Return what was found in every case checked so far, by case."""
        rows = self._session.scalars(select(CheckedCaseRow).order_by(CheckedCaseRow.case_id))
        return tuple(record_of(CheckedCase, row) for row in rows)
