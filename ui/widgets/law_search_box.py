"""The box of the e助理: it offers what a half-typed query may become."""

from functools import partial

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView
from typing_extensions import override

from ui.desk import Desk
from workstation.operations.search_memory import Suggestion

_DELAY = 120
_SHOWN = 10
_SEPARATOR = "　·　"


class LawSearchBox(QLineEdit):
    """A line with suggestions; Down enters them, or else the results; Esc puts them away."""

    left_downwards = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setAccessibleName("检索法律条文")
        self.setPlaceholderText("词语、整句话，或“行政处罚法 42”")
        self.setClearButtonEnabled(True)
        self._offered = QStringListModel(self)
        self._texts: dict[str, str] = {}
        self.suggestions = QCompleter(self._offered, self)
        self.suggestions.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.suggestions.setMaxVisibleItems(_SHOWN)
        self.suggestions.setWidget(self)
        self._popup = QListView()
        self._popup.setAccessibleName("检索建议")
        self.suggestions.setPopup(self._popup)
        self.suggestions.activated.connect(self._on_taken)
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self._ask)
        self.textChanged.connect(lambda _text: self._timer.start())

    def offered(self) -> list[str]:
        """Return the queries on offer."""
        return list(self._texts.values())

    def put(self, query: str) -> None:
        """Write a whole query, which needs no suggestions."""
        self.setText(query)
        self._timer.stop()
        self._popup.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self._popup.isVisible():
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        typed = self.text().strip()
        if not typed:
            self._show(())
            return
        work = partial(self._desk.workstation.searches.suggest, typed, _SHOWN)
        self._desk.tasks.read(work, owner=self, done=self._show, latest="suggestions")

    def _show(self, found: tuple[Suggestion, ...] | None) -> None:
        self._texts = {f"{s.text}{_SEPARATOR}{s.kind}": s.text for s in found or ()}
        self._offered.setStringList(list(self._texts))
        if self._texts and self.hasFocus():
            self.suggestions.complete()
        else:
            self._popup.hide()

    def _on_taken(self, line: str) -> None:
        self.put(self._texts.get(line, line))
        self.setFocus(Qt.FocusReason.PopupFocusReason)
