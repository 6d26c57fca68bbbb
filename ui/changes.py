"""One bus tells every view what a write touched; each reads again if it shows one of those."""

from PySide6.QtCore import QObject, Signal

from workstation.operations.changes import Changes


class ChangeBus(QObject):
    """Publishes :class:`Changes` on the GUI thread."""

    changed = Signal(object)

    def publish(self, changes: Changes | None) -> None:
        """Tell all views; nothing is said where nothing was touched."""
        if changes is not None and changes.touched:
            self.changed.emit(changes)
