"""The user's own fonts before the shipped ones."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Self

import pytest
from fontTools.ttLib import TTFont

from workstation.documents.fonts import FontStyle, bundled_library
from workstation.documents.system_fonts import font_folders, system_library

MakeFont = Callable[..., Path]


def test_an_installed_font_of_official_writing_wins_over_the_shipped_one(
    tmp_path: Path, make_font: MakeFont
) -> None:
    make_font(tmp_path / "fs.ttf", "仿宋_GB2312", "罚款")

    glyph = system_library(folders=[tmp_path]).resolve(FontStyle.FANG, "罚")

    assert glyph.face.path == tmp_path / "fs.ttf"
    assert glyph.face.family == "仿宋_GB2312"


def test_characters_that_the_installed_font_lacks_fall_back_to_the_shipped_one(
    tmp_path: Path,
    make_font: MakeFont,
) -> None:
    make_font(tmp_path / "fs.ttf", "仿宋_GB2312", "罚款")

    glyph = system_library(folders=[tmp_path]).resolve(FontStyle.FANG, "堃")

    assert glyph.face.key == "yulin-kai"


def test_of_two_installed_families_the_preferred_one_comes_first(
    tmp_path: Path, make_font: MakeFont
) -> None:
    make_font(tmp_path / "a.ttf", "华文中宋", "书")
    make_font(tmp_path / "b.ttf", "方正小标宋简体", "书")

    chain = system_library(folders=[tmp_path]).chain(FontStyle.TITLE)

    assert [face.family for face in chain[:2]] == ["方正小标宋简体", "华文中宋"]


def test_a_font_that_may_not_be_embedded_is_left_out_with_the_reason(
    tmp_path: Path, make_font: MakeFont
) -> None:
    make_font(tmp_path / "hei.ttf", "黑体", "书", rights=0x0002)

    library = system_library(folders=[tmp_path])

    assert library.chain(FontStyle.HEI) == bundled_library().chain(FontStyle.HEI)
    assert [(s.family, s.reason) for s in library.skipped] == [
        ("黑体", "字体的授权标记不许嵌入文件")
    ]


def test_a_font_without_truetype_outlines_is_left_out_with_the_reason(
    tmp_path: Path, make_font: MakeFont
) -> None:
    with TTFont(make_font(tmp_path / "song.ttf", "宋体", "书")) as font:
        del font["glyf"], font["loca"]
        font.save(tmp_path / "song.otf")
    (tmp_path / "song.ttf").unlink()

    skipped = system_library(folders=[tmp_path]).skipped

    assert [(s.path.name, s.reason) for s in skipped] == [
        ("song.otf", "字形是 CFF 轮廓，不能写入 PDF")
    ]


def test_a_damaged_installed_font_is_passed_over(tmp_path: Path, make_font: MakeFont) -> None:
    (tmp_path / "bad.ttf").write_bytes(b"no font")
    make_font(tmp_path / "good.ttf", "楷体", "书")

    library = system_library(folders=[tmp_path])

    assert library.chain(FontStyle.KAI)[0].family == "楷体"


def test_without_the_user_fonts_the_library_is_the_shipped_one(
    tmp_path: Path, make_font: MakeFont
) -> None:
    make_font(tmp_path / "fs.ttf", "仿宋_GB2312", "罚款")

    library = system_library(prefer_user_fonts=False, folders=[tmp_path])

    assert library.faces == bundled_library().faces


def test_the_user_folder_for_fonts_follows_the_platform_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert font_folders()[0] == tmp_path / "fonts"


class FakeRegistryKey:
    """An open key of the Windows registry that names one font file by its full path."""

    def __enter__(self) -> Self:
        """Stand in for the open key."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close nothing."""


def _fake_winreg(font: Path) -> ModuleType:
    module = ModuleType("winreg")

    def open_key(root: int, _name: str) -> FakeRegistryKey:
        if root != 0:
            raise FileNotFoundError
        return FakeRegistryKey()

    values = {
        "HKEY_CURRENT_USER": 0,
        "HKEY_LOCAL_MACHINE": 1,
        "OpenKey": open_key,
        "QueryInfoKey": lambda _key: (0, 2, 0),
        "EnumValue": lambda _key, n: (("宋体", "simsun.ttc", 1), ("方正", str(font), 1))[n],
    }
    module.__dict__.update(values)
    return module


def test_windows_fonts_registered_elsewhere_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("WINDIR", str(tmp_path / "Windows"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    monkeypatch.setitem(sys.modules, "winreg", _fake_winreg(tmp_path / "own" / "a.ttf"))

    folders = font_folders()

    assert folders == (
        tmp_path / "Windows" / "Fonts",
        tmp_path / "Local" / "Microsoft" / "Windows" / "Fonts",
        tmp_path / "own",
    )


def test_mac_fonts_are_looked_for_in_the_library_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")

    assert font_folders()[1] == Path("/Library/Fonts")
