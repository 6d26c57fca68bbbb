"""Keeping with a query of the bureau's own archive what it showed on that day."""

from dataclasses import replace

from workstation.domain.cases import CaseEvent, CaseFile, JsonValue
from workstation.procedure import Surroundings
from workstation.procedure.other_cases import earlier_violations

_QUERIED = "archive_queried"


def with_archive(event: CaseEvent, file: CaseFile, surroundings: Surroundings) -> CaseEvent:
    """Keep with a query of the archive what the bureau's own archive shows on that day."""
    if event.kind != _QUERIED:
        return event
    found: list[JsonValue] = [
        {
            "number": other.number,
            "title": other.title,
            "decided_on": other.decided_on.isoformat() if other.decided_on else None,
            "outcome": other.outcome,
            "same_number": other.same_number,
        }
        for other in earlier_violations(file.case, surroundings, event.day)
    ]
    looked_at = len(surroundings.other_cases)
    return replace(event, data=dict(event.data) | {"archive": found, "cases_looked_at": looked_at})
