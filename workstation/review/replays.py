"""Asking the guards of a case again, event by event, with what the papers say by now.

A guard refuses an event before it is recorded. Asked again over the whole case it shows what was
set aside in writing, what was only warned of, and what came to light since.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.domain.intake import before_corrections
from workstation.procedure import (
    Enclosures,
    Paper,
    ProcedureRules,
    Surroundings,
    check_event,
    overridden_blocks,
)
from workstation.procedure.procedures import is_summary
from workstation.review.records import RefusedAgain, Replay

_OFFICERS_CHANGED = "officers_changed"
_RECEIPT = "D56"


def replay(
    file: CaseFile,
    rules: ProcedureRules,
    around: Callable[[CaseEvent], Surroundings],
    papers: Mapping[str, Paper],
) -> Replay:
    """Return what the guards say of every event of ``file``.

    ``around`` gives what must be known beside the case for an event; ``papers`` are the issued
    papers as guards read them, by the id of the document.
    """
    asked: set[str] = set()
    refused: list[RefusedAgain] = []
    for event in file.events:
        before = _before(file, event)
        kind = rules.events.kind(event.kind)
        summary = kind.summary_guards and is_summary(before)
        asked.update(kind.summary_guards if summary else kind.guards)
        refused += _refused(before, event, rules, around(event), _enclosed(file, event, papers))
    return Replay(asked=frozenset(asked), refused=tuple(refused))


def _before(file: CaseFile, event: CaseEvent) -> CaseFile:
    later = [e for e in file.events if e.position >= event.position]
    changed = (e.data.get("before") for e in later if e.kind == _OFFICERS_CHANGED)
    before = next(changed, None)
    officers = tuple(map(str, before)) if isinstance(before, list) else file.case.officers
    return replace(
        file,
        case=replace(before_corrections(file.case, later), officers=officers),
        events=tuple(e for e in file.events if e.position < event.position),
        documents=tuple(d for d in file.documents if d.event_position < event.position),
        deliveries=tuple(d for d in file.deliveries if d.event_position < event.position),
        evidence=tuple(e for e in file.evidence if e.held_from <= event.day),
    )


def _enclosed(file: CaseFile, event: CaseEvent, papers: Mapping[str, Paper]) -> Enclosures:
    forms = {d.id: d.form for d in file.documents}
    deliveries = tuple(d for d in file.deliveries if d.event_position == event.position)
    made = (d for d in file.documents if d.event_position == event.position)
    return Enclosures(
        deliveries=deliveries,
        delivered=tuple(forms.get(d.document_id, "") for d in deliveries),
        papers=tuple(papers[d.id] for d in made if d.form != _RECEIPT),
    )


def _refused(
    before: CaseFile,
    event: CaseEvent,
    rules: ProcedureRules,
    surroundings: Surroundings,
    enclosed: Enclosures,
) -> list[RefusedAgain]:
    overrides = {override.guard: override for override in event.overrides}
    found: list[RefusedAgain] = []
    for stage in (enclosed, replace(enclosed, made=True)):
        standing = check_event(before, event, rules, surroundings, stage)
        found += [RefusedAgain(event=event, block=block) for block in standing]
        if overrides:
            aside = overridden_blocks(before, event, rules, surroundings, stage)
            found += [
                RefusedAgain(event=event, block=b, set_aside=overrides.get(b.guard)) for b in aside
            ]
    return found
