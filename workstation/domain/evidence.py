"""Evidence: the eight kinds of 行政处罚法§46 and what must be noted of each piece."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EvidenceKind(StrEnum):
    """The eight kinds of 行政处罚法§46 第一款; the value is printed."""

    DOCUMENTARY = "书证"
    PHYSICAL = "物证"
    AUDIOVISUAL = "视听资料"
    ELECTRONIC = "电子数据"
    TESTIMONY = "证人证言"
    PARTY_STATEMENT = "当事人的陈述"
    EXPERT_OPINION = "鉴定意见"
    INSPECTION_RECORD = "勘验笔录、现场笔录"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece; ``sha256`` names the stored file, or is empty for paper kept in the volume.

    ``accepted`` is None until somebody has said 采信 or 不采信. A piece lent by another case
    names in ``kept_in`` the number of the case that keeps it, and in ``shared_on`` since when.
    """

    position: int
    name: str
    kind: EvidenceKind
    source: str
    obtained_by: str
    obtained_on: date
    proves: str
    pages: int = 1
    accepted: bool | None = None
    reason: str = ""
    sha256: str = ""
    media_type: str = ""
    kept_in: str = ""
    shared_on: date | None = None

    @property
    def held_from(self) -> date:
        """The day from which the case holds it."""
        return self.shared_on or self.obtained_on
