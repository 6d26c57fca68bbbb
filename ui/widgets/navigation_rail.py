"""The rail at the left edge: one entry per page, icon over two characters, F-keys."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import current_tokens

_WIDTH = 68


class NavigationRail(QWidget):
    """Shows which page is open and asks for another."""

    page_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        self._buttons: dict[str, tuple[QToolButton, str]] = {}
        self._group = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(4, 8, 4, 8)
        self._layout.setSpacing(4)
        self._layout.addStretch(1)

    def add_entry(self, key: str, title: str, icon_name: str, shortcut: str) -> None:
        """Add an entry at the end."""
        entry = QToolButton()
        entry.setText(title)
        entry.setToolTip(f"{title}（{shortcut}）")
        entry.setAccessibleName(f"{title}，快捷键{shortcut}")
        entry.setCheckable(True)
        entry.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        entry.setIconSize(QSize(20, 20))
        entry.setFixedWidth(_WIDTH - 9)
        entry.clicked.connect(lambda: self.page_chosen.emit(key))
        self._group.addButton(entry)
        self._buttons[key] = (entry, icon_name)
        self._layout.insertWidget(self._layout.count() - 1, entry)
        self.recolour()

    def choose(self, key: str) -> None:
        """Mark the entry of the page that is open."""
        self._buttons[key][0].setChecked(True)
        self.recolour()

    def recolour(self) -> None:
        """Draw the icons in the colours of the theme."""
        tokens = current_tokens()
        for entry, name in self._buttons.values():
            entry.setIcon(icon(name, tokens.accent if entry.isChecked() else tokens.muted))
