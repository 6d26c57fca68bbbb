#!/usr/bin/env python3
"""How long layout, PDF and pictures of documents take, and how much memory they need.

    benchmarks/rendering.py

Times are the median of several runs in milliseconds. The aims of the design: form to docx and PDF
under 60 ms warm, a repaint of the live preview (fill, read, lay out) under 16 ms.
"""

import io
import resource
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.try_form import DemoCase  # noqa: E402 path first
from workstation.documents.display_list import LaidOutDocument  # noqa: E402
from workstation.documents.docx_package import DocxPackage  # noqa: E402
from workstation.documents.docx_reader import read_package  # noqa: E402
from workstation.documents.field_values import complete_values  # noqa: E402
from workstation.documents.filling import FormFiller  # noqa: E402
from workstation.documents.filling_process import SafeFiller  # noqa: E402
from workstation.documents.fonts import bundled_library  # noqa: E402
from workstation.documents.forms import load_forms  # noqa: E402
from workstation.documents.layout import lay_out  # noqa: E402
from workstation.documents.pdf import PdfMetadata, write_pdf  # noqa: E402
from workstation.documents.presets import load_presets  # noqa: E402
from workstation.documents.rasterise import render_page  # noqa: E402
from workstation.documents.sandbox import load_titles  # noqa: E402
from workstation.documents.shaped_lines import LayoutCache  # noqa: E402

FORM = "D51"
RUNS = 15
VOLUME_PAGES = 300


def measure(name: str, work: Callable[[], object], runs: int = RUNS) -> None:
    """Print the time of the first run and the median of the later ones."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    print(f"{name:<44}{times[0]:>9.1f}{statistics.median(times[1:]):>9.2f}")


def written(*documents: LaidOutDocument) -> bytes:
    """Return the PDF of some documents."""
    buffer = io.BytesIO()
    write_pdf(documents, buffer, metadata=PdfMetadata(title="行政处罚决定书", author="测"))
    return buffer.getvalue()


def filler_of_demo(process: SafeFiller | None = None) -> Callable[[], DocxPackage]:
    """Return what fills the penalty decision of the demo case.

    With ``process`` the same template counts as the bureau's own and is filled in its child.
    """
    forms = load_forms()
    form = next(form for form in forms if form.id == FORM)
    filler = FormFiller(load_presets(), load_titles())
    case = DemoCase(filler, forms, "company")
    given, number, dated = case.play(form, 1)
    context = case.document(form, number, dated)
    values = complete_values(form, context, given, filler.environment).values
    filled = context | {"f": values}
    if process is None:
        return lambda: filler.fill(form, filled)
    own = replace(form, own_docx=filler.template(form).to_bytes())
    return lambda: process.fill(own, filled)


def main() -> int:
    """Run all measurements."""
    fill = filler_of_demo()
    fonts, cache = bundled_library(), LayoutCache()
    package = fill()
    model = read_package(package)
    laid_out = lay_out(model, fonts)
    pages = len(laid_out.pages)
    volume = [laid_out] * -(-VOLUME_PAGES // pages)
    pdf = written(laid_out)
    print(f"{FORM}: {pages} pages, PDF {len(pdf) / 1024:.0f} KiB")
    print(f"{'milliseconds':<44}{'first':>9}{'median':>9}")
    measure("layout, nothing kept", lambda: lay_out(model, fonts))
    measure("layout, paragraphs kept", lambda: lay_out(model, fonts, cache=cache))
    measure(
        "preview: fill, read, lay out (kept)",
        lambda: lay_out(read_package(fill()), fonts, cache=cache),
    )
    with closing(SafeFiller(FormFiller(load_presets(), load_titles()))) as process:
        fill_own = filler_of_demo(process)
        measure("own template: fill in the child process", fill_own)
        measure(
            "own template: fill, read, lay out (kept)",
            lambda: lay_out(read_package(fill_own()), fonts, cache=cache),
        )
    measure("PDF", lambda: written(laid_out))
    measure(
        "form to docx and PDF",
        lambda: (fill().to_bytes(), written(lay_out(read_package(fill()), fonts))),
    )
    measure(f"bound volume of {len(volume) * pages} pages", lambda: written(*volume), runs=3)
    measure("picture of a page, 96 dpi", lambda: render_page(pdf, 0))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB; volume {len(written(*volume)) / 1024:.0f} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
