#!/usr/bin/env python3
"""Time of the 63 checks and the proof: one case with all papers, and a run over a whole office.

    benchmarks/review.py [--home DIR] [--cases 300]

Without --home the demo office is made first. The run over an office is measured on a sample of
invented cases (events, no papers) and reckoned up to 15,000; what papers add is told from the
demo case, read cold (nothing in memory) and warm.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.synthetic_office import (  # noqa: E402 path first
    fill_office,
    machine,
    peak_memory_mb,
    set_up_demo_office,
)
from workstation.bootstrap import Workstation, open_workstation  # noqa: E402
from workstation.operations.demo import make_demo  # noqa: E402
from workstation.settings import open_home  # noqa: E402

_REPEATS = 15
_OFFICE = 15_000


def main() -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="an office with the demo case")
    parser.add_argument("--cases", type=int, default=300)
    arguments = parser.parse_args()
    print(machine())
    home = arguments.home or Path(tempfile.mkdtemp(prefix="review-"))
    workstation = open_workstation(open_home(home))
    if not workstation.office.exists():
        make_demo(workstation, home / "output" / "demo")
    _one_case(workstation)
    workstation.close()
    _office(arguments.cases)
    print(f"内存峰值 {peak_memory_mb():.0f} MB")
    return 0


def _one_case(workstation: Workstation) -> None:
    with workstation.database.reading() as unit:
        case_id = unit.cases.summaries()[-1].id
    workstation.law.open_texts()
    cold = _seconds(lambda: workstation.reviews.check_case(case_id, pages=False))
    print(f"一案63项（含自洽）第一次 {cold * 1000:.0f} 毫秒")
    for name, work in (
        ("一案63项（含自洽）", lambda: workstation.reviews.check_case(case_id)),
        ("一案卷面自洽", lambda: workstation.proofs.of_case(case_id)),
    ):
        times = sorted(_seconds(work) * 1000 for _ in range(_REPEATS))
        print(f"{name} 中位 {statistics.median(times):.0f} 毫秒，最快 {times[0]:.0f} 毫秒")


def _office(count: int) -> None:
    workstation = open_workstation(open_home(Path(tempfile.mkdtemp(prefix="review-office-"))))
    set_up_demo_office(workstation.database)
    fill_office(workstation.database, count)
    first = _seconds(workstation.review_runs.run)
    again = _seconds(workstation.review_runs.run)
    each = first / count
    print(
        f"{count}件（无文书）逐案检查 {first:.1f} 秒，每件 {each * 1000:.0f} 毫秒；"
        f"15,000件约 {each * _OFFICE / 60:.0f} 分钟；没有变动的再查一遍 {again:.1f} 秒"
    )
    workstation.close()


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
