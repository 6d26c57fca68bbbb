"""Keeping laid-out pages in a file, so that work on many documents need not hold or repeat them.

The file is JSON, compressed; it names faces by their key and is only good for the same fonts.
"""

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from workstation.documents.display_list import (
    CheckBoxOperation,
    LaidOutDocument,
    LineOperation,
    Operation,
    Page,
    PictureOperation,
    TextOperation,
    WatermarkOperation,
)
from workstation.documents.fonts import FontFace

_FAST = 1
_KINDS: Mapping[str, type[Operation]] = {
    "text": TextOperation,
    "line": LineOperation,
    "box": CheckBoxOperation,
    "picture": PictureOperation,
    "watermark": WatermarkOperation,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_PARTS = {kind: tuple(field.name for field in fields(kind)) for kind in _NAMES}


class StalePagesError(ValueError):
    """A file of pages is damaged, or was made with other fonts: lay the document out again."""


def dump_pages(document: LaidOutDocument) -> bytes:
    """Return a document as the contents of a file."""
    pages = [
        {
            "size": (page.width, page.height),
            "lines": page.lines,
            "operations": [_plain(operation) for operation in page.operations],
        }
        for page in document.pages
    ]
    content = {
        "faces": [face.key for face in document.faces],
        "pages": pages,
        "strokes": document.stroke_heights,
    }
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode(), _FAST)


def load_pages(data: bytes, faces: Mapping[str, FontFace]) -> LaidOutDocument:
    """Return the document of a file; ``faces`` holds the fonts at hand by key.

    Raises:
        StalePagesError: the file is damaged, or a face is not at hand.
    """
    try:
        content = json.loads(zlib.decompress(data))
        return LaidOutDocument(
            pages=tuple(_page(page, faces) for page in content["pages"]),
            faces=tuple(faces[key] for key in content["faces"]),
            stroke_heights=tuple(content["strokes"]),
        )
    except (zlib.error, ValueError, KeyError, TypeError, IndexError) as error:
        message = "pages can't be read back"
        raise StalePagesError(message) from error


def _page(page: Mapping[str, Any], faces: Mapping[str, FontFace]) -> Page:
    width, height = page["size"]
    return Page(
        width=width,
        height=height,
        operations=tuple(_operation(parts, faces) for parts in page["operations"]),
        lines=tuple(page["lines"]),
    )


def _plain(operation: Operation) -> list[Any]:
    kind = type(operation)
    values = [getattr(operation, name) for name in _PARTS[kind]]
    return [_NAMES[kind], *(_plain_value(value) for value in values)]


def _plain_value(value: object) -> object:
    if isinstance(value, FontFace):
        return value.key
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _operation(parts: list[Any], faces: Mapping[str, FontFace]) -> Operation:
    kind = _KINDS[parts[0]]
    values = dict(zip(_PARTS[kind], parts[1:], strict=True))
    if "face" in values:
        values["face"] = faces[values["face"]]
    if "data" in values:
        values["data"] = base64.b64decode(values["data"])
    if "advances" in values:
        values["advances"] = tuple(values["advances"])
    return kind(**values)
