"""Rounds of appraisal (案卷评查): drawing closed cases, seats, sheets, appeals; only added to.

Everything is kept as dated entries under ``round/case``; a sheet is what its marks come to.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from secrets import token_hex

from workstation.domain.cases import CaseFile, JsonValue
from workstation.domain.dated_entries import DatedEntry, EntryKind
from workstation.errors import InvalidInputError
from workstation.operations.appraisal_groups import GROUPINGS, candidate_of, involved_in
from workstation.operations.appraisal_marks import checked_mark
from workstation.operations.appraisal_records import (
    ANSWER,
    APPEAL,
    ASSIGN,
    MARK,
    CaseAppraisal,
    Round,
    appeals_of,
    mark_content,
    mark_of,
    now,
    round_of,
)
from workstation.operations.changes import Changes
from workstation.operations.reviews import ReviewOperations
from workstation.review.appraisal_samples import draw
from workstation.review.appraisal_standards import Standard, load_standards, standard_on
from workstation.review.appraisals import (
    Mark,
    Outcome,
    Proposal,
    Seat,
    outcome_of,
    proposals_of,
    sheet_of,
)
from workstation.review.records import Finding
from workstation.storage.database import Database, Unit

_ROUNDS = "rounds/"


class AppraisalOperations:
    """Every call is one short transaction; safe to call from any thread."""

    def __init__(self, database: Database, reviews: ReviewOperations, home: Path | None) -> None:
        self._database = database
        self._reviews = reviews
        self.standards = load_standards(home)

    def standard(self, day: date) -> Standard:
        """Return the standard of a day."""
        return standard_on(self.standards, day)

    def rounds(self) -> tuple[Round, ...]:
        """Return all rounds, the latest first."""
        with self._database.reading() as unit:
            entries = unit.dated_entries.under(EntryKind.APPRAISAL, _ROUNDS)
        return tuple(round_of(entry) for entry in reversed(entries))

    def round(self, wanted: str) -> Round:
        """Return a round by its id (2026-1).

        Raises:
            InvalidInputError: there is none.
        """
        found = next((r for r in self.rounds() if r.id == wanted.strip()), None)
        if found is None:
            message = f"没有编号为“{wanted}”的评查批次。"
            raise InvalidInputError(message, hint="请用 appraisal round 查看各批次，或者先抽取。")
        return found

    def sample(
        self,
        name: str,
        span: tuple[date, date],
        share: Decimal,
        *,
        by: str = "程序",
        seed: str = "",
        person: str,
    ) -> Round:
        """Draw the cases closed in a span and keep the round with its seed.

        Args:
            name: what the round is called.
            span: first and last day of closing, both included.
            share: of each group, more than 0, at most 1; rounded up.
            by: how cases are grouped, one of ``GROUPINGS``.
            seed: repeats a draw; a new one is made where it is empty.
            person: who draws.

        Raises:
            InvalidInputError: a part is missing or wrong, or no case was closed in the span.
        """
        _check_sample(name, share, by, person)
        seed = seed or token_hex(8)
        standard = self.standard(date.today())
        first = datetime.combine(span[0], time.min)
        last = datetime.combine(span[1], time.max)
        with self._database.writing() as unit:
            closed = unit.closed_cases.closed_between(first, last)
            fields = {m.code: m.field for m in unit.matters.all()} if by == "领域" else {}
            drawn = draw((candidate_of(c, by, fields, standard) for c in closed), share, seed)
            if not drawn:
                message = f"{span[0].isoformat()}至{span[1].isoformat()}没有可以评查的已结案件。"
                raise InvalidInputError(message, hint="请放宽结案日期，或者提高抽取比例。")
            year = date.today().year
            known = unit.dated_entries.under(EntryKind.APPRAISAL, f"{_ROUNDS}{year}-")
            content: dict[str, JsonValue] = {
                "id": f"{year}-{len(known) + 1}",
                "name": name.strip(),
                "first": span[0].isoformat(),
                "last": span[1].isoformat(),
                "share": str(share),
                "by": by,
                "seed": seed,
                "drawn": [{"case_id": d.case_id, "group": d.group, "why": d.why} for d in drawn],
            }
            entry = _entry(f"{_ROUNDS}{content['id']}", content, person)
            unit.dated_entries.add(entry)
            logged = {k: v for k, v in content.items() if k != "drawn"}
            unit.log.append("appraisal_drawn", {**logged, "cases": len(drawn), "person": person})
        return round_of(entry)

    def assign(self, wanted: str, case: str, seat: Seat, person: str, *, by: str) -> Changes:
        """Give a seat of a case to a person who had no part in the case and no other seat.

        He may come from outside the bureau (外请评查人).

        Raises:
            InvalidInputError: he had one, no name is given, or who holds the seat has begun.
        """
        person = person.strip()
        if not person:
            raise InvalidInputError("没有写明评查人。", hint="请填写姓名；可以是外请的评查人。")
        with self._database.writing() as unit:
            round_, case_id = self._of_round(unit, wanted, case)
            file = unit.cases.load_case_file(case_id)
            acts = _acts(unit, round_.id, case_id)
            _check_independence(person, file, _seats(acts), seat)
            if any(e.content["seat"] == seat.value for e in acts.get(MARK, [])):
                message = f"{seat.value}已经开始评分，不能换人。"
                raise InvalidInputError(message, hint="请指定专家评定。")
            content: dict[str, JsonValue] = {"act": ASSIGN, "seat": seat.value, "person": person}
            _add(unit, (round_.id, case_id), content, by)
        return Changes.of("appraisal", round_.id)

    def open(self, wanted: str, case: str) -> CaseAppraisal:
        """Return a case of a round with its sheets, what is proposed, appeals, the result."""
        return self._opened(wanted, case, None)

    def _opened(
        self, wanted: str, case: str, findings: tuple[Finding, ...] | None
    ) -> CaseAppraisal:
        with self._database.reading() as unit:
            round_, case_id = self._of_round(unit, wanted, case)
            acts = _acts(unit, round_.id, case_id)
            file = unit.cases.load_case_file(case_id)
        if findings is None:
            findings = self._reviews.check_case(case_id).findings
        proposals = proposals_of(self.standard(round_.made_on), findings)
        return self._appraisal(round_, file, acts, proposals)

    def of_case(self, case: str) -> tuple[CaseAppraisal, ...]:
        """Return the appraisals of a case in every round it was drawn for, the latest first."""
        with self._database.reading() as unit:
            case_id = unit.cases.find(case)
        drawn = [r for r in self.rounds() if any(d.case_id == case_id for d in r.drawn)]
        findings = self._reviews.check_case(case_id).findings if drawn else ()
        return tuple(self._opened(r.id, case_id, findings) for r in drawn)

    def results(self, wanted: str) -> tuple[CaseAppraisal, ...]:
        """Return all cases of a round with their results, without asking the checks again."""
        round_ = self.round(wanted)
        found = []
        with self._database.reading() as unit:
            for drawn in round_.drawn:
                file = unit.cases.load_case_file(drawn.case_id)
                acts = _acts(unit, round_.id, drawn.case_id)
                found.append(self._appraisal(round_, file, acts, ()))
        return tuple(found)

    def mark(self, wanted: str, case: str, seat: Seat, mark: Mark) -> Changes:
        """Add a mark of the person who holds a seat; the id and time given are not looked at.

        Raises:
            InvalidInputError: he does not hold it, the sheet is closed, or it is incomplete.
        """
        opened = self.open(wanted, case)
        sheet = opened.sheet(seat)
        if sheet is None:
            message = f"本案还没有指定{seat.value}的评查人。"
            raise InvalidInputError(message, hint="请先指定评查人。")
        if sheet.closed is not None:
            message = f"{seat.value}已经评定完成，不能再改。"
            raise InvalidInputError(message, hint="不同意评定的，由单位申诉，或者交专家评定。")
        where = (opened.round.id, opened.case_id)
        with self._database.writing() as unit:
            acts = _acts(unit, *where)
            number = sum(e.content["seat"] == seat.value for e in acts.get(MARK, [])) + 1
            checked = checked_mark(mark, sheet, number)
            _add(unit, where, mark_content(checked, seat), checked.person)
        return Changes.of("appraisal", opened.round.id)

    def appeal(
        self, wanted: str, case: str, target: str, statement: str, *, unit_name: str
    ) -> Changes:
        """Object to a deduction or veto of a finished sheet (target 初评/K3).

        Raises:
            InvalidInputError: there is no such mark, or a part is missing.
        """
        opened = self.open(wanted, case)
        _check_appeal(opened, target, statement, unit_name)
        content: dict[str, JsonValue] = {
            "act": APPEAL,
            "target": target,
            "statement": statement.strip(),
        }
        with self._database.writing() as unit:
            _add(unit, (opened.round.id, opened.case_id), content, unit_name)
        return Changes.of("appraisal", opened.round.id)

    def answer(
        self, wanted: str, case: str, target: str, reason: str, *, upheld: bool, person: str
    ) -> Changes:
        """Answer an appeal; where it is upheld, the mark no longer counts.

        Raises:
            InvalidInputError: nothing was appealed, it was answered, or he made the mark himself.
        """
        opened = self.open(wanted, case)
        found = next((a for a in opened.appeals if a.target == target), None)
        if found is None or found.upheld is not None or not reason.strip():
            message = f"“{target}”没有待答复的申诉，或者没有写明答复的理由。"
            raise InvalidInputError(message, hint="请核对申诉的扣分项，写明理由。")
        if any(sheet.appraiser == person for sheet in opened.sheets):
            message = f"“{person}”评过本案，不能答复本案的申诉。"
            raise InvalidInputError(message, hint="请由没有评过本案的人答复。")
        content: dict[str, JsonValue] = {
            "act": ANSWER,
            "target": target,
            "upheld": upheld,
            "reason": reason.strip(),
        }
        with self._database.writing() as unit:
            _add(unit, (opened.round.id, opened.case_id), content, person)
        return Changes.of("appraisal", opened.round.id)

    def _of_round(self, unit: Unit, wanted: str, case: str) -> tuple[Round, str]:
        round_ = self.round(wanted)
        case_id = unit.cases.find(case)
        if all(d.case_id != case_id for d in round_.drawn):
            message = f"评查批次{round_.id}没有抽到这件案件。"
            raise InvalidInputError(message, hint="请核对案号；抽取以后不能再增减案件。")
        return round_, case_id

    def _appraisal(
        self,
        round_: Round,
        file: CaseFile,
        acts: Mapping[str, list[DatedEntry]],
        proposals: tuple[Proposal, ...],
    ) -> CaseAppraisal:
        standard = self.standard(round_.made_on)
        kinds = frozenset(event.kind for event in file.events)
        appeals = appeals_of(acts)
        upheld = {appeal.target for appeal in appeals if appeal.upheld}
        marked = acts.get(MARK, [])
        sheets = []
        for seat, person in _seats(acts).items():
            marks = [mark_of(e) for e in marked if e.content["seat"] == seat.value]
            lost = [mark for mark in marks if f"{seat.value}/{mark.id}" in upheld]
            errors = {mark.error or mark.id for mark in lost}
            kept = [mark for mark in marks if (mark.error or mark.id) not in errors]
            sheets.append(sheet_of(standard, (seat, person), kept, proposals, kinds))
        drawn = next(d for d in round_.drawn if d.case_id == file.case.id)
        outcome: Outcome = outcome_of(sheets, standard)
        return CaseAppraisal(
            round=round_,
            case_id=file.case.id,
            number=file.case.number or file.case.lead.number,
            title=file.case.title,
            why=drawn.why,
            standard=standard,
            sheets=tuple(sheets),
            appeals=appeals,
            outcome=outcome,
        )


def _acts(unit: Unit, round_id: str, case_id: str) -> dict[str, list[DatedEntry]]:
    found: dict[str, list[DatedEntry]] = {}
    for entry in unit.dated_entries.history(EntryKind.APPRAISAL, f"{round_id}/{case_id}"):
        found.setdefault(str(entry.content["act"]), []).append(entry)
    return found


def _seats(acts: Mapping[str, list[DatedEntry]]) -> dict[Seat, str]:
    given = {Seat(str(e.content["seat"])): str(e.content["person"]) for e in acts.get(ASSIGN, [])}
    return {seat: given[seat] for seat in Seat if seat in given}


def _entry(key: str, content: Mapping[str, JsonValue], person: str) -> DatedEntry:
    return DatedEntry(
        kind=EntryKind.APPRAISAL,
        key=key,
        content=content,
        valid_from=date.today(),
        source="案卷评查",
        verified=True,
        entered_by=person.strip(),
        entered_at=now(),
    )


def _add(unit: Unit, where: tuple[str, str], content: Mapping[str, JsonValue], by: str) -> None:
    if not by.strip():
        raise InvalidInputError("没有写明是谁办理的。", hint="请填写姓名或者单位。")
    unit.dated_entries.add(_entry("/".join(where), content, by))
    unit.log.append(
        f"appraisal_{content['act']}",
        {"round": where[0], "case": where[1], "by": by.strip(), **content},
    )


def _check_sample(name: str, share: Decimal, by: str, person: str) -> None:
    if not name.strip() or not person.strip():
        raise InvalidInputError("没有写明批次名称或者抽取人。", hint="请填写后再抽取。")
    if not 0 < share <= 1:
        raise InvalidInputError("抽取比例应当大于0、不超过1。", hint="例如百分之十写作 0.1。")
    if by not in GROUPINGS:
        message = f"不能按“{by}”分组抽取。"
        raise InvalidInputError(message, hint=f"可以按：{'、'.join(GROUPINGS)}。")


def _check_independence(
    person: str, file: CaseFile, seats: Mapping[Seat, str], wanted: Seat
) -> None:
    part = involved_in(file).get(person)
    if part is not None:
        message = f"“{person}”参与过本案（{part}），不能评查本案。"
        raise InvalidInputError(message, hint="请另行指定与本案无关的人员。")
    other = next((s for s, p in seats.items() if p == person and s is not wanted), None)
    if other is not None:
        message = f"“{person}”已担任本案的{other.value}。"
        raise InvalidInputError(message, hint="初评、复评、专家评定应当由不同的人担任。")


def _check_appeal(opened: CaseAppraisal, target: str, statement: str, unit_name: str) -> None:
    if not statement.strip() or not unit_name.strip():
        raise InvalidInputError(
            "没有写明申诉的理由或者单位。", hint="请写明不同意哪一处及其证据。"
        )
    marks = {
        f"{sheet.seat.value}/{mark.id}"
        for sheet in opened.sheets
        if sheet.closed is not None
        for mark in (*sheet.vetoes, *sheet.deductions)
    }
    if target not in marks:
        message = f"已完成的评查表中没有“{target}”这一扣分或者否决。"
        raise InvalidInputError(
            message, hint=f"可以申诉的有：{'、'.join(sorted(marks)) or '无'}。"
        )
    if any(appeal.target == target for appeal in opened.appeals):
        message = f"“{target}”已经申诉过。"
        raise InvalidInputError(message, hint="同一处只申诉一次。")
