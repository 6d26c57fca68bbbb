"""Pictures in a filled .docx: media parts, relationships and inline drawings."""

import struct
from collections.abc import Mapping

from markupsafe import Markup

from workstation.documents.docx_package import RELATIONSHIP, WORD
from workstation.documents.presets import PagePreset
from workstation.errors import InvalidInputError

EMU = 12700
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_RELATIONSHIPS = "word/_rels/document.xml.rels"
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_POINTS_PER_PIXEL = 0.75
_HEIGHT_SHARE = 0.45
_DEFAULT_ROOM = (400.0, 600.0)
# JPEG frame headers; C4, C8 and CC are tables and extensions.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class PictureParts:
    """Collects the pictures that one document really shows."""

    def __init__(self, pictures: Mapping[str, bytes], preset: PagePreset | None) -> None:
        self._pictures = pictures
        self._shown: list[tuple[str, bytes]] = []
        setup = preset.setup if preset else None
        self._room = (setup.text_width, setup.text_height) if setup else _DEFAULT_ROOM

    def has(self, key: object) -> bool:
        """Return whether there is a picture of this key."""
        return str(key) in self._pictures

    def draw(self, key: object) -> Markup:
        """Return the run of one picture, scaled down to the type area; nothing without one.

        Raises:
            InvalidInputError: the file is neither PNG nor JPEG.
        """
        data = self._pictures.get(str(key))
        if data is None:
            return Markup()
        number = len(self._shown) + 1
        extension, pixels = picture_format(data)
        width, height = self._fit(pixels)
        self._shown.append((f"media/image{number}.{extension}", data))
        return Markup(_drawing(number, round(width * EMU), round(height * EMU)))  # noqa: S704 numbers

    def added_to(self, parts: dict[str, bytes]) -> dict[str, bytes]:
        """Return ``parts`` with the shown pictures and their relationships."""
        if not self._shown:
            return parts
        links = "".join(
            f'<Relationship Id="rIdPicture{number}" Type="{RELATIONSHIP}/image" Target="{name}"/>'
            for number, (name, _) in enumerate(self._shown, 1)
        )
        relationships = parts[_RELATIONSHIPS].replace(
            b"</Relationships>", links.encode() + b"</Relationships>"
        )
        media = {f"word/{name}": data for name, data in self._shown}
        return parts | {_RELATIONSHIPS: relationships} | media

    def _fit(self, pixels: tuple[int, int]) -> tuple[float, float]:
        width, height = (side * _POINTS_PER_PIXEL for side in pixels)
        room, high = self._room
        scale = min(1.0, room / width, high * _HEIGHT_SHARE / height)
        return width * scale, height * scale


def picture_format(data: bytes) -> tuple[str, tuple[int, int]]:
    """Return the extension and the size in pixels of a PNG or JPEG file.

    Raises:
        InvalidInputError: it is neither.
    """
    if data.startswith(_PNG) and len(data) > 24:
        width, height = struct.unpack(">II", data[16:24])
        if width and height:
            return "png", (width, height)
    if data.startswith(_JPEG):
        size = _jpeg_size(data)
        if size is not None:
            return "jpeg", size
    raise InvalidInputError(
        "图片不是完整的 PNG 或 JPEG 文件。", hint="请将图片另存为 JPEG 后重新选择。"
    )


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 < len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return (width, height) if width and height else None
        position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return None


def _drawing(number: int, width: int, height: int) -> str:
    picture = f"{_DRAWING}/picture"
    return (
        f'<w:r xmlns:w="{WORD}"><w:drawing>'
        f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0"'
        f' distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{1000 + number}" name="图片{number}"/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{picture}">'
        f'<pic:pic xmlns:pic="{picture}"><pic:nvPicPr><pic:cNvPr id="{number}"'
        f' name="图片{number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip xmlns:r="{RELATIONSHIP}" r:embed="rIdPicture{number}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
