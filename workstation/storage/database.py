"""The case database of one office: short transactions that hand out repositories.

    database = Database.open(home)
    with database.reading() as unit:
        file = unit.cases.load_case_file(unit.cases.find("屿综执立字〔2026〕0186号"))
    with database.writing() as unit:          # BEGIN IMMEDIATE; commits at the end of the block
        event = unit.events.append(file.case.id, event)
        unit.log.append("event", {"case": file.case.id, "digest": record_digest(event)})

A block that raises is rolled back whole. One ``Database`` serves all threads; a unit serves one.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from workstation.settings import Home
from workstation.storage.blobs import BlobStore
from workstation.storage.capsule_repository import CapsuleRepository
from workstation.storage.case_repository import CaseRepository
from workstation.storage.closed_cases import ClosedCaseRepository
from workstation.storage.engine import (
    check_sqlite,
    copy_database,
    make_engine,
    translated,
    writing,
)
from workstation.storage.errors import DatabaseDamagedError, StaleRecordError
from workstation.storage.event_log import LogRepository
from workstation.storage.evidence_repositories import EvidenceRepository
from workstation.storage.file_repositories import DocumentRepository, EventRepository
from workstation.storage.ledger_repositories import DeadlineRepository, DraftRepository
from workstation.storage.link_repositories import CaseLinkRepository
from workstation.storage.network_paths import check_local
from workstation.storage.numbers import NumberRepository
from workstation.storage.office_repositories import MatterRepository, OfficeRepository
from workstation.storage.paper_numbers import PaperNumberRepository
from workstation.storage.paper_remarks import PaperRemarkRepository
from workstation.storage.printings import PrintingRepository
from workstation.storage.schema import CURRENT, Schema, examine, migrate
from workstation.storage.sealed_repositories import InterventionRepository, PasswordRepository
from workstation.storage.standing_repositories import CheckedCaseRepository, DatedEntryRepository


class Unit:
    """One transaction's repositories."""

    def __init__(self, session: Session) -> None:
        self.cases = CaseRepository(session)
        self.closed_cases = ClosedCaseRepository(session)
        self.events = EventRepository(session)
        self.documents = DocumentRepository(session)
        self.evidence = EvidenceRepository(session)
        self.links = CaseLinkRepository(session)
        self.drafts = DraftRepository(session)
        self.deadlines = DeadlineRepository(session)
        self.numbers = NumberRepository(session)
        self.paper_numbers = PaperNumberRepository(session)
        self.printings = PrintingRepository(session)
        self.office = OfficeRepository(session)
        self.matters = MatterRepository(session)
        self.dated_entries = DatedEntryRepository(session)
        self.checked_cases = CheckedCaseRepository(session)
        self.interventions = InterventionRepository(session)
        self.passwords = PasswordRepository(session)
        self.capsules = CapsuleRepository(session)
        self.paper_remarks = PaperRemarkRepository(session)
        self.log = LogRepository(session)


class Database:
    """An open case database and the evidence files beside it."""

    def __init__(self, engine: Engine, path: Path, blobs: BlobStore, key: bytes | None) -> None:
        self.path = path
        self.blobs = blobs
        self._engine = engine
        self._writing_engine = writing(engine)
        self._key = key

    @classmethod
    def open(cls, home: Home, *, key: bytes | None = None, schema: Schema = CURRENT) -> Self:
        """Open the database of ``home``, creating or migrating it where needed.

        Args:
            home: the office's folders.
            key: 32 random bytes that encrypt the file, or None for a plain one.
            schema: the schema to bring it to.

        Raises:
            SqliteTooOldError, NetworkPathError, ForeignDatabaseError, SchemaTooNewError,
            DatabaseDamagedError, WrongKeyError, DatabaseUnavailableError, DiskFullError,
            DatabaseBusyError: it can't be used; each says what to do.
        """
        check_sqlite()
        check_local(home.root)
        path = home.database
        version = examine(path, schema, key)
        if version == 0 and home.blobs.is_dir() and any(home.blobs.iterdir()):
            raise DatabaseDamagedError(str(path), "文件丢失或为空，而证据文件仍在")
        if version < schema.version:
            migrate(path, schema, key)
        blobs = BlobStore(home.blobs)
        blobs.sweep()
        return cls(make_engine(path, key), path, blobs, key)

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """Give repositories that see the database as it stood at their first look."""
        with translated(self.path), Session(self._engine) as session:
            yield Unit(session)

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """Give repositories that hold the write lock; the end of the block commits durably.

        Raises:
            DatabaseBusyError: another process kept the lock for five seconds.
            DiskFullError, DatabaseUnavailableError, DatabaseDamagedError: nothing was saved.
            StaleRecordError: a record was changed by another server session meanwhile.
        """
        with translated(self.path), Session(self._writing_engine) as session:
            session.connection()
            try:
                yield Unit(session)
                session.commit()
            except StaleDataError as error:
                raise StaleRecordError from error

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy of the database, which may be in use.

        Raises:
            StorageError: the target can't be written.
        """
        copy_database(self.path, target, self._key)

    def close(self) -> None:
        """Close all connections; the last one out folds the write-ahead log in."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Return the database, to be closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()


def new_record_id() -> str:
    """Return a fresh id for a case or a document: 16 hexadecimal digits, random."""
    return secrets.token_hex(8)
