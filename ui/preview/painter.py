"""Painting a display list with QPainter: the same lines on screen and printer as in the PDF."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGlyphRun, QImage, QPainter, QPen, QRawFont

from workstation.documents.display_list import (
    CheckBoxOperation,
    LineOperation,
    Operation,
    Page,
    PictureOperation,
    TextOperation,
    WatermarkOperation,
)
from workstation.documents.fonts import FontFace
from workstation.documents.watermarks import WATERMARK_GREY, place_watermark

_INK = QColor(0, 0, 0)
_BOX_LINE, _TICK_LINE = 0.05, 0.09
_TICK = ((0.18, 0.5), (0.4, 0.22), (0.84, 0.82))
_DASHES = [6.0, 4.0]


def paint_page(painter: QPainter, page: Page, scale: float) -> None:
    """Paint ``page`` with its upper left corner at the origin; ``scale`` is pixels per point."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(_INK)
    for operation in page.operations:
        _paint(painter, operation, page, scale)
    painter.restore()


def _paint(painter: QPainter, operation: Operation, page: Page, scale: float) -> None:
    match operation:
        case TextOperation():
            _text(painter, operation, page.height, scale)
        case LineOperation():
            _line(painter, operation, page.height, scale)
        case CheckBoxOperation():
            _check_box(painter, operation, page.height, scale)
        case PictureOperation():
            _picture(painter, operation, page.height, scale)
        case WatermarkOperation():
            _watermark(painter, operation, page, scale)


def _text(painter: QPainter, operation: TextOperation, height: float, scale: float) -> None:
    run = _glyph_run(operation.face, operation.size * scale, operation.text)
    positions = []
    x = 0.0
    for advance in operation.advances:
        positions.append(QPointF(x * scale, 0))
        x += advance + operation.char_space
    run.setPositions(positions)
    painter.drawGlyphRun(QPointF(operation.x * scale, (height - operation.y) * scale), run)


def _glyph_run(face: FontFace, pixel_size: float, text: str) -> QGlyphRun:
    font = _raw_font(face, round(pixel_size * 8) / 8)
    run = QGlyphRun()
    run.setRawFont(font)
    run.setGlyphIndexes(font.glyphIndexesForString(text))
    return run


@lru_cache(maxsize=64)
def _raw_font(face: FontFace, pixel_size: float) -> QRawFont:
    return QRawFont(str(face.path), pixel_size, QFont.HintingPreference.PreferNoHinting)


def _line(painter: QPainter, operation: LineOperation, height: float, scale: float) -> None:
    pen = QPen(_INK, max(operation.width * scale, 0.6))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if operation.dashed:
        pen.setDashPattern(_DASHES)
    painter.setPen(pen)
    start = QPointF(operation.x0 * scale, (height - operation.y0) * scale)
    end = QPointF(operation.x1 * scale, (height - operation.y1) * scale)
    painter.drawLine(start, end)
    painter.setPen(_INK)


def _check_box(
    painter: QPainter, operation: CheckBoxOperation, height: float, scale: float
) -> None:
    side = operation.side * scale
    left, bottom = operation.x * scale, (height - operation.y) * scale
    painter.setPen(QPen(_INK, side * _BOX_LINE))
    painter.drawRect(QRectF(left, bottom - side, side, side))
    if operation.checked:
        painter.setPen(QPen(_INK, side * _TICK_LINE))
        painter.drawPolyline([QPointF(left + x * side, bottom - y * side) for x, y in _TICK])
    painter.setPen(_INK)


def _picture(painter: QPainter, operation: PictureOperation, height: float, scale: float) -> None:
    image = QImage.fromData(operation.data)
    top = (height - operation.y - operation.height) * scale
    target = QRectF(operation.x * scale, top, operation.width * scale, operation.height * scale)
    painter.drawImage(target, image)


def _watermark(painter: QPainter, operation: WatermarkOperation, page: Page, scale: float) -> None:
    place = place_watermark(page.width, page.height, len(operation.text))
    size = place.size * scale
    run = _glyph_run(operation.face, size, operation.text)
    run.setPositions([QPointF(n * size, 0) for n in range(len(operation.text))])
    painter.save()
    painter.setPen(QColor.fromRgbF(WATERMARK_GREY, WATERMARK_GREY, WATERMARK_GREY))
    painter.translate(place.x * scale, (page.height - place.y) * scale)
    painter.rotate(-place.degrees)
    painter.drawGlyphRun(QPointF(-size * len(operation.text) / 2, size * 0.38), run)
    painter.restore()
