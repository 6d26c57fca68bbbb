"""Work off the GUI thread: one writer, two readers, one for long jobs; results as queued signals.

Writes run one after another on the writer thread; reads run beside them, and so do long jobs,
so that a draft is saved while a volume is bound. A result for an owner
that is gone is dropped. ``WorkstationError`` goes to ``failed``; anything else is a bug and goes
to ``crashed`` with its traceback.

Qt objects must be destroyed on the thread they live on. Work, its outcome and its receivers name
pages and panels, so a task holds them and lets them go on the GUI thread; the worker's own
references end before it hands the outcome over. What is left in cycles is collected on the GUI
thread too: see :class:`GuiGarbage`.
"""

import gc
import logging
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from workstation.errors import WorkstationError

_LOG = logging.getLogger(__name__)
_READERS = 2
_COLLECTING_EVERY = 500


@dataclass(slots=True)
class Task:
    """A piece of work under way; ``stop`` asks it to end early."""

    number: int
    title: str
    owner: QObject | None
    on_done: Callable[[Any], None] | None
    on_failed: Callable[[WorkstationError], None] | None
    stop: Event = field(default_factory=Event)
    visible: bool = True
    work: Callable[[], Any] | None = None

    def run(self) -> Any:
        """Do the work; nothing where it was let go before it began."""
        return self.work() if self.work is not None else None

    def let_go(self) -> None:
        """Drop what the task names; on the GUI thread only."""
        self.owner = self.on_done = self.on_failed = self.work = None


class TaskRunner(QObject):
    """Runs core calls in the background and hands results back on the GUI thread."""

    started = Signal(object)
    progressed = Signal(object, int, int)
    finished = Signal(object)
    failed = Signal(object)
    crashed = Signal(str)
    _returned = Signal(object, object)
    _raised = Signal(object, object, str)
    _advanced = Signal(object, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="reader")
        self._jobs = ThreadPoolExecutor(1, thread_name_prefix="job")
        self._running: dict[int, Task] = {}
        self._latest: dict[tuple[int, str], int] = {}
        self._numbers = count(1)
        self._closed = False
        queued = Qt.ConnectionType.QueuedConnection
        self._returned.connect(self._on_returned, queued)
        self._raised.connect(self._on_raised, queued)
        self._advanced.connect(self._on_advanced, queued)

    @property
    def running(self) -> tuple[Task, ...]:
        """The tasks under way that are worth showing."""
        return tuple(task for task in self._running.values() if task.visible)

    @property
    def is_busy(self) -> bool:
        """Whether anything was asked for and not delivered yet."""
        return bool(self._running)

    def write(
        self,
        work: Callable[[], Any],
        *,
        owner: QObject | None = None,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[WorkstationError], None] | None = None,
        title: str = "",
    ) -> Task:
        """Run ``work`` on the writer thread, after the writes asked for before it."""
        return self._submit(self._writer, self._task(title, owner, done, failed), work)

    def read(
        self,
        work: Callable[[], Any],
        *,
        owner: QObject | None = None,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[WorkstationError], None] | None = None,
        latest: str = "",
    ) -> Task:
        """Run ``work`` on a reader thread.

        With ``latest`` only the newest result of that name for that owner is delivered, and work
        that a newer request has overtaken before it began is skipped.
        """
        task = self._task("", owner, done, failed)
        if not latest:
            return self._submit(self._readers, task, work)
        key = (id(owner), latest)
        self._latest[key] = task.number

        def wanted() -> bool:
            return self._latest.get(key) == task.number

        deliver = task.on_done
        task.on_done = lambda result: deliver(result) if deliver and wanted() else None
        return self._submit(self._readers, task, lambda: work() if wanted() else None)

    def long(
        self,
        work: Callable[[Callable[[int, int], None], Event], Any],
        *,
        title: str,
        owner: QObject | None = None,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[WorkstationError], None] | None = None,
    ) -> Task:
        """Run work that reports progress and can be stopped; it gets both as arguments."""
        task = self._task(title, owner, done, failed)

        def progress(part: int, whole: int) -> None:
            self._advanced.emit(task, part, whole)

        return self._submit(self._jobs, task, lambda: work(progress, task.stop))

    def close(self) -> None:
        """Ask everything to stop and wait for it; what is asked for afterwards is not done."""
        self._closed = True
        for task in self._running.values():
            task.stop.set()
        self._writer.shutdown(wait=True)
        for pool in (self._readers, self._jobs):
            pool.shutdown(wait=True, cancel_futures=True)
        for task in self._running.values():
            task.let_go()

    def _task(
        self,
        title: str,
        owner: QObject | None,
        done: Callable[[Any], None] | None,
        failed: Callable[[WorkstationError], None] | None,
    ) -> Task:
        return Task(next(self._numbers), title, owner, done, failed, visible=bool(title))

    def _submit(self, pool: ThreadPoolExecutor, task: Task, work: Callable[[], Any]) -> Task:
        if self._closed:
            return task
        task.work = work
        self._running[task.number] = task
        self.started.emit(task)
        pool.submit(task.run).add_done_callback(lambda future: self._collect(task, future))
        return task

    def _collect(self, task: Task, future: "Future[Any]") -> None:
        """Runs on the worker thread: only hands the outcome over."""
        if future.cancelled():
            return
        error = future.exception()
        report = "" if error is None else _report(error)
        if not shiboken6.isValid(self):
            return
        if error is None:
            self._returned.emit(task, future.result())
        else:
            self._raised.emit(task, error, report)

    def _on_returned(self, task: Task, result: object) -> None:
        done = task.on_done if self._is_wanted(task) else None
        self._end(task)
        if done is not None:
            done(result)

    def _on_raised(self, task: Task, error: BaseException, report: str) -> None:
        failed = task.on_failed if self._is_wanted(task) else None
        self._end(task)
        if isinstance(error, WorkstationError):
            if failed is not None:
                failed(error)
            else:
                self.failed.emit(error)
        else:
            _LOG.error("task failed: %s\n%s", task.title, report)
            self.crashed.emit(report)

    def _on_advanced(self, task: Task, part: int, whole: int) -> None:
        if task.number in self._running:
            self.progressed.emit(task, part, whole)

    def _end(self, task: Task) -> None:
        self._running.pop(task.number, None)
        self.finished.emit(task)
        task.let_go()

    @staticmethod
    def _is_wanted(task: Task) -> bool:
        return task.owner is None or shiboken6.isValid(task.owner)


def _report(error: BaseException) -> str:
    """Write down the traceback of ``error`` and cut it off.

    Its frames name what the work named, and the worker may hold the error longest; the task
    still holds the work at this moment, so nothing of the window ends here.
    """
    report = "".join(traceback.format_exception(error))
    cut: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        link = waiting.pop()
        if link is not None and id(link) not in cut:
            cut.add(id(link))
            link.__traceback__ = None
            waiting += [link.__cause__, link.__context__]
    return report


class GuiGarbage(QObject):
    """Collects cyclic garbage on the GUI thread, and there alone.

    Python collects on whichever thread happens to allocate; a page among the garbage would be
    destroyed on a worker thread and take the program with it. Collections keep Python's own
    thresholds; what lives from the start of the program on is not looked through again.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.collect()
        gc.freeze()
        gc.disable()
        self._timer = QTimer(self, interval=_COLLECTING_EVERY)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def stop(self) -> None:
        """Leave collecting to Python again."""
        self._timer.stop()
        gc.enable()

    def _collect(self) -> None:
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (new, most) in enumerate(counts) if new > most]
        if due:
            gc.collect(due[-1])
