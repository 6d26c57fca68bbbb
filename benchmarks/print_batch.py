"""Printing 1,000 papers from a list: time, memory, bytes per document, and going on again.

Run ``python -m benchmarks.print_batch [COUNT]``. A row in fifty is faulty; the forms go to two
trays. The second run is stopped half-way, the third goes on from there.
"""

import csv
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from benchmarks.synthetic_office import (
    fill_office,
    machine,
    peak_memory_mb,
    set_up_demo_office,
)
from workstation.bootstrap import open_workstation
from workstation.operations.print_batches.operations import BatchOutcome
from workstation.operations.workstation import Workstation
from workstation.settings import open_home

_COUNT = 1000
_FAULTY_EVERY = 50
_HEADINGS = ("案号", "文书", "到场时间", "携带材料", "材料清单", "期限", "当事人申请听证日期")
_FORMS = (
    ("D11", "2026-10-20 09:30", "身份证件、营业执照", "", "", ""),
    ("D15", "", "", "运输合同\n电子运单", "2026-10-20", ""),
    ("D46", "", "", "", "", "2026-10-12"),
)
_RULES = '[page]\nduplex = true\n[forms.D11]\ntray = "tray-1"\n[forms.D46]\ntray = "tray-2"\n'


class _StopAt(Event):
    """An event that sets itself when so much is done."""

    def __init__(self, done: int) -> None:
        super().__init__()
        self._at = done

    def note(self, done: int, _total: int) -> None:
        """Take note of progress."""
        if done >= self._at:
            self.set()


def _rows(count: int) -> Iterator[tuple[str, ...]]:
    for n in range(count):
        form = _FORMS[n % len(_FORMS)]
        number = n if n % _FAULTY_EVERY else count + n
        yield (f"屿综执立字〔2026〕{number:05}号", *form)


def _measure(name: str, work: Workstation, list_file: Path, folder: Path, stop: _StopAt) -> None:
    start = time.perf_counter()
    outcome = work.batches.run(list_file, folder, progress=stop.note, stop=stop)
    _show(name, outcome, time.perf_counter() - start)


def _show(name: str, outcome: BatchOutcome, seconds: float) -> None:
    size = sum(file.path.stat().st_size for file in outcome.files)
    pages = sum(file.pages for file in outcome.files)
    each = f"{size / outcome.documents:.0f}" if outcome.files else "-"
    print(
        f"| {name} | {outcome.documents} | {outcome.reused} | {len(outcome.faults)} "
        f"| {len(outcome.files)} | {pages} | {seconds:.1f} "
        f"| {seconds * 1000 / max(outcome.documents, 1):.0f} | {each} | {peak_memory_mb():.0f} |"
    )


def main() -> int:
    """Make the office and the list, and print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _COUNT
    print(machine())
    print("| run | papers | kept | faults | files | pages | s | ms/paper | bytes/paper | MB |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        own = root / "home" / "own" / "templates"
        own.mkdir(parents=True)
        (own / "printing.toml").write_text(_RULES, encoding="utf-8")
        work = open_workstation(open_home(root / "home"))
        set_up_demo_office(work.database)
        fill_office(work.database, count)
        list_file = root / "清单.csv"
        with list_file.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows((_HEADINGS, *_rows(count)))
        never = 3 * count
        _measure("whole", work, list_file, root / "whole", _StopAt(never))
        _measure("stopped half-way", work, list_file, root / "parts", _StopAt(count // 2))
        _measure("gone on", work, list_file, root / "parts", _StopAt(never))
        work.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
