"""What was released in writing (书面放行): guards set aside by a head, to be read and printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workstation.domain.cases import CaseFile
from workstation.procedure.records import GuardRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One guard set aside for one event: which rule, who answers for it and why.

    ``title`` and ``basis`` are those of the guard; a guard the rules no longer know goes by its
    name. ``check`` is the item of the legal review it belongs to, or empty.
    """

    guard: str
    title: str
    basis: str
    check: str
    step: int
    event: str
    at: datetime
    approver: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """Return the release as ``case show`` prints it."""
        return {
            "guard": self.guard,
            "guard_title": self.title,
            "basis": self.basis,
            "check": self.check,
            "step": self.step,
            "at": self.at.isoformat(timespec="minutes"),
            "title": self.event,
            "approver": self.approver,
            "reason": self.reason,
        }


def releases(case_file: CaseFile, guards: Mapping[str, GuardRule]) -> tuple[Release, ...]:
    """Return every release of a case in the order of its events."""
    found = []
    for event in case_file.events:
        for override in event.overrides:
            rule = guards.get(override.guard)
            found.append(
                Release(
                    guard=override.guard,
                    title=rule.title if rule else override.guard,
                    basis=rule.basis if rule else "",
                    check=rule.check if rule else "",
                    step=event.step,
                    event=event.title,
                    at=event.at,
                    approver=override.approver,
                    reason=override.reason,
                )
            )
    return tuple(found)
