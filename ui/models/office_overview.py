"""What is due and what is blocked across the open cases of the office."""

from dataclasses import dataclass
from datetime import date

from ui.models.case_table_model import DUE_SOON_DAYS
from workstation.operations.cases import CaseOperations
from workstation.procedure import StepStatus
from workstation.procedure.period_records import DeadlineState

_CASES_READ = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One running deadline of one case."""

    case_id: str
    number: str
    title: str
    officers: tuple[str, ...]
    name: str
    holder: str
    basis: str
    last_day: date
    days_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeOverview:
    """All running deadlines, the nearest first; how many are near or past; blocked cases."""

    items: tuple[DueItem, ...]
    due: int
    blocked: int


def read_overview(cases: CaseOperations) -> OfficeOverview:
    """Read the running deadlines of the cases that were last worked on."""
    items: list[DueItem] = []
    blocked = 0
    for summary in cases.summaries(limit=_CASES_READ):
        view = cases.view(summary.id)
        blocked += any(state.status is StepStatus.BLOCKED for state in view.steps)
        items += [
            DueItem(
                case_id=summary.id,
                number=summary.number,
                title=summary.title,
                officers=summary.officers,
                name=deadline.name,
                holder=deadline.holder,
                basis=deadline.basis,
                last_day=deadline.last_day,
                days_left=deadline.days_left,
            )
            for deadline in view.deadlines
            if deadline.last_day is not None
            and deadline.days_left is not None
            and deadline.state is not DeadlineState.ENDED
        ]
    items.sort(key=lambda item: item.last_day)
    due = sum(item.days_left <= DUE_SOON_DAYS for item in items)
    return OfficeOverview(items=tuple(items), due=due, blocked=blocked)
