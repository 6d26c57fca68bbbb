"""Build the shipped fonts from their packages; run by hand, with network, on Debian.

    .venv/bin/python scripts/build_fonts.py [--work DIR] [--only KEY ...]

Needs ``apt-get``, ``dpkg-deb`` and ``npm`` with their usual sources. What is fetched, what is
kept of it and under which licence is said in ``resources/fonts/faces.toml``; written are the
``.ttf`` files, the licence texts, ``README.md`` and ``SHA256SUMS`` beside it. The same packages
give the same bytes.
"""

import argparse
import bz2
import gzip
import hashlib
import logging
import subprocess
import tarfile
import tempfile
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

LOG = logging.getLogger("build_fonts")
FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
UNIHAN_PACKAGE = "unicode-data"
MAX_ERROR = 1.0
UNPRINTED = frozenset({"Cc", "Cf", "Co", "Cs"})
DASH, BAR = 0x2014, 0x2015
SURVIVING_TABLES = frozenset(
    {"GlyphOrder", "head", "hhea", "maxp", "OS/2", "hmtx", "cmap", "loca", "glyf", "name", "post"}
)
HAN_BLOCKS = ((0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
SUPPLEMENTARY_HAN = (0x20000, 0x3FFFF)
# Latin with pinyin tones, Greek, Cyrillic, punctuation, money, letterlike signs, Roman and
# circled numerals, arrows, mathematics, box drawing, shapes, CJK punctuation, bopomofo,
# squared units, vertical and full-width forms.
SYMBOL_BLOCKS = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x1CD, 0x1DC), (0x1F8, 0x1F9), (0x251, 0x251),
    (0x261, 0x261), (0x2C7, 0x2DC), (0x391, 0x3C9), (0x401, 0x451), (0x1E3E, 0x1E3F),
    (0x2002, 0x2003), (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x209C), (0x20A0, 0x20BF),
    (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x2199), (0x2200, 0x22FF), (0x2300, 0x2312),
    (0x2460, 0x24FF), (0x2500, 0x2573), (0x2580, 0x25FF), (0x2600, 0x2642), (0x2E80, 0x2FDF),
    (0x3000, 0x312F), (0x3192, 0x319F), (0x31C0, 0x31E3), (0x3200, 0x33FF), (0xFE10, 0xFE19),
    (0xFE30, 0xFE6B), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6),
)  # fmt: skip


class PackageStore:
    """Fetches packages through their own clients into one folder and unpacks them once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)

    def unpacked(self, client: str, package: str, version: str = "") -> Path:
        """Return the folder with the package's content; ``client`` is ``apt`` or ``npm``."""
        target = self._folder / f"{client}-{package.strip('@').replace('/', '-')}-{version}"
        if target.exists():
            return target
        with tempfile.TemporaryDirectory(dir=self._folder) as name:
            temporary = Path(name)
            if client == "apt":
                wanted = f"{package}={version}" if version else package
                _run(["apt-get", "download", wanted], temporary)
                archive = next(temporary.glob("*.deb"))
                _run(["dpkg-deb", "-x", str(archive), "content"], temporary)
            else:
                _run(["npm", "pack", "--silent", f"{package}@{version}"], temporary)
                with tarfile.open(next(temporary.glob("*.tgz"))) as archive_file:
                    archive_file.extractall(temporary / "content", filter="data")
            (temporary / "content").rename(target)
        return target


def _run(command: list[str], folder: Path) -> None:
    LOG.info("%s", " ".join(command))
    subprocess.run(command, cwd=folder, check=True)


def general_characters(unihan: Path) -> frozenset[int]:
    """Return the 8,105 code points of 《通用规范汉字表》 (国发〔2013〕23号) as Unihan's kTGH."""
    found: set[int] = set()
    for path in sorted(unihan.glob("usr/share/unicode/Unihan_*.bz2")):
        with bz2.open(path, "rt", encoding="utf-8") as lines:
            found.update(int(line[2:].split("\t")[0], 16) for line in lines if "\tkTGH\t" in line)
    return frozenset(found)


def _within(code_points: Iterable[int], blocks: Iterable[tuple[int, int]]) -> set[int]:
    ranges = tuple(blocks)
    return {c for c in code_points if any(low <= c <= high for low, high in ranges)}


def wanted_characters(
    sets: Iterable[str], available: frozenset[int], general: frozenset[int], shipped: Path
) -> set[int]:
    """Return the code points to keep of a font that has ``available``.

    Args:
        sets: names used in ``faces.toml``: ``all``, ``general``, ``symbols``, ``han``,
            ``supplementary`` or ``absent-from:KEY``.
        available: the font's code points.
        general: 《通用规范汉字表》.
        shipped: folder of the faces built before, for ``absent-from``.
    """
    kept: set[int] = set()
    available = frozenset(c for c in available if unicodedata.category(chr(c)) not in UNPRINTED)
    for name in sets:
        if name == "all":
            kept |= available
        elif name == "general":
            kept |= available & general
        elif name == "symbols":
            kept |= _within(available, SYMBOL_BLOCKS)
        elif name == "han":
            kept |= _within(available, (*HAN_BLOCKS, SUPPLEMENTARY_HAN))
        elif name == "supplementary":
            kept |= _within(available, (SUPPLEMENTARY_HAN,))
        else:
            other = shipped / _faces()[name.partition(":")[2]]["file"]
            with TTFont(other, lazy=True) as font:
                covered = frozenset(font.getBestCmap())
            kept |= _within(available - covered, (*HAN_BLOCKS, SUPPLEMENTARY_HAN))
    return kept


def convert_outlines(font: TTFont) -> None:
    """Replace CFF cubic outlines by quadratic ones, at most ``MAX_ERROR`` units away."""
    glyph_set = font.getGlyphSet()
    glyphs = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = font.getGlyphOrder()
    glyf.glyphs = glyphs
    del font["CFF "]
    # Side bearings must equal the new outline's left edge: readers place glyphs by them.
    metrics = font["hmtx"].metrics
    for name, glyph in glyphs.items():
        glyph.recalcBounds(glyf)
        metrics[name] = (metrics[name][0], getattr(glyph, "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions",
    ):  # fmt: skip
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    maxp.maxComponentElements = max(
        (len(g.components) for g in glyphs.values() if hasattr(g, "components")), default=0
    )
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


def join_dashes(font: TTFont) -> None:
    """Draw ``—`` as the Chinese bar of full width, so that ``——`` is one unbroken line.

    GB/T 15834-2011 §4.13, §5.1.6: the dash takes two characters' width and isn't broken.
    The Latin dash that the font maps by default is narrower and lower.
    """
    name = font.getBestCmap()[BAR]
    glyph = font["glyf"][name]
    width = font["hmtx"][name][0]
    scale = width / (glyph.xMax - glyph.xMin)
    left = glyph.xMin
    for index, (x, y) in enumerate(list(glyph.coordinates)):
        glyph.coordinates[index] = (round((x - left) * scale), y)
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, glyph.xMin)
    for table in font["cmap"].tables:
        if DASH in getattr(table, "cmap", {}):
            table.cmap[DASH] = name


def subset(font: TTFont, code_points: set[int]) -> None:
    """Keep the glyphs of ``code_points`` and the tables a PDF and a screen need."""
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.recalc_timestamp = False
    options.drop_tables = sorted(set(font.keys()) - SURVIVING_TABLES)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=code_points)
    subsetter.subset(font)
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format in (4, 12)]


def rename(font: TTFont, names: Mapping[str, str]) -> None:
    """Give the font its own names, as a reserved font name asks for (OFL 1.1 §3)."""
    family, style = names["family"], names["style"]
    full = f"{family} {style}"
    replaced = {1: full, 3: f"{full}; derived", 4: full, 6: names["postscript"], 16: family}
    table = font["name"]
    table.names = [r for r in table.names if (r.platformID, r.langID) == (3, 0x409)]
    for record in table.names:
        record.string = replaced.get(record.nameID, record.string)


def build_face(face: Mapping[str, Any], store: PackageStore, general: frozenset[int]) -> None:
    """Write one ``.ttf`` and its licence texts into the fonts' folder."""
    source = face["source"]
    content = store.unpacked(source["client"], source["package"], source["package_version"])
    font = TTFont(content / source["member"], recalcTimestamp=False)
    kept = wanted_characters(source["characters"], frozenset(font.getBestCmap()), general, FONTS)
    kept -= {ord(char) for char in source.get("without", "")}
    LOG.info("%s: %d characters", face["file"], len(kept))
    if "CFF " in font:
        convert_outlines(font)
    if source.get("join_dashes", False):
        join_dashes(font)
    subset(font, kept)
    if "rename" in source:
        rename(font, source["rename"])
    font.save(FONTS / face["file"])
    for member, name in zip(source["licence_members"], face["licence_files"], strict=True):
        raw = (content / member).read_bytes()
        text = gzip.decompress(raw) if member.endswith(".gz") else raw
        (FONTS / name).write_bytes(text)


def write_records() -> None:
    """Write ``SHA256SUMS`` and ``README.md`` from the files that lie there."""
    sums, rows = [], []
    for face in _faces().values():
        path = FONTS / face["file"]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        sums.append(f"{digest}  {face['file']}\n")
        source = face["source"]
        with TTFont(path, lazy=True) as font:
            owner = "；".join(str(font["name"].getDebugName(0)).splitlines())
        licences = "、".join(f"[{name}]({name})" for name in face["licence_files"])
        rows.append(
            f"## {face['file']}：{face['label']}\n\n"
            f"- 字体：{face['family']}，版本 {face['version']}，"
            f"{path.stat().st_size / 2**20:.1f} MiB\n"
            f"- 来源：{source['client']} 软件包 `{source['package']}` "
            f"{source['package_version']}，`{source['member'].rpartition('/')[2]}`\n"
            f"- 版权：{owner}\n"
            f"- 许可：{face['licence']}；全文见 {licences}\n"
            f"- 改动：{face['changes']}\n"
            f"- SHA-256：`{digest}`\n\n"
        )
    (FONTS / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    head = (
        "# 随程序提供的字体\n\n"
        "文书的正文、标题、栏目与生僻字用这里的字体；本机装有仿宋_GB2312、方正小标宋等字体时"
        "可优先用本机的（见 `faces.toml`）。\n"
        "本页与 `SHA256SUMS` 由 `scripts/build_fonts.py` 写出，请勿手改。\n\n"
        "复选框 ☐ ☑ 由排版直接画线，不用字形。PDF 只嵌入用到的字形；\n"
        ".docx 不嵌入字体，只写字体名。\n\n"
    )
    (FONTS / "README.md").write_text(head + "".join(rows).rstrip() + "\n", encoding="utf-8")


def _faces() -> dict[str, dict[str, Any]]:
    table = tomllib.loads((FONTS / "faces.toml").read_text(encoding="utf-8"))
    return {face["key"]: face for face in table["face"]}


def main() -> None:
    """Build all faces, or those named with ``--only``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, help="folder that keeps the fetched packages")
    parser.add_argument("--only", nargs="*", default=[], metavar="KEY")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    LOG.setLevel(logging.INFO)
    with tempfile.TemporaryDirectory() as temporary:
        store = PackageStore((arguments.work or Path(temporary)).resolve())
        general = general_characters(store.unpacked("apt", UNIHAN_PACKAGE))
        for key, face in _faces().items():
            if not arguments.only or key in arguments.only:
                build_face(face, store, general)
    write_records()


if __name__ == "__main__":
    main()
