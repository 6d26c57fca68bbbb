"""Printing one paper by itself: what was issued goes into the print ledger, a draft does not."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.printing import NO_ANSWER, PrintChoice, PrintedPages, Printer
from workstation.documents.forms import FormDefinition
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.printing import PrintOutcome, SinglePrint


class PaperPrinting(QObject):
    """Asks for a printer, sends the paper and notes it; ``told`` carries what to say and its role.

    Where there is a spooler (Linux) it takes the PDF as from the list of papers; on Windows the
    pages are painted on the printer, and noted once the system has accepted the job.
    """

    told = Signal(str, str)

    def __init__(self, desk: Desk, case_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id = case_id
        self.printer = Printer()

    def print(
        self, window: QWidget, pages: PrintedPages, form: FormDefinition, issued_key: str
    ) -> None:
        """Print ``pages``; ``issued_key`` names the issued paper they are, empty for a draft.

        The printer, tray and sides set for the form are what the dialog begins with.
        """
        try:
            rule = self._desk.workstation.printing.rules.of(form)
        except WorkstationError as error:
            self._on_failed(error)
            return
        choice = self.printer.choose(window, pages.title, rule)
        if choice is None:
            return
        if isinstance(choice, str):
            self.told.emit(choice, "warn")
            return
        painted = self.printer.paints or not issued_key
        if painted and not self.printer.paint(choice.device, pages):
            self.told.emit(NO_ANSWER, "error")
        elif issued_key:
            self._send(choice, issued_key)
        else:
            self.told.emit(
                f"草稿已送打印，共{len(pages.layout.pages)}页；不记入打印台账。", "muted"
            )

    def _send(self, choice: PrintChoice, key: str) -> None:
        printing, case_id = self._desk.workstation.printing, self._case_id
        wanted = SinglePrint(
            key=key, printer=choice.name, copies=choice.copies, duplex=choice.duplex
        )
        if self.printer.paints:
            self._desk.tasks.write(
                lambda: printing.record_painted(case_id, wanted),
                owner=self,
                done=lambda changes: self._on_noted(changes, wanted.copies),
                failed=self._on_failed,
            )
            return
        self._desk.tasks.write(
            lambda: printing.print_single(case_id, wanted),
            owner=self,
            done=self._on_sent,
            failed=self._on_failed,
            title="打印",
        )

    def _on_sent(self, outcome: PrintOutcome) -> None:
        if outcome.failed:
            self.told.emit(f"✕ {outcome.failed[0].problem}", "error")
            return
        self._on_noted(outcome.changes, sum(job.copies for job in outcome.jobs))

    def _on_noted(self, changes: Changes, copies: int) -> None:
        self._desk.bus.publish(changes)
        self.told.emit(f"已送打印机{copies}份，记入打印台账。", "ok")

    def _on_failed(self, error: WorkstationError) -> None:
        self.told.emit(f"✕ {error.message}{error.hint}", "error")
