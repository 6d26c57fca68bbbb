"""Batches as a user works with them: a list in, one PDF for each printer and tray out."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from workstation.archive.bags import safe_name
from workstation.documents.display_list import Page
from workstation.documents.pdf import PageStamp, PdfMetadata, write_pages
from workstation.errors import InvalidInputError
from workstation.operations.forms import FormOperations
from workstation.operations.matter_lists.faults import RowFault
from workstation.operations.matter_lists.templates import write_faults
from workstation.operations.print_batches.bases import DraftBases
from workstation.operations.print_batches.lists import read_batch
from workstation.operations.print_batches.page_files import PageFiles
from workstation.operations.print_batches.papers import BatchPaper, BatchPapers, RowRefusedError
from workstation.operations.print_batches.templates import write_batch_template
from workstation.operations.print_files import SheetCode, printed_pages
from workstation.operations.print_rules import PrintRules
from workstation.operations.spooler import JobRefusedError, Spooler, SpoolJob
from workstation.storage.database import Database
from workstation.storage.records import Printing

Progress = Callable[[int, int], None]
FAULTS = "问题"
_SIDES = {True: "双面", False: "单面"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupKey:
    """Papers that go through a printer in one pass."""

    printer: str
    tray: str
    duplex: bool

    @classmethod
    def of(cls, paper: BatchPaper) -> "GroupKey":
        """Return the group a paper belongs to by its form's rule."""
        rule = paper.rule
        return cls(printer=rule.printer, tray=rule.tray, duplex=rule.duplex)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFile:
    """One merged PDF; ``pages`` are those of the file, empty backs included."""

    path: Path
    group: GroupKey
    papers: tuple[BatchPaper, ...]
    pages: int

    @property
    def documents(self) -> int:
        """How many papers it holds."""
        return len(self.papers)

    @property
    def drafts(self) -> int:
        """How many of them are drafts."""
        return sum(paper.draft for paper in self.papers)

    @property
    def copies(self) -> int:
        """Copies of all papers together."""
        return sum(paper.rule.total for paper in self.papers)

    def as_json(self) -> dict[str, Any]:
        """Return it as ``print batch`` prints it."""
        return {
            "file": str(self.path),
            "printer": self.group.printer,
            "tray": self.group.tray,
            "duplex": self.group.duplex,
            "documents": self.documents,
            "drafts": self.drafts,
            "copies": self.copies,
            "pages": self.pages,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A merged file that went to a printer: the job it became, or why it did not."""

    file: BatchFile
    printer: str
    job: str
    problem: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as ``print batch`` prints it."""
        return {
            "file": str(self.file.path),
            "printer": self.printer,
            "job": self.job,
            "problem": self.problem,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOutcome:
    """What became of a list; ``stopped`` on the way: the next run goes on from there.

    ``rows`` counts the rows of the list, ``reused`` the papers laid out by an earlier run;
    ``faults_file`` is the workbook of faults to hand back, None where there are none.
    """

    files: tuple[BatchFile, ...]
    faults: tuple[RowFault, ...]
    notes: tuple[str, ...]
    rows: int
    documents: int
    reused: int
    stopped: bool
    faults_file: Path | None

    def as_json(self) -> dict[str, Any]:
        """Return it as ``print batch`` prints it."""
        return {
            "pdf": [file.as_json() for file in self.files],
            "rows": self.rows,
            "documents": self.documents,
            "reused": self.reused,
            "stopped": self.stopped,
            "faults": [fault.as_json() for fault in self.faults],
            "faults_file": str(self.faults_file) if self.faults_file else "",
            "notes": list(self.notes),
        }


class BatchOperations:
    """Safe to call from any thread."""

    def __init__(
        self,
        database: Database,
        forms: FormOperations,
        rules: PrintRules,
        spooler: Spooler | None = None,
    ) -> None:
        self._database = database
        self._forms = forms
        self._rules = rules
        self._own = database.path.parent / "own"
        self.spooler = spooler or Spooler()

    def template(self, path: Path, form_ids: Sequence[str], *, with_cases: bool = False) -> Path:
        """Write a list to fill in, with a column for every field of the forms.

        ``with_cases`` fills in a row for every case in hand and form.

        Raises:
            UnknownFormError: there is no such form.
            ListNotWritableError: the file can't be written.
        """
        forms = [self._forms.catalogue().get(form_id) for form_id in form_ids]
        numbers: tuple[str, ...] = ()
        if with_cases:
            with self._database.reading() as unit:
                cases = [unit.cases.get(case_id) for case_id in unit.cases.unarchived()]
            numbers = tuple(sorted(case.number or case.lead.number for case in cases))
        return write_batch_template(path, forms, numbers)

    def run(
        self,
        path: Path,
        folder: Path,
        *,
        qr: bool | None = None,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> BatchOutcome:
        """Make the papers of a list into one PDF for each printer, tray and kind of sides.

        A row with a fault is reported and left out. What was issued is printed as it was issued,
        in the copies of its form; anything else as a draft in one copy, with its watermark.
        A run that was stopped wrote no PDF; the same list and folder go on where it was.

        Raises:
            ListFileError: the list can't be read.
            InvalidInputError: the folder can't be written.
        """
        batch = read_batch(path, self._forms.catalogue())
        kept = PageFiles(folder, self._forms.faces())
        bases = DraftBases(self._database, self._own)
        maker = BatchPapers(self._database, self._forms, self._rules, kept, bases)
        tell = progress or _silent
        with_code = self._rules.qr if qr is None else qr
        papers: list[BatchPaper] = []
        faults = list(batch.faults)
        steps = 2 * len(batch.rows)
        files: tuple[BatchFile, ...] = ()
        with _writing(folder):
            for done, row in enumerate(batch.rows):
                tell(done, steps)
                if stop is not None and stop.is_set():
                    break
                try:
                    papers.append(maker.make(row))
                except RowRefusedError as refused:
                    faults += refused.faults
            stopped = stop is not None and stop.is_set()
            if not stopped:
                merger = _Merger(kept, folder, batch.name, with_code=with_code)
                files = merger.write(papers, lambda part: tell(len(batch.rows) + part, steps))
                tell(steps, steps)
            faults.sort(key=lambda found: (found.sheet, found.row))
            faults_file = _report(folder, batch.name, faults)
            if not stopped and not faults:
                kept.clear()
        return BatchOutcome(
            files=files,
            faults=tuple(faults),
            notes=batch.notes,
            rows=len(batch.rows) + len({(f.sheet, f.row) for f in batch.faults}),
            documents=len(papers),
            reused=sum(paper.reused for paper in papers),
            stopped=stopped,
            faults_file=faults_file,
        )

    def send(self, files: Sequence[BatchFile], printer: str, by: str) -> tuple[SentFile, ...]:
        """Send merged files, a job each; a rule's own printer wins over ``printer``.

        Every issued paper is noted in the print ledger; drafts are not, since what the list
        filled in is not kept in the case. A job that is refused does not stop the others.

        Raises:
            NoSpoolerError, PrinterUnknownError: nothing was sent.
        """
        for name in sorted({file.group.printer or printer for file in files}):
            self.spooler.check(name)
        return tuple(self._send(file, file.group.printer or printer, by) for file in files)

    def _send(self, file: BatchFile, printer: str, by: str) -> SentFile:
        group = file.group
        job = SpoolJob(
            file=file.path,
            title=file.path.stem,
            printer=printer,
            copies=1,
            duplex=group.duplex,
            tray=group.tray,
        )
        try:
            number = self.spooler.send(job)
        except JobRefusedError as error:
            problem = f"{error.message}{error.hint}"
            return SentFile(file=file, printer=printer, job="", problem=problem)
        sent = SentFile(file=file, printer=printer, job=number)
        with self._database.writing() as unit:
            for printing in _printings(sent, by, datetime.now().replace(microsecond=0)):
                unit.printings.add(printing)
        return sent


def _printings(sent: SentFile, by: str, at: datetime) -> Iterator[Printing]:
    """Yield the rows of the ledger: one for each issued paper and whom its copies go to."""
    group = sent.file.group
    for paper in sent.file.papers:
        for recipient, copies in () if paper.draft else paper.rule.copies:
            yield Printing(
                case_id=paper.case_id,
                document=paper.key,
                title=paper.title,
                version_digest=paper.digest,
                draft=False,
                pages=paper.pages,
                recipient=recipient,
                copies=copies,
                printer=sent.printer,
                tray=group.tray,
                duplex=group.duplex,
                job=sent.job,
                printed_by=by,
                printed_at=at,
                event_position=paper.events,
            )


class _Merger:
    """Writes the papers made; their pages are read one paper at a time."""

    def __init__(self, kept: PageFiles, folder: Path, name: str, *, with_code: bool) -> None:
        self._kept = kept
        self._folder = folder
        self._name = name
        self._with_code = with_code
        self._done = 0

    def write(
        self, papers: Sequence[BatchPaper], tell: Callable[[int], None]
    ) -> tuple[BatchFile, ...]:
        """Write a PDF for each group, in the order of the list."""
        groups: dict[GroupKey, list[BatchPaper]] = {}
        for paper in papers:
            groups.setdefault(GroupKey.of(paper), []).append(paper)
        return tuple(self._group(group, members, tell) for group, members in groups.items())

    def _group(
        self, group: GroupKey, papers: Sequence[BatchPaper], tell: Callable[[int], None]
    ) -> BatchFile:
        parts = (self._name, group.printer, group.tray, _SIDES[group.duplex])
        path = self._folder / f"{safe_name('_'.join(filter(None, parts)))}.pdf"
        metadata = PdfMetadata(title=f"{self._name} 批量打印", author="")
        pages = write_pages(self._pages(papers, tell), path, metadata=metadata)
        return BatchFile(
            path=path,
            group=group,
            papers=tuple(papers),
            pages=pages,
        )

    def _pages(
        self, papers: Sequence[BatchPaper], tell: Callable[[int], None]
    ) -> Iterator[tuple[Page, PageStamp]]:
        for paper in papers:
            tell(self._done)
            layout = self._kept.find(paper.digest)
            if layout is None:
                message = f"{paper.case_number}的{paper.key}已排好的版面不见了。"
                raise InvalidInputError(
                    message, hint="打印途中请不要动输出文件夹中的文件；请重新运行一次。"
                )
            code = SheetCode(
                case_number=paper.case_number,
                key=paper.key,
                version=paper.digest.removeprefix("draft-"),
            )
            for _ in range(paper.rule.total):
                yield from printed_pages(
                    layout, duplex=paper.rule.duplex, code=code if self._with_code else None
                )
            self._done += 1


def _report(folder: Path, name: str, faults: Sequence[RowFault]) -> Path | None:
    path = folder / f"{safe_name(f'{name}_{FAULTS}')}.xlsx"
    if faults:
        return write_faults(path, faults, FAULTS)
    path.unlink(missing_ok=True)
    return None


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        message = f"打印文件没有写到“{folder}”：{error.strerror}。"
        raise InvalidInputError(message, hint="请换一个可以写入、空间足够的文件夹。") from error


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""
