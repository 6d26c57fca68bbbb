"""Event files: what ``case apply`` reads, and the one shape in which anything enters a case.

One event is one user action and one transaction. The file holds
``{"events": [{"kind", "step", "at", "title", "data", "documents", "deliveries", ...}]}``; a row
``[step, day, wording, number]`` is understood too where its wording names an event kind.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from workstation.domain.cases import JsonValue, Override
from workstation.errors import InvalidInputError
from workstation.procedure.event_kinds import EventCatalogue


class EventFileError(InvalidInputError):
    """An event file can't be understood; the message names the event by its place."""

    code = "event_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRequest:
    """A document to issue: its form, date and the values not taken from the record."""

    form: str
    dated: date
    values: Mapping[str, JsonValue] = field(default_factory=dict)
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRequest:
    """Service of the latest document of ``form`` (or of its ``occurrence``-th).

    ``voucher`` names what proves it; ``addressee`` is who it is for where not the party.
    """

    form: str
    method: str
    receiver: str
    receiver_role: str
    at: datetime
    place: str
    officers: tuple[str, ...]
    occurrence: int = 0
    refusal: str = ""
    witness: str = ""
    voucher: str = ""
    note: str = ""
    addressee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequest:
    """A piece of evidence to take in; ``file`` is an existing file or None for paper."""

    name: str
    kind: str
    source: str
    obtained_by: str
    obtained_on: date
    proves: str
    pages: int = 1
    file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRequest:
    """One event as a user or a file asks for it; nothing is checked yet but its shape."""

    kind: str
    step: int
    at: datetime
    title: str
    actor: str = ""
    data: Mapping[str, JsonValue] = field(default_factory=dict)
    facts: Mapping[str, JsonValue] = field(default_factory=dict)
    documents: tuple[DocumentRequest, ...] = ()
    deliveries: tuple[DeliveryRequest, ...] = ()
    evidence: tuple[EvidenceRequest, ...] = ()
    overrides: tuple[Override, ...] = ()


def read_json(path: Path) -> dict[str, Any]:
    """Return the JSON object in ``path``.

    Raises:
        EventFileError: it can't be read or holds no JSON object.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"读不了文件“{path}”：{error.strerror}。"
        raise EventFileError(message, hint="请检查文件名和读取权限。") from error
    except ValueError as error:
        message = f"文件“{path.name}”不是有效的 JSON（UTF-8）：{error}。"
        raise EventFileError(message, hint="请按所指行列改正后重试，案件未作任何改动。") from error
    if not isinstance(content, dict):
        message = f"文件“{path.name}”最外层应为对象。"
        raise EventFileError(message, hint="请按《使用手册》中事件文件的格式改写。")
    return content


def read_events(path: Path, catalogue: EventCatalogue) -> tuple[EventRequest, ...]:
    """Read the events of ``path`` in the order they happened.

    Raises:
        EventFileError: the file or one of its events is malformed; nothing was applied.
    """
    content = read_json(path)
    rows = content.get("events", content.get("timeline"))
    if not isinstance(rows, list) or not rows:
        message = f"文件“{path.name}”中没有 events 列表。"
        raise EventFileError(message, hint='事件文件应为 {"events": [ … ]}。')
    requests = []
    for position, row in enumerate(rows, start=1):
        try:
            requests.append(parse_event(row, catalogue, path.parent))
        except (KeyError, TypeError, ValueError) as error:
            message = f"“{path.name}”第{position}个事件不完整或格式不对：{_reason(error)}。"
            hint = "请补全后重试；本次没有写入任何事件。"
            raise EventFileError(message, hint=hint) from error
    return tuple(sorted(requests, key=lambda request: request.at))


def _reason(error: Exception) -> str:
    return f"缺少“{error.args[0]}”" if isinstance(error, KeyError) else str(error)


def parse_event(row: object, catalogue: EventCatalogue, folder: Path) -> EventRequest:
    """Turn one JSON event into a request; relative files are looked up in ``folder``.

    Raises:
        KeyError, TypeError, ValueError: a part is missing or of the wrong kind.
        EventFileError: the kind of event is unknown.
    """
    if isinstance(row, list):
        return _timeline_row(row, catalogue)
    if not isinstance(row, dict):
        raise TypeError("事件应为对象")
    kind = catalogue.kind(str(row["kind"]))
    return EventRequest(
        kind=kind.kind,
        step=int(row.get("step", kind.step)),
        at=datetime.fromisoformat(str(row["at"])),
        title=str(row.get("title") or kind.title),
        actor=str(row.get("actor", "")),
        data=dict(row.get("data", {})),
        facts=dict(row.get("facts", {})),
        documents=tuple(_document(d, row, folder) for d in row.get("documents", ())),
        deliveries=tuple(_delivery(d) for d in row.get("deliveries", ())),
        evidence=tuple(_evidence(e, folder) for e in row.get("evidence", ())),
        overrides=tuple(
            Override(guard=o["guard"], approver=o["approver"], reason=o["reason"])
            for o in row.get("overrides", ())
        ),
    )


def _timeline_row(row: Sequence[Any], catalogue: EventCatalogue) -> EventRequest:
    step, day, wording = int(row[0]), str(row[1]), str(row[2])
    kind = catalogue.kind_of_wording(step, wording)
    return EventRequest(
        kind=kind.kind, step=step, at=datetime.fromisoformat(day), title=wording, data={}
    )


def _document(row: Mapping[str, Any], event: Mapping[str, Any], folder: Path) -> DocumentRequest:
    values: dict[str, JsonValue] = dict(row.get("values", {}))
    if "values_file" in row:
        values = dict(read_json(folder / str(row["values_file"]))["values"]) | values
    return DocumentRequest(
        form=str(row["form"]),
        dated=date.fromisoformat(str(row.get("date", event["at"]))[:10]),
        values=values,
        number=str(row.get("number", "")),
    )


def _delivery(row: Mapping[str, Any]) -> DeliveryRequest:
    return DeliveryRequest(
        form=str(row["form"]),
        occurrence=int(row.get("occurrence", 0)),
        method=str(row["method"]),
        receiver=str(row["receiver"]),
        receiver_role=str(row["receiver_role"]),
        at=datetime.fromisoformat(str(row["at"])),
        place=str(row["place"]),
        officers=tuple(str(name) for name in row["officers"]),
        refusal=str(row.get("refusal", "")),
        witness=str(row.get("witness", "")),
        voucher=str(row.get("voucher", "")),
        note=str(row.get("note", "")),
        addressee=str(row.get("addressee", "")),
    )


def _evidence(row: Mapping[str, Any], folder: Path) -> EvidenceRequest:
    return EvidenceRequest(
        name=str(row["name"]),
        kind=str(row["kind"]),
        source=str(row["source"]),
        obtained_by=str(row["obtained_by"]),
        obtained_on=date.fromisoformat(str(row["obtained_on"])),
        proves=str(row["proves"]),
        pages=int(row.get("pages", 1)),
        file=folder / str(row["file"]) if row.get("file") else None,
    )
