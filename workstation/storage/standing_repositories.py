"""What an office decided for itself, in the order entered, and what was found in its cases."""

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import ColumnElement, and_, delete, func, insert, select
from sqlalchemy.orm import Session

from workstation.domain.dated_entries import DatedEntry, EntryKind
from workstation.storage.base_row import columns_of, record_of
from workstation.storage.records import CheckedCase, CheckResult
from workstation.storage.standing_rows import CheckedCaseRow, CheckResultRow, DatedEntryRow


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
    """What the review of the whole office found in each case, the latest."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, found: CheckedCase, results: Sequence[CheckResult]) -> None:
        """Keep what was found in a case in the place of what was found before."""
        self._session.merge(CheckedCaseRow(**columns_of(found)))
        self._session.flush()
        old = delete(CheckResultRow).where(CheckResultRow.case_id == found.case_id)
        self._session.execute(old)
        if results:
            self._session.execute(insert(CheckResultRow), [columns_of(r) for r in results])

    def all(self) -> tuple[CheckedCase, ...]:
        """Return every case checked so far, archived ones too, by case."""
        rows = self._session.scalars(select(CheckedCaseRow).order_by(CheckedCaseRow.case_id))
        return tuple(record_of(CheckedCase, row) for row in rows)

    def results_of(self, case_id: str) -> tuple[CheckResult, ...]:
        """Return what came of every check in a case, by check."""
        return self._results(CheckResultRow.case_id == case_id)

    def in_state(self, state: str, before: str = "") -> tuple[CheckResult, ...]:
        """Return the results of a state in all cases, by case and check.

        ``before`` leaves only those that were in that state until they changed.
        """
        wanted = CheckResultRow.state == state
        return self._results(and_(wanted, CheckResultRow.before == before) if before else wanted)

    def _results(self, wanted: ColumnElement[bool]) -> tuple[CheckResult, ...]:
        columns = [getattr(CheckResultRow, field.name) for field in fields(CheckResult)]
        query = select(*columns).where(wanted)
        ordered = query.order_by(CheckResultRow.case_id, CheckResultRow.check_id)
        rows = self._session.execute(ordered)
        return tuple(CheckResult(**row._mapping) for row in rows)  # noqa: SLF001 public by SQLAlchemy
