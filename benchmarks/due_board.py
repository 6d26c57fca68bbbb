"""How long the due board takes over 15,000 cases (to hold: recompute 60 s, a page 300 ms).

python benchmarks/due_board.py [CASES]

Prints the machine, the medians of seven calls and their share of what is to hold; counting anew
is timed once, with the longest time another write had to wait meanwhile.
"""

import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.synthetic_office import fill_office, machine, peak_memory_mb, set_up_demo_office
from workstation.bootstrap import Workstation, open_workstation
from workstation.operations.due_board import DueFilter, DueGroup
from workstation.settings import open_home

_SPREAD_DAYS = 330
_CALL_LIMIT_MS, _RECOMPUTE_LIMIT_S = 300, 60
_DAY = date(2026, 11, 27)


def main() -> None:
    """Fill a temporary office, count everything anew, then read pages."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 15_000
    with tempfile.TemporaryDirectory() as folder:
        workstation = open_workstation(open_home(Path(folder)))
        try:
            set_up_demo_office(workstation.database)
            fill_office(workstation.database, cases, spread_days=_SPREAD_DAYS)
            print(f"{machine()}; {cases:,} cases")
            _recompute(workstation)
            counts = workstation.due.counts(DueFilter(), _DAY)
            print(f"{sum(counts.values()):,} open deadlines; peak {peak_memory_mb():.0f} MB")
            _read(workstation)
        finally:
            workstation.close()


def _recompute(workstation: Workstation) -> None:
    stop, waits = threading.Event(), [0.0]
    writer = threading.Thread(target=_write_beside, args=(workstation, stop, waits))
    writer.start()
    start, used = time.perf_counter(), time.process_time()
    workstation.due.recompute_all()
    taken, used = time.perf_counter() - start, time.process_time() - used
    stop.set()
    writer.join()
    share = taken / _RECOMPUTE_LIMIT_S
    print(f"{'count all anew':<28} {taken:8.1f} s  ({used:.1f} s of processor) {share:8.1%}")
    print(f"{'a write beside waited':<28} {max(waits) * 1000:8.0f} ms at most")


def _write_beside(workstation: Workstation, stop: threading.Event, waits: list[float]) -> None:
    while not stop.wait(0.25):
        start = time.perf_counter()
        with workstation.database.writing() as unit:
            unit.log.append("benchmark", {})
        waits.append(time.perf_counter() - start)


def _read(workstation: Workstation) -> None:
    due, cases = workstation.due, workstation.cases
    everything, narrowed = DueFilter(), DueFilter(officer="林问渠", text="渣土 149")
    late = DueGroup.OVERDUE
    _measure("board: counts", lambda: due.counts(everything, _DAY))
    _measure("board: first page", lambda: due.rows(everything, _DAY))
    _measure("board: first page, 逾期", lambda: due.rows(everything, _DAY, group=late))
    _measure("board: page from 10,000", lambda: due.rows(everything, _DAY, offset=10_000))
    _measure("board: filtered page", lambda: due.rows(narrowed, _DAY))
    _measure("board: filtered counts", lambda: due.counts(narrowed, _DAY))
    _measure("cases: first page", cases.summaries)
    _measure("cases: filtered page", lambda: cases.summaries("渣土 149"))
    _measure("cases: filtered count", lambda: cases.count("渣土"))


def _measure(name: str, work: Callable[[], object]) -> None:
    taken = []
    for _ in range(7):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    median = statistics.median(taken)
    print(f"{name:<28} {median:8.1f} ms {median / _CALL_LIMIT_MS:10.1%}")


if __name__ == "__main__":
    main()
