"""The cases tied to the one on show, each a link that opens it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.text_labels import label, link
from workstation.domain.case_links import LinkedCase

_MOST = 4


class LinkedCasesRow(QWidget):
    """One line: how each case is tied to this one, its number and its party."""

    case_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)
        self.hide()

    def show_links(self, links: tuple[LinkedCase, ...]) -> None:
        """Show the cases, nothing where there are none."""
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for linked in links[:_MOST]:
            self._layout.addWidget(self._link(linked))
        if len(links) > _MOST:
            rest = "；".join(f"{other.relation}：{other.number}" for other in links[_MOST:])
            more = label(f"另有{len(links) - _MOST}案", "muted")
            more.setToolTip(rest)
            self._layout.addWidget(more)
        self._layout.addStretch(1)
        self.setVisible(bool(links))

    def _link(self, linked: LinkedCase) -> QWidget:
        made = link(f"{linked.relation}：{linked.number}　{linked.party}")
        made.setToolTip(f"{linked.title}\n最近：{linked.last_event or '尚无记录'}")
        made.setAccessibleName(f"打开{linked.relation}的案件 {linked.number} {linked.party}")
        made.clicked.connect(lambda: self.case_requested.emit(linked.id))
        return made
