"""Entries of a kind one under another, each a card of inputs that can be taken away again."""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.widgets.input_rows import InputRows
from ui.widgets.text_labels import label, link, row_of


class EntryCard(QFrame):
    """One entry; its inputs are ``rows``, its heading ``title``."""

    removed = Signal()
    edited = Signal(str)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.rows = InputRows()
        self.title = label(title, "heading")
        self.tools = row_of(spacing=4)
        self.remove = link("移除")
        self.remove.clicked.connect(self.removed)
        self.rows.changed.connect(self.edited)
        head = row_of(self.title, None)
        head.addLayout(self.tools)
        head.addWidget(self.remove)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(10, 6, 10, 8)
        self.body.setSpacing(6)
        self.body.addLayout(head)
        self.body.addWidget(self.rows)

    def texts(self) -> dict[str, str]:
        """Return what is typed, by input."""
        return {name: self.rows.text(name) for name in self.rows.names}

    def put(self, texts: Mapping[str, str]) -> None:
        """Type ``texts``; what the card has no input for is left out."""
        for name, text in texts.items():
            if name in self.rows.names:
                self.rows.put(name, text)

    def faults(self) -> int:
        """Show what is wrong with the inputs and return how many are."""
        return 0


Card = TypeVar("Card", bound=EntryCard)


class EntryList(QWidget, Generic[Card]):
    """Cards under a heading; ``make`` returns an empty one."""

    edited = Signal()

    def __init__(self, title: str, add: str, make: Callable[[], Card]) -> None:
        super().__init__()
        self.cards: list[Card] = []
        self._make = make
        self.add_link = link(add)
        self.add_link.clicked.connect(self._on_added)
        self.head = row_of(label(title, "muted"), None, spacing=4)
        self.head.addWidget(self.add_link)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addLayout(self.head)

    def _on_added(self) -> None:
        self.add({}).rows.focus_first()

    def add(self, texts: Mapping[str, str]) -> Card:
        """Add a card with ``texts`` in it."""
        card = self._make()
        card.put(texts)
        card.removed.connect(lambda: self._on_removed(card))
        self.cards.append(card)
        self._layout.addWidget(card)
        self.edited.emit()
        return card

    def _on_removed(self, card: Card) -> None:
        self.add_link.setFocus()
        self.take(card)

    def take(self, card: Card) -> None:
        """Take a card away."""
        self.cards.remove(card)
        self._layout.removeWidget(card)
        card.hide()
        card.deleteLater()
        self.edited.emit()

    def texts(self) -> list[dict[str, str]]:
        """Return what is typed in every card."""
        return [card.texts() for card in self.cards]

    def show_entries(self, entries: Sequence[Mapping[str, str]]) -> None:
        """Show these entries and no others."""
        for card in list(self.cards):
            self.take(card)
        for texts in entries:
            self.add(texts)

    def faults(self) -> int:
        """Show what is wrong in any card and return how many inputs are."""
        return sum(card.faults() for card in self.cards)
