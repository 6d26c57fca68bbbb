"""干预登记 of one case: sealed until a named reader signs in, sealed again when it is left."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.widgets.group_chips import GroupChips
from ui.widgets.intervention_forms import LookForm, ReaderForm, RecordForm
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of
from workstation.domain.interventions import SOURCE, Intervention
from workstation.domain.people import Office
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.interventions import Look, SealState

_OPEN_MILLISECONDS = 5 * 60 * 1000
_VIEWS = {"look": "查看", "record": "登记", "readers": "查看人", "log": "查看记录"}


class InterventionPanel(QWidget):
    """Shows how many entries there are; their content only to a named reader, each look logged."""

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id = case_id
        self._operations = desk.workstation.interventions
        self.seal = label("封存", "heading")
        self.readers = label("", "muted", wraps=True)
        self.views = GroupChips(_VIEWS, "干预登记的各部分")
        self.entries = QTextBrowser()
        self.close_again = button("重新封存")
        self.log = RecordTableModel(("时间", "何人", "做了什么", "事由"))
        self._stack = QStackedWidget()
        self._closing = QTimer(self, singleShot=True, interval=_OPEN_MILLISECONDS)
        self.look: LookForm | None = None
        self.record: RecordForm | None = None
        self.reader: ReaderForm | None = None
        self._build()
        self._closing.timeout.connect(self.seal_again)
        self.close_again.clicked.connect(self.seal_again)
        self.views.chosen.connect(self._on_view_chosen)
        desk.bus.changed.connect(self._on_changed)
        office = desk.workstation.office
        desk.tasks.read(office.office, owner=self, done=self._on_people_read, latest="people")
        self.reload()

    def _build(self) -> None:
        self.entries.setAccessibleName("干预登记的内容")
        self.entries.setOpenLinks(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 4)
        layout.addWidget(self.seal)
        layout.addWidget(self.readers)
        layout.addWidget(self.views)
        layout.addWidget(self._stack, 1)
        layout.addWidget(label(f"依据 {SOURCE}", "muted", wraps=True))
        self.setFocusProxy(self.views.chips["look"])

    def _on_people_read(self, office: Office) -> None:
        people = tuple(person.name for person in office.people)
        self.look, self.record, self.reader = (
            LookForm(people),
            RecordForm(people),
            ReaderForm(people),
        )
        self.record.clear()
        self.look.submitted.connect(self._on_look)
        self.record.submitted.connect(self._on_record)
        self.reader.named.connect(lambda: self._set_reader(withdrawn=False))
        self.reader.removed.connect(lambda: self._set_reader(withdrawn=True))
        opened = QWidget()
        opened_layout = QVBoxLayout(opened)
        opened_layout.setContentsMargins(0, 0, 0, 0)
        opened_layout.addWidget(self.entries, 1)
        opened_layout.addLayout(row_of(None, self.close_again))
        table = record_table(self.log, "登记与查看记录", (150, 90, 170))
        for widget in (_scrolled(self.look), _scrolled(self.record), _scrolled(self.reader)):
            self._stack.addWidget(widget)
        self._stack.addWidget(table)
        self._stack.addWidget(opened)

    def reload(self) -> None:
        """Read how many entries there are, who may read them and what was done with them."""
        operations, case_id = self._operations, self._case_id
        self._desk.tasks.read(
            lambda: (operations.state(case_id), operations.looks(case_id)),
            owner=self,
            done=self._on_read,
            latest="state",
        )

    def _on_read(self, found: tuple[SealState, tuple[Look, ...]] | None) -> None:
        if found is None:
            return
        state, looks = found
        self.seal.setText(f"封存 {state.entries} 条")
        named = "、".join(state.readers)
        self.readers.setText(
            f"指定查看人：{named}。查看须本人口令并写明事由，每次都记入日志。"
            if named
            else "还没有指定查看人。由行政机关负责人在“查看人”中指定。"
        )
        self.log.show([(f"{k.at:%Y-%m-%d %H:%M}", k.person, k.what, k.why) for k in looks])

    def seal_again(self) -> None:
        """Put the entries out of sight and forget them."""
        self._closing.stop()
        self.entries.clear()
        self.views.choose("look")
        self._stack.setCurrentIndex(0)

    def _on_view_chosen(self, key: str) -> None:
        self.entries.clear()
        self._stack.setCurrentIndex(list(_VIEWS).index(key))

    def _on_look(self) -> None:
        form, operations, case_id = self.look, self._operations, self._case_id
        if form is None:
            return
        given, why = form.credential(), form.rows.text("why")
        form.say("")
        self._desk.tasks.write(
            lambda: operations.read(case_id, given, why),
            owner=self,
            done=self._on_opened,
            failed=self._on_look_refused,
        )

    def _on_opened(self, entries: tuple[Intervention, ...]) -> None:
        self.entries.setPlainText("\n\n".join(map(_words, entries)) or "还没有登记。")
        self._stack.setCurrentIndex(len(_VIEWS))
        self.entries.setFocus()
        self._closing.start()
        self.reload()

    def _on_look_refused(self, error: WorkstationError) -> None:
        if self.look is not None:
            self.look.say(f"✕ {error.message}{error.hint}")
        self.reload()

    def _on_record(self) -> None:
        form, operations, case_id = self.record, self._operations, self._case_id
        new = form.intervention() if form else None
        if form is None or new is None:
            return
        given = form.credential()
        self._desk.tasks.write(
            lambda: operations.add(case_id, new, given),
            owner=self,
            done=self._on_recorded,
            failed=lambda error: form.say(f"✕ {error.message}{error.hint}"),
        )

    def _on_recorded(self, changes: Changes) -> None:
        if self.record is not None:
            self.record.clear()
            self.record.say("已登记并封存，不能再改；需要更正的，另行登记一条说明。", "ok")
        self._desk.bus.publish(changes)

    def _set_reader(self, *, withdrawn: bool) -> None:
        form, operations, case_id = self.reader, self._operations, self._case_id
        if form is None:
            return
        name, reason = form.rows.text("reader"), form.rows.text("reason")
        given = form.credential()
        self._desk.tasks.write(
            lambda: operations.set_reader(case_id, name, given, reason, withdrawn=withdrawn),
            owner=self,
            done=self._on_reader_set,
            failed=lambda error: form.say(f"✕ {error.message}{error.hint}"),
        )

    def _on_reader_set(self, changes: Changes) -> None:
        if self.reader is not None:
            self.reader.say("查看人已登记。", "ok")
        self._desk.bus.publish(changes)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("intervention", self._case_id):
            self.reload()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.seal_again()
        super().hideEvent(event)


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(widget)
    return area


def _words(entry: Intervention) -> str:
    kept = f"\n留存材料：{entry.materials}" if entry.materials else ""
    return (
        f"{entry.at:%Y-%m-%d %H:%M}　{entry.manner}\n"
        f"干预人：{entry.person}（{entry.post}）\n"
        f"内容：{entry.content}{kept}\n"
        f"登记：{entry.recorded_by}，{entry.recorded_at:%Y-%m-%d %H:%M}"
    )
