"""Reading the print ledger (打印台账): who printed what, and which sheets still stand."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from workstation.domain.cases import paper_key
from workstation.operations.forms import FormOperations, FormView
from workstation.operations.print_plans import (
    OUT_OF_DATE,
    PaperState,
    reason_out_of_date,
    values_digest,
)
from workstation.operations.print_rules import PrintRules
from workstation.storage.database import Database
from workstation.storage.records import Printing

HEADINGS = ("打印时间", "打印人", "文书", "案号", "份数", "送", "打印机", "状态")
_STANDS = "有效"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """One row of the ledger of the office; ``reason`` says why its sheets no longer stand."""

    printing: Printing
    case_number: str
    reason: str

    def cells(self) -> tuple[str, ...]:
        """Return what stands under ``HEADINGS``."""
        row = self.printing
        return (
            row.printed_at.strftime("%Y-%m-%d %H:%M"),
            row.printed_by,
            f"{row.title}　{row.document}{'（草稿）' if row.draft else ''}",
            self.case_number,
            str(row.copies),
            row.recipient,
            row.printer,
            f"{OUT_OF_DATE}：{self.reason}" if self.reason else _STANDS,
        )


class PrintLedger:
    """Safe to call from any thread."""

    def __init__(self, database: Database, forms: FormOperations, rules: PrintRules) -> None:
        self._database = database
        self._forms = forms
        self.rules = rules

    def ledger(self, wanted: str) -> tuple[Printing, ...]:
        """Return what was printed of a case, in order."""
        with self._database.reading() as unit:
            return unit.printings.of_case(unit.cases.find(wanted))

    def lines(self, limit: int) -> tuple[PrintedLine, ...]:
        """Return the latest ``limit`` rows of all cases, the newest first."""
        with self._database.reading() as unit:
            printings = unit.printings.latest(limit)
        found: dict[Printing, PrintedLine] = {}
        for case_id in dict.fromkeys(printing.case_id for printing in printings):
            of_case = tuple(p for p in printings if p.case_id == case_id)
            number, reasons = self._reasons(case_id, of_case)
            for printing, reason in zip(of_case, reasons, strict=True):
                found[printing] = PrintedLine(printing=printing, case_number=number, reason=reason)
        return tuple(found[printing] for printing in printings)

    def states(self, wanted: str) -> dict[str, PaperState]:
        """Return, for every paper that was printed, whether its sheets still stand."""
        with self._database.reading() as unit:
            case_id = unit.cases.find(wanted)
            printings = unit.printings.of_case(case_id)
        latest = {printing.document: printing for printing in printings}
        if not latest:
            return {}
        _, reasons = self._reasons(case_id, tuple(latest.values()))
        return {
            key: PaperState(
                key=key,
                printed_at=printing.printed_at.isoformat(sep=" ", timespec="minutes"),
                copies=sum(p.copies for p in printings if p.document == key),
                reason=reason,
            )
            for (key, printing), reason in zip(latest.items(), reasons, strict=True)
        }

    def _reasons(self, case_id: str, printings: Sequence[Printing]) -> tuple[str, tuple[str, ...]]:
        """Return the number of a case and, for each printing of it, why it no longer stands."""
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(case_id)
            drafts = unit.drafts.of_case(case_id)
        versions = {document.key: document.docx_sha256 for document in file.documents}
        for draft in drafts:
            key = paper_key(draft.form, draft.occurrence)
            if key not in versions and any(p.document == key for p in printings):
                view = self._forms.open_form(case_id, draft.form, draft.occurrence)
                versions[key] = version_of(view)
        superseding = frozenset(
            form.id for form in self._forms.catalogue() if self.rules.of(form).supersedes
        )
        number = file.case.number or file.case.lead.number
        return number, tuple(
            reason_out_of_date(printing, file, versions, superseding) for printing in printings
        )


def version_of(view: FormView) -> str:
    """Return the version of a draft: the digest of all it prints and its template."""
    template = view.definition.own_docx or view.definition.body.encode()
    printed = {**view.beside, **view.values}
    return values_digest(printed, hashlib.sha256(template).hexdigest())
