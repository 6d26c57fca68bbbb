"""Printing from a list (批量打印): a list in, merged PDFs out, the rows that have faults below."""

from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QComboBox, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from ui.window_memory import WindowMemory
from workstation.domain.people import Role
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.print_batches.operations import BatchFile, BatchOutcome, SentFile

_LISTS = "清单 (*.xlsx *.csv)"
_WORKBOOK = "Excel 工作簿 (*.xlsx)"
_HEADINGS = ("单元格", "所填内容", "问题", "改法", "工作表")
_WIDTHS = (70, 200, 380, 460)
_PRINTER, _PRINTER_WIDTH = "printer", 200
_NO_PRINTER = "没有打印机"
_NO_FILE = "还没有选择清单"
_HINT = (
    "一行一份文书：案号、文书代号，后面各列按栏目名称填写。先导出模板填好，再选择清单、生成。"
    "已制发的照原样打印，没有制发的按草稿打印；有错的行列在下面，不影响其余各行。"
)


class BatchPrintPage(QWidget):
    """What came of the last run stays until the next; a run that was cancelled can go on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._memory = WindowMemory(desk.workstation.home)
        self._files: tuple[BatchFile, ...] = ()
        self._list: Path | None = None
        self._folder: Path | None = None
        self.form = QComboBox()
        self.with_cases = QCheckBox("填入在办案件")
        self.template_button = button("导出清单模板…")
        self.choose_button = button("选择清单…")
        self.list_name = label(_NO_FILE, "muted")
        self.code = QCheckBox("每页加二维码")
        self.start_button = button("生成 PDF…", primary=True)
        self.state = label(_HINT, "muted", wraps=True)
        self.faults = RecordTableModel(_HEADINGS)
        self.table = record_table(self.faults, "清单中的问题", _WIDTHS)
        self.copy_button = button("复制问题")
        self.printer = QComboBox()
        self.print_button = button("送打印机")
        self.open_button = button("打开文件夹")
        self._build()
        self._connect()

    def _build(self) -> None:
        for form in self._desk.workstation.forms.catalogue():
            self.form.addItem(f"{form.id}　{form.title}", form.id)
        self.form.setAccessibleName("模板用的文书")
        self.code.setChecked(self._desk.workstation.printing.rules.qr)
        policy = self.table.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.table.setSizePolicy(policy)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.start_button.setEnabled(False)
        self.start_button.setToolTip("Ctrl+Enter")
        self.copy_button.setToolTip("复制选定的行，没有选定的复制全部（Ctrl+C）")
        self.open_button.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(label("批量打印", "title"))
        template = row_of(label("模板"), self.form, self.with_cases, self.template_button, None)
        layout.addLayout(template)
        layout.addLayout(row_of(self.choose_button, self.list_name, None, self.code))
        layout.addWidget(self.state)
        layout.addWidget(self.table, 1)
        self.printer.setAccessibleName("打印机")
        self.printer.setMinimumWidth(_PRINTER_WIDTH)
        self.printer.setToolTip("打印规则中另有打印机的文书，送到规则所定的打印机")
        printing = (self.printer, self.print_button)
        layout.addLayout(
            row_of(self.copy_button, None, *printing, self.open_button, self.start_button)
        )
        self._show_printing(())
        self._show_faults(())
        self.setFocusProxy(self.choose_button)

    def _connect(self) -> None:
        self.template_button.clicked.connect(self.export_template)
        self.choose_button.clicked.connect(self.choose_list)
        self.start_button.clicked.connect(self.start)
        self.copy_button.clicked.connect(self.copy)
        self.open_button.clicked.connect(self._open_folder)
        self.print_button.clicked.connect(self.print)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.start)
        QShortcut(QKeySequence.StandardKey.Copy, self.table).activated.connect(self.copy)

    def export_template(self) -> None:
        """Write the list of the chosen form to fill in."""
        form_id, with_cases = self.form.currentData(), self.with_cases.isChecked()
        start = self._desk.workstation.home.output / f"批量打印{form_id}.xlsx"
        path = self._desk.prompter.choose_target(self, "导出清单模板", start, _WORKBOOK)
        if path is None:
            return
        batches = self._desk.workstation.batches
        self._desk.tasks.write(
            lambda: batches.template(path, (form_id,), with_cases=with_cases),
            owner=self,
            done=lambda written: self._say(f"模板已写到 {written}，填好后选择清单。", "ok"),
            failed=self._on_failed,
            title="导出清单模板",
        )

    def choose_list(self) -> None:
        """Ask for the list."""
        path = self._desk.prompter.choose_file(self, "选择清单", Path.home(), _LISTS)
        if path is not None:
            self.show_list(path)

    def show_list(self, path: Path) -> None:
        """Take a list; nothing is made yet."""
        self._list = path
        self.list_name.setText(str(path))
        self.start_button.setEnabled(True)
        self._show_faults(())
        self._show_printing(())
        self._say("选一个文件夹，生成 PDF：每台打印机、每个纸盒各一个文件。", "muted")

    def start(self) -> None:
        """Ask for a folder and make the papers; a run cancelled there goes on."""
        if self._list is None or not self.start_button.isEnabled():
            return
        begin = self._folder or self._desk.workstation.home.output
        folder = self._desk.prompter.choose_folder(self, "打印文件写到", begin)
        if folder is None:
            return
        self._folder = folder
        path, code, batches = self._list, self.code.isChecked(), self._desk.workstation.batches
        self.start_button.setEnabled(False)
        self._show_printing(())
        self._say("正在生成；进度在窗口底部，可以取消，取消后再生成时接着做。", "muted")
        self._desk.tasks.long(
            lambda progress, stop: batches.run(
                path, folder, qr=code, progress=progress, stop=stop
            ),
            title="批量打印",
            owner=self,
            done=self._on_done,
            failed=self._on_failed,
        )

    def _on_done(self, outcome: BatchOutcome) -> None:
        self.start_button.setEnabled(True)
        self.open_button.setEnabled(True)
        self._show_faults(
            tuple((f.cell, f.value, f.message, f.fix, f.sheet) for f in outcome.faults)
        )
        lines, role = list(outcome.notes), "ok"
        if outcome.stopped:
            done = f"已取消：做好{outcome.documents}份，还没有合并。"
            lines[:0], role = [f"{done}同一清单、同一文件夹再生成时接着做。"], "warn"
        else:
            faulty = len({(fault.sheet, fault.row) for fault in outcome.faults})
            if faulty:
                lines[:0], role = [f"✕ {faulty}行有错，没有打印；改正后再生成一次。"], "error"
            made = [f"✓ {_file_line(file)}" for file in outcome.files]
            lines[:0] = made or ["没有可以打印的文书。"]
        self._say("\n".join(lines), role)
        self._show_printing(outcome.files)

    def _show_printing(self, files: tuple[BatchFile, ...]) -> None:
        """Offer the printers once there are files to send."""
        self._files = files
        self.printer.setVisible(bool(files))
        self.print_button.setVisible(bool(files))
        self.print_button.setEnabled(False)
        if files:
            self._desk.tasks.read(
                self._desk.workstation.printing.printers,
                owner=self,
                done=self._show_printers,
                latest="printers",
            )

    def _show_printers(self, names: tuple[str, ...] | None) -> None:
        self.printer.clear()
        self.printer.addItems(list(names or ()) or [_NO_PRINTER])
        self.printer.setCurrentIndex(max(self.printer.findText(self._memory.text(_PRINTER)), 0))
        self.print_button.setEnabled(bool(names and self._files))

    def print(self) -> None:
        """Send the files to the chosen printer, a job each."""
        workstation, files = self._desk.workstation, self._files
        printer = self.printer.currentText()
        self._memory.keep(_PRINTER, printer)
        self.print_button.setEnabled(False)
        self._say("正在送打印机…", "muted")

        def send() -> tuple[SentFile, ...]:
            clerks = workstation.office.office().with_role(Role.CLERK)
            return workstation.batches.send(files, printer, clerks[0].name if clerks else "")

        self._desk.tasks.write(
            send, owner=self, done=self._on_sent, failed=self._on_failed, title="送打印机"
        )

    def _on_sent(self, sent: tuple[SentFile, ...]) -> None:
        lines = [
            f"✕ {each.file.path.name}：{each.problem}"
            if each.problem
            else f"✓ {each.file.path.name} 已送 {each.printer}，已制发的记入打印台账。"
            for each in sent
        ]
        failed = tuple(each.file for each in sent if each.problem)
        self._show_printing(failed)
        self._say("\n".join(lines), "error" if failed else "ok")
        cases = {paper.case_id for each in sent if each.job for paper in each.file.papers}
        self._desk.bus.publish(Changes.of("printing", *cases))

    def _on_failed(self, error: WorkstationError) -> None:
        self.start_button.setEnabled(self._list is not None)
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _show_faults(self, rows: tuple[tuple[str, ...], ...]) -> None:
        self.faults.show(rows)
        self.table.setVisible(bool(rows))
        self.copy_button.setEnabled(bool(rows))

    def copy(self) -> None:
        """Put the chosen faults, or all, on the clipboard, columns parted by tabs."""
        chosen = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        rows = chosen or range(self.faults.rowCount())
        lines = ["\t".join(self._cell(row, at) for at in range(len(_HEADINGS))) for row in rows]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _cell(self, row: int, column: int) -> str:
        return str(self.faults.index(row, column, QModelIndex()).data())

    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(self._folder.as_uri())

    def _say(self, text: str, role: str) -> None:
        set_role(self.state, role)
        self.state.setText(text)


def _file_line(file: BatchFile) -> str:
    drafts = f"（草稿{file.drafts}份）" if file.drafts else ""
    return f"{file.path.name}：{file.documents}份文书{drafts}，共{file.copies}份、{file.pages}面。"
