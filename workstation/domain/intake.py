"""What is registered of a case at its intake (受案): values by the path at which forms find them.

A correction writes some of them; what stood before is kept with it, so that any earlier day of
the case still shows what was known then.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from workstation.domain.leads import LeadSource
from workstation.domain.parties import Party, PartyKind, check_party
from workstation.errors import InvalidInputError

if TYPE_CHECKING:
    from workstation.domain.cases import Case, CaseEvent, JsonValue

CORRECTED = "intake_corrected"
# Where any other event that gives a fact of the act a new value keeps what a correction keeps.
OVERWRITTEN = "overwritten"
MATTER, CAUSE, TITLE = "case.matter", "case.cause", "case.title"
PARTY = "party."
FACT = "case.facts."
PARTY_LABELS: Mapping[str, str] = {
    "party.kind": "当事人类型",
    "party.name": "当事人名称",
    "party.number": "当事人证照号码",
    "party.address": "当事人地址",
    "party.phone": "当事人电话",
    "party.representative": "法定代表人（负责人、经营者）",
    "party.representative_title": "负责人职务",
    "party.representative_number": "负责人证件号码",
    "party.gender": "当事人性别",
    "party.birth_date": "当事人出生日期",
    "party.guardian": "监护人",
    "party.registration_number": "注册号",
    "party.description": "当事人情况",
}
INTAKE_LABELS: Mapping[str, str] = {
    **PARTY_LABELS,
    "case.source": "案源类型",
    "case.received_at": "收到时间",
    "case.found_at": "发现时间",
    "case.lead_content": "案源内容",
    "case.reporter": "线索提供人",
    "case.answer_due": "答复时限",
    MATTER: "权力事项",
    CAUSE: "案由",
    TITLE: "案件名称",
    "case.summary": "案情摘要",
}
_LEAD: Mapping[str, str] = {
    "case.source": "source",
    "case.received_at": "received_at",
    "case.found_at": "found_at",
    "case.lead_content": "content",
    "case.reporter": "reporter",
    "case.answer_due": "answer_due",
}
_CASE: Mapping[str, str] = {
    MATTER: "matter_code",
    CAUSE: "cause",
    TITLE: "title",
    "case.summary": "summary",
}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?")
_OF_THE_KIND = ("party.kind",)
_MADE_OF: Mapping[str, tuple[str, ...]] = {
    "party.intro": (
        "party.kind",
        "party.name",
        "party.gender",
        "party.birth_date",
        "party.number",
        "party.address",
        "party.representative",
        "party.representative_title",
    ),
    "party.number_label": _OF_THE_KIND,
    "party.address_label": _OF_THE_KIND,
    "party.representative_label": _OF_THE_KIND,
    "party.is_person": _OF_THE_KIND,
}


_READ: Mapping[str, Callable[[str], object]] = {
    "party.kind": PartyKind,
    "party.birth_date": _day,
    "case.source": LeadSource,
    "case.received_at": datetime.fromisoformat,
    "case.found_at": datetime.fromisoformat,
    "case.answer_due": _day,
}


def party_values(party: Party) -> dict[str, str]:
    """Return the values of a party by path, days in ISO form, what is unknown as empty."""
    return {f"{PARTY}{f.name}": str(getattr(party, f.name) or "") for f in fields(Party)}


def intake_values(case: "Case") -> dict[str, "JsonValue"]:
    """Return everything that was registered of a case, by path."""
    lead = {path: _as_json(getattr(case.lead, name)) for path, name in _LEAD.items()}
    own = {path: str(getattr(case, name)) for path, name in _CASE.items()}
    facts = {f"{FACT}{name}": value for name, value in case.facts.items()}
    return {**party_values(case.party), **lead, **own, **facts}


def _as_json(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value or "")


def with_values(case: "Case", values: Mapping[str, "JsonValue"]) -> "Case":
    """Return a case with some registered values replaced; a fact of None is taken out.

    Raises:
        InvalidInputError: a path is unknown, or a day or a kind can't be read.
    """
    party: dict[str, object] = {}
    lead: dict[str, object] = {}
    own: dict[str, object] = {}
    facts = dict(case.facts)
    for path, value in values.items():
        if path.startswith(FACT):
            facts[path.removeprefix(FACT)] = value
        elif path in PARTY_LABELS:
            party[path.removeprefix(PARTY)] = _read(path, value)
        elif path in _LEAD:
            lead[_LEAD[path]] = _read(path, value)
        elif path in _CASE:
            own[_CASE[path]] = _read(path, value)
        else:
            message = f"案件登记中没有“{path}”这一项。"
            known = "、".join(f"{path}（{label}）" for path, label in INTAKE_LABELS.items())
            raise InvalidInputError(message, hint=f"可以更正：{known}，以及 {FACT}事实名。")
    kept = {name: value for name, value in facts.items() if value is not None}
    return replace(
        case,
        party=replace(case.party, **party),  # type: ignore[arg-type]
        lead=replace(case.lead, **lead),  # type: ignore[arg-type]
        facts=kept,
        **own,  # type: ignore[arg-type]
    )


def _read(path: str, value: "JsonValue") -> object:
    text = "" if value is None else str(value).strip()
    read = _READ.get(path)
    if read is None:
        return text
    try:
        return read(text)
    except ValueError as error:
        message = f"“{INTAKE_LABELS[path]}”填写的“{text}”不对。"
        hint = "时间写作 2026-08-19T08:50，日期写作 2026-08-19，类型用表中所列。"
        raise InvalidInputError(message, hint=hint) from error


def corrected(case: "Case", changes: Mapping[str, "JsonValue"]) -> "Case":
    """Return a case with its registered values corrected, and with what follows from them.

    A new identity number brings its sex and day of birth; the title follows the name of the
    party and the cause it is made of.

    Raises:
        InvalidInputError: a path or value can't be read, or a day lies before the act.
        InvalidIdentityNumberError, InvalidCreditCodeError: a check digit is wrong.
    """
    known = intake_values(case)
    told = {path: value for path, value in changes.items() if known.get(path) != value}
    derived: dict[str, JsonValue] = {}
    if {"party.number", "party.kind"} & told.keys():
        derived = {"party.gender": "", "party.birth_date": ""}
    after = with_values(case, derived | told)
    after = replace(after, party=check_party(after.party))
    if TITLE not in told:
        title = case.title
        for old, new in ((case.party.name, after.party.name), (case.cause, after.cause)):
            title = title.replace(old, new) if old else title
        after = replace(after, title=title)
    check_moments(after.lead.received_at, after.lead.found_at, after.facts)
    return after


def differing(before: "Case", after: "Case") -> tuple[str, ...]:
    """Return the paths whose registered values differ between two states of a case."""
    one, other = intake_values(before), intake_values(after)
    return tuple(p for p in dict.fromkeys([*one, *other]) if one.get(p) != other.get(p))


def table_of(event: "CaseEvent", key: str) -> Mapping[str, "JsonValue"]:
    """Return what an event keeps of the registered values it changed, by path.

    ``changes`` holds the new values and ``before`` the old ones; ``papers`` the paths that each
    issued paper prints, by its key. Empty for an event that changed none.
    """
    kept = event.data if event.kind == CORRECTED else event.data.get(OVERWRITTEN)
    table = kept.get(key) if isinstance(kept, Mapping) else None
    return table if isinstance(table, Mapping) else {}


def before_corrections(case: "Case", events: Iterable["CaseEvent"]) -> "Case":
    """Return a case as it was registered before what ``events`` changed of it, in order."""
    for event in reversed(tuple(events)):
        if before := table_of(event, "before"):
            case = with_values(case, before)
    return case


def check_moments(
    received_at: datetime, found_at: datetime, facts: Mapping[str, "JsonValue"]
) -> None:
    """See that a lead was found after the act began and received after it was found.

    Raises:
        InvalidInputError: the moments are not in that order.
    """
    if found_at > received_at:
        message = "发现时间晚于收到线索的时间。"
        raise InvalidInputError(message, hint="请核对两个时间：先发现（或收到线索），后登记。")
    started = facts.get("act_start")
    if isinstance(started, str) and started and datetime.fromisoformat(started) > found_at:
        message = "发现时间早于违法行为开始的时间。"
        raise InvalidInputError(message, hint="请核对违法行为时间与发现时间，发现不能早于行为。")


def is_moment(value: "JsonValue") -> bool:
    """Whether a value is a day or a moment in ISO form, which papers print in other words."""
    return isinstance(value, str) and _MOMENT.fullmatch(value) is not None


def stands_in(path: str, printed: str) -> bool:
    """Whether a registered value is part of what a form prints at the path ``printed``.

    Forms print values as they stand, and what is made of them: ``party.intro``, labels that
    follow the kind of party, everything of the matter.
    """
    if printed == path or (path == MATTER and printed.startswith("matter.")):
        return True
    return path in _MADE_OF.get(printed, ()) or f"{path}.".startswith(f"{printed}.")


def intake_label(path: str, facts: Mapping[str, str]) -> str:
    """Return what a registered value is called; ``facts`` names the facts of the act by key."""
    fact = path.removeprefix(FACT)
    return INTAKE_LABELS.get(path) or facts.get(fact, fact)
