"""The notices (通告) by which lists of matters are published and adjusted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedVersion:
    """A version that a notice ended, and the last day it had before (None: none)."""

    code: str
    version: str
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterNotice:
    """One notice that was carried out, and what it did.

    ``list_kind`` is the list it belongs to (统一目录、扩展目录、赋权清单 …). A ``complete`` one
    holds the whole list, so that what it leaves out ends the day before ``effective``; any other
    only touches what it names. ``file_name`` and ``file_sha256`` say which file it came from.
    ``ended`` is what it brought to an end; ``reverses`` marks an entry that only takes the
    notice of its number back.
    """

    number: str
    title: str
    list_kind: str
    published: date | None
    effective: date
    complete: bool
    added: int
    changed: int
    withdrawn: int
    unchanged: int
    file_name: str
    file_sha256: str
    entered_by: str
    entered_at: datetime
    ended: tuple[EndedVersion, ...] = ()
    reverses: bool = False


def standing_notices(notices: Iterable[MatterNotice]) -> tuple[MatterNotice, ...]:
    """Return the notices that were not taken back, in the order they were carried out.

    ``notices`` come in that order too; a notice taken back may be carried out again.
    """
    standing: dict[str, MatterNotice] = {}
    for notice in notices:
        if notice.reverses:
            standing.pop(notice.number, None)
        else:
            standing[notice.number] = notice
    return tuple(standing.values())
