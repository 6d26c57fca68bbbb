"""Panes in named groups: one row of groups, under it the panes of the chosen group."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget


@dataclass(slots=True)
class _Group:
    """The panes of one group in their order, and which of them was shown last."""

    panes: list[QWidget] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    tips: list[str] = field(default_factory=list)
    shown: int = 0


class GroupedTabs(QWidget):
    """A two-level choice of panes; a group remembers which of its panes was shown last.

    Ctrl+1 … Ctrl+9 choose a group, the arrow keys move within a row.
    """

    def __init__(self, groups: tuple[str, ...], name: str) -> None:
        super().__init__()
        self._groups = [_Group() for _ in groups]
        self._names = groups
        self.group_bar = QTabBar()
        self.group_bar.setAccessibleName(name)
        self.pane_bar = QTabBar()
        self.pane_bar.setProperty("second", True)
        self._stack = QStackedWidget()
        for place, title in enumerate(groups):
            self.group_bar.addTab(title)
            self.group_bar.setTabToolTip(place, f"Ctrl+{place + 1}")
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda place=place: self.group_bar.setCurrentIndex(place))
        for bar in (self.group_bar, self.pane_bar):
            bar.setDrawBase(False)
            bar.setExpanding(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.group_bar)
        layout.addWidget(self.pane_bar)
        layout.addWidget(self._stack, 1)
        self.group_bar.currentChanged.connect(self._on_group_chosen)
        self.pane_bar.currentChanged.connect(self._on_pane_chosen)

    def add(self, pane: QWidget, group: str, title: str, tip: str = "") -> None:
        """Put a pane at the end of a group."""
        place = self._names.index(group)
        held = self._groups[place]
        held.panes.append(pane)
        held.titles.append(title)
        held.tips.append(tip)
        self._stack.addWidget(pane)
        if place == self.group_bar.currentIndex():
            self._on_group_chosen(place)

    def shown_pane(self) -> QWidget | None:
        """Return the pane in view."""
        return self._stack.currentWidget()

    def show_pane(self, pane: QWidget) -> None:
        """Bring a pane and its group into view.

        Raises:
            ValueError: the pane is in none of the groups.
        """
        for place, held in enumerate(self._groups):
            if pane in held.panes:
                held.shown = held.panes.index(pane)
                if place == self.group_bar.currentIndex():
                    self.pane_bar.setCurrentIndex(held.shown)
                else:
                    self.group_bar.setCurrentIndex(place)
                return
        message = "the pane was not added"
        raise ValueError(message)

    def _on_group_chosen(self, place: int) -> None:
        held = self._groups[place]
        blocked = self.pane_bar.blockSignals(True)
        while self.pane_bar.count():
            self.pane_bar.removeTab(0)
        for index, title in enumerate(held.titles):
            self.pane_bar.addTab(title)
            self.pane_bar.setTabToolTip(index, held.tips[index])
        self.pane_bar.setCurrentIndex(held.shown)
        self.pane_bar.blockSignals(blocked)
        self.pane_bar.setAccessibleName(self._names[place])
        self.pane_bar.setVisible(len(held.panes) > 1)
        if held.panes:
            self._stack.setCurrentWidget(held.panes[held.shown])

    def _on_pane_chosen(self, place: int) -> None:
        held = self._groups[self.group_bar.currentIndex()]
        if 0 <= place < len(held.panes):
            held.shown = place
            self._stack.setCurrentWidget(held.panes[place])
