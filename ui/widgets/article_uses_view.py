"""Below an article: its 义务条 or 罚则条, the matters that rest on it, open cases that cite it."""

from datetime import date
from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QTextBrowser, QWidget

from ui.desk import Desk
from ui.theme import current_tokens
from workstation.domain.citations import ArticleReference
from workstation.operations.article_uses import ArticleUses

_MOST_HEIGHT = 180
_FRAME = 24


class ArticleUsesView(QTextBrowser):
    """Hidden while the article is used nowhere; Tab steps through the links, Enter follows."""

    article_wanted = Signal(str)
    case_opened = Signal(str)
    matter_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName("条文的关联")
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.anchorClicked.connect(self._on_link)
        self.hide()

    def show_uses_of(self, reference: ArticleReference, as_of: date | None) -> None:
        """Read where an article is used as of a day (None: today) and show it."""
        uses = self._desk.workstation.article_uses
        self._desk.tasks.read(
            lambda: uses.of_article(reference, as_of),
            owner=self,
            done=self._show,
            latest="uses",
        )

    def clear_uses(self) -> None:
        """Show nothing."""
        self.clear()
        self.hide()

    def _show(self, uses: ArticleUses | None) -> None:
        if uses is None:
            return
        html = uses_html(uses)
        self.setHtml(html)
        self.setVisible(bool(html))
        self.document().setTextWidth(self.viewport().width())
        height = int(self.document().size().height()) + _FRAME
        self.setFixedHeight(min(height, _MOST_HEIGHT))

    def _on_link(self, url: QUrl) -> None:
        kind, _, rest = url.toString().partition(":")
        text = QUrl.fromPercentEncoding(rest.encode())
        if kind == "p":
            self.article_wanted.emit(text)
        elif kind == "c":
            self.case_opened.emit(text)
        elif kind == "m":
            self.matter_opened.emit(text)


def uses_html(uses: ArticleUses) -> str:
    """Return the uses as rows of links; empty where there are none."""
    rows = []
    for name, references in (("义务条", uses.pairs.duties), ("罚则条", uses.pairs.penalties)):
        links = "、".join(_link("p", str(r), _short(r, uses.reference)) for r in references)
        if links:
            rows.append(_row(name, links))
    matters = "<br>".join(
        f"{_link('m', m.code, m.name)}（{escape('、'.join(m.roles))}）" for m in uses.matters
    )
    if matters:
        rows.append(_row("权力事项", matters))
    cases = "<br>".join(
        f"{_link('c', c.case_id, c.number or c.title)}　{escape('；'.join(c.places))}"
        for c in uses.cases
    )
    if cases:
        rows.append(_row("在办案件引用", cases))
    return f"<table cellspacing='0' cellpadding='3'>{''.join(rows)}</table>" if rows else ""


def _short(reference: ArticleReference, beside: ArticleReference) -> str:
    return reference.place if reference.title == beside.title else str(reference)


def _link(kind: str, target: str, text: str) -> str:
    place = QUrl.toPercentEncoding(target).toStdString()
    accent = current_tokens().accent
    return f"<a href='{kind}:{place}' style='color:{accent}'>{escape(text)}</a>"


def _row(name: str, html: str) -> str:
    muted = current_tokens().muted
    return (
        f"<tr><td style='color:{muted}; white-space:nowrap; padding-right:12px'>{name}</td>"
        f"<td>{html}</td></tr>"
    )
