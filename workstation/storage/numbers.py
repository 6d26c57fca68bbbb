"""Gapless counters of document numbers (文号), with a ledger of every serial given out.

A counter is (scope, year). Taking a number happens in the same transaction as the document it is
printed on, so a failure gives the number back; a number given out in error is voided with a
reason and stays in the ledger.
"""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from workstation.storage.base_row import record_of
from workstation.storage.errors import NumberOutOfOrderError, NumberTakenError
from workstation.storage.ledger_rows import CounterRow, NumberRow
from workstation.storage.office_rows import ONLY_OFFICE, OfficeRow
from workstation.storage.records import IssuedNumber, NumberGap, NumberState


class NumberRepository:
    """Gives out numbers; only inside ``Database.writing()``, whose lock makes it gapless."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take(
        self,
        scope: str,
        year: int,
        case_id: str | None,
        text_of: Callable[[int], str],
        wanted: int | None = None,
    ) -> IssuedNumber:
        """Give out the next serial of a counter, or ``wanted`` where that leaves no new gap.

        The first year a counter is used in starts after ``Office.counters``, later ones at 1.
        ``text_of`` writes the number for a serial.

        Raises:
            NumberTakenError: ``wanted`` was given out, voided, or lies before the take-over.
            NumberOutOfOrderError: ``wanted`` lies beyond the next serial.
        """
        counter = self._counter(scope, year)
        serial = counter.last + 1 if wanted is None else wanted
        text = text_of(serial)
        if serial > counter.last + 1:
            raise NumberOutOfOrderError(text, text_of(counter.last + 1))
        known = self._session.get(NumberRow, (scope, year, serial))
        if known is not None or serial <= counter.base:
            raise NumberTakenError(text)
        counter.last = max(counter.last, serial)
        row = NumberRow(
            scope=scope,
            year=year,
            serial=serial,
            text=text,
            case_id=case_id,
            state=NumberState.USED,
            reason="",
        )
        self._session.add(row)
        self._session.flush()
        return record_of(IssuedNumber, row)

    def peek(self, scope: str, year: int) -> int:
        """Return the serial :meth:`take` would give next, without taking it."""
        row = self._session.get(CounterRow, (scope, year))
        return (row.last if row else self._base(scope)) + 1

    def void(self, scope: str, year: int, serial: int, reason: str) -> IssuedNumber:
        """Void a serial and keep it with its reason; the next one unused may be voided too.

        Raises:
            NumberOutOfOrderError: the serial lies beyond the next one.
            NumberTakenError: it lies before the take-over.
            ValueError: no reason is given.
        """
        if not reason.strip():
            message = "a void number needs a reason"
            raise ValueError(message)
        row = self._session.get(NumberRow, (scope, year, serial))
        if row is None:
            self.take(scope, year, None, lambda number: f"{scope}〔{year}〕{number}", serial)
            row = self._session.get_one(NumberRow, (scope, year, serial))
        row.state = NumberState.VOID
        row.reason = reason
        self._session.flush()
        return record_of(IssuedNumber, row)

    def assign(self, scope: str, year: int, serial: int, case_id: str) -> None:
        """Note the case that uses a serial reserved before."""
        self._session.get_one(NumberRow, (scope, year, serial)).case_id = case_id
        self._session.flush()

    def ledger(self, scope: str, year: int) -> tuple[IssuedNumber, ...]:
        """Return every serial of a counter by serial."""
        query = select(NumberRow).where(NumberRow.scope == scope, NumberRow.year == year)
        rows = self._session.scalars(query.order_by(NumberRow.serial))
        return tuple(record_of(IssuedNumber, row) for row in rows)

    def gaps(self) -> tuple[NumberGap, ...]:
        """Return the serials missing from the ledger; a sound database has none."""
        missing = []
        for counter in self._session.scalars(select(CounterRow)):
            known = {number.serial for number in self.ledger(counter.scope, counter.year)}
            missing += [
                NumberGap(scope=counter.scope, year=counter.year, serial=serial)
                for serial in range(counter.base + 1, counter.last + 1)
                if serial not in known
            ]
        return tuple(missing)

    def _counter(self, scope: str, year: int) -> CounterRow:
        row = self._session.get(CounterRow, (scope, year))
        if row is None:
            base = self._base(scope)
            row = CounterRow(scope=scope, year=year, base=base, last=base)
            self._session.add(row)
        return row

    def _base(self, scope: str) -> int:
        used = select(CounterRow.year).where(CounterRow.scope == scope).limit(1)
        if self._session.scalar(used) is not None:
            return 0
        office = self._session.get(OfficeRow, ONLY_OFFICE)
        return office.counters.get(scope, 0) if office else 0
