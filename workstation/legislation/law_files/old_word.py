"""The text of Word 97–2003 files (.doc, WPS's .wps) and of .rtf files.

A .doc keeps its text in pieces: the table stream says where each lies and whether it is of one or
two bytes a character ([MS-DOC] 2.4.1, 2.9.177). What is formatting is not looked at.
"""

import re
import struct
from collections.abc import Iterator
from pathlib import Path

import olefile
from striprtf import striprtf

from workstation.legislation.law_files.bounds import (
    MOST_CHARACTERS,
    UnreadableFileError,
    refuse_damaged,
    refuse_too_big,
)

_MAGIC = 0xA5EC
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_FLAGS_AT, _CHARACTERS_AT, _CLX_AT = 0x0A, 0x4C, 0x01A2
_PIECES, _FORMATTING = 2, 1
_ONE_BYTE, _OFFSET = 0x40000000, 0x3FFFFFFF
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14?")
_LINE_ENDS = re.compile("[\r\x07\x0b\x0c]")
_BROKEN = (OSError, struct.error, IndexError, ValueError, RecursionError)


def doc_lines(path: Path) -> list[str]:
    """Return the lines of the main text of a .doc or .wps file.

    Raises:
        UnreadableFileError: it is damaged, protected by a password, or over a bound.
    """
    try:
        with olefile.OleFileIO(str(path)) as file:
            text = _main_text(path, file)
    except _BROKEN as error:
        refuse_damaged(path, error)
    return _LINE_ENDS.split(_FIELD_CODE.sub("", text).replace("\x15", ""))


def _main_text(path: Path, file: olefile.OleFileIO) -> str:
    body = file.openstream("WordDocument").read()
    magic, flags = struct.unpack_from("<H", body)[0], struct.unpack_from("<H", body, _FLAGS_AT)[0]
    if magic != _MAGIC:
        refuse_damaged(path)
    if flags & _ENCRYPTED:
        raise UnreadableFileError(
            f"“{path.name}”设有打开密码。", hint="请用 Word 或 WPS 去掉密码，另存后再导入。"
        )
    (length,) = struct.unpack_from("<i", body, _CHARACTERS_AT)
    if length > MOST_CHARACTERS:
        refuse_too_big(path, f"超过 {MOST_CHARACTERS} 字")
    start, size = struct.unpack_from("<II", body, _CLX_AT)
    table = file.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
    return "".join(_pieces(body, _piece_table(table[start : start + size])))[:length]


def _piece_table(clx: bytes) -> bytes:
    at = 0
    while clx[at] == _FORMATTING:
        at += 3 + int(struct.unpack_from("<H", clx, at + 1)[0])
    if clx[at] != _PIECES:
        raise ValueError(clx[at])
    (size,) = struct.unpack_from("<I", clx, at + 1)
    return clx[at + 5 : at + 5 + size]


def _pieces(body: bytes, table: bytes) -> Iterator[str]:
    count = (len(table) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", table)
    for number in range(count):
        characters = ends[number + 1] - ends[number]
        (place,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)
        start = place & _OFFSET
        if place & _ONE_BYTE:
            yield body[start // 2 : start // 2 + characters].decode("cp1252", "replace")
        else:
            yield body[start : start + 2 * characters].decode("utf-16-le", "replace")


def rtf_lines(path: Path) -> list[str]:
    """Return the lines of an .rtf file.

    Raises:
        UnreadableFileError: it is no RTF, or over a bound.
    """
    data = path.read_bytes()
    if not data.lstrip().startswith(b"{\\rtf"):
        refuse_damaged(path)
    # Each character of Chinese takes some nine bytes of RTF; pictures are what makes one large.
    if len(data) > MOST_CHARACTERS:
        refuse_too_big(path, f"文件有 {len(data) >> 20} MB")
    try:
        text = striprtf.rtf_to_text(data.decode("latin-1"), encoding="gb18030", errors="replace")
    except _BROKEN as error:
        refuse_damaged(path, error)
    return str(text).split("\n")
