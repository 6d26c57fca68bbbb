"""Reading what an event says about evidence: which pieces are accepted (采信) and which not."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from workstation.domain.cases import CaseEvent
from workstation.domain.evidence import Evidence
from workstation.procedure.case_readings import text_of

_ENTRY = re.compile(r"(?P<numbers>\d+(?:\s*[、,，]\s*\d+)*)\s*[：:]\s*(?P<reason>[^；;\n]+)")


def examines_evidence(event: CaseEvent) -> bool:
    """Whether the event says that every piece was examined (行政处罚法§46)."""
    return event.data.get("evidence_examined") is True


def rejected_evidence(event: CaseEvent) -> Mapping[int, str]:
    """Return the pieces an event does not accept, by number, each with its reason.

    They are written as “3：来源不明；5、6：与本案无关”.
    """
    stated = text_of(event.data.get("rejected_evidence"))
    return {
        int(number): entry["reason"].strip()
        for entry in _ENTRY.finditer(stated)
        for number in re.findall(r"\d+", entry["numbers"])
    }


def decided_evidence(pieces: Iterable[Evidence], event: CaseEvent) -> tuple[Evidence, ...]:
    """Return the pieces an event decides on: those it rejects, and all others not yet decided."""
    if not examines_evidence(event):
        return ()
    rejected = rejected_evidence(event)
    decided = []
    for piece in pieces:
        if piece.position in rejected:
            decided.append(replace(piece, accepted=False, reason=rejected[piece.position]))
        elif piece.accepted is None:
            decided.append(replace(piece, accepted=True))
    return tuple(decided)
