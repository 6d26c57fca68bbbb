"""Pictures: format and size, scaling into the type area."""

import struct

import pytest

from tests.form_samples import PNG, document_of, fill, make_form, paragraph_of
from workstation.documents.blocks import Paragraph, PictureRun
from workstation.documents.docx_faults import UnsupportedDocxError
from workstation.documents.docx_package import DocxPackage
from workstation.documents.docx_pictures import picture_format
from workstation.documents.docx_reader import read_package
from workstation.errors import InvalidInputError

JPEG = b"\xff\xd8\xff\xe0\x00\x04AB\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 60, 80) + b"\x01" * 9


def png(width: int, height: int) -> bytes:
    return PNG[:16] + struct.pack(">II", width, height) + PNG[24:]


def drawn(data: bytes) -> PictureRun:
    package = fill(make_form("#picture {{ f.a }}", "a"), {"x": data}, a="x")
    block = read_package(package).blocks[0]
    assert isinstance(block, Paragraph)
    assert isinstance(block.runs[0], PictureRun)
    return block.runs[0]


def test_formats_and_sizes() -> None:
    assert picture_format(PNG) == ("png", (100, 50))
    assert picture_format(JPEG) == ("jpeg", (80, 60))


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", PNG[:20], png(0, 5), JPEG[:8], JPEG[:4] + b"x" * 9]
)
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInputError, match="PNG 或 JPEG"):
        picture_format(data)


def test_a_wide_picture_fits_the_type_area() -> None:
    run = drawn(png(4000, 1000))

    assert run.width == pytest.approx(448.5, abs=0.1)
    assert run.height == pytest.approx(run.width / 4, abs=0.1)


def test_a_high_picture_leaves_room_for_another() -> None:
    assert drawn(png(100, 4000)).height == pytest.approx(637.8 * 0.45, abs=0.1)


def test_a_picture_without_its_file_is_refused() -> None:
    package = fill(make_form("#picture {{ f.a }}", "a"), {"x": PNG}, a="x")
    parts = {name: data for name, data in package.parts.items() if "media" not in name}

    with pytest.raises(UnsupportedDocxError, match="PNG、JPEG 以外的图片"):
        read_package(DocxPackage(parts))


def test_a_floating_picture_is_refused() -> None:
    with pytest.raises(UnsupportedDocxError, match="浮动"):
        read_package(document_of(paragraph_of("<w:r><w:drawing/></w:r>")))
