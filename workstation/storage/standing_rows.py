"""Tables of what an office decides for itself, and of what was found in its cases."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from workstation.domain.cases import JsonValue
from workstation.domain.dated_entries import EntryKind
from workstation.storage.base_row import Row
from workstation.storage.column_types import AsEnum, AsJson, LocalDateTime

_CONTENT = Mapping[str, JsonValue]


class DatedEntryRow(Row):
    """One entry as it was made; triggers refuse to change or delete it."""

    __tablename__ = "dated_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[EntryKind] = mapped_column(AsEnum(EntryKind))
    key: Mapped[str] = mapped_column(Text)
    content: Mapped[_CONTENT] = mapped_column(AsJson(_CONTENT))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    source: Mapped[str] = mapped_column(Text)
    verified: Mapped[bool]
    entered_by: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime] = mapped_column(LocalDateTime)
    withdrawn: Mapped[bool]

    __table_args__ = (Index(None, "kind", "key"),)


class CheckedCaseRow(Row):
    """What was found in a case, in numbers; replaced when it is checked again."""

    __tablename__ = "checked_cases"

    case_id: Mapped[str] = mapped_column(Text, ForeignKey("cases.id"), primary_key=True)
    number: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    basis: Mapped[str] = mapped_column(Text)
    checked_at: Mapped[datetime] = mapped_column(LocalDateTime)
    next_day: Mapped[date | None] = mapped_column(Date)
    blocking: Mapped[int]
    failed: Mapped[int]
    waiting: Mapped[int]


class CheckResultRow(Row):
    """What came of one check in a case; replaced when the case is checked again."""

    __tablename__ = "check_results"

    case_id: Mapped[str] = mapped_column(
        Text, ForeignKey("checked_cases.case_id"), primary_key=True
    )
    check_id: Mapped[str] = mapped_column(Text, primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    level: Mapped[str] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Text)
    step: Mapped[int]
    places: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(LocalDateTime)
    before: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index(None, "state", "since"),)
