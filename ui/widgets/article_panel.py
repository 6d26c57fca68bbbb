"""One article beside the page: its text by paragraph and item, as of the day that counts."""

from datetime import date
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.theme import current_tokens
from ui.widgets.article_uses_view import ArticleUsesView
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.domain.numerals import to_chinese
from workstation.errors import WorkstationError
from workstation.legislation.law_records import ArticleView
from workstation.operations.changes import Changes


class ArticlePanel(QWidget):
    """Shows an article; Alt+←/→ step, Ctrl+Shift+C copies, +I inserts, Ctrl+D pins it."""

    article_shown = Signal(str)
    closed = Signal()
    insert_wanted = Signal(str, object, object)
    case_opened = Signal(str)
    matter_opened = Signal(str)
    comparison_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: ArticleView | None = None
        self._as_of: date | None = None
        self._wanted: tuple[str, date | None] | None = None
        self.title = label("", "heading", wraps=True)
        self.place = label("", "muted", wraps=True)
        self.banner = label("", "warn", wraps=True)
        self.text = QTextBrowser()
        self.text.setAccessibleName("条文")
        self.text.setPlaceholderText("选中一条，这里显示它的全文、款项和有效日期。")
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.uses = ArticleUsesView(desk)
        self.dates = label("", "muted", wraps=True)
        self._previous = button("上一条", flat=True)
        self._next = button("下一条", flat=True)
        self._copy = button("复制引用", flat=True)
        self._pin = button("列为常用", flat=True)
        self._insert = button("引入本案文书", flat=True)
        self._insert.setToolTip("写入本案文书中刚才填写的栏目；选中一款、一项的文字则引到该款、项")
        self._compare = button("比较文本", flat=True)
        self._compare.setToolTip("与前一个文本（或者废止它的法）逐款比较（Ctrl+Shift+B）")
        self._close = button("关闭", flat=True)
        self._compare.hide()
        self._shortcuts: list[QShortcut] = []
        self._build()
        self._enable()
        desk.bus.changed.connect(self._on_changed)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        for widget in (self.title, self.place, self.banner):
            layout.addWidget(widget)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.uses)
        layout.addWidget(self.dates)
        layout.addLayout(row_of(self._insert, self._copy, self._compare, None, self._pin))
        layout.addLayout(row_of(self._previous, self._next, None, self._close))
        self.uses.article_wanted.connect(lambda text: self.show_reference(text, self._as_of))
        self.uses.case_opened.connect(self.case_opened)
        self.uses.matter_opened.connect(self.matter_opened)
        self._insert.clicked.connect(self.insert_citation)
        self._previous.clicked.connect(lambda: self._step(forward=False))
        self._next.clicked.connect(lambda: self._step(forward=True))
        self._copy.clicked.connect(self.copy_citation)
        self._pin.clicked.connect(self.toggle_pin)
        self._compare.clicked.connect(self.compare_texts)
        self._close.clicked.connect(self._on_close)
        for keys, slot in (
            ("Alt+Left", lambda: self._step(forward=False)),
            ("Alt+Right", lambda: self._step(forward=True)),
            ("Ctrl+Shift+C", self.copy_citation),
            ("Ctrl+Shift+I", self.insert_citation),
            ("Ctrl+D", self.toggle_pin),
            ("Ctrl+Shift+B", self.compare_texts),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            self._shortcuts.append(shortcut)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def listen_on(self, page: QWidget) -> None:
        """Let the keys of the panel hold on all of the page it is a part of."""
        for shortcut in self._shortcuts:
            shortcut.setParent(page)

    def offer_comparison(self) -> None:
        """Show the button that compares a law's texts; a page that can show them calls it."""
        self._compare.show()

    @property
    def view(self) -> ArticleView | None:
        """The article that is shown, or None."""
        return self._view

    def show_reference(self, text: str, as_of: date | None) -> None:
        """Show the article that ``text`` cites, as of a day (None: today)."""
        self._wanted = (text, as_of)
        self._as_of = as_of
        law = self._desk.workstation.law
        self._desk.tasks.read(
            lambda: law.show(text, as_of),
            owner=self,
            done=self._show,
            failed=self._show_error,
            latest="article",
        )

    def show_article(self, article_id: int, as_of: date | None) -> None:
        """Show the article that a search result or a neighbour names."""
        self._as_of = as_of
        law = self._desk.workstation.law
        self._desk.tasks.read(
            lambda: law.article(article_id, as_of),
            owner=self,
            done=self._show,
            failed=self._show_error,
            latest="article",
        )

    def copy_citation(self) -> None:
        """Copy 《全称》第…条第…款第（…）项 to the clipboard, down to the words selected."""
        if self._view is not None:
            cited = self._citation() + _place_of(self._view, self._selected())
            QGuiApplication.clipboard().setText(cited)
            self.tell(f"已复制：{cited}", "ok")

    def _selected(self) -> str:
        return self.text.textCursor().selectedText().partition("\u2029")[0].strip()

    def insert_citation(self) -> None:
        """Ask for the citation to be put into the open case; the answer comes to :meth:`tell`."""
        if self._view is not None:
            cited = self._citation() + _place_of(self._view, self._selected())
            self.insert_wanted.emit(cited, self._view.as_of, self.tell)

    def compare_texts(self) -> None:
        """Ask for the law's texts to be shown side by side."""
        if self._view is not None:
            self.comparison_wanted.emit(self._view.title)

    def tell(self, text: str, role: str) -> None:
        """Say in the panel what came of a wish; ``role`` is ok or warn."""
        set_role(self.banner, role)
        self.banner.setText(text)

    def toggle_pin(self) -> None:
        """Keep the article at hand in the e助理, or no longer."""
        if self._view is None:
            return
        work = partial(self._desk.workstation.searches.toggle_pin, self._citation())
        self._desk.tasks.write(work, owner=self, done=self._on_pinned)

    def _on_pinned(self, changes: Changes | None) -> None:
        self._desk.bus.publish(changes)
        self._tell_pin()

    def _tell_pin(self) -> None:
        self._desk.tasks.read(
            self._desk.workstation.searches.pinned, owner=self, done=self._show_pin, latest="pins"
        )

    def _show_pin(self, pinned: tuple[str, ...] | None) -> None:
        self._pin.setText("不再常用" if self._citation() in (pinned or ()) else "列为常用")

    def _citation(self) -> str:
        return f"《{self._view.title}》{self._view.label}" if self._view else ""

    def _show(self, view: ArticleView | None) -> None:
        if view is None:
            return
        self._view = view
        self.title.setText(f"{view.title}　{view.label}")
        self.place.setText("　".join(view.heading))
        set_role(self.banner, "warn")
        self.banner.setText(view.banner or f"{view.as_of.isoformat()} 有效")
        set_role(self.banner, "warn" if view.banner else "ok")
        self.text.setHtml(_article_html(view))
        version = view.version
        ends = f"，{version.effective_to.isoformat()} 失效" if version.effective_to else ""
        self.dates.setText(
            f"{version.promulgated.isoformat()} 公布，{version.effective_from.isoformat()} 施行"
            f"{ends}　·　{version.trust}　·　{version.source}"
        )
        self._enable()
        self._tell_pin()
        self.uses.show_uses_of(view.reference, self._as_of)
        self.article_shown.emit(view.title)

    def _enable(self) -> None:
        view = self._view
        for made in (self._insert, self._copy, self._pin, self._compare):
            made.setEnabled(view is not None)
        self._previous.setEnabled(view is not None and view.previous is not None)
        self._next.setEnabled(view is not None and view.following is not None)

    def _show_error(self, error: WorkstationError) -> None:
        self._view = None
        self._enable()
        self.title.setText(self._wanted[0] if self._wanted else "")
        self.place.setText("")
        self.banner.setText(f"{error.message}{error.hint}")
        set_role(self.banner, "error")
        self.text.clear()
        self.uses.clear_uses()
        self.dates.setText("")

    def _step(self, *, forward: bool) -> None:
        if self._view is None:
            return
        neighbour = self._view.following if forward else self._view.previous
        if neighbour is not None:
            self.show_article(neighbour.id, self._as_of)

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()

    def _on_changed(self, changes: object) -> None:
        touches = getattr(changes, "touches", None)
        if touches and touches("law") and self._view is None and self._wanted and self.isVisible():
            self.show_reference(*self._wanted)


def _place_of(view: ArticleView, selected: str) -> str:
    """Return 第…款第（…）项 of the selected words; nothing where none or all are selected."""
    for paragraph in view.paragraphs if selected else ():
        if not any(selected in line for line in paragraph.lines):
            continue
        place = f"第{to_chinese(paragraph.number)}款" if len(view.paragraphs) > 1 else ""
        item = next((i for i in paragraph.items if any(selected in x for x in i.lines)), None)
        return place + (f"第（{to_chinese(item.number)}）项" if item else "")
    return ""


def _article_html(view: ArticleView) -> str:
    tokens = current_tokens()
    rows = []
    for paragraph in view.paragraphs:
        mark = f"第{to_chinese(paragraph.number)}款" if len(view.paragraphs) > 1 else ""
        rows.append(_row(mark, paragraph.text, tokens.muted))
        for item in paragraph.items:
            rows.extend(_row("", line, tokens.muted, indent=24) for line in item.lines)
    return f"<table cellspacing='0' cellpadding='4' width='100%'>{''.join(rows)}</table>"


def _row(mark: str, text: str, muted: str, indent: int = 0) -> str:
    return (
        f"<tr><td width='52' style='color:{muted}'>{mark}</td>"
        f"<td style='padding-left:{indent}px; line-height:160%'>{escape(text)}</td></tr>"
    )
