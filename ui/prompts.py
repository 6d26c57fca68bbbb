"""Questions to the user go through one object, so that tests can script the answers."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

# What texts of law, decisions and papers to check may be read from.
READABLE_FILES = "*.docx *.doc *.wps *.rtf *.odt *.txt *.md *.html *.htm *.pdf"


class Prompter:
    """Asks with the platform's dialogs; only for what a line of text on the page can't say."""

    def confirm(self, parent: QWidget, title: str, question: str, action: str) -> bool:
        """Ask whether to go on; ``action`` is the verb on the button."""
        box = QMessageBox(QMessageBox.Icon.Question, title, question, parent=parent)
        agree = box.addButton(action, QMessageBox.ButtonRole.AcceptRole)
        box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is agree

    def choose_folder(self, parent: QWidget, title: str, start: Path) -> Path | None:
        """Ask for an existing folder; None when the user cancels."""
        chosen = QFileDialog.getExistingDirectory(parent, title, str(start))
        return Path(chosen) if chosen else None

    def choose_file(self, parent: QWidget, title: str, start: Path, kinds: str) -> Path | None:
        """Ask for an existing file; ``kinds`` is a Qt name filter. None when the user cancels."""
        chosen, _ = QFileDialog.getOpenFileName(parent, title, str(start), kinds)
        return Path(chosen) if chosen else None

    def choose_files(
        self, parent: QWidget, title: str, start: Path, kinds: str
    ) -> tuple[Path, ...]:
        """Ask for existing files; empty when the user cancels."""
        chosen, _ = QFileDialog.getOpenFileNames(parent, title, str(start), kinds)
        return tuple(map(Path, chosen))

    def choose_target(self, parent: QWidget, title: str, start: Path, kinds: str) -> Path | None:
        """Ask where to save; None when the user cancels."""
        chosen, _ = QFileDialog.getSaveFileName(parent, title, str(start), kinds)
        return Path(chosen) if chosen else None
