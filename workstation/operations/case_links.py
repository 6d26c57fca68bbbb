"""Parting a case and joining two, as one call each."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from workstation.domain.case_links import LinkedCase
from workstation.operations.changes import Changes
from workstation.operations.event_files import EventFileError, EventRequest, read_json
from workstation.operations.linked_cases import MERGED, SPLIT
from workstation.operations.recording import Recorded, Recorder
from workstation.procedure import Block
from workstation.storage.database import Database
from workstation.storage.records import CaseSummary

_MOST_CANDIDATES = 200
_SPLIT_SHAPE = (
    '应为 {"at": 时间, "reason": 理由, "cases": [{"what": …, "matter": …}]}；没有写入任何内容。'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What came of parting or joining: the cases now tied to ``case_id``, and warnings."""

    case_id: str
    links: tuple[LinkedCase, ...]
    changes: Changes
    warnings: tuple[Block, ...] = ()


class CaseLinkOperations:
    """Every call is one transaction: all cases are opened and tied, or none."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self._database = database
        self._recorder = recorder

    def candidates(self, case_id: str) -> tuple[CaseSummary, ...]:
        """Return the cases that ``case_id`` could be joined to, those of its party first."""
        with self._database.reading() as unit:
            party = unit.cases.get(case_id).party
            same = set(unit.cases.of_party(party, except_case=case_id))
            found = unit.cases.summaries(limit=_MOST_CANDIDATES)
        others = [summary for summary in found if summary.id != case_id]
        return tuple(sorted(others, key=lambda summary: summary.id not in same))

    def split(self, wanted: str, path: Path) -> Linked:
        """Part a case as a file says; each entry of its ``cases`` becomes a case of its own.

        ``{"at", "reason", "basis", "actor", "cases": [{"what", "matter", "party_name",
        "evidence", ...}]}``; the fields are those of the event “分案”.

        Raises:
            EventFileError: the file is malformed.
            GuardRefusedError: a guard stands against it.
            InvalidInputError: a matter, party or piece of evidence is not known.
        """
        requests = _split_requests(read_json(path), path.name)
        with self._database.writing() as unit:
            case_id = unit.cases.find(wanted)
            made = [self._recorder.record(unit, case_id, request) for request in requests]
            return _linked(case_id, made, unit.links.of_case(case_id))

    def merge(self, wanted: str, other: str, at: datetime, reason: str, **data: Any) -> Linked:
        """Join a case to another; it ends there, and the earlier filing day counts.

        ``data`` may hold ``joint`` (different parties acted together), ``basis``, ``actor``.

        Raises:
            GuardRefusedError: a guard stands against it.
            CasesNotJoinableError: the other case is decided or ended.
        """
        with self._database.writing() as unit:
            case_id, other_id = unit.cases.find(wanted), unit.cases.find(other)
            request = EventRequest(
                kind=MERGED,
                step=2,
                at=at,
                title="并入他案",
                actor=str(data.pop("actor", "")),
                data={"other": other_id, "reason": reason} | data,
            )
            made = [self._recorder.record(unit, case_id, request)]
            return _linked(case_id, made, unit.links.of_case(case_id))


def _linked(case_id: str, made: list[Recorded], links: tuple[LinkedCase, ...]) -> Linked:
    changes = Changes()
    warnings: tuple[Block, ...] = ()
    for recorded in made:
        changes |= recorded.changes
        warnings += recorded.warnings
    return Linked(case_id=case_id, links=links, changes=changes, warnings=warnings)


def _split_requests(content: dict[str, Any], name: str) -> list[EventRequest]:
    rows = content.get("cases")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        message = f"“{name}”中没有 cases 列表。"
        raise EventFileError(message, hint=_SPLIT_SHAPE)
    try:
        at = datetime.fromisoformat(str(content.get("at") or f"{date.today()}T09:00"))
    except ValueError as error:
        message = f"“{name}”的时间写法不对：{error}。"
        raise EventFileError(message, hint=_SPLIT_SHAPE) from error
    common = {key: content[key] for key in ("reason", "basis") if content.get(key)}
    data = [common | row for row in rows]
    return [
        EventRequest(
            kind=SPLIT, step=2, at=at, title="分案", actor=str(content.get("actor", "")), data=row
        )
        for row in data
    ]
