"""What the window remembers between two starts: choices of the person at this desk."""

from PySide6.QtCore import QSettings

from workstation.settings import Home


class WindowMemory:
    """Kept in the home folder, so that each office of a machine has its own."""

    def __init__(self, home: Home) -> None:
        self._settings = QSettings(str(home.root / "window.ini"), QSettings.Format.IniFormat)

    def text(self, name: str) -> str:
        """Return what was kept under ``name``, empty where nothing was."""
        return str(self._settings.value(name, ""))

    def keep(self, name: str, text: str) -> None:
        """Keep a text under ``name``."""
        self._settings.setValue(name, text)
        self._settings.sync()
