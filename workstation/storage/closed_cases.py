"""The office's own closed cases in narrow rows: what was decided, on what facts, what happened."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from workstation.domain.cases import JsonValue
from workstation.domain.parties import PartyKind
from workstation.storage.case_rows import CaseFactRow, CaseOverviewRow, CaseRow, PartyRow
from workstation.storage.file_rows import CaseEventRow, DocumentRow
from workstation.storage.records import ClosedCase, PastDecision

CLOSING = ("case_closed", "case_archived")
_DECISION = "decision_made"
_PEOPLE = (PartyKind.CITIZEN, PartyKind.SOLE_TRADER_UNNAMED, PartyKind.UNIDENTIFIED)


class ClosedCaseRepository:
    """Only reads; no case is loaded whole, so that thousands are answered at once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def decisions(
        self,
        matters: Collection[str],
        between: tuple[datetime, datetime],
        factors: Collection[str],
    ) -> tuple[PastDecision, ...]:
        """Return the decisions of closed cases of ``matters``, the latest first.

        ``between`` are the first and last moment of the decisions, both included; ``factors``
        the names of the facts that are given with each.
        """
        query = (
            select(
                CaseRow.id,
                CaseRow.number,
                PartyRow.name,
                PartyRow.kind,
                CaseEventRow.at,
                CaseEventRow.data,
            )
            .join(CaseRow, CaseRow.id == CaseEventRow.case_id)
            .join(PartyRow, PartyRow.case_id == CaseEventRow.case_id)
            .where(
                CaseRow.matter_code.in_(matters),
                CaseEventRow.kind == _DECISION,
                CaseEventRow.at >= between[0],
                CaseEventRow.at <= between[1],
                CaseEventRow.case_id.in_(_closed()),
            )
            .order_by(CaseEventRow.at.desc(), CaseRow.id)
        )
        rows = self._session.execute(query).all()
        facts = self._facts(matters, factors) if rows else {}
        return tuple(
            PastDecision(
                case_id=case_id,
                number=number,
                party=name,
                of_person=kind in _PEOPLE,
                decided_at=at,
                data=data,
                facts=facts.get(case_id, {}),
            )
            for case_id, number, name, kind, at, data in rows
        )

    def marks(self) -> dict[str, str]:
        """Return what the shelf knows each closed case by; it changes with every later event."""
        counted = (
            select(CaseEventRow.case_id, func.count())
            .where(CaseEventRow.case_id.in_(_closed()))
            .group_by(CaseEventRow.case_id)
        )
        return {case_id: f"{case_id}@{count}" for case_id, count in self._session.execute(counted)}

    def decision_papers(
        self, case_ids: Collection[str]
    ) -> dict[str, tuple[tuple[str, Mapping[str, JsonValue]], ...]]:
        """Return (form, values) of the papers issued with the decision, by case."""
        query = (
            select(DocumentRow.case_id, DocumentRow.form, DocumentRow.values)
            .join(
                CaseEventRow,
                (CaseEventRow.case_id == DocumentRow.case_id)
                & (CaseEventRow.position == DocumentRow.event_position),
            )
            .where(CaseEventRow.kind == _DECISION, DocumentRow.case_id.in_(case_ids))
            .order_by(DocumentRow.case_id, DocumentRow.position)
        )
        found: dict[str, list[tuple[str, Mapping[str, JsonValue]]]] = {}
        for case_id, form, values in self._session.execute(query):
            found.setdefault(case_id, []).append((form, values))
        return {case_id: tuple(papers) for case_id, papers in found.items()}

    def closed_between(self, first: datetime, last: datetime) -> tuple[ClosedCase, ...]:
        """Return the cases closed from ``first`` to ``last``, both included, by closing and id."""
        closed_at = func.min(CaseEventRow.at)
        query = (
            select(CaseOverviewRow, CaseRow.matter_code, closed_at)
            .join(CaseEventRow, CaseOverviewRow.case_id == CaseEventRow.case_id)
            .join(CaseRow, CaseRow.id == CaseOverviewRow.case_id)
            .where(CaseEventRow.kind.in_(CLOSING))
            .group_by(CaseOverviewRow.case_id)
            .having(closed_at >= first, closed_at <= last)
            .order_by(closed_at, CaseOverviewRow.case_id)
        )
        kinds: dict[str, set[str]] = {}
        events = select(CaseEventRow.case_id, CaseEventRow.kind).where(
            CaseEventRow.case_id.in_(_closed())
        )
        for case_id, kind in self._session.execute(events):
            kinds.setdefault(case_id, set()).add(kind)
        decided = select(CaseEventRow.case_id, CaseEventRow.data).where(
            CaseEventRow.kind == _DECISION, CaseEventRow.case_id.in_(_closed())
        )
        ordered = decided.order_by(CaseEventRow.case_id, CaseEventRow.position)
        decisions = {row[0]: row[1] for row in self._session.execute(ordered)}
        return tuple(
            ClosedCase(
                case_id=row.case_id,
                number=row.number,
                title=row.title,
                matter_code=matter,
                officers=tuple(row.officers.splitlines()),
                closed_at=at,
                kinds=frozenset(kinds.get(row.case_id, ())),
                decision=decisions.get(row.case_id, {}),
            )
            for row, matter, at in self._session.execute(query)
        )

    def _facts(
        self, matters: Collection[str], factors: Collection[str]
    ) -> dict[str, dict[str, JsonValue]]:
        query = (
            select(CaseFactRow.case_id, CaseFactRow.name, CaseFactRow.value)
            .join(CaseRow, CaseRow.id == CaseFactRow.case_id)
            .where(
                CaseRow.matter_code.in_(matters),
                CaseFactRow.name.in_(factors),
                CaseFactRow.case_id.in_(_closed()),
            )
        )
        found: dict[str, dict[str, JsonValue]] = {}
        for case_id, name, value in self._session.execute(query):
            found.setdefault(case_id, {})[name] = value
        return found


def _closed() -> Select[str]:
    return select(CaseEventRow.case_id).where(CaseEventRow.kind.in_(CLOSING))
