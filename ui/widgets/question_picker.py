"""Below an 询问笔录: questions to take over, and who is in another record at the same time."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QListWidgetItem, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.widgets.choice_panel import ChoicePanel
from ui.widgets.record_form import RecordForm
from ui.widgets.text_labels import button, label, row_of
from workstation.operations.interviews import FORM, Clash, Question, QuestionSet, told_of

_DELAY = 400
_NARROW = 300
_DIALOGUE = "dialogue"
_BUILT_IN = "出示证件、告知权利、申请回避已自动写在最前"


class QuestionPicker(ChoicePanel):
    """Space ticks a question, Ctrl+Enter takes the ticked ones over as rows 问/答."""

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__("选用问题", "Alt+Q", "可选用的问题", parent)
        self._desk = desk
        self._case_id = case_id
        self._form: RecordForm | None = None
        self.sets = QComboBox()
        self.sets.setAccessibleName("问题组")
        self.insert = button("加入笔录")
        self.insert.setToolTip("Ctrl+Enter")
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._build()

    def _build(self) -> None:
        self.inside.addWidget(self.sets)
        self.inside.addWidget(self.list)
        self.inside.addLayout(row_of(label(_BUILT_IN, "muted"), None, self.insert))
        self.sets.currentIndexChanged.connect(self._fill)
        self.insert.clicked.connect(self.take)
        self._timer.timeout.connect(self._ask_clashes)
        QShortcut(QKeySequence("Alt+Q"), self).activated.connect(self.open.toggle)
        self.show_form(None)

    def show_form(self, form: RecordForm | None) -> None:
        """Serve the form of an 询问笔录; hide for any other paper."""
        self._form = form if form is not None and form.definition.id == FORM else None
        self.offer(offered=self._form is not None)
        self.message.hide()
        self.fold()
        if self._form is not None:
            self._form.values_changed.connect(self._on_values)
            self._ask_clashes()

    def _on_values(self, _values: object) -> None:
        self._timer.start()
        self._grey_asked()

    def _ask_clashes(self) -> None:
        if self._form is None:
            return
        interviews, values = self._desk.workstation.interviews, self._form.values()
        self._desk.tasks.read(
            lambda: interviews.clashes_of_paper(self._case_id, values),
            owner=self,
            done=self._show_clashes,
            latest="clashes",
        )

    def _show_clashes(self, clashes: tuple[Clash, ...] | None) -> None:
        found = clashes or ()
        others = dict.fromkeys(clash.other for clash in found)
        lines = [
            told_of(other, [clash.name for clash in found if clash.other == other])
            for other in others
        ]
        self.message.setText("\n".join(lines))
        height = self.message.heightForWidth(max(self.width(), _NARROW)) if lines else 0
        self.message.setMinimumHeight(max(height, 0))
        self.message.setVisible(bool(lines) and self._form is not None)

    @override
    def unfold(self) -> None:
        interviews = self._desk.workstation.interviews
        self._desk.tasks.read(
            lambda: interviews.questions_for(self._case_id),
            owner=self,
            done=self._show_sets,
            latest="questions",
        )

    def _show_sets(self, sets: tuple[QuestionSet, ...] | None) -> None:
        self.sets.blockSignals(True)
        self.sets.clear()
        for each in sets or ():
            self.sets.addItem(f"{each.name}（{len(each.questions)} 问）", each.questions)
        self.sets.blockSignals(False)
        self._fill()
        self.list.setFocus()

    def _fill(self) -> None:
        self.list.clear()
        questions: tuple[Question, ...] = self.sets.currentData() or ()
        for question in questions:
            basis = f" · {question.basis}" if question.basis else ""
            item = QListWidgetItem(f"{question.ask}\n　查明：{question.element}{basis}")
            item.setData(Qt.ItemDataRole.UserRole, question.ask)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._grey_asked()

    def _rows(self) -> list[Any]:
        value = self._form.values().get(_DIALOGUE) if self._form is not None else None
        return value if isinstance(value, list) else []

    def _grey_asked(self) -> None:
        asked = {str(row.get("question", "")).strip() for row in self._rows()}
        for place in range(self.list.count()):
            item = self.list.item(place)
            done = item.data(Qt.ItemDataRole.UserRole) in asked
            flags = Qt.ItemFlag.ItemIsSelectable
            if not done:
                flags |= Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable
            else:
                item.setCheckState(Qt.CheckState.Unchecked)
            item.setFlags(flags)
            item.setToolTip("笔录中已问过" if done else "")

    @override
    def take(self) -> None:
        """Add the ticked questions, or else the current one, to the record."""
        if self._form is None:
            return
        items = [self.list.item(place) for place in range(self.list.count())]
        chosen = [i for i in items if i.checkState() == Qt.CheckState.Checked]
        if not chosen:
            current = [i for i in items if self.list.row(i) == self.list.currentRow()]
            chosen = [i for i in current if i.flags() & Qt.ItemFlag.ItemIsEnabled]
        asks = [str(item.data(Qt.ItemDataRole.UserRole)) for item in chosen]
        if asks:
            rows = [{"question": ask, "answer": ""} for ask in asks]
            self._form.set_edited(_DIALOGUE, [*self._rows(), *rows])
