"""The lead (案源) a case starts from."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class LeadSource(StrEnum):
    """Where a lead (案源) comes from; the value is printed."""

    PATROL = "巡查"
    COMPLAINT = "投诉举报"
    HOTLINE = "12345热线"
    ASSIGNED = "上级交办"
    TRANSFERRED = "部门移送"
    PROCURATORIAL = "检察建议"
    MEDIA = "媒体"
    SURRENDER = "主动供述"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The lead a case starts from."""

    number: str
    source: LeadSource
    received_at: datetime
    found_at: datetime
    content: str
    reporter: str = ""
    answer_due: date | None = None
