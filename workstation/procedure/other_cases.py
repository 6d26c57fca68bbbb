"""What other cases of the same party tell: read from their facts and events, as of a day."""

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import date

from workstation.domain.cases import Case, CaseFile
from workstation.domain.parties import Party
from workstation.procedure.case_readings import (
    PENALTY,
    act_day,
    day_of,
    fine_of,
    outcome_of,
    text_of,
)
from workstation.procedure.endings import ending_of
from workstation.procedure.records import OtherCase, Surroundings


def other_cases(
    party: Party, files: Iterable[CaseFile], day: date, linked: Container[str] = ()
) -> tuple[OtherCase, ...]:
    """Return what ``files``, cases of ``party``, tell at the end of ``day``, latest found first.

    A case whose lead was received later is left out; ``linked`` holds the ids of cases that
    were parted from or joined to the case of ``party`` that asks.
    """
    known = [file.as_of(day) for file in files if file.case.lead.received_at.date() <= day]
    found = [replace(_other_case(party, f), linked=f.case.id in linked) for f in known]
    return tuple(sorted(found, key=lambda other: (other.found_on, other.id), reverse=True))


def _other_case(party: Party, file: CaseFile) -> OtherCase:
    case = file.case
    decision, filed = file.last("decision_made"), file.first("case_filed")
    told = file.last("notice_served") or file.last("notice_approved")
    ended = ending_of(file) or file.first("case_closed") or file.first("case_archived")
    return OtherCase(
        id=case.id,
        number=case.number or case.lead.number,
        title=case.title,
        cause=case.cause,
        matter_code=case.matter_code,
        same_number=bool(party.number) and party.number == case.party.number,
        found_on=case.lead.found_at.date(),
        filed_on=filed.day if filed else None,
        act_from=day_of(case.facts.get("act_start")) or act_day(case),
        act_to=act_day(case),
        place=text_of(case.facts.get("place")),
        decided_on=decision.day if decision else None,
        outcome=outcome_of(decision) if decision else "",
        fine=fine_of(decision, file) if decision else None,
        proposed_fine=fine_of(told, file) if told else None,
        ended_on=ended.day if ended else None,
        ended_by=ended.kind if ended else "",
    )


def earlier_violations(case: Case, surroundings: Surroundings, day: date) -> tuple[OtherCase, ...]:
    """Return the other cases of the party in which the same kind of violation was found by a day.

    A case in which nothing was penalised for its slightness counts: there was a violation.
    """
    return tuple(
        other
        for other in surroundings.other_cases
        if other.decided_on is not None
        and other.decided_on <= day
        and other.outcome in {PENALTY, "不予处罚"}
        and (other.matter_code == case.matter_code or other.cause == case.cause)
    )
