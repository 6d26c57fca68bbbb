"""Reading TrueType files: maps of both kinds, collections, rights, damage."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from workstation.documents.font_files import (
    UnreadableFontError,
    describe_font,
    font_count,
    read_metrics,
)
from workstation.documents.fonts import FontFace, bundled_library

MakeFont = Callable[..., Path]


@pytest.mark.parametrize("face", bundled_library().faces, ids=lambda face: face.key)
def test_characters_and_widths_agree_with_an_independent_reader(face: FontFace) -> None:
    metrics = read_metrics(face.path)
    with TTFont(face.path, lazy=True) as font:
        widths = font["hmtx"].metrics
        expected = {c: widths[name][0] / 1000 for c, name in font.getBestCmap().items()}

    found = {code_point: metrics.advance(code_point) for code_point in metrics.characters()}

    assert found == expected


def test_a_map_of_the_basic_plane_alone_is_read(tmp_path: Path, make_font: MakeFont) -> None:
    path = make_font(tmp_path / "a.ttf", "样张", "ABD中")

    metrics = read_metrics(path)

    assert [metrics.advance(ord(c)) for c in "ABCD中国"] == [0.1, 0.2, None, 0.3, 0.4, None]


def test_a_map_that_points_into_a_glyph_list_is_read(tmp_path: Path, make_font: MakeFont) -> None:
    path = make_font(tmp_path / "a.ttf", "样张", "DCBA")

    metrics = read_metrics(path)

    assert [metrics.advance(ord(c)) for c in "ABCD"] == [0.4, 0.3, 0.2, 0.1]


def test_names_version_and_lines_are_described(tmp_path: Path, make_font: MakeFont) -> None:
    path = make_font(tmp_path / "a.ttf", "样张体", "中")

    description = describe_font(path)

    assert {"Sample", "样张体"} <= description.names
    assert description.version == "7.5"
    assert (description.ascent, description.descent) == (0.86, -0.14)
    assert description.refusal == ""


@pytest.mark.parametrize(
    ("rights", "reason"), [(0x0002, "不许嵌入"), (0x0100, "只嵌入用到的字"), (0x0200, "点阵")]
)
def test_licence_bits_against_embedding_are_reported(
    tmp_path: Path, make_font: MakeFont, rights: int, reason: str
) -> None:
    path = make_font(tmp_path / "a.ttf", "样张", "中", rights=rights)

    assert reason in describe_font(path).refusal


def test_each_font_of_a_collection_is_read(tmp_path: Path, make_font: MakeFont) -> None:
    collection = TTCollection()
    for name, characters in (("甲", "AB"), ("乙", "BA")):
        collection.fonts.append(TTFont(make_font(tmp_path / f"{name}.ttf", name, characters)))
    path = tmp_path / "both.ttc"
    collection.save(path)

    widths = [read_metrics(path, index).advance(ord("A")) for index in range(font_count(path))]

    assert widths == [0.1, 0.2]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not a font", b"\0\1\0\0\0\x09"])
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.ttf"
    path.write_bytes(content)

    with pytest.raises(UnreadableFontError, match=r"broken\.ttf"):
        describe_font(path)
