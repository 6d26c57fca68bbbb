"""Tables of what ties cases together: their links, and evidence that one lends another."""

from datetime import date

from sqlalchemy import Date, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workstation.domain.case_links import LinkKind
from workstation.storage.base_row import Row
from workstation.storage.column_types import AsEnum


class CaseLinkRow(Row):
    """A link between two cases; triggers refuse to change or delete it."""

    __tablename__ = "case_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    other_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[LinkKind] = mapped_column(AsEnum(LinkKind))
    made_on: Mapped[date] = mapped_column(Date)

    __table_args__ = (UniqueConstraint("case_id", "other_id", "kind"),)


class SharedEvidenceRow(Row):
    """A piece another case keeps, by reference; whether it is accepted each case says itself."""

    __tablename__ = "shared_evidence"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[str] = mapped_column(Text)
    owner_position: Mapped[int]
    shared_on: Mapped[date] = mapped_column(Date)
    accepted: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    __table_args__ = (
        ForeignKeyConstraint(
            ["owner_id", "owner_position"], ["evidence.case_id", "evidence.position"]
        ),
        Index(None, "owner_id", "owner_position"),
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - an instance attribute there
