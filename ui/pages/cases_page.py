"""The list of cases and the open cases, as tabs."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QTabBar,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.desk import Desk
from ui.icons import icon
from ui.pages.case_list_page import CaseListPage
from ui.pages.case_page import CasePage
from ui.pages.new_case_page import NewCasePage
from ui.theme import current_tokens


class CasesPage(QWidget):
    """Tab 1 is the list; each open case has a tab."""

    citation_activated = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._has_panel = False
        self.list_page = CaseListPage(desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setMovable(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.tabBar().setAccessibleName("打开的案件")
        self.tabs.addTab(self.list_page, "全部案件")
        self._stack = self.list_page.parentWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        self.list_page.case_opened.connect(self.open_case)
        self.list_page.new_requested.connect(self.new_case)
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self._close_current)
        self.setFocusProxy(self.tabs)

    def open_case(self, case_id: str) -> "CasePage":
        """Show a case, in a new tab where it has none."""
        for page in self._open_cases():
            if page.case_id == case_id:
                self.tabs.setCurrentWidget(page)
                return page
        # Made where it will stand: to move it there would style its whole tree anew.
        page = CasePage(self._desk, case_id, self._stack)
        page.title_changed.connect(self._on_title_changed)
        page.citation_activated.connect(self._on_citation)
        page.case_requested.connect(self.open_case)
        page.make_room(for_panel=self._has_panel)
        self._add_tab(page, "…")
        return page

    def make_room(self, *, for_panel: bool) -> None:
        """Leave the true page of every case out, or show it again."""
        if for_panel == self._has_panel:
            return
        self._has_panel = for_panel
        for page in self._open_cases():
            page.make_room(for_panel=for_panel)

    def _open_cases(self) -> list[CasePage]:
        pages = map(self.tabs.widget, range(self.tabs.count()))
        return [page for page in pages if isinstance(page, CasePage)]

    def new_case(self) -> None:
        """Show the form of a new case, in one tab."""
        for place in range(self.tabs.count()):
            if isinstance(self.tabs.widget(place), NewCasePage):
                self.tabs.setCurrentIndex(place)
                return
        page = NewCasePage(self._desk)
        page.case_created.connect(self._on_case_created)
        page.cancelled.connect(self._close_current)
        self._add_tab(page, "新建案件")

    def _add_tab(self, page: QWidget, title: str) -> None:
        place = self.tabs.addTab(page, title)
        close = QToolButton()
        close.setIcon(icon("close", current_tokens().muted))
        close.setAccessibleName("关闭标签")
        close.clicked.connect(lambda: self.close_tab(self.tabs.indexOf(page)))
        self.tabs.tabBar().setTabButton(place, QTabBar.ButtonPosition.RightSide, close)
        self.tabs.setCurrentIndex(place)
        page.setFocus()

    def current_case(self) -> "CasePage | None":
        """Return the case that is shown, or None."""
        page = self.tabs.currentWidget()
        return page if isinstance(page, CasePage) else None

    def close_tab(self, place: int) -> None:
        """Close a tab after saving its draft; the list stays."""
        page = self.tabs.widget(place)
        if place == 0 or page is None:
            return
        if isinstance(page, CasePage):
            page.save_draft()
        self.tabs.removeTab(place)
        page.deleteLater()

    def step_back(self) -> None:
        """Go back to the list."""
        self.tabs.setCurrentIndex(0)
        self.list_page.setFocus()

    def save_drafts(self) -> None:
        """Save what is typed in any open case."""
        for page in self._open_cases():
            page.save_draft()

    def recolour(self) -> None:
        """Draw what is painted by hand in the colours of the theme."""
        for page in self._open_cases():
            page.recolour()

    def _close_current(self) -> None:
        self.close_tab(self.tabs.currentIndex())

    def _on_case_created(self, case_id: str) -> None:
        self._close_current()
        self.open_case(case_id)

    def _on_title_changed(self, title: str) -> None:
        page = self.sender()
        if isinstance(page, QWidget):
            place = self.tabs.indexOf(page)
            self.tabs.setTabText(place, title if len(title) <= 14 else f"{title[:13]}…")
            self.tabs.setTabToolTip(place, title)

    def _on_citation(self, text: str, as_of: date | None) -> None:
        self.citation_activated.emit(text, as_of)
