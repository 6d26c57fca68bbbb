"""Remarks that came back in Word files, and what was decided of them; rows are only added."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workstation.domain.paper_remarks import PaperRemark, RemarkDecision, Verdict
from workstation.storage.base_row import Row, columns_of, record_of
from workstation.storage.column_types import AsEnum, LocalDateTime


class PaperRemarkRow(Row):
    """One comment or tracked change; triggers refuse to change or delete it."""

    __tablename__ = "paper_remarks"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    document: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    date: Mapped[str] = mapped_column("written_at", Text)
    anchor: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    received_by: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(LocalDateTime)


class RemarkDecisionRow(Row):
    """One decision on a remark; triggers refuse to change or delete it."""

    __tablename__ = "remark_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    remark: Mapped[str] = mapped_column(ForeignKey("paper_remarks.id"))
    verdict: Mapped[Verdict] = mapped_column(AsEnum(Verdict))
    reason: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(LocalDateTime)


class PaperRemarkRepository:
    """The remarks of each case."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, remark: PaperRemark) -> None:
        """Take in a remark."""
        self._session.add(PaperRemarkRow(**columns_of(remark)))
        self._session.flush()

    def of_case(self, case_id: str) -> tuple[PaperRemark, ...]:
        """Return the remarks of a case in the order they came in."""
        query = select(PaperRemarkRow).where(PaperRemarkRow.case_id == case_id)
        ordered = query.order_by(PaperRemarkRow.received_at, PaperRemarkRow.place)
        return tuple(record_of(PaperRemark, row) for row in self._session.scalars(ordered))

    def decide(self, decision: RemarkDecision) -> None:
        """Note what was decided of a remark."""
        self._session.add(RemarkDecisionRow(**columns_of(decision)))
        self._session.flush()

    def decisions(self, case_id: str) -> tuple[RemarkDecision, ...]:
        """Return the decisions of a case in the order they were made."""
        query = select(RemarkDecisionRow).where(RemarkDecisionRow.case_id == case_id)
        rows = self._session.scalars(query.order_by(RemarkDecisionRow.id))
        return tuple(record_of(RemarkDecision, row) for row in rows)
