"""Marks on an appraisal sheet: making them from what a person chose, refusing incomplete ones."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from workstation.errors import InvalidInputError
from workstation.operations.appraisal_records import now
from workstation.review.appraisals import Mark, MarkKind, Proposal, Sheet

_SHOWN = 6


def new_mark(kind: MarkKind, target: str, person: str, reason: str = "") -> Mark:
    """Return a mark that hangs nowhere yet; its id is given when it is kept."""
    target = target.strip()
    return Mark(id="", kind=kind, target=target, person=person, at=now(), reason=reason.strip())


def accepting(proposal: Proposal, person: str, points: Decimal, reason: str = "") -> Mark:
    """Return the mark that accepts a proposal: a veto, or a deduction of ``points``.

    It hangs where the check found the fault and is linked to the same fault elsewhere.
    """
    place = proposal.place
    kind = MarkKind.VETO if proposal.target.startswith("V") else MarkKind.DEDUCT
    return replace(
        new_mark(kind, proposal.target, person, reason or proposal.message),
        points=points if kind is MarkKind.DEDUCT else Decimal(0),
        document=(place.document or place.title) if place else "",
        page=place.page if place else 0,
        error=proposal.check,
        proposal=proposal.id,
    )


def proposal_of(sheet: Sheet, wanted: str) -> Proposal:
    """Return an open proposal by its name (G25:CX4).

    Raises:
        InvalidInputError: there is none, or it was answered.
    """
    found = next((p for p in sheet.open if p.id == wanted.strip().upper()), None)
    if found is None:
        names = "、".join(p.id for p in sheet.open[:_SHOWN]) or "没有"
        message = f"没有待答复的扣分建议“{wanted}”。"
        raise InvalidInputError(message, hint=f"待答复的：{names}。")
    return found


def checked_mark(mark: Mark, sheet: Sheet, number: int) -> Mark:
    """Return a mark as it is kept, the ``number``-th of its sheet.

    Raises:
        InvalidInputError: another person makes it, or something is missing from it.
    """
    if mark.person != sheet.appraiser:
        message = f"本案{sheet.seat.value}的评查人是“{sheet.appraiser}”，不是“{mark.person}”。"
        raise InvalidInputError(message, hint="评分只能由指定的评查人作出。")
    if mark.kind is not MarkKind.CLOSE and not mark.reason:
        message = f"“{mark.kind.value}”没有写明理由。"
        raise InvalidInputError(message, hint="扣分、否决、不参评、不采纳、撤回都要写明理由。")
    if mark.proposal:
        proposal_of(sheet, mark.proposal)
    complete = _CHECKS[mark.kind](mark, sheet)
    return replace(complete, id=f"K{number}", at=now())


def _deduct(mark: Mark, sheet: Sheet) -> Mark:
    item = sheet.standard.item(mark.target)
    if not 0 < mark.points <= item.points:
        message = f"{item.id}满分{item.points}分，不能扣{mark.points}分。"
        raise InvalidInputError(message, hint=f"扣分办法：{item.rule}。")
    return replace(_placed(mark), target=item.id)


def _veto(mark: Mark, sheet: Sheet) -> Mark:
    return replace(_placed(mark), target=sheet.standard.veto(mark.target).id)


def _placed(mark: Mark) -> Mark:
    if not mark.document and not mark.page:
        message = f"“{mark.kind.value}”没有挂到文书或者页码。"
        raise InvalidInputError(
            message, hint="请写明文书编号（如 D51）和页码；缺少的文书写它的编号。"
        )
    return mark


def _adjust(mark: Mark, sheet: Sheet) -> Mark:
    found = sheet.standard.adjustment(mark.target)
    return replace(mark, target=found.id, points=found.points)


def _include(mark: Mark, sheet: Sheet) -> Mark:
    return replace(mark, target=sheet.standard.item(mark.target).id)


def _reject(mark: Mark, sheet: Sheet) -> Mark:
    found = proposal_of(sheet, mark.target)
    return replace(mark, target=found.id, proposal=found.id)


def _withdraw(mark: Mark, sheet: Sheet) -> Mark:
    marks = (*sheet.vetoes, *sheet.deductions, *sheet.adjustments, *sheet.rejected)
    names = [one.id for one in marks]
    if mark.target.upper() not in names:
        message = f"评查表上没有“{mark.target}”。"
        raise InvalidInputError(message, hint=f"可以撤回的：{'、'.join(names) or '没有'}。")
    return replace(mark, target=mark.target.upper())


def _close(mark: Mark, sheet: Sheet) -> Mark:
    if sheet.open:
        names = "、".join(p.id for p in sheet.open[:_SHOWN])
        message = f"还有{len(sheet.open)}条扣分建议没有答复：{names}。"
        raise InvalidInputError(message, hint="逐条采纳、修改或者写明理由不采纳以后再完成。")
    return mark


_CHECKS: dict[MarkKind, Callable[[Mark, Sheet], Mark]] = {
    MarkKind.DEDUCT: _deduct,
    MarkKind.VETO: _veto,
    MarkKind.ADJUST: _adjust,
    MarkKind.LEAVE_OUT: _include,
    MarkKind.TAKE_IN: _include,
    MarkKind.REJECT: _reject,
    MarkKind.WITHDRAW: _withdraw,
    MarkKind.CLOSE: _close,
}
