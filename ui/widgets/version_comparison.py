"""Two texts of a law side by side: what was replaced, moved and reworded, change by change."""

from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QTextBrowser, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.theme import current_tokens
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.domain.numerals import to_chinese
from workstation.errors import WorkstationError
from workstation.legislation.law_records import VersionView
from workstation.legislation.successions import Succession, VersionComparison
from workstation.legislation.version_comparison import Change, ComparedArticle, Words

_PAIRS_WIDTH = 480
_STATE_WIDTH = 190


class VersionComparisonView(QWidget):
    """F8 and Shift+F8 step through the changes, Esc goes back."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._title = ""
        self._compared: VersionComparison | None = None
        self._changes = 0
        self._at = -1
        self.heading = label("", "heading", wraps=True)
        self.facts = label("", "muted", wraps=True)
        self.state = label("", "muted")
        self.state.setMinimumWidth(_STATE_WIDTH)
        self.pairs = QComboBox()
        self.pairs.setAccessibleName("比较哪两个文本")
        self.pairs.setMinimumWidth(_PAIRS_WIDTH)
        self.changes_only = QCheckBox("只看变化")
        self.changes_only.setChecked(True)
        self.text = QTextBrowser()
        self.text.setAccessibleName("两个文本逐款对照")
        self.text.setOpenLinks(False)
        self._previous = button("上一处", flat=True)
        self._next = button("下一处", flat=True)
        self._back = button("返回", flat=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(self.heading)
        layout.addWidget(self.facts)
        layout.addLayout(
            row_of(
                self.pairs,
                self.changes_only,
                self.state,
                None,
                self._previous,
                self._next,
                self._back,
            )
        )
        layout.addWidget(self.text, 1)
        self.setFocusProxy(self.text)
        self._connect()

    def _connect(self) -> None:
        self.pairs.activated.connect(lambda _row: self._compare())
        self.changes_only.toggled.connect(lambda _on: self._render())
        for keys, pressed, slot in (
            ("F8", self._next, partial(self.step, 1)),
            ("Shift+F8", self._previous, partial(self.step, -1)),
            ("Esc", self._back, self.closed.emit),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
            pressed.setToolTip(keys)
            pressed.clicked.connect(slot)

    def show_texts_of(self, title: str) -> None:
        """Compare the newest text of a law with the one before, or with what repealed it."""
        self._title = title
        self._compared = None
        self.heading.setText(f"《{title}》逐款比较")
        self.facts.clear()
        self.pairs.clear()
        self.text.clear()
        self._say("正在比较…")
        self.setFocus()
        law = self._desk.workstation.law
        self._desk.tasks.read(
            lambda: law.succession(title),
            owner=self,
            done=self._show_succession,
            failed=self._failed,
            latest="comparison",
        )

    def step(self, by: int) -> None:
        """Go to the next change, or with -1 to the one before."""
        if not self._changes:
            return
        self._at = min(max(self._at + by, 0), self._changes - 1)
        self.text.scrollToAnchor(f"c{self._at}")
        self._say(f"第{self._at + 1}处，共{self._changes}处变化")

    def _show_succession(self, known: Succession | None) -> None:
        if known is None:
            return
        facts = [f"已被《{known.replaced_by}》废止。"] if known.replaced_by else []
        if known.replaces:
            facts.append("它废止了" + "、".join(f"《{t}》" for t in known.replaces) + "。")
        self.facts.setText("".join((*facts, known.gap)))
        versions = known.versions
        for new in range(len(versions) - 1, 0, -1):
            old = versions[new - 1]
            data = (known.title, old.effective_from, versions[new].effective_from, "")
            self.pairs.addItem(f"{_named(old)} → {_named(versions[new])}", data)
        for other, own_is_old in (
            *((title, False) for title in known.replaces),
            *((title, True) for title in filter(None, (known.replaced_by,))),
        ):
            pair = (known.title, other) if own_is_old else (other, known.title)
            self.pairs.addItem(f"《{pair[0]}》 → 《{pair[1]}》", (pair[0], None, None, pair[1]))
        self.pairs.setVisible(self.pairs.count() > 0)
        if self.pairs.count():
            self._compare()
        else:
            self._say("本库只有这一个文本。导入另一时期的文本后即可比较。")

    def _compare(self) -> None:
        data = self.pairs.currentData()
        law = self._desk.workstation.law
        self._say("正在比较…")
        self._desk.tasks.read(
            lambda: law.compare(*data),
            owner=self,
            done=self._show,
            failed=self._failed,
            latest="comparison",
        )

    def _show(self, compared: VersionComparison | None) -> None:
        if compared is not None:
            self._compared = compared
            self._render()

    def _render(self) -> None:
        if self._compared is None:
            return
        whole = self._compared
        shown = whole.only_changes() if self.changes_only.isChecked() else whole
        self._changes = len(whole.only_changes().articles)
        self._at = -1
        self.text.setHtml(_html(shown))
        self._say(f"共{self._changes}处变化" if self._changes else "两个文本没有差别")

    def _say(self, text: str) -> None:
        set_role(self.state, "muted")
        self.state.setText(text)

    def _failed(self, error: WorkstationError) -> None:
        set_role(self.state, "error")
        self.state.setText(f"✕ {error.message}{error.hint}")


def _named(version: VersionView) -> str:
    return f"{version.effective_from.isoformat()} 起施行的文本"


def _html(compared: VersionComparison) -> str:
    tokens = current_tokens()
    head = "".join(
        f"<td width='50%' style='color:{tokens.muted}'>{escape(v.title)}　{_named(v)}</td>"
        for v in (compared.old, compared.new)
    )
    rows = [f"<tr>{head}</tr>"]
    changes = 0
    for article in compared.articles:
        changed = article.change is not Change.SAME
        anchor = f"<a name='c{changes}'></a>" if changed else ""
        changes += changed
        rows += _article_rows(article, anchor)
    return f"<table width='100%' cellspacing='0' cellpadding='6'>{''.join(rows)}</table>"


def _article_rows(article: ComparedArticle, anchor: str) -> list[str]:
    tokens = current_tokens()
    color = tokens.muted if article.change is Change.SAME else tokens.warn
    mark = f"　<span style='color:{color}'>{article.change.value}</span>"
    old_label, new_label = article.old_label or "—", article.new_label or "—"
    rows = [f"<tr><td>{anchor}<b>{old_label}</b></td><td><b>{new_label}</b>{mark}</td></tr>"]
    several = len(article.paragraphs) > 1
    for part in article.paragraphs:
        old = _side(part.old, part.old_number if several else 0, tokens.error)
        new = _side(part.new, part.new_number if several else 0, tokens.ok)
        rows.append(f"<tr><td valign='top'>{old}</td><td valign='top'>{new}</td></tr>")
    return rows


def _side(words: tuple[Words, ...], number: int, color: str) -> str:
    """Return one 款; what differs is underlined, so that it can be told without colour."""
    marked = "".join(
        f"<u style='color:{color}'>{escape(w.text)}</u>" if w.changed else escape(w.text)
        for w in words
    ).replace("\n", "<br>")
    place = f"<span style='color:{current_tokens().muted}'>第{to_chinese(number)}款　</span>"
    return f"<div style='line-height:160%'>{place if number else ''}{marked}</div>"
