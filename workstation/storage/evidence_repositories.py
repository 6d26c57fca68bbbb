"""The evidence of cases: pieces a case keeps, and pieces another case lends it."""

from dataclasses import replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workstation.domain.evidence import Evidence
from workstation.storage.base_row import columns_of, record_of
from workstation.storage.case_rows import CaseOverviewRow
from workstation.storage.errors import CaseNotFoundError
from workstation.storage.file_repositories import check_case
from workstation.storage.file_rows import EvidenceRow
from workstation.storage.link_rows import SharedEvidenceRow

_LENT = ("kept_in", "shared_on")


class EvidenceRepository:
    """The evidence of cases.

    A file goes into the blob store first (``Database.blobs``), then its row is committed; the
    other order leaves rows without files after a power cut. A piece that two cases use is kept
    once: the second case refers to it.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, case_id: str, evidence: Evidence) -> Evidence:
        """Store ``evidence`` as the case's next piece and return it with its position, from 1.

        Raises:
            CaseNotFoundError: there is no such case.
        """
        check_case(self._session, case_id)
        evidence = replace(evidence, position=self._next(case_id))
        self._session.add(EvidenceRow(case_id=case_id, **columns_of(evidence, *_LENT)))
        self._session.flush()
        return evidence

    def share(self, case_id: str, owner_id: str, position: int, day: date) -> None:
        """Let ``case_id`` refer to a piece of ``owner_id``; one already there is left alone.

        Raises:
            CaseNotFoundError: there is no such case, or it has no such piece.
        """
        check_case(self._session, case_id)
        lent = self._session.get(SharedEvidenceRow, (owner_id, position))
        if lent is not None:
            owner_id, position = lent.owner_id, lent.owner_position
        if self._session.get(EvidenceRow, (owner_id, position)) is None:
            raise CaseNotFoundError(f"{owner_id}#{position}")
        known = select(SharedEvidenceRow).where(
            SharedEvidenceRow.case_id == case_id,
            SharedEvidenceRow.owner_id == owner_id,
            SharedEvidenceRow.owner_position == position,
        )
        if owner_id == case_id or self._session.scalars(known).first() is not None:
            return
        self._session.add(
            SharedEvidenceRow(
                case_id=case_id,
                position=self._next(case_id),
                owner_id=owner_id,
                owner_position=position,
                shared_on=day,
                accepted=None,
                reason="",
            )
        )
        self._session.flush()

    def decide(self, case_id: str, position: int, *, accepted: bool, reason: str) -> Evidence:
        """Note whether a piece was accepted (采信) and why; return it.

        Raises:
            CaseNotFoundError: the case has no such piece.
        """
        row = self._session.get(EvidenceRow, (case_id, position)) or self._session.get(
            SharedEvidenceRow, (case_id, position)
        )
        if row is None:
            raise CaseNotFoundError(f"{case_id}#{position}")
        row.accepted, row.reason = accepted, reason
        self._session.flush()
        return next(piece for piece in self.of_case(case_id) if piece.position == position)

    def of_case(self, case_id: str) -> tuple[Evidence, ...]:
        """Return the evidence of a case by position, what others lend it included."""
        query = select(EvidenceRow).where(EvidenceRow.case_id == case_id)
        own = [
            record_of(Evidence, row, kept_in="", shared_on=None)
            for row in self._session.scalars(query)
        ]
        lent = self._lent(case_id)
        return tuple(sorted((*own, *lent), key=lambda piece: piece.position))

    def digests(self) -> frozenset[str]:
        """Return the SHA-256 of every file any case refers to."""
        query = select(EvidenceRow.sha256).where(EvidenceRow.sha256 != "").distinct()
        return frozenset(self._session.scalars(query))

    def _lent(self, case_id: str) -> list[Evidence]:
        query = (
            select(SharedEvidenceRow, EvidenceRow, CaseOverviewRow.number)
            .join(
                EvidenceRow,
                (EvidenceRow.case_id == SharedEvidenceRow.owner_id)
                & (EvidenceRow.position == SharedEvidenceRow.owner_position),
            )
            .join(CaseOverviewRow, CaseOverviewRow.case_id == SharedEvidenceRow.owner_id)
            .where(SharedEvidenceRow.case_id == case_id)
        )
        return [
            replace(
                record_of(Evidence, row, kept_in=number, shared_on=shared.shared_on),
                position=shared.position,
                accepted=shared.accepted,
                reason=shared.reason,
            )
            for shared, row, number in self._session.execute(query)
        ]

    def _next(self, case_id: str) -> int:
        last = [
            self._session.scalar(select(func.max(table.position)).where(table.case_id == case_id))
            for table in (EvidenceRow, SharedEvidenceRow)
        ]
        return max(place or 0 for place in last) + 1
