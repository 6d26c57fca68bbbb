"""Ctrl+K: cases, articles and commands in one box."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.desk import Desk

if TYPE_CHECKING:
    from workstation.storage.records import CaseSummary

_CASES_SHOWN = 8
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


@dataclass(frozen=True, slots=True)
class Command:
    """Something the palette can do: its name, its keys, what it calls."""

    name: str
    keys: str
    run: Callable[[], object]


def matches(wanted: str, name: str) -> bool:
    """Tell whether the characters of ``wanted`` occur in ``name`` in that order."""
    rest = iter(name.lower())
    return all(character in rest for character in wanted.lower() if not character.isspace())


class CommandPalette(QDialog):
    """A box over a list; arrows move, Enter does, Esc leaves."""

    case_chosen = Signal(str)
    article_chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("查找")
        self._desk = desk
        self._commands: tuple[Command, ...] = ()
        self._cases: tuple[CaseSummary, ...] = ()
        self.box = QLineEdit()
        self.box.setPlaceholderText("案号、当事人、法条或命令")
        self.box.setAccessibleName("查找案件、法条、命令")
        self.box.textChanged.connect(self._on_text_changed)
        self.box.installEventFilter(self)
        self.results = QListWidget()
        self.results.setAccessibleName("查找结果")
        self.results.itemActivated.connect(self._run_item)
        self.results.itemClicked.connect(self._run_item)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self.box)
        layout.addWidget(self.results)
        self.resize(640, 420)

    def open_with(self, commands: tuple[Command, ...]) -> None:
        """Show the palette with an empty box."""
        self._commands = commands
        self.box.clear()
        self._on_text_changed("")
        parent = self.parentWidget()
        if parent is not None:
            corner = parent.mapToGlobal(QPoint((parent.width() - self.width()) // 2, 60))
            self.move(corner)
        self.open()
        self.box.setFocus()

    def _on_text_changed(self, text: str) -> None:
        cases = self._desk.workstation.cases
        self._fill()
        self._desk.tasks.read(
            lambda: cases.summaries(text, limit=_CASES_SHOWN),
            owner=self,
            done=self._on_cases_read,
            latest="cases",
        )

    def _on_cases_read(self, rows: "tuple[CaseSummary, ...]") -> None:
        self._cases = rows
        self._fill()

    def _fill(self) -> None:
        text = self.box.text().strip()
        self.results.clear()
        words = text.split()
        for summary in self._cases:
            line = f"{summary.number}  {summary.title}"
            if all(word in f"{line} {summary.party}" for word in words):
                self._add(f"案件  {line}", partial(self.case_chosen.emit, summary.id))
        for command in self._commands:
            if matches(text, command.name):
                self._add(f"命令  {command.name}    {command.keys}", command.run)
        if text:
            self._add(f"法规  在 e助理 中检索“{text}”", partial(self.article_chosen.emit, text))
        self.results.setCurrentRow(0)

    def _add(self, text: str, run: Callable[[], object]) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, run)
        self.results.addItem(item)

    def _run_item(self, item: QListWidgetItem) -> None:
        run = item.data(Qt.ItemDataRole.UserRole)
        self.hide()
        run()

    def run_current(self) -> None:
        """Do what is chosen."""
        item = self.results.currentItem()
        if item is not None:
            self._run_item(item)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if watched is self.box and self._on_key(event):
            return True
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        move = _MOVES.get(Qt.Key(event.key()))
        if move is not None:
            row = self.results.currentRow() + move
            self.results.setCurrentRow(max(0, min(self.results.count() - 1, row)))
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.run_current()
            return True
        return False
