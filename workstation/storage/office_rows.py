"""Tables of the office: the bureau, its people and its matters with their dated versions."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Date, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workstation.domain.citations import ArticleReference
from workstation.domain.matter_notices import EndedVersion
from workstation.domain.matters import AuthorityKind, Implementation, MatterMarks, PenaltyRange
from workstation.domain.people import Agency, Role
from workstation.domain.tier_conditions import Alternatives
from workstation.storage.base_row import Row
from workstation.storage.column_types import AsEnum, AsJson, ExactDecimal, LocalDateTime

ONLY_OFFICE = 1
_REFERENCES = tuple[ArticleReference, ...]
_ENDED = tuple[EndedVersion, ...]


class OfficeRow(Row):
    """The one office of a home folder; ``counters`` says where numbers stood at take-over."""

    __tablename__ = "offices"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency: Mapped[Agency] = mapped_column(AsJson(Agency))
    counters: Mapped[dict[str, int]] = mapped_column(AsJson(dict[str, int]))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - an instance attribute there


class PersonRow(Row):
    """A person of the office; ``position`` is the order of the register."""

    __tablename__ = "people"

    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    roles: Mapped[tuple[Role, ...]] = mapped_column(AsJson(tuple[Role, ...]))
    certificate: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    qualification: Mapped[str] = mapped_column(Text)


class MatterRow(Row):
    """One dated version of a matter."""

    __tablename__ = "matters"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(Text)
    authority: Mapped[AuthorityKind] = mapped_column(AsEnum(AuthorityKind))
    field: Mapped[str] = mapped_column(Text)
    violated: Mapped[ArticleReference] = mapped_column(AsJson(ArticleReference))
    penalty: Mapped[ArticleReference] = mapped_column(AsJson(ArticleReference))
    fine_min: Mapped[Decimal] = mapped_column(ExactDecimal)
    fine_max: Mapped[Decimal] = mapped_column(ExactDecimal)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    confiscates_gain: Mapped[bool]
    precondition: Mapped[str] = mapped_column(Text)
    coercion: Mapped[ArticleReference | None] = mapped_column(AsJson(ArticleReference))
    limitation: Mapped[ArticleReference | None] = mapped_column(AsJson(ArticleReference))
    notice: Mapped[str] = mapped_column(Text)
    tier_source: Mapped[str] = mapped_column(Text)
    ranges: Mapped[tuple[PenaltyRange, ...]] = mapped_column(AsJson(tuple[PenaltyRange, ...]))
    violated_also: Mapped[_REFERENCES] = mapped_column(AsJson(_REFERENCES))
    penalty_also: Mapped[_REFERENCES] = mapped_column(AsJson(_REFERENCES))
    implementation: Mapped[Implementation] = mapped_column(AsJson(Implementation))
    marks: Mapped[MatterMarks] = mapped_column(AsJson(MatterMarks))
    list_kind: Mapped[str] = mapped_column(Text)
    notice_number: Mapped[str] = mapped_column(Text)
    supersedes: Mapped[str] = mapped_column(Text)
    tiers: Mapped[list["DiscretionTierRow"]] = relationship(
        order_by="DiscretionTierRow.position", lazy="selectin", cascade="all, delete-orphan"
    )

    __table_args__ = (UniqueConstraint("code", "version"), Index(None, "code", "valid_from"))


class DiscretionTierRow(Row):
    """One tier of one version of a matter."""

    __tablename__ = "discretion_tiers"

    matter_id: Mapped[int] = mapped_column(ForeignKey("matters.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    condition: Mapped[str] = mapped_column(Text)
    fine_min: Mapped[Decimal] = mapped_column(ExactDecimal)
    fine_max: Mapped[Decimal] = mapped_column(ExactDecimal)
    alternatives: Mapped[Alternatives] = mapped_column(AsJson(Alternatives))


class MatterNoticeRow(Row):
    """A notice that was carried out; triggers refuse to change or delete it."""

    __tablename__ = "matter_notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(Text, index=True)
    title: Mapped[str] = mapped_column(Text)
    list_kind: Mapped[str] = mapped_column(Text)
    published: Mapped[date | None] = mapped_column(Date)
    effective: Mapped[date] = mapped_column(Date)
    complete: Mapped[bool]
    added: Mapped[int]
    changed: Mapped[int]
    withdrawn: Mapped[int]
    unchanged: Mapped[int]
    file_name: Mapped[str] = mapped_column(Text)
    file_sha256: Mapped[str] = mapped_column(Text)
    entered_by: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime] = mapped_column(LocalDateTime)
    ended: Mapped[_ENDED] = mapped_column(AsJson(_ENDED))
    reverses: Mapped[bool]
