"""A .docx as its parts: read with care, written so that equal parts give equal bytes."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from workstation.errors import WorkstationError

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = f"{{{WORD}}}"
R = f"{{{RELATIONSHIP}}}"
DOCUMENT_PART = "word/document.xml"

_MAX_PARTS = 400
_MAX_TOTAL = 80 * 1024 * 1024
_MAX_XML = 16 * 1024 * 1024
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_HINT = "请用 Word 或 WPS 打开后另存为 .docx，再重新导入。"


class DamagedDocxError(WorkstationError):
    """The file isn't a .docx that can be opened safely."""

    code = "docx_damaged"


@dataclass(frozen=True, slots=True)
class DocxPackage:
    """The parts of a .docx by name (``word/document.xml`` …) in writing order."""

    parts: Mapping[str, bytes]

    def to_bytes(self) -> bytes:
        """Return the zip file; the same parts give the same bytes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                entry = zipfile.ZipInfo(name, _FIXED_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                # Otherwise the host system's number is written and Windows bytes differ.
                entry.create_system = 0
                entry.external_attr = 0
                archive.writestr(entry, data)
        return buffer.getvalue()


def open_package(data: bytes) -> DocxPackage:
    """Unpack a .docx within limits of number and size (a zip bomb is refused unread).

    Raises:
        DamagedDocxError: it is no zip, too large, or has no document part.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MAX_PARTS or sum(e.file_size for e in entries) > _MAX_TOTAL:
                raise DamagedDocxError("文件解开后过大，没有打开。", hint=_HINT)
            _check_names([entry.filename for entry in entries])
            parts = {e.filename: archive.read(e) for e in entries if not e.is_dir()}
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        raise DamagedDocxError("文件不是完整的 .docx 文档。", hint=_HINT) from error
    if DOCUMENT_PART not in parts:
        raise DamagedDocxError("文件中没有 Word 正文。", hint=_HINT)
    return DocxPackage(parts)


def _check_names(names: list[str]) -> None:
    """Refuse names that lead out of a folder, and two parts of one name: which is meant?"""
    for name in names:
        pieces = name.replace("\\", "/").split("/")
        if ".." in pieces or name.startswith(("/", "\\")) or ":" in name or "\x00" in name:
            message = f"文件内部有可疑的路径“{name[:60]}”，为安全起见没有打开。"
            raise DamagedDocxError(message, hint=_HINT)
    if len({name.casefold() for name in names}) != len(names):
        message = "文件内部有重名的部分，为安全起见没有打开。"
        raise DamagedDocxError(message, hint=_HINT)


def parse_part(data: bytes) -> etree._Element:
    """Parse one XML part without entities, DTD and network.

    Raises:
        DamagedDocxError: it is not well-formed, too large, or carries a DTD.
    """
    if len(data) > _MAX_XML:
        raise DamagedDocxError("文档中的 XML 过大，没有打开。", hint=_HINT)
    # A parser keeps state: sharing one between threads is not safe.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedDocxError("文档内部的 XML 已损坏。", hint=_HINT) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedDocxError("文档内含 DTD 声明，为安全起见没有打开。", hint=_HINT)
    return root
