"""What the guards said about the events of a file, each finding with the event it is about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workstation.domain.cases import Override
from workstation.operations.event_files import EventRequest
from workstation.procedure import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A guard that did not pass for one event of a file.

    ``position`` is the event's place in the file in order of time, from 1. ``override`` is set
    where a named approver set the guard aside and the event was recorded all the same.
    """

    block: Block
    position: int
    kind: str
    step: int
    at: datetime
    title: str
    override: Override | None = None

    @property
    def level(self) -> str:
        """阻断 where it refused the event, 书面放行 where it was set aside, 警示 otherwise."""
        if self.override is not None:
            return "书面放行"
        return "阻断" if self.block.hard else "警示"

    def as_json(self) -> dict[str, Any]:
        """Return the finding as the command line prints it."""
        event = {
            "position": self.position,
            "kind": self.kind,
            "step": self.step,
            "at": self.at.isoformat(timespec="minutes"),
            "title": self.title,
        }
        found = self.block.as_json() | {"level": self.level, "event": event}
        if self.override is not None:
            found |= {"approver": self.override.approver, "reason": self.override.reason}
        return found


def findings_of(
    blocks: tuple[Block, ...], position: int, request: EventRequest, *, recorded: bool
) -> tuple[Finding, ...]:
    """Return the findings on one event; a hard block on a recorded event was set aside."""
    overrides = {override.guard: override for override in request.overrides}
    return tuple(
        Finding(
            block=block,
            position=position,
            kind=request.kind,
            step=request.step,
            at=request.at,
            title=request.title,
            override=overrides.get(block.guard) if recorded and block.hard else None,
        )
        for block in blocks
    )
