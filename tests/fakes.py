"""Small stand-ins for what asks a person."""

from pathlib import Path

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.prompts import Prompter


class FakePrompter(Prompter):
    """Answers every question with the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @override
    def confirm(self, parent: QWidget, title: str, question: str, action: str) -> bool:
        """Agree."""
        return True

    @override
    def choose_folder(self, parent: QWidget, title: str, start: Path) -> Path | None:
        """Name the folder."""
        return self.folder

    @override
    def choose_target(self, parent: QWidget, title: str, start: Path, kinds: str) -> Path | None:
        """Name a file of the suggested name in the folder."""
        return self.folder / start.name
