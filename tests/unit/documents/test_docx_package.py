"""Packages: deterministic writing, careful reading."""

import io
import zipfile

import pytest

from workstation.documents import docx_package
from workstation.documents.docx_package import (
    DOCUMENT_PART,
    DamagedDocxError,
    DocxPackage,
    open_package,
    parse_part,
)

PACKAGE = DocxPackage({DOCUMENT_PART: b"<a/>", "word/styles.xml": b"<b/>"})


def test_parts_survive_writing_and_reading() -> None:
    assert open_package(PACKAGE.to_bytes()).parts == PACKAGE.parts


def test_equal_parts_give_equal_bytes() -> None:
    assert PACKAGE.to_bytes() == DocxPackage(dict(PACKAGE.parts)).to_bytes()


@pytest.mark.parametrize("data", [b"", b"not a zip", PACKAGE.to_bytes()[:60]])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedDocxError, match=r"不是完整的 .docx"):
        open_package(data)


def test_a_damaged_part_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(DOCUMENT_PART, b"<a>text</a>")

    with pytest.raises(DamagedDocxError, match="不是完整的"):
        open_package(buffer.getvalue().replace(b"text", b"tExt"))


def test_a_zip_without_a_document_is_refused() -> None:
    with pytest.raises(DamagedDocxError, match="没有 Word 正文"):
        open_package(DocxPackage({"a.txt": b""}).to_bytes())


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "_MAX_TOTAL", 1000)
    bomb = DocxPackage({DOCUMENT_PART: b"0" * 100_000}).to_bytes()

    with pytest.raises(DamagedDocxError, match="过大"):
        open_package(bomb)


def test_a_large_part_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "_MAX_XML", 3)

    with pytest.raises(DamagedDocxError, match="过大"):
        parse_part(b"<a/>")


def test_broken_xml_is_refused() -> None:
    with pytest.raises(DamagedDocxError, match="已损坏"):
        parse_part(b"<a>")


def test_a_document_type_is_refused() -> None:
    with pytest.raises(DamagedDocxError, match="DTD"):
        parse_part(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>')
