#!/usr/bin/env python3
"""How long a keystroke takes until the page is repainted, on the demo case's decision.

    benchmarks/preview.py [--rounds 60]

Fill, read and lay out run on a reader thread in the program; painting runs on the GUI thread and
is what could stall the window. Ratios are against a first, cold round of the same run.
"""

import argparse
import os
import platform
import resource
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication  # noqa: E402 path first

from ui.app import prepare_application  # noqa: E402
from ui.preview.page_preview import PagePreview  # noqa: E402
from workstation.bootstrap import open_workstation  # noqa: E402
from workstation.operations.demo import open_demo_case  # noqa: E402
from workstation.settings import open_home  # noqa: E402


def main() -> int:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    application = QApplication([])
    prepare_application(application)
    workstation = open_workstation(open_home(Path(tempfile.mkdtemp(prefix="preview-"))))
    started = perf_counter()
    case_id = open_demo_case(workstation)
    played = perf_counter() - started
    values = dict(workstation.forms.open_form(case_id, "D51").values)
    widget = PagePreview()
    widget.resize(640, 860)
    widget.show()
    making, painting = [], []
    for _ in range(rounds + 1):
        values["facts"] = f"{values['facts']}字"
        started = perf_counter()
        preview = workstation.forms.preview(case_id, "D51", 1, values)
        made = perf_counter()
        widget.show_document(preview.layout, str(preview.error or ""))
        widget.grab()
        making.append((made - started) * 1000)
        painting.append((perf_counter() - made) * 1000)
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"demo case played in {played:.1f} s; decision of {len(widget.pages)} pages")
    print(f"{'':24}{'first':>9}{'median':>9}{'p95':>9}{'first/median':>14}")
    for name, times in (("fill, read, lay out", making), ("paint the view", painting)):
        warm = sorted(times[1:])
        middle, late = statistics.median(warm), warm[int(len(warm) * 0.95) - 1]
        print(f"{name:24}{times[0]:8.1f} {middle:8.1f} {late:8.1f} {times[0] / middle:13.1f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"milliseconds; peak memory {peak} MiB")
    workstation.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
