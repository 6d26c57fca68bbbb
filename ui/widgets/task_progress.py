"""How far one piece of background work is, and the button that stops it."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ui.tasks import Task, TaskRunner
from ui.widgets.text_labels import button


class TaskProgress(QWidget):
    """Seen only while the task it follows is under way."""

    def __init__(self, tasks: TaskRunner, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(width)
        cancel = button("取消", flat=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._bar)
        layout.addWidget(cancel)
        cancel.clicked.connect(self._on_cancel)
        tasks.progressed.connect(self._on_progressed)
        tasks.finished.connect(self._on_finished)
        self.hide()

    def follow(self, task: Task) -> None:
        """Show a task that was just begun."""
        self._task = task
        self._bar.setRange(0, 0)
        self.show()

    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.stop.set()

    def _on_progressed(self, task: Task, part: int, whole: int) -> None:
        if task is self._task and whole:
            self._bar.setRange(0, whole)
            self._bar.setValue(part)

    def _on_finished(self, task: Task) -> None:
        if task is self._task:
            self._task = None
            self.hide()
