#!/usr/bin/env python3
"""How long layout, PDF and pictures of documents take, and how much memory they need.

    benchmarks/rendering.py [--with-docxtpl] [--documents 1000]

Times are the median of several runs in milliseconds. The aims of the design: form to docx and PDF
under 60 ms warm, a repaint of the live preview (fill, read, lay out) under 16 ms.

In the same run stand docxtpl filling the same paper (each text of it a variable), where it can be
imported or ``--with-docxtpl`` puts it into an environment of its own, and LibreOffice turning the
same .docx into PDF, started for each document. "first" of both is their first run here.

Last come the repaint of the window (``benchmarks/preview.py``) and papers printed from a list with
their bytes (``benchmarks/print_batch.py``); ``--documents 0`` leaves these two out.
"""

import argparse
import importlib.util
import io
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.rendering_rivals import (  # noqa: E402 path first
    docxtpl_times,
    libreoffice_set_time,
    libreoffice_times,
    python_with_docxtpl,
)
from scripts.try_form import DemoCase  # noqa: E402
from workstation.documents.display_list import LaidOutDocument  # noqa: E402
from workstation.documents.docx_package import DocxPackage, open_package  # noqa: E402
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
COLD_RUNS = 3
VOLUME_PAGES = 300


def measure(name: str, work: Callable[[], object], runs: int = RUNS) -> float:
    """Print the time of the first run and the median of the later ones; return the median."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    median = statistics.median(times[1:])
    print(f"{name:<44}{times[0]:>9.1f}{median:>9.2f}")
    return median


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


class DemoSet(DemoCase):
    """Makes every paper of the demo case as .docx and PDF while its 18 steps are played."""

    def __init__(self) -> None:
        super().__init__(FormFiller(load_presets(), load_titles()), load_forms(), "company")
        self.papers: list[tuple[bytes, bytes]] = []
        self.times: list[float] = []

    def make(self) -> None:
        """Play the case to its end."""
        form = self.forms.get(FORM)
        if form is not None:
            self.play(form, sys.maxsize)

    def _issue(self, form_id: str, given: dict[str, Any], number: str, dated: str) -> None:
        super()._issue(form_id, given, number, dated)
        form = self.forms.get(form_id)
        values = self.context["issued"].get(form_id)
        if form is None or values is None:
            return
        start = time.perf_counter()
        package = self.filler.fill(form, self.document(form, number, dated) | {"f": values})
        pdf = written(lay_out(read_package(package), bundled_library()))
        self.papers.append((package.to_bytes(), pdf))
        self.times.append((time.perf_counter() - start) * 1000)


def measure_set() -> DemoSet:
    """Print what the papers of the 18 steps take and weigh."""
    made = DemoSet()
    made.make()
    docx, pdf = (sum(len(paper[part]) for paper in made.papers) for part in (0, 1))
    count = len(made.papers)
    print(
        f"18 steps: {count} papers to docx and PDF in {sum(made.times):.0f} ms, "
        f"median {statistics.median(made.times):.1f}, slowest {max(made.times):.0f}; "
        f"a paper {docx / count / 1024:.1f} KiB docx, {pdf / count / 1024:.1f} KiB PDF"
    )
    return made


def compare(docx: bytes, ours: tuple[float, float], papers: DemoSet, *, install: bool) -> None:
    """Print docxtpl and LibreOffice on the same papers beside ``ours`` (fill, docx to PDF)."""
    fill_ms, pdf_ms = ours
    with tempfile.TemporaryDirectory(prefix="rivals-") as name:
        folder = Path(name)
        python = Path(sys.executable)
        if install:
            python = python_with_docxtpl(folder)
        if install or importlib.util.find_spec("docxtpl") is not None:
            first, median, size = docxtpl_times(docx, folder, python)
            print(f"{'docxtpl: template to docx':<44}{first:>9.1f}{median:>9.2f}")
            print(f"  docxtpl / ours {median / fill_ms:.1f}; {size / 1024:.1f} KiB")
        else:
            print("docxtpl: skipped, not installed here (--with-docxtpl installs it aside)")
        found = libreoffice_times(docx, folder)
        if found is None:
            print("LibreOffice: skipped, no soffice on the path")
            return
        first, median, size = found
        print(f"{'LibreOffice: docx to PDF, one start':<44}{first:>9.1f}{median:>9.2f}")
        print(f"  LibreOffice / ours {median / pdf_ms:.0f}; {size / 1024:.1f} KiB PDF")
        whole = libreoffice_set_time([paper for paper, _ in papers.papers], folder)
        print(f"LibreOffice: all papers of 18 steps in one start {whole:.0f} ms")
        print(f"  LibreOffice / ours {whole / sum(papers.times):.1f} (ours fills as well)")


def measure_cold() -> None:
    """Print the time of one paper in a new process: Python, imports, forms, fonts, values."""
    times = []
    for _ in range(COLD_RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, __file__, "--once"], check=True)
        times.append((time.perf_counter() - start) * 1000)
    print(f"{'form to docx and PDF, new process':<44}{statistics.median(times):>9.1f}{'-':>9}")


def make_both(fill: Callable[[], DocxPackage]) -> None:
    """Fill a form and write it as .docx and PDF."""
    package = fill()
    package.to_bytes()
    written(lay_out(read_package(package), bundled_library()))


def main() -> int:
    """Read the options, run what they ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--with-docxtpl", action="store_true", help="install docxtpl aside")
    parser.add_argument("--documents", type=int, default=1000, help="papers printed from a list")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    fill = filler_of_demo()
    if arguments.once:
        make_both(fill)
        return 0
    measure_all(fill, install=arguments.with_docxtpl)
    if arguments.documents:
        run_beside("preview")
        run_beside("print_batch", str(arguments.documents))
    return 0


def run_beside(benchmark: str, *options: str) -> None:
    """Run another benchmark in a process of its own, under its heading."""
    print(f"\n{benchmark}:", flush=True)
    command = [sys.executable, "-m", f"benchmarks.{benchmark}", *options]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, check=True, cwd=ROOT, env=environment)


def measure_all(fill: Callable[[], DocxPackage], *, install: bool) -> None:
    """Print every measurement, then docxtpl and LibreOffice in the same run."""
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    fonts, cache = bundled_library(), LayoutCache()
    package = fill()
    model = read_package(package)
    laid_out = lay_out(model, fonts)
    pages = len(laid_out.pages)
    volume = [laid_out] * -(-VOLUME_PAGES // pages)
    pdf = written(laid_out)
    docx = package.to_bytes()
    sizes = f"docx {len(docx) / 1024:.1f} KiB, PDF {len(pdf) / 1024:.1f} KiB"
    print(f"{FORM}: {pages} pages, {sizes}")
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
    fill_ms = measure("form to docx", lambda: fill().to_bytes())
    pdf_ms = measure(
        "docx to PDF", lambda: written(lay_out(read_package(open_package(docx)), fonts))
    )
    measure("form to docx and PDF", lambda: make_both(fill))
    measure_cold()
    measure(f"bound volume of {len(volume) * pages} pages", lambda: written(*volume), runs=3)
    measure("picture of a page, 96 dpi", lambda: render_page(pdf, 0))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB; volume {len(written(*volume)) / 1024:.0f} KiB")
    compare(docx, (fill_ms, pdf_ms), measure_set(), install=install)


if __name__ == "__main__":
    sys.exit(main())
