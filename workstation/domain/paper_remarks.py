"""Comments and tracked changes that came back in a paper edited in Word, WPS or LibreOffice."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What a person of the office decided of a remark; the value is shown."""

    OPEN = "待定"
    TAKEN = "采纳"
    DECLINED = "不采纳"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRemark:
    """One comment (批注), insertion (插入) or deletion (删除) as it was taken into the case.

    ``id`` is the digest of its content, so the same file taken in twice adds nothing. ``anchor``
    is the passage of a comment, or the words added or struck.
    """

    id: str
    case_id: str
    document: str
    kind: str
    author: str
    date: str
    anchor: str
    text: str
    field: str
    place: str
    received_by: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkDecision:
    """That a person took a remark up or declined it, and why; the latest counts."""

    case_id: str
    remark: str
    verdict: Verdict
    reason: str
    person: str
    decided_at: datetime
