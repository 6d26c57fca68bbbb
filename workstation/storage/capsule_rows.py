"""Tables of the capsules and their replies; triggers refuse to change or delete a row."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from workstation.domain.capsules import Opinion, ReplyItem
from workstation.storage.base_row import Row
from workstation.storage.column_types import AsEnum, AsJson, LocalDateTime

_WORDS = tuple[str, ...]
_ITEMS = tuple[ReplyItem, ...]


class SigningKeyRow(Row):
    """A key the office signs with, in hexadecimal digits; the latest one signs."""

    __tablename__ = "signing_keys"

    public: Mapped[str] = mapped_column(Text, primary_key=True)
    secret: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(LocalDateTime)


class CapsuleRow(Row):
    """One capsule that was made."""

    __tablename__ = "capsules"

    seal: Mapped[str] = mapped_column(Text, primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    recipient: Mapped[str] = mapped_column(Text)
    chosen: Mapped[tuple[str, ...]] = mapped_column(AsJson(_WORDS))
    left_out: Mapped[tuple[str, ...]] = mapped_column(AsJson(_WORDS))
    reason: Mapped[str] = mapped_column(Text)
    masked: Mapped[bool]
    file: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(LocalDateTime)


class CapsuleReplyRow(Row):
    """One reply file that was taken in."""

    __tablename__ = "capsule_replies"

    digest: Mapped[str] = mapped_column(Text, primary_key=True)
    seal: Mapped[str] = mapped_column(ForeignKey("capsules.seal"), index=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    author: Mapped[str] = mapped_column(Text)
    licence: Mapped[str] = mapped_column(Text)
    firm: Mapped[str] = mapped_column(Text)
    statement: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(Text)
    signed_at: Mapped[str] = mapped_column(Text)
    items: Mapped[tuple[ReplyItem, ...]] = mapped_column(AsJson(_ITEMS))
    received_by: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(LocalDateTime)


class SubjectDecisionRow(Row):
    """One decision between lawyers' conclusions."""

    __tablename__ = "capsule_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    subject: Mapped[str] = mapped_column(Text)
    conclusion: Mapped[Opinion] = mapped_column(AsEnum(Opinion))
    reason: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(LocalDateTime)
