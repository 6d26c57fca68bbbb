"""Embedding faces in a PDF: one TrueType font object per face, its subset shared by all pages.

reportlab 5.1.0 writes a code point above U+FFFF into a ToUnicode map as five hexadecimal digits,
which readers take for another character (𬭎 is copied as “Ⲵ”); the map is therefore written here.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from workstation.documents.fonts import FontFace

# The specification allows at most this many entries in one bfchar section (ISO 32000-1 §9.10.3).
_SECTION = 100


class EmbeddedFont(TTFont):  # type: ignore[misc]
    """A TrueType font whose text is found and copied rightly beyond the basic plane."""

    def __init__(self, name: str, path: Path, index: int) -> None:
        super().__init__(name, str(path), subfontIndex=index, asciiReadable=False, shapable=False)

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802
        """Add the font and its subsets to ``doc``, with correct ToUnicode maps."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            internal = f"{doc.fontMapping[self.fontName][1:]}+{number}"
            font = doc.idToObject["BasicFonts"].dict[internal]
            stream = doc.idToObject[font.ToUnicode.name]
            stream.content = to_unicode_map(font.BaseFont, subset)


def to_unicode_map(name: str, code_points: Sequence[int]) -> str:
    """Return the CMap that takes one-byte codes back to Unicode (UTF-16BE)."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(code_points), _SECTION):
        section = code_points[start : start + _SECTION]
        lines.append(f"{len(section)} beginbfchar")
        lines += [
            f"<{start + offset:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
            for offset, code in enumerate(section)
        ]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def register(faces: Iterable[FontFace]) -> None:
    """Make faces known to reportlab under the names :func:`font_name` gives; once per process."""
    for face in faces:
        _register(face)


@lru_cache(maxsize=64)
def _register(face: FontFace) -> None:
    pdfmetrics.registerFont(EmbeddedFont(font_name(face), face.path, face.index))


def font_name(face: FontFace) -> str:
    """Return the name reportlab knows a face by."""
    return f"face-{face.key}"
