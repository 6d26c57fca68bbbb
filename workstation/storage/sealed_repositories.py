"""The sealed register of interventions, its readers, and the passwords people sign in with."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workstation.domain.interventions import Intervention, PasswordEntry, ReaderEntry
from workstation.storage.base_row import columns_of, record_of
from workstation.storage.sealed_rows import InterventionReaderRow, InterventionRow, PasswordRow


class InterventionRepository:
    """Entries are only added; who may read them is for the caller to check."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: Intervention) -> None:
        """Add an entry to the register of its case."""
        self._session.add(InterventionRow(**columns_of(entry)))
        self._session.flush()

    def of_case(self, case_id: str) -> tuple[Intervention, ...]:
        """Return the entries of a case in the order they were recorded."""
        query = select(InterventionRow).where(InterventionRow.case_id == case_id)
        rows = self._session.scalars(query.order_by(InterventionRow.id))
        return tuple(record_of(Intervention, row) for row in rows)

    def count(self, case_id: str) -> int:
        """Return how many entries a case has."""
        query = select(func.count()).where(InterventionRow.case_id == case_id)
        return self._session.scalar(query) or 0

    def add_reader(self, entry: ReaderEntry) -> None:
        """Note that a person may read the register of a case, or no longer."""
        self._session.add(InterventionReaderRow(**columns_of(entry)))
        self._session.flush()

    def readers(self, case_id: str) -> tuple[ReaderEntry, ...]:
        """Return every such note of a case in the order they were made."""
        query = select(InterventionReaderRow).where(InterventionReaderRow.case_id == case_id)
        rows = self._session.scalars(query.order_by(InterventionReaderRow.id))
        return tuple(record_of(ReaderEntry, row) for row in rows)


class PasswordRepository:
    """Passwords are only added; the latest of a person counts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: PasswordEntry) -> None:
        """Set a person's password."""
        self._session.add(PasswordRow(**columns_of(entry)))
        self._session.flush()

    def of(self, person: str) -> PasswordEntry | None:
        """Return a person's password, or None where none was set."""
        query = select(PasswordRow).where(PasswordRow.person == person)
        row = self._session.scalars(query.order_by(PasswordRow.id.desc()).limit(1)).first()
        return record_of(PasswordEntry, row) if row else None
