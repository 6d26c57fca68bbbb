"""Links between cases: parted from one another (分案), or one taken into another (并案)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LinkKind(StrEnum):
    """What ties two cases; the value is shown."""

    SPLIT = "分案"
    JOINED = "并案"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLink:
    """``other_id`` was split off from ``case_id``, or ``case_id`` was joined to ``other_id``."""

    case_id: str
    other_id: str
    kind: LinkKind
    made_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedCase:
    """A case tied to another, as that other shows it; ``relation`` says how, in words."""

    id: str
    number: str
    title: str
    party: str
    relation: str
    made_on: date
    last_event: str
