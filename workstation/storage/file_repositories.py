"""What a case file holds: events, issued documents with their files and service, evidence."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Text, func, select, type_coerce
from sqlalchemy.orm import Session

from workstation.domain.cases import CaseEvent, Delivery, IssuedDocument
from workstation.storage.base_row import columns_of, record_of
from workstation.storage.case_rows import CaseRow
from workstation.storage.errors import (
    CaseNotFoundError,
    DocumentDamagedError,
    DocumentNotFoundError,
)
from workstation.storage.file_rows import (
    CaseEventRow,
    DeliveryRow,
    DocumentFileRow,
    DocumentRow,
)
from workstation.storage.overviews import write_event


class EventRepository:
    """The events of cases; they are appended and never changed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, case_id: str, event: CaseEvent) -> CaseEvent:
        """Store ``event`` as the case's next and return it with its position, from 1.

        The position given is not looked at.

        Raises:
            CaseNotFoundError: there is no such case.
        """
        check_case(self._session, case_id)
        last = select(func.max(CaseEventRow.position)).where(CaseEventRow.case_id == case_id)
        event = replace(event, position=(self._session.scalar(last) or 0) + 1)
        self._session.add(CaseEventRow(case_id=case_id, **columns_of(event)))
        write_event(self._session, case_id, event)
        self._session.flush()
        return event

    def of_case(self, case_id: str) -> tuple[CaseEvent, ...]:
        """Return the events of a case by position."""
        query = select(CaseEventRow).where(CaseEventRow.case_id == case_id)
        rows = self._session.scalars(query.order_by(CaseEventRow.position))
        return tuple(record_of(CaseEvent, row) for row in rows)

    def of_cases(self, case_ids: Sequence[str]) -> dict[str, tuple[CaseEvent, ...]]:
        """Return the events of many cases by case, each by position."""
        query = select(CaseEventRow).where(CaseEventRow.case_id.in_(case_ids))
        found: dict[str, list[CaseEvent]] = {}
        ordered = query.order_by(CaseEventRow.case_id, CaseEventRow.position)
        for row in self._session.scalars(ordered):
            found.setdefault(row.case_id, []).append(record_of(CaseEvent, row))
        return {case_id: tuple(events) for case_id, events in found.items()}

    def between(
        self, start: datetime, end: datetime, *, except_case: str = "", stating: str = ""
    ) -> tuple[tuple[str, CaseEvent], ...]:
        """Return (case id, event) of all cases from ``start`` to ``end``, both included.

        It shows where else an officer was at a time; ``except_case`` leaves out one case.
        ``stating`` leaves out the events whose data do not name it.
        """
        query = select(CaseEventRow).where(
            CaseEventRow.at >= start, CaseEventRow.at <= end, CaseEventRow.case_id != except_case
        )
        if stating:
            data = type_coerce(CaseEventRow.data, Text)
            query = query.where(data.contains(f'"{stating}"', autoescape=True))
        rows = self._session.scalars(query.order_by(CaseEventRow.at, CaseEventRow.case_id))
        return tuple((row.case_id, record_of(CaseEvent, row)) for row in rows)

    def cases_with(self, kinds: Collection[str]) -> tuple[str, ...]:
        """Return the ids of the cases in which something of ``kinds`` happened, by id."""
        query = select(CaseEventRow.case_id).where(CaseEventRow.kind.in_(kinds)).distinct()
        return tuple(self._session.scalars(query.order_by(CaseEventRow.case_id)))


class DocumentRepository:
    """Issued documents, their frozen .docx files and their service."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, case_id: str, document: IssuedDocument, docx: bytes) -> IssuedDocument:
        """Store an issued document with its frozen file.

        Raises:
            CaseNotFoundError: there is no such case.
            ValueError: ``docx`` does not have the digest ``document.docx_sha256``.
        """
        check_case(self._session, case_id)
        if hashlib.sha256(docx).hexdigest() != document.docx_sha256:
            message = f"docx of {document.id} does not match its digest"
            raise ValueError(message)
        last = select(func.max(DocumentRow.position)).where(DocumentRow.case_id == case_id)
        position = (self._session.scalar(last) or 0) + 1
        row = DocumentRow(case_id=case_id, position=position, **columns_of(document))
        self._session.add(row)
        self._session.flush()
        self._session.add(DocumentFileRow(document_id=document.id, docx=docx))
        self._session.flush()
        return document

    def get(self, document_id: str) -> IssuedDocument:
        """Return an issued document.

        Raises:
            DocumentNotFoundError: there is no such document.
        """
        return record_of(IssuedDocument, self._row(document_id))

    def docx_of(self, document_id: str) -> bytes:
        """Return the frozen .docx, byte for byte as issued.

        Raises:
            DocumentNotFoundError: there is no such document.
            DocumentDamagedError: the stored bytes no longer have the recorded digest.
        """
        row = self._row(document_id)
        query = select(DocumentFileRow.docx).where(DocumentFileRow.document_id == document_id)
        docx = self._session.scalar(query)
        if docx is None or hashlib.sha256(docx).hexdigest() != row.docx_sha256:
            raise DocumentDamagedError(row.title)
        return docx

    def set_pages(self, document_id: str, pages: int) -> None:
        """Note how many pages a document came to.

        Raises:
            DocumentNotFoundError: there is no such document.
        """
        self._row(document_id).pages = pages
        self._session.flush()

    def next_occurrence(self, case_id: str, form: str) -> int:
        """Return which occurrence of ``form`` in the case the next one would be, from 1."""
        query = select(func.max(DocumentRow.occurrence)).where(
            DocumentRow.case_id == case_id, DocumentRow.form == form
        )
        return (self._session.scalar(query) or 0) + 1

    def has_number(self, number: str) -> bool:
        """Tell whether a document of any case bears ``number``."""
        query = select(DocumentRow.id).where(DocumentRow.number == number).limit(1)
        return self._session.scalar(query) is not None

    def holding(
        self, words: str, without: Iterable[str]
    ) -> tuple[tuple[str, IssuedDocument], ...]:
        """Return the documents in whose fields ``words`` stand, each with the id of its case.

        Cases in which an event of a kind ``without`` happened are left out.
        """
        done = select(CaseEventRow.case_id).where(CaseEventRow.kind.in_(tuple(without)))
        values = type_coerce(DocumentRow.values, Text)
        query = (
            select(DocumentRow)
            .where(values.contains(words, autoescape=True), DocumentRow.case_id.not_in(done))
            .order_by(DocumentRow.case_id, DocumentRow.position)
        )
        return tuple(
            (row.case_id, record_of(IssuedDocument, row)) for row in self._session.scalars(query)
        )

    def of_case(self, case_id: str) -> tuple[IssuedDocument, ...]:
        """Return the documents of a case in the order they were issued."""
        query = select(DocumentRow).where(DocumentRow.case_id == case_id)
        rows = self._session.scalars(query.order_by(DocumentRow.position))
        return tuple(record_of(IssuedDocument, row) for row in rows)

    def of_cases(self, case_ids: Collection[str]) -> dict[str, tuple[IssuedDocument, ...]]:
        """Return the documents of many cases by case, each in the order they were issued."""
        query = select(DocumentRow).where(DocumentRow.case_id.in_(case_ids))
        rows = self._session.scalars(query.order_by(DocumentRow.case_id, DocumentRow.position))
        return {
            case_id: tuple(record_of(IssuedDocument, row) for row in found)
            for case_id, found in groupby(rows, attrgetter("case_id"))
        }

    def add_delivery(self, delivery: Delivery) -> None:
        """Store the service of a document.

        Raises:
            DocumentNotFoundError: there is no such document.
        """
        self._row(delivery.document_id)
        self._session.add(DeliveryRow(**columns_of(delivery)))
        self._session.flush()

    def deliveries_of_case(self, case_id: str) -> tuple[Delivery, ...]:
        """Return all service in a case in the order it was recorded."""
        query = select(DeliveryRow).join(DocumentRow).where(DocumentRow.case_id == case_id)
        rows = self._session.scalars(query.order_by(DeliveryRow.id))
        return tuple(record_of(Delivery, row) for row in rows)

    def _row(self, document_id: str) -> DocumentRow:
        row = self._session.get(DocumentRow, document_id)
        if row is None:
            raise DocumentNotFoundError(document_id)
        return row


def check_case(session: Session, case_id: str) -> None:
    """Refuse an unknown case.

    Raises:
        CaseNotFoundError: there is no such case.
    """
    if session.scalar(select(CaseRow.id).where(CaseRow.id == case_id)) is None:
        raise CaseNotFoundError(case_id)
