"""The ten conclusions of a review: the table, what the checks found, verdict and reason."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QPlainTextEdit,
    QSplitter,
    QTableView,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ui.models.record_table_model import RecordTableModel
from ui.theme import current_tokens
from ui.widgets.passages import PLACE, link_html, named
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of
from workstation.operations.review_views import Conclusion
from workstation.review.conclusions import Proposal, Verdict
from workstation.review.records import Finding, Passage, State

_HEADINGS = ("序", "审核事项", "结论", "理由")
_WIDTHS = (36, 120, 118)
_REASON_HEIGHT = 96
_MARKS = {State.FAILED: "✕", State.FOR_A_PERSON: "？", State.PASSED: "✓"}
_HELP = "1 合法　2 有瑕疵可补正　3 违法　Enter 写理由　Ctrl+Enter 记下，到下一项"


class ConclusionTable(QWidget):
    """1, 2 and 3 choose the verdict, Enter goes to the reason, Ctrl+Enter keeps both."""

    kept = Signal(str, object, str)
    place_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conclusions: tuple[Conclusion, ...] = ()
        self._proposals: tuple[Proposal, ...] = ()
        self._row = -1
        self.model = RecordTableModel(_HEADINGS)
        self.table: QTableView = record_table(self.model, "十项结论", _WIDTHS)
        self.detail = QTextBrowser()
        self.detail.setOpenLinks(False)
        self.detail.setAccessibleName("审核清单对本项的提示")
        self.verdict = QComboBox()
        self.verdict.setAccessibleName("结论")
        for verdict in Verdict:
            self.verdict.addItem(verdict.value, verdict)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("结论的理由")
        self.reason.setPlaceholderText(
            "理由：据以作出该项结论的事实和依据；待人工的各项写明看了什么"
        )
        self.reason.setFixedHeight(_REASON_HEIGHT)
        self.reason.setTabChangesFocus(True)
        self.keep = button("记下，到下一项")
        self._build()

    def _build(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setSizes([360, 200])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split, 1)
        layout.addWidget(self.reason)
        bar = row_of(self.verdict, label(_HELP, "muted", wraps=True), self.keep)
        bar.setStretch(1, 1)
        layout.addLayout(bar)
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.table.activated.connect(self._write_reason)
        self.detail.anchorClicked.connect(self._on_link)
        self.keep.clicked.connect(self.keep_conclusion)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.keep_conclusion)
        self._add_number_keys()

    def _add_number_keys(self) -> None:
        """Let a number choose the verdict; a table would search for a row that begins with it."""
        for place in range(self.verdict.count()):
            shortcut = QShortcut(QKeySequence(str(place + 1)), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda place=place: self._choose(place))

    def _choose(self, place: int) -> None:
        if self.verdict.isEnabled():
            self.verdict.setCurrentIndex(place)
            self._write_reason()

    def show_conclusions(
        self, conclusions: Sequence[Conclusion], proposals: Sequence[Proposal], *, open_: bool
    ) -> None:
        """Show what was concluded and what the checks propose; only an open round is written."""
        row = max(self._row, 0)
        self._conclusions, self._proposals = tuple(conclusions), tuple(proposals)
        rows = zip(self._conclusions, self._proposals, strict=True)
        self.model.show([_row(n, *pair) for n, pair in enumerate(rows, start=1)])
        for widget in (self.verdict, self.reason, self.keep):
            widget.setEnabled(open_)
        if self._conclusions:
            self._row = -1
            self.table.selectRow(min(row, len(self._conclusions) - 1))

    def step_by(self, by: int) -> None:
        """Choose the next subject (1) or the one before (-1)."""
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.table.selectRow(row)

    def keep_conclusion(self) -> None:
        """Ask for the verdict and reason of the chosen subject to be kept."""
        if self.keep.isEnabled() and 0 <= self._row < len(self._conclusions):
            title = self._conclusions[self._row].subject.title
            verdict = Verdict(self.verdict.currentData())
            self.kept.emit(title, verdict, self.reason.toPlainText().strip())

    def _on_chosen(self) -> None:
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self._conclusions) or row == self._row:
            return
        self._row = row
        conclusion, proposal = self._conclusions[row], self._proposals[row]
        verdict = conclusion.verdict or proposal.verdict.value
        self.verdict.setCurrentIndex(self.verdict.findText(verdict))
        self.reason.setPlainText(conclusion.reason or proposal.reason)
        self.detail.setHtml(_detail_html(conclusion, proposal))

    def _write_reason(self) -> None:
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_link(self, url: QUrl) -> None:
        text = url.toString()
        if text.startswith(PLACE) and 0 <= self._row < len(self._proposals):
            places = _places(self._proposals[self._row])
            self.place_wanted.emit(places[int(text.removeprefix(PLACE))])


def _row(number: int, conclusion: Conclusion, proposal: Proposal) -> tuple[str, ...]:
    if conclusion.verdict:
        return str(number), conclusion.subject.title, conclusion.verdict, conclusion.reason
    failed = sum(finding.state is State.FAILED for finding in proposal.findings)
    found = f"不符合{failed}项；" if failed else ""
    told = f"清单提示：{found}待人工{proposal.open}项" if found or proposal.open else "清单均符合"
    return str(number), conclusion.subject.title, "（未作出）", told


def _places(proposal: Proposal) -> list[Passage]:
    return [
        passage
        for finding in _shown(proposal)
        for passage in finding.passages
        if finding.state is State.FAILED
    ]


def _shown(proposal: Proposal) -> list[Finding]:
    """Return the findings, what failed first, then what is left to a person."""
    kept = [f for f in proposal.findings if f.state in _MARKS]
    order = list(_MARKS)
    return sorted(kept, key=lambda finding: order.index(finding.state))


def _detail_html(conclusion: Conclusion, proposal: Proposal) -> str:
    tokens = current_tokens()
    head = (
        f"<p><b>{escape(conclusion.subject.title)}</b>　"
        f"<span style='color:{tokens.muted}'>清单提示，由审核人决定</span></p>"
    )
    parts = [head]
    place = 0
    for finding in _shown(proposal):
        failed = finding.state is State.FAILED
        said = finding.message if failed else finding.check.item
        links = ""
        if failed:
            links = "　".join(
                link_html(f"{PLACE}{place + n}", named(passage))
                for n, passage in enumerate(finding.passages)
            )
            place += len(finding.passages)
        look = f"须看：{finding.check.look_at}" if finding.state is State.FOR_A_PERSON else ""
        tone = tokens.error if failed else tokens.text
        parts.append(
            f"<p><span style='color:{tone}'>{_MARKS[finding.state]} {finding.check.id}　"
            f"{escape(said)}</span>　{links}"
            f"<br><span style='color:{tokens.muted}'>{escape(look)}</span></p>"
        )
    return "".join(parts)
