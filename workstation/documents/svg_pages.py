"""Pages as SVG for a browser: the display list drawn with the same faces, its text selectable.

Everything that comes from a case is escaped, so a page holds shapes, text and pictures and
nothing that could run.
"""

import base64
from html import escape

from workstation.documents.display_list import (
    CheckBoxOperation,
    LineOperation,
    Operation,
    Page,
    PictureOperation,
    TextOperation,
    WatermarkOperation,
)
from workstation.documents.watermarks import WATERMARK_GREY, place_watermark

_TICK = ((0.18, 0.5), (0.4, 0.22), (0.84, 0.82))
_PNG = b"\x89PNG"


def page_svg(page: Page) -> str:
    """Return a page as one ``svg`` element, in points; text names its face as font family.

    Text that came from a field carries the field's name as ``data-field``.
    """
    drawn = "".join(_drawn(operation, page) for operation in page.operations)
    size = f'viewBox="0 0 {_number(page.width)} {_number(page.height)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{drawn}</svg>'


def _drawn(operation: Operation, page: Page) -> str:
    match operation:
        case TextOperation():
            return _text(operation, page.height)
        case LineOperation():
            return _line(operation, page.height)
        case CheckBoxOperation():
            return _check_box(operation, page.height)
        case PictureOperation():
            return _picture(operation, page.height)
        case WatermarkOperation():
            return _watermark(operation, page)


def _text(operation: TextOperation, height: float) -> str:
    if not operation.text.strip():
        return ""
    field = f' data-field="{escape(operation.field)}"' if operation.field else ""
    space = operation.char_space
    spacing = f' letter-spacing="{_number(space)}"' if space else ""
    return (
        f'<text x="{_number(operation.x)}" y="{_number(height - operation.y)}"'
        f' font-family="{escape(operation.face.key)}" font-size="{_number(operation.size)}"'
        f"{spacing}{field}>{escape(operation.text)}</text>"
    )


def _line(operation: LineOperation, height: float) -> str:
    dashes = ' stroke-dasharray="3 2"' if operation.dashed else ""
    return (
        f'<path d="M{_number(operation.x0)} {_number(height - operation.y0)}'
        f'L{_number(operation.x1)} {_number(height - operation.y1)}"'
        f' stroke="#000" stroke-width="{_number(operation.width)}"{dashes}/>'
    )


def _check_box(operation: CheckBoxOperation, height: float) -> str:
    x, side = operation.x, operation.side
    top = height - operation.y - side
    box = (
        f'<rect x="{_number(x)}" y="{_number(top)}" width="{_number(side)}"'
        f' height="{_number(side)}" fill="none" stroke="#000"'
        f' stroke-width="{_number(0.05 * side)}"/>'
    )
    if not operation.checked:
        return box
    points = " ".join(
        f"{_number(x + across * side)},{_number(top + (1 - up) * side)}" for across, up in _TICK
    )
    return (
        f'{box}<polyline points="{points}" fill="none" stroke="#000"'
        f' stroke-width="{_number(0.09 * side)}"/>'
    )


def _picture(operation: PictureOperation, height: float) -> str:
    kind = "png" if operation.data.startswith(_PNG) else "jpeg"
    data = base64.b64encode(operation.data).decode("ascii")
    return (
        f'<image x="{_number(operation.x)}"'
        f' y="{_number(height - operation.y - operation.height)}"'
        f' width="{_number(operation.width)}" height="{_number(operation.height)}"'
        f' href="data:image/{kind};base64,{data}"/>'
    )


def _watermark(operation: WatermarkOperation, page: Page) -> str:
    ems = sum(operation.face.advance(char) or 1.0 for char in operation.text)
    place = place_watermark(page.width, page.height, ems)
    grey = round(WATERMARK_GREY * 255)
    at = f"translate({_number(place.x)} {_number(page.height - place.y)})"
    return (
        f'<text transform="{at} rotate({_number(-place.degrees)})"'
        f' text-anchor="middle" dy="0.38em" fill="rgb({grey},{grey},{grey})"'
        f' font-family="{escape(operation.face.key)}" font-size="{_number(place.size)}">'
        f"{escape(operation.text)}</text>"
    )


def _number(value: float) -> str:
    """Return a length with at most two decimals: a hundredth of a point is never seen."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
