"""Printing: the display list painted on the printer the user chooses, as vectors."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from ui.preview.painter import paint_page
from workstation.documents.display_list import LaidOutDocument, Page
from workstation.operations.print_rules import PrintRule

_POINTS_PER_INCH = 72.0
_DPI = 600
# What a printer of Qt calls the trays that a rule names; any other tray is left to the printer.
_SOURCES = {
    "auto": QPrinter.PaperSource.Auto,
    "tray-1": QPrinter.PaperSource.Upper,
    "tray-2": QPrinter.PaperSource.Lower,
    "tray-3": QPrinter.PaperSource.Middle,
    "manual": QPrinter.PaperSource.Manual,
    "by-pass-tray": QPrinter.PaperSource.Manual,
}
NO_ANSWER = "打印机没有响应，没有打印。请检查打印机后重试。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPages:
    """What goes to the printer and under which name."""

    title: str
    layout: LaidOutDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintChoice:
    """What the user chose; ``duplex`` None leaves it to the rule of the form."""

    name: str
    copies: int
    duplex: bool | None
    device: QPrinter


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPreset:
    """What a dialog begins with by the rule of a form; None leaves it to the system's own."""

    name: str | None = None
    source: QPrinter.PaperSource | None = None
    duplex: QPrinter.DuplexMode = QPrinter.DuplexMode.DuplexAuto

    @classmethod
    def of(cls, rule: PrintRule | None, printers: Sequence[str]) -> "PrintPreset":
        """Return the preset of a rule; the tray of a printer that isn't there means nothing."""
        if rule is None:
            return cls()
        modes = QPrinter.DuplexMode
        duplex = modes.DuplexLongSide if rule.duplex else modes.DuplexNone
        if rule.printer and rule.printer not in printers:
            return cls(duplex=duplex)
        return cls(name=rule.printer or None, source=_SOURCES.get(rule.tray), duplex=duplex)

    def apply(self, printer: QPrinter) -> None:
        """Set up a printer by this preset."""
        if self.name is not None:
            printer.setPrinterName(self.name)
        if self.source is not None:
            printer.setPaperSource(self.source)
        printer.setDuplex(self.duplex)


class Printer:
    """Asks for a printer and paints on it; tests put another one in its place.

    ``paints`` says that papers are painted here: Windows has no spooler that takes a PDF.
    """

    paints = sys.platform == "win32"

    def print(self, parent: QWidget, pages: PrintedPages) -> str:
        """Print what is no paper of a case; return what to tell, empty when cancelled."""
        choice = self.choose(parent, pages.title)
        if not isinstance(choice, PrintChoice):
            return choice or ""
        if not self.paint(choice.device, pages):
            return NO_ANSWER
        return f"已送打印：{pages.title}，共{len(pages.layout.pages)}页。"

    def choose(
        self, parent: QWidget, title: str, rule: PrintRule | None = None
    ) -> PrintChoice | str | None:
        """Ask for printer and copies; None when cancelled, else what to tell the user.

        The dialog begins with the printer, tray and sides of ``rule``.
        """
        names = QPrinterInfo.availablePrinterNames()
        if not names:
            return "没有找到打印机。请先在系统中添加打印机，或用“导出”得到 PDF 后打印。"
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        PrintPreset.of(rule, names).apply(printer)
        dialog = QPrintDialog(printer, parent)
        # A part of a paper, or a file, is no printed copy: “导出” writes files.
        for option in (
            QPrintDialog.PrintDialogOption.PrintPageRange,
            QPrintDialog.PrintDialogOption.PrintToFile,
        ):
            dialog.setOption(option, False)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return None
        duplex = printer.duplex()
        auto = duplex == QPrinter.DuplexMode.DuplexAuto
        return PrintChoice(
            name=printer.printerName(),
            copies=printer.copyCount(),
            duplex=None if auto else duplex != QPrinter.DuplexMode.DuplexNone,
            device=printer,
        )

    def paint(self, printer: QPrinter, pages: PrintedPages) -> bool:
        """Paint every page at its true size on ``printer``; return whether it took the job."""
        printer.setResolution(_DPI)
        printer.setFullPage(True)
        _set_page(printer, pages.layout.pages[0])
        painter = QPainter()
        if not painter.begin(printer):
            return False
        for number, page in enumerate(pages.layout.pages):
            if number:
                _set_page(printer, page)
                printer.newPage()
            paint_page(painter, page, _DPI / _POINTS_PER_INCH)
        return painter.end()


def _set_page(printer: QPrinter, page: Page) -> None:
    landscape = page.width > page.height
    orientation = (
        QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    )
    size = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0)))
