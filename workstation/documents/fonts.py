"""Which face draws a character: styles of official writing, fallback, and the glyph gate.

``resources/fonts/faces.toml`` says which files are shipped and in which order each style asks
them. A character that no face can draw stops the export: PDF writers print nothing in its place,
and a party's name would lose a character without anyone seeing it.
"""

import hashlib
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from workstation.data_files import resources_dir
from workstation.documents.font_files import describe_font, read_metrics
from workstation.errors import WorkstationError

# Line ends and tabs place text, and check boxes are drawn as lines: neither needs a glyph.
LAID_OUT = frozenset("\n\t☐☑")
# Control, format, surrogate and private-use characters and separators have no agreed look;
# combining marks would need shaping.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Mn", "Mc", "Me"})


class FontStyle(StrEnum):
    """A style of official writing (GB/T 9704-2012 §5.2.2)."""

    FANG = "fang"
    SONG = "song"
    TITLE = "title"
    HEI = "hei"
    KAI = "kai"


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFace:
    """One font of one file; ``index`` is its place in a collection.

    ``key`` is unique and ASCII, fit for a name in a PDF. ``ascent`` and ``descent`` are in em,
    the latter negative.
    """

    key: str
    path: Path
    family: str
    version: str
    units_per_em: int
    ascent: float
    descent: float
    index: int = 0

    @property
    def sha256(self) -> str:
        """The digest of the font file, lower-case hexadecimal; read when first asked for."""
        return _digest(self.path)

    def advance(self, char: str) -> float | None:
        """Return the width of one character in em, or ``None`` when the face lacks it."""
        return read_metrics(self.path, self.index).advance(ord(char))


class Glyph(NamedTuple):
    """The face that draws a character and the character's width in em."""

    face: FontFace
    advance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFont:
    """An installed font of a wanted family that can't be used, and why (in Chinese)."""

    family: str
    path: Path
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFont:
    """The family a .docx names for a style and the families that may stand in (w:altName)."""

    name: str
    alternatives: tuple[str, ...]


class GlyphMissingError(WorkstationError):
    """Text holds characters that no face of its style can print."""

    code = "glyph_missing"

    def __init__(self, characters: Sequence[str], style: FontStyle) -> None:
        self.characters = tuple(characters)
        listed = "、".join(_named(char) for char in self.characters)
        super().__init__(
            f"{style_label(style)}及后备字体都印不出：{listed}。为免漏字，文书没有输出。",
            hint="请安装含有该字的字体后重新打开程序，或换用可以显示的字；不可见字符请删除后重新录入。",
        )


def _named(char: str) -> str:
    code_point = f"U+{ord(char):04X}"
    if is_printable(char):
        return f"“{char}”（{code_point}）"
    return f"不可见或不能单独显示的字符（{code_point}）"


def is_printable(char: str) -> bool:
    """Return whether a character has a look of its own, apart from whether a face has it."""
    return unicodedata.category(char) not in _UNPRINTABLE


class FontLibrary:
    """The faces of each style in the order in which they are asked for a character."""

    def __init__(
        self,
        chains: Mapping[FontStyle, Sequence[FontFace]],
        *,
        skipped: Iterable[SkippedFont] = (),
    ) -> None:
        self._chains = {style: tuple(faces) for style, faces in chains.items()}
        self._found: dict[FontStyle, dict[str, Glyph | None]] = {s: {} for s in self._chains}
        self.skipped = tuple(skipped)

    @property
    def faces(self) -> tuple[FontFace, ...]:
        """All faces, each once."""
        return tuple(dict.fromkeys(face for chain in self._chains.values() for face in chain))

    def chain(self, style: FontStyle) -> tuple[FontFace, ...]:
        """Return the faces of a style, the preferred one first."""
        return self._chains[style]

    def find(self, style: FontStyle, char: str) -> Glyph | None:
        """Return the first face of the style that has ``char``, or ``None``."""
        found = self._found[style]
        if char not in found:
            found[char] = self._search(style, char)
        return found[char]

    def _search(self, style: FontStyle, char: str) -> Glyph | None:
        if not is_printable(char):
            return None
        for face in self._chains[style]:
            advance = face.advance(char)
            if advance is not None:
                return Glyph(face, advance)
        return None

    def resolve(self, style: FontStyle, char: str) -> Glyph:
        """Return face and width (em) of one character.

        Raises:
            GlyphMissingError: no face of the style has it.
        """
        glyph = self.find(style, char)
        if glyph is None:
            raise GlyphMissingError((char,), style)
        return glyph

    def missing(self, text: str, style: FontStyle) -> list[str]:
        """Return the characters that can't be printed, each once, in the order of the text."""
        wanted = dict.fromkeys(text)
        return [c for c in wanted if c not in LAID_OUT and self.find(style, c) is None]

    def require(self, text: str, style: FontStyle) -> None:
        """Check that every character of ``text`` can be printed.

        Raises:
            GlyphMissingError: names those that can't.
        """
        missing = self.missing(text, style)
        if missing:
            raise GlyphMissingError(missing, style)


@lru_cache(maxsize=1)
def bundled_library() -> FontLibrary:
    """Return the library of the shipped faces alone: the same on every machine."""
    table = _faces_table()
    faces = {record["key"]: _bundled_face(record) for record in table["face"]}
    return FontLibrary(
        {style: [faces[key] for key in table["style"][style]["chain"]] for style in FontStyle}
    )


def _bundled_face(record: Mapping[str, Any]) -> FontFace:
    path = fonts_dir() / record["file"]
    description = describe_font(path)
    return FontFace(
        key=record["key"],
        path=path,
        family=record["family"],
        version=record["version"],
        units_per_em=description.units_per_em,
        ascent=description.ascent,
        descent=description.descent,
    )


def fonts_dir() -> Path:
    """Return the folder of the shipped fonts and their licences."""
    return resources_dir() / "fonts"


def style_label(style: FontStyle) -> str:
    """Return the Chinese name of a style."""
    return str(_faces_table()["style"][style]["label"])


def preferred_families(style: FontStyle) -> tuple[str, ...]:
    """Return the installed families that win over the shipped faces, best first."""
    return tuple(_faces_table()["style"][style]["preferred"])


def word_font(style: FontStyle) -> WordFont:
    """Return the family names that a .docx gives for a style; a .docx never embeds a font."""
    record = _faces_table()["style"][style]
    return WordFont(name=record["word"], alternatives=tuple(record["word_alternatives"]))


def style_of_word_font(name: str) -> FontStyle | None:
    """Return the style that a family name of a .docx stands for, or ``None`` if unknown."""
    return _styles_by_family().get(name.strip().casefold())


@lru_cache(maxsize=1)
def _styles_by_family() -> dict[str, FontStyle]:
    styles: dict[str, FontStyle] = {}
    for style in FontStyle:
        word = word_font(style)
        for name in (word.name, *word.alternatives, *preferred_families(style)):
            styles.setdefault(name.casefold(), style)
    return styles


@lru_cache(maxsize=1)
def _faces_table() -> dict[str, Any]:
    return tomllib.loads((fonts_dir() / "faces.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
