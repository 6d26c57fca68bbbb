"""Printers and trays by form: what holds at this desk and why, setting it, a test page."""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workstation.documents.forms import FormCatalogue
from workstation.errors import InvalidInputError
from workstation.operations.changes import Changes
from workstation.operations.desk_printers import DEFAULT, DeskPrinters, PrinterChoice
from workstation.operations.print_rules import PrintRule
from workstation.operations.print_test_pages import test_page_pdf
from workstation.operations.printing import PrintOperations
from workstation.operations.spooler import SpoolJob

DEFAULT_TITLE = "其余各种文书（本机默认）"
_MOST_COPIES = 99
_SHARE = re.compile(r"\s*([^\s\d=＝:：×xX]+)\s*[=＝:：×xX]?\s*(\d+)\s*份?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterSetting:
    """How a form is printed at this desk; ``key`` is its id, or ``default``.

    ``own`` is what the desk set for it, None for nothing. ``problem`` says what keeps it from
    being printed, or is empty.
    """

    key: str
    title: str
    rule: PrintRule
    own: PrinterChoice | None
    problem: str = ""

    @property
    def copies_text(self) -> str:
        """How many go to whom, in words."""
        return "、".join(f"{name}{count}" for name, count in self.rule.copies)

    def as_json(self) -> dict[str, Any]:
        """Return it as ``print settings`` prints it."""
        return {
            "form": self.key,
            "title": self.title,
            "printer": self.rule.printer,
            "tray": self.rule.tray,
            "duplex": self.rule.duplex,
            "copies": dict(self.rule.copies),
            "set_here": self.own is not None,
            "warnings": [self.problem] if self.problem else [],
        }


class PrinterSettings:
    """Safe to call from any thread."""

    def __init__(
        self, forms: FormCatalogue, desk: DeskPrinters, printing: PrintOperations
    ) -> None:
        self._forms = forms
        self._desk = desk
        self._printing = printing

    def all(self, known: Sequence[str] | None = None) -> tuple[PrinterSetting, ...]:
        """Return the default and every form; printers not among ``known`` are a problem.

        Args:
            known: names of the printers, None to ask the print system.

        Raises:
            DataFileError: the desk's file can't be read.
        """
        names = self._printing.printers() if known is None else known
        choices = self._desk.choices()
        default = self._printing.rules.default()
        first = PrinterSetting(
            key=DEFAULT,
            title=DEFAULT_TITLE,
            rule=default,
            own=choices.get(DEFAULT),
            problem=_problem(default, names),
        )
        return first, *(
            PrinterSetting(
                key=form.id,
                title=form.title,
                rule=(rule := self._printing.rules.of(form)),
                own=choices.get(form.id),
                problem=_problem(rule, names),
            )
            for form in self._forms
        )

    def get(self, key: str) -> PrinterSetting:
        """Return one setting.

        Raises:
            UnknownFormError: there is no such form.
        """
        self._check_key(key)
        return next(setting for setting in self.all() if setting.key == key)

    def put(self, key: str, choice: PrinterChoice | None) -> Changes:
        """Set printer, tray, sides and copies of a form at this desk; None goes back to the rules.

        A printer that is not there may be set (it may be switched off), but is warned of.

        Raises:
            UnknownFormError: there is no such form.
            InvalidInputError: copies for all forms, too many copies, or a tray with blanks.
        """
        self._check_key(key)
        if choice is not None:
            _check(key, choice)
        self._desk.put(key, choice)
        return Changes.of("printers", key)

    def _check_key(self, key: str) -> None:
        if key != DEFAULT:
            self._forms.get(key)

    def test_page(self, printer: str, *, tray: str = "", duplex: bool = False) -> str:
        """Print a page that says where it came from; return the id of the job.

        Raises:
            NoSpoolerError, PrinterUnknownError, JobRefusedError: nothing was printed.
            GlyphMissingError: the name of the printer can't be printed.
        """
        self._printing.spooler.check(printer)
        with tempfile.TemporaryDirectory(prefix="print-") as folder:
            file = Path(folder) / "test.pdf"
            file.write_bytes(test_page_pdf(printer, tray, duplex=duplex))
            job = SpoolJob(
                file=file,
                title="打印机测试页",
                printer=printer,
                copies=1,
                duplex=duplex,
                tray=tray,
            )
            return self._printing.spooler.send(job)


def parse_copies(text: str) -> tuple[tuple[str, int], ...]:
    """Read copies as they are typed: 当事人1、存档1; empty leaves them to the rules.

    Raises:
        InvalidInputError: a part names nobody or no number.
    """
    shares = []
    for part in re.split(r"[、，,；;]", text.strip()):
        if not part.strip():
            continue
        match = _SHARE.fullmatch(part)
        if match is None:
            raise InvalidInputError(
                f"看不懂份数“{part.strip()}”。", hint="请写作：当事人1、存档1。"
            )
        shares.append((match[1], int(match[2])))
    return tuple(shares)


def _problem(rule: PrintRule, known: Sequence[str]) -> str:
    if not rule.printer or rule.printer in known:
        return ""
    return f"这台电脑上没有打印机“{rule.printer}”"


def _check(key: str, choice: PrinterChoice) -> None:
    if key == DEFAULT and choice.copies:
        message = "份数不能对全部文书一起设置。"
        raise InvalidInputError(message, hint="请选定一种文书，再设置它的份数。")
    wrong = [name for name, count in choice.copies if not 1 <= count <= _MOST_COPIES]
    if wrong or len(dict(choice.copies)) < len(choice.copies):
        message = f"份数应在1至{_MOST_COPIES}之间，每个去向只写一次。"
        raise InvalidInputError(message, hint="请写作：当事人1、存档1。")
    if re.search(r"[\s,=]", choice.tray):
        message = f"纸盒名“{choice.tray}”中不能有空格、逗号和等号。"
        raise InvalidInputError(message, hint="请填写打印机报告的纸盒名，如 tray-1。")
