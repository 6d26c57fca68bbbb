"""A window on the real demo office, made once for a worker."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes import FakePrompter
from ui.app import prepare_application
from ui.changes import ChangeBus
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.page_entries import ENTRIES
from ui.pages.case_page import CasePage
from ui.tasks import TaskRunner
from ui.theme import Scheme, apply_theme
from workstation.bootstrap import Workstation, open_workstation
from workstation.data_files import resources_dir
from workstation.operations.demo import make_demo
from workstation.settings import open_home


@pytest.fixture(scope="session")
def office(
    tmp_path_factory: pytest.TempPathFactory, share_statutes: Callable[[Path], Path]
) -> Iterator[Workstation]:
    """The demo office with its bound case and the statutes read in."""
    home = share_statutes(tmp_path_factory.mktemp("window"))
    workstation = open_workstation(open_home(home))
    make_demo(workstation, home / "demo")
    workstation.law.build()
    yield workstation
    workstation.close()


@pytest.fixture(scope="session")
def demo_case(office: Workstation) -> str:
    """The id of the demo case."""
    return office.cases.summaries()[0].id


@pytest.fixture
def desk(qapp: QApplication, office: Workstation, tmp_path: Path) -> Iterator[Desk]:
    """The desk of the demo office, with scripted questions."""
    with desk_on(office, qapp, FakePrompter(tmp_path)) as made:
        yield made


@pytest.fixture
def bare_desk(
    qapp: QApplication, tmp_path: Path, share_statutes: Callable[[Path], Path]
) -> Iterator[Desk]:
    """The desk of an office of its own that has people and matters, and no case yet."""
    workstation = open_workstation(open_home(share_statutes(tmp_path / "office")))
    folder = resources_dir() / "demo"
    workstation.office.set_up(folder / "office.json", folder / "matters.json")
    with desk_on(workstation, qapp, FakePrompter(tmp_path)) as made:
        yield made
    workstation.close()


@contextmanager
def desk_on(
    workstation: Workstation, application: QApplication, prompter: FakePrompter
) -> Iterator[Desk]:
    """A desk of an office in the light theme, whose tasks end with it."""
    prepare_application(application)
    # Styling anew what is left of earlier windows takes longer than opening one.
    if application.property("scheme") != Scheme.LIGHT.value:
        apply_theme(application, Scheme.LIGHT)
    tasks = TaskRunner()
    # As in the program: no collection on a worker thread.
    gc.disable()
    yield Desk(workstation=workstation, tasks=tasks, bus=ChangeBus(), prompter=prompter)
    tasks.close()
    gc.enable()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, idle: "Idle") -> Iterator[MainWindow]:
    """The whole window."""
    made = MainWindow(desk, ENTRIES)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    idle.wait()
    yield made
    made.close()
    idle.wait()


@pytest.fixture
def workspace(qtbot: QtBot, desk: Desk, demo_case: str, idle: "Idle") -> CasePage:
    """The open workspace of the demo case."""
    return open_workspace(qtbot, desk, demo_case, idle)


def open_workspace(qtbot: QtBot, desk: Desk, case_id: str, idle: "Idle") -> CasePage:
    """Open the workspace of a case and wait until it shows the case."""
    made = CasePage(desk, case_id)
    qtbot.addWidget(made)
    made.resize(1500, 900)
    made.show()
    idle.wait()
    return made


@pytest.fixture
def idle(qtbot: QtBot, desk: Desk) -> "Idle":
    """Waits until nothing runs in the background."""
    return Idle(qtbot, desk)


class Idle:
    """Lets the background work come back."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self._qtbot = qtbot
        self._desk = desk

    def wait(self) -> None:
        """Wait until no task is under way and every result was delivered."""
        self._qtbot.waitUntil(lambda: not self._desk.tasks.is_busy, timeout=120_000)
