"""The ledger of numbers (文号台账): every number written, reserved or void, by form and year."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from workstation.storage.base_row import columns_of, record_of
from workstation.storage.case_rows import CaseOverviewRow
from workstation.storage.errors import NumberTakenError, NumberUnknownError
from workstation.storage.file_rows import DocumentRow
from workstation.storage.ledger_rows import PaperNumberRow
from workstation.storage.records import LedgerLine, NumberFilter, NumberState, PaperNumber


class PaperNumberRepository:
    """Numbers by text and form; a number is entered once and never leaves."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def enter(self, number: PaperNumber) -> PaperNumber:
        """Enter a number that was given out or reserved, stamped with the local time.

        A number reserved for the form (and case), or entered for the same case before, becomes
        used. That is how a lead or a case gets its number first and its paper later.

        Raises:
            NumberTakenError: it is void, or belongs to another case.
        """
        for other in self._with_text(number.text):
            if other.case_id not in {None, number.case_id} and number.case_id is not None:
                raise NumberTakenError(number.text)
        row = self._session.get(PaperNumberRow, (number.text, number.form))
        if row is None:
            now = datetime.now().replace(microsecond=0)
            row = PaperNumberRow(**columns_of(replace(number, entered_at=now)))
            self._session.add(row)
        elif (
            row.state is NumberState.VOID
            or number.state is NumberState.RESERVED
            or number.case_id is None
        ):
            raise NumberTakenError(number.text)
        else:
            row.case_id = number.case_id or row.case_id
            row.state = NumberState.USED
        self._session.flush()
        return record_of(PaperNumber, row)

    def get(self, text: str) -> tuple[PaperNumber, ...]:
        """Return a number for every form that bears it; empty where none does."""
        return tuple(record_of(PaperNumber, row) for row in self._with_text(text))

    def assign(self, number: PaperNumber, case_id: str) -> None:
        """Note the case a number reserved without one belongs to."""
        self._session.get_one(PaperNumberRow, (number.text, number.form)).case_id = case_id
        self._session.flush()

    def reserved(self, case_id: str, form: str) -> PaperNumber | None:
        """Return the earliest number still reserved for a form of a case."""
        query = select(PaperNumberRow).where(
            PaperNumberRow.case_id == case_id,
            PaperNumberRow.form == form,
            PaperNumberRow.state == NumberState.RESERVED,
        )
        row = self._session.scalars(query.order_by(PaperNumberRow.entered_at).limit(1)).first()
        return record_of(PaperNumber, row) if row else None

    def void(self, text: str, reason: str) -> tuple[PaperNumber, ...]:
        """Void a number for every form that bears it; it stays listed with its reason.

        Raises:
            NumberUnknownError: the ledger does not hold it.
            NumberTakenError: it is void already.
        """
        rows = self._with_text(text)
        if not rows:
            raise NumberUnknownError(text)
        if all(row.state is NumberState.VOID for row in rows):
            raise NumberTakenError(text)
        for row in rows:
            row.state = NumberState.VOID
            row.reason = reason
        self._session.flush()
        return tuple(record_of(PaperNumber, row) for row in rows)

    def lines(
        self, wanted: NumberFilter, *, limit: int = 1000, offset: int = 0
    ) -> tuple[LedgerLine, ...]:
        """Return the numbers ``wanted`` lets through, by year, form and number."""
        document = and_(
            DocumentRow.number == PaperNumberRow.text,
            DocumentRow.form == PaperNumberRow.form,
            DocumentRow.case_id == PaperNumberRow.case_id,
        )
        query = (
            select(
                PaperNumberRow,
                CaseOverviewRow.number,
                CaseOverviewRow.title,
                func.min(DocumentRow.title),
            )
            .outerjoin(CaseOverviewRow, CaseOverviewRow.case_id == PaperNumberRow.case_id)
            .outerjoin(DocumentRow, document)
            .group_by(PaperNumberRow.text, PaperNumberRow.form)
        )
        ordered = _wanted(query, wanted).order_by(
            PaperNumberRow.year.desc(), PaperNumberRow.form, PaperNumberRow.text
        )
        return tuple(
            LedgerLine(
                number=record_of(PaperNumber, row),
                case_number=number or "",
                case_title=title or "",
                document=document or "",
            )
            for row, number, title, document in self._session.execute(
                ordered.limit(limit).offset(offset)
            )
        )

    def counts(self, wanted: NumberFilter) -> dict[NumberState, int]:
        """Return how many numbers ``wanted`` lets through, by state."""
        query = _wanted(
            select(PaperNumberRow.state, func.count().label("numbers")).group_by(
                PaperNumberRow.state
            ),
            wanted,
        )
        return {row.state: row.numbers for row in self._session.execute(query)}

    def years(self) -> tuple[int, ...]:
        """Return the years the ledger has numbers of, the latest first."""
        query = select(PaperNumberRow.year).distinct().order_by(PaperNumberRow.year.desc())
        return tuple(self._session.scalars(query))

    def _with_text(self, text: str) -> tuple[PaperNumberRow, ...]:
        query = select(PaperNumberRow).where(PaperNumberRow.text == text)
        return tuple(self._session.scalars(query.order_by(PaperNumberRow.form)))


def _wanted(query: Any, wanted: NumberFilter) -> Any:
    if wanted.form:
        query = query.where(PaperNumberRow.form == wanted.form)
    if wanted.year:
        query = query.where(PaperNumberRow.year == wanted.year)
    if wanted.state is not None:
        query = query.where(PaperNumberRow.state == wanted.state)
    for word in wanted.text.split():
        query = query.where(PaperNumberRow.text.contains(word, autoescape=True))
    return query
