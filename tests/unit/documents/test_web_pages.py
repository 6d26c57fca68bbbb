"""Pages for a browser: fonts cut to what is shown, and SVG in which case text stays text."""

import io

from fontTools.ttLib import TTFont
from lxml import etree

from workstation.documents.display_list import Page, TextOperation
from workstation.documents.fonts import FontStyle, bundled_library
from workstation.documents.svg_pages import page_svg
from workstation.documents.web_fonts import web_font

_FACE = bundled_library().chain(FontStyle.SONG)[0]


def test_a_font_holds_the_characters_asked_for_and_no_others() -> None:
    font = TTFont(io.BytesIO(web_font(_FACE, "处罚决定书A1")), checkChecksums=2)

    assert {chr(code) for code in font.getBestCmap()} == set("处罚决定书A1")


def test_a_glyph_is_that_of_the_full_font() -> None:
    cut = TTFont(io.BytesIO(web_font(_FACE, "书处")))
    whole = TTFont(_FACE.path)

    for char in "书处":
        mine, theirs = cut.getBestCmap()[ord(char)], whole.getBestCmap()[ord(char)]
        assert cut["hmtx"][mine][0] == whole["hmtx"][theirs][0]
        assert cut["glyf"][mine].numberOfContours == whole["glyf"][theirs].numberOfContours


def test_hostile_text_is_text_in_the_picture_of_a_page() -> None:
    text = '<script>alert(1)</script>&"'
    advances = (8.0,) * len(text)
    operation = TextOperation(
        x=1.0, y=2.0, face=_FACE, size=16.0, text=text, advances=advances, field='"><script>'
    )

    root = etree.fromstring(
        page_svg(Page(width=100.0, height=50.0, operations=(operation,), lines=()))
    )

    (drawn,) = list(root)
    assert drawn.text == text
    assert drawn.get("data-field") == '"><script>'
    assert drawn.get("y") == "48"
