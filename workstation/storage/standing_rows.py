"""Tables of what an office decides for itself, with the days it holds on."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Date, Index, Text
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
