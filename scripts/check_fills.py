#!/usr/bin/env python3
"""Hold random fills of all forms against LibreOffice and against themselves.

    scripts/check_fills.py [--count 300] [--seed 1] [--keep FOLDER]

For every fill: the page count of our layout (the shipped ``word`` profile and the ``libreoffice``
profile) equals LibreOffice's of the same .docx; the text of our PDF equals what was laid out, and
that equals the text of the .docx; no font is unembedded; “第 n 页 共 m 页” is right. Exit 1 when
fewer than 97 % of the page counts of either profile agree or anything else differs once.
"""

import argparse
import io
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import pikepdf  # noqa: E402 path first

from scripts.compare_with_libreoffice import WANTED, convert, find_soffice  # noqa: E402
from scripts.random_fills import Fill, random_fills  # noqa: E402
from workstation.documents.blocks import DocumentModel, Paragraph  # noqa: E402
from workstation.documents.display_list import LaidOutDocument, TextOperation  # noqa: E402
from workstation.documents.docx_reader import read_package  # noqa: E402
from workstation.documents.fonts import bundled_library  # noqa: E402
from workstation.documents.kinsoku import LIBREOFFICE  # noqa: E402
from workstation.documents.layout import lay_out  # noqa: E402
from workstation.documents.pdf import PdfMetadata, write_pdf  # noqa: E402
from workstation.documents.rasterise import open_pdf  # noqa: E402

_FOOTER = re.compile(r"第(\d+)页共(\d+)页")
_UNDRAWN = str.maketrans("", "", "☐☑")
_AT_ONCE = 25
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(slots=True)
class Outcome:
    """What came of all fills; the lists name those that differ."""

    pages: list[str] = field(default_factory=list)
    word_pages: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    model: list[str] = field(default_factory=list)
    fonts: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    count: int = 0


def squeezed(text: str) -> str:
    """Return a text without spaces and check boxes, which are drawn, not written."""
    return "".join(text.translate(_UNDRAWN).split())


def text_of(layout: LaidOutDocument) -> list[str]:
    """Return the text of every page in the order it is drawn."""
    return [
        squeezed("".join(o.text for o in page.operations if isinstance(o, TextOperation)))
        for page in layout.pages
    ]


def text_of_pdf(data: bytes) -> list[str]:
    """Return the text a reader copies from every page of a PDF."""
    with open_pdf(data) as document:
        pages = [document[number].get_textpage() for number in range(len(document))]
        # A line that ends in a hyphen is given back with a mark in place of it.
        return [squeezed(page.get_text_range().replace("\ufffe", "-")) for page in pages]


def text_of_model(model: DocumentModel) -> str:
    """Return all text between headers and footers, in the order of the file."""
    return squeezed("".join(paragraph.text for paragraph in _paragraphs(model)))


def _paragraphs(model: DocumentModel) -> Iterator[Paragraph]:
    for block in model.blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.paragraphs


def check(fill: Fill, libreoffice: Path, outcome: Outcome) -> None:
    """Check one fill and note what differs."""
    model = read_package(fill.package)
    layout = lay_out(model, bundled_library(), profile=LIBREOFFICE)
    shown = lay_out(model, bundled_library())
    buffer = io.BytesIO()
    write_pdf([shown], buffer, metadata=PdfMetadata(title=fill.name, author=""))
    pdf = buffer.getvalue()
    with open_pdf(libreoffice.read_bytes()) as document:
        theirs = len(document)
    outcome.count += 1
    if len(shown.pages) != theirs:
        outcome.word_pages.append(f"{fill.name}: {len(shown.pages)} pages, LibreOffice {theirs}")
    if len(layout.pages) != theirs:
        outcome.pages.append(f"{fill.name}: {len(layout.pages)} pages, LibreOffice {theirs}")
    drawn = text_of(shown)
    # Cells of a row may be read side by side, so the characters are compared, not their order.
    if list(map(Counter, text_of_pdf(pdf))) != list(map(Counter, drawn)):
        outcome.text.append(fill.name)
    if Counter(text_of_model(model)) - Counter("".join(drawn)):
        outcome.model.append(fill.name)
    outcome.fonts.extend(f"{fill.name}: {name}" for name in unembedded(pdf))
    if not _footers_are_right(shown):
        outcome.footers.append(fill.name)


def unembedded(pdf: bytes) -> list[str]:
    """Return the names of fonts a PDF only refers to."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [item for item in document.objects if isinstance(item, pikepdf.Dictionary)]
        descriptors = [item for item in found if item.get("/Type") == "/FontDescriptor"]
        plain = [item for item in found if item.get("/Type") == "/Font"]
        named = [f for f in plain if "/FontDescriptor" not in f and "/DescendantFonts" not in f]
        without = [d for d in descriptors if not any(name in d for name in _FILES)]
        return sorted({str(f.get("/BaseFont", f.get("/FontName"))) for f in (*named, *without)})


def _footers_are_right(layout: LaidOutDocument) -> bool:
    total = len(layout.pages)
    for number, page in enumerate(layout.pages, start=1):
        last = squeezed(page.lines[-1]) if page.lines else ""
        match = _FOOTER.fullmatch(last)
        if match and (int(match[1]), int(match[2])) != (number, total):
            return False
    return True


def run(count: int, seed: int, folder: Path) -> Outcome:
    """Make, convert and check all fills, some at a time."""
    outcome = Outcome()
    waiting: list[Fill] = []
    for fill in random_fills(count, seed):
        (folder / f"{fill.name}.docx").write_bytes(fill.package.to_bytes())
        waiting.append(fill)
        if len(waiting) == _AT_ONCE:
            _check_all(waiting, folder, outcome)
    _check_all(waiting, folder, outcome)
    return outcome


def _check_all(waiting: list[Fill], folder: Path, outcome: Outcome) -> None:
    if waiting:
        convert([folder / f"{fill.name}.docx" for fill in waiting], folder)
    for fill in waiting:
        check(fill, folder / f"{fill.name}.pdf", outcome)
    print(f"{outcome.count} fills, {len(outcome.pages)} page counts differ", file=sys.stderr)
    waiting.clear()


def report(outcome: Outcome) -> bool:
    """Print what came of it; whether it is good enough."""
    profiles = {"libreoffice": outcome.pages, "word (shipped)": outcome.word_pages}
    for name, differing in profiles.items():
        for line in differing:
            print(f"{name}: {line}")
        same = outcome.count - len(differing)
        print(f"page counts equal, {name}: {same}/{outcome.count} ({same / outcome.count:.1%})")
    faults = {
        "PDF text differs from the layout": outcome.text,
        "text of the .docx missing from the layout": outcome.model,
        "unembedded fonts": outcome.fonts,
        "wrong page numbers": outcome.footers,
    }
    for name, found in faults.items():
        print(f"{name}: {len(found)} {' '.join(found[:8])}")
    most = (1 - WANTED) * outcome.count
    return all(len(d) <= most for d in profiles.values()) and not any(faults.values())


def main() -> int:
    """Run the command; 2 when LibreOffice isn't installed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="leave the files in this folder")
    options = parser.parse_args()
    if find_soffice() is None:
        print("LibreOffice (soffice) is not installed", file=sys.stderr)
        return 2
    keep = options.keep
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
    with nullcontext(str(keep)) if keep else tempfile.TemporaryDirectory() as name:
        outcome = run(options.count, options.seed, Path(name))
    return 0 if report(outcome) else 1


if __name__ == "__main__":
    sys.exit(main())
