"""The entry of the program, printing, clocks, and what the frame offers."""

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui import app
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.page_entries import ENTRIES
from ui.printing import PrintedPages, Printer
from ui.widgets.error_banner import ErrorBanner
from workstation.documents.rasterise import count_pages
from workstation.errors import WorkstationError

pytestmark = pytest.mark.xdist_group("gui")


def test_a_command_goes_to_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = app.main(["--home", str(tmp_path), "--json", "case", "list"])

    assert status == 0
    assert '"cases": []' in capsys.readouterr().out


def test_the_window_of_an_empty_home_gets_the_demo_office(
    qtbot: QtBot, desk: Desk, idle: Idle, demo_case: str
) -> None:
    window = MainWindow(desk, ENTRIES)
    qtbot.addWidget(window)

    app.start_office(window, desk.workstation)
    idle.wait()

    case = window.cases_page.current_case()
    assert case is not None
    assert case.case_id == demo_case
    window.close()
    idle.wait()


def test_the_commands_of_the_frame_open_its_pages(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    window = MainWindow(desk, ENTRIES)
    qtbot.addWidget(window)
    window.show()

    for command in window.commands():
        command.run()
    window.search_law("听证")
    window.toggle_theme()
    window.open_page("law")
    idle.wait()

    assert window.cases_page.tabs.count() == 2
    window.close()
    idle.wait()


def test_paper_gets_as_many_pages_as_the_screen(
    desk: Desk, demo_case: str, tmp_path: Path
) -> None:
    layout = desk.workstation.forms.page_of(demo_case, "D23")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))

    accepted = Printer().paint(printer, PrintedPages(title="证据目录", layout=layout))

    assert accepted
    assert count_pages(tmp_path / "paper.pdf") == len(layout.pages)


def test_an_error_is_shown_with_what_to_do(qtbot: QtBot) -> None:
    banner = ErrorBanner()
    qtbot.addWidget(banner)

    banner.show_error(WorkstationError("出了问题。", hint="请这样做。"))

    assert not banner.isHidden()
    banner.show_report("Traceback …")
    banner.dismiss()
    assert banner.isHidden()
