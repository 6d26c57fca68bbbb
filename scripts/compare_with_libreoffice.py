#!/usr/bin/env python3
"""Compare our pages and lines with LibreOffice's for a folder of .docx files.

    scripts/compare_with_libreoffice.py FOLDER [--verbose]
    scripts/compare_with_libreoffice.py --random 100 [--seed 1] [--verbose]

LibreOffice (``soffice``) opens each file with the shipped fonts standing in for the families a
.docx names; our layout runs in its ``libreoffice`` profile. ``--random`` makes documents of
awkward text first. Prints one line per differing file and a summary; exit 1 when fewer than 97 %
of the page counts agree.
"""

import argparse
import ctypes
import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pypdfium2 import raw  # noqa: E402 path first

from workstation.documents.docx_reader import read_docx  # noqa: E402
from workstation.documents.docx_template import build_template  # noqa: E402
from workstation.documents.fonts import (  # noqa: E402
    FontStyle,
    bundled_library,
    fonts_dir,
    word_font,
)
from workstation.documents.form_source import read_form  # noqa: E402
from workstation.documents.kinsoku import LIBREOFFICE  # noqa: E402
from workstation.documents.layout import lay_out  # noqa: E402
from workstation.documents.pdf import PdfMetadata, write_pdf  # noqa: E402
from workstation.documents.presets import load_presets  # noqa: E402
from workstation.documents.rasterise import open_pdf  # noqa: E402

WANTED = 0.97
# Two pieces of text on one baseline belong to one line up to a gap of this many em.
_WIDEST_GAP = 1.3

_HAN = (
    "行政处罚决定书当事人违反法律规定应予以罚款的上一年度中华人民共和国经查明于在使用车辆运输建筑垃圾"
    "未按照核准路线时间沿途泄漏遗撒污染面本机关认为依据第条款项之给予如下改正期限内履行逾可申请复议提起诉讼"
)
_ODDITIES = (
    *(
        "2026年10月15日",
        "浙L·8K215",
        "100,000.00元",
        "36.5立方米",
        "9时05分",
        "91330399MA0000015L",
    ),
    *("GB/T9704", "120㎡", "50%", "m/s", "3-5倍", "（2026年版）", "（以下简称）", "（一）"),
    *("“工程渣土”", "‘甲’", "《条例》第六十三条第三款"),
)
_MARKS = ("", "", "", "，", "、", "。", "；", "：", "——", "……")


@dataclass(frozen=True, slots=True)
class Difference:
    """How two renderings of one file differ; lines are counted page by page."""

    name: str
    pages: tuple[int, int]
    equal_lines: int
    lines: int
    examples: tuple[str, ...]


def find_soffice() -> str | None:
    """Return the path of LibreOffice, or ``None``."""
    return shutil.which("soffice")


def convert(files: list[Path], folder: Path) -> None:
    """Let LibreOffice write a PDF of each .docx into ``folder``."""
    settings = folder / "fonts.conf"
    settings.write_text(_font_settings(folder), encoding="utf-8")
    command = [find_soffice() or "soffice", f"-env:UserInstallation={(folder / 'lo').as_uri()}"]
    command += ["--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(
        command,
        check=True,
        capture_output=True,
        env=os.environ | {"FONTCONFIG_FILE": str(settings)},
    )


def _font_settings(folder: Path) -> str:
    rules = []
    for style in FontStyle:
        families = [face.family for face in bundled_library().chain(style)]
        names = "".join(f"<string>{escape(family)}</string>" for family in families)
        rules.append(
            f'<match target="pattern"><test name="family"><string>{word_font(style).name}</string>'
            f'</test><edit name="family" mode="assign" binding="same">{names}</edit></match>'
        )
    fonts, cache = escape(str(fonts_dir())), escape(str(folder / "cache"))
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{fonts}</dir><cachedir>{cache}</cachedir>"
        f"{''.join(rules)}</fontconfig>"
    )


def lines_of(pdf: bytes) -> list[Counter[str]]:
    """Return the lines of every page, without spaces; cells of one row are parted by gaps."""
    with open_pdf(pdf) as document:
        return [_page_lines(document[number]) for number in range(len(document))]


def _page_lines(page: object) -> Counter[str]:
    text_page = page.get_textpage()  # type: ignore[attr-defined]
    lines: list[str] = []
    last_y, last_right = 0.0, 0.0
    pending = ""
    for index in range(raw.FPDFText_CountChars(text_page)):
        if raw.FPDFText_IsGenerated(text_page, index):
            continue
        unit = raw.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= unit < 0xDC00:
            pending = chr(unit)
            continue
        char, pending = pending + chr(unit), ""
        x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        raw.FPDFText_GetLooseCharBox(text_page, index, box)
        gap = x.value - last_right
        widest = _WIDEST_GAP * raw.FPDFText_GetFontSize(text_page, index)
        if not lines or abs(y.value - last_y) > 0.6 or not -1 < gap < widest:
            lines.append("")
        lines[-1] += char
        last_y, last_right = y.value, box.right
    joined = ("".join(line.split()) for line in lines)
    return Counter(line.translate({0x2610: None, 0x2611: None}) for line in joined if line)


def compare(docx: Path, libreoffice_pdf: Path) -> Difference:
    """Lay one file out and compare it with LibreOffice's PDF of it."""
    laid_out = lay_out(read_docx(docx.read_bytes()), bundled_library(), profile=LIBREOFFICE)
    buffer = io.BytesIO()
    write_pdf([laid_out], buffer, metadata=PdfMetadata(title=docx.stem, author=""))
    ours, theirs = lines_of(buffer.getvalue()), lines_of(libreoffice_pdf.read_bytes())
    equal = total = 0
    examples: list[str] = []
    for number in range(max(len(ours), len(theirs))):
        mine = ours[number] if number < len(ours) else Counter[str]()
        other = theirs[number] if number < len(theirs) else Counter[str]()
        equal += (mine & other).total()
        total += max(mine.total(), other.total())
        for line, expected in zip(mine - other, other - mine, strict=False):
            examples.append(f"p{number + 1} ours {line} | theirs {expected}")
    return Difference(docx.name, (len(ours), len(theirs)), equal, total, tuple(examples))


def make_random_files(count: int, seed: int, folder: Path) -> list[Path]:
    """Write ``count`` .docx files of awkward Chinese text; the same seed gives the same files."""
    presets = load_presets()
    files = []
    for number in range(count):
        chance = random.Random(seed * 1000 + number)  # noqa: S311 no secret
        form = read_form(_random_form(chance), source="random", step=1)
        path = folder / f"{number:04d}.docx"
        path.write_bytes(build_template(form, presets).to_bytes())
        files.append(path)
    return files


def _random_form(chance: random.Random) -> str:
    preset = chance.choice(["official", "official", "form", "record"])
    lines = ["+++", 'id = "D99"', 'title = "试"', 'kind = "送达"', f'preset = "{preset}"', "+++"]
    lines += [
        "#org 龙屿市综合行政执法局",
        "#title 行政处罚决定书",
        "#number 屿综执罚决〔2026〕第0137号",
    ]
    lines += [
        "#p " + _awkward(chance, chance.randint(10, 220)) for _ in range(chance.randint(3, 12))
    ]
    if chance.random() < 0.5:
        lines.append("#table widths=1,3,6 header=1")
        lines.append("序号 | 名称 | 说明")
        for row in range(chance.randint(2, 25)):
            cells = (str(row + 1), _awkward(chance, 6), ">" + _awkward(chance, 40))
            lines.append(" | ".join(cells))
        lines.append("#end")
    lines.append("#p " + _awkward(chance, chance.randint(10, 150)))
    lines.append("#sign 龙屿市综合行政执法局 | 2026年10月15日")
    return "\n".join(lines) + "\n"


def _awkward(chance: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        if chance.random() < 0.75:
            text += "".join(chance.choices(_HAN, k=chance.randint(2, 12)))
        else:
            text += chance.choice(_ODDITIES)
        text += chance.choice(_MARKS)
    return text + "。"


def _report(differences: list[Difference], *, verbose: bool) -> bool:
    for difference in differences:
        ours, theirs = difference.pages
        if ours != theirs:
            print(f"{difference.name}: {ours} pages, LibreOffice {theirs}")
        if verbose:
            for example in difference.examples:
                print(f"{difference.name} {example}")
    same = sum(d.pages[0] == d.pages[1] for d in differences)
    equal, total = sum(d.equal_lines for d in differences), sum(d.lines for d in differences)
    print(f"page counts equal: {same}/{len(differences)}; lines equal: {equal}/{total}", end="")
    print(f" ({equal / max(total, 1):.1%})")
    return same >= WANTED * len(differences)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 2 when LibreOffice isn't installed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args(arguments)
    if find_soffice() is None:
        print("LibreOffice (soffice) is not installed", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        if options.random:
            files = make_random_files(options.random, options.seed, work)
        else:
            files = sorted((options.folder or Path()).glob("*.docx"))
        convert(files, work)
        differences = [compare(file, work / f"{file.stem}.pdf") for file in files]
    return 0 if _report(differences, verbose=options.verbose) else 1


if __name__ == "__main__":
    sys.exit(main())
