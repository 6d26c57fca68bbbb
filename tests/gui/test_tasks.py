"""Work off the GUI thread: what it names is let go, and garbage collected, on the GUI thread."""

import gc
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from ui.tasks import GuiGarbage, Task, TaskRunner
from workstation.errors import WorkstationError


class Witness:
    """Notes on which thread it is let go."""

    def __init__(self, seen: list[str]) -> None:
        self._seen = seen

    def __del__(self) -> None:
        self._seen.append(threading.current_thread().name)

    def work(self) -> str:
        return "done"

    def fail(self) -> str:
        raise WorkstationError("没有办成", hint="再试一次")

    def break_down(self) -> str:
        raise ZeroDivisionError


class SlowToLetGo(TaskRunner):
    """Its workers still hold the outcome when the window has long dealt with it."""

    @override
    def _collect(self, task: Task, future: Future[Any]) -> None:
        super()._collect(task, future)
        time.sleep(0.01)


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[TaskRunner]:
    del qapp
    runner = SlowToLetGo()
    yield runner
    runner.close()


@pytest.mark.parametrize("act", [Witness.work, Witness.fail, Witness.break_down])
def test_what_work_names_is_let_go_on_the_gui_thread(
    qtbot: QtBot, tasks: TaskRunner, act: Callable[[Witness], str]
) -> None:
    seen: list[str] = []

    def ask() -> None:
        witness = Witness(seen)
        tasks.read(lambda: act(witness), failed=print)

    for _ in range(20):
        ask()
    qtbot.waitUntil(lambda: not tasks.is_busy)
    tasks.close()
    gc.collect()

    assert seen == ["MainThread"] * 20


def test_what_was_asked_for_and_not_begun_is_let_go_when_the_runner_closes(
    tasks: TaskRunner,
) -> None:
    seen: list[str] = []
    go_on = threading.Event()
    for _ in range(2):
        tasks.read(go_on.wait)
    witness = Witness(seen)
    tasks.read(lambda witness=witness: witness.work())  # type: ignore[misc]
    del witness
    threading.Timer(0.05, go_on.set).start()

    tasks.close()

    assert seen == ["MainThread"]


def test_the_result_for_an_owner_that_is_gone_is_dropped(qtbot: QtBot, tasks: TaskRunner) -> None:
    owner = QObject()
    got: list[object] = []
    go_on = threading.Event()
    tasks.read(go_on.wait, owner=owner, done=got.append)
    shiboken6.delete(owner)

    go_on.set()
    qtbot.waitUntil(lambda: not tasks.is_busy)

    assert got == []


def test_garbage_is_collected_by_the_gui_thread_alone(qtbot: QtBot) -> None:
    seen: list[str] = []
    garbage = GuiGarbage()
    try:
        assert not gc.isenabled()
        witness = Witness(seen)
        witness.itself = witness  # type: ignore[attr-defined]
        del witness
        kept = [[n] for n in range(gc.get_threshold()[0] + 1)]
        assert seen == []
        qtbot.waitUntil(lambda: seen == ["MainThread"], timeout=5000)
        assert kept
    finally:
        garbage.stop()
        gc.unfreeze()

    assert gc.isenabled()
