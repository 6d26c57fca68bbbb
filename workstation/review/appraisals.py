"""Appraising one case file (案卷评查): marks of a person, and the sheet that follows from them.

The machine proposes; nothing counts before a person marked it. Score of a sheet (each rule is
data in ``statutes/appraisal.toml``, its source there)::

    score = sum of points left of the items taken in / sum of their full points * 100

rounded half up to two places, then adjustments, kept between 0 and 100; a veto makes it 0.
One error is deducted once: of deductions with the same ``error`` only the gravest counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from workstation.review.appraisal_standards import ScoreItem, Standard
from workstation.review.records import Finding, Passage, State

_CENT = Decimal("0.01")
_FULL = Decimal(100)


class Seat(StrEnum):
    """Who fills a sheet; the value is shown."""

    FIRST = "初评"
    SECOND = "复评"
    EXPERT = "专家评定"


class MarkKind(StrEnum):
    """What a person did on a sheet; the value is shown."""

    DEDUCT = "扣分"
    VETO = "一票否决"
    ADJUST = "加减分"
    LEAVE_OUT = "不参评"
    TAKE_IN = "参评"
    REJECT = "不采纳"
    WITHDRAW = "撤回"
    CLOSE = "评定完成"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One act of an appraiser; nothing is changed afterwards, a later mark withdraws it.

    ``target`` is an item (G25), veto (V7), adjustment (J1), proposal (G25:CX4) or another mark;
    ``error`` names the fault: marks of one fault are deducted once. ``id`` is K1, K2 … by sheet.
    """

    id: str
    kind: MarkKind
    target: str
    person: str
    at: datetime
    points: Decimal = Decimal(0)
    reason: str = ""
    document: str = ""
    page: int = 0
    error: str = ""
    proposal: str = ""

    @property
    def place(self) -> str:
        """Where it hangs: D51 第2页."""
        page = f"第{self.page}页" if self.page else ""
        return f"{self.document}{page}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A deduction or veto the machine proposes from a failed check; a person answers it."""

    id: str
    target: str
    check: str
    message: str
    place: Passage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item on a sheet; ``linked`` deductions are those already counted elsewhere."""

    item: ScoreItem
    taken_in: bool
    why_not: str
    counted: tuple[Mark, ...]
    linked: tuple[Mark, ...]

    @property
    def score(self) -> Decimal:
        """The points left, never below nothing; nothing where the item is left out."""
        if not self.taken_in:
            return Decimal(0)
        return max(Decimal(0), self.item.points - sum((m.points for m in self.counted), Decimal()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What an appraiser's marks come to; ``open`` are the proposals not yet answered."""

    seat: Seat
    appraiser: str
    standard: Standard
    lines: tuple[Line, ...]
    vetoes: tuple[Mark, ...]
    adjustments: tuple[Mark, ...]
    rejected: tuple[Mark, ...]
    proposals: tuple[Proposal, ...]
    open: tuple[Proposal, ...]
    closed: Mark | None

    @property
    def full(self) -> Decimal:
        """The full points of the items taken in."""
        return sum((line.item.points for line in self.lines if line.taken_in), Decimal())

    @property
    def score(self) -> Decimal:
        """The score out of a hundred; see the module."""
        if self.vetoes or not self.full:
            return Decimal(0)
        raw = sum((line.score for line in self.lines), Decimal()) / self.full * _FULL
        more = sum((mark.points for mark in self.adjustments), Decimal())
        scaled = raw.quantize(_CENT, ROUND_HALF_UP) + more
        return max(Decimal(0), min(_FULL, scaled))

    @property
    def grade(self) -> str:
        """The grade; a veto fails the file."""
        standard = self.standard
        return (standard.worst if self.vetoes else standard.grade_of(self.score)).name

    @property
    def deductions(self) -> tuple[Mark, ...]:
        """Every deduction on the sheet, counted or linked, in the order of the items."""
        return tuple(m for line in self.lines for m in (*line.counted, *line.linked))

    def as_json(self) -> dict[str, Any]:
        """Return the sheet as ``appraisal open`` prints it."""
        return {
            "seat": self.seat.value,
            "appraiser": self.appraiser,
            "closed": self.closed is not None,
            "score": str(self.score),
            "grade": self.grade,
            "full": str(self.full),
            "vetoes": [mark_json(mark) for mark in self.vetoes],
            "items": [_line_json(line) for line in self.lines],
            "adjustments": [mark_json(mark) for mark in self.adjustments],
            "rejected": [mark_json(mark) for mark in self.rejected],
            "proposals": [_proposal_json(p) for p in self.open],
        }


def mark_json(mark: Mark) -> dict[str, Any]:
    """Return a mark as the command line prints it."""
    return {
        "id": mark.id,
        "kind": mark.kind.value,
        "target": mark.target,
        "points": str(mark.points),
        "reason": mark.reason,
        "document": mark.document,
        "page": mark.page or None,
        "error": mark.error,
        "person": mark.person,
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "id": line.item.id,
        "part": line.item.part,
        "item": line.item.item,
        "rule": line.item.rule,
        "points": str(line.item.points),
        "taken_in": line.taken_in,
        "why_not": line.why_not,
        "score": str(line.score) if line.taken_in else None,
        "deductions": [mark_json(mark) for mark in line.counted],
        "linked": [mark_json(mark) for mark in line.linked],
    }


def _proposal_json(proposal: Proposal) -> dict[str, Any]:
    place = proposal.place
    return {
        "id": proposal.id,
        "target": proposal.target,
        "check": proposal.check,
        "message": proposal.message,
        "document": place.document if place else "",
        "page": (place.page or None) if place else None,
    }


def proposals_of(standard: Standard, findings: Iterable[Finding]) -> tuple[Proposal, ...]:
    """Return what the failed checks propose, vetoes first, in the order of the standard."""
    failed = {f.check.id: f for f in findings if f.state is State.FAILED}
    targets = [(v.id, v.checks) for v in standard.vetoes]
    targets += [(i.id, i.checks) for i in standard.items]
    return tuple(
        Proposal(
            id=f"{target}:{check}",
            target=target,
            check=check,
            message=failed[check].message,
            place=failed[check].place,
        )
        for target, checks in targets
        for check in checks
        if check in failed
    )


def sheet_of(
    standard: Standard,
    held: tuple[Seat, str],
    marks: Sequence[Mark],
    proposals: tuple[Proposal, ...],
    kinds: frozenset[str],
) -> Sheet:
    """Return the sheet that the marks of one seat come to.

    ``held`` is the seat and who holds it; ``kinds`` are the kinds of the case's events, which say
    which items it is not subject to.
    """
    withdrawn = {m.target for m in marks if m.kind is MarkKind.WITHDRAW}
    standing = [m for m in marks if m.id not in withdrawn and m.kind is not MarkKind.WITHDRAW]
    deducted = [m for m in standing if m.kind is MarkKind.DEDUCT]
    inclusion = {m.target: m for m in standing if m.kind in {MarkKind.LEAVE_OUT, MarkKind.TAKE_IN}}
    left_out = {item.id: _left_out(item, inclusion, kinds) for item in standard.items}
    counted = _counted([m for m in deducted if not left_out.get(m.target)])
    answered = {m.proposal for m in standing if m.proposal}
    closed = next((m for m in reversed(standing) if m.kind is MarkKind.CLOSE), None)
    return Sheet(
        seat=held[0],
        appraiser=held[1],
        standard=standard,
        lines=tuple(_line(item, left_out[item.id], deducted, counted) for item in standard.items),
        vetoes=tuple(m for m in standing if m.kind is MarkKind.VETO),
        adjustments=tuple(m for m in standing if m.kind is MarkKind.ADJUST),
        rejected=tuple(m for m in standing if m.kind is MarkKind.REJECT),
        proposals=proposals,
        open=() if closed else tuple(p for p in proposals if p.id not in answered),
        closed=closed,
    )


def _left_out(item: ScoreItem, inclusion: dict[str, Mark], kinds: frozenset[str]) -> str:
    """Return why an item is taken out of the total, or nothing."""
    said = inclusion.get(item.id)
    if said is not None:
        return said.reason if said.kind is MarkKind.LEAVE_OUT else ""
    if item.applies and not kinds & set(item.applies):
        return "本案不涉及"
    return ""


def _counted(deductions: Sequence[Mark]) -> frozenset[str]:
    """Return the marks that count: of one error the gravest, of equals the first."""
    gravest: dict[str, Mark] = {}
    for mark in deductions:
        key = mark.error or mark.id
        if key not in gravest or mark.points > gravest[key].points:
            gravest[key] = mark
    return frozenset(mark.id for mark in gravest.values())


def _line(
    item: ScoreItem, why_not: str, deducted: Sequence[Mark], counted: frozenset[str]
) -> Line:
    own = [mark for mark in deducted if mark.target == item.id]
    return Line(
        item=item,
        taken_in=not why_not,
        why_not=why_not,
        counted=tuple(mark for mark in own if mark.id in counted),
        linked=tuple(mark for mark in own if mark.id not in counted),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where two sheets part: the target, and what each says (nothing where it says nothing)."""

    target: str
    item: str
    first: str
    second: str


def differences(first: Sheet, second: Sheet) -> tuple[Difference, ...]:
    """Return where two sheets differ: vetoes first, then items by their points."""
    found = []
    for veto in first.standard.vetoes:
        sides = [_veto_words(sheet, veto.id) for sheet in (first, second)]
        if bool(sides[0]) != bool(sides[1]):
            found.append(
                Difference(target=veto.id, item=veto.item, first=sides[0], second=sides[1])
            )
    for one, other in zip(first.lines, second.lines, strict=True):
        if (one.taken_in, one.score) != (other.taken_in, other.score):
            found.append(
                Difference(
                    target=one.item.id,
                    item=one.item.item,
                    first=_line_words(one),
                    second=_line_words(other),
                )
            )
    return tuple(found)


def _veto_words(sheet: Sheet, veto: str) -> str:
    marks = (mark for mark in sheet.vetoes if mark.target == veto)
    return "；".join(f"否决：{mark.reason}（{mark.place}）" for mark in marks)


def _line_words(line: Line) -> str:
    if not line.taken_in:
        return f"不参评：{line.why_not}"
    said = "；".join(f"−{m.points} {m.reason}（{m.place}）" for m in line.counted)
    return f"{line.score}/{line.item.points}{f'　{said}' if said else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of a case in a round; ``waits_for`` says what is missing, ``how`` how it came.

    ``score`` is None while something is missing.
    """

    score: Decimal | None
    grade: str
    how: str
    waits_for: str = ""


def counting_sheets(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return the sheets a result rests on: the expert's alone, else all there are."""
    expert = tuple(sheet for sheet in sheets if sheet.seat is Seat.EXPERT)
    return expert or tuple(sheets)


def outcome_of(sheets: Sequence[Sheet], standard: Standard) -> Outcome:
    """Return the result: the expert's sheet, else the mean of two close ones, else the first.

    Two sheets that differ in a veto or by more than ``second_tolerance`` wait for an expert.
    """
    by_seat = {sheet.seat: sheet for sheet in sheets}
    expert, first = by_seat.get(Seat.EXPERT), by_seat.get(Seat.FIRST)
    second = by_seat.get(Seat.SECOND)
    if expert is not None:
        return _of_sheet(expert, "以专家评定为准")
    if first is None:
        return Outcome(score=None, grade="", how="", waits_for="尚未指定评查人")
    if second is None:
        return _of_sheet(first, "以初评为准")
    if first.closed is None or second.closed is None:
        return Outcome(score=None, grade="", how="", waits_for="初评、复评尚未都完成")
    apart = abs(first.score - second.score)
    if bool(first.vetoes) != bool(second.vetoes) or apart > standard.second_tolerance:
        waits = f"两名评查人相差{apart}分，或者是否否决不一致，须由专家评定"
        return Outcome(score=None, grade="", how="", waits_for=waits)
    score = ((first.score + second.score) / 2).quantize(_CENT, ROUND_HALF_UP)
    failed = first.vetoes and second.vetoes
    grade = (standard.worst if failed else standard.grade_of(score)).name
    return Outcome(score=score, grade=grade, how="初评、复评的平均分")


def _of_sheet(sheet: Sheet, how: str) -> Outcome:
    if sheet.closed is None:
        return Outcome(score=None, grade="", how="", waits_for=f"{sheet.seat.value}尚未完成")
    return Outcome(score=sheet.score, grade=sheet.grade, how=how)
