"""Service of a case's papers: those that wait, by when, and those served with their receipts."""

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, link, row_of, set_role
from workstation.operations.cases import CaseView
from workstation.operations.services import PaperService

_HEADINGS = ("文书", "状态", "最迟送达", "方式", "签收人", "送达时间", "文号")
_WIDTHS = (230, 96, 116, 80, 150, 140)
_LATE = "逾期未送达"
SERVICE_STEP = 14


class ServicePane(QWidget):
    """Chooses a paper; its service is recorded where every event is, in 事项."""

    service_wanted = Signal(int, str, str, int)
    correction_wanted = Signal(int, object)
    paper_wanted = Signal(str)
    citation_activated = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._day = date.today()
        self._found: tuple[PaperService, ...] = ()
        self.summary = label("", "muted", wraps=True)
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "送达", _WIDTHS)
        self.detail = label("", wraps=True)
        self.basis = link("")
        self.receipt = link("查看送达回证")
        self.correct = link("更正回证")
        self.serve = button("登记送达", primary=True)
        self._build()
        self._show_choice()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        layout.addLayout(row_of(self.basis, self.receipt, self.correct, None, self.serve))
        self.serve.setToolTip("Ctrl+Enter")
        self.correct.setToolTip("送达登记有误的，以“更正文书”更正送达回证，原登记留在案卷中")
        self.table.selectionModel().currentRowChanged.connect(self._show_choice)
        self.table.activated.connect(self.begin)
        self.serve.clicked.connect(self.begin)
        self.receipt.clicked.connect(lambda: self.paper_wanted.emit(self._receipt()))
        self.correct.clicked.connect(self._on_wrong)
        self.basis.clicked.connect(self._on_basis)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.begin)
        self.setFocusProxy(self.table)

    def show_case(self, view: CaseView) -> None:
        """Show the papers of a case on its day; those that wait come first."""
        chosen = self.choice()
        self._day = view.as_of
        self._found = self._desk.workstation.services.of_file(view.file)
        keys = [_key(service) for service in self._found]
        self.model.show([self._row(service) for service in self._found], keys)
        waiting = [s for s in self._found if s.delivery is None]
        late = sum(s.state(self._day) == _LATE for s in waiting)
        set_role(self.summary, "error" if late else "warn" if waiting else "muted")
        papers = len({service.document.key for service in self._found})
        self.summary.setText(_summed(len(waiting), late, papers))
        # What waits comes first and is chosen, unless another that waits was.
        before = _key(chosen) if chosen is not None else ""
        stays = [_key(service) for service in waiting] or keys
        place = keys.index(before) if before in stays else 0
        if self._found:
            self.table.setCurrentIndex(self.model.index(place, 0))
        self._show_choice()

    def _row(self, service: PaperService) -> tuple[str, ...]:
        delivery = service.delivery
        last = service.last_day.isoformat() if service.last_day else service.time or "—"
        return (
            f"{service.document.key}　{service.document.title}",
            service.state(self._day),
            last,
            delivery.method if delivery else "",
            f"{delivery.receiver}（{delivery.receiver_role}）" if delivery else "",
            f"{delivery.at:%Y-%m-%d %H:%M}" if delivery else "",
            service.document.number,
        )

    def choice(self) -> PaperService | None:
        """Return the paper that is chosen."""
        row = self.table.currentIndex().row()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _show_choice(self, *_of: QModelIndex) -> None:
        service = self.choice()
        self.serve.setEnabled(service is not None)
        self.serve.setText("再次登记送达" if service and service.delivery else "登记送达")
        self.detail.setText(_told(service, self._day) if service else "")
        self.basis.setVisible(bool(service and service.basis))
        self.basis.setText(f"依据 {service.basis}" if service else "")
        for part in (self.receipt, self.correct):
            part.setVisible(bool(service and service.receipt))

    def begin(self) -> None:
        """Go where the service of the chosen paper is recorded."""
        service = self.choice()
        if service is not None:
            document = service.document
            self.service_wanted.emit(
                service.step, service.kind, document.form, document.occurrence
            )

    def _on_wrong(self) -> None:
        """What is recorded stays; a receipt is corrected as any paper is (更正文书)."""
        self.correction_wanted.emit(SERVICE_STEP, {"document": self._receipt()})

    def _receipt(self) -> str:
        service = self.choice()
        return service.receipt if service is not None else ""

    def _on_basis(self) -> None:
        service = self.choice()
        if service is not None:
            self.citation_activated.emit(service.basis)


def _key(service: PaperService) -> str:
    return f"{service.document.key}/{service.time_served}"


def _summed(waiting: int, late: int, papers: int) -> str:
    if not papers:
        return "本案还没有须送达当事人的文书。制发后在这里列出，连同最迟送达的日期。"
    if not waiting:
        return f"{papers} 份须送达的文书都已送达。"
    overdue = f"，其中 {late} 份已逾期" if late else ""
    return f"{waiting} 份文书还没有送达{overdue}。回车登记送达；没有回证的不能结案。"


def _told(service: PaperService, day: date) -> str:
    """Say what is known of the service of a paper, in sentences."""
    delivery = service.delivery
    if delivery is None:
        if service.last_day is None:
            when = (
                f"应当{service.time}。" if service.time else "法律没有规定送达的日数，应当及时。"
            )
            return f"尚未送达。{when}"
        left = (service.last_day - day).days
        rest = f"还有 {left} 日" if left >= 0 else f"已逾期 {-left} 日"
        return f"尚未送达，最迟 {service.last_day} 送达，{rest}。"
    parts = [
        f"{delivery.place}，{'、'.join(delivery.officers)}送达。",
        f"拒收事由：{delivery.refusal}。" if delivery.refusal else "",
        f"见证人：{delivery.witness}。" if delivery.witness else "",
        f"凭证：{delivery.voucher}。" if delivery.voucher else "",
        f"送达回证 {service.receipt}。" if service.receipt else "",
    ]
    return "".join(parts)
