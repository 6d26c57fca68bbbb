"""A list to choose from below a form: folded until wanted, the keyboard reaches all of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from ui.widgets.text_labels import button, label

_LOWEST, _HEIGHT = 64, 170


class ChoicePanel(QWidget):
    """``open`` unfolds the list, wherever its owner puts it; Ctrl+Enter takes what is chosen."""

    def __init__(self, title: str, keys: str, list_name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.message = label("", "warn", wraps=True)
        self.open = button(f"{title}（{keys}）", flat=True)
        self.open.setCheckable(True)
        self.list = QListWidget()
        self.list.setAccessibleName(list_name)
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(_LOWEST)
        self.list.setMaximumHeight(_HEIGHT)
        self.panel = QWidget()
        self.inside = QVBoxLayout(self.panel)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.message)
        layout.addWidget(self.panel)
        self.message.hide()
        self.panel.hide()
        self.open.toggled.connect(self._on_toggled)
        for taking in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(taking), self.panel)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.take)

    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.panel.setVisible(on)
        if on:
            self.unfold()

    def offer(self, *, offered: bool) -> None:
        """Show or hide the panel and what opens it."""
        self.setVisible(offered)
        self.open.setVisible(offered)

    def unfold(self) -> None:
        """Read what there is to choose from."""

    def take(self) -> None:
        """Put what is chosen into the form."""

    def fold(self) -> None:
        """Put the list away."""
        self.open.setChecked(False)
        self.panel.hide()
