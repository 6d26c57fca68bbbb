"""Fixtures of the document tests."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


@pytest.fixture
def make_font() -> Callable[..., Path]:
    """Return the builder of a sample font: ``make_font(path, family, characters, rights=0)``."""
    return _make_font


def _make_font(path: Path, family: str, characters: str, *, rights: int = 0) -> Path:
    """Write a TrueType font in which the n-th character is 100·n units of 1000 wide."""
    names = [f"glyph{ord(char):04X}" for char in characters]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names])
    builder.setupCharacterMap({ord(c): n for c, n in zip(characters, names, strict=True)})
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in [".notdef", *names]})
    widths = {name: (100 * position, 0) for position, name in enumerate(names, 1)}
    builder.setupHorizontalMetrics({".notdef": (500, 0), **widths})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": {"en": "Sample", "zh-Hans": family}, "version": "7.5"})
    builder.setupOS2(fsType=rights, sTypoAscender=860, sTypoDescender=-140)
    builder.setupPost()
    builder.save(path)
    return path
