"""What the command line prints: JSON objects as ``design.md`` fixes them, and a readable text."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from workstation.archive.binding import CatalogueEntry
from workstation.domain.case_links import LinkedCase
from workstation.domain.cases import CaseFile, IssuedDocument
from workstation.legislation.search import SearchAnswer
from workstation.operations.archive import BoundVolume, Verification
from workstation.operations.case_links import Linked
from workstation.operations.cases import Applied, CaseView
from workstation.operations.demo import DemoResult
from workstation.operations.forms import ExportedDocument
from workstation.operations.print_plans import PaperState
from workstation.operations.value_traces import ValueTrace
from workstation.procedure.records import StepStatus
from workstation.storage.records import CaseSummary

Json = dict[str, Any]


def demo_json(result: DemoResult) -> Json:
    """Return what ``demo`` prints."""
    return {
        "home": str(result.home),
        "case_id": result.case_id,
        "case_number": result.case_number,
        "steps_done": result.steps_done,
        "documents": [exported_json(document) for document in result.documents],
        "forms": list(result.forms),
        "volume": _volume_json(result.volume),
        "pictures": str(result.pictures) if result.pictures else None,
        "branches": [
            {
                "kind": branch.kind,
                "case_id": branch.case_id,
                "case_number": branch.case_number,
                "documents": [exported_json(document) for document in branch.documents],
                "forms": list(branch.forms),
                "volume": _volume_json(branch.volume) if branch.volume else None,
            }
            for branch in result.branches
        ],
        "forms_missing": list(result.missing),
    }


def _volume_json(volume: BoundVolume) -> Json:
    return {"pdf": str(volume.pdf), "package": str(volume.package)}


def exported_json(exported: ExportedDocument) -> Json:
    """Return one exported document with its lines page by page."""
    return {
        "id": exported.key,
        "number": exported.number,
        "title": exported.title,
        "docx": str(exported.docx),
        "pdf": str(exported.pdf),
        "pages": exported.pages,
        "lines": [list(lines) for lines in exported.lines],
        "fonts": [
            {"family": face.family, "version": face.version, "sha256": face.sha256}
            for face in exported.faces
        ],
    }


def summary_json(summary: CaseSummary) -> Json:
    """Return one row of ``case list``."""
    return {
        "id": summary.id,
        "number": summary.number,
        "title": summary.title,
        "party": summary.party,
        "cause": summary.cause,
        "officers": list(summary.officers),
        "filed_on": summary.filed_on.isoformat() if summary.filed_on else None,
    }


def case_json(view: CaseView, papers: Mapping[str, PaperState] | None = None) -> Json:
    """Return what ``case show`` prints; ``papers`` says what became of printed sheets."""
    case = view.file.case
    return {
        "id": case.id,
        "number": case.number,
        "lead_number": case.lead.number,
        "title": case.title,
        "party": case.party.name,
        "cause": case.cause,
        "officers": list(case.officers),
        "procedure": view.procedure.value,
        "links": [link_json(link) for link in view.links],
        "as_of": view.as_of.isoformat(),
        "steps": [state.as_json() for state in view.steps],
        "steps_done": done_count(view),
        "deadlines": [deadline.as_json() for deadline in view.deadlines],
        "execution": view.execution.as_json() if view.execution else None,
        "documents": [
            document_json(view.file, d, (papers or {}).get(d.key)) for d in view.file.documents
        ],
        "events": [
            {"step": e.step, "at": e.at.isoformat(timespec="minutes"), "title": e.title}
            for e in view.file.events
        ],
        "overrides": [release.as_json() for release in view.releases],
    }


def link_json(link: LinkedCase) -> Json:
    """Return a case tied to another and how."""
    return {
        "id": link.id,
        "number": link.number,
        "title": link.title,
        "party": link.party,
        "relation": link.relation,
        "made_on": link.made_on.isoformat(),
        "last_event": link.last_event,
    }


def linked_json(linked: Linked) -> Json:
    """Return what ``case split`` and ``case merge`` print."""
    return {
        "case_id": linked.case_id,
        "links": [link_json(link) for link in linked.links],
        "findings": [block.as_json() for block in linked.warnings],
    }


def done_count(view: CaseView) -> int:
    """Return how many steps are behind the case: done, or not applicable with a reason."""
    behind = {StepStatus.DONE, StepStatus.NOT_APPLICABLE}
    return sum(state.status in behind for state in view.steps)


def document_json(
    file: CaseFile, document: IssuedDocument, paper: PaperState | None = None
) -> Json:
    """Return one issued document with the day it was served and the state of its sheets."""
    delivery = file.delivery_of(document)
    return {
        "id": document.key,
        "form": document.form,
        "number": document.number,
        "title": document.title,
        "date": document.dated.isoformat(),
        "step": document.step,
        "pages": document.pages,
        "served_at": delivery.at.isoformat(timespec="minutes") if delivery else None,
        "paper": paper.word if paper else None,
        "paper_reason": paper.reason if paper else "",
    }


def volume_json(volume: BoundVolume) -> Json:
    """Return what ``case bind`` prints."""
    return {
        "pdf": str(volume.pdf),
        "inner_pdf": str(volume.inner_pdf),
        "package": str(volume.package),
        "pages": volume.pages,
        "seal": volume.seal,
        "catalogue": [_entry_json(entry) for entry in volume.catalogue],
    }


def _entry_json(entry: CatalogueEntry) -> Json:
    return {
        "position": entry.position,
        "volume": entry.volume,
        "title": entry.title,
        "number": entry.number,
        "from_page": entry.from_page,
        "to_page": entry.to_page,
    }


def applied_json(applied: Applied) -> Json:
    """Return what ``case apply`` prints: what was recorded, and the findings that refused."""
    return {
        "case_id": applied.case_id,
        "recorded": applied.recorded,
        "documents": list(applied.documents),
        "refused_at": applied.refused_at,
        "findings": [finding.as_json() for finding in applied.findings],
    }


def verification_json(verification: Verification) -> Json:
    """Return what ``archive verify`` prints."""
    return {
        "valid": verification.valid,
        "problems": list(verification.problems),
        "files": verification.files,
        "seal": verification.seal,
    }


def search_json(answer: SearchAnswer) -> Json:
    """Return what ``law search`` prints."""
    return answer.as_json()


def traces_json(document: str, traces: tuple[ValueTrace, ...]) -> Json:
    """Return what ``case trace`` prints: every value of a paper with where it comes from."""
    return {
        "document": document,
        "fields": [
            asdict(trace)
            | {
                "origin": trace.origin.value,
                "sources": [
                    asdict(source)
                    | {
                        "at": source.at.isoformat(timespec="minutes") if source.at else None,
                        "recorded_at": source.recorded_at.isoformat()
                        if source.recorded_at
                        else None,
                    }
                    for source in trace.sources
                ],
            }
            for trace in traces
        ],
    }
