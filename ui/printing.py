"""Printing: the display list painted on the printer the user chooses, as vectors."""

from dataclasses import dataclass

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from ui.preview.painter import paint_page
from workstation.documents.display_list import LaidOutDocument, Page

_POINTS_PER_INCH = 72.0
_DPI = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPages:
    """What goes to the printer and under which name."""

    title: str
    layout: LaidOutDocument


class Printer:
    """Asks for a printer and paints on it; tests put another one in its place."""

    def print(self, parent: QWidget, pages: PrintedPages) -> str:
        """Print; return what to tell the user, empty when the user cancelled."""
        if not QPrinterInfo.availablePrinterNames():
            return "没有找到打印机。请先在系统中添加打印机，或用“导出”得到 PDF 后打印。"
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(pages.title)
        if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
            return ""
        return self.paint(printer, pages)

    def paint(self, printer: QPrinter, pages: PrintedPages) -> str:
        """Paint every page at its true size on ``printer``; return what to tell the user."""
        printer.setResolution(_DPI)
        printer.setFullPage(True)
        _set_page(printer, pages.layout.pages[0])
        painter = QPainter()
        if not painter.begin(printer):
            return "打印机没有响应，没有打印。请检查打印机后重试。"
        for number, page in enumerate(pages.layout.pages):
            if number:
                _set_page(printer, page)
                printer.newPage()
            paint_page(painter, page, _DPI / _POINTS_PER_INCH)
        painter.end()
        return f"已送打印：{pages.title}，共{len(pages.layout.pages)}页。"


def _set_page(printer: QPrinter, page: Page) -> None:
    landscape = page.width > page.height
    orientation = (
        QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    )
    size = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0)))
