"""The dated timeline of the 18 steps at the left of a case."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from ui.models.step_list_model import (
    STATE_ROLE,
    PhaseHeading,
    StepListModel,
    reason_line,
    when_line,
)
from ui.theme import Tokens, current_tokens
from workstation.procedure import StepState, StepStatus

_HEADING_HEIGHT, _STEP_HEIGHT, _REASON_HEIGHT = 28, 27, 20
_RADIUS = 6.0
_LEFT = 20


class StepTimeline(QListView):
    """Lists the steps; Enter opens one, Space asks for its rules."""

    step_selected = Signal(int)
    step_opened = Signal(int)
    rules_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = StepListModel(self)
        self.setModel(self.steps)
        self.setItemDelegate(_StepDelegate(self))
        self.setAccessibleName("办案步骤，共18步")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_steps(self, states: tuple[StepState, ...]) -> None:
        """Show the steps of a case and keep the chosen one."""
        chosen = self.current_step()
        self.steps.show(states)
        self.scheduleDelayedItemsLayout()
        if chosen and self.current_step() != chosen:
            self.choose(chosen)

    def current_step(self) -> int:
        """Return the number of the chosen step, 0 where none is."""
        state = self.steps.state(self.currentIndex().row())
        return state.n if state else 0

    def choose(self, step: int) -> None:
        """Choose a step."""
        row = self.steps.row_of(step)
        if row >= 0:
            self.setCurrentIndex(self.steps.index(row))

    def step_by(self, by: int) -> None:
        """Choose the next (1) or previous (-1) step."""
        row = self.currentIndex().row() + by
        while 0 <= row < self.steps.rowCount():
            if self.steps.state(row) is not None:
                self.setCurrentIndex(self.steps.index(row))
                return
            row += by

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self.current_step()
        if event.key() == Qt.Key.Key_Space and step:
            self.rules_requested.emit(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and step:
            self.step_opened.emit(step)
        else:
            super().keyPressEvent(event)

    def _on_current_changed(self, current: QModelIndex) -> None:
        state = self.steps.state(current.row())
        if state is not None:
            self.step_selected.emit(state.n)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        state = self.steps.state(index.row())
        if state is not None:
            self.step_opened.emit(state.n)


class _StepDelegate(QStyledItemDelegate):
    """Paints a line through the steps with one mark per state; shapes differ, not only colours."""

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        entry = index.data(STATE_ROLE)
        if isinstance(entry, PhaseHeading):
            return QSize(200, _HEADING_HEIGHT)
        reasoned = isinstance(entry, StepState) and bool(reason_line(entry))
        return QSize(200, _STEP_HEIGHT + (_REASON_HEIGHT if reasoned else 0))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry = index.data(STATE_ROLE)
        tokens = current_tokens()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(entry, PhaseHeading):
            _paint_heading(painter, rect, entry, tokens)
        elif isinstance(entry, StepState):
            _paint_background(painter, rect, state, tokens)
            _paint_step(painter, rect, entry, tokens)
            _paint_reason(painter, rect, entry, tokens)
        painter.restore()


def _paint_background(
    painter: QPainter, rect: QRect, state: QStyle.StateFlag, tokens: Tokens
) -> None:
    inner = QRectF(rect).adjusted(4, 1, -4, -1)
    if state & QStyle.StateFlag.State_Selected:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.selection))
        painter.drawRoundedRect(inner, 4, 4)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(tokens.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner, 4, 4)


def _paint_heading(painter: QPainter, rect: QRect, entry: PhaseHeading, tokens: Tokens) -> None:
    font = QFont(painter.font())
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(tokens.muted))
    box = rect.adjusted(12, 8, -14, 0)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, entry.name)
    painter.setFont(QFont(painter.font()))
    painter.drawText(
        box,
        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
        f"{entry.settled}/{entry.steps}",
    )


def _paint_reason(painter: QPainter, rect: QRect, state: StepState, tokens: Tokens) -> None:
    reason = reason_line(state)
    if not reason:
        return
    font = QFont(painter.font())
    font.setWeight(QFont.Weight.Normal)
    painter.setFont(font)
    box = QRect(rect.left() + _LEFT + 16, rect.top() + _STEP_HEIGHT - 4, 0, _REASON_HEIGHT)
    box.setRight(rect.right() - 14)
    words = painter.fontMetrics().elidedText(reason, Qt.TextElideMode.ElideRight, box.width())
    painter.setPen(QColor(_state_colour(state.status, tokens)))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words)


def _paint_step(painter: QPainter, whole: QRect, state: StepState, tokens: Tokens) -> None:
    rect = QRect(whole.left(), whole.top(), whole.width(), _STEP_HEIGHT)
    centre = QPointF(rect.left() + _LEFT, rect.center().y() + 0.5)
    painter.setPen(QPen(QColor(tokens.line), 1.5))
    painter.drawLine(QPointF(centre.x(), whole.top()), QPointF(centre.x(), whole.bottom() + 1))
    _paint_mark(painter, centre, state.status, tokens)
    quiet = state.status in {StepStatus.WAITING, StepStatus.NOT_APPLICABLE}
    painter.setPen(QColor(tokens.muted if quiet else tokens.text))
    font = QFont(painter.font())
    if state.status in {StepStatus.NOW, StepStatus.DUE, StepStatus.BLOCKED}:
        font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    right = when_line(state)
    metrics = painter.fontMetrics()
    width = metrics.horizontalAdvance(right)
    text_box = rect.adjusted(_LEFT + 16, 0, -width - 22, 0)
    middle = Qt.AlignmentFlag.AlignVCenter
    name = metrics.elidedText(
        f"{state.n} {state.name}", Qt.TextElideMode.ElideRight, text_box.width()
    )
    painter.drawText(text_box, Qt.AlignmentFlag.AlignLeft | middle, name)
    painter.setPen(QColor(_state_colour(state.status, tokens)))
    painter.drawText(rect.adjusted(0, 0, -14, 0), Qt.AlignmentFlag.AlignRight | middle, right)


def _state_colour(status: StepStatus, tokens: Tokens) -> str:
    return {
        StepStatus.NOW: tokens.accent,
        StepStatus.DUE: tokens.warn,
        StepStatus.BLOCKED: tokens.error,
    }.get(status, tokens.muted)


def _paint_mark(painter: QPainter, centre: QPointF, status: StepStatus, tokens: Tokens) -> None:
    ring = QRectF(centre.x() - _RADIUS, centre.y() - _RADIUS, 2 * _RADIUS, 2 * _RADIUS)
    colour = QColor(tokens.ok if status is StepStatus.DONE else _state_colour(status, tokens))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.card))
    painter.drawEllipse(ring.adjusted(-2, -2, 2, 2))
    painter.setPen(QPen(colour, 1.6))
    match status:
        case StepStatus.DONE:
            painter.setBrush(colour)
            painter.drawEllipse(ring)
        case StepStatus.NOW | StepStatus.DUE:
            painter.drawEllipse(ring)
            painter.setBrush(colour)
            painter.drawPie(ring, 90 * 16, 180 * 16)
        case StepStatus.BLOCKED:
            inner = ring.adjusted(1.5, 1.5, -1.5, -1.5)
            painter.setPen(QPen(colour, 2.2))
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.topRight(), inner.bottomLeft())
        case StepStatus.NOT_APPLICABLE:
            painter.drawLine(QPointF(ring.left(), centre.y()), QPointF(ring.right(), centre.y()))
        case _:
            painter.setPen(QPen(QColor(tokens.muted), 1.4))
            painter.drawEllipse(ring)
