"""What law leaves to the bureau: every parameter as it holds on a day, its source, its history."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.models.typed_dates import parse_day
from ui.widgets.line_aids import add_calendar
from ui.widgets.parameter_editor import ParameterEditor
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import label, row_of
from workstation.operations.changes import Changes
from workstation.operations.parameters import ParameterView

_WIDTHS = (64, 196, 150, 64)


class ParametersSection(QWidget):
    """A table at the left, the chosen parameter at the right."""

    citation_activated = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._views: dict[str, ParameterView] = {}
        self._key = ""
        self.find_box = QLineEdit()
        self.day = QLineEdit(date.today().isoformat())
        self.model = RecordTableModel(("类别", "参数", "取值", "核实", "自"))
        self.table = record_table(self.model, "参数", _WIDTHS)
        self.editor = ParameterEditor(desk)
        self.state = label("", "muted")
        self._build()
        self._connect()
        self.reload()

    def _build(self) -> None:
        self.find_box.setPlaceholderText("找一项参数（Ctrl+F）")
        self.find_box.setAccessibleName("查找参数")
        self.find_box.setClearButtonEnabled(True)
        self.day.setAccessibleName("取值的日期")
        self.day.setFixedWidth(150)
        add_calendar(self.day, with_time=False)
        top = row_of(self.find_box, label("截至"), self.day)
        top.setStretch(0, 1)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self.table)
        parts.addWidget(self.editor)
        parts.setSizes([560, 520])
        parts.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            label(
                "法律没有定死、由本局或者上级文件确定的数值。每项自某一日起有效，写明来源；"
                "未见原文的标“未核实”。",
                "muted",
                wraps=True,
            )
        )
        layout.addLayout(top)
        layout.addWidget(self.state)
        layout.addWidget(parts, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self._desk.bus.changed.connect(self._on_changed)
        self.find_box.textChanged.connect(self._show_rows)
        self.find_box.returnPressed.connect(self.table.setFocus)
        self.day.editingFinished.connect(self.reload)
        self.table.selectionModel().currentChanged.connect(self._on_current_changed)
        self.table.activated.connect(self._edit)
        self.editor.citation_activated.connect(self.citation_activated)

    def reload(self) -> None:
        """Read every parameter as it holds on the chosen day."""
        day = parse_day(self.day.text(), date.today())
        if day is None:
            self.state.setText("看不懂这个日期，请写作 2026-12-01；下面仍是原来的日子。")
            return
        parameters = self._desk.workstation.parameters
        self._desk.tasks.read(
            lambda: parameters.all_on(day), owner=self, done=self._on_read, latest="parameters"
        )

    def choose(self, key: str) -> None:
        """Choose a parameter."""
        self._key = key
        self._show_rows()

    def _on_read(self, views: tuple[ParameterView, ...] | None) -> None:
        if views is None:
            return
        self._views = {view.rule.key: view for view in views}
        self._show_rows()

    def _show_rows(self) -> None:
        words = self.find_box.text().split()
        found = [
            view
            for view in self._views.values()
            if all(w in f"{view.rule.group}{view.rule.title}{view.rule.key}" for w in words)
        ]
        open_ones = sum(not view.version.verified for view in found)
        self.state.setText(
            f"{len(found)} 项，其中 {open_ones} 项未核实。回车修改所选的一项。"
            if found
            else "没有这样的参数，换一个词。"
        )
        wanted = self._key
        self.model.show([_row(view) for view in found], [view.rule.key for view in found])
        keys = [view.rule.key for view in found]
        place = keys.index(wanted) if wanted in keys else 0
        if found:
            self.table.setCurrentIndex(self.model.index(place, 0))

    def _on_current_changed(self) -> None:
        key = str(self.table.currentIndex().data(KEY_ROLE) or "")
        if key in self._views:
            self._key = key
            self.editor.show_view(self._views[key])

    def _edit(self) -> None:
        self.editor.value.setFocus()

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("parameter"):
            self.reload()


def _row(view: ParameterView) -> tuple[str, ...]:
    rule, version = view.rule, view.version
    checked = "法定" if rule.statutory else "已核实" if version.verified else "未核实"
    return (
        rule.group,
        rule.title,
        view.value_text,
        checked,
        version.valid_from.isoformat(),
    )
