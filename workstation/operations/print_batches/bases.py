"""What a draft is filled from, as one digest: the same basis makes the same paper."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from workstation.documents.forms import FormDefinition
from workstation.operations.print_batches.lists import BatchRow
from workstation.storage.database import Database


class DraftBases:
    """The bases of the drafts of one run.

    Everything written to the office moves its log on, so the head of the log stands for the case,
    the office and the templates it registered. ``own`` is the bureau's folder of data files,
    which are read without being logged.
    """

    def __init__(self, database: Database, own: Path) -> None:
        self._database = database
        self._own = hashlib.sha256("\n".join(_files(own)).encode()).hexdigest()

    def of(self, row: BatchRow, case_id: str) -> str:
        """Return the basis of the paper of a row as a digest."""
        with self._database.reading() as unit:
            head = unit.log.head().digest
            draft = unit.drafts.get(case_id, row.form.id, row.occurrence)
        parts = [
            *(self._own, head, date.today().isoformat(), case_id, _form_digest(row.form)),
            *(row.occurrence, dict(draft.values) if draft else {}, dict(row.values)),
        ]
        told = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(told.encode()).hexdigest()


@cache
def _form_digest(form: FormDefinition) -> str:
    return hashlib.sha256(repr(form).encode()).hexdigest()


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        state = path.stat()
        yield f"{path} {state.st_size} {state.st_mtime_ns}"
