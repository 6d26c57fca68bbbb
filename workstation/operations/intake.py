"""Reading and correcting what was registered of a case at intake (受案)."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from workstation.domain.cases import Case, CaseEvent, CaseFile, JsonValue
from workstation.domain.evidence import EvidenceKind
from workstation.domain.intake import (
    CORRECTED,
    FACT,
    intake_label,
    intake_values,
    is_moment,
    table_of,
)
from workstation.errors import InvalidInputError
from workstation.operations.changes import Changes
from workstation.operations.event_files import EventRequest, EvidenceRequest
from workstation.operations.recording import Recorded, Recorder
from workstation.procedure import ProcedureRules
from workstation.procedure.event_kinds import EventKind
from workstation.procedure.intake_corrections import (
    BY_SEAL,
    DOCUMENT_CORRECTED,
    StalePaper,
    stale_papers,
)
from workstation.storage.database import Database

_YES = frozenset({"是", "true", "True"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What to correct: new values by path; ``nature`` 登记有误 or 事后变更; ``reason`` why."""

    changes: Mapping[str, JsonValue]
    nature: str
    reason: str
    at: datetime
    actor: str = ""
    evidence: tuple[EvidenceRequest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeValue:
    """A registered value with its name, as it is shown."""

    path: str
    label: str
    value: JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCorrection:
    """A correction, or another event that gave facts new values, with those before and after."""

    event: CaseEvent
    values: tuple[tuple[IntakeValue, JsonValue], ...]

    @property
    def reason(self) -> str:
        """The nature of a correction and why it was made; which event else brought the values."""
        if self.event.kind != CORRECTED:
            return f"办理“{self.event.title}”时改写"
        return f"{self.event.data.get('nature')}：{self.event.data.get('reason')}"

    def as_json(self) -> dict[str, Any]:
        """Return it as the command line prints it."""
        event = self.event
        return {
            "position": event.position,
            "at": event.at.isoformat(timespec="minutes"),
            "actor": event.actor,
            "nature": event.data.get("nature"),
            "reason": event.data.get("reason") or self.reason,
            "changes": [
                {"path": now.path, "label": now.label, "was": was, "becomes": now.value}
                for now, was in self.values
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeView:
    """What is registered of a case, what was corrected, and the papers that still say otherwise.

    ``labels`` names every path that may be corrected.
    """

    case: Case
    values: tuple[IntakeValue, ...]
    corrections: tuple[MadeCorrection, ...] = ()
    stale: tuple[StalePaper, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    def advice(self, paper: StalePaper) -> str:
        """Say how a paper is brought in line."""
        if not paper.is_wrong:
            return (
                f"{paper.change.day.isoformat()}办理“{paper.change.title}”时改写了所印的事实："
                "制发时没有错的不必更正；有误的，"
                + ("制发补正书（D71）。" if paper.served else "收回重新制发，或者加盖校对章。")
            )
        if paper.served:
            return "已经送达：办理“更正文书（补正）”，制发补正书（D71）。"
        return "没有送出：尚未签名的收回重新制发；已签名的加盖校对章，笔录由被询问人核对捺印。"

    def as_json(self) -> dict[str, Any]:
        """Return it as the command line prints it."""
        return {
            "case_id": self.case.id,
            "values": [{"path": v.path, "label": v.label, "value": v.value} for v in self.values],
            "corrections": [made.as_json() for made in self.corrections],
            "papers": [
                {
                    "id": paper.document.key,
                    "title": paper.document.title,
                    "number": paper.document.number,
                    "served": paper.served,
                    "values": [
                        {
                            "path": path,
                            "label": self.labels.get(path, path),
                            "was": paper.was(path),
                            "becomes": paper.now(path),
                        }
                        for path in paper.paths
                    ],
                    "advice": self.advice(paper),
                }
                for paper in self.stale
            ],
        }


class IntakeOperations:
    """Every call is one short transaction; safe to call from any thread."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self._database = database
        self._recorder = recorder

    def view(self, wanted: str) -> IntakeView:
        """Return what is registered of a case today.

        Raises:
            CaseNotFoundError: there is no such case.
        """
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted))
        return view_of(file, self._recorder.rules)

    def correct(self, wanted: str, correction: Correction) -> Recorded:
        """Record a correction in the step the case has reached.

        Raises:
            GuardRefusedError: nothing changes, no reason is given, or a served decision or the
                law stands against it; nothing was written.
            InvalidInputError: a path or a value can't be read.
            InvalidIdentityNumberError, InvalidCreditCodeError: a check digit is wrong.
        """
        kind = self._recorder.rules.events.kind(CORRECTED)
        with self._database.writing() as unit:
            case_id = unit.cases.find(wanted)
            reached = max((e.step for e in unit.events.of_case(case_id)), default=kind.step)
            request = EventRequest(
                kind=kind.kind,
                step=min(reached, max(kind.also_steps)),
                at=correction.at,
                title=kind.title,
                actor=correction.actor or kind.actor,
                data={
                    "nature": correction.nature,
                    "reason": correction.reason.strip(),
                    "changes": dict(correction.changes),
                },
                evidence=correction.evidence,
            )
            return self._recorder.record(unit, case_id, request)

    def mend(
        self, wanted: str, keys: AbstractSet[str], *, at: datetime, actor: str = ""
    ) -> Changes:
        """Note that stale papers which did not go out were put right with the seal (校对章).

        One event for each paper, all of them or none.

        Args:
            wanted: the id or number of the case.
            keys: the papers; all that can be mended so where none is named.
            at: when it was done.
            actor: who did it, the 承办人 where nobody is named.

        Raises:
            InvalidInputError: a paper is not stale, or went out; nothing was written.
            GuardRefusedError: what changed is no slip of the pen; nothing was written.
        """
        kind = self._recorder.rules.events.kind(DOCUMENT_CORRECTED)
        changes = Changes()
        with self._database.writing() as unit:
            case_id = unit.cases.find(wanted)
            papers = sealable(stale_papers(unit.cases.load_case_file(case_id)))
            for key in keys - papers.keys():
                message = f"{key}不是印有旧登记内容、没有送出的文书，不能加盖校对章更正。"
                hint = "已经送达的制发补正书（D71）；用 case intake 查看仍印着旧内容的文书。"
                raise InvalidInputError(message, hint=hint)
            for key, stale in papers.items():
                if key in keys or not keys:
                    request = _sealed(kind, stale, at, actor)
                    changes |= self._recorder.record(unit, case_id, request).changes
        return changes

    def typed(self, texts: Mapping[str, str]) -> dict[str, JsonValue]:
        """Return new values as the record keeps them: numbers and yes or no of facts.

        Raises:
            InvalidInputError: a fact is unknown, or a number can't be read.
        """
        return {path: _typed(path, text, self._recorder.rules) for path, text in texts.items()}


def supporting(path: Path, reason: str, by: str, day: date) -> EvidenceRequest:
    """Return a file as the evidence that a correction rests on.

    Raises:
        InvalidInputError: there is no such file.
    """
    if not path.is_file():
        message = f"没有“{path}”这个文件。"
        raise InvalidInputError(message, hint="请写明依据的材料所在的位置。")
    return EvidenceRequest(
        name=path.stem,
        kind=EvidenceKind.DOCUMENTARY,
        source="更正登记时核对",
        obtained_by=by or "承办人",
        obtained_on=day,
        proves=reason,
        file=path,
    )


def sealable(stale: Iterable[StalePaper]) -> dict[str, tuple[StalePaper, ...]]:
    """Return the papers that may be put right with the seal (校对章): wrong, and not gone out."""
    found: dict[str, tuple[StalePaper, ...]] = {}
    for paper in stale:
        if paper.is_wrong and not paper.served:
            key = paper.document.key
            found[key] = (*found.get(key, ()), paper)
    return found


def _sealed(
    kind: EventKind, stale: tuple[StalePaper, ...], at: datetime, actor: str
) -> EventRequest:
    """Return the correction of one paper with the seal: what it prints, what holds now."""
    values = [(paper.was(path), paper.now(path)) for paper in stale for path in paper.paths]
    told = [(was, now) for was, now in values if now]
    dated = all(is_moment(was) for was, _ in told)
    return EventRequest(
        kind=kind.kind,
        step=stale[0].document.step,
        at=at,
        title=kind.title,
        actor=actor or kind.actor,
        data={
            "document": stale[0].document.key,
            "how": BY_SEAL,
            "ground": "日期、编号笔误" if dated else "文字笔误",
            "old": "；".join(was for was, _ in told),
            "new": "；".join(now for _, now in told),
        },
    )


def view_of(file: CaseFile, rules: ProcedureRules) -> IntakeView:
    """Return what is registered of a case file."""
    facts = rules.fact_labels
    known = intake_values(file.case)
    paths = dict.fromkeys([*known, *(f"{FACT}{name}" for name in facts)])
    labels = {path: intake_label(path, facts) for path in paths}

    def value(path: str, now: JsonValue) -> IntakeValue:
        return IntakeValue(path=path, label=intake_label(path, facts), value=now)

    return IntakeView(
        case=file.case,
        values=tuple(value(path, known.get(path, "")) for path in paths),
        corrections=tuple(
            MadeCorrection(
                event=event,
                values=tuple(
                    (value(path, now), table_of(event, "before").get(path))
                    for path, now in table_of(event, "changes").items()
                ),
            )
            for event in file.events
            if event.kind == CORRECTED or _replaces(event)
        ),
        stale=stale_papers(file),
        labels=labels,
    )


def _typed(path: str, text: str, rules: ProcedureRules) -> JsonValue:
    if not path.startswith(FACT):
        return text
    name = path.removeprefix(FACT)
    entry = next((entry for entry in rules.facts if entry.key == name), None)
    if entry is None:
        message = f"没有名为“{name}”的案件事实。"
        raise InvalidInputError(message, hint=f"可以登记：{'、'.join(rules.fact_labels)}。")
    if not text:
        return None
    if entry.type == "flag":
        return text in _YES
    return _number(entry.label, text) if entry.type in {"number", "money"} else text


def _number(label: str, text: str) -> JsonValue:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        message = f"“{label}”填写的“{text}”不是数。"
        raise InvalidInputError(message, hint="请只写数字，如 110000。") from error
    return int(number) if number == number.to_integral_value() else float(number)


def _replaces(event: CaseEvent) -> bool:
    """Whether an event put a registered value in the place of another."""
    return any(value is not None for value in table_of(event, "before").values())
