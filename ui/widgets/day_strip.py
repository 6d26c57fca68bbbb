"""The days of a period drawn as a calendar of weeks: counted days numbered, days off marked."""

from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.theme import Tokens, current_tokens
from workstation.operations.day_tables import day_mark
from workstation.procedure.period_records import DayKind, DerivationStep

_HEADINGS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEK = 7
_HEAD, _ROW, _LINE, _WIDEST = 24, 62, 19, 92


class DayStrip(QWidget):
    """One cell a day. 休, 班 and 除 are written, not only coloured; the last day has a frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: dict[date, DerivationStep] = {}
        self._monday = date.min
        self._weeks = 0
        self._start: date | None = None
        self._last: date | None = None
        self.setAccessibleName("逐日推算")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_days(
        self, derivation: tuple[DerivationStep, ...], start: date, last: date | None
    ) -> None:
        """Show the days of a count; without any the strip takes no room."""
        self._steps = {step.day: step for step in derivation}
        self._start, self._last = start, last
        if derivation:
            first, end = min(self._steps), max(self._steps)
            self._monday = first - timedelta(days=first.weekday())
            self._weeks = (end - self._monday).days // _WEEK + 1
        else:
            self._weeks = 0
        self.setAccessibleDescription(
            "；".join(f"{step.day:%m-%d} {step.why}" for step in derivation)
        )
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        height = _HEAD + self._weeks * _ROW + 1 if self._weeks else 0
        return QSize(_WEEK * 56, height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._weeks:
            return
        painter = QPainter(self)
        tokens = current_tokens()
        width = min(self.width() / _WEEK, _WIDEST)
        painter.setPen(QColor(tokens.muted))
        for column, heading in enumerate(_HEADINGS):
            cell = QRectF(column * width, 0, width, _HEAD)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, heading)
        for n in range(self._weeks * _WEEK):
            row, column = divmod(n, _WEEK)
            cell = QRectF(column * width, _HEAD + row * _ROW, width, _ROW)
            self._paint_day(painter, cell, self._monday + timedelta(days=n), tokens)
        painter.end()

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date, tokens: Tokens) -> None:
        step = self._steps.get(day)
        inner = cell.adjusted(1, 1, -2, -2)
        if step is None:
            return
        painter.fillRect(inner, QColor(_ground(step, tokens)))
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawRect(inner)
        top, middle, bottom = (
            QRectF(inner.x() + 4, inner.y() + 1 + n * _LINE, inner.width() - 8, _LINE)
            for n in range(3)
        )
        painter.setPen(QColor(tokens.text))
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft, f"{day.month}/{day.day}")
        painter.setPen(QColor(_mark_colour(step, tokens)))
        painter.drawText(top, Qt.AlignmentFlag.AlignRight, day_mark(step))
        painter.setPen(QColor(tokens.text if step.counted else tokens.muted))
        painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, self._words(step))
        if day == self._last:
            painter.setPen(QColor(tokens.accent))
            painter.drawText(bottom, Qt.AlignmentFlag.AlignCenter, "末日")
            painter.setPen(QPen(QColor(tokens.accent), 3))
            painter.drawRect(inner.adjusted(1, 1, -1, -1))

    def _words(self, step: DerivationStep) -> str:
        if step.counted:
            return f"第{step.number}日"
        return "起算" if step.day == self._start else ""


def _ground(step: DerivationStep, tokens: Tokens) -> str:
    if step.deducted:
        return tokens.line
    if step.counted:
        return tokens.selection
    return tokens.page


def _mark_colour(step: DerivationStep, tokens: Tokens) -> str:
    if step.kind is DayKind.MAKE_UP:
        return tokens.accent
    return tokens.error if step.kind is DayKind.HOLIDAY else tokens.muted
