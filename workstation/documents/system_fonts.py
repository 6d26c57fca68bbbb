"""The user's own fonts: bureaus that hold 仿宋_GB2312 or 方正小标宋 expect to see them used."""

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workstation.documents.font_files import (
    FontDescription,
    UnreadableFontError,
    describe_font,
    font_count,
)
from workstation.documents.fonts import (
    FontFace,
    FontLibrary,
    FontStyle,
    SkippedFont,
    bundled_library,
    preferred_families,
)

_SUFFIXES = frozenset({".ttf", ".ttc", ".otf", ".otc"})
_REGISTRY_KEY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledFont:
    """One font of one installed file and what it says about itself."""

    path: Path
    index: int
    description: FontDescription


def system_library(
    *, prefer_user_fonts: bool = True, folders: Sequence[Path] | None = None
) -> FontLibrary:
    """Return the shipped faces, with the user's own before them where wanted and lawful.

    Fonts whose licence bits forbid embedding, and CFF fonts, are left out and recorded in
    ``FontLibrary.skipped``.

    Args:
        prefer_user_fonts: ``False`` gives the shipped faces alone.
        folders: where to look; the platform's font folders by default.
    """
    bundled = bundled_library()
    if not prefer_user_fonts:
        return bundled
    installed = installed_fonts(tuple(folders if folders is not None else font_folders()))
    chains: dict[FontStyle, list[FontFace]] = {}
    skipped: dict[Path, SkippedFont] = {}
    for style in FontStyle:
        chains[style] = []
        for family, font in _matches(style, installed):
            if font.description.refusal:
                skipped[font.path] = SkippedFont(
                    family=family, path=font.path, reason=font.description.refusal
                )
            else:
                chains[style].append(_face(family, font))
        chains[style].extend(bundled.chain(style))
    return FontLibrary(chains, skipped=skipped.values())


def _matches(
    style: FontStyle, installed: Sequence[InstalledFont]
) -> Iterator[tuple[str, InstalledFont]]:
    taken: set[tuple[Path, int]] = set()
    for family in preferred_families(style):
        for font in installed:
            if family in font.description.names and (font.path, font.index) not in taken:
                taken.add((font.path, font.index))
                yield family, font


def _face(family: str, font: InstalledFont) -> FontFace:
    place = f"{font.path}#{font.index}"
    description = font.description
    return FontFace(
        key=f"user-{hashlib.sha256(place.encode()).hexdigest()[:12]}",
        path=font.path,
        index=font.index,
        family=family,
        version=description.version,
        units_per_em=description.units_per_em,
        ascent=description.ascent,
        descent=description.descent,
    )


@lru_cache(maxsize=4)
def installed_fonts(folders: tuple[Path, ...]) -> tuple[InstalledFont, ...]:
    """Return the readable fonts under ``folders``, sorted by path; looked for once."""
    return tuple(font for path in sorted(_font_files(folders)) for font in _described(path))


def _described(path: Path) -> Iterator[InstalledFont]:
    # A damaged font on the user's machine is no reason to refuse work: it is passed over.
    try:
        for index in range(font_count(path)):
            yield InstalledFont(path=path, index=index, description=describe_font(path, index))
    except UnreadableFontError:
        return


def _font_files(folders: tuple[Path, ...]) -> set[Path]:
    found: set[Path] = set()
    for folder in folders:
        for parent, _folders, names in os.walk(folder):
            found.update(Path(parent, n) for n in names if Path(n).suffix.lower() in _SUFFIXES)
    return found


def font_folders() -> tuple[Path, ...]:
    """Return the folders in which the platform keeps fonts; those that don't exist included."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        local = Path(os.environ.get("LOCALAPPDATA", str(home / "AppData" / "Local")))
        fixed = (windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts")
        return tuple(dict.fromkeys((*fixed, *_registered_folders())))
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    return (
        data / "fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    )


def _registered_folders() -> Iterator[Path]:
    """Yield the folders of fonts that Windows registers by full path."""
    if sys.platform != "win32":
        return
    import winreg  # noqa: PLC0415 - exists on Windows only

    for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
        try:
            key = winreg.OpenKey(root, _REGISTRY_KEY)
        except OSError:
            continue
        with key:
            for position in range(winreg.QueryInfoKey(key)[1]):
                path = Path(str(winreg.EnumValue(key, position)[1]))
                if path.is_absolute():
                    yield path.parent
