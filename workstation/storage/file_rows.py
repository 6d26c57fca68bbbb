"""Tables of what a case file holds: events, issued documents, deliveries, evidence."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workstation.domain.cases import JsonValue, Override
from workstation.domain.evidence import EvidenceKind
from workstation.storage.base_row import Row
from workstation.storage.column_types import AsEnum, AsJson, LocalDateTime

_VALUES = Mapping[str, JsonValue]


class CaseEventRow(Row):
    """Something that happened; triggers refuse to change or delete it."""

    __tablename__ = "case_events"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    step: Mapped[int]
    at: Mapped[datetime] = mapped_column(LocalDateTime, index=True)
    title: Mapped[str] = mapped_column(Text)
    data: Mapped[_VALUES] = mapped_column(AsJson(_VALUES))
    actor: Mapped[str] = mapped_column(Text)
    overrides: Mapped[tuple[Override, ...]] = mapped_column(AsJson(tuple[Override, ...]))

    # Lists ask in which cases something of a kind happened, or has not yet.
    __table_args__ = (Index(None, "kind", "case_id"),)


class DocumentRow(Row):
    """An issued document without its file."""

    __tablename__ = "documents"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    position: Mapped[int]
    form: Mapped[str] = mapped_column(Text)
    occurrence: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(Text, index=True)
    dated: Mapped[date] = mapped_column(Date)
    step: Mapped[int]
    values: Mapped[_VALUES] = mapped_column("field_values", AsJson(_VALUES))
    docx_sha256: Mapped[str] = mapped_column(Text)
    template_sha256: Mapped[str] = mapped_column(Text)
    event_position: Mapped[int]
    pages: Mapped[int]

    __table_args__ = (
        UniqueConstraint("case_id", "form", "occurrence"),
        UniqueConstraint("case_id", "position"),
    )


class DocumentFileRow(Row):
    """The frozen .docx of an issued document, apart so that listing never reads it.

    In the database because papers of some 100 KiB are safest there (no second place to fail);
    triggers refuse to change or delete it.
    """

    __tablename__ = "document_files"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    docx: Mapped[bytes] = mapped_column(LargeBinary)


class DeliveryRow(Row):
    """Service (送达) of a document; one document may be served more than once."""

    __tablename__ = "deliveries"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    method: Mapped[str] = mapped_column(Text)
    receiver: Mapped[str] = mapped_column(Text)
    receiver_role: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(LocalDateTime)
    place: Mapped[str] = mapped_column(Text)
    officers: Mapped[tuple[str, ...]] = mapped_column(AsJson(tuple[str, ...]))
    event_position: Mapped[int]
    refusal: Mapped[str] = mapped_column(Text)
    witness: Mapped[str] = mapped_column(Text)
    voucher: Mapped[str] = mapped_column(Text)


class EvidenceRow(Row):
    """A piece of evidence; the file itself lies in the blob store under ``sha256``."""

    __tablename__ = "evidence"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[EvidenceKind] = mapped_column(AsEnum(EvidenceKind))
    source: Mapped[str] = mapped_column(Text)
    obtained_by: Mapped[str] = mapped_column(Text)
    obtained_on: Mapped[date] = mapped_column(Date)
    proves: Mapped[str] = mapped_column(Text)
    pages: Mapped[int]
    accepted: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    __table_args__ = (Index(None, "sha256"),)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - an instance attribute there
