"""Tables, repositories, migrations, blobs and the event log; rows never leave.

Start with :class:`Database`; everything else here is what its repositories take and return.
"""

from workstation.storage.blobs import BlobStore
from workstation.storage.database import Database, Unit, new_record_id
from workstation.storage.record_json import canonical_json, from_plain, record_digest, to_plain
from workstation.storage.records import (
    BlobProblem,
    CaseSummary,
    DeadlineEntry,
    Draft,
    DueDeadline,
    DueFilter,
    IssuedNumber,
    LedgerLine,
    LogEntry,
    LogHead,
    LogProblem,
    NumberFilter,
    NumberGap,
    NumberState,
    PaperNumber,
    Printing,
    StoredBlob,
)

__all__ = [
    "BlobProblem",
    "BlobStore",
    "CaseSummary",
    "Database",
    "DeadlineEntry",
    "Draft",
    "DueDeadline",
    "DueFilter",
    "IssuedNumber",
    "LedgerLine",
    "LogEntry",
    "LogHead",
    "LogProblem",
    "NumberFilter",
    "NumberGap",
    "NumberState",
    "PaperNumber",
    "Printing",
    "StoredBlob",
    "Unit",
    "canonical_json",
    "from_plain",
    "new_record_id",
    "record_digest",
    "to_plain",
]
