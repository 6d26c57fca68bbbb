"""Tables of the facts of a case, typed once, and the overview that lists are read from."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workstation.domain.cases import JsonValue
from workstation.domain.leads import LeadSource
from workstation.domain.parties import PartyKind
from workstation.storage.base_row import Row
from workstation.storage.column_types import AsEnum, AsJson, LocalDateTime


class CaseRow(Row):
    """A case; its lead, party, officers and facts are child rows. ``version`` guards writes."""

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(Text)
    matter_code: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(Text, index=True)
    serial: Mapped[int]
    version: Mapped[int] = mapped_column()
    lead: Mapped["LeadRow"] = relationship(lazy="joined", cascade="all, delete-orphan")
    party: Mapped["PartyRow"] = relationship(lazy="joined", cascade="all, delete-orphan")
    officers: Mapped[list["CaseOfficerRow"]] = relationship(
        order_by="CaseOfficerRow.position", lazy="selectin", cascade="all, delete-orphan"
    )
    facts: Mapped[list["CaseFactRow"]] = relationship(
        order_by="CaseFactRow.position", lazy="selectin", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - an instance attribute there


class LeadRow(Row):
    """The lead (案源) a case starts from."""

    __tablename__ = "leads"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[str] = mapped_column(Text, index=True)
    source: Mapped[LeadSource] = mapped_column(AsEnum(LeadSource))
    received_at: Mapped[datetime] = mapped_column(LocalDateTime)
    found_at: Mapped[datetime] = mapped_column(LocalDateTime)
    content: Mapped[str] = mapped_column(Text)
    reporter: Mapped[str] = mapped_column(Text)
    answer_due: Mapped[date | None] = mapped_column(Date)


class PartyRow(Row):
    """The party (当事人) of a case."""

    __tablename__ = "parties"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    kind: Mapped[PartyKind] = mapped_column(AsEnum(PartyKind))
    name: Mapped[str] = mapped_column(Text, index=True)
    number: Mapped[str] = mapped_column(Text, index=True)
    address: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text)
    representative: Mapped[str] = mapped_column(Text)
    representative_title: Mapped[str] = mapped_column(Text)
    representative_number: Mapped[str] = mapped_column(Text)
    gender: Mapped[str] = mapped_column(Text)
    birth_date: Mapped[date | None] = mapped_column(Date)
    guardian: Mapped[str] = mapped_column(Text)
    registration_number: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)


class CaseOfficerRow(Row):
    """An officer (承办人) of a case, by name, in order."""

    __tablename__ = "case_officers"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, index=True)


class CaseFactRow(Row):
    """One fact of the act, with its place among the facts."""

    __tablename__ = "case_facts"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int]
    value: Mapped[JsonValue] = mapped_column(AsJson(JsonValue))


class CaseOverviewRow(Row):
    """What lists show of a case: derived from its other rows and rewritten with them.

    One narrow table keeps filtering 15,000 cases below a third of a second. ``search_text`` is
    everything a filter looks into, casefolded; ``officers`` are one name a line and ``last_at``
    orders the list.
    """

    __tablename__ = "case_overviews"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    party: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(Text)
    officers: Mapped[str] = mapped_column(Text)
    search_text: Mapped[str] = mapped_column(Text)
    filed_on: Mapped[date | None] = mapped_column(Date)
    step: Mapped[int]
    last_event: Mapped[str] = mapped_column(Text)
    last_at: Mapped[datetime] = mapped_column(LocalDateTime)
    next_due: Mapped[date | None] = mapped_column(Date)
    next_due_name: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index(None, "last_at", "case_id"),)
