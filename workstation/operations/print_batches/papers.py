"""From a row of a list to the pages of a paper: as issued, or filled anew as a draft."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workstation.documents.docx_package import DocxPackage
from workstation.domain.cases import Case, IssuedDocument, paper_key
from workstation.errors import WorkstationError
from workstation.operations.forms import FormOperations
from workstation.operations.matter_lists.faults import RowFault, fault
from workstation.operations.papers import UnfitValuesError
from workstation.operations.print_batches.bases import DraftBases
from workstation.operations.print_batches.lists import CASE, PAPER, BatchRow
from workstation.operations.print_batches.page_files import PageFiles
from workstation.operations.print_rules import PrintRule, PrintRules
from workstation.storage.database import Database
from workstation.storage.errors import CaseNotFoundError


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPaper:
    """A paper that can be printed; its pages are kept under ``digest``, ``draft`` for a draft.

    ``events`` is how many events the case had when the paper was made.
    """

    case_id: str
    case_number: str
    key: str
    title: str
    digest: str
    rule: PrintRule
    draft: bool
    pages: int
    events: int
    reused: bool


class RowRefusedError(Exception):
    """A row can't be printed; ``faults`` say why, cell by cell."""

    def __init__(self, faults: tuple[RowFault, ...]) -> None:
        super().__init__()
        self.faults = faults


class BatchPapers:
    """Makes the papers of a list one after another."""

    def __init__(
        self,
        database: Database,
        forms: FormOperations,
        rules: PrintRules,
        kept: PageFiles,
        bases: DraftBases,
    ) -> None:
        self._database = database
        self._bases = bases
        self._forms = forms
        self._rules = rules
        self._kept = kept
        self._seen: dict[tuple[str, str], tuple[str, int]] = {}

    def make(self, row: BatchRow) -> BatchPaper:
        """Return the paper of a row; its pages are kept.

        Raises:
            RowRefusedError: the row can't be printed.
        """
        try:
            return self._make(row)
        except WorkstationError as error:
            raise RowRefusedError((row.fault(PAPER, error.message, error.hint),)) from error

    def _make(self, row: BatchRow) -> BatchPaper:
        case, documents, events = self._case(row)
        key = paper_key(row.form.id, row.occurrence)
        place = row.row.sheet, row.row.number
        before = self._seen.setdefault((case.id, key), place)
        if before != place:
            message = f"与第{before[1]}行是同一份文书（{key}）"
            fix = "同一份文书只列一行；要另制一份的，写明第几份，如 D51-2。"
            raise RowRefusedError((row.fault(PAPER, message, fix),))
        issued = next((d for d in documents if d.key == key), None)
        if issued is None:
            self._check_occurrence(row, sum(1 for d in documents if d.form == row.form.id))
            digest, pages, reused = self._draft(row, case.id)
        else:
            digest = issued.docx_sha256
            pages, reused = self._issued(row, case.id, key, digest)
        rule = self._rules.of(row.form)
        return BatchPaper(
            case_id=case.id,
            case_number=case.number or case.lead.number,
            key=key,
            title=row.form.title,
            digest=digest,
            rule=rule if issued else rule.for_draft(),
            draft=issued is None,
            pages=pages,
            events=events,
            reused=reused,
        )

    def _case(self, row: BatchRow) -> tuple[Case, tuple[IssuedDocument, ...], int]:
        """Return the case of a row by its whole number: the beginning of one is no address."""
        try:
            with self._database.reading() as unit:
                case = unit.cases.get(unit.cases.find(row.case))
                documents = unit.documents.of_case(case.id)
                events = len(unit.events.of_case(case.id))
        except CaseNotFoundError as error:
            raise _unknown_case(row) from error
        if row.case not in {case.id, case.number, case.lead.number}:
            raise _unknown_case(row)
        return case, documents, events

    def _issued(self, row: BatchRow, case_id: str, key: str, digest: str) -> tuple[int, bool]:
        """Keep the pages of an issued paper; return how many, and whether they were kept."""
        if row.values:
            message = "文书已经制发，打印时不能改动"
            fix = "请清空这一格；文书有错的，先在案件中补正。"
            raise RowRefusedError(tuple(row.fault(name, message, fix) for name in row.values))
        kept = self._kept.count(digest)
        if kept is not None:
            return kept, True
        return self._kept.put(digest, self._forms.page_of(case_id, key)), False

    @staticmethod
    def _check_occurrence(row: BatchRow, issued: int) -> None:
        if row.occurrence > issued + 1:
            message = f"本案《{row.form.title}》只制发了{issued}份，还没有第{row.occurrence}份"
            fix = f"请改为 {paper_key(row.form.id, issued + 1)}，或者先制发前一份。"
            raise RowRefusedError((row.fault(PAPER, message, fix),))

    def _draft(self, row: BatchRow, case_id: str) -> tuple[str, int, bool]:
        """Keep the pages of a draft; return its digest, how many, and whether it was kept before.

        A draft of the same basis is not filled again.
        """
        basis = self._bases.of(row, case_id)
        known = self._kept.paper_of(basis)
        kept = self._kept.count(known) if known else None
        if kept is not None:
            return known, kept, True
        try:
            paper = self._forms.draft_paper(case_id, row.form.id, row.occurrence, row.values)
        except UnfitValuesError as error:
            raise RowRefusedError(tuple(_unfit(row, error.problems))) from error
        faults = (*_unfit(row, paper.problems), *_missing(row, paper.missing))
        if faults:
            raise RowRefusedError(faults)
        digest = f"draft-{_digest_of(paper.package)}"
        kept = self._kept.count(digest)
        if kept is not None:
            self._kept.note_basis(basis, digest)
            return digest, kept, True
        return digest, self._kept.put(digest, self._forms.draft_pages(paper), basis), False


def _digest_of(package: DocxPackage) -> str:
    """Return a digest of the parts of a .docx; it need not be packed for that."""
    digest = hashlib.sha256()
    for name, data in package.parts.items():
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _unknown_case(row: BatchRow) -> RowRefusedError:
    message = f"没有案号为“{row.case}”的案件"
    fix = "请核对案号，须写全称；本机没有的案件先导入。"
    return RowRefusedError((fault(row.row, CASE, message, fix),))


def _unfit(row: BatchRow, problems: Mapping[str, str]) -> Iterator[RowFault]:
    for name, problem in problems.items():
        yield row.fault(name, problem.rstrip("。"), "请按该栏的要求改写。")


def _missing(row: BatchRow, missing: tuple[str, ...]) -> Iterator[RowFault]:
    labels = {field.name: field.label for field in row.form.fields}
    for name in missing:
        label = labels.get(name, name)
        fix = f"请在清单的“{label}”一列填写，或者先在案件中录入。"
        yield row.fault(name, f"缺“{label}”（必填）", fix)
