"""Work off the GUI thread: one writer, two readers, one for long jobs; results as queued signals.

Writes run one after another on the writer thread; reads run beside them, and so do long jobs,
so that a draft is saved while a volume is bound. A result for an owner
that is gone is dropped. ``WorkstationError`` goes to ``failed``; anything else is a bug and goes
to ``crashed`` with its traceback.
"""

import logging
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from workstation.errors import WorkstationError

_LOG = logging.getLogger(__name__)
_READERS = 2


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


class TaskRunner(QObject):
    """Runs core calls in the background and hands results back on the GUI thread."""

    started = Signal(object)
    progressed = Signal(object, int, int)
    finished = Signal(object)
    failed = Signal(object)
    crashed = Signal(str)
    _returned = Signal(object, object)
    _raised = Signal(object, object)
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
        self._running[task.number] = task
        self.started.emit(task)
        pool.submit(work).add_done_callback(lambda future: self._collect(task, future))
        return task

    def _collect(self, task: Task, future: "Future[Any]") -> None:
        """Runs on the worker thread: only hands the outcome over."""
        if future.cancelled() or not shiboken6.isValid(self):
            return
        error = future.exception()
        if error is None:
            self._returned.emit(task, future.result())
        else:
            self._raised.emit(task, error)

    def _on_returned(self, task: Task, result: object) -> None:
        self._end(task)
        if task.on_done is not None and self._is_wanted(task):
            task.on_done(result)

    def _on_raised(self, task: Task, error: BaseException) -> None:
        self._end(task)
        if isinstance(error, WorkstationError):
            if task.on_failed is not None and self._is_wanted(task):
                task.on_failed(error)
            else:
                self.failed.emit(error)
            return
        report = "".join(traceback.format_exception(error))
        _LOG.error("task failed: %s\n%s", task.title, report)
        self.crashed.emit(report)

    def _on_advanced(self, task: Task, part: int, whole: int) -> None:
        if task.number in self._running:
            self.progressed.emit(task, part, whole)

    def _end(self, task: Task) -> None:
        self._running.pop(task.number, None)
        self.finished.emit(task)

    @staticmethod
    def _is_wanted(task: Task) -> bool:
        return task.owner is None or shiboken6.isValid(task.owner)
