"""Printers and trays: which printer, tray, side and how many copies a form gets at this desk."""

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.widgets.input_rows import InputRows
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.desk_printers import DEFAULT, PrinterChoice
from workstation.operations.printer_settings import PrinterSetting, parse_copies

_HEADINGS = ("文书", "出自", "打印机", "纸盒", "单双面", "份数")
_WIDTHS = (236, 80, 124, 76, 64)
_EXPLANATION = (
    "每种文书在这台电脑上用哪台打印机、哪个纸盒，单面还是双面，各打几份。"
    "没有设置的依本局规则；没有指定（—）的，用送打印时选定的打印机，纸盒由打印机决定。"
)
_AS_RULE = "依规则"
_CHOSEN = "（送打印时选定）"
_SIDES = {_AS_RULE: None, "双面": True, "单面": False}
_TRAYS = ("", "auto", "tray-1", "tray-2", "tray-3", "manual", "by-pass-tray")
_NO_PRINTERS = "没有找到打印机；可以先填写名称，接上打印机后再打测试页。"


class PrinterSection(QWidget):
    """A table of forms, the default first; the chosen one is set beside it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settings: dict[str, PrinterSetting] = {}
        self._key = DEFAULT
        self.find_box = QLineEdit()
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "各种文书的打印机", _WIDTHS)
        self.state = label("", "muted", wraps=True)
        self.title = label("", "heading", wraps=True)
        self.rows = InputRows()
        self.printer = self.rows.add_choice("printer", "打印机", {}, editable=True)
        self.tray = self.rows.add_choice(
            "tray", "纸盒", {tray: tray for tray in _TRAYS}, editable=True
        )
        self.sides = self.rows.add_choice("sides", "单双面", {side: side for side in _SIDES})
        self.copies = self.rows.add_line("copies", "份数", hint="如 当事人1、存档1；空着依规则")
        self.save = button("保存", primary=True)
        self.clear = button("恢复本局规则")
        self.test = button("打测试页")
        self.said = label("", "muted", wraps=True)
        self._build()
        self._connect()
        self.reload()

    def _build(self) -> None:
        self.find_box.setPlaceholderText("找一种文书（Ctrl+F）")
        self.find_box.setAccessibleName("查找文书")
        self.find_box.setClearButtonEnabled(True)
        self.save.setToolTip("Ctrl+Enter")
        self.save.setShortcut("Ctrl+Return")
        editor = QWidget()
        inside = QVBoxLayout(editor)
        inside.setContentsMargins(12, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.title)
        inside.addWidget(self.rows)
        inside.addLayout(row_of(self.save, self.clear, self.test, None))
        inside.addWidget(self.said)
        inside.addStretch(1)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self.table)
        parts.addWidget(editor)
        parts.setSizes([720, 400])
        parts.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(_EXPLANATION, "muted", wraps=True))
        layout.addWidget(self.find_box)
        layout.addWidget(self.state)
        layout.addWidget(parts, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self._desk.bus.changed.connect(self._on_changed)
        self.find_box.textChanged.connect(self._show_rows)
        self.find_box.returnPressed.connect(self.table.setFocus)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.table.activated.connect(self._edit)
        self.save.clicked.connect(self.put)
        self.clear.clicked.connect(lambda: self._write(None))
        self.test.clicked.connect(self.print_test_page)

    def reload(self) -> None:
        """Read the settings and the printers of the machine again."""
        printers, spooled = self._desk.workstation.printers, self._desk.workstation.printing

        def read() -> tuple[tuple[str, ...], tuple[PrinterSetting, ...]]:
            known = spooled.printers() or tuple(QPrinterInfo.availablePrinterNames())
            return known, printers.all(known)

        self._desk.tasks.read(
            read, owner=self, done=self._show, failed=self._refused, latest="printers"
        )

    def _show(self, found: tuple[tuple[str, ...], tuple[PrinterSetting, ...]] | None) -> None:
        if found is None:
            return
        known, settings = found
        default, *forms = settings
        # What was set at the desk stands first: it is what one looks for.
        ordered = [default, *sorted(forms, key=lambda setting: setting.own is None)]
        self._settings = {setting.key: setting for setting in ordered}
        self.printer.blockSignals(True)
        self.printer.clear()
        self.printer.addItems(["", *known])
        self.printer.blockSignals(False)
        line = self.printer.lineEdit()
        if line is not None:
            line.setPlaceholderText(_CHOSEN)
        problems = dict.fromkeys(setting.problem for setting in settings if setting.problem)
        set_role(self.state, "warn" if problems else "muted")
        missing = "；".join(f"{p}（{_count(settings, p)} 种文书）" for p in problems)
        self.state.setText(missing or ("" if known else _NO_PRINTERS))
        self._show_rows()

    def _show_rows(self) -> None:
        words = self.find_box.text().split()
        found = [
            setting
            for setting in self._settings.values()
            if all(word in f"{setting.title}{setting.key}{setting.rule.printer}" for word in words)
        ]
        keys = [setting.key for setting in found]
        wanted = self._key
        self.model.show([_row(setting) for setting in found], keys)
        if found:
            place = keys.index(wanted) if wanted in keys else 0
            self.table.setCurrentIndex(self.model.index(place, 0))

    def choose(self, key: str) -> None:
        """Choose a form."""
        self._key = key
        self._show_rows()

    def _on_current(self) -> None:
        key = str(self.table.currentIndex().data(KEY_ROLE) or "")
        setting = self._settings.get(key)
        if setting is None:
            return
        if key != self._key:
            self._say("", "muted")
        self._key = key
        own = setting.own or PrinterChoice()
        number = "" if key == DEFAULT else f"　{key}"
        self.title.setText(f"{setting.title}{number}")
        self.printer.setCurrentText(own.printer)
        self.tray.setCurrentText(own.tray)
        self.sides.setCurrentIndex(list(_SIDES.values()).index(own.duplex))
        self.copies.setText("、".join(f"{name}{count}" for name, count in own.copies))
        self.copies.setEnabled(key != DEFAULT)
        self.clear.setEnabled(setting.own is not None)

    def _edit(self) -> None:
        self.printer.setFocus()

    def put(self) -> None:
        """Keep what was typed for the chosen form."""
        try:
            copies = parse_copies(self.copies.text())
        except WorkstationError as error:
            self._refused(error)
            return
        choice = PrinterChoice(
            printer=self.printer.currentText().strip(),
            tray=self.tray.currentText().strip(),
            duplex=_SIDES[self.sides.currentText()],
            copies=copies,
        )
        self._write(choice)

    def _write(self, choice: PrinterChoice | None) -> None:
        printers, key = self._desk.workstation.printers, self._key
        self._desk.tasks.write(
            lambda: printers.put(key, choice),
            owner=self,
            done=lambda changes: self._on_written(changes, choice),
            failed=self._refused,
        )

    def _on_written(self, changes: Changes, choice: PrinterChoice | None) -> None:
        self._desk.bus.publish(changes)
        kept = choice is not None and choice.as_rule()
        self._say("已保存，下一次打印起用。" if kept else "已恢复本局规则。", "ok")

    def print_test_page(self) -> None:
        """Print a page on the printer typed, from the tray typed."""
        printer = self.printer.currentText().strip()
        if not printer:
            self._say("先选定一台打印机。", "warn")
            return
        printers, tray = self._desk.workstation.printers, self.tray.currentText().strip()
        duplex = self._settings[self._key].rule.duplex
        wanted = _SIDES[self.sides.currentText()]
        self._say("正在送测试页…", "muted")
        self._desk.tasks.write(
            lambda: printers.test_page(
                printer, tray=tray, duplex=duplex if wanted is None else wanted
            ),
            owner=self,
            done=lambda job: self._say(f"测试页已送“{printer}”，任务 {job}。", "ok"),
            failed=self._refused,
            title="打印测试页",
        )

    def _refused(self, error: WorkstationError) -> None:
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _say(self, text: str, role: str) -> None:
        set_role(self.said, role)
        self.said.setText(text)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("printers"):
            self.reload()


def _count(settings: tuple[PrinterSetting, ...], problem: str) -> int:
    return sum(setting.problem == problem for setting in settings if setting.key != DEFAULT)


def _row(setting: PrinterSetting) -> tuple[str, ...]:
    rule = setting.rule
    number = "" if setting.key == DEFAULT else f"　{setting.key}"
    return (
        f"{setting.title}{number}",
        "本机设置" if setting.own is not None else "本局规则",
        f"⚠ {rule.printer}" if setting.problem else rule.printer or "—",
        rule.tray or "—",
        "双面" if rule.duplex else "单面",
        setting.copies_text or "—",
    )
