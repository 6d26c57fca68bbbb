"""The notices (通告) by which lists of matters are published and adjusted."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterNotice:
    """One notice that was carried out, and what it did.

    ``list_kind`` is the list it belongs to (统一目录、扩展目录、赋权清单 …). A ``complete`` one
    holds the whole list, so that what it leaves out ends the day before ``effective``; any other
    only touches what it names. ``file_name`` and ``file_sha256`` say which file it came from.
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
