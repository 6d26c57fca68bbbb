"""Keeping the overview row of a case in step with its other rows."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workstation.domain.cases import Case, CaseEvent
from workstation.storage.case_rows import CaseOverviewRow
from workstation.storage.ledger_rows import DeadlineRow
from workstation.storage.records import DeadlineEntry

FILED = "case_filed"


def write_facts(session: Session, case: Case) -> None:
    """Bring what the overview shows of the facts of ``case`` up to date."""
    row = session.get(CaseOverviewRow, case.id)
    if row is None:
        row = CaseOverviewRow(
            case_id=case.id,
            step=0,
            last_event="",
            last_at=case.lead.received_at,
            filed_on=None,
            next_due=None,
            next_due_name="",
        )
        session.add(row)
    row.number = case.number or case.lead.number
    row.title = case.title
    row.party = case.party.name
    row.cause = case.cause
    row.officers = "\n".join(case.officers)
    searched = (case.number, case.lead.number, case.title, case.party.name, case.cause)
    row.search_text = "\n".join((*searched, *case.officers)).casefold()


def write_event(session: Session, case_id: str, event: CaseEvent) -> None:
    """Note an appended event in the overview."""
    row = session.get_one(CaseOverviewRow, case_id)
    row.step = max(row.step, event.step)
    if event.at >= row.last_at or not row.last_event:
        row.last_event = event.title
        row.last_at = event.at
    if event.kind == FILED:
        row.filed_on = event.day


def nearest_of(entries: Iterable[DeadlineEntry]) -> dict[str, Any]:
    """Return the columns of the overview that name the nearest open deadline."""
    found = [(e.last_day, e.name) for e in entries if e.last_day is not None and not e.done]
    day, name = min(found, key=itemgetter(0), default=(None, ""))
    return {"next_due": day, "next_due_name": name}


def write_next_due(session: Session, case_id: str) -> None:
    """Note the nearest open deadline of the case in the overview."""
    session.flush()
    nearest = session.execute(
        select(DeadlineRow.last_day, DeadlineRow.name)
        .where(
            DeadlineRow.case_id == case_id,
            DeadlineRow.done.is_(False),
            DeadlineRow.last_day.is_not(None),
        )
        .order_by(DeadlineRow.last_day, DeadlineRow.position)
        .limit(1)
    ).first()
    row = session.get_one(CaseOverviewRow, case_id)
    row.next_due, row.next_due_name = (nearest[0], nearest[1]) if nearest else (None, "")
