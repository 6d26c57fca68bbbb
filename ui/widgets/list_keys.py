"""Letters that act on a list while it has the keyboard: J and K move, others do what they say."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView


def on_key(view: QAbstractItemView, keys: str, act: Callable[[], object]) -> None:
    """Do something when a key is typed in a list, in the place of searching it by letters."""
    shortcut = QShortcut(QKeySequence(keys), view)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(act)


def move_with_letters(view: QAbstractItemView, step_by: Callable[[int], object]) -> None:
    """Let J choose the next entry and K the one before."""
    on_key(view, "J", lambda: step_by(1))
    on_key(view, "K", lambda: step_by(-1))
