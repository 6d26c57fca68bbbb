"""The ledgers: numbers, printing, printing from a list, appraisal (评查), why cases fell."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from ui.desk import Desk
from ui.pages.appraisal_page import AppraisalPage
from ui.pages.batch_print_page import BatchPrintPage
from ui.pages.heat_page import HeatPage
from ui.pages.ledger_page import LedgerPage
from ui.pages.print_ledger_page import PrintLedgerPage
from ui.pages.ruling_page import RulingPage


class LedgersPage(QTabWidget):
    """A tab for each ledger; the keyboard goes to the table of the one that is shown."""

    case_opened = Signal(str)
    check_opened = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.numbers, self.printings = LedgerPage(desk), PrintLedgerPage(desk)
        self.batch = BatchPrintPage(desk)
        self.appraisals = AppraisalPage(desk)
        self.heat = HeatPage(desk)
        self.rulings = RulingPage(desk)
        self.setDocumentMode(True)
        self.tabBar().setAccessibleName("台账种类")
        self.addTab(self.numbers, "文号")
        self.addTab(self.printings, "打印")
        self.addTab(self.batch, "批量打印")
        self.addTab(self.appraisals, "评查")
        self.addTab(self.heat, "问题分布")
        self.addTab(self.rulings, "败诉原因")
        for page in (self.numbers, self.printings, self.appraisals, self.rulings):
            page.case_opened.connect(self.case_opened)
        self.heat.check_opened.connect(self.check_opened)
        self.currentChanged.connect(self._on_chosen)
        self.setFocusProxy(self.numbers)

    def _on_chosen(self, _place: int) -> None:
        shown = self.currentWidget()
        self.setFocusProxy(shown)
        shown.setFocus()
