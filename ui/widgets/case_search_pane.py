"""Words within the open case: papers, drafts and evidence by page; Enter and F3 jump there."""

from html import escape

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.pages.law_results import marked_html
from ui.theme import current_tokens
from ui.widgets.case_reading_pane import CaseReadingPane
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.case_search import CaseFindings, CaseHit, HitSource

_DELAY = 250
_HINT = (
    "<p>在本案制发的文书、没有制发的草稿和证据文件中查找。写一个词，或者用引号括住原话；"
    "多个词之间空一格，须同时有。</p><p>回车到第一处，F3、Shift+F3 逐处跳转。</p>"
)


class CaseSearchPane(CaseReadingPane):
    """Searches while one types; asks again when the case changes."""

    place_wanted = Signal(object)
    evidence_wanted = Signal(int)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, case_id, parent)
        self._found: CaseFindings | None = None
        self._at = -1
        self.box = QLineEdit()
        self.box.setAccessibleName("在本案中查找")
        self.box.setPlaceholderText("在本案中查找（Ctrl+F）")
        self.box.setClearButtonEnabled(True)
        self.state = label("", "muted", wraps=True)
        self.results = QTextBrowser()
        self.results.setAccessibleName("本案中的位置")
        self.results.setOpenLinks(False)
        self.results.setHtml(_HINT)
        self._previous = button("上一处", flat=True)
        self._next = button("下一处", flat=True)
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.addLayout(row_of(self.box, self._previous, self._next))
        layout.addWidget(self.state)
        layout.addWidget(self.results, 1)
        self.setFocusProxy(self.box)
        self._timer.timeout.connect(self._ask)
        self.box.textChanged.connect(lambda _text: self._timer.start())
        self.box.returnPressed.connect(lambda: self.step_by(1))
        self.results.anchorClicked.connect(self._on_link)
        self._previous.setToolTip("Shift+F3")
        self._next.setToolTip("F3")
        self._previous.clicked.connect(lambda: self.step_by(-1))
        self._next.clicked.connect(lambda: self.step_by(1))
        for keys, by in (("F3", 1), ("Shift+F3", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda by=by: self.step_by(by))

    @override
    def _ask(self) -> None:
        query = self.box.text().strip()
        self._at = -1
        if not query or self._view is None:
            self._found = None
            self._say("")
            self.results.setHtml(_HINT)
            return
        self._say("正在查找…")
        search, case_id, day = self._desk.workstation.case_search, self._case_id, self._view.as_of
        self._desk.tasks.read(
            lambda: search.find(case_id, query, day),
            owner=self,
            done=self._show,
            failed=self._failed,
            latest="find",
        )

    @override
    def step_by(self, by: int) -> None:
        """Go to the next place, or the one before."""
        if self._found is None or not self._found.hits:
            return
        self._go(min(max(self._at + by, 0), len(self._found.hits) - 1))

    def _go(self, number: int) -> None:
        if self._found is None:
            return
        self._at = number
        hit = self._found.hits[number]
        self._say(f"第{number + 1}处，共{len(self._found.hits)}处：{hit.words}")
        self.results.scrollToAnchor(f"n{number}")
        if hit.found_in is HitSource.EVIDENCE:
            self.evidence_wanted.emit(hit.evidence)
        else:
            self.place_wanted.emit(hit.place)

    def _show(self, found: CaseFindings | None) -> None:
        if found is None:
            return
        self._found = found
        self.results.setHtml(_html(found))
        unread = f"另有{len(found.unread)}件证据没有文字，没有查找。" if found.unread else ""
        self._say(f"{len(found.hits)}处。{unread}" if found.hits else f"没有找到。{unread}")

    def _on_link(self, url: QUrl) -> None:
        self._go(int(url.toString().partition(":")[2]))

    def _say(self, text: str) -> None:
        set_role(self.state, "muted")
        self.state.setText(text)

    def _failed(self, error: WorkstationError) -> None:
        set_role(self.state, "error")
        self.state.setText(f"✕ {error.message}{error.hint}")


def _html(found: CaseFindings) -> str:
    muted = current_tokens().muted
    parts = [_hit_html(number, hit) for number, hit in enumerate(found.hits)]
    if found.unread:
        lines = "<br>".join(map(escape, found.unread))
        parts.append(f"<p style='color:{muted}'>没有查找的：<br>{lines}</p>")
    return "".join(parts) or "<p>没有找到。可以少写几个字，或者去掉引号。</p>"


def _hit_html(number: int, hit: CaseHit) -> str:
    tokens = current_tokens()
    times = f"　{hit.times}次" if hit.times > 1 else ""
    return (
        f"<p style='margin:4px 0 8px 0; line-height:150%'><a name='n{number}'></a>"
        f"<a href='h:{number}' style='color:{tokens.accent}'>{escape(hit.words)}</a>"
        f"<span style='color:{tokens.muted}'>　{hit.found_in.value}{times}</span><br>"
        f"{marked_html(hit.snippet)}</p>"
    )
