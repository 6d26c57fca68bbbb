"""Panes side by side or one above the other, with a bar between them that can be dragged."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget


def split_of(
    *widgets: QWidget,
    sizes: Sequence[int] = (),
    stretch: Sequence[int] = (),
    upright: bool = False,
) -> QSplitter:
    """Return a splitter over ``widgets`` whose panes can't be dragged away.

    Args:
        widgets: the panes in order.
        sizes: their first sizes, in pixels.
        stretch: by pane, its share of what a larger window brings.
        upright: one above the other instead of side by side.
    """
    made = QSplitter(Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal)
    for widget in widgets:
        made.addWidget(widget)
    made.setChildrenCollapsible(False)
    if sizes:
        made.setSizes(list(sizes))
    for place, share in enumerate(stretch):
        made.setStretchFactor(place, share)
    return made
