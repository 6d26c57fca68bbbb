"""What the guards are told of an event's papers, services and evidence."""

from workstation.documents.display_list import LaidOutDocument
from workstation.documents.forms import FormCatalogue, FormDefinition
from workstation.domain.cases import Delivery, IssuedDocument
from workstation.domain.evidence import Evidence
from workstation.operations.event_files import DocumentRequest
from workstation.procedure import Enclosures, Paper


def asked_for(
    requests: tuple[DocumentRequest, ...],
    deliveries: tuple[tuple[str, Delivery], ...],
    evidence: tuple[Evidence, ...],
    forms: FormCatalogue,
) -> Enclosures:
    """Return what an event brings before any paper is made; deliveries come with their forms."""
    return Enclosures(
        papers=tuple(_requested(request, forms.get(request.form)) for request in requests),
        deliveries=tuple(delivery for _, delivery in deliveries),
        delivered=tuple(form for form, _ in deliveries),
        evidence=evidence,
    )


def _requested(request: DocumentRequest, form: FormDefinition) -> Paper:
    return Paper(
        form=form.id,
        title=form.title,
        number=request.number,
        dated=request.dated,
        values=request.values,
        served=form.served,
    )


def made_paper(document: IssuedDocument, form: FormDefinition, layout: LaidOutDocument) -> Paper:
    """Return an issued document as the guards read it."""
    return Paper(
        form=form.id,
        title=document.title,
        number=document.number,
        dated=document.dated,
        values=document.values,
        served=form.served,
        lines=tuple(line for page in layout.pages for line in page.lines),
    )
