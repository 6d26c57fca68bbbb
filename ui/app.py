"""The program's entry: a command goes to the command line, no command opens the window."""

import faulthandler
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from workstation import cli
from workstation.errors import WorkstationError

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from workstation.operations.workstation import Workstation

_LOG = logging.getLogger(__name__)
_SIZE = (1440, 900)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, or open the window when there is none; return the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    home, has_command = cli.parse_home(arguments)
    if has_command or arguments[:1] in (["--help"], ["-h"], ["--version"]):
        return cli.main(arguments)
    return open_window(home)


def open_window(home: Path) -> int:
    """Show the window of a home folder until it is closed."""
    # Qt's own input-method plugins are tried in turn: Chinese desktops differ in the one they use.
    os.environ.setdefault("QT_IM_MODULES", "wayland;fcitx;ibus")
    from PySide6.QtWidgets import QApplication, QMessageBox  # noqa: PLC0415 - no Qt for commands

    from ui.tasks import GuiGarbage  # noqa: PLC0415
    from workstation.bootstrap import open_workstation  # noqa: PLC0415
    from workstation.settings import open_home  # noqa: PLC0415

    faulthandler.enable()
    application = QApplication(sys.argv[:1])
    prepare_application(application)
    try:
        opened = open_home(home)
        _start_log(opened.root)
        workstation = open_workstation(opened)
    except WorkstationError as error:
        QMessageBox.critical(None, "打不开数据", f"{error.message}\n\n{error.hint}")
        return 1
    window = make_window(workstation)
    window.resize(*_SIZE)
    window.show()
    start_office(window, workstation)
    garbage = GuiGarbage(application)
    status = application.exec()
    garbage.stop()
    window.close_desk()
    workstation.close()
    return status


def prepare_application(application: object) -> None:
    """Give the application its language, fonts, colours and the hook for faults."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from ui.theme import Scheme, apply_theme  # noqa: PLC0415

    if not isinstance(application, QApplication):
        return
    chinese = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    QLocale.setDefault(chinese)
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(chinese, "qtbase", "_", folder):
        application.installTranslator(translator)
    application.setApplicationName("执法案卷工作站")
    apply_theme(application, Scheme.LIGHT)
    sys.excepthook = _report


def make_window(workstation: "Workstation") -> "MainWindow":
    """Return the window of an office, not yet shown."""
    from ui.changes import ChangeBus  # noqa: PLC0415
    from ui.desk import Desk  # noqa: PLC0415
    from ui.main_window import MainWindow  # noqa: PLC0415
    from ui.page_entries import ENTRIES  # noqa: PLC0415
    from ui.prompts import Prompter  # noqa: PLC0415
    from ui.tasks import TaskRunner  # noqa: PLC0415

    desk = Desk(workstation=workstation, tasks=TaskRunner(), bus=ChangeBus(), prompter=Prompter())
    return MainWindow(desk, ENTRIES)


def start_office(window: "MainWindow", workstation: "Workstation") -> None:
    """Make the demo office on a first start; open the case that was worked on last."""
    from workstation.operations.demo import open_demo_case  # noqa: PLC0415

    def prepare() -> str:
        if not workstation.office.exists():
            return open_demo_case(workstation)
        summaries = workstation.cases.summaries(limit=1)
        return summaries[0].id if summaries else ""

    window.run_start(prepare)


def _start_log(home: Path) -> None:
    logging.basicConfig(
        filename=home / "workstation.log",
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        encoding="utf-8",
    )


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    text = "".join(traceback.format_exception(kind, error, trace))
    _LOG.error("unexpected fault\n%s", text)
    sys.stderr.write(text)


if __name__ == "__main__":
    sys.exit(main())
