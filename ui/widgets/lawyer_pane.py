"""交驻局律师: a case leaves as a capsule; what lawyers and Word files say comes back here."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.models.remark_lines import HEADINGS, RemarkLine
from ui.widgets.capsule_form import CapsuleForm
from ui.widgets.case_reading_pane import CaseReadingPane
from ui.widgets.group_chips import GroupChips
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.domain.capsules import Capsule, Opinion, Subject
from workstation.domain.paper_remarks import Verdict
from workstation.domain.people import Office
from workstation.errors import WorkstationError
from workstation.operations.capsules.choices import CapsuleOptions
from workstation.operations.capsules.operations import KNOWN, MERGED, MadeCapsule, MergedReply
from workstation.operations.changes import Changes

_VIEWS = {"replies": "收回的意见", "make": "交出"}
_KINDS = "律师回件 (*.json)"
_CONCLUSIONS = (Opinion.PASSED, Opinion.FAILED, Opinion.NOT_APPLICABLE)
_VERDICTS = (Verdict.TAKEN, Verdict.DECLINED)
_EMPTY = (
    "还没有收回意见。先在“交出”中生成胶囊发给律师，收到回件（.json）后点“并入回件…”；"
    "在 Word 中写的批注和修订，从文书下方“读回改过的 Word…”带回。"
)
_Read = tuple[tuple[RemarkLine, ...], tuple[Capsule, ...], CapsuleOptions, Office, tuple[str, ...]]


class LawyerPane(CaseReadingPane):
    """Reads when it is looked at; Enter on a remark goes to its page."""

    place_wanted = Signal(object)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, case_id, parent)
        self._lines: tuple[RemarkLine, ...] = ()
        self.views = GroupChips(_VIEWS, "交驻局律师的两面")
        self.summary = label("", "muted", wraps=True)
        self.model = RecordTableModel(HEADINGS)
        self.table = record_table(self.model, "收回的意见", (150, 118, 84))
        self.detail = QTextBrowser()
        self.detail.setAccessibleName("意见全文，不同的人并排")
        self.conclusion = QComboBox()
        self.conclusion.setAccessibleName("决定的结论")
        self.person = QComboBox()
        self.person.setAccessibleName("决定人")
        self.reason = QLineEdit()
        self.reason.setAccessibleName("决定的理由")
        self.reason.setPlaceholderText("采纳哪一方、为什么，留痕不可删改")
        self.decide_button = button("记下决定")
        self.merge_button = button("并入回件…")
        self.state = label("", "muted", wraps=True)
        self.form = CapsuleForm()
        self._stack = QStackedWidget()
        self._build()

    def _build(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.table)
        splitter.addWidget(self.detail)
        splitter.setSizes([320, 240])
        splitter.setChildrenCollapsible(False)
        replies = QWidget()
        inner = QVBoxLayout(replies)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.summary)
        inner.addWidget(splitter, 1)
        inner.addWidget(self.reason)
        inner.addLayout(row_of(self.person, self.conclusion, self.decide_button, None))
        inner.addWidget(self.state)
        inner.addLayout(row_of(None, self.merge_button))
        self._stack.addWidget(replies)
        self._stack.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 8)
        layout.addWidget(self.views)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)
        self.views.chosen.connect(lambda key: self._stack.setCurrentIndex(list(_VIEWS).index(key)))
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.table.activated.connect(self.go_to_place)
        self.decide_button.clicked.connect(self.decide)
        self.reason.returnPressed.connect(self.decide)
        self.merge_button.clicked.connect(self.choose_reply)
        self.form.submitted.connect(self.make)
        self._desk.bus.changed.connect(self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("capsule", self._case_id):
            self._stale = True
            self._ask_if_seen()

    @override
    def _ask(self) -> None:
        workstation, case_id = self._desk.workstation, self._case_id

        def read() -> _Read:
            lines = (
                *(RemarkLine(subject) for subject in workstation.capsules.subjects(case_id)),
                *(RemarkLine(kept) for kept in workstation.paper_remarks.of_case(case_id)),
            )
            capsules = workstation.capsules
            readers = workstation.interventions.state(case_id).readers
            office = workstation.office.office()
            return lines, capsules.capsules(case_id), capsules.options(case_id), office, readers

        self._desk.tasks.read(
            read, owner=self, done=self._show, failed=self._failed, latest="capsule"
        )

    def _show(self, found: _Read | None) -> None:
        if found is None:
            return
        lines, capsules, options, office, readers = found
        chosen = max(self.table.currentIndex().row(), 0)
        self._lines = lines
        self.model.show([line.cells() for line in lines], [str(n) for n in range(len(lines))])
        self.summary.setText(_summary(lines, capsules))
        names = [person.name for person in office.people]
        kept = self.person.currentText()
        self.person.clear()
        self.person.addItems(names)
        self.person.setCurrentIndex(max(self.person.findText(kept), 0))
        self.form.show_options(options, names, readers)
        self.views.show_counts({"replies": len(lines), "make": len(capsules)})
        self.table.selectRow(min(chosen, len(lines) - 1))
        self._on_chosen()

    def line(self) -> RemarkLine | None:
        """Return the chosen remark, or None."""
        key = self.table.currentIndex().siblingAtColumn(0).data(KEY_ROLE)
        return self._lines[int(key)] if key else None

    def _on_chosen(self) -> None:
        line = self.line()
        self.detail.setHtml(line.html() if line else "")
        words = _CONCLUSIONS if line and isinstance(line.source, Subject) else _VERDICTS
        self.conclusion.clear()
        for word in words:
            self.conclusion.addItem(word.value, word)
        for made in (self.conclusion, self.person, self.reason, self.decide_button):
            made.setEnabled(line is not None)

    def go_to_place(self) -> None:
        """Ask for the page that the chosen remark is about."""
        line = self.line()
        if line is None or self._view is None:
            return
        passage = line.passage(self._view.file)
        if passage is None:
            self._say("这条意见没有指明文书的页。")
        else:
            self.place_wanted.emit(passage)

    def decide(self) -> None:
        """Keep what the person decided of the chosen remark."""
        line, workstation, case_id = self.line(), self._desk.workstation, self._case_id
        if line is None:
            return
        source, word = line.source, self.conclusion.currentData()
        reason, person = self.reason.text(), self.person.currentText()

        def write() -> Changes:
            if isinstance(source, Subject):
                return workstation.capsules.decide(
                    case_id, source.key, Opinion(word), reason, person=person
                )
            return workstation.paper_remarks.decide(
                case_id, source.remark.id, Verdict(word), reason, person=person
            )

        self._desk.tasks.write(write, owner=self, done=self._decided, failed=self._failed)

    def _decided(self, changes: Changes) -> None:
        self.reason.clear()
        self._say("决定已记下。")
        self._desk.bus.publish(changes)

    def choose_reply(self) -> None:
        """Ask for a reply file and merge it."""
        start = self._desk.workstation.home.output
        path = self._desk.prompter.choose_file(self, "选择律师发回的回件", start, _KINDS)
        if path is not None:
            self.merge(path)

    def merge(self, path: Path) -> None:
        """Take in a reply file."""
        capsules, by = self._desk.workstation.capsules, self.person.currentText()
        self._desk.tasks.write(
            lambda: capsules.merge([path], by),
            owner=self,
            done=self._merged,
            failed=self._failed,
        )

    def _merged(self, found: tuple[tuple[MergedReply, ...], Changes]) -> None:
        (one,), changes = found
        if one.state == MERGED and one.reply is not None:
            self._say(
                f"已并入{one.reply.author}的意见{len(one.reply.items)}条。请与律师本人核对来件。"
            )
        elif one.state == KNOWN:
            self._say("这份回件已收过，没有重复并入。")
        else:
            self._say(f"没有并入：{one.message}", "error")
        self._desk.bus.publish(changes)

    def make(self) -> None:
        """Write the capsule into a folder the user names."""
        start = self._desk.workstation.home.output
        folder = self._desk.prompter.choose_folder(self, "胶囊存到", start)
        if folder is None:
            return
        capsules, case_id, choices = (
            self._desk.workstation.capsules,
            self._case_id,
            self.form.choices(),
        )
        self.form.make.setEnabled(False)
        self.form.say("正在制作；进度在窗口底部，可以取消。")
        self._desk.tasks.long(
            lambda progress, stop: capsules.make(case_id, folder, choices, progress, stop),
            title="案卷胶囊",
            owner=self,
            done=self._made,
            failed=self._not_made,
        )

    def _made(self, made: MadeCapsule | None) -> None:
        self.form.make.setEnabled(True)
        if made is None:
            self.form.say("已取消，没有生成胶囊。", "warn")
            return
        self._desk.bus.publish(made.changes)
        size = max(round(made.size / 1_048_576, 1), 0.1)
        self.form.say(
            f"已生成 {made.path.name}（{made.pages}页，{size} MB），在 {made.path.parent}。"
            f"发给律师前可用 capsule verify 校验。",
            "ok",
        )

    def _not_made(self, error: WorkstationError) -> None:
        self.form.make.setEnabled(True)
        self.form.say(f"{error.message}{error.hint}", "error")

    def _say(self, text: str, role: str = "muted") -> None:
        set_role(self.state, role)
        self.state.setText(text)

    def _failed(self, error: WorkstationError) -> None:
        self._say(f"{error.message}{error.hint}", "error")


def _summary(lines: tuple[RemarkLine, ...], capsules: tuple[Capsule, ...]) -> str:
    if not lines:
        return _EMPTY
    conflicts = sum(isinstance(x.source, Subject) and x.source.is_open for x in lines)
    word = f"⚠ 结论不一致 {conflicts} 处，请由本机关的人决定。" if conflicts else "没有结论冲突。"
    return f"交出胶囊 {len(capsules)} 个，收回意见 {len(lines)} 条。{word}Enter 跳到所指的页。"
