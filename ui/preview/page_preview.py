"""The true page beside the form: the display list of the print, painted while the user types."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget
from typing_extensions import override

from ui.preview.citations import FindCitations, citation_at
from ui.preview.painter import paint_page
from ui.theme import current_tokens
from workstation.documents.display_list import LaidOutDocument, Page, TextOperation
from workstation.legislation.citations import FoundCitation

_GAP = 16
_POINTS_PER_INCH = 72.0
_SCREEN_DPI = 96.0
_ZOOM_STEP = 1.2
_SMALLEST, _LARGEST = 0.3, 4.0
_MARK_PADDING = 2.0


class PagePreview(QAbstractScrollArea):
    """Shows laid-out pages under each other; only those in view are painted.

    ``scale`` is pixels per point; ``fits_width`` keeps the page as wide as the view.
    """

    field_clicked = Signal(str)
    citation_clicked = Signal(str)
    page_changed = Signal(int, int)
    zoom_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: LaidOutDocument | None = None
        self._message = ""
        self._field = ""
        self._traces: Mapping[str, str] = {}
        self._scale = _SCREEN_DPI / _POINTS_PER_INCH
        self._fits_width = True
        self._page = 0
        self.find_citations: FindCitations = _none
        self.setAccessibleName("文书页面预览")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def document(self) -> LaidOutDocument | None:
        """The pages that are shown, or None."""
        return self._document

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that are shown."""
        return self._document.pages if self._document else ()

    @property
    def zoom(self) -> int:
        """The zoom in per cent of the paper's size on a 96 dpi screen."""
        return round(self._scale * _POINTS_PER_INCH / _SCREEN_DPI * 100)

    def show_document(self, document: LaidOutDocument | None, message: str = "") -> None:
        """Show other pages at the same place and zoom; without pages ``message`` says why."""
        self._document = document
        self._message = message
        self._settle()
        self._tell_page()
        self.viewport().update()

    def show_traces(self, sentences: Mapping[str, str]) -> None:
        """Say of the values on the page, by field, where they come from when hovered."""
        self._traces = sentences

    def highlight_field(self, name: str) -> None:
        """Mark where a field is printed and bring its first place into view; "" marks nothing."""
        self._field = name
        place = self._place_of(name) if name else None
        if place is not None:
            top = place.top() - self.verticalScrollBar().value()
            if not 0 <= top <= self.viewport().height() - place.height():
                self.verticalScrollBar().setValue(int(place.top() - self.viewport().height() / 3))
        self.viewport().update()

    def fit_width(self) -> None:
        """Make the page as wide as the view and keep it so."""
        self._fits_width = True
        self._settle()
        self.viewport().update()

    def set_zoom(self, percent: float) -> None:
        """Zoom to ``percent`` of the paper's size."""
        self._fits_width = False
        self._rescale(percent / 100 * _SCREEN_DPI / _POINTS_PER_INCH)

    def zoom_by(self, factor: float) -> None:
        """Zoom in (above 1) or out."""
        self._fits_width = False
        self._rescale(self._scale * factor)

    @property
    def page_in_view(self) -> int:
        """The number, from 1, of the page in the middle of the view; 0 without pages."""
        return self._page + 1 if self.pages else 0

    def go_to_page(self, number: int) -> None:
        """Bring a page, counted from 1, to the top."""
        tops = self._tops()
        if tops:
            place = min(max(number, 1), len(tops)) - 1
            self.verticalScrollBar().setValue(int(tops[place]) - _GAP)

    def copy_page(self) -> None:
        """Copy the text of the page in view."""
        if self.pages:
            QGuiApplication.clipboard().setText("\n".join(self.pages[self._page].lines))

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            name = self.field_at(QPointF(event.pos()))
            # An empty text takes away the one that is shown.
            QToolTip.showText(event.globalPos(), self._traces.get(name, ""), self.viewport())
            return True
        return super().viewportEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(620, 800)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(tokens.page))
        if not self.pages:
            painter.setPen(QColor(tokens.muted))
            box = self.viewport().rect().adjusted(24, 24, -24, -24)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box, flags, self._message or "选择一份文书，这里显示它的真实页面")
            return
        visible = QRectF(event.rect())
        for page, place in zip(self.pages, self._boxes(), strict=True):
            if place.intersects(visible):
                self._paint_page(painter, page, place)

    def _paint_page(self, painter: QPainter, page: Page, box: QRectF) -> None:
        painter.setPen(QColor(current_tokens().line))
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRect(box)
        painter.save()
        painter.setClipRect(box)
        painter.translate(box.topLeft())
        if self._field:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor("#FFF1B8"))
            for place in _places(page, self._field, self._scale):
                painter.drawRect(place)
        paint_page(painter, page, self._scale)
        painter.restore()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_PageDown:
                self.go_to_page(self._page + 2)
            case Qt.Key.Key_PageUp:
                self.go_to_page(self._page)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal if control:
                self.zoom_by(_ZOOM_STEP)
            case Qt.Key.Key_Minus if control:
                self.zoom_by(1 / _ZOOM_STEP)
            case Qt.Key.Key_0 if control:
                self.set_zoom(100)
            case Qt.Key.Key_C if control:
                self.copy_page()
            case _:
                super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_ZOOM_STEP if event.angleDelta().y() > 0 else 1 / _ZOOM_STEP)
            return
        super().wheelEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        named = self.field_at(place) or self.citation_at(place)
        shape = Qt.CursorShape.PointingHandCursor if named else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        citation = self.citation_at(event.position())
        if citation:
            self.citation_clicked.emit(citation)
        elif name := self.field_at(event.position()):
            self.field_clicked.emit(name)

    def citation_at(self, point: QPointF) -> str:
        """Return the article cited at a point of the view, or an empty text."""
        for page, box in zip(self.pages, self._boxes(), strict=True):
            if box.contains(point):
                return citation_at(page, point - box.topLeft(), self._scale, self.find_citations)
        return ""

    def field_at(self, point: QPointF) -> str:
        """Return the field printed at a point of the view, or an empty text."""
        for page, box in zip(self.pages, self._boxes(), strict=True):
            if not box.contains(point):
                continue
            inner = point - box.topLeft()
            for operation in page.operations:
                if not isinstance(operation, TextOperation) or not operation.field:
                    continue
                if _box_of(operation, page, self._scale).contains(inner):
                    return operation.field
        return ""

    def _place_of(self, name: str) -> QRectF | None:
        for page, top in zip(self.pages, self._tops(), strict=True):
            for place in _places(page, name, self._scale):
                return place.translated(0, top)
        return None

    def _tops(self) -> list[float]:
        tops = []
        top = float(_GAP)
        for page in self.pages:
            tops.append(top)
            top += page.height * self._scale + _GAP
        return tops

    def _boxes(self) -> list[QRectF]:
        left = -self.horizontalScrollBar().value()
        lift = self.verticalScrollBar().value()
        room = self.viewport().width()
        boxes = []
        for page, top in zip(self.pages, self._tops(), strict=True):
            width = page.width * self._scale
            x = max((room - width) / 2, _GAP) + left
            boxes.append(QRectF(x, top - lift, width, page.height * self._scale))
        return boxes

    def _rescale(self, scale: float) -> None:
        bar = self.verticalScrollBar()
        share = bar.value() / bar.maximum() if bar.maximum() else 0.0
        one = _SCREEN_DPI / _POINTS_PER_INCH
        self._scale = min(max(scale, _SMALLEST * one), _LARGEST * one)
        self._set_ranges()
        bar.setValue(round(share * bar.maximum()))
        self.zoom_changed.emit(self.zoom)
        self.viewport().update()

    def _settle(self) -> None:
        if self._fits_width and self.pages:
            room = self.viewport().width() - 2 * _GAP
            scale = max(room, 100) / max(page.width for page in self.pages)
            if abs(scale - self._scale) > 1e-6:
                self._rescale(scale)
                return
        self._set_ranges()

    def _set_ranges(self) -> None:
        height = sum(page.height * self._scale + _GAP for page in self.pages) + _GAP
        width = max((page.width * self._scale for page in self.pages), default=0) + 2 * _GAP
        view = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, int(height - view.height())))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setRange(0, max(0, int(width - view.width())))
        self.horizontalScrollBar().setPageStep(view.width())

    def _on_scrolled(self) -> None:
        self._tell_page()
        self.viewport().update()

    def _tell_page(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        self._page = max(sum(top <= middle for top in self._tops()) - 1, 0)
        lines = self.pages[self._page].lines if self.pages else ()
        self.setAccessibleDescription("\n".join(lines))
        self.page_changed.emit(self.page_in_view, len(self.pages))


def _none(_text: str) -> tuple[FoundCitation, ...]:
    return ()


def _places(page: Page, name: str, scale: float) -> list[QRectF]:
    return [
        _box_of(operation, page, scale)
        for operation in page.operations
        if isinstance(operation, TextOperation) and operation.field == name
    ]


def _box_of(operation: TextOperation, page: Page, scale: float) -> QRectF:
    top = page.height - operation.y - operation.size * 0.88
    return QRectF(
        (operation.x - _MARK_PADDING) * scale,
        (top - _MARK_PADDING) * scale,
        (operation.width + 2 * _MARK_PADDING) * scale,
        (operation.size * 1.1 + 2 * _MARK_PADDING) * scale,
    )
