"""The one drawing that screen, PDF and printer share.

Lengths are points; the origin is the lower left corner of the page, y grows upwards (as in PDF).
"""

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
    """All pages of one document and the faces that drew them."""

    pages: tuple[Page, ...]
    faces: tuple[FontFace, ...]
