"""The matters of the bureau on any day: find one, read its articles, versions and tiers."""

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.models.typed_dates import parse_day
from ui.pages.settings.matter_details import LINK, matter_html, sheet_html
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import label, row_of, set_role
from workstation.domain.matters import Matter
from workstation.operations.changes import Changes
from workstation.operations.matter_lists.operations import search_text
from workstation.operations.matter_sheets import MatterSheet

_HEADINGS = ("编码", "名称", "领域", "权力类型", "清单", "生效", "处罚条款")
_WIDTHS = (150, 300, 120, 90, 110, 100)
_ALL = "全部清单"


class MatterListSection(QWidget):
    """A list that is filtered while typing, with the chosen matter below it."""

    citation_activated = Signal(str, object)
    case_opened = Signal(str)
    form_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: tuple[Matter, ...] = ()
        self._texts: tuple[str, ...] = ()
        self._day = date.today()
        self._shown = ""
        self.find_box = QLineEdit()
        self.find_box.setPlaceholderText("按编码、名称、案由、领域、条款筛选")
        self.find_box.setAccessibleName("筛选事项")
        self.find_box.setClearButtonEnabled(True)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("清单类型")
        self.kinds.addItem(_ALL, "")
        self.day = QLineEdit()
        self.day.setPlaceholderText("今天")
        self.day.setAccessibleName("以哪一日的清单为准")
        self.day.setFixedWidth(110)
        self.state = label("", "muted")
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "权力事项", _WIDTHS)
        self.details = QTextBrowser()
        self.details.setOpenLinks(False)
        self.details.setAccessibleName("事项内容")
        self._build()
        self._connect()
        self.reload()

    def _build(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.table)
        splitter.addWidget(self.details)
        splitter.setSizes([320, 300])
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            label("每项自某一日起有效；办案用行为日和决定日各自有效的版本。", "muted", wraps=True)
        )
        self.find_box.setMinimumWidth(280)
        layout.addLayout(
            row_of(self.find_box, self.kinds, label("截至"), self.day, None, self.state)
        )
        layout.addWidget(splitter, 1)
        self.setFocusProxy(self.find_box)

    def _connect(self) -> None:
        self.find_box.textChanged.connect(self._narrow)
        self.find_box.returnPressed.connect(self.table.setFocus)
        self.kinds.currentIndexChanged.connect(self.reload)
        self.day.editingFinished.connect(self._on_day_typed)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.details.anchorClicked.connect(self._on_link)
        self._desk.bus.changed.connect(self._on_changed)

    def narrow_to(self, words: str) -> None:
        """Narrow the list to what holds ``words``: a code or a name."""
        self.kinds.setCurrentIndex(0)
        self.find_box.setText(words)
        self.find_box.setFocus()

    def reload(self) -> None:
        """Read the list of the day again."""
        lists, day, kind = self._desk.workstation.matter_lists, self._day, self.kinds.currentData()

        def read() -> tuple[tuple[Matter, ...], tuple[str, ...]]:
            return lists.listed(day, list_kind=kind), lists.list_kinds()

        self.state.setText("正在读取…")
        self._desk.tasks.read(read, owner=self, done=self._show, latest="matters")

    def _show(self, found: tuple[tuple[Matter, ...], tuple[str, ...]] | None) -> None:
        if found is None:
            return
        self._found, kinds = found
        self._texts = tuple(search_text(matter) for matter in self._found)
        known = {self.kinds.itemData(row) for row in range(self.kinds.count())}
        for kind in kinds:
            if kind not in known:
                self.kinds.addItem(kind, kind)
        self._narrow()

    def _narrow(self) -> None:
        words = self.find_box.text().casefold().split()
        shown = [
            matter
            for matter, text in zip(self._found, self._texts, strict=True)
            if all(word in text for word in words)
        ]
        self.model.show([_row(m) for m in shown], [m.code for m in shown])
        set_role(self.state, "muted")
        if not self._found:
            self.state.setText("该日没有事项。到“清单导入与比较”导入本局的清单。")
        elif not shown:
            self.state.setText("没有符合条件的事项，换一个词试试。")
        else:
            self.state.setText(
                f"{len(shown)} 项" + (f"（共 {len(self._found)} 项）" if words else "")
            )
        if shown:
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self.details.clear()

    def _on_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        code = str(current.siblingAtColumn(0).data(KEY_ROLE) or "")
        if not code:
            return
        lists = self._desk.workstation.matter_lists
        self._desk.tasks.read(
            lambda: lists.versions(code), owner=self, done=self._show_matter, latest="matter"
        )

    def _show_matter(self, versions: tuple[Matter, ...] | None) -> None:
        if not versions:
            return
        shown = next((m for m in versions if m.holds_on(self._day)), versions[-1])
        self._shown = matter_html(shown, versions)
        self.details.setHtml(self._shown)
        sheets, code = self._desk.workstation.matter_sheets, shown.code
        day = self._day if shown.holds_on(self._day) else shown.valid_from
        if self._desk.workstation.law.is_open:
            self._desk.tasks.read(
                lambda: sheets.of_matter(code, day=day),
                owner=self,
                done=self._show_sheet,
                latest="sheet",
            )

    def _show_sheet(self, sheet: MatterSheet | None) -> None:
        """Put below the matter what was decided before and which forms print it."""
        if sheet is not None:
            place = self.details.verticalScrollBar().value()
            self.details.setHtml(self._shown + sheet_html(sheet))
            self.details.verticalScrollBar().setValue(place)

    def _on_day_typed(self) -> None:
        text = self.day.text().strip()
        day = parse_day(text, date.today()) if text else date.today()
        if day is None:
            set_role(self.state, "error")
            self.state.setText("看不懂这个日期，请写作 2026-08-15")
        elif day != self._day:
            self._day = day
            self.reload()

    def _on_link(self, url: QUrl) -> None:
        text = url.toString()
        kind, _, value = text.partition(":")
        if text.startswith(LINK):
            self.citation_activated.emit(text.removeprefix(LINK), self._day)
        elif kind == "case":
            self.case_opened.emit(value)
        elif kind == "form":
            self.form_wanted.emit(value)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("matters") or changes.touches("office"):
            self.reload()


def _row(matter: Matter) -> tuple[str, ...]:
    return (
        matter.code,
        matter.name,
        matter.field,
        matter.authority.value,
        matter.list_kind,
        matter.valid_from.isoformat(),
        str(matter.penalty),
    )
