#!/usr/bin/env python3
"""Picture the first page of every form, as the demo cases issue them, on a few sheets.

    scripts/make_contact_sheet.py [--to docs/forms] [--home DIR]

``--home`` is a home folder in which ``demo --all`` was made; without it the cases are made anew.
Page counts stand in the captions, the ids of the forms in the text of the files. The same cases
give the same pictures.
"""

import argparse
import io
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from workstation.bootstrap import Workstation, open_workstation  # noqa: E402 path first
from workstation.documents.forms import load_forms  # noqa: E402
from workstation.documents.rasterise import extract_text, render_pages  # noqa: E402
from workstation.operations.demo import demo_kinds, make_demo  # noqa: E402
from workstation.settings import open_home  # noqa: E402

COLUMNS, ROWS = 6, 4
WIDTH, CAPTION, GAP = 330, 26, 14
PAPER = (WIDTH, round(WIDTH * 297 / 210))
GREYS = 16
# The text of a sheet's file that names the forms on it.
FORMS = "forms"
FONT = ROOT / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
# The front matter is made when a file is bound; its titles as the pages print them.
FRONT_MATTER = {"D67": "行政处罚案卷", "D68": "卷内文件目录", "D69": "卷内备考表"}


def main() -> int:
    """Make the sheets; 1 when a form was issued in none of the cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "forms")
    parser.add_argument("--home", type=Path, help="home folder of an office made by demo --all")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder) / "office"
        workstation = open_workstation(open_home(home))
        try:
            if not workstation.office.exists():
                make_demo(workstation, Path(folder) / "papers", kinds=demo_kinds())
            pages = first_pages(workstation, Path(folder) / "pages")
        finally:
            workstation.close()
    missing = [form.id for form in load_forms() if form.id not in pages]
    if missing:
        sys.stderr.write(f"没有制发过：{'、'.join(missing)}\n")
        return 1
    options.to.mkdir(parents=True, exist_ok=True)
    for path in write_sheets(pages, options.to):
        sys.stdout.write(f"{path}：{path.stat().st_size // 1024} KiB\n")
    return 0


def first_pages(workstation: Workstation, folder: Path) -> dict[str, tuple[str, Image.Image]]:
    """Return caption and first page of the first paper of every form, by form id."""
    found: dict[str, tuple[str, Image.Image]] = {}
    for summary in sorted(workstation.cases.summaries("", limit=1000), key=lambda s: s.title):
        for document in workstation.cases.view(summary.id).file.documents:
            if document.form not in found:
                paper = workstation.forms.export(summary.id, document.key, folder / summary.id)
                caption = f"{document.form} {document.title}（{paper.pages}页）"
                found[document.form] = caption, _first_page(paper.pdf)
        if workstation.cases.view(summary.id).file.first("case_archived"):
            volume = workstation.archive.bind(summary.id, folder / "volume")
            found |= _front_matter(volume.pdf) if volume else {}
    return found


def _first_page(pdf: Path) -> Image.Image:
    return _picture(next(iter(render_pages(pdf, dpi=72))))


def _picture(png: bytes) -> Image.Image:
    # A page on its side keeps its shape on white paper of the usual size.
    page = Image.open(io.BytesIO(png)).convert("L")
    page.thumbnail(PAPER, Image.Resampling.LANCZOS)
    return page


def _front_matter(pdf: Path) -> dict[str, tuple[str, Image.Image]]:
    texts = ["".join(text.split()) for text in extract_text(pdf)]
    pages = list(render_pages(pdf, dpi=72))
    found = {}
    for form, title in FRONT_MATTER.items():
        number = next(n for n, text in enumerate(texts) if title in text[:60])
        found[form] = f"{form} {load_forms().get(form).title}", _picture(pages[number])
    return found


def write_sheets(pages: dict[str, tuple[str, Image.Image]], folder: Path) -> list[Path]:
    """Write the sheets in order of form id and return their paths."""
    order = sorted(pages)
    count = COLUMNS * ROWS
    paths = []
    for number, start in enumerate(range(0, len(order), count), 1):
        shown = order[start : start + count]
        sheet = _sheet([pages[form] for form in shown])
        told = PngInfo()
        told.add_text(FORMS, " ".join(shown))
        path = folder / f"forms_{number}.png"
        sheet.quantize(GREYS).save(path, optimize=True, pnginfo=told)
        paths.append(path)
    return paths


def _sheet(pages: list[tuple[str, Image.Image]]) -> Image.Image:
    font = ImageFont.truetype(str(FONT), 15)
    cell = (PAPER[0] + GAP, PAPER[1] + CAPTION + GAP)
    rows = -(-len(pages) // COLUMNS)
    sheet = Image.new("L", (cell[0] * COLUMNS + GAP, cell[1] * rows + GAP), 208)
    draw = ImageDraw.Draw(sheet)
    for place, (caption, page) in enumerate(pages):
        left = GAP + cell[0] * (place % COLUMNS)
        top = GAP + cell[1] * (place // COLUMNS)
        draw.text((left, top), _fitted(caption, font), fill=0, font=font)
        top += CAPTION
        draw.rectangle((left, top, left + PAPER[0] - 1, top + PAPER[1] - 1), fill=255)
        sheet.paste(page, (left + (PAPER[0] - page.width) // 2, top))
    return sheet


def _fitted(caption: str, font: ImageFont.FreeTypeFont) -> str:
    """Shorten the title in the caption until it is no wider than a page."""
    title, bracket, pages = caption.rpartition("（")
    shown = caption
    while font.getlength(shown) > PAPER[0]:
        title = title[:-1]
        shown = f"{title}…{bracket}{pages}"
    return shown


if __name__ == "__main__":
    sys.exit(main())
