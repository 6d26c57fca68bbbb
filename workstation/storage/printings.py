"""The ledger of what was printed (打印台账); rows are added and never changed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workstation.storage.base_row import columns_of, record_of
from workstation.storage.ledger_rows import PrintingRow
from workstation.storage.records import Printing


class PrintingRepository:
    """What was sent to a printer, case by case."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, printing: Printing) -> None:
        """Note that sheets of a paper were sent to a printer."""
        self._session.add(PrintingRow(**columns_of(printing)))
        self._session.flush()

    def of_case(self, case_id: str) -> tuple[Printing, ...]:
        """Return what was printed of a case in order."""
        query = select(PrintingRow).where(PrintingRow.case_id == case_id)
        rows = self._session.scalars(query.order_by(PrintingRow.id))
        return tuple(record_of(Printing, row) for row in rows)

    def latest(self, limit: int) -> tuple[Printing, ...]:
        """Return the last rows of all cases, the newest first."""
        query = select(PrintingRow).order_by(PrintingRow.id.desc()).limit(limit)
        return tuple(record_of(Printing, row) for row in self._session.scalars(query))
