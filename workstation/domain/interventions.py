"""Interference with a case by people in leading posts, as it must be recorded.

The duty: whoever handles a case records fully and truthfully, with all materials kept, every
request of a person in a leading post that goes beyond his authority or the lawful procedure
(《领导干部干预司法活动、插手具体案件处理的记录、通报和责任追究规定》§5, of March 2015;
administrative enforcement mirrors it in party and government papers). The texts are not in the
program's store: 未核实.
"""

from dataclasses import dataclass
from datetime import datetime

SOURCE = (
    "《领导干部干预司法活动、插手具体案件处理的记录、通报和责任追究规定》第五条"
    "（未核实：法规库未收录原文；行政执法中的对应规定以本地文件为准）"
)
MANNERS = ("当面", "电话", "书面", "短信或者网络", "会议", "托人转达", "其他")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """One entry as it was recorded; nothing is changed afterwards, a correction is a new entry.

    ``person`` and ``post`` say who intervened, ``manner`` how (one of ``MANNERS``), ``content``
    what was asked, ``materials`` which notes, messages or recordings are kept.
    """

    case_id: str
    person: str
    post: str
    at: datetime
    manner: str
    content: str
    materials: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderEntry:
    """That a person may read the register of a case from now on, or (``withdrawn``) no longer."""

    case_id: str
    name: str
    granted_by: str
    reason: str
    entered_at: datetime
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordEntry:
    """A person's password as it was set: salt and scrypt digest, both in hexadecimal digits."""

    person: str
    salt: str
    digest: str
    set_by: str
    set_at: datetime


def readers_of(entries: tuple[ReaderEntry, ...]) -> tuple[str, ...]:
    """Return who may read: of the entries of a person the one made last counts."""
    latest = {entry.name: entry for entry in entries}
    return tuple(name for name, entry in latest.items() if not entry.withdrawn)
