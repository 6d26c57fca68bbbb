"""Freezing into the events of a review what the reviewer had before him."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from workstation.documents.forms import FormDefinition
from workstation.domain.cases import CaseEvent, CaseFile, IssuedDocument, JsonValue, paper_key
from workstation.domain.frozen_drafts import DraftValue, FrozenDraft
from workstation.operations import contexts
from workstation.operations.papers import PaperMaker, freeze
from workstation.operations.printed_values import record_paths, typed_fields
from workstation.operations.readings import record_of
from workstation.procedure import ProcedureRules
from workstation.procedure.frozen_cases import Frozen, as_seen, as_text
from workstation.procedure.review_rounds import (
    CONCLUDED,
    SUBMITTED,
    open_round,
    rounds_of,
    stage_reached,
)
from workstation.procedure.review_stages import ReviewStage
from workstation.storage.database import Unit
from workstation.storage.records import Draft

# Shorter words (三车) stand in a text by chance.
_TELLING = 4


def with_frozen(
    unit: Unit, file: CaseFile, event: CaseEvent, rules: ProcedureRules, papers: PaperMaker
) -> CaseEvent:
    """Return an event that opens or ends a round with its number, stage and what it froze."""
    if event.kind == SUBMITTED:
        named = str(event.data.get("stage") or stage_reached(file))
        numbered: dict[str, JsonValue] = {"round": len(rounds_of(file)) + 1, "stage": named}
    elif event.kind == CONCLUDED and (waiting := open_round(file)) is not None:
        named = waiting.stage
        numbered = {"round": waiting.number}
    else:
        return event
    stage = next((stage for stage in rules.stages if stage.name == named), None)
    frozen = frozen_now(unit, file, event, stage, rules, papers)
    return replace(event, data=numbered | dict(event.data) | {"frozen": frozen.as_json()})


def frozen_now(
    unit: Unit,
    file: CaseFile,
    event: CaseEvent,
    stage: ReviewStage | None,
    rules: ProcedureRules,
    papers: PaperMaker,
) -> Frozen:
    """Return a case as a review of ``stage`` sees it: papers, drafts, facts and evidence."""
    seen = as_seen(file)
    if stage is None:
        return seen
    drafts = _proposed(unit, file, stage)
    issued = [document for document in file.documents if document.form in stage.papers]
    typed = typed_fields(unit, file.case.id) if issued else {}
    printed: dict[str, list[str]] = {}
    for document in issued:
        form = papers.forms.get(document.form)
        facts = [
            *_facts(form, typed.get(document.key, frozenset()), seen.values),
            *_worded(document, seen.values),
        ]
        _note(printed, document.key, facts)
    for draft in drafts:
        form, key = papers.forms.get(draft.form), paper_key(draft.form, draft.occurrence)
        _note(printed, key, [*_facts(form, frozenset(draft.values), seen.values)])
    return replace(
        seen,
        drafts=_completed(unit, file, event, drafts, rules, papers),
        printed={path: tuple(keys) for path, keys in printed.items()},
    )


def _proposed(unit: Unit, file: CaseFile, stage: ReviewStage) -> list[Draft]:
    issued = {document.key for document in file.documents}
    return [
        draft
        for draft in unit.drafts.of_case(file.case.id)
        if draft.form in stage.proposed
        and draft.values
        and paper_key(draft.form, draft.occurrence) not in issued
    ]


def _completed(
    unit: Unit,
    file: CaseFile,
    event: CaseEvent,
    drafts: list[Draft],
    rules: ProcedureRules,
    papers: PaperMaker,
) -> dict[str, FrozenDraft]:
    if not drafts:
        return {}
    base = contexts.base_context(record_of(unit, file.case.id, rules, papers.forms, event.day))
    completed = {}
    for draft in drafts:
        form = papers.forms.get(draft.form)
        context = contexts.document_context(base, form, number="", dated=event.day, draft=True)
        known = {name: value for name, value in draft.values.items() if form.field(name)}
        values = papers.filler.complete(form, context, known).values
        completed[paper_key(draft.form, draft.occurrence)] = FrozenDraft(
            title=form.title,
            values={
                field.name: DraftValue(
                    label=field.label,
                    text=as_text(freeze(values.get(field.name))),
                    fixed=field.name in known,
                )
                for field in form.fields
            },
        )
    return completed


def _note(printed: dict[str, list[str]], key: str, facts: list[str]) -> None:
    for path in dict.fromkeys(facts):
        printed.setdefault(path, []).append(key)


def _worded(document: IssuedDocument, values: Mapping[str, str]) -> Iterator[str]:
    """Yield the facts whose words stand in what was typed into a paper by hand."""
    text = "\n".join(as_text(value) for value in document.values.values())
    yield from (p for p, words in values.items() if len(words) >= _TELLING and words in text)


def _facts(
    form: FormDefinition, typed: frozenset[str], values: Mapping[str, str]
) -> Iterator[str]:
    """Yield the facts of the case that a paper prints: in its text, or in a field left to it."""
    for path in record_paths(form, typed):
        yield from _recorded(path, values)


def _recorded(path: str, values: Mapping[str, str]) -> Iterator[str]:
    """Yield the recorded facts behind a path; what is derived of the party counts as all of it."""
    if path in values:
        yield path
        return
    root = "party." if path.startswith("party") else f"{path}."
    yield from (known for known in values if known.startswith(root))
