"""Subsets of faces for a browser: a TrueType file that holds just the characters a page shows.

reportlab cuts the glyphs out, but maps them by position for a PDF; a browser asks by code point,
so the character map is written anew (OpenType 1.9, tables ``cmap`` formats 4 and 12).
"""

import struct
from collections.abc import Iterable, Sequence

from reportlab.pdfbase.ttfonts import TTFontFile

from workstation.documents.fonts import FontFace

_HEADER, _RECORD = struct.Struct(">4s4H"), struct.Struct(">4s3L")
_WORD = 0xFFFFFFFF
_MAGIC = 0xB1B0AFBA
_LAST_OF_PLANE = 0xFFFF


def web_font(face: FontFace, characters: Iterable[str]) -> bytes:
    """Return a TrueType file with the glyphs of ``characters``; the same input, the same bytes."""
    font = TTFontFile(str(face.path), subfontIndex=face.index)
    codes = sorted({ord(char) for char in characters} & set(font.charToGlyph))
    tables = _tables_of(bytes(font.makeSubset(codes)))
    glyphs = _glyphs_in(tables["cmap"], codes)
    tables["cmap"] = _character_map(glyphs)
    return _file_of(tables)


def _tables_of(data: bytes) -> dict[str, bytes]:
    count = _HEADER.unpack_from(data)[1]
    tables = {}
    for number in range(count):
        tag, _, offset, length = _RECORD.unpack_from(data, _HEADER.size + number * _RECORD.size)
        tables[tag.decode("ascii")] = data[offset : offset + length]
    return tables


def _glyphs_in(character_map: bytes, codes: Sequence[int]) -> dict[int, int]:
    """Return code point → glyph from the map by position (format 6) that reportlab writes."""
    offset = struct.unpack_from(">L", character_map, 8)[0]
    found = struct.unpack_from(f">{len(codes)}H", character_map, offset + 10)
    return dict(zip(codes, found, strict=True))


def _character_map(glyphs: dict[int, int]) -> bytes:
    basic = _format_4({code: glyph for code, glyph in glyphs.items() if code < _LAST_OF_PLANE})
    full = _format_12(glyphs)
    first = 4 + 2 * 8
    return (
        struct.pack(">2H", 0, 2)
        + struct.pack(">2HL", 3, 1, first)
        + struct.pack(">2HL", 3, 10, first + len(basic))
        + basic
        + full
    )


def _runs(glyphs: dict[int, int]) -> list[tuple[int, int, int]]:
    """Return (first code, last code, first glyph) of each stretch where both grow together."""
    runs: list[tuple[int, int, int]] = []
    for code, glyph in sorted(glyphs.items()):
        if runs and runs[-1][1] == code - 1 and runs[-1][2] + code - runs[-1][0] == glyph:
            runs[-1] = (runs[-1][0], code, runs[-1][2])
        else:
            runs.append((code, code, glyph))
    return runs


def _format_4(glyphs: dict[int, int]) -> bytes:
    runs = [*_runs(glyphs), (_LAST_OF_PLANE, _LAST_OF_PLANE, 0)]
    count = len(runs)
    power = 1 << (count.bit_length() - 1)
    deltas = [(glyph - first) & _LAST_OF_PLANE for first, _, glyph in runs[:-1]] + [1]
    words = [
        *(count * 2, power * 2, power.bit_length() - 1, (count - power) * 2),
        *(last for _, last, _ in runs),
        0,
        *(first for first, _, _ in runs),
        *deltas,
        *([0] * count),
    ]
    length = 6 + 2 * len(words)
    return struct.pack(f">3H{len(words)}H", 4, length, 0, *words)


def _format_12(glyphs: dict[int, int]) -> bytes:
    groups = b"".join(struct.pack(">3L", *run) for run in _runs(glyphs))
    return struct.pack(">2H3L", 12, 0, 16 + len(groups), 0, len(groups) // 12) + groups


def _file_of(tables: dict[str, bytes]) -> bytes:
    tables["head"] = _with_sum(tables["head"], 0)
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = _HEADER.pack(
        b"\0\1\0\0", count, power * 16, power.bit_length() - 1, (count - power) * 16
    )
    records, body = b"", b""
    start = _HEADER.size + count * _RECORD.size
    for tag in sorted(tables):
        data = tables[tag]
        records += _RECORD.pack(tag.encode("ascii"), _sum(data), start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    whole = _sum(head + records + body)
    at = body.index(tables["head"])
    mended = _with_sum(tables["head"], (_MAGIC - whole) & _WORD)
    return head + records + body[:at] + mended + body[at + len(mended) :]


def _with_sum(head: bytes, adjustment: int) -> bytes:
    return head[:8] + struct.pack(">L", adjustment) + head[12:]


def _sum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & _WORD
