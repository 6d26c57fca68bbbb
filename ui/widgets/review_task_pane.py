"""What a review sent back to the officer: each task, where, by when, and the answer to it."""

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.widgets.case_reading_pane import CaseReadingPane
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.recording import Recorded
from workstation.operations.review_views import ReviewView
from workstation.procedure.review_rounds import ReviewTask
from workstation.review.records import Passage

_HEADINGS = ("编号", "办什么", "位置", "办结日", "答复")
_WIDTHS = (48, 200, 96, 100)
_EMPTY = "没有审核退回的任务。法制审核退回的，逐项列在这里，并进入期限台账。"


class ReviewTaskPane(CaseReadingPane):
    """Reads when it is looked at; Enter goes to the place, an answer is kept with its note."""

    place_wanted = Signal(object)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, case_id, parent)
        self._tasks: tuple[ReviewTask, ...] = ()
        self.headline = label("", "heading", wraps=True)
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "审核任务", _WIDTHS)
        self.detail = label("", "", wraps=True)
        self.person = QComboBox()
        self.person.setAccessibleName("答复人")
        self.note = QLineEdit()
        self.note.setAccessibleName("办理情况")
        self.note.setPlaceholderText("办理情况；不采纳的写明理由")
        self.answer = button("答复", primary=True)
        self.state = label("", "error", wraps=True)
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 8)
        layout.addWidget(self.headline)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        bar = row_of(self.person, self.note, self.answer)
        bar.setStretch(1, 1)
        layout.addLayout(bar)
        layout.addWidget(self.state)
        self.state.hide()
        self.setFocusProxy(self.table)
        self.table.activated.connect(self.go_to_place)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.note.returnPressed.connect(self.record_answer)
        self.answer.clicked.connect(self.record_answer)
        self._step_with_keys()

    @override
    def _ask(self) -> None:
        view = self._view
        if view is None:
            return
        rounds, case_id, day = self._desk.workstation.review_rounds, self._case_id, view.as_of
        self._desk.tasks.read(
            lambda: rounds.show(case_id, day), owner=self, done=self._show, latest="tasks"
        )

    def _show(self, shown: ReviewView | None) -> None:
        if shown is None or self._view is None:
            return
        self._tasks = tuple(task for found in shown.rounds for task in found.round.tasks)
        waiting = len(shown.open_tasks)
        self.headline.setText(
            f"还有{waiting}项没有答复，答复完才能再次送审。"
            if waiting
            else ("各项都已答复，可以再次送审。" if self._tasks else _EMPTY)
        )
        set_role(self.headline, "warn" if waiting else "heading")
        self.model.show([_row(task) for task in self._tasks])
        self.person.clear()
        self.person.addItems(list(self._view.file.case.officers))
        for widget in (self.person, self.note, self.answer):
            widget.setEnabled(bool(waiting))
        first = next((n for n, task in enumerate(self._tasks) if task.is_open), 0)
        if self._tasks:
            self.table.selectRow(first)
        else:
            self.detail.clear()

    def _show_chosen(self) -> None:
        task = self.chosen()
        self.detail.setText("\n".join(self._told(task)) if task is not None else "")

    def _told(self, task: ReviewTask) -> Iterator[str]:
        """Yield everything a task says, which its row cuts short."""
        yield f"{task.id}　{task.what}"
        place = "　".join(part for part in (_place(task), self._field_label(task)) if part)
        named = (("位置", place), ("依据", task.article))
        yield from (f"{name}：{said}" for name, said in named if said)
        if task.answer:
            answer = task.answer
            yield f"答复：{answer.note}（{answer.person} {answer.day.isoformat()}）"

    def _field_label(self, task: ReviewTask) -> str:
        """Return what the form calls the field of a task, else what the reviewer wrote."""
        forms = self._desk.workstation.forms.catalogue()
        form = next((f for f in forms if f.id == task.document.partition("-")[0]), None)
        field = form.field(task.field) if form is not None else None
        return field.label if field is not None else task.field

    def chosen(self) -> ReviewTask | None:
        """Return the task that is chosen."""
        row = self.table.currentIndex().row()
        return self._tasks[row] if 0 <= row < len(self._tasks) else None

    @override
    def step_by(self, by: int) -> None:
        row = self.table.currentIndex().row() + by
        if 0 <= row < len(self._tasks):
            self.table.selectRow(row)

    def go_to_place(self) -> None:
        """Go to the paper the chosen task is about."""
        task = self.chosen()
        if task is None or not task.document or self._view is None:
            return
        papers = self._view.file.documents
        paper = next((d for d in papers if d.key == task.document), None)
        if paper is not None:
            place = Passage(
                title=f"《{paper.title}》",
                text=task.what,
                document=paper.key,
                field=task.field,
                page=task.page,
                step=paper.step,
            )
            self.place_wanted.emit(place)

    def record_answer(self) -> None:
        """Keep the answer to the chosen task."""
        task = self.chosen()
        if task is None:
            return
        rounds, case_id = self._desk.workstation.review_rounds, self._case_id
        note, person = self.note.text(), self.person.currentText()
        at = datetime.now().replace(second=0, microsecond=0)
        self._desk.tasks.write(
            lambda: rounds.answer(case_id, task.id, note, person, at),
            owner=self,
            done=self._on_answered,
            failed=self._on_failed,
            title="答复审核任务",
        )

    def _on_answered(self, recorded: Recorded) -> None:
        self.note.clear()
        self.state.hide()
        self._desk.bus.publish(recorded.changes)

    def _on_failed(self, error: WorkstationError) -> None:
        self.state.setText(f"✕ {error.message}{error.hint}")
        self.state.show()


def _row(task: ReviewTask) -> tuple[str, ...]:
    due = task.due.isoformat() if task.due else ""
    return task.id, task.what, _place(task), due, "✓ 已答复" if task.answer else "待答复"


def _place(task: ReviewTask) -> str:
    return f"{task.document} 第{task.page}页" if task.page else task.document
