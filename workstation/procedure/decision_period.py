"""The ninety days for the decision, with what extends them and what is not counted (§60)."""

from dataclasses import replace
from datetime import date, timedelta

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import day_of, is_resumption, money, text_of
from workstation.procedure.deadlines import compute, without_overlaps
from workstation.procedure.records import Deadline, Deduction
from workstation.procedure.rules import ProcedureRules


def decision_deadline(case_file: CaseFile, rules: ProcedureRules, as_of: date) -> Deadline | None:
    """Return the ninety days with extensions and deductions (行政处罚法§60), None before filing.

    Only changes that name their legal basis count. A suspension runs until it is lifted (恢复);
    while it lasts the period stands still, so its last day moves on with ``as_of``.
    """
    filing = filing_of(case_file)
    if filing is None:
        return None
    _, start = filing
    rule = rules.on(start).deadlines.rule("DL02")
    extensions = [(days, _basis(change)) for change, days in _extensions(case_file)]
    deductions = period_deductions(case_file, as_of)
    reasons = [
        *(f"自{span.first.isoformat()}起不计入：{span.why}" for span in deductions),
        *(f"延长{days}日：{basis}" for days, basis in extensions),
    ]
    rule = replace(rule, length=rule.length + sum(days for days, _ in extensions))
    counted = compute(
        rule, start, calendar=rules.calendar, deductions=without_overlaps(deductions)
    )
    return replace(counted, note="；".join(reasons) or counted.note)


def filing_of(case_file: CaseFile) -> tuple[CaseEvent, date] | None:
    """Return the event that tells when the case was filed, and that day; None before filing.

    A case that took in another, or was split off from another, counts from the earlier filing.
    """
    filed = case_file.first("case_filed")
    if filed is None:
        return None
    found = [(filed, filed.day)]
    for kind in ("cases_joined", "split_off"):
        for event in case_file.all_of(kind):
            earlier = day_of(event.data.get("filed_on"))
            if earlier is not None:
                found.append((event, earlier))
    return min(found, key=lambda pair: pair[1])


def period_deductions(case_file: CaseFile, as_of: date) -> tuple[Deduction, ...]:
    """Return the spans the case leaves out of the ninety days, as they stand on ``as_of``."""
    changes = case_file.all_of("period_changed")
    spans = (deduction_of(case_file, change, as_of) for change in changes)
    return tuple(span for span in spans if span is not None)


def deduction_of(case_file: CaseFile, change: CaseEvent, as_of: date) -> Deduction | None:
    """Return the span a change of the period leaves out, or None where it leaves out none."""
    basis, first = _basis(change), day_of(change.data.get("from"))
    if not basis or first is None or is_resumption(change):
        return None
    last = day_of(change.data.get("to")) or _suspended_until(case_file, change, as_of)
    return Deduction(first=first, last=max(first, last), why=basis)


def _extensions(case_file: CaseFile) -> list[tuple[CaseEvent, int]]:
    named = [
        change
        for change in case_file.all_of("period_changed")
        if _basis(change) and not is_resumption(change) and not change.data.get("from")
    ]
    days = [(change, int(money(change.data.get("days")) or 0)) for change in named]
    return [(change, extra) for change, extra in days if extra > 0]


def _basis(change: CaseEvent) -> str:
    return text_of(change.data.get("basis"))


def _suspended_until(case_file: CaseFile, suspension: CaseEvent, as_of: date) -> date:
    for change in case_file.all_of("period_changed"):
        if is_resumption(change) and change.at >= suspension.at:
            return (day_of(change.data.get("from")) or change.day) - timedelta(days=1)
    return as_of
