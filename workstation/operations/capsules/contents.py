"""What a capsule says of its case: one JSON document that the viewer shows and programs read."""

from collections.abc import Iterable, Mapping
from typing import Any

from workstation.documents.forms import FormCatalogue
from workstation.domain.cases import CaseFile, IssuedDocument, JsonValue
from workstation.domain.interventions import Intervention
from workstation.operations.capsules.choices import CapsuleChoices, Leaving
from workstation.operations.case_citations import CaseCitations
from workstation.operations.reviews import CaseReview
from workstation.review.records import Finding

FORMAT = "case-capsule-1"
_HIDDEN = "涉及没有随附的副卷材料，理由和原文不在本胶囊中。"


def describe(
    file: CaseFile,
    leaving: Leaving,
    forms: FormCatalogue,
    review: CaseReview,
    citations: CaseCitations | None,
) -> dict[str, Any]:
    """Return the case, its papers with their fields, its checks and the articles they cite.

    What stays in the office is in none of it, and what is redacted is redacted here too.
    """
    case = file.case
    content = {
        "case": {
            "id": case.id,
            "number": case.number or case.lead.number,
            "title": case.title,
            "cause": case.cause,
            "party": case.party.name,
            "officers": list(case.officers),
            "summary": case.summary,
        },
        "documents": [_document(d, forms) for d in leaving.documents],
        "evidence": [
            {
                "position": e.position,
                "name": e.name,
                "kind": e.kind.value,
                "source": e.source,
                "obtained_on": e.obtained_on.isoformat(),
                "proves": e.proves,
                "sha256": e.sha256 if e in leaving.evidence else "",
            }
            for e in file.evidence
        ],
        "events": [
            {"day": e.at.isoformat(timespec="minutes"), "step": e.step, "title": e.title}
            for e in file.events
        ],
        "as_of": review.as_of.isoformat(),
        "checks": [_finding(f, leaving) for f in review.findings],
        "articles": _articles(citations, leaving) if citations else [],
    }
    redacted: dict[str, Any] = leaving.redaction.value(content)
    redacted["case"]["id"] = case.id
    return redacted


def frame(
    leaving: Leaving,
    choices: CapsuleChoices,
    agency: str,
    made_at: str,
    register: Iterable[Intervention],
) -> dict[str, Any]:
    """Return who made the capsule for whom, and what was let out or kept back."""
    return {
        "format": FORMAT,
        "agency": agency,
        "recipient": choices.recipient.strip(),
        "made_by": choices.by.strip(),
        "made_at": made_at,
        "masked": choices.masked,
        "chosen": list(leaving.chosen),
        "left_out": list(leaving.left_out),
        "interventions": [
            {
                "at": entry.at.isoformat(timespec="minutes"),
                "person": entry.person,
                "post": entry.post,
                "manner": entry.manner,
                "content": entry.content,
                "materials": entry.materials,
            }
            for entry in register
        ],
    }


def _document(document: IssuedDocument, forms: FormCatalogue) -> dict[str, Any]:
    form = forms.get(document.form)
    labels = {field.name: field.label for field in form.fields}
    return {
        "key": document.key,
        "title": document.title,
        "number": document.number,
        "dated": document.dated.isoformat(),
        "step": document.step,
        "fields": [
            {"name": name, "label": labels[name], "value": text}
            for name, text in _shown(document.values)
            if name in labels
        ],
    }


def _shown(values: Mapping[str, JsonValue]) -> Iterable[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value):
            yield name, str(value)


def _finding(finding: Finding, leaving: Leaving) -> dict[str, Any]:
    """Return a check and what came of it; what it quotes from papers that stay is left out."""
    touched = {passage.document for passage in finding.passages} & leaving.hidden
    content = finding.as_json()
    content["basis"] = content["basis"] or "、".join(str(b) for b in finding.check.basis)
    content["look_at"] = finding.check.look_at
    if touched:
        content |= {"message": _HIDDEN, "fix": "", "place": {}, "passages": [], "overruled": None}
    return content


def _articles(citations: CaseCitations, leaving: Leaving) -> list[dict[str, Any]]:
    rows = []
    for cited in citations.articles:
        places = [place for place in cited.places if place.document not in leaving.hidden]
        if not places:
            continue
        article = cited.article
        rows.append(
            {
                "citation": str(cited.reference),
                "verdict": cited.verdict.words,
                "text": article.text if article else "",
                "in_force": article.version.effective_from.isoformat() if article else "",
                "source": f"{article.version.trust}；{article.version.source}" if article else "",
                "days": sorted({f"{p.day_kind.value} {p.day.isoformat()}" for p in places}),
                "places": [
                    {"document": p.document, "page": p.page, "words": p.words} for p in places
                ],
            }
        )
    return rows
