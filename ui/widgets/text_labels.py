"""Labels in the window's few text roles."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


def label(text: str = "", role: str = "", *, wraps: bool = False) -> QLabel:
    """Return a label; ``role`` is title, heading, muted, ok, warn, error, accent or nothing."""
    made = QLabel(text)
    if role:
        made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Give a shown widget another text role."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(text: str, *, primary: bool = False, flat: bool = False) -> QPushButton:
    """Return a button; one primary button per view."""
    made = QPushButton(text)
    made.setProperty("primary", primary)
    made.setProperty("flat", flat)
    made.setAutoDefault(False)
    return made


def link(text: str) -> QPushButton:
    """Return a flat button in the colour of a link: it leads somewhere."""
    made = button(text, flat=True)
    made.setProperty("link", True)
    return made


def row_of(*widgets: QWidget | None, spacing: int = 8) -> QHBoxLayout:
    """Lay widgets side by side; None stretches."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return layout


def card() -> QFrame:
    """Return an empty card."""
    frame = QFrame()
    frame.setProperty("role", "card")
    return frame
