"""Embedding faces in a PDF: one TrueType font object per face, its subset shared by all pages.

reportlab 5.1.0 writes a code point above U+FFFF into a ToUnicode map as five hexadecimal digits,
which readers take for another character (𬭎 is copied as “Ⲵ”); the map is therefore written here.
"""

import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream, PDFTrueTypeFont, PDFZCompress
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont, TTFontFile

from workstation.documents.font_subsets import SubsetMaker
from workstation.documents.fonts import FontFace
from workstation.documents.pdf_text import pdf_number

# The specification allows at most this many entries in one bfchar section (ISO 32000-1 §9.10.3).
_SECTION = 100
_LEVEL = 4
_OUTLINES = "glyf"
_WIDTHS_IN_ROW = 10


class EmbeddedFont(TTFont):  # type: ignore[misc]
    """A TrueType font whose text is found and copied rightly beyond the basic plane."""

    def __init__(self, name: str, path: Path, index: int) -> None:
        super().__init__(name, str(path), subfontIndex=index, asciiReadable=False, shapable=False)
        # reportlab copies every table, of megabytes, out of the file for every subset, and sums
        # up every outline anew.
        self.face.get_table = _Tables(self.face).get
        maker, whole = SubsetMaker(self.face), self.face.makeSubset
        self.face.makeSubset = lambda subset: maker.make(subset) or whole(subset)

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802
        """Add the font and its subsets to ``doc``, with correct ToUnicode maps."""
        state = self.state[doc]
        state.frozen = 1
        for number, subset in enumerate(state.subsets):
            name = self.getSubsetInternalName(number, doc)[1:]
            parts = (SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)
            base = b"".join(parts).decode("pdfdoc")
            font = PDFTrueTypeFont()
            font.Name, font.BaseFont = name, base
            font.FirstChar, font.LastChar = 0, len(subset) - 1
            font.Widths = _widths([self.face.getCharWidth(code) for code in subset])
            unicodes = PDFStream(content=to_unicode_map(base, subset))
            if doc.compression:
                unicodes.filters = [PDFZCompress]
            font.ToUnicode = doc.Reference(unicodes, f"toUnicodeCMap:{base}")
            font.FontDescriptor = self.face.addSubsetObjects(doc, base, subset)
            if doc.compression:
                outlines = doc.idToObject[f"fontFile:{self.face.filename}({base})"]
                outlines.filters = [_OutlineFilter()]
            doc.Reference(font, name)
            doc.idToObject["BasicFonts"].dict[name] = font
        del self.state[doc]


class _OutlineFilter:
    """Packs outlines in half the time of reportlab's level; files grow by a fiftieth."""

    pdfname = "FlateDecode"

    def encode(self, data: bytes) -> bytes:
        """Return the data as the filter of a stream packs it."""
        return zlib.compress(data, _LEVEL)


class _Tables:
    """The tables of a font file, each read once; the outlines are read glyph by glyph."""

    def __init__(self, file: TTFontFile) -> None:
        self._file = file
        self._known: dict[str, Any] = {}

    def get(self, tag: str) -> Any:
        """Return a table as :meth:`TTFontFile.get_table` does.

        Raises:
            KeyError: the font has no such table.
        """
        table = self._known.get(tag)
        if table is None:
            start, length = self._file.get_table_pos(tag)
            data = self._file._ttf_data  # noqa: SLF001 - reportlab keeps the file's bytes there
            table = _Outlines(data, start) if tag == _OUTLINES else data[start : start + length]
            self._known[tag] = table
        return table


class _Outlines:
    """The table of outlines, of which only slices are taken."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data = data
        self._start = start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


def _widths(widths: Sequence[float]) -> str:
    """Return an array as reportlab writes it, ten numbers in a row."""
    numbers = [pdf_number(width) for width in widths]
    rows = [
        " ".join(numbers[start : start + _WIDTHS_IN_ROW])
        for start in range(0, len(numbers), _WIDTHS_IN_ROW)
    ]
    return "[ " + " \n  ".join(rows) + " ]"


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
