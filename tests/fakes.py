"""Small stand-ins for what asks a person."""

from pathlib import Path

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.prompts import Prompter
from workstation.operations.spooler import JobRefusedError, Spooler, SpoolJob


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
    def choose_files(
        self, parent: QWidget, title: str, start: Path, kinds: str
    ) -> tuple[Path, ...]:
        """Name all files in the folder."""
        return tuple(sorted(self.folder.iterdir()))

    @override
    def choose_target(self, parent: QWidget, title: str, start: Path, kinds: str) -> Path | None:
        """Name a file of the suggested name in the folder."""
        return self.folder / start.name


class FakeSpooler(Spooler):
    """Takes every job but those whose title holds a word."""

    def __init__(self, refused: str = "") -> None:
        self.refused = refused
        self.sent: list[SpoolJob] = []

    @override
    def printers(self) -> tuple[str, ...]:
        """Name the one printer."""
        return ("desk",)

    @override
    def send(self, job: SpoolJob) -> str:
        """Take the job, or refuse it."""
        if self.refused and self.refused in job.title:
            raise JobRefusedError("缺纸。", hint="加纸。")
        self.sent.append(job)
        return f"desk-{len(self.sent)}"
