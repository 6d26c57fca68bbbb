"""The bar over the pages: the way to everything, what is due and blocked, light or dark."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.icons import icon
from ui.models.office_overview import OfficeOverview
from ui.theme import current_tokens
from ui.widgets.text_labels import button, set_role


class TopBar(QWidget):
    """One box for everything, two counters, one switch."""

    palette_requested = Signal()
    counter_clicked = Signal(str)
    theme_toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._find = button("  查找案号、当事人、法条、命令…        Ctrl+K")
        self._find.setAccessibleName("查找一切，快捷键Ctrl+K")
        self._find.setMinimumWidth(420)
        self._find.setStyleSheet("text-align: left;")
        self._find.clicked.connect(self.palette_requested)
        self.due = self._counter("到期", "all")
        self.blocked = self._counter("阻断", "blocked")
        self._theme = button("", flat=True)
        self._theme.setToolTip("切换浅色/深色")
        self._theme.setAccessibleName("切换浅色与深色")
        self._theme.clicked.connect(self.theme_toggled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addWidget(self._find)
        layout.addStretch(1)
        layout.addWidget(self.due)
        layout.addWidget(self.blocked)
        layout.addWidget(self._theme)
        self.recolour()

    def _counter(self, name: str, group: str) -> QPushButton:
        counter = button(f"{name} 0", flat=True)
        counter.setAccessibleName(f"{name}0件，打开待办")
        counter.clicked.connect(lambda: self.counter_clicked.emit(group))
        return counter

    def show_overview(self, overview: OfficeOverview | None) -> None:
        """Show how many deadlines are near or past and how many cases are blocked."""
        if overview is None:
            return
        for counter, name, count in (
            (self.due, "到期", overview.due),
            (self.blocked, "阻断", overview.blocked_cases),
        ):
            counter.setText(f"{name} {count}")
            counter.setAccessibleName(f"{name}{count}件，打开待办")
        set_role(self.due, "warn" if overview.due else "")
        set_role(self.blocked, "error" if overview.blocked_cases else "")

    def recolour(self) -> None:
        """Draw the icons in the colours of the theme."""
        tokens = current_tokens()
        self._find.setIcon(icon("search", tokens.muted))
        self._theme.setIcon(icon("theme", tokens.muted))
