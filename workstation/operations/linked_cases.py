"""Cases that part or come together: what an event in one of them does to the other."""

from dataclasses import replace
from datetime import date

from workstation.domain.case_links import CaseLink, LinkKind
from workstation.domain.cases import Case, CaseEvent, CaseFile, JsonValue
from workstation.domain.parties import Party, PartyKind, check_party
from workstation.errors import InvalidInputError, WorkstationError
from workstation.operations.case_numbers import take_lead_number
from workstation.operations.event_files import EventRequest
from workstation.operations.numbering import NumberRules
from workstation.procedure.case_readings import matter_on, names_of, text_of
from workstation.procedure.decision_period import filing_of
from workstation.procedure.endings import ending_of
from workstation.storage.database import Unit, new_record_id

SPLIT, MERGED = "case_split", "case_merged"
# What is the same for every part of one inspection; amounts and shares are not.
_SHARED_FACTS = ("act_start", "act_second", "act_end", "act_ongoing", "found_at", "place")


class CasesNotJoinableError(WorkstationError):
    """The other case can't take this one in."""

    code = "cases_not_joinable"


def prepared(unit: Unit, file: CaseFile, event: CaseEvent, numbers: NumberRules) -> CaseEvent:
    """Return ``event`` with the case on its other end: opened for a split, looked up for a merger.

    Raises:
        InvalidInputError: the matter, the party or a piece of evidence is not known.
        CasesNotJoinableError: the case to join is decided, ended or this very case.
        CaseNotFoundError: there is no such case.
    """
    if event.kind == SPLIT:
        return _split_off(unit, file, event, numbers)
    if event.kind == MERGED:
        return _joining(unit, file, event)
    return event


def counterparts(
    unit: Unit, file: CaseFile, event: CaseEvent
) -> tuple[tuple[str, EventRequest], ...]:
    """Tie the two cases and return the events to record in the other one."""
    if event.kind not in {SPLIT, MERGED}:
        return ()
    other = str(event.data["other_id"])
    kind = LinkKind.SPLIT if event.kind == SPLIT else LinkKind.JOINED
    unit.links.add(CaseLink(case_id=file.case.id, other_id=other, kind=kind, made_on=event.day))
    taken = names_of(event.data.get("evidence")) or _all_positions(file)
    for position in taken:
        unit.evidence.share(other, file.case.id, int(position), event.day)
    filing = filing_of(file)
    data: dict[str, JsonValue] = {
        "other": file.case.number or file.case.lead.number,
        "other_id": file.case.id,
        "reason": text_of(event.data.get("reason")),
        "basis": text_of(event.data.get("basis")),
    }
    if filing is not None:
        data["filed_on"] = filing[1].isoformat()
    if event.kind == MERGED:
        return ((other, _counterpart("cases_joined", "并案（他案并入）", 2, event, data)),)
    return (
        (other, _counterpart("lead_registered", "案源登记", 1, event, {})),
        (other, _counterpart("split_off", "由他案分出", 1, event, data)),
    )


def _counterpart(
    kind: str, title: str, step: int, event: CaseEvent, data: dict[str, JsonValue]
) -> EventRequest:
    return EventRequest(
        kind=kind, step=step, at=event.at, title=title, actor=event.actor, data=data
    )


def _all_positions(file: CaseFile) -> tuple[str, ...]:
    return tuple(str(piece.position) for piece in file.evidence)


def _split_off(unit: Unit, file: CaseFile, event: CaseEvent, numbers: NumberRules) -> CaseEvent:
    _check_evidence(file, event)
    case = _new_case(unit, file.case, event, numbers)
    unit.cases.add(case)
    unit.log.append(
        "case_created", {"case": case.id, "lead": case.lead.number, "split_from": file.case.id}
    )
    data = dict(event.data) | {"other": case.lead.number, "other_id": case.id}
    return replace(event, data=data)


def _check_evidence(file: CaseFile, event: CaseEvent) -> None:
    known = set(_all_positions(file))
    for position in names_of(event.data.get("evidence")):
        if position not in known:
            message = f"本案没有第“{position}”号证据，不能共用。"
            raise InvalidInputError(message, hint="请按证据清单的序号填写；留空即共用全部证据。")


def _new_case(unit: Unit, case: Case, event: CaseEvent, numbers: NumberRules) -> Case:
    data = event.data
    code = text_of(data.get("matter"))
    matter = matter_on(unit.matters.versions(code), code, event.day)
    if matter is None:
        message = f"权力事项“{code or '未填'}”在{event.day.isoformat()}没有有效版本。"
        raise InvalidInputError(message, hint="请从本局的事项清单中选择分出案件的事项。")
    party = _party(case.party, event)
    origin, what = case.number or case.lead.number, text_of(data.get("what"))
    number = take_lead_number(unit, numbers, event.day.year)
    lead = replace(case.lead, number=number, content=f"由{origin}案分出：{what}", answer_due=None)
    return Case(
        id=new_record_id(),
        title=text_of(data.get("title")) or f"{party.name}涉嫌{matter.cause}案",
        cause=matter.cause,
        lead=lead,
        party=party,
        officers=case.officers,
        matter_code=code,
        facts={name: case.facts[name] for name in _SHARED_FACTS if name in case.facts},
        summary=what,
    )


def _party(party: Party, event: CaseEvent) -> Party:
    data = event.data
    name = text_of(data.get("party_name"))
    if not name:
        return party
    kind = text_of(data.get("party_kind"))
    try:
        named = PartyKind(kind)
    except ValueError as error:
        message = f"分出案件的当事人类型“{kind or '未填'}”不对。"
        raise InvalidInputError(message, hint=f"请选用：{'、'.join(PartyKind)}。") from error
    return check_party(
        Party(
            kind=named,
            name=name,
            number=text_of(data.get("party_number")),
            address=text_of(data.get("party_address")),
            representative=text_of(data.get("party_representative")),
        )
    )


def _joining(unit: Unit, file: CaseFile, event: CaseEvent) -> CaseEvent:
    other_id = unit.cases.find(text_of(event.data.get("other_id") or event.data.get("other")))
    other = unit.cases.load_case_file(other_id).as_of(event.day)
    _check_joinable(file, other, event.day)
    number = other.case.number or other.case.lead.number
    return replace(event, data=dict(event.data) | {"other": number, "other_id": other_id})


def _check_joinable(file: CaseFile, other: CaseFile, day: date) -> None:
    title = other.case.title
    if other.case.id == file.case.id:
        message = "不能把案件并入它自己。"
        raise CasesNotJoinableError(message, hint="请选择另一个在办案件。")
    ended = ending_of(other) or other.last("decision_made") or other.first("case_closed")
    if ended is not None or not other.events:
        what = f"已于{ended.day.isoformat()}“{ended.title}”" if ended else "还没有登记案源"
        message = f"《{title}》截至{day.isoformat()}{what}，不能并案。"
        raise CasesNotJoinableError(message, hint="只能并入尚未作出决定的在办案件。")
    if filing_of(file) is not None and filing_of(other) is None:
        message = f"本案已经立案，《{title}》尚未立案，不能并入。"
        raise CasesNotJoinableError(message, hint="请把未立案的并入已立案的案件，立案日从先。")
