"""The line at the foot of the window: office, statutes, last saved draft, work under way."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ui.tasks import Task, TaskRunner
from ui.widgets.text_labels import button, label

_MESSAGE_MILLISECONDS = 8000


class StatusLine(QWidget):
    """Shows where the user is and what runs in the background; work can be cancelled here."""

    office_clicked = Signal()
    law_clicked = Signal()

    def __init__(self, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: Task | None = None
        self._tasks = tasks
        self._office = button("", flat=True)
        self._office.clicked.connect(self.office_clicked)
        self._law = button("法规库未建立", flat=True)
        self._law.clicked.connect(self.law_clicked)
        self._draft = label("", "muted")
        self._message = label("", "muted")
        self._task = label("", "muted")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(120)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("后台任务进度")
        self._cancel = button("取消", flat=True)
        self._cancel.setAccessibleName("取消后台任务")
        self._cancel.clicked.connect(self._on_cancel)
        self._clearing = QTimer(self)
        self._clearing.setSingleShot(True)
        self._clearing.timeout.connect(lambda: self._message.setText(""))
        self._build_layout()
        tasks.started.connect(self._on_tasks_changed)
        tasks.finished.connect(self._on_tasks_changed)
        tasks.progressed.connect(self._on_progressed)
        self._on_tasks_changed(None)

    def _build_layout(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 2)
        layout.setSpacing(12)
        for widget in (self._office, self._law, self._draft):
            layout.addWidget(widget)
        layout.addWidget(self._message, 1)
        layout.addWidget(self._task)
        layout.addWidget(self._bar)
        layout.addWidget(self._cancel)

    def show_office(self, agency: str, clerk: str) -> None:
        """Show whose desk this is."""
        self._office.setText(f"{agency} · 内勤 {clerk}" if clerk else agency)

    def show_law(self, text: str) -> None:
        """Show which statutes are at hand."""
        self._law.setText(text)

    def show_draft_saved(self, at: datetime) -> None:
        """Show when a draft was last saved."""
        self._draft.setText(f"草稿已存 {at:%H:%M}")

    def show_message(self, text: str) -> None:
        """Show one sentence for some seconds."""
        self._message.setText(text)
        self._clearing.start(_MESSAGE_MILLISECONDS)

    def _on_tasks_changed(self, _task: object) -> None:
        running = self._tasks.running
        self._shown = running[0] if running else None
        more = f" · 任务 {len(running)}" if len(running) > 1 else ""
        self._task.setText(f"{self._shown.title}{more}" if self._shown else "")
        if self._shown is not None:
            self._bar.setRange(0, 0)
        for widget in (self._task, self._bar, self._cancel):
            widget.setVisible(self._shown is not None)

    def _on_progressed(self, task: Task, part: int, whole: int) -> None:
        if task is self._shown:
            self._bar.setRange(0, max(whole, 1))
            self._bar.setValue(part)

    def _on_cancel(self) -> None:
        if self._shown is not None:
            self._shown.stop.set()
            self._task.setText(f"正在停止：{self._shown.title}")
            self._task.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
