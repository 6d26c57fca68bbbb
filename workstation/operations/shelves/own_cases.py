"""The office's own closed cases as texts to search: 案由, 条款, 情节 and what was decided."""

from collections.abc import Collection, Iterator, Mapping

from workstation.documents.forms import FormCatalogue
from workstation.domain.cases import CaseFile, JsonValue
from workstation.domain.matters import Matter
from workstation.domain.shelves import sections_of
from workstation.legislation.shelf_index import ShelfSection
from workstation.storage.database import Unit

OWN_KIND = "本局已结案件"
_CASE = "case:"


def case_of(code: str) -> str:
    """Return the id of the own case that a hit names; empty for an imported decision."""
    return code.removeprefix(_CASE) if code.startswith(_CASE) else ""


def own_case_sections(
    unit: Unit, forms: FormCatalogue, marks: Mapping[str, str]
) -> Iterator[ShelfSection]:
    """Yield the sections of closed cases; ``marks`` are by the id of the case."""
    papers = unit.closed_cases.decision_papers(tuple(marks))
    for case_id, mark in marks.items():
        file = CaseFile(case=unit.cases.get(case_id), events=unit.events.of_case(case_id))
        text = _text_of(file, unit.matters.versions(file.case.matter_code))
        lines = [text, *_fields(forms, papers.get(case_id, ()))]
        decided = file.last("decision_made") or file.events[-1]
        for number, section in enumerate(sections_of("\n".join(lines)), 1):
            yield ShelfSection(
                code=f"{_CASE}{case_id}",
                number=number,
                title=file.case.title,
                kind=OWN_KIND,
                heading=f"{file.case.number} {file.case.cause} {file.case.matter_code}",
                text=section,
                day=decided.at.date(),
                mark=mark,
            )


def _text_of(file: CaseFile, versions: Collection[Matter]) -> str:
    """Return 案由, 条款 and 情节 of a case in words; the facts are those its tiers ask for."""
    case = file.case
    lines = [f"案由：{case.cause}"]
    decided = file.last("decision_made")
    day = decided.at.date() if decided else file.events[-1].at.date()
    matter = next((m for m in versions if m.holds_on(day)), None)
    if matter is not None:
        lines.append(f"事项：{matter.name}")
        lines.append(f"违反{matter.violated}，处罚依据{matter.penalty}")
        asked = {
            condition.factor: f"{condition.label}{case.facts[condition.factor]}{condition.unit}"
            for tier in matter.tiers
            for way in tier.alternatives
            for condition in way
            if condition.factor in case.facts
        }
        lines += [f"情节：{'；'.join(asked.values())}"] if asked else []
    fine = decided.data.get("fine") if decided else None
    lines += [f"决定：罚款{fine}元"] if fine else []
    return "\n".join(lines)


def _fields(
    forms: FormCatalogue, papers: Collection[tuple[str, Mapping[str, JsonValue]]]
) -> Iterator[str]:
    for form, values in papers:
        definition = forms.get(form)
        for name, value in values.items():
            field = definition.field(name)
            is_words = isinstance(value, str) and value.strip() and "§" not in value
            if is_words and field is not None:
                yield f"{field.label}：{value}"
