"""Cutting a TrueType font down to the glyphs of a document, byte for byte as reportlab does.

Outlines and their checksums are kept from one document to the next: the same few thousand
characters come again in every paper.
"""

import struct
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

_OUTLINES = "glyf"
_COPIED = ("name", "OS/2", "cvt ", "fpgm", "prep")
_WORDS = 0xFFFFFFFF
_MAGIC = 0xB1B0AFBA
_LONGEST_SHORT = 0xFFFF
_CHECKSUM_AT = 8


class _Table(NamedTuple):
    data: bytes
    checksum: int


class _Glyph(NamedTuple):
    """An outline filled up to four bytes; ``is_composite`` refers to other glyphs."""

    data: bytes
    checksum: int
    is_composite: bool


class SubsetMaker:
    """Makes subsets of one font file that reportlab has opened (a ``TTFontFile``)."""

    def __init__(self, face: Any) -> None:
        self._face = face
        self._glyphs: dict[int, _Glyph] = {}
        self._fixed: dict[str, _Table] = {}
        self._outlines_at = int(face.get_table_pos(_OUTLINES)[0])
        for tag in _COPIED:
            try:
                self._fixed[tag] = _table(face.get_table(tag))
            except KeyError:
                continue
        post = face.get_table("post")[4:16]
        self._fixed["post"] = _table(b"\x00\x03\x00\x00" + post + b"\x00" * 16)
        self._metrics, self._profile = face.get_table("hhea"), face.get_table("maxp")
        head = face.get_table("head")
        self._head = head[:_CHECKSUM_AT] + b"\0\0\0\0" + head[_CHECKSUM_AT + 4 :]

    def make(self, subset: Sequence[int]) -> bytes | None:
        """Return the font with the glyphs of some code points, None if one is composite."""
        places = {0: 0}
        codes = [
            places.setdefault(self._face.charToGlyph.get(code, 0), len(places)) for code in subset
        ]
        glyphs = [self._glyph(number) for number in places]
        if any(glyph.is_composite for glyph in glyphs):
            return None
        ends = [0]
        for glyph in glyphs:
            ends.append(ends[-1] + len(glyph.data))
        is_long = (ends[-1] + 1) >> 1 > _LONGEST_SHORT
        widths, full = self._widths(places)
        tables = self._fixed | {
            _OUTLINES: _Table(
                b"".join(glyph.data for glyph in glyphs),
                sum(glyph.checksum for glyph in glyphs) & _WORDS,
            ),
            "hmtx": _table(widths),
            "hhea": _table(_with_short(self._metrics, 34, full)),
            "maxp": _table(_with_short(self._profile, 4, len(glyphs))),
            "cmap": _table(_character_map(codes)),
            "loca": _table(_pack("L", ends) if is_long else _pack("H", [e >> 1 for e in ends])),
            "head": _table(_with_short(self._head, 50, int(is_long))),
        }
        return _file(tables)

    def _glyph(self, number: int) -> _Glyph:
        found = self._glyphs.get(number)
        if found is None:
            positions = self._face.glyphPos
            start = self._outlines_at + positions[number]
            end = self._outlines_at + positions[number + 1]
            data = self._face._ttf_data[start:end]  # noqa: SLF001 - the file's bytes are there
            composite = bool(data) and struct.unpack(">h", data[:2])[0] < 0
            padded = data + b"\0" * (-len(data) % 4)
            found = _Glyph(padded, checksum_of(padded), composite)
            self._glyphs[number] = found
        return found

    def _widths(self, glyphs: Iterable[int]) -> tuple[bytes, int]:
        """Return the metrics and how many are full; a run of equal widths at the end is not."""
        values: list[int] = []
        for number in glyphs:
            width, bearing = self._face.hmetrics[number]
            values += (int(width), int(bearing))
        last = len(values) - 2
        while last and values[last] == values[last - 2]:
            last -= 2
        full = last + 2
        return _pack("H", values[:full] + values[full + 1 :: 2]), full >> 1


def checksum_of(data: bytes) -> int:
    """Return the checksum of a table of a font file, as the OpenType specification defines it."""
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) >> 2}L", padded)
    return sum(words) & _WORDS


def _table(data: bytes) -> _Table:
    return _Table(data, checksum_of(data))


def _pack(kind: str, values: Sequence[int]) -> bytes:
    return struct.pack(f">{len(values)}{kind}", *values)


def _with_short(data: bytes, place: int, value: int) -> bytes:
    return data[:place] + struct.pack(">H", value) + data[place + 2 :]


def _character_map(codes: Sequence[int]) -> bytes:
    """Return a map of one-byte codes, format 6 of the Macintosh platform."""
    head = [0, 1, 1, 0, 0, 12, 6, 10 + 2 * len(codes), 0, 0, len(codes)]
    return _pack("H", head + list(codes))


def _file(tables: dict[str, _Table]) -> bytes:
    """Return the tables as one file; its checksum is the sum of theirs and of the directory."""
    power = 1 << (len(tables).bit_length() - 1)
    numbers = (len(tables), power * 16, power.bit_length() - 1, (len(tables) - power) * 16)
    directory = [struct.pack(">lHHHH", 0x00010000, *numbers)]
    offset = 12 + 16 * len(tables)
    offsets: dict[str, int] = {}
    ordered = sorted(tables.items())
    for tag, table in ordered:
        entry = (tag.encode("latin-1"), table.checksum, offset, len(table.data))
        directory.append(struct.pack(">4sLLL", *entry))
        offsets[tag] = offset
        offset += len(table.data) + -len(table.data) % 4
    start = b"".join(directory)
    total = checksum_of(start) + sum(table.checksum for table in tables.values())
    body = [table.data + b"\0" * (-len(table.data) % 4) for _, table in ordered]
    whole = bytearray(start + b"".join(body))
    place = offsets["head"] + _CHECKSUM_AT
    whole[place : place + 4] = struct.pack(">L", (_MAGIC - total) & _WORDS)
    return bytes(whole)
