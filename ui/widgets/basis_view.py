"""The articles something rests on, as of a day, read beside it."""

from collections.abc import Sequence
from datetime import date
from html import escape

from PySide6.QtWidgets import QTextBrowser, QWidget

from ui.desk import Desk
from ui.theme import current_tokens
from workstation.domain.citations import ArticleReference
from workstation.errors import WorkstationError
from workstation.legislation.law_records import ArticleView
from workstation.operations.law import LawOperations

_NONE = "本项没有列出条文。"
Found = tuple[ArticleView | str, ...]


class BasisView(QTextBrowser):
    """Reads off the thread of the window; what cannot be shown says why in its place."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: tuple[tuple[ArticleReference, ...], date | None] = ((), None)
        self.setOpenLinks(False)
        self.setAccessibleName("依据的条文")

    def show_articles(self, references: Sequence[ArticleReference], day: date | None) -> None:
        """Show these articles as of a day (None: today)."""
        wanted = (tuple(references), day)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        law = self._desk.workstation.law
        self._desk.tasks.read(
            lambda: tuple(_article(law, one, day) for one in wanted[0]),
            owner=self,
            done=self._show,
            latest="basis",
        )

    def _show(self, found: Found | None) -> None:
        if found is not None:
            self.setHtml("".join(map(_html, found)) if found else escape(_NONE))


def _article(law: LawOperations, wanted: ArticleReference, day: date | None) -> ArticleView | str:
    try:
        return law.show(wanted, day)
    except WorkstationError as error:
        return f"{wanted}：{error.message}{error.hint}"


def _html(found: ArticleView | str) -> str:
    tokens = current_tokens()
    if isinstance(found, str):
        return f"<p style='color:{tokens.warn}'>{escape(found)}</p>"
    head = f"<p><b>{escape(str(found.reference))}</b></p>"
    banner = f"<p style='color:{tokens.warn}'>{escape(found.banner)}</p>" if found.banner else ""
    lines = (line for paragraph in found.paragraphs for line in paragraph.lines)
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"{head}{banner}{body}"
