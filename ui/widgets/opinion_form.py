"""Ending a round of review: taking it, the opinion, its reason, the tasks that go back."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from ui.models.record_table_model import RecordTableModel
from ui.models.typed_dates import parse_day
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.operations.review_rounds import NewOpinion, NewTask

_HEADINGS = ("办什么", "文书", "栏目", "页", "依据", "办结日")
_WIDTHS = (180, 56, 70, 36, 110)


class OpinionForm(QWidget):
    """``taken`` and ``issued`` ask the pane to write; tasks wait here until then."""

    taken = Signal(str)
    issued = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tasks: list[NewTask] = []
        self.person = QComboBox()
        self.person.setAccessibleName("审核人员")
        self.person.setPlaceholderText("没有可以审核本案的人员")
        self.take = button("收件")
        self.opinion = QComboBox()
        self.opinion.setAccessibleName("审核意见")
        self.reason = _line("意见理由，不得只写“同意”", "意见理由")
        self.what = _line("退回的任务：办什么", "办什么")
        self.document = _line("文书", "文书")
        self.field = _line("栏目", "栏目")
        self.page = QSpinBox()
        self.page.setRange(0, 999)
        self.page.setSpecialValueText("页")
        self.page.setAccessibleName("页")
        self.article = _line("依据的条文", "依据")
        self.due = _line("办结日", "办结日")
        self.add = button("列入任务")
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "退回的任务", _WIDTHS)
        self.remove = button("去掉", flat=True)
        self.said = label("", "muted", wraps=True)
        self.issue = button("签发意见书", primary=True)
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(row_of(label("审核人员"), self.person, self.take, None))
        head = row_of(label("审核意见"), self.opinion, self.reason)
        head.setStretch(2, 1)
        layout.addLayout(head)
        layout.addWidget(label("退回、纠正、移送、不同意的，列明任务；通过的不必列。", "muted"))
        layout.addWidget(self.what)
        place = row_of(self.document, self.field, self.page, self.article, self.due, self.add)
        for stretch, column in ((2, 0), (2, 1), (4, 3), (3, 4)):
            place.setStretch(column, stretch)
        layout.addLayout(place)
        layout.addWidget(self.table, 1)
        layout.addLayout(row_of(self.remove, None))
        bar = row_of(self.said, self.issue)
        bar.setStretch(0, 1)
        layout.addLayout(bar)
        self.setFocusProxy(self.opinion)
        self.take.clicked.connect(lambda: self.taken.emit(self.person.currentText()))
        self.add.clicked.connect(self.add_task)
        self.what.returnPressed.connect(self.add_task)
        self.remove.clicked.connect(self.remove_task)
        self.issue.clicked.connect(self.issue_opinion)

    def show_people(self, people: Sequence[str], opinions: Sequence[str], reviewer: str) -> None:
        """Show who may review and which opinions there are; who took the round is chosen."""
        chosen = reviewer or self.person.currentText()
        self.person.clear()
        self.person.addItems(list(people))
        self.person.setCurrentIndex(max(self.person.findText(chosen), 0))
        if self.opinion.count() != len(opinions):
            self.opinion.clear()
            self.opinion.addItems(list(opinions))

    def show_open(self, *, open_: bool, taken: bool) -> None:
        """Let only an open round be taken and concluded."""
        self.take.setEnabled(open_)
        self.take.setText("改由此人收件" if taken else "收件")
        self.issue.setEnabled(open_)

    def add_task(self) -> None:
        """Add what is typed to the tasks."""
        due = parse_day(self.due.text().strip(), date.today()) if self.due.text().strip() else None
        if self.due.text().strip() and due is None:
            self.say("✕ 看不懂办结日，请写作 2026-09-12", "error")
            return
        if not self.what.text().strip():
            self.say("✕ 请写明办什么。", "error")
            return
        self.tasks.append(
            NewTask(
                what=self.what.text().strip(),
                document=self.document.text().strip().upper(),
                field=self.field.text().strip(),
                page=self.page.value(),
                article=self.article.text().strip(),
                due=due,
            )
        )
        self.what.clear()
        self.what.setFocus()
        self.say("")
        self._show_tasks()

    def remove_task(self) -> None:
        """Drop the chosen task."""
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.tasks):
            del self.tasks[row]
            self._show_tasks()

    def clear(self) -> None:
        """Forget what was issued."""
        self.tasks.clear()
        self.reason.clear()
        self._show_tasks()

    def issue_opinion(self) -> None:
        """Ask for the opinion to be issued as it is now."""
        self.issued.emit(
            NewOpinion(
                opinion=self.opinion.currentText(),
                reason=self.reason.text().strip(),
                reviewer=self.person.currentText(),
                at=datetime.now().replace(second=0, microsecond=0),
                tasks=tuple(self.tasks),
            )
        )

    def say(self, text: str, role: str = "muted") -> None:
        """Say what happened or what is wrong."""
        set_role(self.said, role)
        self.said.setText(text)

    def _show_tasks(self) -> None:
        self.model.show([_row(task) for task in self.tasks])


def _row(task: NewTask) -> tuple[str, ...]:
    due = task.due.isoformat() if task.due else ""
    page = str(task.page) if task.page else ""
    return task.what, task.document, task.field, page, task.article, due


def _line(hint: str, name: str) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(hint)
    line.setAccessibleName(name)
    return line
