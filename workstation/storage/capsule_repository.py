"""Capsules that left the office, the replies that came back, and the keys that sign."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workstation.domain.capsules import Capsule, CapsuleReply, SubjectDecision
from workstation.storage.base_row import columns_of, record_of
from workstation.storage.capsule_rows import (
    CapsuleReplyRow,
    CapsuleRow,
    SigningKeyRow,
    SubjectDecisionRow,
)


class CapsuleRepository:
    """Rows are only added."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, capsule: Capsule) -> None:
        """Note that a capsule was made."""
        self._session.add(CapsuleRow(**columns_of(capsule)))
        self._session.flush()

    def get(self, seal: str) -> Capsule | None:
        """Return the capsule of a seal, or None where this office made none such."""
        row = self._session.get(CapsuleRow, seal)
        return record_of(Capsule, row) if row else None

    def of_case(self, case_id: str) -> tuple[Capsule, ...]:
        """Return the capsules of a case, the oldest first."""
        query = select(CapsuleRow).where(CapsuleRow.case_id == case_id)
        rows = self._session.scalars(query.order_by(CapsuleRow.made_at, CapsuleRow.seal))
        return tuple(record_of(Capsule, row) for row in rows)

    def has_reply(self, digest: str) -> bool:
        """Tell whether a reply with this content was taken in already."""
        return self._session.get(CapsuleReplyRow, digest) is not None

    def add_reply(self, reply: CapsuleReply) -> None:
        """Take in a reply."""
        self._session.add(CapsuleReplyRow(**columns_of(reply)))
        self._session.flush()

    def replies(self, case_id: str) -> tuple[CapsuleReply, ...]:
        """Return the replies of a case in the order they came in."""
        query = select(CapsuleReplyRow).where(CapsuleReplyRow.case_id == case_id)
        ordered = query.order_by(CapsuleReplyRow.received_at, CapsuleReplyRow.digest)
        return tuple(record_of(CapsuleReply, row) for row in self._session.scalars(ordered))

    def decide(self, decision: SubjectDecision) -> None:
        """Note what was decided of a subject."""
        self._session.add(SubjectDecisionRow(**columns_of(decision)))
        self._session.flush()

    def decisions(self, case_id: str) -> tuple[SubjectDecision, ...]:
        """Return the decisions of a case in the order they were made."""
        query = select(SubjectDecisionRow).where(SubjectDecisionRow.case_id == case_id)
        rows = self._session.scalars(query.order_by(SubjectDecisionRow.id))
        return tuple(record_of(SubjectDecision, row) for row in rows)

    def signing_secret(self) -> bytes | None:
        """Return the secret of the key that signs, or None where none was made."""
        query = select(SigningKeyRow).order_by(SigningKeyRow.made_at.desc()).limit(1)
        row = self._session.scalars(query).first()
        return bytes.fromhex(row.secret) if row else None

    def add_signing_key(self, public: bytes, secret: bytes) -> None:
        """Keep a key to sign with from now on."""
        now = datetime.now().replace(microsecond=0)
        row = SigningKeyRow(public=public.hex(), secret=secret.hex(), made_at=now)
        self._session.add(row)
        self._session.flush()

    def is_own_key(self, public: bytes) -> bool:
        """Tell whether this office ever signed with a key."""
        return self._session.get(SigningKeyRow, public.hex()) is not None
