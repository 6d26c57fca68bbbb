"""The viewer of a capsule: one HTML file that holds everything and asks the network for nothing.

Its content security policy forbids every request and every script but its own (named by its
digest), so text of a case that looks like markup stays text.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from workstation.data_files import resources_dir
from workstation.documents.display_list import LaidOutDocument, Page, TextOperation, faces_of
from workstation.documents.fonts import FontFace
from workstation.documents.svg_pages import page_svg
from workstation.documents.web_fonts import web_font


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewedItem:
    """Pages under one heading: a paper (``key`` D51) or a piece of evidence (``key`` 证据3)."""

    key: str
    title: str
    layout: LaidOutDocument


def viewer_page(content: Mapping[str, Any], items: Sequence[ViewedItem], seal: str) -> bytes:
    """Return the HTML file that shows ``content`` and the pages of ``items``."""
    pages = [page for item in items for page in item.layout.pages]
    shown = [
        {"key": item.key, "title": item.title, "pages": [page_svg(p) for p in item.layout.pages]}
        for item in items
    ]
    script = _part("viewer.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    parts = {
        "policy": f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline';"
        " img-src data:; font-src data:; base-uri 'none'; form-action 'none'",
        "style": _part("viewer.css") + _font_faces(pages),
        "content": _inert({**content, "seal": seal}),
        "pages": _inert(shown),
        "script": script,
    }
    return "".join(_assembled(_part("viewer.html"), parts)).encode()


def _assembled(template: str, parts: Mapping[str, str]) -> Iterable[str]:
    """Put the parts in one pass, so that no part is searched for the marks of another."""
    for number, piece in enumerate(template.split("@@")):
        yield parts[piece] if number % 2 else piece


def _inert(value: object) -> str:
    """Return JSON in which nothing can end the element that holds it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _font_faces(pages: Sequence[Page]) -> str:
    characters: dict[str, set[str]] = {}
    faces: dict[str, FontFace] = {}
    for page in pages:
        for face in faces_of(page.operations):
            faces[face.key] = face
        for operation in page.operations:
            if isinstance(operation, TextOperation):
                characters.setdefault(operation.face.key, set()).update(operation.text)
    return "".join(_font_face(face, frozenset(characters[key])) for key, face in faces.items())


@lru_cache(maxsize=8)
def _font_face(face: FontFace, characters: frozenset[str]) -> str:
    data = base64.b64encode(web_font(face, characters)).decode("ascii")
    source = f"src:url(data:font/ttf;base64,{data})"
    return f"@font-face{{font-family:'{face.key}';{source}}}\n"


def _part(name: str) -> str:
    return (resources_dir() / "capsule" / name).read_text(encoding="utf-8")
