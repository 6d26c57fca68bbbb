"""Files built to take the desk's time or memory: each is refused in words, within the limits."""

import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from workstation.legislation.law_files.bounds import (
    MOST_BYTES,
    MOST_LINE,
    MOST_PARAGRAPHS,
    MOST_UNPACKED,
    UnreadableFileError,
)
from workstation.legislation.law_files.file_lines import (
    ReadingLimits,
    ReadingProcess,
    read_lines,
)

_LIMITS = ReadingLimits()
_SHORT = ReadingLimits(seconds=1.0)
_GIBIBYTE = 1 << 30
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODT = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
_FREE, _TABLE = 0xFFFFFFFF, 0xFFFFFFFD


def _zipped(path: Path, entry: str, *parts: str) -> None:
    """Write a zip whose entry is made of parts, packed as quickly as can be."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(entry, "w") as target,
    ):
        for part in parts:
            target.write(part.encode())


def _word(path: Path, *body: str, before: str = "") -> None:
    start = f"{before}<w:document {_W}><w:body>"
    _zipped(path, "word/document.xml", start, *body, "</w:body></w:document>")


def blanks_of_a_zip(path: Path) -> None:
    _word(path, *_blanks("<w:b/>"))


def blanks_of_an_odt(path: Path) -> None:
    _zipped(path, "content.xml", f"<text:p {_ODT}>", *_blanks("<text:b/>"), "</text:p>")


def _blanks(between: str) -> list[str]:
    return [" " * (1 << 20) + between] * ((MOST_UNPACKED >> 20) + 1)


def six_million_paragraphs(path: Path) -> None:
    _word(path, *["<w:p/>" * 100_000] * 60)


def one_deep_paragraph(path: Path) -> None:
    _word(path, "<w:p>" * 5_000, "</w:p>" * 5_000)


def foreign_entity(path: Path) -> None:
    declared = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    _word(path, "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", before=declared)


def billion_laughs(path: Path) -> None:
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij"))
    declared = f'<!DOCTYPE d [<!ENTITY a "罚">{entities}]>'
    _word(path, "<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", before=declared)


def entity_in_an_odt(path: Path) -> None:
    declared = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    _zipped(path, "content.xml", f"{declared}<text:p {_ODT}>&x;</text:p>")


def gibibyte_in_two_kilobytes(path: Path) -> None:
    """Write a PDF whose page unpacks, twice, to a gibibyte of blanks."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    mebibyte = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    raw = mebibyte * (_GIBIBYTE >> 20) + packer.flush()
    packed = zlib.compress(b"\x78\xda" + raw + bytes(4), 9)
    assert len(packed) < 20_000
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream"
        % (len(packed), packed),
    )
    body = b"".join(b"%d 0 obj%s endobj\n" % (n, part) for n, part in enumerate(parts, 1))
    path.write_bytes(b"%PDF-1.5\n" + body + b"trailer<</Root 1 0 R>>")


def pages_in_a_ring(path: Path) -> None:
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 999999999>>endobj\ntrailer<</Root 1 0 R>>"
    )


def groups_without_end(path: Path, count: int = 200_000) -> None:
    path.write_bytes(b"{\\rtf1" + b"{" * count)


def sectors_in_a_ring(path: Path) -> None:
    """Write an OLE file whose directory leads from sector 1 to sector 2 and back."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    table = struct.pack("<128I", _TABLE, 2, 1, *[_FREE] * 125)
    path.write_bytes(head + table + bytes(1024))


def pieces_without_end(path: Path) -> None:
    path.write_bytes(b"\xec\xa5" + b"\xff" * 100_000)


def fifty_megabytes_of_nesting(path: Path) -> None:
    path.write_bytes(b"<div>" * (10 << 20))


def a_million_nested(path: Path) -> None:
    path.write_text("<div>" * 1_000_000 + "罚" + "</div>" * 200_000, encoding="utf-8")


def hundred_megabytes_in_a_line(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 << 20)
    assert path.stat().st_size > MOST_BYTES


def one_long_line(path: Path) -> None:
    path.write_text("罚" * (MOST_LINE + 1), encoding="utf-8")


def many_lines(path: Path) -> None:
    path.write_text("罚\n" * (MOST_PARAGRAPHS + 1), encoding="utf-8")


def no_encoding(path: Path) -> None:
    path.write_bytes(b"\xff\xff\x81" * 1_000)


HOSTILE: dict[str, tuple[Callable[[Path], None], str]] = {
    "zip.docx": (blanks_of_a_zip, "解压后超过"),
    "zip.odt": (blanks_of_an_odt, "解压后超过"),
    "paragraphs.docx": (six_million_paragraphs, "段或者"),
    "deep.docx": (one_deep_paragraph, "已损坏"),
    "entity.docx": (foreign_entity, "外部实体声明"),
    "laughs.docx": (billion_laughs, "外部实体声明"),
    "entity.odt": (entity_in_an_odt, "外部实体声明"),
    "ring.pdf": (pages_in_a_ring, "“ring.pdf”"),
    "groups.rtf": (groups_without_end, "“groups.rtf”"),
    "ring.doc": (sectors_in_a_ring, "已损坏"),
    "pieces.wps": (pieces_without_end, "已损坏"),
    "nesting.html": (fifty_megabytes_of_nesting, "字"),
    "nested.htm": (a_million_nested, "“nested.htm”"),
    "line.txt": (hundred_megabytes_in_a_line, "文件有 100 MB"),
    "long.txt": (one_long_line, "有一段超过"),
    "lines.md": (many_lines, "段或者"),
    "encoding.txt": (no_encoding, "文字编码"),
}


@pytest.fixture(scope="module")
def process() -> Iterator[ReadingProcess]:
    """Return a child process with the limits of the program."""
    made = ReadingProcess()
    yield made
    made.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_within_its_memory(
    tmp_path: Path, process: ReadingProcess, name: str
) -> None:
    make, words = HOSTILE[name]
    make(tmp_path / name)

    with pytest.raises(UnreadableFileError) as refused:
        read_lines(tmp_path / name, process)

    assert words in refused.value.message
    assert name in refused.value.message
    assert refused.value.hint
    assert process.peak < _LIMITS.memory


def test_the_limits_are_those_of_the_program() -> None:
    assert ReadingLimits(seconds=20.0, memory=_GIBIBYTE) == _LIMITS


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of address space")
def test_a_file_that_takes_too_much_memory_is_ended_by_its_limit(tmp_path: Path) -> None:
    gibibyte_in_two_kilobytes(tmp_path / "a.pdf")
    process = ReadingProcess(ReadingLimits(seconds=120.0, memory=100 << 20))

    with pytest.raises(UnreadableFileError, match="占用的内存超过 100 MB"):
        read_lines(tmp_path / "a.pdf", process)

    process.close()


def comments_without_end(path: Path) -> None:
    """Write a line of opened comments, each of which is looked for to the end of the line."""
    path.write_text("<!--" * (MOST_LINE // 4), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.md", comments_without_end), ("a.rtf", lambda path: groups_without_end(path, 3_000_000))],
)
def test_a_file_that_takes_too_long_is_ended_and_the_next_is_read(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    make(tmp_path / name)
    (tmp_path / "b.md").write_text("# 第一章", encoding="utf-8")
    process = ReadingProcess(_SHORT)
    read_lines(tmp_path / "b.md", process)

    with pytest.raises(UnreadableFileError, match="1 秒内没有读完"):
        read_lines(tmp_path / name, process)

    assert read_lines(tmp_path / "b.md", process).lines == ("第一章",)
    process.close()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak")
def test_what_the_program_itself_holds_is_not_counted_against_a_file(tmp_path: Path) -> None:
    held = b"\x01" * (300 << 20)
    path = tmp_path / "短.txt"
    path.write_text("第一条　为了规范行为，制定本条例。", encoding="utf-8")
    process = ReadingProcess()

    process.read(path)
    process.close()

    assert 0 < process.peak < len(held)
