"""The shipped faces, the fallback between them, and the glyph gate."""

import hashlib

import pytest

from workstation.documents.fonts import (
    FontStyle,
    GlyphMissingError,
    bundled_library,
    fonts_dir,
    preferred_families,
    style_of_word_font,
    word_font,
)

RARE_NAMES = "喆堃昇龑䶮𬭎𠅤㛃𬱖𫖯𠮷"


def _gb2312() -> str:
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in rows)


def test_every_shipped_file_is_the_one_that_the_record_of_sums_names() -> None:
    lines = (fonts_dir() / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    recorded = {name: digest for digest, name in (line.split() for line in lines)}

    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in fonts_dir().glob("*.ttf")
    }

    assert found == recorded


def test_every_shipped_face_is_listed_with_its_sum_in_the_read_me() -> None:
    read_me = (fonts_dir() / "README.md").read_text(encoding="utf-8")

    unlisted = [face.key for face in bundled_library().faces if face.sha256 not in read_me]

    assert unlisted == []


def test_the_five_shipped_faces_have_distinct_ascii_keys() -> None:
    keys = [face.key for face in bundled_library().faces]

    assert len(set(keys)) == len(keys) == 5
    assert all(key.isascii() for key in keys)


@pytest.mark.parametrize("style", FontStyle)
def test_every_style_prints_all_hanzi_of_gb2312(style: FontStyle) -> None:
    hanzi = _gb2312()

    missing = bundled_library().missing(hanzi, style)

    assert len(hanzi) == 6763
    assert missing == []


@pytest.mark.parametrize("style", FontStyle)
def test_every_style_prints_rare_characters_of_names(style: FontStyle) -> None:
    missing = bundled_library().missing(RARE_NAMES, style)

    assert missing == []


@pytest.mark.parametrize("style", FontStyle)
def test_every_style_prints_the_signs_of_official_writing(style: FontStyle) -> None:
    signs = "〔〕《》〈〉“”‘’—…·、。，；：？！（）①⑳㎡℃□√×％‰§¥￥№ⅠⅫ"

    missing = bundled_library().missing(signs, style)

    assert missing == []


def test_body_text_is_drawn_by_the_fangsong_face() -> None:
    glyph = bundled_library().resolve(FontStyle.FANG, "罚")

    assert (glyph.face.family, glyph.advance) == ("FandolFang", 1.0)


def test_a_rare_character_in_body_text_is_drawn_by_the_light_kai_face() -> None:
    glyph = bundled_library().resolve(FontStyle.FANG, "堃")

    assert glyph.face.key == "yulin-kai"


def test_the_fangsong_face_does_not_draw_yuan_as_dollar() -> None:
    glyph = bundled_library().resolve(FontStyle.FANG, "￥")

    assert glyph.face.key != "fandol-fang"


@pytest.mark.parametrize("style", FontStyle)
def test_dash_and_quotes_take_the_width_of_a_hanzi(style: FontStyle) -> None:
    widths = {char: bundled_library().resolve(style, char).advance for char in "—…“”‘’"}

    assert set(widths.values()) == {1.0}


def test_digits_of_the_fangsong_face_take_half_the_width_of_a_hanzi() -> None:
    widths = {bundled_library().resolve(FontStyle.FANG, digit).advance for digit in "0123456789"}

    assert widths == {0.5}


@pytest.mark.parametrize("char", ["\u200b", "\u202e", "\ufeff", "\ue000", "\u0301", "\x07"])
def test_invisible_and_private_characters_count_as_missing(char: str) -> None:
    missing = bundled_library().missing(f"赵{char}某", FontStyle.FANG)

    assert missing == [char]


def test_line_ends_tabs_and_check_boxes_need_no_glyph() -> None:
    missing = bundled_library().missing("☐是\t☑否\n", FontStyle.FANG)

    assert missing == []


def test_missing_characters_are_named_once_with_their_code_points() -> None:
    with pytest.raises(GlyphMissingError) as caught:
        bundled_library().require("赵\U000323af\U000323af\u200b", FontStyle.FANG)

    assert caught.value.code == "glyph_missing"
    assert caught.value.characters == ("\U000323af", "\u200b")
    assert "U+323AF" in caught.value.message
    assert "U+200B" in caught.value.message
    assert "仿宋" in caught.value.message


def test_resolving_a_character_without_a_glyph_is_refused() -> None:
    with pytest.raises(GlyphMissingError):
        bundled_library().resolve(FontStyle.KAI, "\U0001f600")


def test_no_family_name_uses_a_reserved_font_name() -> None:
    families = " ".join(face.family for face in bundled_library().faces)

    assert not any(name in families for name in ("LXGW", "霞鹜", "Source"))


def test_a_word_file_names_the_families_of_official_writing() -> None:
    names = [word_font(style).name for style in FontStyle]

    assert names == ["仿宋_GB2312", "宋体", "方正小标宋简体", "黑体", "楷体_GB2312"]


@pytest.mark.parametrize("style", FontStyle)
def test_families_of_a_word_file_lead_back_to_their_style(style: FontStyle) -> None:
    names = [word_font(style).name, *word_font(style).alternatives, *preferred_families(style)]

    assert {style_of_word_font(name) for name in names} == {style}


def test_an_unknown_family_has_no_style() -> None:
    assert style_of_word_font("Comic Sans MS") is None
