"""What the guards are told of an event's papers, services and evidence."""

from workstation.documents.display_list import LaidOutDocument
from workstation.documents.forms import FormCatalogue, FormDefinition
from workstation.domain.cases import Delivery, IssuedDocument, JsonValue
from workstation.domain.corrections import as_corrected
from workstation.domain.evidence import Evidence
from workstation.operations.event_files import DeliveryRequest, DocumentRequest
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
        values={name: as_corrected(value) for name, value in request.values.items()},
        served=form.served,
    )


def made_paper(document: IssuedDocument, form: FormDefinition, layout: LaidOutDocument) -> Paper:
    """Return an issued document as the guards read it."""
    return Paper(
        form=form.id,
        title=document.title,
        number=document.number,
        dated=document.dated,
        values=document.standing_values,
        served=form.served,
        lines=tuple(line for page in layout.pages for line in page.lines),
    )


def delivery_of(request: DeliveryRequest, document_id: str, position: int) -> Delivery:
    """Return a service as it is kept, of a document and with an event."""
    return Delivery(
        document_id=document_id,
        method=request.method,
        receiver=request.receiver,
        receiver_role=request.receiver_role,
        at=request.at,
        place=request.place,
        officers=request.officers,
        event_position=position,
        refusal=request.refusal,
        witness=request.witness,
        voucher=request.voucher,
    )


def receipt_values(request: DeliveryRequest, document: IssuedDocument) -> dict[str, JsonValue]:
    """Return what the receipt of a service says; the addressee is the party unless named."""
    values: dict[str, JsonValue] = {
        "document_title": document.title,
        "document_number": document.number,
        "method": request.method,
        "receiver": request.receiver,
        "receiver_role": request.receiver_role,
        "at": request.at.isoformat(timespec="minutes"),
        "place": request.place,
        "officers": "、".join(request.officers),
        "refusal": request.refusal,
        "witness": request.witness,
        "voucher": request.voucher,
        "note": request.note,
    }
    return values | ({"addressee": request.addressee} if request.addressee else {})
