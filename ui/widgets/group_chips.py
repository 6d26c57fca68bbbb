"""A row of chips with counts, one of which is chosen; arrows move the choice."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui.widgets.text_labels import button


class GroupChips(QWidget):
    """Chips by key; the counts stand in their text."""

    chosen = Signal(str)

    def __init__(self, titles: Mapping[str, str], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._titles = dict(titles)
        self.chips: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for key, title in titles.items():
            chip = button(title)
            chip.setCheckable(True)
            self._group.addButton(chip)
            self.chips[key] = chip
            layout.addWidget(chip)
        layout.addStretch(1)
        next(iter(self.chips.values())).setChecked(True)
        self._group.buttonToggled.connect(self._on_toggled)

    def key(self) -> str:
        """Return the key of the chosen chip."""
        return next(key for key, chip in self.chips.items() if chip.isChecked())

    def choose(self, key: str) -> None:
        """Choose a chip."""
        self.chips[key].setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many each group holds."""
        for key, count in counts.items():
            self.chips[key].setText(f"{self._titles[key]} {count:,}")
            self.chips[key].setAccessibleName(f"{self._titles[key]}，{count}项")

    def _on_toggled(self, _chip: QAbstractButton, on: bool) -> None:  # noqa: FBT001 - a slot of Qt
        if on:
            self.chosen.emit(self.key())
