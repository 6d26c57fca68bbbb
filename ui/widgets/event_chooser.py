"""Choosing what happened: a list that typing narrows, with the reason beside what can't be."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.models.event_choice_model import ENTRY_ROLE, EventChoice, EventChoiceModel, GroupHeading
from ui.theme import Tokens, current_tokens
from workstation.operations.possible_events import PossibleEvent

_ROW_HEIGHT = 28
_MOST_ROWS = 8
_MOVING = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})


class EventChooser(QWidget):
    """A search line over the list; arrows in the line move in the list."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.events = EventChoiceModel(self)
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找事件：回避、移送、延长…")
        self.search.setAccessibleName("查找事件")
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.list = QListView()
        self.list.setModel(self.events)
        self.list.setItemDelegate(_EventDelegate(self.list))
        self.list.setAccessibleName("可以办理的事件")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._quiet = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self._on_typed)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_events(self, events: tuple[PossibleEvent, ...], next_kind: str) -> None:
        """List the events of a step and keep the chosen one."""
        kind = self.kind()
        self._quiet = True
        self.events.show(events, next_kind)
        self._fit()
        self.choose(kind or next_kind)
        self._quiet = False

    def choose(self, kind: str) -> None:
        """Choose a kind; the first event where it is not listed."""
        row = self.events.row_of(kind)
        place = row if row >= 0 else self.events.first_row()
        if place >= 0:
            self.list.setCurrentIndex(self.events.index(place))

    def choice(self) -> EventChoice | None:
        """Return the chosen event, or None."""
        return self.events.choice(self.list.currentIndex().row())

    def kind(self) -> str:
        """Return the chosen kind, empty where none is."""
        choice = self.choice()
        return choice.possible.kind.kind if choice else ""

    def _on_typed(self, text: str) -> None:
        kind = self.kind()
        self._quiet = True
        self.events.narrow(text.strip())
        self._fit()
        self.choose(kind)
        self._quiet = False
        if self.kind() != kind:
            self.chosen.emit(self.kind())

    def _fit(self) -> None:
        rows = min(max(self.events.rowCount(), 1), _MOST_ROWS)
        self.list.setFixedHeight(rows * _ROW_HEIGHT + 2 * self.list.frameWidth() + 2)

    def _on_current_changed(self) -> None:
        if not self._quiet and self.kind():
            self.chosen.emit(self.kind())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.search
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _MOVING
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)


class _EventDelegate(QStyledItemDelegate):
    """Title left, why not (or 下一步) right; what can't be is muted and says so in words."""

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, _ROW_HEIGHT)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry = index.data(ENTRY_ROLE)
        tokens = current_tokens()
        painter.save()
        if isinstance(entry, EventChoice):
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, QColor(tokens.selection))
            _paint_choice(painter, option, entry, tokens)
        elif isinstance(entry, GroupHeading):
            font = QFont(painter.font())
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(tokens.muted))
            box = option.rect.adjusted(10, 0, -10, 0)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), entry.name)
        painter.restore()


def _paint_choice(
    painter: QPainter, option: QStyleOptionViewItem, entry: EventChoice, tokens: Tokens
) -> None:
    box = option.rect.adjusted(22, 0, -10, 0)
    metrics = painter.fontMetrics()
    title = entry.possible.kind.title
    refused = entry.possible.refusal is not None
    painter.setPen(QColor(tokens.muted if refused else tokens.text))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), title)
    room = box.width() - metrics.horizontalAdvance(title) - 24
    words = metrics.elidedText(entry.state, Qt.TextElideMode.ElideRight, max(room, 0))
    reserved = entry.possible.reservation is not None
    colour = tokens.muted if refused else tokens.warn if reserved else tokens.accent
    painter.setPen(QColor(colour))
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, int(flags), words)
