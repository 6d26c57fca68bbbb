"""How much is due in the office, and what blocks the cases that were last worked on."""

from dataclasses import dataclass
from datetime import date, timedelta

from ui.models.case_table_model import DUE_SOON_DAYS
from workstation.operations.workstation import Workstation
from workstation.procedure import Block, StepStatus

BLOCKS_READ = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedStep:
    """A hard block of a step whose turn it is, with the case it stands in."""

    case_id: str
    number: str
    title: str
    step: int
    block: Block


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeOverview:
    """How many deadlines of all cases are near or past, and what blocks."""

    due: int = 0
    blocked: tuple[BlockedStep, ...] = ()

    @property
    def blocked_cases(self) -> int:
        """How many cases something stands in the way of."""
        return len({blocked.case_id for blocked in self.blocked})


def read_overview(workstation: Workstation) -> OfficeOverview:
    """Count the deadlines of all cases; look for blocks in those last worked on."""
    if not workstation.office.exists():
        return OfficeOverview()
    today = date.today()
    return OfficeOverview(
        due=workstation.due.count_until(today + timedelta(days=DUE_SOON_DAYS), today),
        blocked=_blocked(workstation),
    )


def _blocked(workstation: Workstation) -> tuple[BlockedStep, ...]:
    cases = workstation.cases
    return tuple(
        BlockedStep(
            case_id=summary.id,
            number=summary.number,
            title=summary.title,
            step=state.n,
            block=block,
        )
        for summary in cases.summaries(limit=BLOCKS_READ)
        for state in cases.view(summary.id).steps
        if state.status is StepStatus.BLOCKED
        for block in state.blocks
        if block.hard
    )
