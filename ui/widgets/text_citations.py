"""Every citation of a file, or of a text that is pasted in, with its verdict."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.prompts import READABLE_FILES
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.legislation.citations import WRONG, CheckedCitation, Verdict

_HEADINGS = ("引用", "结论", "说明")
_FILES = f"文本 ({READABLE_FILES})"
_EMPTY = (
    "选一份文件（Word、PDF、网页、文本，也可以拖进来），或者把文字粘贴在上面，"
    "逐处核对其中引用的法条。"
)
_NONE = "没有找到引用法条的地方。引用要写明条号，例如“《行政处罚法》第四十二条”。"
_DELAY = 400
_COUNTRY = "中华人民共和国"


class TextCitationsView(QWidget):
    """Enter or a click shows the article; all rows can be copied."""

    article_wanted = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._as_of: date | None = None
        self._found: tuple[CheckedCitation, ...] = ()
        self._path: Path | None = None
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("要核对的文字")
        self.text.setPlaceholderText("把要核对的文字粘贴在这里")
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(64)
        self.state = label(_EMPTY, "muted", wraps=True)
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "文字中的引用", (230, 104))
        self.table.setMinimumHeight(102)
        self.detail = label("", "muted", wraps=True)
        self._choose = button("选文件…")
        self._copy = button("复制结果", flat=True)
        self._back = button("返回检索", flat=True)
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row_of(self._choose, None, self._copy, self._back))
        layout.addWidget(self.text)
        layout.addWidget(self.state)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        self.setAcceptDrops(True)
        self.setFocusProxy(self.text)
        self._connect()

    def _connect(self) -> None:
        self._choose.clicked.connect(self.choose_file)
        self._copy.clicked.connect(self.copy_rows)
        self._back.clicked.connect(self.closed)
        self.text.textChanged.connect(self._timer.start)
        self.table.selectionModel().currentRowChanged.connect(self._show_detail)
        self._timer.timeout.connect(self.check_text)
        self.table.activated.connect(self._open)
        self.table.clicked.connect(self._open)

    def keep_to(self, as_of: date | None) -> None:
        """Check by the law of a day (None: today), again what was checked before."""
        if as_of != self._as_of:
            self._as_of = as_of
            if self._path is not None:
                self.check_file(self._path)
            else:
                self.check_text()

    def choose_file(self) -> None:
        """Ask for a file and check it."""
        path = self._desk.prompter.choose_file(self, "核对文件中的引用", Path.home(), _FILES)
        if path is not None:
            self.check_file(path)

    def check_file(self, path: Path) -> None:
        """Check what a file cites."""
        law, day = self._desk.workstation.law, self._as_of
        self._timer.stop()
        self._path = path
        self._say(f"正在读 {path.name}…")
        self._ask(path.name, lambda: law.check_file(path, day))

    def check_text(self) -> None:
        """Check what the text in the box cites."""
        text = self.text.toPlainText()
        if not text.strip():
            return
        self._path = None
        law, day = self._desk.workstation.law, self._as_of
        self._ask("粘贴的文字", lambda: law.check_text(text, day))

    def _ask(self, source: str, check: Callable[[], tuple[CheckedCitation, ...]]) -> None:
        self._desk.tasks.read(
            lambda: (source, check()),
            owner=self,
            done=self._show,
            failed=self._failed,
            latest="citations",
        )

    def _show(self, read: tuple[str, tuple[CheckedCitation, ...]] | None) -> None:
        if read is None:
            return
        source, self._found = read
        rows = [_row(cited) for cited in self._found]
        self.model.show(rows, [str(number) for number in range(len(rows))])
        wrong = sum(cited.check.verdict in WRONG for cited in self._found)
        unsure = sum(cited.check.verdict is not Verdict.OK for cited in self._found) - wrong
        day = (self._as_of or date.today()).isoformat()
        told = f"{len(rows)}处引用，按{day}的法律：✕ 不能引用{wrong}处，? 须查原文{unsure}处。"
        self._say(f"{source}：{told if rows else _NONE}", "error" if wrong else "muted")
        first = (n for n, cited in enumerate(self._found) if cited.check.verdict in WRONG)
        self.detail.clear()
        if rows:
            self.table.selectRow(next(first, 0))

    def copy_rows(self) -> None:
        """Copy the rows, columns between tabs, for a reply to whoever wrote the text."""
        if self._found:
            rows = ((c.found.text, c.check.verdict.words, _told(c)) for c in self._found)
            lines = ["\t".join(row) for row in (_HEADINGS, *rows)]
            QGuiApplication.clipboard().setText("\n".join(lines))
            self._say(f"已复制{len(self._found)}行。")

    def _at(self, index: QModelIndex) -> CheckedCitation | None:
        key = index.siblingAtColumn(0).data(KEY_ROLE)
        return self._found[int(key)] if key else None

    def _show_detail(self, index: QModelIndex) -> None:
        cited = self._at(index)
        self.detail.setText(f"“{cited.found.text}”　{_told(cited)}" if cited else "")

    def _open(self, index: QModelIndex) -> None:
        cited = self._at(index)
        if cited is not None:
            self.article_wanted.emit(str(cited.check.reference))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.check_file(Path(paths[0]))

    def _failed(self, error: WorkstationError) -> None:
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _say(self, text: str, role: str = "muted") -> None:
        set_role(self.state, role)
        self.state.setText(text)


def _row(cited: CheckedCitation) -> tuple[str, ...]:
    verdict = cited.check.verdict
    printed = cited.found.text.replace(_COUNTRY, "")
    return printed, f"{verdict.mark} {verdict.words}", _told(cited)


def _told(cited: CheckedCitation) -> str:
    return cited.check.message or str(cited.check.reference)
