"""A short list of which several may be ticked; space ticks, arrows move."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

_SPACING = 2


class CheckList(QListWidget):
    """Names of a fixed list, each ticked or not."""

    edited = Signal()

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for name in names:
            item = QListWidgetItem(name, self)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.setSpacing(_SPACING)
        row = self.sizeHintForRow(0) + 2 * _SPACING if names else 0
        self.setFixedHeight(row * len(names) + 2 * self.frameWidth() + 2 * _SPACING)
        self.itemChanged.connect(self.edited)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def text(self) -> str:
        """Return what is ticked, parted by 、."""
        checked = Qt.CheckState.Checked
        return "、".join(i.text() for i in self._items() if i.checkState() == checked)

    def set_text(self, text: str) -> None:
        """Tick what :meth:`text` returned, and nothing else."""
        names = text.split("、")
        for item in self._items():
            on = item.text() in names
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
