"""Rich text whose links are gone through with the arrow keys."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget
from typing_extensions import override


class LinkBrowser(QTextBrowser):
    """Down and Up choose a link, Enter opens it; Up at the first leaves to what is above."""

    left_upwards = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setOpenLinks(False)

    def choose_first(self) -> None:
        """Choose the first link and take the keys."""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.step_by(1)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def chosen_link(self) -> str:
        """Return where the chosen link leads, or nothing."""
        cursor = self.textCursor()
        return next((to for start, _, to in self._links() if start == _at(cursor)), "")

    def step_by(self, by: int) -> None:
        """Choose the next (1) or previous (-1) link; there is none before the first."""
        at, links = _at(self.textCursor()), self._links()
        found = [link for link in links if (link[0] > at if by > 0 else link[0] < at)]
        if not found:
            if by < 0:
                self.left_upwards.emit()
            return
        start, end, _ = found[0] if by > 0 else found[-1]
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _links(self) -> list[tuple[int, int, str]]:
        """Return start, end and target of each link in order; parts of one are put together."""
        found: list[tuple[int, int, str]] = []
        block = self.document().begin()
        while block.isValid():
            place = block.begin()
            while not place.atEnd():
                part = place.fragment()
                to = part.charFormat().anchorHref()
                start, end = part.position(), part.position() + part.length()
                if to and found and found[-1][1:] == (start, to):
                    found[-1] = (found[-1][0], end, to)
                elif to:
                    found.append((start, end, to))
                place += 1
            block = block.next()
        return found

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        link = self.chosen_link()
        if event.modifiers() not in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.step_by(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and link:
            self.anchorClicked.emit(QUrl(link))
        else:
            super().keyPressEvent(event)


def _at(cursor: QTextCursor) -> int:
    return cursor.selectionStart() if cursor.hasSelection() else -1
