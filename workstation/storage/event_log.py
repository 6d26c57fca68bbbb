"""The append-only log: each row carries the SHA-256 of the one before it.

The chain shows a changed, removed or reordered row. It can't show that its end was cut off;
for that its head is kept outside (in sealed volumes and backups) and given to ``verify``.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from workstation.domain.cases import JsonValue
from workstation.storage.ledger_rows import LogRow
from workstation.storage.record_json import canonical_json
from workstation.storage.records import LogEntry, LogHead, LogProblem

GENESIS = "0" * 64


class LogRepository:
    """Appends to the log and checks it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, kind: str, payload: Mapping[str, JsonValue]) -> LogEntry:
        """Add one row; ``payload`` says what was done, by digests where it is long.

        Times never go back: where the clock was set back, the time of the row before is kept.
        """
        last = self._last()
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        position, previous = (last.position + 1, last.digest) if last else (1, GENESIS)
        at = max(now, last.at) if last else now
        text = canonical_json(payload)
        row = LogRow(
            position=position,
            at=at,
            kind=kind,
            payload=text,
            previous=previous,
            digest=_digest(position, at, kind, text, previous),
        )
        self._session.add(row)
        self._session.flush()
        return _entry(row)

    def head(self) -> LogHead:
        """Return the last position and digest; position 0 and zeros for an empty log."""
        last = self._last()
        if last is None:
            return LogHead(position=0, digest=GENESIS)
        return LogHead(position=last.position, digest=last.digest)

    def entries(self, kind: str = "", *, limit: int = 1000) -> tuple[LogEntry, ...]:
        """Return the latest ``limit`` rows of ``kind`` (of all kinds), oldest first."""
        query = select(LogRow).order_by(LogRow.position.desc()).limit(limit)
        if kind:
            query = query.where(LogRow.kind == kind)
        return tuple(reversed([_entry(row) for row in self._session.scalars(query)]))

    def of_case(self, case_id: str) -> tuple[LogEntry, ...]:
        """Return every row whose payload names a case as its own, oldest first."""
        query = select(LogRow).where(LogRow.payload.contains(case_id, autoescape=True))
        entries = [_entry(row) for row in self._session.scalars(query.order_by(LogRow.position))]
        return tuple(entry for entry in entries if entry.payload.get("case") == case_id)

    def verify(self, anchor: LogHead | None = None) -> tuple[LogProblem, ...]:
        """Return every row that does not hold, by position; nothing for a sound log.

        ``anchor`` is a head kept outside: it must still be in the log.
        """
        problems = []
        position, previous, at = 0, GENESIS, ""
        anchored = anchor is None or anchor.position == 0
        for row in self._session.execute(_COLUMNS.order_by(LogRow.position)):
            message = _fault(row, position, previous, at)
            if message:
                problems.append(LogProblem(position=row.position, message=message))
            if anchor is not None and row.position == anchor.position:
                anchored = row.digest == anchor.digest
            position, previous, at = row.position, row.digest, row.at
        if anchor is not None and not anchored:
            text = f"日志中没有留存的第{anchor.position}条，或其校验值不符：日志末尾被截去或重写。"
            problems.append(LogProblem(position=anchor.position, message=text))
        return tuple(problems)

    def _last(self) -> LogRow | None:
        query = select(LogRow).order_by(LogRow.position.desc()).limit(1)
        return self._session.scalars(query).first()


_COLUMNS = select(
    LogRow.position, LogRow.at, LogRow.kind, LogRow.payload, LogRow.previous, LogRow.digest
)


def _digest(position: int, at: str, kind: str, payload: str, previous: str) -> str:
    text = canonical_json([position, at, kind, payload, previous])
    return hashlib.sha256(text.encode()).hexdigest()


def _fault(row: Row[int, str, str, str, str, str], position: int, previous: str, at: str) -> str:
    if row.position != position + 1:
        return f"第{position + 1}条至第{row.position - 1}条缺失。"
    if row.previous != previous:
        return f"第{row.position}条与前一条衔接不上：有记录被更换或调序。"
    if row.digest != _digest(row.position, row.at, row.kind, row.payload, row.previous):
        return f"第{row.position}条的内容被改动。"
    if row.at < at:
        return f"第{row.position}条的时间早于前一条。"
    return ""


def _entry(row: LogRow) -> LogEntry:
    return LogEntry(
        position=row.position,
        at=datetime.fromisoformat(row.at),
        kind=row.kind,
        payload=json.loads(row.payload),
        digest=row.digest,
    )
