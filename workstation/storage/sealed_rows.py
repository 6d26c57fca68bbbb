"""Tables of the sealed register of interventions; triggers refuse to change or delete a row."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from workstation.storage.base_row import Row
from workstation.storage.column_types import LocalDateTime


class InterventionRow(Row):
    """One recorded intervention."""

    __tablename__ = "interventions"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    person: Mapped[str] = mapped_column(Text)
    post: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(LocalDateTime)
    manner: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    materials: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(LocalDateTime)


class InterventionReaderRow(Row):
    """Who may read the register of a case, as it was granted or taken back."""

    __tablename__ = "intervention_readers"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    granted_by: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime] = mapped_column(LocalDateTime)
    withdrawn: Mapped[bool]


class PasswordRow(Row):
    """A person's password as it was set; the latest one counts."""

    __tablename__ = "passwords"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(Text, index=True)
    salt: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text)
    set_by: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime] = mapped_column(LocalDateTime)
