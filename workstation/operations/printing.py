"""The printing centre: plan a case or a step, send it to a printer, know what went stale."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from threading import Event

from workstation.archive.bags import safe_name
from workstation.archive.volume_order import INNER_VOLUME, MAIN_VOLUME, VolumeOrder, arrange
from workstation.atomic_files import write_bytes_atomically
from workstation.documents.pdf import PdfMetadata, write_pages
from workstation.domain.cases import CaseFile, IssuedDocument, paper_key
from workstation.domain.people import Role
from workstation.errors import InvalidInputError, WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.forms import FormOperations
from workstation.operations.print_files import SheetCode, printed_pages
from workstation.operations.print_ledgers import PrintLedger, version_of
from workstation.operations.print_plans import PlannedDocument, PrintPlan
from workstation.operations.print_rules import PrintRules
from workstation.operations.sign_tasks import sign_tasks
from workstation.operations.spooler import JobRefusedError, Spooler, SpoolJob
from workstation.storage.database import Database
from workstation.storage.records import Draft, Printing

Progress = Callable[[int, int], None]

_SINGLE = "单独打印"
# What the ledger names instead of a job where the window painted the pages itself (Windows).
_PAINTED = "系统打印"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRequest:
    """What to print where; no ``keys`` means everything planned, ``qr`` None the office's rule.

    ``shares`` names paper and recipient one by one, to try again what was not taken.
    """

    printer: str
    by: str
    keys: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    shares: frozenset[tuple[str, str]] = frozenset()
    qr: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SinglePrint:
    """One issued paper sent by itself; ``duplex`` None is the office's rule for the form."""

    key: str
    printer: str
    copies: int = 1
    duplex: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentJob:
    """One paper for one recipient: the job it became, or why it did not."""

    key: str
    title: str
    recipient: str
    copies: int
    pages: int
    job: str
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintOutcome:
    """What became of a run; ``stopped`` when it was cancelled on the way."""

    jobs: tuple[SentJob, ...]
    stopped: bool
    changes: Changes

    @property
    def failed(self) -> tuple[SentJob, ...]:
        """The jobs to try again."""
        return tuple(job for job in self.jobs if job.problem)


class PrintOperations(PrintLedger):
    """What is planned and sent, beside reading the ledger; safe to call from any thread."""

    def __init__(
        self,
        database: Database,
        forms: FormOperations,
        order: VolumeOrder,
        rules: PrintRules,
        spooler: Spooler | None = None,
    ) -> None:
        super().__init__(database, forms, rules)
        self._order = order
        self.spooler = spooler or Spooler()

    def plan(
        self, wanted: str, *, step: int = 0, drafts: bool = False, only: str = ""
    ) -> PrintPlan:
        """Return what would be printed of a case, or of one step, in the order of the volumes.

        Drafts come last where they are asked for, one copy each, with their watermark.
        ``only`` is the key of the one issued paper to lay out, empty for all.

        Raises:
            CaseNotFoundError: there is no such case.
        """
        with self._database.reading() as unit:
            case_id = unit.cases.find(wanted)
            file = unit.cases.load_case_file(case_id)
            agency = unit.office.get().agency.name
            typed = unit.drafts.of_case(case_id) if drafts else ()
        documents = [
            self._issued(case_id, document, agency)
            for volume in (MAIN_VOLUME, INNER_VOLUME)
            for document in arrange(file.documents, file.deliveries, self._order, volume)
            if step in {0, document.step} and only in {"", document.key}
        ]
        for draft in typed:
            planned = self._draft(file, draft, agency, step)
            if planned is not None:
                documents.append(planned)
        return PrintPlan(
            case_id=case_id,
            case_number=file.case.number or file.case.lead.number,
            case_title=file.case.title,
            documents=tuple(documents),
            events=len(file.events),
        )

    def _issued(self, case_id: str, document: IssuedDocument, agency: str) -> PlannedDocument:
        form = self._forms.catalogue().get(document.form)
        layout = self._forms.page_of(case_id, document.key)
        across = self.rules.across_pages
        return PlannedDocument(
            key=document.key,
            title=document.title,
            number=document.number,
            version=document.docx_sha256,
            layout=layout,
            rule=self.rules.of(form),
            tasks=sign_tasks(form, layout.pages, agency, across=across),
            step=document.step,
        )

    def _draft(
        self, file: CaseFile, draft: Draft, agency: str, step: int
    ) -> PlannedDocument | None:
        form = self._forms.catalogue().get(draft.form)
        key = paper_key(form.id, draft.occurrence)
        if step not in {0, form.step} or any(d.key == key for d in file.documents):
            return None
        case_id = file.case.id
        view = self._forms.open_form(case_id, form.id, draft.occurrence)
        preview = self._forms.preview(case_id, form.id, draft.occurrence, draft.values)
        if preview.layout is None:
            return None
        labels = {field.name: field.label for field in form.fields}
        return PlannedDocument(
            key=key,
            title=form.title,
            number="",
            version=version_of(view),
            layout=preview.layout,
            rule=self.rules.of(form).for_draft(),
            tasks=sign_tasks(form, preview.layout.pages, agency, across=False),
            draft=True,
            step=form.step,
            missing=tuple(labels.get(name, name) for name in preview.missing),
        )

    def run(
        self,
        plan: PrintPlan,
        request: PrintRequest,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> PrintOutcome:
        """Send a plan to a printer, a job for each paper and recipient; the ledger notes each.

        A job that is refused does not stop the others; cancelling leaves what was sent.

        Raises:
            NoSpoolerError, PrinterUnknownError, InvalidInputError: nothing was sent.
        """
        wanted = _shares(plan, request)
        for printer in sorted({_printer(document, request) for document, _, _ in wanted}):
            self.spooler.check(printer)
        jobs: list[SentJob] = []
        stopped = False
        with tempfile.TemporaryDirectory(prefix="print-") as folder:
            for done, (document, recipient, copies) in enumerate(wanted):
                if stop is not None and stop.is_set():
                    stopped = True
                    break
                if progress is not None:
                    progress(done, len(wanted))
                file = Path(folder) / f"{safe_name(document.key)}.pdf"
                if not file.is_file():
                    file.write_bytes(self.pdf(plan, (document,), qr=request.qr))
                jobs.append(self._send(plan, document, (recipient, copies), request, file))
        if progress is not None:
            progress(len(wanted), len(wanted))
        changes = Changes.of("printing", plan.case_id)
        return PrintOutcome(jobs=tuple(jobs), stopped=stopped, changes=changes)

    def _send(
        self,
        plan: PrintPlan,
        document: PlannedDocument,
        share: tuple[str, int],
        request: PrintRequest,
        file: Path,
    ) -> SentJob:
        recipient, copies = share
        rule = document.rule
        job = SpoolJob(
            file=file,
            title=f"{plan.case_number} {document.key} {recipient}",
            printer=_printer(document, request),
            copies=copies,
            duplex=rule.duplex,
            tray=rule.tray,
        )
        number = problem = ""
        try:
            number = self.spooler.send(job)
        except JobRefusedError as error:
            problem = f"{error.message}{error.hint}"
        if number:
            self._note(plan, document, share, request, number)
        return SentJob(
            key=document.key,
            title=document.title,
            recipient=recipient,
            copies=copies,
            pages=document.pages,
            job=number,
            problem=problem,
        )

    def _note(
        self,
        plan: PrintPlan,
        document: PlannedDocument,
        share: tuple[str, int],
        request: PrintRequest,
        job: str,
    ) -> None:
        recipient, copies = share
        printing = Printing(
            case_id=plan.case_id,
            document=document.key,
            title=document.title,
            version_digest=document.version,
            draft=document.draft,
            pages=document.pages,
            recipient=recipient,
            copies=copies,
            printer=_printer(document, request),
            tray=document.rule.tray,
            duplex=document.rule.duplex,
            job=job,
            printed_by=request.by,
            printed_at=datetime.now().replace(microsecond=0),
            event_position=plan.events,
        )
        with self._database.writing() as unit:
            unit.printings.add(printing)

    def print_single(self, case_id: str, wanted: SinglePrint) -> PrintOutcome:
        """Send one issued paper to a printer by itself; the ledger notes it as any other.

        Raises:
            NoSpoolerError, PrinterUnknownError, InvalidInputError: nothing was sent.
        """
        return self.run(*self._single(case_id, wanted))

    def record_painted(self, case_id: str, wanted: SinglePrint) -> Changes:
        """Note one issued paper the window painted on a printer, once the job was accepted.

        Raises:
            InvalidInputError: the case has no such issued paper.
        """
        plan, request = self._single(case_id, wanted)
        (document,) = plan.chosen(request.keys)
        # The tray is the one chosen in the system's dialog, which does not name it.
        untrayed = replace(document, rule=replace(document.rule, tray=""))
        self._note(plan, untrayed, (_SINGLE, wanted.copies), request, _PAINTED)
        return Changes.of("printing", plan.case_id)

    def _single(self, case_id: str, wanted: SinglePrint) -> tuple[PrintPlan, PrintRequest]:
        plan = self.plan(case_id, only=wanted.key)
        with self._database.reading() as unit:
            clerks = unit.office.get().with_role(Role.CLERK)
        documents = []
        for document in plan.documents:
            duplex = document.rule.duplex if wanted.duplex is None else wanted.duplex
            copies = ((_SINGLE, wanted.copies),)
            # A tray is one of the form's own printer; another may have none of that name.
            own = document.rule.printer in {"", wanted.printer}
            tray = document.rule.tray if own else ""
            rule = replace(document.rule, copies=copies, duplex=duplex, printer="", tray=tray)
            documents.append(replace(document, rule=rule))
        by = clerks[0].name if clerks else ""
        request = PrintRequest(printer=wanted.printer, by=by, keys=(wanted.key,))
        return replace(plan, documents=tuple(documents)), request

    def write_pdfs(
        self, plan: PrintPlan, folder: Path, *, keys: tuple[str, ...] = (), qr: bool | None = None
    ) -> tuple[Path, ...]:
        """Write a plan as one PDF for each printer and tray, copies repeated in order.

        Raises:
            InvalidInputError: the folder can't be written, or the plan is empty.
        """
        groups: dict[tuple[str, str], list[PlannedDocument]] = {}
        for document in plan.chosen(keys):
            rule = document.rule
            groups.setdefault((rule.printer, rule.tray), []).extend([document] * rule.total)
        if not groups:
            message = "没有可以打印的文书。"
            raise InvalidInputError(message, hint="请先制发文书；草稿用 --drafts 一并打印。")
        paths = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for places, documents in groups.items():
                name = "_".join(filter(None, ("打印", plan.case_number, *places)))
                path = folder / f"{safe_name(name)}.pdf"
                write_bytes_atomically(path, self.pdf(plan, documents, qr=qr))
                paths.append(path)
        except OSError as error:
            message = f"打印文件没有写到“{folder}”：{error.strerror}。"
            raise InvalidInputError(message, hint="请换一个可以写入的文件夹。") from error
        return tuple(paths)

    def pdf(
        self, plan: PrintPlan, documents: Sequence[PlannedDocument], *, qr: bool | None = None
    ) -> bytes:
        """Return papers as one PDF of vectors; each starts on a front page where it is duplex."""
        with_code = self.rules.qr if qr is None else qr
        pages = (
            placed
            for document in documents
            for placed in printed_pages(
                document.layout,
                duplex=document.rule.duplex,
                code=_code(plan, document) if with_code else None,
            )
        )
        buffer = BytesIO()
        metadata = PdfMetadata(title=f"{plan.case_number} 打印", author="")
        write_pages(pages, buffer, metadata=metadata)
        return buffer.getvalue()

    def printers(self) -> tuple[str, ...]:
        """Return the printers; empty where there is no print system."""
        try:
            return self.spooler.printers()
        except WorkstationError:
            return ()


def _shares(
    plan: PrintPlan, request: PrintRequest
) -> tuple[tuple[PlannedDocument, str, int], ...]:
    """Return what a request asks for, a paper and recipient each."""
    wanted = tuple(
        (document, recipient, copies)
        for document in plan.chosen(request.keys)
        for recipient, copies in document.rule.copies
        if (not request.recipients or recipient in request.recipients)
        and (not request.shares or (document.key, recipient) in request.shares)
    )
    if not wanted:
        message = "没有可以打印的文书，或者没有要送给所列对象的份数。"
        raise InvalidInputError(
            message, hint="请用 print plan 查看文书和份数；草稿用 --drafts 一并打印。"
        )
    return wanted


def _printer(document: PlannedDocument, request: PrintRequest) -> str:
    """Return the printer of the form's rule, else the one that was asked for."""
    return document.rule.printer or request.printer


def _code(plan: PrintPlan, document: PlannedDocument) -> SheetCode:
    return SheetCode(case_number=plan.case_number, key=document.key, version=document.version)
