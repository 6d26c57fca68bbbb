"""One parameter: its history, a form for a new value with a preview, and taking one back."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.widgets.input_rows import InputRows
from ui.widgets.parameter_value import ParameterValueInput
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, link, row_of, set_role
from workstation.errors import InvalidInputError, WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.parameters import NewValue, ParameterView, value_text

_HISTORY_WIDTHS = (96, 150, 130, 64, 80, 120)
_HISTORY_HEIGHT = 150


class ParameterEditor(QWidget):
    """Nothing is overwritten: a new value is a new entry, and so is taking one back."""

    citation_activated = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: ParameterView | None = None
        self.title = label("", "heading", wraps=True)
        self.note = label("", "muted", wraps=True)
        self._basis = link("")
        self.history = RecordTableModel(
            ("自", "取值", "来源", "核实", "登记人", "登记时间", "撤回")
        )
        self.history_table = record_table(self.history, "取值的历史", _HISTORY_WIDTHS)
        self.value = ParameterValueInput()
        self.rows = InputRows()
        self.preview = label("", wraps=True)
        self.said = label("", "error", wraps=True)
        self.save = button("登记新取值", primary=True)
        self.withdraw = button("撤回所选的取值")
        self._form = QWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.history_table.setMinimumHeight(_HISTORY_HEIGHT)
        rows = self.rows
        rows.add_widget("新的取值", self.value)
        rows.add_day("valid_from", "自何日起", required=True)
        rows.add_line("source", "来源", required=True, hint="文件名称和文号；撤回时写理由")
        rows.add_flag("verified", "已核对原文")
        rows.add_names("entered_by", "登记人", (), required=True, several=False)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.addWidget(rows)
        form.addWidget(self.preview)
        form.addLayout(row_of(self.save, self.withdraw, None))
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.addWidget(self.title)
        layout.addLayout(row_of(self._basis, None))
        layout.addWidget(self.note)
        layout.addWidget(self.history_table)
        layout.addWidget(self.said)
        layout.addWidget(self._form)
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _connect(self) -> None:
        self._basis.clicked.connect(self._on_basis)
        self.value.changed.connect(self._show_preview)
        self.rows.changed.connect(self._on_edited)
        self.save.clicked.connect(self.submit)
        self.withdraw.clicked.connect(self.take_back)

    def show_view(self, view: ParameterView) -> None:
        """Show a parameter; what was typed for another is put away."""
        rule = view.rule
        moved = self._view is None or self._view.rule.key != rule.key
        self._view = view
        self.title.setText(f"{rule.title}　{view.value_text}")
        self._basis.setText(f"依据 {rule.basis}")
        self._basis.setVisible(bool(rule.basis))
        self.note.setText(rule.note)
        self.note.setVisible(bool(rule.note))
        self._show_history(view)
        self._form.setVisible(not rule.statutory)
        if rule.statutory:
            self._say(f"由法律规定（{rule.basis}），本局不能改动；法律修改后更新程序。", "muted")
        elif moved:
            self._say("", "muted")
            self.value.show_value(rule, view.version.value)
            self.rows.set_text("valid_from", date.today().isoformat())
            self.rows.set_text("source", "")
            self.rows.set_text("verified", "")
            self._show_preview()

    def _show_history(self, view: ParameterView) -> None:
        found = view.history_json()
        self.history.show(
            [
                (
                    str(row["valid_from"]),
                    str(row["value"]),
                    str(row["source"]),
                    "已核实" if row["verified"] else "未核实",
                    str(row["entered_by"]),
                    str(row["entered_at"]).replace("T", " "),
                    "撤回" if row["withdrawn"] else "",
                )
                for row in found
            ],
            [str(row["valid_from"]) if row["entered_at"] else "" for row in found],
        )

    def _on_edited(self, name: str) -> None:
        self.rows.show_error(name, "")
        self._show_preview()

    def _show_preview(self) -> None:
        view, day = self._view, self.rows.day("valid_from")
        if view is None:
            return
        try:
            new = value_text(view.rule, self.value.value())
        except InvalidInputError as error:
            set_role(self.preview, "warn")
            self.preview.setText(f"{error.message}{error.hint}")
            return
        set_role(self.preview, "")
        old = value_text(view.rule, view.rule.on(day).value) if day else view.value_text
        when = f"自 {day} 起" if day else "自何日起还没有填"
        same = "（与原来相同）" if old == new else ""
        self.preview.setText(f"{when}：{old} → {new}{same}。此前的日子不变，期限随后自动重算。")

    def submit(self) -> None:
        """Enter the new value."""
        view, day = self._view, self.rows.day("valid_from")
        self.rows.show_error("valid_from", "" if day else "看不懂这个日期，请写作 2026-12-01")
        if view is None or day is None:
            return
        try:
            value = self.value.value()
        except InvalidInputError as error:
            self._say(f"✕ {error.message}{error.hint}", "error")
            return
        new = NewValue(
            key=view.rule.key,
            value=value,
            valid_from=day,
            source=self.rows.text("source"),
            verified=bool(self.rows.text("verified")),
            entered_by=self.rows.text("entered_by"),
        )
        parameters = self._desk.workstation.parameters
        self._write(lambda: parameters.set(new), "新取值已登记，正在重新计算期限。")

    def take_back(self) -> None:
        """Take back the office's own value that is chosen in the history."""
        key = str(self.history_table.currentIndex().data(KEY_ROLE) or "")
        if self._view is None or not key:
            self._say("✕ 先在历史中选一项本局登记的取值；程序自带的不能撤回。", "error")
            return
        name, by, why = (
            self._view.rule.key,
            self.rows.text("entered_by"),
            self.rows.text("source"),
        )
        parameters = self._desk.workstation.parameters
        self._write(
            lambda: parameters.withdraw(name, date.fromisoformat(key), by, why),
            "取值已撤回，历史中保留；正在重新计算期限。",
        )

    def _write(self, work: Callable[[], Changes], said: str) -> None:
        def done(changes: Changes) -> None:
            self._say(said, "ok")
            self._desk.bus.publish(changes)

        self._desk.tasks.write(work, owner=self, done=done, failed=self._on_failed)

    def _on_failed(self, error: WorkstationError) -> None:
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _say(self, text: str, role: str) -> None:
        set_role(self.said, role)
        self.said.setText(text)

    def _on_basis(self) -> None:
        if self._view is not None:
            self.citation_activated.emit(self._view.rule.basis, date.today())
