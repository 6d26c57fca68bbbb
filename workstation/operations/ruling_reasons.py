"""Recording why a reconsideration body or a court ruled as it did, and counting it by check.

Reasons are dated entries under ``case/ruling/number``: only added to, withdrawn with a reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from workstation.documents.filters import parse_compact
from workstation.domain.cases import CaseFile
from workstation.domain.dated_entries import DatedEntry, EntryKind, standing
from workstation.errors import InvalidInputError, WorkstationError
from workstation.legislation.citations import WRONG
from workstation.operations.changes import Changes
from workstation.operations.law import LawOperations
from workstation.operations.readings import rules_of
from workstation.operations.reviews import ReviewOperations
from workstation.procedure import ProcedureRules
from workstation.review.catalogue import full_references
from workstation.review.rehearsals import load_grounds
from workstation.review.ruling_reasons import (
    NOT_COVERED,
    Ruling,
    RulingReason,
    RulingStatistics,
    count_rulings,
    rulings_of,
)
from workstation.storage.database import Database, Unit

RULING_KINDS = ("reconsideration_decided", "lawsuit_judged")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReason:
    """One ground a ruling gave; ``ruling`` 0 means the last one, ``check`` may be 清单未覆盖."""

    ground: str
    check: str
    article: str = ""
    note: str = ""
    ruling: int = 0


class RulingReasonOperations:
    """Every call is one short transaction; safe to call from any thread."""

    def __init__(
        self,
        database: Database,
        reviews: ReviewOperations,
        law: LawOperations,
        rules: ProcedureRules,
        home: Path | None,
    ) -> None:
        self._database = database
        self._reviews = reviews
        self._law = law
        self._rules = rules
        self.grounds = tuple(load_grounds(home).values())

    @property
    def _checks(self) -> tuple[str, ...]:
        return tuple(check.id for check in self._reviews.checks)

    def of_case(self, wanted: str) -> tuple[Ruling, ...]:
        """Return the rulings of a case with the reasons that stand, in order."""
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted))
            return rulings_of(file, _recorded(unit, file.case.id), self._checks)

    def record(self, wanted: str, new: NewReason, person: str) -> Changes:
        """Record one reason of a ruling, and what the list said of it before the decision.

        Raises:
            InvalidInputError: there is no such ruling, ground or check, no name, or the article
                was not in force on the day of the ruling.
        """
        check = self._check_named(new.check)
        ground = self._ground_named(new.ground)
        if not person.strip():
            raise InvalidInputError("没有写明登记人。", hint="请填写登记人姓名。")
        ruling = self._ruling(wanted, new.ruling)
        article = self._article(new.article, ruling.day)
        said = self._said(ruling.case_id, check) if check else ""
        with self._database.writing() as unit:
            prefix = f"{ruling.case_id}/{ruling.position}/"
            earlier = unit.dated_entries.under(EntryKind.RULING_REASON, prefix)
            number = len({entry.key for entry in earlier}) + 1
            entry = DatedEntry(
                kind=EntryKind.RULING_REASON,
                key=f"{prefix}{number}",
                content={
                    "check": check,
                    "ground": ground,
                    "article": article,
                    "note": new.note.strip(),
                    "said": said,
                },
                valid_from=ruling.day,
                source=ruling.name,
                verified=True,
                entered_by=person.strip(),
                entered_at=datetime.now().replace(microsecond=0),
            )
            _add(unit, entry, "ruling_reason_recorded")
        return Changes.of("case", ruling.case_id) | Changes.of("ruling", ruling.case_id)

    def withdraw(self, wanted: str, reason_id: str, why: str, person: str) -> Changes:
        """Take back a reason that was recorded by mistake; it stays in the record.

        Raises:
            InvalidInputError: there is no such reason, or name or explanation is missing.
        """
        if not why.strip() or not person.strip():
            raise InvalidInputError(
                "没有写明撤回的理由或者登记人。", hint="撤回留痕，请写明为什么登记有误。"
            )
        position, _, number = reason_id.strip().partition("-")
        with self._database.writing() as unit:
            case_id = unit.cases.find(wanted)
            key = f"{case_id}/{position}/{number}"
            entries = standing(unit.dated_entries.history(EntryKind.RULING_REASON, key))
            if not entries:
                message = f"本案没有登记编号为“{reason_id}”的原因。"
                raise InvalidInputError(message, hint="随裁判一起登记的原因不在此撤回。")
            entry = replace(
                entries[-1],
                withdrawn=True,
                source=why.strip(),
                entered_by=person.strip(),
                entered_at=datetime.now().replace(microsecond=0),
            )
            _add(unit, entry, "ruling_reason_withdrawn")
        return Changes.of("case", case_id) | Changes.of("ruling", case_id)

    def rulings(
        self, first: date | None = None, last: date | None = None, matter: str = ""
    ) -> tuple[Ruling, ...]:
        """Return the rulings between two days, both included, in cases of one matter or all."""
        with self._database.reading() as unit:
            files = unit.cases.load_courses(unit.events.cases_with(RULING_KINDS))
            recorded = _by_case(unit.dated_entries.of_kind(EntryKind.RULING_REASON))
        found = (
            ruling
            for file in files
            if not matter or file.case.matter_code == matter
            for ruling in self._of_file(file, recorded)
            if (first is None or first <= ruling.day) and (last is None or ruling.day <= last)
        )
        return tuple(sorted(found, key=lambda ruling: (ruling.day, ruling.case_id)))

    def statistics(
        self, first: date | None = None, last: date | None = None, matter: str = ""
    ) -> RulingStatistics:
        """Return the checks of the list by how often rulings turned on what they missed."""
        with self._database.reading() as unit:
            parameters = rules_of(unit, self._rules).on(date.today()).parameters
        found = self.rulings(first, last, matter)
        return count_rulings(found, self._checks, parameters.similar_case_minimum)

    def _of_file(
        self, file: CaseFile, recorded: Mapping[str, Mapping[int, list[RulingReason]]]
    ) -> tuple[Ruling, ...]:
        return rulings_of(file, recorded.get(file.case.id, {}), self._checks)

    def _ruling(self, wanted: str, position: int) -> Ruling:
        found = self.of_case(wanted)
        if not found:
            raise InvalidInputError(
                "本案没有复议决定，也没有裁判。",
                hint="请先在“办理 › 事项”登记收到的复议决定书、裁判文书。",
            )
        if not position:
            return found[-1]
        ruling = next((one for one in found if one.position == position), None)
        if ruling is None:
            named = "；".join(f"{one.position} {one.name}" for one in found)
            message = f"没有序号为“{position}”的复议决定或者裁判。"
            raise InvalidInputError(message, hint=f"本案有：{named}。")
        return ruling

    def _check_named(self, name: str) -> str:
        return "" if name.strip() == NOT_COVERED else self._reviews.check(name.strip()).id

    def _ground_named(self, name: str) -> str:
        names = [ground.name for ground in self.grounds]
        if name.strip() not in names:
            message = f"没有名为“{name}”的事由。"
            raise InvalidInputError(message, hint=f"可以写：{'、'.join(names)}。")
        return name.strip()

    def _article(self, text: str, day: date) -> str:
        """Return the article a ruling cites in full, as of its day; empty where none is named."""
        if not text.strip():
            return ""
        try:
            parse_compact(text.strip())
        except ValueError as error:
            message = f"看不懂条文“{text}”。"
            raise InvalidInputError(
                message, hint="请写作 行政诉讼法§70 或者 行政诉讼法第七十条。"
            ) from error
        reference = full_references([text.strip()])[0]
        try:
            self._law.open_texts()
        except WorkstationError:
            return str(reference)
        found = self._law.examine(reference, day)
        if found.verdict in WRONG:
            message = f"{reference}在裁判之日（{day.isoformat()}）不能引用：{found.message}"
            raise InvalidInputError(message, hint="请按裁判文书核对法名和条款项。")
        return str(reference)

    def _said(self, case_id: str, check: str) -> str:
        """Return what the list says of the file as it stood on the day of the decision."""
        with self._database.reading() as unit:
            decision = unit.cases.load_case_file(case_id).last("decision_made")
        if decision is None:
            return ""
        found = self._reviews.check_case(case_id, decision.day).findings
        return next(finding.state.value for finding in found if finding.check.id == check)


def _add(unit: Unit, entry: DatedEntry, logged: str) -> None:
    unit.dated_entries.add(entry)
    case_id, position, number = entry.key.split("/")
    payload = {"case": case_id, "reason": f"{position}-{number}", "person": entry.entered_by}
    unit.log.append(logged, payload | dict(entry.content) | {"source": entry.source})


def _recorded(unit: Unit, case_id: str) -> Mapping[int, list[RulingReason]]:
    entries = unit.dated_entries.under(EntryKind.RULING_REASON, f"{case_id}/")
    return _by_case(entries).get(case_id, {})


def _by_case(entries: Iterable[DatedEntry]) -> dict[str, dict[int, list[RulingReason]]]:
    found: dict[str, dict[int, list[RulingReason]]] = {}
    for entry in standing(entries):
        case_id, position, number = entry.key.split("/")
        content = entry.content
        found.setdefault(case_id, {}).setdefault(int(position), []).append(
            RulingReason(
                id=f"{position}-{number}",
                check=str(content["check"]),
                ground=str(content["ground"]),
                article=str(content["article"]),
                note=str(content["note"]),
                said=str(content["said"]),
                person=entry.entered_by,
                day=entry.entered_at.date(),
            )
        )
    return found
