"""A pane of a case that reads only when it is looked at, and again after the case changed."""

from abc import abstractmethod

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desk import Desk
from workstation.operations.cases import CaseView


class CaseReadingPane(QWidget):
    """Base of the panes of 审核; ``_view`` is the case as it is shown, None before the first."""

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id = case_id
        self._view: CaseView | None = None
        self._stale = False

    def show_case(self, view: CaseView) -> None:
        """Take note of the case; it is read once the pane is on the screen."""
        self._view, self._stale = view, True
        self._ask_if_seen()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_if_seen()

    def _ask_if_seen(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self._ask()

    @abstractmethod
    def _ask(self) -> None:
        """Read what the pane shows, off the GUI thread."""

    def step_by(self, by: int) -> None:
        """Move ``by`` entries down, or up."""
        del by

    def _step_with_keys(self) -> None:
        """Let Ctrl+↑ and Ctrl+↓ move from entry to entry."""
        for keys, by in (("Ctrl+Down", 1), ("Ctrl+Up", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self.step_by(by))
