"""Forms as a user works with them: opening, previewing while typing, drafts, export."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import Event, Lock
from typing import Any

from workstation.archive.bags import safe_name
from workstation.atomic_files import write_bytes_atomically
from workstation.documents.display_list import LaidOutDocument
from workstation.documents.fonts import FontFace
from workstation.documents.forms import FieldType, FormCatalogue, FormDefinition
from workstation.documents.pdf import PdfMetadata, write_pdf
from workstation.domain.cases import CaseFile, IssuedDocument, JsonValue
from workstation.errors import InvalidInputError, WorkstationError
from workstation.operations import contexts
from workstation.operations.changes import Changes
from workstation.operations.papers import Paper, PaperMaker, PaperRequest, UnfitValuesError, freeze
from workstation.operations.printed_values import printed_beside
from workstation.operations.readings import record_of
from workstation.operations.recording import Recorder
from workstation.storage.database import Database

Progress = Callable[[int, int], None]
_SNAPSHOTS_KEPT = 4
_LISTS = frozenset({FieldType.ATTACHMENTS, FieldType.ROWS})


class DocumentNotIssuedError(WorkstationError):
    """The case holds no such document."""

    code = "document_not_issued"


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What the papers of a case draw on, as of a day."""

    context: contexts.Context
    file: CaseFile
    day: date
    templates: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A form of a case as the window shows it.

    ``values`` is complete; ``given`` holds what was typed by hand; ``defaulted`` names the fields
    whose value comes from the case. ``issued`` is the frozen document where there is one: then
    ``values`` are its values unless a draft was begun on top of it. ``beside`` is what the text
    of a draft prints of the case beside its fields.
    """

    definition: FormDefinition
    occurrence: int
    values: Mapping[str, Any]
    given: Mapping[str, JsonValue]
    defaulted: frozenset[str]
    missing: tuple[str, ...]
    problems: Mapping[str, str]
    beside: Mapping[str, Any] = field(default_factory=dict)
    issued: IssuedDocument | None = None
    draft_saved_at: datetime | None = None

    @property
    def is_draft(self) -> bool:
        """Whether what is shown is a draft, not an issued document."""
        return self.issued is None or self.draft_saved_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The pages of a form while it is typed; ``error`` says why there are none."""

    layout: LaidOutDocument | None
    missing: tuple[str, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    error: WorkstationError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedDocument:
    """An issued document as files; ``lines`` is the text of each page, line by line."""

    key: str
    number: str
    title: str
    docx: Path
    pdf: Path
    pages: int
    lines: tuple[tuple[str, ...], ...]
    faces: tuple[FontFace, ...]


class FormOperations:
    """Every call is one short transaction; safe to call from any thread."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self._database = database
        self._recorder = recorder
        self._snapshots: OrderedDict[tuple[str, int, date], _Snapshot] = OrderedDict()
        self._lock = Lock()

    @property
    def _papers(self) -> PaperMaker:
        return self._recorder.papers

    def catalogue(self) -> FormCatalogue:
        """Return all forms."""
        return self._papers.forms

    def open_form(self, case_id: str, form_id: str, occurrence: int = 1) -> FormView:
        """Return a form of a case: its draft, else its issued document, else filled anew.

        Raises:
            UnknownFormError: there is no such form.
        """
        form = self._papers.forms.get(form_id)
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(case_id)
            draft = unit.drafts.get(case_id, form_id, occurrence)
        issued = _issued(file, form_id, occurrence)
        if draft is None and issued is not None:
            return FormView(
                definition=form,
                occurrence=occurrence,
                values=issued.values,
                given={},
                defaulted=frozenset(),
                missing=(),
                problems={},
                issued=issued,
            )
        given = draft.values if draft else {}
        paper = self._make(case_id, form, occurrence, given)
        return FormView(
            definition=form,
            occurrence=occurrence,
            values=paper.values,
            given=given,
            defaulted=paper.defaulted,
            missing=paper.missing,
            problems=paper.problems,
            beside=printed_beside(form, self._snapshot(case_id).context),
            issued=issued,
            draft_saved_at=draft.updated_at if draft else None,
        )

    def preview(
        self, case_id: str, form_id: str, occurrence: int, values: Mapping[str, Any]
    ) -> Preview:
        """Return the watermarked pages of a draft with ``values``; a fault is returned.

        Fast enough to follow typing: the record is read once per version of the case, and line
        breaks of unchanged paragraphs are kept.
        """
        try:
            form = self._papers.forms.get(form_id)
            paper = self._make(case_id, form, occurrence, values)
            layout = self._papers.lay_out_paper(paper, draft=True)
        except UnfitValuesError as error:
            return Preview(layout=None, problems=error.problems, error=error)
        except WorkstationError as error:
            return Preview(layout=None, error=error)
        return Preview(layout=layout, missing=paper.missing, problems=paper.problems)

    def draft_paper(
        self, case_id: str, form_id: str, occurrence: int, values: Mapping[str, Any]
    ) -> Paper:
        """Return a draft filled from the case, its saved draft and ``values``, without its pages.

        Raises:
            UnknownFormError: there is no such form.
            UnfitValuesError, TemplateError: it can't be filled.
        """
        form = self._papers.forms.get(form_id)
        with self._database.reading() as unit:
            draft = unit.drafts.get(case_id, form_id, occurrence)
        given = dict(draft.values if draft else {}) | dict(values)
        return self._make(case_id, form, occurrence, given)

    def draft_pages(self, paper: Paper) -> LaidOutDocument:
        """Return the watermarked pages of a draft that was filled.

        Raises:
            UnsupportedDocxError, GlyphMissingError: it can't be laid out.
        """
        return self._papers.lay_out_paper(paper, draft=True)

    def faces(self) -> Mapping[str, FontFace]:
        """Return the fonts at hand by key."""
        return {face.key: face for face in self._papers.fonts.faces}

    def _make(
        self, case_id: str, form: FormDefinition, occurrence: int, given: Mapping[str, Any]
    ) -> Paper:
        snapshot = self._snapshot(case_id)
        issued = _issued(snapshot.file, form.id, occurrence)
        known = {field.name for field in form.fields}
        values = dict(issued.values if issued else {}) | dict(given)
        request = PaperRequest(
            form=self._papers.with_template(form, snapshot.templates),
            number=issued.number if issued else "",
            dated=issued.dated if issued else snapshot.day,
            given={name: value for name, value in values.items() if name in known},
            draft=True,
        )
        return self._papers.make_from(snapshot.context, request)

    def _snapshot(self, case_id: str) -> "_Snapshot":
        """Return the record of a case; it is read anew after any write to the office."""
        day = date.today()
        with self._database.reading() as unit:
            key = (case_id, unit.log.head().position, day)
            with self._lock:
                known = self._snapshots.get(key)
            if known is not None:
                return known
            rules, forms = self._recorder.rules, self._papers.forms
            record = record_of(unit, case_id, rules, forms, day)
        context = contexts.base_context(record)
        snapshot = _Snapshot(context, record.file, day, record.templates)
        with self._lock:
            self._snapshots[key] = snapshot
            while len(self._snapshots) > _SNAPSHOTS_KEPT:
                self._snapshots.popitem(last=False)
        return snapshot

    def facts(self, case_id: str) -> contexts.Context:
        """Return the plain data the papers of a case are filled from.

        Raises:
            CaseNotFoundError: there is no such case.
        """
        return self._snapshot(case_id).context

    def page_of(self, case_id: str, key: str) -> LaidOutDocument:
        """Return the pages of an issued document, from its frozen file.

        Raises:
            DocumentNotIssuedError: the case holds no such document.
        """
        _, docx = self._frozen(case_id, key)
        return self._papers.lay_out_file(docx)

    def next_draft(self, case_id: str, form_id: str) -> Mapping[str, JsonValue]:
        """Return what was typed for the next document of a form; empty where nothing was."""
        with self._database.reading() as unit:
            occurrence = unit.documents.next_occurrence(case_id, form_id)
            draft = unit.drafts.get(case_id, form_id, occurrence)
        return draft.values if draft else {}

    def save_draft(
        self, case_id: str, form_id: str, occurrence: int, values: Mapping[str, JsonValue]
    ) -> Changes:
        """Keep what was typed; nothing blocks a draft.

        The text the case gives an edited field is kept with its first edit, so that later
        changes of the case can be merged into it.
        """
        known = self._bases(case_id, form_id, occurrence)
        day = date.today()
        fresh = self.default_values(case_id, form_id, values, values.keys() - known.keys(), day)
        started: dict[str, JsonValue] = {
            name: {"text": value, "day": day.isoformat()} for name, value in fresh.items()
        }
        kept = {name: base for name, base in known.items() if name in values}
        with self._database.writing() as unit:
            version = unit.cases.get(case_id).version
            unit.drafts.put(case_id, form_id, occurrence, values, version)
            unit.drafts.put_bases(case_id, form_id, occurrence, kept | started)
        return Changes.of("draft", f"{case_id}/{form_id}/{occurrence}")

    def _bases(self, case_id: str, form_id: str, occurrence: int) -> Mapping[str, JsonValue]:
        with self._database.reading() as unit:
            draft = unit.drafts.get(case_id, form_id, occurrence)
        return draft.bases if draft else {}

    def default_values(
        self,
        case_id: str,
        form_id: str,
        given: Mapping[str, Any],
        names: AbstractSet[str],
        day: date,
    ) -> dict[str, JsonValue]:
        """Return what the case gives each named field of a paper of ``day`` by itself.

        The other fields are as ``given``; fields without a default are left out. Lists stay
        lists, anything else is its text.
        """
        snapshot = self._snapshot(case_id)
        form = self._papers.forms.get(form_id)
        context = contexts.document_context(
            snapshot.context, form, number="", dated=day, draft=True
        )
        found: dict[str, JsonValue] = {}
        for wanted in form.fields:
            if wanted.name not in names or not wanted.default:
                continue
            others = {n: v for n, v in given.items() if n != wanted.name and form.field(n)}
            value = freeze(self._papers.filler.complete(form, context, others).values[wanted.name])
            found[wanted.name] = value if wanted.type in _LISTS else str(value)
        return found

    def discard_draft(self, case_id: str, form_id: str, occurrence: int) -> Changes:
        """Forget what was typed; an issued document shows its own text again."""
        with self._database.writing() as unit:
            unit.drafts.delete(case_id, form_id, occurrence)
        return Changes.of("draft", f"{case_id}/{form_id}/{occurrence}")

    def export(self, wanted: str, key: str, folder: Path) -> ExportedDocument:
        """Write an issued document as .docx and PDF into ``folder``.

        Raises:
            UnknownFormError: no form has that id.
            DocumentNotIssuedError: the case holds no such document.
            InvalidInputError: the folder can't be written.
        """
        document, docx = self._frozen(wanted, key)
        layout = self._papers.lay_out_file(docx)
        stem = safe_name(f"{document.key}_{document.title}")
        paths = folder / f"{stem}.docx", folder / f"{stem}.pdf"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_bytes_atomically(paths[0], docx)
            write_pdf((layout,), paths[1], metadata=metadata_of(document, self._agency_name()))
        except OSError as error:
            message = f"文书没有导出到“{folder}”：{error.strerror}。"
            raise InvalidInputError(message, hint="请换一个可以写入的文件夹。") from error
        return ExportedDocument(
            key=document.key,
            number=document.number,
            title=document.title,
            docx=paths[0],
            pdf=paths[1],
            pages=len(layout.pages),
            lines=tuple(page.lines for page in layout.pages),
            faces=layout.faces,
        )

    def export_all(
        self,
        wanted: str,
        folder: Path,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> tuple[ExportedDocument, ...] | None:
        """Write every issued document of a case; None when ``stop`` was set on the way."""
        with self._database.reading() as unit:
            documents = unit.documents.of_case(unit.cases.find(wanted))
        exported = []
        for done, document in enumerate(documents):
            if stop is not None and stop.is_set():
                return None
            if progress is not None:
                progress(done, len(documents))
            exported.append(self.export(wanted, document.key, folder))
        if progress is not None:
            progress(len(documents), len(documents))
        return tuple(exported)

    def _agency_name(self) -> str:
        with self._database.reading() as unit:
            return unit.office.get().agency.name

    def _frozen(self, wanted: str, key: str) -> tuple[IssuedDocument, bytes]:
        form = self._papers.forms.get(key.partition("-")[0])
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted))
            document = next((d for d in file.documents if d.key == key), None)
            if document is None:
                message = f"本案还没有制发《{form.title}》（{key}）。"
                raise DocumentNotIssuedError(
                    message, hint="请先在相应步骤制发；草稿可以在窗口中预览和打印。"
                )
            return document, unit.documents.docx_of(document.id)


def metadata_of(document: IssuedDocument, author: str) -> PdfMetadata:
    """Return what a PDF says of itself."""
    return PdfMetadata(title=f"{document.title} {document.number}".strip(), author=author)


def _issued(file: CaseFile, form_id: str, occurrence: int) -> IssuedDocument | None:
    return next(
        (d for d in file.documents if d.form == form_id and d.occurrence == occurrence), None
    )
