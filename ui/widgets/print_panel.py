"""Printing a case or a step: what goes to whom, the queue, what to sign, what went stale."""

from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QListWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.widgets.record_table import record_table
from ui.widgets.splits import split_of
from ui.widgets.text_labels import button, label, link, row_of, set_role
from ui.window_memory import WindowMemory
from workstation.domain.people import Role
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.print_plans import PaperState, PlannedDocument, PrintPlan
from workstation.operations.printing import PrintOutcome, PrintRequest, SentJob

_HEADINGS = ("文书", "页", "份数", "状态")
_WIDTHS = (170, 36, 110)
_KINDS = ("printing", "draft", "printers")
_PRINTER, _CODE = "printer", "print_code"
_YES, _NO = "yes", "no"
_READING = "正在排版、读取打印台账…"
_DRAFTS, _STEP, _STALE, _ALL = "有草稿的", "本步的", "没打印过和已过期的", "全部"
_PICKS = (_STEP, _DRAFTS, _STALE, _ALL)
_NONE = {
    _DRAFTS: "本案没有草稿；在“文书 › 填写”存下的草稿列在这里。",
    _STEP: "清单中没有本步的文书。",
    _STALE: "清单中的文书都已打印，没有过期的。",
    _ALL: "",
}
_HINT = "不选定即打印清单中的全部；选定几行则只打这几份。"

Read = tuple[PrintPlan, dict[str, PaperState], tuple[str, ...], str]


class PrintPanel(QWidget):
    """The list is in legal order; below it stands what the chosen paper needs by hand."""

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id = case_id
        self._memory = WindowMemory(desk.workstation.home)
        self._plan: PrintPlan | None = None
        self._states: dict[str, PaperState] = {}
        self._sent: dict[str, list[SentJob]] = {}
        self._step, self._by, self._shown = 0, "", False
        self._pick_when_read = ""
        self.scope, self.printer = QComboBox(), QComboBox()
        self.drafts, self.code = QCheckBox("草稿一并打印"), QCheckBox("每页加二维码")
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "打印清单", _WIDTHS)
        self.tasks_title = label("签名、盖章事项", "heading")
        self.hand_tasks = QListWidget()
        self.state = label(_HINT, "muted", wraps=True)
        self.print_button = button("打印", primary=True)
        self.retry_button = button("重试未送出的")
        self.export_button = button("导出 PDF")
        self.pickers = {pick: link(pick) for pick in _PICKS}
        self._build()
        self._connect()

    def _build(self) -> None:
        self.scope.addItem("整案，按卷内顺序", False)
        self.scope.addItem("本步的文书", True)
        for widget, name in (
            (self.scope, "打印哪些文书"),
            (self.printer, "打印机"),
            (self.hand_tasks, "签名、盖章事项"),
        ):
            widget.setAccessibleName(name)
        remembered = self._memory.text(_CODE)
        rule = self._desk.workstation.printing.rules.qr
        self.code.setChecked(remembered == _YES if remembered else rule)
        self.code.setToolTip("案号、文书代号、版本和页码；本机关记住这个选择")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.hand_tasks.setWordWrap(True)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 4, 0, 0)
        below.addWidget(self.tasks_title)
        below.addWidget(self.hand_tasks, 1)
        splitter = split_of(self.table, lower, sizes=(380, 180), upright=True)
        bar = row_of(self.printer, self.export_button, self.retry_button, self.print_button)
        bar.setStretch(0, 1)
        self.retry_button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(row_of(self.scope, None, self.drafts, self.code))
        layout.addLayout(row_of(label("选定", "muted"), *self.pickers.values(), None))
        layout.addWidget(splitter, 1)
        layout.addWidget(self.state)
        layout.addLayout(bar)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self._desk.bus.changed.connect(self._on_changed)
        self.scope.currentIndexChanged.connect(self.reload)
        self.drafts.toggled.connect(self.reload)
        self.code.toggled.connect(lambda on: self._memory.keep(_CODE, _YES if on else _NO))
        self.printer.currentTextChanged.connect(self._on_printer)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        for pick, picker in self.pickers.items():
            picker.clicked.connect(lambda _=False, pick=pick: self.pick(pick))
        self.print_button.clicked.connect(self.print)
        self.retry_button.clicked.connect(self.retry)
        self.export_button.clicked.connect(self.export)

    def show_step(self, step: int) -> None:
        """Take note of the step chosen; the papers are read once the panel is seen."""
        self._step = step
        self._shown = False
        if self.isVisible():
            self.reload()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown:
            self.reload()

    def reload(self) -> None:
        """Read the plan, the printers and what went stale again."""
        self._shown = True
        workstation, case_id = self._desk.workstation, self._case_id
        step = self._step if self.scope.currentData() else 0
        drafts = self.drafts.isChecked()
        if self.state.text() == _HINT:
            self._say(_READING, "muted")

        def read() -> Read:
            printing, office = workstation.printing, workstation.office
            clerks = office.office().with_role(Role.CLERK) if office.exists() else ()
            return (
                printing.plan(case_id, step=step, drafts=drafts),
                printing.states(case_id),
                printing.printers(),
                clerks[0].name if clerks else "",
            )

        self._desk.tasks.read(read, owner=self, done=self._show, latest="plan")

    def _show(self, found: Read | None) -> None:
        if found is None:
            return
        self._plan, self._states, printers, self._by = found
        kept = self.printer.currentText() or self._memory.text(_PRINTER)
        self.printer.blockSignals(True)
        self.printer.clear()
        self.printer.addItems(list(printers))
        self.printer.setCurrentIndex(max(self.printer.findText(kept), 0))
        self.printer.blockSignals(False)
        self.printer.setEnabled(bool(printers))
        self._show_rows()
        if self._pick_when_read:
            which, self._pick_when_read = self._pick_when_read, ""
            self.pick(which)
        if not self._plan.documents:
            self._say("还没有可以打印的文书。先在“文书”“办理”页起草、制发。", "muted")
        elif not printers:
            self._say("没有找到打印机：请先在系统中添加，或用“导出 PDF”。", "warn")
        elif self.state.text() == _READING:
            self._say(_HINT, "muted")
        self.print_button.setEnabled(bool(printers and self._plan.documents))
        self.export_button.setEnabled(bool(self._plan.documents))

    def _show_rows(self) -> None:
        if self._plan is None:
            return
        self.model.show([self._row(document) for document in self._plan.documents])
        self._on_row(self.table.currentIndex(), QModelIndex())

    def _row(self, document: PlannedDocument) -> tuple[str, ...]:
        copies = "、".join(f"{name}{count}" for name, count in document.rule.copies)
        name = f"{document.title}　{document.key}"
        return name, str(document.pages), copies, self._state_of(document)

    def _state_of(self, document: PlannedDocument) -> str:
        problems = [job.problem for job in self._sent.get(document.key, []) if job.problem]
        if problems:
            return f"✕ 未送出：{problems[0]}"
        state = self._states.get(document.key)
        draft = "草稿　" if document.draft else ""
        if document.missing:
            draft = f"草稿，缺{'、'.join(document.missing)}　"
        if state is None:
            return f"{draft}未打印"
        if state.reason:
            return f"{draft}{state.word}：{state.reason}"
        return f"{draft}{state.word} {state.printed_at}，共{state.copies}份"

    def _on_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.hand_tasks.clear()
        if self._plan is None:
            return
        if current.isValid() and current.row() < len(self._plan.documents):
            chosen: tuple[PlannedDocument, ...] = (self._plan.documents[current.row()],)
        else:
            chosen = self._plan.documents
        for document in chosen:
            for task in document.tasks:
                self.hand_tasks.addItem(f"{document.key}　{task.line}")
        title = f"{chosen[0].title}：" if len(chosen) == 1 else ""
        self.tasks_title.setText(f"{title}签名、盖章事项（{self.hand_tasks.count()}）")

    def pick(self, which: str) -> None:
        """Choose the rows of a kind at once; drafts are listed first where they were not."""
        if which == _DRAFTS and not self.drafts.isChecked():
            self._pick_when_read = which
            self.drafts.setChecked(True)
            return
        rows = [n for n, d in enumerate(self._documents()) if self._is_of(d, which)]
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self.model.index(row, 0), self.model.index(row, 0))
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)
        papers = f"已选定{len(rows)}份，打印和导出只取这几份。" if rows else _NONE[which]
        self._say(_HINT if which == _ALL else papers, "muted")
        self.table.setFocus()

    def _documents(self) -> tuple[PlannedDocument, ...]:
        return self._plan.documents if self._plan is not None else ()

    def _is_of(self, document: PlannedDocument, which: str) -> bool:
        state = self._states.get(document.key)
        return {
            _DRAFTS: document.draft,
            _STEP: document.step == self._step,
            _STALE: state is None or bool(state.reason),
        }.get(which, False)

    def chosen_keys(self) -> tuple[str, ...]:
        """Return the keys of the chosen rows, empty for all."""
        if self._plan is None:
            return ()
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self._plan.documents[row].key for row in rows)

    def print(self) -> None:
        """Send the chosen papers, or all, to the printer."""
        self._sent = {}
        self._start(self.chosen_keys(), frozenset())

    def retry(self) -> None:
        """Send only what was not taken."""
        failed = frozenset(
            (job.key, job.recipient) for jobs in self._sent.values() for job in jobs if job.problem
        )
        if failed:
            self._start((), failed)

    def _start(self, keys: tuple[str, ...], shares: frozenset[tuple[str, str]]) -> None:
        plan, printing = self._plan, self._desk.workstation.printing
        if plan is None or not self.printer.currentText():
            return
        request = PrintRequest(
            printer=self.printer.currentText(),
            by=self._by,
            keys=keys,
            shares=shares,
            qr=self.code.isChecked(),
        )
        self.print_button.setEnabled(False)
        self._say("正在送打印机；进度在窗口底部，可以取消。", "muted")
        self._desk.tasks.long(
            lambda progress, stop: printing.run(plan, request, progress, stop),
            title="打印",
            owner=self,
            done=self._on_printed,
            failed=self._on_failed,
        )

    def _on_printed(self, outcome: PrintOutcome) -> None:
        self._sent = {}
        for job in outcome.jobs:
            self._sent.setdefault(job.key, []).append(job)
        sent = [job for job in outcome.jobs if not job.problem]
        copies = sum(job.copies for job in sent)
        self.retry_button.setVisible(bool(outcome.failed))
        if outcome.failed:
            self._say(f"送出{copies}份，{len(outcome.failed)}份没有送出，原因见清单。", "error")
        elif outcome.stopped:
            self._say(f"已取消：送出{copies}份，其余没有送出。", "warn")
        else:
            self._say(f"已送打印机{copies}份，记入打印台账。下面是签名、盖章事项。", "ok")
        self._desk.bus.publish(outcome.changes)

    def _on_failed(self, error: WorkstationError) -> None:
        self.print_button.setEnabled(True)
        self._say(f"✕ {error.message}{error.hint}", "error")

    def export(self) -> None:
        """Write the chosen papers, or all, as a PDF for each tray into a folder the user names."""
        plan, keys, code = self._plan, self.chosen_keys(), self.code.isChecked()
        workstation = self._desk.workstation
        start = workstation.home.output
        folder = self._desk.prompter.choose_folder(self, "打印文件写到", start)
        if plan is None or folder is None:
            return
        self._desk.tasks.write(
            lambda: workstation.printing.write_pdfs(plan, folder, keys=keys, qr=code),
            owner=self,
            done=self._on_exported,
            failed=self._on_failed,
            title="导出打印文件",
        )

    def _on_exported(self, paths: tuple[Path, ...]) -> None:
        self._say(f"已写成 {'、'.join(path.name for path in paths)}，在 {paths[0].parent}", "ok")

    def _on_printer(self, name: str) -> None:
        if name:
            self._memory.keep(_PRINTER, name)

    def _say(self, text: str, role: str) -> None:
        set_role(self.state, role)
        self.state.setText(text)

    def _on_changed(self, changes: Changes) -> None:
        if any(changes.touches(kind) for kind in _KINDS):
            self._shown = False
            if self.isVisible():
                self.reload()
