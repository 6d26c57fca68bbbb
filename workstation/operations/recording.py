"""Recording one event: guards first, then numbers and papers, then everything in one write."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from workstation.documents.forms import FormDefinition
from workstation.domain.cases import (
    Case,
    CaseEvent,
    CaseFile,
    IssuedDocument,
    JsonValue,
)
from workstation.domain.evidence import Evidence, EvidenceKind
from workstation.domain.intake import CORRECTED, table_of, with_values
from workstation.errors import InvalidInputError, WorkstationError
from workstation.operations.case_numbers import NumberGiver
from workstation.operations.changes import Changes
from workstation.operations.contexts import Record
from workstation.operations.enclosing import asked_for, delivery_of, made_paper, receipt_values
from workstation.operations.event_files import (
    DeliveryRequest,
    DocumentRequest,
    EventRequest,
    EvidenceRequest,
)
from workstation.operations.intake_notes import with_intake_noted
from workstation.operations.kept_archive import with_archive
from workstation.operations.linked_cases import counterparts, prepared
from workstation.operations.numbering import FILING_FORM, NumberedPaper, NumberRules
from workstation.operations.papers import PaperMaker, PaperRequest, require_complete
from workstation.operations.readings import deadline_entry, record_of, rules_of, surroundings_of
from workstation.operations.review_freezes import with_frozen
from workstation.procedure import (
    Block,
    Enclosures,
    Paper,
    ProcedureRules,
    Surroundings,
    check_event,
    overridden_blocks,
)
from workstation.procedure.case_readings import names_of
from workstation.procedure.evidence_readings import decided_evidence
from workstation.procedure.intake_corrections import facts_written
from workstation.storage.blobs import BlobStore
from workstation.storage.database import Unit, new_record_id
from workstation.storage.record_json import record_digest

RECEIPT_FORM = "D56"
SPOT_FORM = "D53"
_FILED = "case_filed"
_DECIDED = "decision_made"
_ARCHIVED = "case_archived"
_OFFICERS_CHANGED = "officers_changed"


class GuardRefusedError(WorkstationError):
    """Law or the bureau's rules stand against an event; nothing was written."""

    code = "guard_refused"

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        first = blocks[0]
        more = f"（另有{len(blocks) - 1}项）" if len(blocks) > 1 else ""
        super().__init__(f"{first.message}{more}［{first.basis}］", hint=first.hint)
        self.blocks = blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What one event brought: its position, the keys of its papers, and warnings to show."""

    changes: Changes
    position: int
    documents: tuple[str, ...]
    warnings: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """Records events inside a unit of work; keeps nothing between calls."""

    rules: ProcedureRules
    numbers: NumberRules
    papers: PaperMaker
    blobs: BlobStore

    def record(self, unit: Unit, case_id: str, request: EventRequest) -> Recorded:
        """Check and store one event with its papers, service and evidence.

        Raises:
            GuardRefusedError: a hard guard does not pass and was not lawfully set aside.
            IncompleteDocumentError: a paper lacks a required value.
            WorkstationError: a value, number, glyph or template is wrong. Nothing is written then.
        """
        writing = _Writing(self, unit, case_id, request)
        return writing.run()


@dataclass(slots=True)
class _Writing:
    """One event on its way into the case file."""

    recorder: Recorder
    unit: Unit
    case_id: str
    request: EventRequest
    digests: dict[str, JsonValue] = field(default_factory=dict)
    typed: dict[str, JsonValue] = field(default_factory=dict)
    pieces: list[JsonValue] = field(default_factory=list)
    made: list[Paper] = field(default_factory=list)

    def run(self) -> Recorded:
        file = self.unit.cases.load_case_file(self.case_id)
        surroundings = surroundings_of(self.unit, file, self.request.at, live=True)
        asked = with_archive(self._event(file), file, surroundings)
        asked = with_frozen(self.unit, file, asked, self._rules(), self.recorder.papers)
        facts = self.request.facts
        asked = with_intake_noted(self.unit, file, asked, facts, self.recorder.papers)
        evidence = tuple(self._evidence(request) for request in self.request.evidence)
        enclosed = self._enclosed(asked, evidence)
        warnings = self._guard(file, asked, surroundings, enclosed)
        self._take_evidence(file, asked, evidence)
        case = self._update_case(file.case, asked)
        asked = prepared(self.unit, file, self._numbered(asked), self.recorder.numbers)
        event = self.unit.events.append(self.case_id, asked)
        for document in self.request.documents:
            self._issue(document, event)
        made = replace(enclosed, papers=tuple(self.made), made=True)
        warnings += self._guard(file, asked, surroundings, made)
        for delivery in self.request.deliveries:
            self._deliver(delivery, event)
        self._finish(case, event)
        others = counterparts(self.unit, file, event)
        for other, request in others:
            self.recorder.record(self.unit, other, request)
        return Recorded(
            changes=Changes.of("case", self.case_id, *(other for other, _ in others)),
            position=event.position,
            documents=tuple(self.digests),
            warnings=warnings,
        )

    def _event(self, file: CaseFile) -> CaseEvent:
        request = self.request
        data = dict(request.data)
        if request.kind == _OFFICERS_CHANGED:
            data["before"] = list(file.case.officers)
        return CaseEvent(
            position=len(file.events) + 1,
            kind=request.kind,
            step=request.step,
            at=request.at,
            title=request.title,
            data=data,
            actor=request.actor,
            overrides=request.overrides,
        )

    def _enclosed(self, event: CaseEvent, evidence: tuple[Evidence, ...]) -> Enclosures:
        deliveries = tuple(
            (request.form, delivery_of(request, "", event.position))
            for request in self.request.deliveries
        )
        forms = self.recorder.papers.forms
        return asked_for(self.request.documents, deliveries, evidence, forms)

    def _guard(
        self,
        file: CaseFile,
        event: CaseEvent,
        surroundings: Surroundings,
        enclosed: Enclosures,
    ) -> tuple[Block, ...]:
        rules = self._rules()
        updated = replace(file, case=_with_facts(file.case, self.request.facts))
        blocks = check_event(updated, event, rules, surroundings, enclosed)
        hard = tuple(block for block in blocks if block.hard)
        if hard:
            raise GuardRefusedError(hard)
        set_aside = overridden_blocks(updated, event, rules, surroundings, enclosed)
        return blocks + set_aside

    def _rules(self) -> ProcedureRules:
        return rules_of(self.unit, self.recorder.rules)

    def _take_evidence(
        self, file: CaseFile, event: CaseEvent, evidence: tuple[Evidence, ...]
    ) -> None:
        pieces = [self.unit.evidence.add(self.case_id, piece) for piece in evidence]
        self.pieces += [piece.position for piece in pieces]
        for decided in decided_evidence((*file.evidence, *pieces), event):
            self.unit.evidence.decide(
                self.case_id,
                decided.position,
                accepted=decided.accepted is True,
                reason=decided.reason,
            )

    def _evidence(self, request: EvidenceRequest) -> Evidence:
        try:
            kind = EvidenceKind(request.kind)
        except ValueError as error:
            message = f"证据“{request.name}”的种类“{request.kind}”不在法定八类之内。"
            hint = f"请选用：{'、'.join(EvidenceKind)}（行政处罚法§46）。"
            raise InvalidInputError(message, hint=hint) from error
        sha256 = ""
        if request.file is not None:
            sha256 = self.recorder.blobs.add_file(request.file).sha256
        return Evidence(
            position=0,
            name=request.name,
            kind=kind,
            source=request.source,
            obtained_by=request.obtained_by,
            obtained_on=request.obtained_on,
            proves=request.proves,
            pages=request.pages,
            sha256=sha256,
            media_type=request.file.suffix.lower() if request.file else "",
        )

    def _update_case(self, case: Case, event: CaseEvent) -> Case:
        changed = _with_facts(case, self.request.facts)
        if self.request.kind == _FILED and not case.number:
            form = self.recorder.papers.forms.get(FILING_FORM)
            changed = self._numbers().case_number(changed, event, form)
        if self.request.kind == _OFFICERS_CHANGED:
            changed = replace(changed, officers=names_of(self.request.data.get("officers")))
        if event.kind == CORRECTED:
            changed = with_values(changed, table_of(event, "changes"))
        if self.request.kind == _DECIDED:
            changed = replace(changed, title=changed.title.replace("涉嫌", "", 1))
        return self.unit.cases.update(changed) if changed != case else case

    def _numbers(self) -> NumberGiver:
        return NumberGiver(self.unit, self.recorder.numbers, self.case_id, self.request.actor)

    def _numbered(self, event: CaseEvent) -> CaseEvent:
        return self._numbers().archive_number(event) if event.kind == _ARCHIVED else event

    def _issue(
        self,
        request: DocumentRequest,
        event: CaseEvent,
        extra: Mapping[str, JsonValue] | None = None,
    ) -> IssuedDocument:
        papers = self.recorder.papers
        form = papers.forms.get(request.form)
        occurrence = self.unit.documents.next_occurrence(self.case_id, form.id)
        record = self._record(request.dated)
        asked = request.number or self._preprinted(form, event)
        number = self._number(form, occurrence, request, record, asked)
        paper = papers.make(
            record,
            PaperRequest(
                form=form, number=number, dated=request.dated, given=request.values, draft=False
            ),
        )
        require_complete(form, paper.missing, paper.problems)
        docx, layout = papers.finish(paper)
        papers.keep_template(paper.form)
        document = IssuedDocument(
            id=new_record_id(),
            form=form.id,
            occurrence=occurrence,
            title=paper.title,
            number=number,
            dated=request.dated,
            step=form.step,
            values=paper.frozen_values | dict(extra or {}),
            docx_sha256=hashlib.sha256(docx).hexdigest(),
            template_sha256=paper.template_sha256,
            event_position=event.position,
            pages=len(layout.pages),
        )
        self.made.append(made_paper(document, form, layout))
        self.unit.documents.add(self.case_id, document, docx)
        self.unit.drafts.delete(self.case_id, form.id, occurrence)
        self.digests[document.key] = document.docx_sha256
        self.typed[document.key] = [*sorted(paper.values.keys() - paper.defaulted)]
        return document

    def _record(self, day: date) -> Record:
        recorder = self.recorder
        return record_of(self.unit, self.case_id, recorder.rules, recorder.papers.forms, day)

    def _number(
        self,
        form: FormDefinition,
        occurrence: int,
        request: DocumentRequest,
        record: Record,
        asked: str,
    ) -> str:
        round_ = request.values.get("round") or self.request.data.get("round") or 1
        numbered = NumberedPaper(
            agency=record.office.agency,
            form=form,
            occurrence=occurrence,
            year=request.dated.year,
            round=int(str(round_)),
        )
        return self._numbers().paper_number(numbered, record.file, asked)

    def _preprinted(self, form: FormDefinition, event: CaseEvent) -> str:
        """Return the number printed on the form of a decision on the spot (行政处罚法§52)."""
        number = str(event.data.get("form_number") or "") if form.id == SPOT_FORM else ""
        if number and self.unit.documents.has_number(number):
            message = f"编号“{number}”的当场处罚决定书已经用过。"
            raise InvalidInputError(message, hint="请核对手中决定书的编号；填错作废的，另取一份。")
        return number

    def _deliver(self, request: DeliveryRequest, event: CaseEvent) -> None:
        document = self._served_document(request)
        self.unit.documents.add_delivery(delivery_of(request, document.id, event.position))
        receipt = DocumentRequest(
            form=RECEIPT_FORM,
            dated=request.at.date(),
            values=receipt_values(request, document),
        )
        self._issue(receipt, event, {"served_id": document.id})

    def _served_document(self, request: DeliveryRequest) -> IssuedDocument:
        issued = [
            d
            for d in self.unit.documents.of_case(self.case_id)
            if d.form == request.form and request.occurrence in {0, d.occurrence}
        ]
        if not issued:
            message = f"还没有制发可送达的文书 {request.form}。"
            raise InvalidInputError(message, hint="请先制发该文书，再登记送达。")
        return issued[-1]

    def _finish(self, case: Case, event: CaseEvent) -> None:
        record = self._record(event.day)
        self.unit.deadlines.replace(
            self.case_id,
            (deadline_entry(deadline) for deadline in record.deadlines),
        )
        self.unit.log.append(
            "case_event",
            {
                "case": case.id,
                "position": event.position,
                "kind": event.kind,
                "at": event.at.isoformat(timespec="minutes"),
                "actor": event.actor,
                "digest": record_digest(event),
                "documents": dict(self.digests),
                "typed": dict(self.typed),
                "facts": [*sorted({*self.request.facts, *facts_written(event)})],
                "evidence": list(self.pieces),
                "overrides": [asdict(override) for override in event.overrides],
            },
        )


def _with_facts(case: Case, facts: Mapping[str, JsonValue]) -> Case:
    return replace(case, facts=dict(case.facts) | dict(facts)) if facts else case
