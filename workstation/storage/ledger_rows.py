"""Tables of the ledgers: drafts, running deadlines, numbers and the hash-chained log."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from workstation.domain.cases import JsonValue
from workstation.storage.base_row import Row
from workstation.storage.column_types import AsEnum, AsJson, LocalDateTime
from workstation.storage.records import NumberState

_VALUES = Mapping[str, JsonValue]


class DraftRow(Row):
    """What was typed into a form that is not issued yet."""

    __tablename__ = "drafts"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    form: Mapped[str] = mapped_column(Text, primary_key=True)
    occurrence: Mapped[int] = mapped_column(primary_key=True)
    values: Mapped[_VALUES] = mapped_column("field_values", AsJson(_VALUES))
    base_version: Mapped[int]
    bases: Mapped[_VALUES] = mapped_column(AsJson(_VALUES))
    updated_at: Mapped[datetime] = mapped_column(LocalDateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - an instance attribute there


class DeadlineRow(Row):
    """A deadline of a case as last computed; a projection that ``replace`` rewrites."""

    __tablename__ = "deadlines"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    last_day: Mapped[date | None] = mapped_column(Date)
    provisional: Mapped[bool]
    done: Mapped[bool]
    step: Mapped[int]
    holder: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index(None, "done", "last_day"),)


class NumberRow(Row):
    """One serial of one counter of one year; void serials stay with their reason."""

    __tablename__ = "numbers"

    scope: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    serial: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text, index=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("cases.id"), index=True)
    state: Mapped[NumberState] = mapped_column(AsEnum(NumberState))
    reason: Mapped[str] = mapped_column(Text)


class PaperNumberRow(Row):
    """One number of one form; the key keeps two desks from ever writing the same one."""

    __tablename__ = "paper_numbers"

    text: Mapped[str] = mapped_column(Text, primary_key=True)
    form: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int]
    case_id: Mapped[str | None] = mapped_column(ForeignKey("cases.id"), index=True)
    scope: Mapped[str] = mapped_column(Text)
    serial: Mapped[int]
    state: Mapped[NumberState] = mapped_column(AsEnum(NumberState))
    reason: Mapped[str] = mapped_column(Text)
    entered_by: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime | None] = mapped_column(LocalDateTime)

    __table_args__ = (Index(None, "year", "form"),)


class PrintingRow(Row):
    """Sheets sent to a printer; triggers refuse to change or delete it."""

    __tablename__ = "printings"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    document: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    version_digest: Mapped[str] = mapped_column(Text)
    draft: Mapped[bool]
    pages: Mapped[int]
    recipient: Mapped[str] = mapped_column(Text)
    copies: Mapped[int]
    printer: Mapped[str] = mapped_column(Text)
    tray: Mapped[str] = mapped_column(Text)
    duplex: Mapped[bool]
    job: Mapped[str] = mapped_column(Text)
    printed_by: Mapped[str] = mapped_column(Text)
    printed_at: Mapped[datetime] = mapped_column(LocalDateTime)
    event_position: Mapped[int]


class CounterRow(Row):
    """Where a counter of a year starts (``base``) and stands (``last``)."""

    __tablename__ = "counters"

    scope: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    base: Mapped[int]
    last: Mapped[int]


class LogRow(Row):
    """One link of the event log; triggers refuse to change or delete it.

    ``digest`` is SHA-256 over the canonical JSON of the other columns, ``previous`` the digest
    of the row before (64 zeros for the first).
    """

    __tablename__ = "event_log"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text, index=True)
    payload: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text)
