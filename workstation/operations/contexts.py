"""The plain dictionaries a form is filled from: every fact of a case, typed once.

Only dictionaries, lists, strings, numbers and booleans leave this module, because templates that
a clerk may edit must reach nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workstation.documents.forms import FormCatalogue, FormDefinition
from workstation.domain.cases import Case, CaseFile, IssuedDocument
from workstation.domain.citations import ArticleReference
from workstation.domain.matters import Matter
from workstation.domain.parties import Party
from workstation.domain.people import Office, Person, Role
from workstation.procedure import Release, RunningDeadline

Context = dict[str, Any]
# What is known of a correction: the paper, what was wrong with it, what it says instead.
CORRECTED = ("title", "number", "date", "served_on", "ground", "old", "new")

_PEOPLE = {
    "unit_head": Role.UNIT_HEAD,
    "deputy_head": Role.DEPUTY_HEAD,
    "head": Role.HEAD,
    "reviewer": Role.REVIEWER,
    "hearing_host": Role.HEARING_HOST,
    "hearing_recorder": Role.RECORDER,
    "clerk": Role.CLERK,
    "archivist": Role.ARCHIVIST,
    "lawyer": Role.LAWYER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingAmounts:
    """From which fine a hearing is offered, in yuan as text, and where that comes from."""

    person: str
    unit: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a form of one case may draw on, read in one transaction.

    ``lengths`` says how long each deadline is, by its code (7个工作日); ``templates`` holds the
    digest of the bureau's own template by form, as it holds on the day of the papers.
    """

    office: Office
    file: CaseFile
    matter: Matter | None
    previous_matter: Matter | None
    deadlines: tuple[RunningDeadline, ...]
    lengths: Mapping[str, str]
    forms: FormCatalogue
    hearing: HearingAmounts
    templates: Mapping[str, str]
    releases: tuple[Release, ...] = ()


def base_context(record: Record) -> Context:
    """Return the context shared by all forms of a case, without ``document`` and ``f``."""
    case = record.file.case
    issued, issued_all = _issued(record)
    return {
        "agency": _plain(record.office.agency),
        "case": _case(case, record),
        "party": party_context(case.party),
        "officers": [_officer(record.office.person(name)) for name in case.officers],
        "people": _people(record.office),
        "matter": _matter(record.matter, record.previous_matter),
        "issued": issued,
        "issued_all": issued_all,
        "corrected": _corrected(record.file),
        "evidence": [_evidence(piece) for piece in record.file.evidence],
        "deliveries": _deliveries(record.file),
        "deadlines": [_deadline(d, record.lengths.get(d.code, "")) for d in record.deadlines],
        "hearing": _plain(record.hearing),
        "catalogue": [],
        "volume": {
            "pages": 0,
            "items": 0,
            "archive_number": "",
            "retention": "",
            "photos": 0,
            "recordings": 0,
            "inner_pages": 0,
            "kind": "正卷",
            "seal": "",
        },
    }


def document_context(
    base: Context, form: FormDefinition, *, number: str, dated: date, draft: bool
) -> Context:
    """Return ``base`` with the particulars of one document added."""
    return base | {
        "document": {
            "number": number,
            "date": dated.isoformat(),
            "form": form.id,
            "title": form.title,
            "draft": draft,
            "copies": form.copies,
        }
    }


def empty_value(kind: str) -> Any:
    """Return what a missing field of type ``kind`` is filled with."""
    if kind in {"S", "A"}:
        return []
    if kind == "B":
        return False
    return ""


def party_context(party: Party) -> Context:
    """Return the party with its labels and its introduction in running text."""
    return {
        "kind": party.kind.value,
        "name": party.name,
        "number": party.number,
        "number_label": party.number_label,
        "address": party.address,
        "address_label": party.address_label,
        "phone": party.phone,
        "representative": party.representative,
        "representative_title": party.representative_title,
        "representative_label": party.representative_label,
        "representative_number": party.representative_number,
        "gender": party.gender,
        "birth_date": party.birth_date.isoformat() if party.birth_date else "",
        "guardian": party.guardian,
        "registration_number": party.registration_number,
        "description": party.description,
        "is_person": party.is_person,
        "intro": party.introduction,
    }


def compact_reference(reference: ArticleReference | None) -> str:
    """Return 法名§条§款§项 as the ``cite`` filter reads it; empty for none."""
    if reference is None:
        return ""
    number = str(reference.article) + (f"之{reference.suffix}" if reference.suffix else "")
    text = f"{reference.title}§{number}"
    if reference.paragraph or reference.item:
        text += f"§{reference.paragraph}"
    return text + (f"§{reference.item}" if reference.item else "")


def _plain(record: Any) -> Context:
    return {name: getattr(record, name) for name in record.__slots__}


def _case(case: Case, record: Record) -> Context:
    file = record.file
    filed = file.first("case_filed")
    return {
        "number": case.number or case.lead.number,
        "lead_number": case.lead.number,
        "title": case.title,
        "cause": case.cause,
        "serial": case.serial,
        "filed_on": filed.day.isoformat() if filed else "",
        "source": case.lead.source.value,
        "received_at": case.lead.received_at.isoformat(timespec="minutes"),
        "found_at": case.lead.found_at.isoformat(timespec="minutes"),
        "lead_content": case.lead.content,
        "reporter": case.lead.reporter,
        "answer_due": case.lead.answer_due.isoformat() if case.lead.answer_due else "",
        "facts": Facts(case.facts),
        "summary": case.summary,
        "events": [
            {
                "kind": e.kind,
                "step": e.step,
                "title": e.title,
                "actor": e.actor,
                "at": e.at.isoformat(timespec="minutes"),
                "data": Facts(e.data),
            }
            for e in file.events
        ],
        "overrides": [
            {
                "event": r.event,
                "title": r.title,
                "basis": r.basis,
                "approver": r.approver,
                "reason": r.reason,
                "at": r.at.isoformat(timespec="minutes"),
            }
            for r in record.releases
        ],
    }


class Facts(dict[str, Any]):
    """Facts of the act; one that was never recorded reads as empty instead of failing.

    Names of dictionary methods stay methods, so that templates may walk the items.
    """

    def __missing__(self, key: str) -> str:
        if hasattr(dict, key):
            raise KeyError(key)
        return ""


class IssuedPapers(dict[str, Any]):
    """The latest paper of each form; a form the bureau does not use reads as never issued."""

    def __missing__(self, form: str) -> Facts:
        if hasattr(dict, form):
            raise KeyError(form)
        return Facts()


class AllIssuedPapers(dict[str, Any]):
    """All papers of each form; a form the bureau does not use has none."""

    def __missing__(self, form: str) -> list[Context]:
        if hasattr(dict, form):
            raise KeyError(form)
        return []


def _officer(person: Person) -> Context:
    return {
        "name": person.name,
        "certificate": person.certificate,
        "valid_from": person.valid_from.isoformat() if person.valid_from else "",
        "valid_to": person.valid_to.isoformat() if person.valid_to else "",
    }


def _people(office: Office) -> Context:
    people: Context = {}
    for key, role in _PEOPLE.items():
        holders = office.with_role(role)
        people[key] = holders[0].name if holders else ""
    reviewers = office.with_role(Role.REVIEWER)
    people["reviewer_qualification"] = reviewers[0].qualification if reviewers else ""
    people["heads"] = [person.name for person in office.with_role(Role.HEAD)]
    return people


def _matter(matter: Matter | None, previous: Matter | None) -> Context:
    names = (
        "code",
        "name",
        "version",
        "valid_from",
        "valid_to",
        "authority",
        "field",
        "violated",
        "penalty",
        "coercion",
        "limitation",
        "limit_rule",
        "fine_min",
        "fine_max",
        "confiscate",
        "precondition",
        "notice",
        "tier_source",
    )
    nothing = dict.fromkeys(names, "")
    if matter is None:
        return nothing | {"previous": nothing, "tiers": []}
    return _matter_version(matter) | {
        "previous": _matter_version(previous) if previous else nothing,
        "tiers": [_plain(tier) for tier in matter.tiers],
    }


def _matter_version(matter: Matter) -> Context:
    return {
        "code": matter.code,
        "name": matter.name,
        "version": matter.version,
        "valid_from": matter.valid_from.isoformat(),
        "valid_to": matter.valid_to.isoformat() if matter.valid_to else "",
        "authority": matter.authority.value,
        "field": matter.field,
        "violated": compact_reference(matter.violated),
        "penalty": compact_reference(matter.penalty),
        "coercion": compact_reference(matter.coercion),
        "limitation": compact_reference(matter.limitation),
        "limit_rule": compact_reference(matter.limitation),
        "fine_min": matter.fine_min,
        "fine_max": matter.fine_max,
        "confiscate": matter.confiscates_gain,
        "precondition": matter.precondition,
        "notice": matter.notice,
        "tier_source": matter.tier_source,
    }


def _issued(record: Record) -> tuple[Context, Context]:
    latest = IssuedPapers()
    everything = AllIssuedPapers()
    for form in record.forms.definitions:
        blank = {field.name: empty_value(field.type) for field in form.fields}
        documents = [d for d in record.file.documents if d.form == form.id]
        everything[form.id] = [blank | _issued_values(record.file, d) for d in documents]
        empty = {"number": "", "date": "", "served_on": "", "served_at": "", "title": form.title}
        latest[form.id] = everything[form.id][-1] if documents else blank | empty
    return latest, everything


def _corrected(file: CaseFile) -> Context:
    """Return what was corrected last (document_corrected) and in which paper, or blanks."""
    event = file.last("document_corrected")
    blank = dict.fromkeys(CORRECTED, "")
    if event is None:
        return blank
    paper = next((d for d in file.documents if d.key == event.data.get("document")), None)
    told = {**(_issued_values(file, paper) if paper else {}), **event.data}
    return blank | {name: str(told.get(name) or "") for name in CORRECTED}


def _issued_values(file: CaseFile, document: IssuedDocument) -> Context:
    delivery = file.delivery_of(document)
    return document.standing_values | {
        "number": document.number,
        "date": document.dated.isoformat(),
        "title": document.title,
        "served_on": delivery.at.date().isoformat() if delivery else "",
        "served_at": delivery.at.isoformat(timespec="minutes") if delivery else "",
    }


def _evidence(piece: Any) -> Context:
    return {
        "position": piece.position,
        "name": piece.name,
        "kind": piece.kind.value,
        "source": _where_kept(piece),
        "obtained_by": piece.obtained_by,
        "obtained_on": piece.obtained_on.isoformat(),
        "proves": piece.proves,
        "pages": piece.pages,
        "accepted": piece.accepted is not False,
        "reason": piece.reason,
        "sha256": piece.sha256,
    }


def _where_kept(piece: Any) -> str:
    """Return the source of a piece; one that another case keeps says where its original is."""
    return f"{piece.source}（原件存{piece.kept_in}案卷）" if piece.kept_in else str(piece.source)


def _deliveries(file: CaseFile) -> list[Context]:
    by_id = {document.id: document for document in file.documents}
    return [
        {
            "form": by_id[d.document_id].form,
            "title": by_id[d.document_id].title,
            "number": by_id[d.document_id].number,
            "method": d.method,
            "receiver": d.receiver,
            "receiver_role": d.receiver_role,
            "at": d.at.isoformat(timespec="minutes"),
            "place": d.place,
            "officers": list(d.officers),
        }
        for d in file.deliveries
        if d.document_id in by_id
    ]


def _deadline(deadline: RunningDeadline, length: str) -> Context:
    return {
        "code": deadline.code,
        "name": deadline.name,
        "from": deadline.start.isoformat()[:10],
        "length": length,
        "last_day": deadline.last_day.isoformat() if deadline.last_day else "",
        "done_on": deadline.done_on.isoformat() if deadline.done_on else "",
        "basis": deadline.basis,
    }
