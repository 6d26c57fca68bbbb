"""How long 修法雷达 takes over 15,000 cases and 3,143 matters (to hold: well under 60 s).

python -m benchmarks.law_radar [CASES]
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.synthetic_office import (
    DEMO_MATTER,
    fill_office,
    machine,
    peak_memory_mb,
    set_up_demo_office,
)
from tests.matter_workbooks import make_rows, plant, write_rows
from workstation.bootstrap import Workstation, open_workstation
from workstation.operations.matter_lists.reading import NoticeOptions
from workstation.settings import open_home

_MATTERS = 3143
_NOTICE = NoticeOptions(number="演示〔2026〕8号", list_kind="统一目录", complete=True)


def main() -> None:
    """Fill a temporary office, import the lists and print what each part takes."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 15_000
    with tempfile.TemporaryDirectory() as folder:
        workstation = open_workstation(open_home(Path(folder)))
        try:
            _run(workstation, Path(folder), cases)
        finally:
            workstation.close()


def _run(workstation: Workstation, folder: Path, cases: int) -> None:
    print(machine())
    set_up_demo_office(workstation.database)
    _measure("read the statutes in", workstation.law.open_texts)
    faulty = make_rows(_MATTERS)
    plant(faulty)
    bad = write_rows(folder / "faulty.xlsx", faulty)
    good = write_rows(folder / "sound.xlsx", make_rows(_MATTERS))
    lists = workstation.matter_lists
    _measure(
        f"{_MATTERS} matters, 25 faults",
        lambda: f"{len(lists.carry_out(bad, '演示', _NOTICE).plan.faults)} faults named",
    )
    _measure(
        f"{_MATTERS} matters, sound",
        lambda: f"{lists.carry_out(good, '演示', _NOTICE).plan.difference.counts['added']} added",
    )
    codes = (DEMO_MATTER, *(row["事项编码"] for row in make_rows(200)))
    _measure(
        f"make {cases} cases",
        lambda: fill_office(workstation.database, cases, matters=codes, spread_days=300),
    )
    for since in (None, date(2026, 8, 1)):
        _measure(f"radar over {cases}, since {since}", lambda s=since: _radar(workstation, s))
    print(f"{'peak memory':<40} {peak_memory_mb():8.0f} MB")


def _radar(workstation: Workstation, since: date | None) -> str:
    report = workstation.law_radar.run(since=since, as_of=date(2026, 11, 27))
    if report is None:
        return "stopped"
    return f"{len(report.cases)} findings in cases, {len(report.matters)} matters"


def _measure(name: str, work: Callable[[], object]) -> None:
    start, used = time.perf_counter(), time.process_time()
    said = work()
    taken, used = time.perf_counter() - start, time.process_time() - used
    print(f"{name:<40} {taken:8.2f} s {used:8.2f} s CPU   {said or ''}", flush=True)


if __name__ == "__main__":
    main()
