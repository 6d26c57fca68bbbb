"""The ledger of numbers (文号台账) as a user works with it: list, reserve, void, gaps, export."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workstation.documents.forms import FormCatalogue, FormKind
from workstation.errors import InvalidInputError, WorkstationError
from workstation.operations.case_numbers import NumberGiver, reserve_serial
from workstation.operations.changes import Changes
from workstation.operations.numbering import LEAD_COUNTER, NumberedPaper, NumberRules
from workstation.operations.workbooks import write_table
from workstation.storage.database import Database, Unit
from workstation.storage.records import (
    LedgerLine,
    NumberFilter,
    NumberGap,
    NumberState,
    PaperNumber,
)

__all__ = [
    "HEADINGS",
    "GapReport",
    "LedgerLine",
    "NumberFilter",
    "NumberOperations",
    "NumberState",
    "Reserved",
    "VoidRefusedError",
]

HEADINGS = ("文号", "文书", "年份", "状态", "案号", "案件", "作废理由", "登记人", "登记时间")
_WIDTHS = (30, 26, 8, 8, 30, 46, 40, 12, 20)
_EXPORTED = 100_000
_ARCHIVE_NUMBER = "归档号"


class VoidRefusedError(WorkstationError):
    """The number is in force in a case, so it can't be voided."""

    code = "void_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved:
    """A number kept for a paper to come."""

    number: PaperNumber
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class GapReport:
    """Serials missing from a counter, with numbers reserved and not used yet."""

    gaps: tuple[NumberGap, ...]
    reserved: tuple[LedgerLine, ...]


class NumberOperations:
    """Every call is one short transaction; safe to call from any thread."""

    def __init__(self, database: Database, rules: NumberRules, forms: FormCatalogue) -> None:
        self._database = database
        self._rules = rules
        self._forms = forms

    def numbered_forms(self) -> dict[str, str]:
        """Return the titles of the forms that bear a number, by id."""
        return {form.id: form.title for form in self._forms if self._has_number(form.id)}

    def title_of(self, form: str) -> str:
        """Return what the ledger calls a form; the archive number has none."""
        return self._forms.get(form).title if form else _ARCHIVE_NUMBER

    def lines(
        self, wanted: NumberFilter, *, limit: int = 1000, offset: int = 0
    ) -> tuple[LedgerLine, ...]:
        """Return the numbers ``wanted`` lets through, the latest year first."""
        with self._database.reading() as unit:
            return unit.paper_numbers.lines(wanted, limit=limit, offset=offset)

    def counts(self, wanted: NumberFilter) -> dict[NumberState, int]:
        """Return how many numbers ``wanted`` lets through, by state."""
        with self._database.reading() as unit:
            return unit.paper_numbers.counts(wanted)

    def years(self) -> tuple[int, ...]:
        """Return the years with numbers, the latest first."""
        with self._database.reading() as unit:
            return unit.paper_numbers.years()

    def reserve(self, form_id: str, by: str, *, case: str = "", year: int = 0) -> Reserved:
        """Keep the next number of a form; the paper of that form takes it when it is issued.

        Without ``case`` a serial is kept for a case that is not filed yet: the filing names it
        (``reserved_number``), and all its papers share the serial.

        Raises:
            UnknownFormError: there is no such form.
            InvalidInputError: the form bears no number, or its number follows another paper's.
            CaseNotFoundError: there is no such case.
        """
        form = self._forms.get(form_id)
        year = year or date.today().year
        if not self._has_number(form_id):
            message = f"《{form.title}》不编文号，没有可以预留的。"
            raise InvalidInputError(message, hint="审批表、笔录、清单以案号为准。")
        with self._database.writing() as unit:
            number = self._reserve(unit, form_id, by, case, year)
            unit.log.append("number_reserved", {"number": number.text, "form": form_id, "by": by})
        return Reserved(number=number, changes=Changes.of("number", number.text))

    def _reserve(self, unit: Unit, form_id: str, by: str, case: str, year: int) -> PaperNumber:
        form, rule = self._forms.get(form_id), self._rules.of(form_id)
        if not case:
            if rule.follows or rule.counter == LEAD_COUNTER:
                message = f"《{form.title}》的文号随另一文书或者案源号，不能单独预留。"
                raise InvalidInputError(message, hint="请指明案件（--case），或预留被随的文书。")
            return reserve_serial(unit, self._rules, form, year, by)
        file = unit.cases.load_case_file(unit.cases.find(case))
        paper = NumberedPaper(
            agency=unit.office.get().agency,
            form=form,
            occurrence=unit.documents.next_occurrence(file.case.id, form_id),
            year=year,
        )
        return NumberGiver(unit, self._rules, file.case.id, by).reserve(paper, file)

    def void(self, text: str, reason: str, by: str) -> Changes:
        """Void a number with a reason; it stays in the ledger and is never given out again.

        Raises:
            NumberUnknownError: the ledger does not hold it.
            NumberTakenError: it is void already.
            VoidRefusedError: it is the number of a case or an archive volume, or was served.
            InvalidInputError: no reason is given.
        """
        if not reason.strip():
            message = "作废文号要写明理由。"
            raise InvalidInputError(message, hint="例如：打印错误、重复编号、系统外已用。")
        text = text.strip()
        with self._database.writing() as unit:
            for number in unit.paper_numbers.get(text):
                _check_voidable(unit, number)
            for number in unit.paper_numbers.void(text, reason.strip()):
                if number.serial:
                    unit.numbers.void(number.scope, number.year, number.serial, reason.strip())
            unit.log.append("number_voided", {"number": text, "reason": reason.strip(), "by": by})
        return Changes.of("number", text)

    def gaps(self, year: int = 0) -> GapReport:
        """Return missing serials and numbers reserved but unused, of one year or all."""
        with self._database.reading() as unit:
            found = tuple(gap for gap in unit.numbers.gaps() if year in {0, gap.year})
            wanted = NumberFilter(year=year, state=NumberState.RESERVED)
            return GapReport(gaps=found, reserved=unit.paper_numbers.lines(wanted))

    def cells(self, line: LedgerLine) -> tuple[str, ...]:
        """Return a line of the ledger as the text of its columns (``HEADINGS``)."""
        number = line.number
        entered = number.entered_at
        return (
            number.text,
            line.document or self.title_of(number.form),
            str(number.year),
            number.state.value,
            line.case_number,
            line.case_title,
            number.reason,
            number.entered_by,
            entered.isoformat(sep=" ", timespec="minutes") if entered else "",
        )

    def export(self, path: Path, wanted: NumberFilter) -> Path:
        """Write the ledger as a workbook; no cell can become a formula.

        Raises:
            InvalidInputError: the file can't be written.
        """
        columns = tuple(zip(HEADINGS, _WIDTHS, strict=True))
        rows = (self.cells(line) for line in self.lines(wanted, limit=_EXPORTED))
        return write_table(path, "文号台账", columns, rows)

    def _has_number(self, form_id: str) -> bool:
        form = self._forms.get(form_id)
        return bool(form.code) and (form.kind is FormKind.SERVED or form_id in self._rules.forms)


def _check_voidable(unit: Unit, number: PaperNumber) -> None:
    if number.state is not NumberState.USED or number.case_id is None:
        return
    file = unit.cases.load_case_file(number.case_id)
    if number.text in {file.case.number, file.case.lead.number} or not number.form:
        message = f"“{number.text}”是案件或者案卷现用的编号，不能作废。"
        raise VoidRefusedError(message, hint="案件不应继续的，请办理撤销立案；编号随案保留。")
    for document in file.documents:
        if (document.number, document.form) == (number.text, number.form) and (
            file.delivery_of(document) is not None
        ):
            message = f"《{document.title}》（{number.text}）已经送达，文号不能作废。"
            raise VoidRefusedError(
                message, hint="送达后发现差错的，请记录“更正文书（补正）”，或依法撤销、变更。"
            )
