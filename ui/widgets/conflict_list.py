"""Places where edited wording and the case differ, each decided by itself."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.text_labels import label
from workstation.domain.text_merges import MergePiece

_LONGEST = 160
_TALLEST = 260
_SIDES = ("您写的", "案件现在")


class ConflictList(QScrollArea):
    """``decided`` follows each choice; the list grows with its conflicts and then scrolls."""

    decided = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._groups: list[QButtonGroup] = []

    def show_conflicts(self, conflicts: Sequence[MergePiece]) -> None:
        """Show the places in order; nothing is chosen yet."""
        self._groups = []
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        for number, piece in enumerate(conflicts, start=1):
            layout.addWidget(self._place(number, len(conflicts), piece))
        layout.addStretch(1)
        self.setWidget(inner)
        # The card behind shows through; a scroll area would paint the page's colour over it.
        for surface in (self.viewport(), inner):
            surface.setAutoFillBackground(False)
        self.setFixedHeight(min(inner.sizeHint().height(), _TALLEST))
        if self._groups:
            self.setFocusProxy(self._groups[0].buttons()[0])

    def _place(self, number: int, count: int, piece: MergePiece) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        where = "，".join(
            part for part in (f"第{number}处" if count > 1 else "", piece.place) if part
        )
        if where:
            grid.addWidget(label(where, "muted"), 0, 0, 1, 2)
        group = QButtonGroup(made)
        for row, (side, text) in enumerate(zip(_SIDES, (piece.mine, piece.theirs), strict=True)):
            choice = QRadioButton(side)
            choice.setAccessibleName(f"{where}{side}：{_shown(text)}")
            choice.setToolTip(text)
            group.addButton(choice, row)
            grid.addWidget(choice, row + 1, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(_shown(text), wraps=True), row + 1, 1)
        group.idToggled.connect(lambda *_of: self.decided.emit())
        self._groups.append(group)
        return made

    def choices(self) -> tuple[bool | None, ...]:
        """Return by place whether the own wording was chosen, None where nothing was."""
        ids = (group.checkedId() for group in self._groups)
        return tuple(None if chosen < 0 else chosen == 0 for chosen in ids)

    def choose(self, place: int, *, own: bool) -> None:
        """Choose a wording at a place, counted from 0."""
        self._groups[place].button(0 if own else 1).setChecked(True)


def _shown(text: str) -> str:
    """Return a wording on one line, cut where it is long; what is empty says so."""
    flat = text.replace("\n", " ").strip()
    return (flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…") or "（删去）"
