#!/usr/bin/env python3
"""Time of the 63 checks and the proof: one case with all papers, and a run over a whole office.

    benchmarks/review.py [--home DIR] [--cases 300] [--office DIR] [--minutes 10]

Without --home the demo office is made first. The run over an office is measured on invented
cases (events, no papers); where the time ends before the office does, it is reckoned up from
the cases checked. What papers add is told from the demo case, read cold (nothing in memory)
and warm; the checks and the proof of one case are to take less than 200 ms together.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Timer

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
    parser.add_argument("--office", type=Path, help="an office of invented cases, filled if new")
    parser.add_argument("--minutes", type=float, default=10, help="at most, for a run")
    arguments = parser.parse_args()
    print(machine())
    home = arguments.home or Path(tempfile.mkdtemp(prefix="review-"))
    workstation = open_workstation(open_home(home))
    if not workstation.office.exists():
        make_demo(workstation, home / "output" / "demo")
    _one_case(workstation)
    workstation.close()
    _office(arguments.office, arguments.cases, arguments.minutes)
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
        ("两者合计", lambda: _both(workstation, case_id)),
    ):
        times = sorted(_seconds(work) * 1000 for _ in range(_REPEATS))
        print(f"{name} 中位 {statistics.median(times):.0f} 毫秒，最快 {times[0]:.0f} 毫秒")


def _both(workstation: Workstation, case_id: str) -> None:
    workstation.reviews.check_case(case_id)
    workstation.proofs.of_case(case_id)


def _office(home: Path | None, count: int, minutes: float) -> None:
    """Check a whole office until it is done or the time is up, then once more from where it is."""
    home = home or Path(tempfile.mkdtemp(prefix="review-office-"))
    workstation = open_workstation(open_home(home))
    if not workstation.office.exists():
        set_up_demo_office(workstation.database)
        fill_office(workstation.database, count)
    done, due, seconds = _run(workstation, minutes)
    workstation.close()
    took = f"{seconds:.0f} 秒{_rate(done, seconds)}"
    print(f"{due}件待查（无文书；已归档的不查），查了{done}件，{took}")
    workstation = open_workstation(open_home(home))
    again, left, seconds = _run(workstation, minutes)
    print(f"重新打开后接着查：还有{left}件，查了{again}件，{seconds:.1f} 秒")
    workstation.close()


def _rate(done: int, seconds: float) -> str:
    """Return what one case took and what 15,000 would, nothing where none was checked."""
    if not done:
        return ""
    each = seconds / done
    return f"，每件 {each * 1000:.0f} 毫秒；{_OFFICE:,}件约 {each * _OFFICE / 60:.0f} 分钟"


def _run(workstation: Workstation, minutes: float) -> tuple[int, int, float]:
    """Return how many cases were checked, of how many, and in how many seconds."""
    told, stop = [(0, 0)], Event()
    timer = Timer(minutes * 60, stop.set)
    timer.start()
    seconds = _seconds(
        lambda: workstation.review_runs.run(lambda done, due: told.append((done, due)), stop)
    )
    timer.cancel()
    return *told[-1], seconds


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
