"""The one drawing that screen, PDF and printer share.

Lengths are points; the origin is the lower left corner of the page, y grows upwards (as in PDF).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from workstation.documents.fonts import FontFace


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOperation:
    """Characters of one face on one baseline; ``char_space`` is added after every character.

    ``advances`` holds the width of each character without ``char_space``.
    ``field`` names the form field the text came from, or is empty.
    """

    x: float
    y: float
    face: FontFace
    size: float
    text: str
    advances: tuple[float, ...]
    char_space: float = 0.0
    field: str = ""

    @property
    def width(self) -> float:
        """Return the distance from the first to the end of the last character."""
        return sum(self.advances) + self.char_space * (len(self.text) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOperation:
    """A straight line; ``dashed`` for cutting lines."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckBoxOperation:
    """A square check box with its lower left corner and side."""

    x: float
    y: float
    side: float
    checked: bool
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureOperation:
    """A PNG or JPEG file drawn into a rectangle."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class WatermarkOperation:
    """Large pale slanted text across the page (草稿)."""

    text: str
    face: FontFace


Operation = (
    TextOperation | LineOperation | CheckBoxOperation | PictureOperation | WatermarkOperation
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: what is drawn, and its lines of text from top to bottom as a reader sees them."""

    width: float
    height: float
    operations: tuple[Operation, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOutDocument:
    """All pages of one document and the faces that drew them.

    ``stroke_heights`` holds the height in points of every stroke to the foot of a page, in the
    order of the text; 0 where no line was left to strike.
    """

    pages: tuple[Page, ...]
    faces: tuple[FontFace, ...]
    stroke_heights: tuple[float, ...] = ()


def faces_of(operations: Iterable[Operation]) -> list[FontFace]:
    """Return the faces that draw text, each once, in the order of their first use."""
    faces: dict[str, FontFace] = {}
    for operation in operations:
        if isinstance(operation, TextOperation):
            faces.setdefault(operation.face.key, operation.face)
    return list(faces.values())


def moved(operation: Operation, dx: float, dy: float) -> Operation:
    """Return a copy moved by ``dx`` and ``dy`` points; a watermark belongs to the whole page."""
    match operation:
        case TextOperation():
            return TextOperation(
                x=operation.x + dx,
                y=operation.y + dy,
                face=operation.face,
                size=operation.size,
                text=operation.text,
                advances=operation.advances,
                char_space=operation.char_space,
                field=operation.field,
            )
        case LineOperation():
            return LineOperation(
                x0=operation.x0 + dx,
                y0=operation.y0 + dy,
                x1=operation.x1 + dx,
                y1=operation.y1 + dy,
                width=operation.width,
                dashed=operation.dashed,
            )
        case CheckBoxOperation():
            return CheckBoxOperation(
                x=operation.x + dx,
                y=operation.y + dy,
                side=operation.side,
                checked=operation.checked,
                field=operation.field,
            )
        case PictureOperation():
            return PictureOperation(
                x=operation.x + dx,
                y=operation.y + dy,
                width=operation.width,
                height=operation.height,
                data=operation.data,
            )
        case WatermarkOperation():
            return operation
