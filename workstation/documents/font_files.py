"""Reading what layout needs from a TrueType file: names, rights, and the width of each glyph.

Only the tables asked for are read, and a character map stays as it lies in the file, so that
five faces of 30,000 characters open in milliseconds. Outlines are the PDF writer's business.
OpenType 1.9 names the tables; numbers in a font file are big-endian.
"""

import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, ClassVar

from workstation.errors import WorkstationError

_COLLECTION = b"ttcf"
_FAMILY_NAMES = frozenset({1, 4, 16})
_VERSION_NAME = 5
_UNICODE_MAPS = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
_SEGMENT_MAP, _GROUP_MAP = 4, 12
_RESTRICTED, _NO_SUBSETTING, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200


class UnreadableFontError(WorkstationError):
    """A font file is missing, damaged, or of a kind that can't be read."""

    code = "font_unreadable"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"字体文件“{path.name}”读不出来，可能已损坏。",
            hint="随程序提供的字体请重新安装程序；自行安装的字体请重新安装或删除该字体。",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FontDescription:
    """What one font says about itself.

    ``names`` holds the family and full names in every language; ``ascent`` and ``descent`` are
    in em, the latter negative; ``refusal`` says in Chinese why a PDF can't embed it, or is empty.
    """

    names: frozenset[str]
    version: str
    units_per_em: int
    ascent: float
    descent: float
    refusal: str


class GlyphMetrics:
    """The characters of one font and their advances."""

    __slots__ = ("_advances", "_ends", "_first_glyphs", "_starts", "_units_per_em")

    def __init__(
        self,
        groups: "array[int]",
        advances: "array[int]",
        units_per_em: int,
    ) -> None:
        """Keep ``groups``, triples of first character, last character and first glyph, sorted."""
        self._starts = groups[0::3]
        self._ends = groups[1::3]
        self._first_glyphs = groups[2::3]
        self._advances = advances
        self._units_per_em = units_per_em

    def advance(self, code_point: int) -> float | None:
        """Return the advance width in em, or ``None`` when the font has no such character."""
        group = bisect_right(self._starts, code_point) - 1
        if group < 0 or code_point > self._ends[group]:
            return None
        glyph = self._first_glyphs[group] + code_point - self._starts[group]
        if glyph == 0:
            return None
        return self._advances[min(glyph, len(self._advances) - 1)] / self._units_per_em

    def characters(self) -> Iterator[int]:
        """Yield every code point that the map names."""
        for start, end in zip(self._starts, self._ends, strict=True):
            yield from range(start, end + 1)


class _SfntReader:
    """The table directory of one font in an open file."""

    TRUETYPE: ClassVar[frozenset[bytes]] = frozenset({b"\0\1\0\0", b"true", b"OTTO"})

    def __init__(self, file: BinaryIO, index: int) -> None:
        self._file = file
        offset = 0
        if self._read(0, 4) == _COLLECTION:
            (offset,) = struct.unpack(">I", self._read(12 + 4 * index, 4))
        tag, count = struct.unpack(">4sH", self._read(offset, 6))
        if tag not in self.TRUETYPE:
            raise ValueError(tag)
        directory = self._read(offset + 12, 16 * count)
        self._tables = {
            name.decode("latin-1"): (start, length)
            for name, _checksum, start, length in struct.iter_unpack(">4sIII", directory)
        }

    def _read(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        data = self._file.read(length)
        if len(data) != length:
            raise EOFError
        return data

    def __contains__(self, tag: str) -> bool:
        return tag in self._tables

    def table(self, tag: str) -> bytes:
        """Return the bytes of a table; ``KeyError`` when the font has none."""
        return self._read(*self._tables[tag])

    @property
    def units_per_em(self) -> int:
        (units,) = struct.unpack_from(">H", self.table("head"), 18)
        return int(units) or 1000


_DAMAGE = (OSError, EOFError, KeyError, IndexError, ValueError, struct.error)


def font_count(path: Path) -> int:
    """Return how many fonts a file holds: 1, or more for a collection.

    Raises:
        UnreadableFontError: the file is missing or too short.
    """
    try:
        with path.open("rb") as file:
            header = file.read(12)
        if header[:4] != _COLLECTION:
            return 1
        return int(struct.unpack_from(">I", header, 8)[0])
    except _DAMAGE as error:
        raise UnreadableFontError(path) from error


def describe_font(path: Path, index: int = 0) -> FontDescription:
    """Read the names and rights of one font.

    Raises:
        UnreadableFontError: the file is missing, damaged or no TrueType or OpenType file.
    """
    try:
        with path.open("rb") as file:
            reader = _SfntReader(file, index)
            names, version = _names(reader.table("name"))
            units = reader.units_per_em
            os2 = reader.table("OS/2")
            (rights,) = struct.unpack_from(">H", os2, 8)
            ascent, descent = struct.unpack_from(">hh", os2, 68)
            refusal = _refusal(rights, has_outlines="glyf" in reader)
    except _DAMAGE as error:
        raise UnreadableFontError(path) from error
    return FontDescription(
        names=names,
        version=version,
        units_per_em=units,
        ascent=ascent / units,
        descent=descent / units,
        refusal=refusal,
    )


def _refusal(rights: int, *, has_outlines: bool) -> str:
    if rights & _RESTRICTED:
        return "字体的授权标记不许嵌入文件"
    if rights & _NO_SUBSETTING:
        return "字体的授权标记不许只嵌入用到的字"
    if rights & _BITMAPS_ONLY:
        return "字体的授权标记只许嵌入点阵"
    if not has_outlines:
        return "字形是 CFF 轮廓，不能写入 PDF"
    return ""


def _names(table: bytes) -> tuple[frozenset[str], str]:
    count, strings = struct.unpack_from(">HH", table, 2)
    found: set[str] = set()
    version = ""
    for platform, encoding, _language, name_id, length, offset in struct.iter_unpack(
        ">HHHHHH", table[6 : 6 + 12 * count]
    ):
        raw = table[strings + offset : strings + offset + length]
        text = raw.decode(_name_encoding(platform, encoding), "replace").strip()
        if name_id in _FAMILY_NAMES:
            found.add(text)
        elif name_id == _VERSION_NAME:
            version = version or text
    return frozenset(found), version


def _name_encoding(platform: int, encoding: int) -> str:
    macintosh, simplified_chinese = 1, 25
    if platform != macintosh:
        return "utf-16-be"
    return "gb18030" if encoding == simplified_chinese else "mac-roman"


@lru_cache(maxsize=64)
def read_metrics(path: Path, index: int = 0) -> GlyphMetrics:
    """Return the characters and advances of one font; read once per file.

    Raises:
        UnreadableFontError: the file is missing, damaged or has no Unicode character map.
    """
    try:
        with path.open("rb") as file:
            reader = _SfntReader(file, index)
            (count,) = struct.unpack_from(">H", reader.table("hhea"), 34)
            advances = _numbers("H", reader.table("hmtx")[: 4 * count])[0::2]
            groups = _groups(reader.table("cmap"))
            return GlyphMetrics(groups, advances, reader.units_per_em)
    except _DAMAGE as error:
        raise UnreadableFontError(path) from error


def _numbers(code: str, data: bytes) -> "array[int]":
    numbers: array[int] = array(code)
    numbers.frombytes(data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _groups(cmap: bytes) -> "array[int]":
    (count,) = struct.unpack_from(">H", cmap, 2)
    offsets = {
        (platform, encoding): offset
        for platform, encoding, offset in struct.iter_unpack(">HHI", cmap[4 : 4 + 8 * count])
    }
    for kind in _UNICODE_MAPS:
        if kind not in offsets:
            continue
        offset = offsets[kind]
        (map_format,) = struct.unpack_from(">H", cmap, offset)
        if map_format == _GROUP_MAP:
            (groups,) = struct.unpack_from(">I", cmap, offset + 12)
            return _numbers("I", cmap[offset + 16 : offset + 16 + 12 * groups])
        if map_format == _SEGMENT_MAP:
            return _segments_as_groups(cmap[offset:])
    raise ValueError(offsets)


def _segments_as_groups(table: bytes) -> "array[int]":
    """Rewrite a format 4 map, whose segments may point into a glyph list, as plain groups."""
    length, _language, twice = struct.unpack_from(">HHH", table, 2)
    words = _numbers("H", table[14 : length - length % 2])
    count = twice // 2
    ends, starts = words[:count], words[count + 1 : 2 * count + 1]
    deltas, ranges = words[2 * count + 1 : 3 * count + 1], words[3 * count + 1 :]
    groups: array[int] = array("I")
    for segment in range(count):
        for code_point in range(starts[segment], min(ends[segment], 0xFFFE) + 1):
            glyph = code_point
            if ranges[segment]:
                place = segment + ranges[segment] // 2 + code_point - starts[segment]
                glyph = ranges[place]
                if glyph == 0:
                    continue
            glyph = (glyph + deltas[segment]) & 0xFFFF
            last = len(groups) - 3
            if (
                last >= 0
                and groups[last + 1] == code_point - 1
                and (groups[last + 2] + code_point - groups[last] == glyph)
            ):
                groups[last + 1] = code_point
            elif glyph:
                groups.extend((code_point, code_point, glyph))
    return groups
