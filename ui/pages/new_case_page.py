"""A new case: lead, act, party; what is wrong is said under the field while typing."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.desk import Desk
from ui.widgets.input_rows import InputRows
from ui.widgets.party_rows import PartyRows
from ui.widgets.text_labels import button, card, label, row_of
from workstation.domain.leads import LeadSource
from workstation.domain.matters import Matter
from workstation.domain.people import Office, Role
from workstation.errors import WorkstationError
from workstation.operations.cases import Created, NewCase
from workstation.procedure.procedures import Procedure

_ONGOING = "持续中"
_MOMENTS = ("found_at", "received_at", "act_start", "act_end")
_OPEN = frozenset({"act_start", "act_end"})
_PROCEDURES = {
    "普通程序（登记后初查、立案）": Procedure.ORDINARY.value,
    "简易程序（当场处罚：警告，公民200元、单位3000元以下罚款）": Procedure.SUMMARY.value,
}
_NEEDED = {
    "content": "请写明案源的内容：何时、何地、何人、何事。",
    "matter": "请选择涉嫌违反的权力事项。",
}


class NewCasePage(QWidget):
    """Opens a case; nothing is written until 登记案源并建案 is pressed."""

    case_created = Signal(str)
    cancelled = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._matters: dict[str, Matter] = {}
        self._officers: list[QCheckBox] = []
        self.lead = InputRows()
        self.party = PartyRows()
        self._summary = label("", "error", wraps=True)
        self._build_lead()
        self._build_layout()
        self._connect()
        self._read_office()

    def _build_lead(self) -> None:
        rows = self.lead
        sources = {source.value: source.value for source in LeadSource}
        rows.add_choice("source", "案源类型", sources, required=True)
        rows.add_choice("procedure", "适用程序", dict(_PROCEDURES), required=True)
        now = f"{datetime.now():%Y-%m-%d %H:%M}"
        hint = "如 20260819 8:35、8-19 8:35、今天 8:35"
        rows.add_line("found_at", "发现时间", required=True, hint=hint).setText(now)
        rows.add_line("received_at", "收到时间", required=True, hint=hint).setText(now)
        rows.add_choice("matter", "权力事项", {}, required=True)
        rows.add_text("content", "案源内容", required=True)
        rows.add_line("reporter", "线索提供人")
        rows.add_day("answer_due", "答复时限")
        rows.add_line("act_start", "违法行为时间", hint=hint)
        rows.add_line("act_end", "行为终了", hint="时间，或者写“持续中”")
        rows.add_line("place", "违法地点")
        rows.add_text("summary", "案情摘要")
        self._officer_row = QWidget()
        QHBoxLayout(self._officer_row).setContentsMargins(0, 4, 0, 0)
        rows.add_widget("承办人（不少于2人）", self._officer_row)

    def _build_layout(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(16)
        for title, rows in (("案源与违法行为", self.lead), ("当事人", self.party)):
            frame = card()
            box = QVBoxLayout(frame)
            box.setContentsMargins(16, 12, 16, 16)
            box.addWidget(label(title, "heading"))
            box.addWidget(rows)
            box.addStretch(1)
            columns.addWidget(frame, 1)
        self._create = button("登记案源并建案", primary=True)
        self._create.setToolTip("Ctrl+Enter")
        cancel = button("放弃")
        cancel.clicked.connect(self.cancelled)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(label("新建案件", "title"))
        layout.addLayout(columns)
        layout.addLayout(row_of(self._summary, None, cancel, self._create))
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.setFocusProxy(self.lead.input("source"))

    def _connect(self) -> None:
        self.lead.changed.connect(self._on_lead_changed)
        self._create.clicked.connect(self.open_new_case)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.open_new_case)

    def _read_office(self) -> None:
        office = self._desk.workstation.office
        self._desk.tasks.read(
            lambda: (office.office(), office.matters()), owner=self, done=self._on_office_read
        )

    def _on_office_read(self, read: tuple[Office, tuple[Matter, ...]]) -> None:
        office, matters = read
        box = self._officer_row.layout()
        if box is not None:
            for person in office.with_role(Role.OFFICER):
                chosen = QCheckBox(person.name)
                chosen.setChecked(len(self._officers) < 2)
                chosen.setToolTip(f"执法证号 {person.certificate}")
                self._officers.append(chosen)
                box.addWidget(chosen)
        self._matters = {m.code: m for m in matters if m.holds_on(date.today())}
        choice = self.lead.input("matter")
        if isinstance(choice, QComboBox):
            for matter in self._matters.values():
                choice.addItem(f"{matter.name}（{matter.version}）", matter.code)

    def _on_lead_changed(self, name: str) -> None:
        if name in _MOMENTS:
            self.lead.check(name, self._moment_fault(name))
        elif name in _NEEDED:
            self.lead.show_error(name, "")

    def _moment_fault(self, name: str) -> Callable[[str], str]:
        def fault(text: str) -> str:
            if not text:
                return "" if name in _OPEN else "请填写时间。"
            if name == "act_end" and text == _ONGOING:
                return ""
            return "" if self.lead.moment(name) else "看不懂这个时间，请写作 2026-08-19 8:35。"

        return fault

    def faults(self) -> int:
        """Check every field, show what is wrong, and return how many are."""
        fine = [self.lead.check(name, self._moment_fault(name)) for name in _MOMENTS]
        fine += [self.lead.check(name, _lacking(said)) for name, said in _NEEDED.items()]
        return fine.count(False) + self.party.faults()

    def open_new_case(self) -> None:
        """Open the case, or say what is missing."""
        wrong = self.faults()
        self._summary.setText(f"有{wrong}处需要改正，见各栏下方。" if wrong else "")
        if wrong:
            return
        new = self._new_case()
        cases = self._desk.workstation.cases
        self._create.setEnabled(False)
        self._desk.tasks.write(
            lambda: cases.create(new),
            owner=self,
            done=self._on_created,
            failed=self._on_refused,
            title="登记案源",
        )

    def _new_case(self) -> NewCase:
        lead = self.lead
        now = datetime.now()
        started = lead.moment("act_start")
        facts = {"place": lead.text("place")} if lead.text("place") else {}
        if started is not None:
            facts["act_start"] = started.isoformat(timespec="minutes")
        ended = lead.moment("act_end")
        if ended is not None or lead.text("act_end") == _ONGOING:
            facts["act_end"] = ended.isoformat(timespec="minutes") if ended else _ONGOING
        matter = self._matters[lead.text("matter")]
        return NewCase(
            title="",
            cause=matter.cause,
            source=LeadSource(lead.text("source")),
            received_at=lead.moment("received_at") or now,
            found_at=lead.moment("found_at") or now,
            content=lead.text("content"),
            reporter=lead.text("reporter"),
            answer_due=lead.day("answer_due"),
            procedure=Procedure(lead.text("procedure")),
            party=self.party.party(),
            matter_code=matter.code,
            officers=tuple(box.text() for box in self._officers if box.isChecked()),
            facts=dict(facts),
            summary=lead.text("summary"),
        )

    def _on_created(self, created: Created) -> None:
        self._create.setEnabled(True)
        self._desk.bus.publish(created.changes)
        self.case_created.emit(created.case_id)

    def _on_refused(self, error: WorkstationError) -> None:
        self._create.setEnabled(True)
        self._summary.setText(f"✕ {error.message}{error.hint}")


def _lacking(said: str) -> Callable[[str], str]:
    return lambda text: "" if text else said
