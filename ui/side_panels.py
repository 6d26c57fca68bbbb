"""What stands beside a page: the article asked for, or the e助理 with its three shelves."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.pages.law_page import LawPage
from ui.widgets.article_panel import ArticlePanel
from ui.widgets.law_day_line import CaseDays

_ARTICLE_WIDTH, _SEARCH_WIDTH = 420, 460
_ROOM_FOR_ALL, _LEAST_BESIDE = 1540, 780


class SidePanels(QSplitter):
    """A page at the left and one panel at the right; the e助理 is made when first asked for.

    ``crowded`` says whether a panel that is open leaves a case too little room for its true page.
    """

    crowded = Signal(bool)

    def __init__(
        self,
        desk: Desk,
        page: QWidget,
        connect: Callable[[QWidget], None],
        days: CaseDays,
        parent: QWidget,
    ) -> None:
        """``connect`` is called with each panel, to join its signals to the window.

        ``days`` tells the days of the case in view.
        """
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._desk = desk
        self._page = page
        self._connect = connect
        self._days = days
        self._came_from: QWidget | None = None
        self.article_panel = ArticlePanel(desk)
        self.search: LawPage | None = None
        self.addWidget(page)
        self.addWidget(self.article_panel)
        self.setStretchFactor(0, 1)
        self.setChildrenCollapsible(False)
        self.article_panel.hide()
        self.article_panel.installEventFilter(self)
        connect(self.article_panel)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._tell_room()
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_room()

    def _tell_room(self) -> None:
        panels = (self.search, self.article_panel)
        is_open = any(panel is not None and not panel.isHidden() for panel in panels)
        # Without it the window would grow beyond the screen before the case has made room.
        self._page.setMinimumWidth(_LEAST_BESIDE if is_open else 0)
        self.crowded.emit(is_open and self.width() < _ROOM_FOR_ALL)

    def show_article(self, text: str, as_of: date | None) -> None:
        """Open an article as of a day: in the e助理 where it is open, else in a panel."""
        if self.search is not None and self.search.isVisible():
            self.search.article.show_reference(text, as_of)
            return
        self._open(self.article_panel, _ARTICLE_WIDTH)
        self.article_panel.show_reference(text, as_of)

    def open_search(self, query: str = "") -> None:
        """Open the e助理 beside the page, with what is to be searched for."""
        if self.search is None:
            self.search = LawPage(self._desk, beside=self._days)
            # Hidden first: a splitter shows what is added to it, and the window would grow.
            self.search.hide()
            self.search.installEventFilter(self)
            self.addWidget(self.search)
            self._connect(self.search)
        if not self.search.isVisible():
            self._came_from = self.focusWidget()
        self.article_panel.hide()
        self._open(self.search, _SEARCH_WIDTH)
        if query:
            self.search.search(query)
        self.search.box.selectAll()
        self.search.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put_away(self) -> bool:
        """Hide the panel that is open, the cursor back where it was; False where none is."""
        for panel in (self.search, self.article_panel):
            if panel is not None and panel.isVisible():
                panel.hide()
                if panel is self.search and self._came_from is not None:
                    self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
                self._came_from = None
                return True
        return False

    def _open(self, panel: QWidget, width: int) -> None:
        if panel.isVisible():
            return
        panel.show()
        shown = [width if held is panel else 0 for held in map(self.widget, range(self.count()))]
        shown[0] = max(self.width() - width, width)
        self.setSizes(shown)
