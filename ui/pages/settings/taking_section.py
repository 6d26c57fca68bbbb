"""What the sections on texts of law have in common: shown first, taken in after."""

from abc import abstractmethod

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QSplitter, QTableView, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes


class TakingSection(QWidget):
    """A table of what the store holds; below it, once chosen, what files would bring into it.

    A subclass lays itself out with :meth:`_lay_out` and says what :meth:`reload` reads, when
    taking in is allowed (:meth:`_allow`) and what it forgets with the files it showed.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.by = QLineEdit()
        self.state = label("", "muted", wraps=True)
        self._drop = button("放弃", flat=True)
        self._below = QWidget()

    @abstractmethod
    def reload(self) -> None:
        """Read what the store holds again."""

    @abstractmethod
    def _allow(self) -> None:
        """Offer to take in what is shown where all that it needs is there."""

    def _lay_out(
        self,
        introduction: str,
        tools: tuple[QPushButton, ...],
        table: QTableView,
        shown: tuple[QWidget, ...],
        asked: tuple[QLineEdit, str, int],
        take: QPushButton,
    ) -> None:
        """Put ``tools`` above ``table`` and ``shown`` below it, the last of it the widest.

        ``asked`` is a field beside the name of who takes in, what it asks and its width.
        """
        for line, name, width in (asked, (self.by, "登记人姓名", 130)):
            line.setPlaceholderText(name)
            line.setAccessibleName(name)
            line.setFixedWidth(width)
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 8, 0, 0)
        for widget in shown:
            below.addWidget(widget, int(widget is shown[-1]))
        below.addLayout(row_of(asked[0], self.by, None, self._drop, take))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(table)
        splitter.addWidget(self._below)
        splitter.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(label(introduction, "muted", wraps=True))
        outer.addLayout(row_of(*tools, None))
        outer.addWidget(self.state)
        outer.addWidget(splitter, 1)
        self._below.hide()
        self.setFocusProxy(tools[0])
        self._drop.clicked.connect(self._forget)
        self.by.textChanged.connect(self._allow)
        self._desk.bus.changed.connect(self._on_changed)

    def _publish(self, changes: Changes) -> None:
        """Tell what changed in the store; the search index follows in the background."""
        self._desk.bus.publish(changes)
        self._desk.tasks.long(
            self._desk.workstation.law.build,
            title="更新检索索引",
            owner=self,
            done=lambda built: self._desk.bus.publish(built) if built else None,
            failed=self._failed,
        )

    def _forget(self) -> None:
        self._below.hide()
        self._say("")

    def _say(self, text: str) -> None:
        set_role(self.state, "muted")
        self.state.setText(text)

    def _failed(self, error: WorkstationError) -> None:
        self._allow()
        set_role(self.state, "error")
        self.state.setText(f"✕ {error.message}{error.hint}")

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("law"):
            self.reload()
