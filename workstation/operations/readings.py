"""Reading what a case's papers and its procedure draw on, inside one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from weakref import WeakKeyDictionary

from workstation.documents.forms import FormCatalogue
from workstation.domain.authority import Authorities, authorities_of
from workstation.domain.cases import CaseEvent, CaseFile, paper_key
from workstation.domain.dated_entries import EntryKind, holding, standing
from workstation.domain.frozen_drafts import DraftValue, FrozenDraft
from workstation.operations.contexts import HearingAmounts, Record
from workstation.procedure import (
    Engagement,
    ProcedureRules,
    RunningDeadline,
    Surroundings,
    open_deadlines,
    releases,
)
from workstation.procedure.frozen_cases import as_text, frozen_from
from workstation.procedure.other_cases import other_cases
from workstation.procedure.period_records import DeadlineRule, DeadlineState
from workstation.procedure.period_records import Unit as PeriodUnit
from workstation.procedure.review_rounds import rounds_of
from workstation.procedure.rules import RULE_KINDS
from workstation.storage.database import Unit
from workstation.storage.records import DeadlineEntry, Draft

_merged: WeakKeyDictionary[ProcedureRules, tuple[int, ProcedureRules]] = WeakKeyDictionary()


def rules_of(unit: Unit, shipped: ProcedureRules) -> ProcedureRules:
    """Return the rules with what this office decided for itself, as they hold today.

    They are put together anew only after an entry was made, here or at another desk.
    """
    latest = unit.dated_entries.latest()
    known = _merged.get(shipped)
    if known is not None and known[0] == latest:
        return known[1].on(date.today())
    rules = shipped.with_own(unit.dated_entries.of_kind(*RULE_KINDS)) if latest else shipped
    _merged[shipped] = (latest, rules)
    return rules.on(date.today())


def surroundings_of(
    unit: Unit, file: CaseFile, at: datetime, *, live: bool = False
) -> Surroundings:
    """Return what the procedure must know beside the case, for an event at ``at``.

    ``live`` says that the case is asked about as it stands now, drafts included.
    """
    found = surroundings_by_moment(unit, file)(at)
    return replace(found, drafts=_drafts(unit, file)) if live else found


def surroundings_by_moment(unit: Unit, file: CaseFile) -> Callable[[datetime], Surroundings]:
    """Return what tells the surroundings of a case at any moment.

    What does not hang on the moment is read once; the rest while the transaction is open.
    """
    case = file.case
    fixed = Surroundings(
        office=unit.office.get(),
        matters=unit.matters.versions(case.matter_code),
        authorities=authorities_in(unit),
    )
    same_party = unit.cases.of_party(case.party, except_case=case.id)
    courses = unit.cases.load_courses(same_party) if same_party else ()
    linked = {other.id for other in unit.links.of_case(case.id)} if courses else set()

    def at_moment(at: datetime) -> Surroundings:
        day = at.date()
        start = datetime.combine(day, time.min)
        others = unit.events.between(
            start, start + timedelta(days=1), except_case=case.id, stating="until"
        )
        return replace(
            fixed,
            engagements=tuple(e for _, event in others for e in _engagements(event)),
            other_cases=other_cases(case.party, courses, day, linked),
        )

    return at_moment


def _drafts(unit: Unit, file: CaseFile) -> dict[str, FrozenDraft]:
    """Return what is typed into drafts by key; only where a review froze some."""
    return drafts_under_review(file, unit.drafts.of_case(file.case.id)) if _frozen(file) else {}


def drafts_under_review(file: CaseFile, drafts: Iterable[Draft]) -> dict[str, FrozenDraft]:
    """Return by key what stands now in those of a case's drafts that a review froze."""
    frozen = _frozen(file)
    return {
        key: FrozenDraft(
            title="",
            values={
                name: DraftValue(label="", text=as_text(value), fixed=True)
                for name, value in draft.values.items()
            },
        )
        for draft in drafts
        if (key := paper_key(draft.form, draft.occurrence)) in frozen
    }


def _frozen(file: CaseFile) -> set[str]:
    return {key for round_ in rounds_of(file) for key in frozen_from(round_.frozen).drafts}


def authorities_in(unit: Unit) -> Authorities:
    """Return the delegations and grants the office entered, whatever their term."""
    entries = unit.dated_entries.of_kind(EntryKind.DELEGATION, EntryKind.GRANT)
    return authorities_of(standing(entries))


def _engagements(event: CaseEvent) -> list[Engagement]:
    until, officers = event.data.get("until"), event.data.get("officers")
    if not isinstance(until, str) or "T" not in until or not isinstance(officers, list):
        return []
    end = datetime.fromisoformat(until)
    return [
        Engagement(officer=str(name), start=event.at, end=end, what=event.title)
        for name in officers
    ]


def record_of(
    unit: Unit, case_id: str, rules: ProcedureRules, forms: FormCatalogue, day: date
) -> Record:
    """Return what the forms of a case draw on, the law and matter lists being those of ``day``."""
    file = unit.cases.load_case_file(case_id)
    office = unit.office.get()
    versions = unit.matters.versions(file.case.matter_code)
    current = next((m for m in versions if m.holds_on(day)), None)
    rules = rules_of(unit, rules).on(day)
    earlier = [m for m in versions if current and m.valid_from < current.valid_from]
    surroundings = Surroundings(office=office, matters=versions)
    return Record(
        office=office,
        file=file,
        matter=current,
        previous_matter=earlier[-1] if earlier else None,
        deadlines=open_deadlines(file, day, rules, surroundings),
        lengths={code: _length(rules.deadlines.rule(code)) for code in rules.deadlines.codes},
        forms=forms,
        hearing=_hearing(rules, day, current.field if current else ""),
        templates=templates_of(unit, day),
        releases=releases(file, rules.guards),
    )


def templates_of(unit: Unit, day: date) -> dict[str, str]:
    """Return the digest of the bureau's own template of each form, as they hold on ``day``.

    Where the bureau went back to the shipped template the form is left out.
    """
    standing = holding(unit.dated_entries.of_kind(EntryKind.TEMPLATE), day)
    digests = {entry.key: str(entry.content["sha256"]) for entry in standing}
    return {form: sha256 for form, sha256 in digests.items() if sha256}


def template_digests(unit: Unit) -> frozenset[str]:
    """Return the digests of all templates the office put in force; their files must be kept."""
    entries = unit.dated_entries.of_kind(EntryKind.TEMPLATE)
    return frozenset(str(entry.content["sha256"]) for entry in entries) - {""}


def deadline_entry(deadline: RunningDeadline) -> DeadlineEntry:
    """Return what the lists of the office keep of a running deadline."""
    return DeadlineEntry(
        code=deadline.code,
        name=deadline.name,
        last_day=deadline.last_day,
        provisional=deadline.provisional,
        done=deadline.done_on is not None or deadline.state is DeadlineState.ENDED,
        step=deadline.step,
        holder=deadline.holder,
    )


def _hearing(rules: ProcedureRules, day: date, field: str) -> HearingAmounts:
    thresholds = rules.parameters.hearing_thresholds
    general = [t for t in thresholds if not t.field]
    found = {t.party: t for t in (*general, *(t for t in thresholds if t.field == field))}
    version = rules.book.rule("hearing_thresholds").on(day)
    including = "含本数" if all(t.inclusive for t in found.values()) else "不含本数"
    return HearingAmounts(
        person=str(found["公民"].amount) if "公民" in found else "",
        unit=str(found["单位"].amount) if "单位" in found else "",
        source=f"{including}，{version.source}{'' if version.verified else '（未核实）'}",
    )


_UNITS = {
    PeriodUnit.WORKING_DAYS: "个工作日",
    PeriodUnit.DAYS: "个自然日",
    PeriodUnit.MONTHS: "个月",
    PeriodUnit.YEARS: "年",
    PeriodUnit.HOURS: "小时",
}


def _length(rule: DeadlineRule) -> str:
    return f"{rule.length}{_UNITS[rule.unit]}"
