"""The program's own line icons, painted in the colours of the palette."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from workstation.data_files import resources_dir

_SIZE = 20
_SCALES = (1, 2, 3)


def icon(name: str, colour: str) -> QIcon:
    """Return the icon ``resources/icons/NAME.svg`` in ``colour`` (#RRGGBB).

    Raises:
        OSError: there is no such icon.
    """
    drawn = QIcon()
    for scale in _SCALES:
        drawn.addPixmap(_pixmap(name, colour, scale))
    return drawn


@lru_cache(maxsize=256)
def _pixmap(name: str, colour: str, scale: int) -> QPixmap:
    source = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    pixmap = QPixmap(_SIZE * scale, _SIZE * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, _SIZE * scale, _SIZE * scale))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
