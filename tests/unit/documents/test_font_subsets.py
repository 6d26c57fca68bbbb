"""Subsets of fonts: the same bytes as reportlab's own, which every reader was tried with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from reportlab.pdfbase.ttfonts import TTFontFile

from workstation.documents.font_subsets import SubsetMaker, checksum_of
from workstation.documents.fonts import FontFace, bundled_library

_FACES = bundled_library().faces


def _file_of(face: FontFace) -> TTFontFile:
    return TTFontFile(str(face.path), subfontIndex=face.index)


@pytest.mark.parametrize("face", _FACES, ids=[face.key for face in _FACES])
def test_a_subset_is_that_of_reportlab_byte_for_byte(face: FontFace) -> None:
    file = _file_of(face)
    maker = SubsetMaker(file)
    han = [code for code in range(0x4E00, 0x5400) if code in file.charToGlyph]
    subsets = [[0, *[32] * 32, *han[:200]], [0, ord("，"), ord("1"), 0x10FFFF], [0]]
    # Some 1,000 outlines need long offsets.
    subsets.append([0, *han[:1200]])

    made = [maker.make(subset) for subset in subsets]
    again = [maker.make(subset) for subset in subsets]

    theirs = [file.makeSubset(subset) for subset in subsets]
    assert again == made
    assert [own for own in made if own is not None] == [
        other for own, other in zip(made, theirs, strict=True) if own is not None
    ]
    assert made[0] is not None


def test_a_composite_glyph_is_left_to_reportlab(
    tmp_path: Path, make_font: Callable[..., Path]
) -> None:
    path = tmp_path / "composite.ttf"
    with TTFont(make_font(tmp_path / "plain.ttf", "样本", "AB")) as font:
        pen = TTGlyphPen(font.getGlyphSet())
        pen.addComponent("glyph0041", (1, 0, 0, 1, 40, 0))
        font["glyf"]["glyph0042"] = pen.glyph()
        font.save(path)
    file = TTFontFile(str(path))
    maker = SubsetMaker(file)

    assert maker.make([0, ord("A"), ord("B")]) is None
    assert maker.make([0, ord("A")]) == file.makeSubset([0, ord("A")])


def test_the_checksum_counts_words_and_fills_up_the_last() -> None:
    assert checksum_of(b"\0\0\0\x01\xff\xff\xff\xff\x01") == 0x01000000
