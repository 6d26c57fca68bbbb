"""The sealed register of interventions of a case: added to, read by named people, looks logged.

It belongs to no paper, volume, package or export: those are made from the case file, which does
not hold it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workstation.domain.interventions import MANNERS, Intervention, ReaderEntry, readers_of
from workstation.domain.people import Role
from workstation.errors import InvalidInputError
from workstation.operations.changes import Changes
from workstation.operations.sign_ins import Credential, SignInOperations, SignInRefusedError
from workstation.storage.database import Database
from workstation.storage.record_json import record_digest

_LOOK, _REFUSED = "intervention_read", "intervention_refused"
_LOGGED = {
    "intervention_added": "登记",
    _LOOK: "查看",
    _REFUSED: "要求查看，未准",
    "intervention_reader_named": "指定查看人",
    "intervention_reader_removed": "取消查看人",
}
_HEADS = frozenset({Role.HEAD, Role.DEPUTY_HEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIntervention:
    """What is to be recorded; see :class:`Intervention`."""

    person: str
    post: str
    at: datetime
    manner: str
    content: str
    materials: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealState:
    """What anybody may know: how many entries there are and who may read them."""

    entries: int
    readers: tuple[str, ...]
    history: tuple[ReaderEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One line of the log of a register: when, who, what was done, and why."""

    at: datetime
    person: str
    what: str
    why: str

    def as_json(self) -> dict[str, Any]:
        """Return the line as the command line prints it."""
        return {
            "at": self.at.isoformat(timespec="seconds"),
            "person": self.person,
            "deed": self.what,
            "why": self.why,
        }


class InterventionOperations:
    """Whoever adds, reads or names readers proves who he is by his password."""

    def __init__(self, database: Database, sign_ins: SignInOperations) -> None:
        self._database = database
        self._sign_ins = sign_ins

    def state(self, wanted: str) -> SealState:
        """Return how many entries the register of a case has and who may read them."""
        with self._database.reading() as unit:
            case_id = unit.cases.find(wanted)
            history = unit.interventions.readers(case_id)
            count = unit.interventions.count(case_id)
        return SealState(entries=count, readers=readers_of(history), history=history)

    def add(self, wanted: str, new: NewIntervention, by: Credential) -> Changes:
        """Record an intervention; it can't be changed or deleted afterwards.

        Raises:
            InvalidInputError: a part is missing, or the time lies in the future.
            SignInRefusedError: the recorder's password is wrong.
        """
        now = datetime.now().replace(microsecond=0)
        _check(new, now)
        self._sign_ins.check(by)
        with self._database.writing() as unit:
            case_id = unit.cases.find(wanted)
            entry = Intervention(
                case_id=case_id,
                person=new.person.strip(),
                post=new.post.strip(),
                at=new.at,
                manner=new.manner,
                content=new.content.strip(),
                materials=new.materials.strip(),
                recorded_by=by.person,
                recorded_at=now,
            )
            unit.interventions.add(entry)
            digest = record_digest(entry)
            unit.log.append(
                "intervention_added", {"case": case_id, "person": by.person, "digest": digest}
            )
        return Changes.of("intervention", case_id)

    def read(self, wanted: str, by: Credential, why: str) -> tuple[Intervention, ...]:
        """Return the entries to a named reader; the look is logged before anything is shown.

        Raises:
            InvalidInputError: no reason was given.
            SignInRefusedError: the password is wrong, or the person is not a named reader; the
                attempt is logged.
        """
        if not why.strip():
            raise InvalidInputError(
                "没有写明查看的事由。", hint="请写明为何查看；事由连同姓名记入日志。"
            )
        self._sign_ins.check(by)
        with self._database.writing() as unit:
            case_id = unit.cases.find(wanted)
            allowed = by.person in readers_of(unit.interventions.readers(case_id))
            kind = _LOOK if allowed else _REFUSED
            unit.log.append(kind, {"case": case_id, "person": by.person, "why": why.strip()})
            found = unit.interventions.of_case(case_id) if allowed else ()
        if not allowed:
            message = f"“{by.person}”不是本案干预登记的指定查看人。"
            raise SignInRefusedError(
                message, hint="请由行政机关负责人指定后再查看；这次要求已记入日志。"
            )
        return found

    def set_reader(
        self, wanted: str, name: str, by: Credential, reason: str, *, withdrawn: bool = False
    ) -> Changes:
        """Name a reader of a case, or take it back; only a head of the bureau may.

        Raises:
            InvalidInputError: the person is unknown, ``by`` is no head, or no reason was given.
            SignInRefusedError: the password is wrong.
        """
        if not reason.strip():
            raise InvalidInputError("没有写明理由。", hint="请写明为何指定或者取消查看人。")
        with self._database.reading() as unit:
            office = unit.office.get()
        office.person(name)
        if not _HEADS & set(office.person(by.person).roles):
            message = f"“{by.person}”不能指定查看人。"
            raise InvalidInputError(message, hint="请由行政机关负责人或者分管负责人本人指定。")
        self._sign_ins.check(by)
        what = "removed" if withdrawn else "named"
        with self._database.writing() as unit:
            case_id = unit.cases.find(wanted)
            unit.interventions.add_reader(
                ReaderEntry(
                    case_id=case_id,
                    name=name,
                    granted_by=by.person,
                    reason=reason.strip(),
                    entered_at=datetime.now().replace(microsecond=0),
                    withdrawn=withdrawn,
                )
            )
            payload = {"case": case_id, "person": by.person, "reader": name, "why": reason}
            unit.log.append(f"intervention_reader_{what}", payload)
        return Changes.of("intervention", case_id)

    def looks(self, wanted: str) -> tuple[Look, ...]:
        """Return what was done with the register of a case, the oldest first, without contents."""
        with self._database.reading() as unit:
            case_id = unit.cases.find(wanted)
            entries = [e for kind in _LOGGED for e in unit.log.entries(kind, limit=100_000)]
        entries.sort(key=lambda entry: entry.position)
        return tuple(
            Look(
                at=entry.at.astimezone().replace(tzinfo=None),
                person=str(entry.payload["person"]),
                what=f"{_LOGGED[entry.kind]}{entry.payload.get('reader', '')}",
                why=str(entry.payload.get("why", "")),
            )
            for entry in entries
            if entry.payload.get("case") == case_id
        )


def _check(new: NewIntervention, now: datetime) -> None:
    missing = [
        name
        for name, text in (
            ("干预人", new.person),
            ("单位和职务", new.post),
            ("干预内容", new.content),
        )
        if not text.strip()
    ]
    if missing:
        message = f"干预登记缺少：{'、'.join(missing)}。"
        raise InvalidInputError(message, hint="请如实、全面记录，做到全程留痕。")
    if new.manner not in MANNERS:
        message = f"干预方式“{new.manner}”不在可选范围内。"
        raise InvalidInputError(message, hint=f"可以写：{'、'.join(MANNERS)}。")
    if new.at > now:
        raise InvalidInputError("干预的时间晚于现在。", hint="请核对日期和时间。")
