"""What it takes to import a folder of law files, and which files were not taken in, by reason.

python -m benchmarks.law_import [FOLDER]
"""

import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.synthetic_office import machine, peak_memory_mb
from workstation.bootstrap import open_workstation
from workstation.legislation.file_imports import FileOutcome
from workstation.legislation.law_files.file_lines import READING
from workstation.settings import open_home

_FOLDER = Path(__file__).parents[2] / "shared" / "data" / "statutes"
_SHOWN = 5
# Days, numbers and the names of articles differ from file to file; the reason is the same.
_PARTICULARS = re.compile(r"“[^”]*”|《[^》]*》|（[^）]*）|\d{4}-\d{2}-\d{2}|\d+")


def main() -> None:
    """Import the files into a temporary home and print time, memory and what became of them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER
    with tempfile.TemporaryDirectory() as home:
        workstation = open_workstation(open_home(Path(home)))
        try:
            print(machine())
            workstation.law.open_texts()
            start, used = time.perf_counter(), time.process_time()
            outcomes = workstation.law.import_files([folder], "演示")
            wall, used = time.perf_counter() - start, time.process_time() - used
            print(f"{len(outcomes)} files in {wall:.0f} s ({used:.0f} s CPU of the program)")
            print(f"peak {peak_memory_mb()} MB, its reading child {READING.peak >> 20} MB")
            start = time.perf_counter()
            workstation.law.build()
            print(f"index built in {time.perf_counter() - start:.0f} s")
        finally:
            workstation.close()
    _tell(outcomes)


def _tell(outcomes: tuple[FileOutcome, ...]) -> None:
    reasons = Counter(map(_reason, outcomes))
    for reason, count in reasons.most_common():
        print(f"\n{count:5}  {reason or 'taken in'}")
        if reason:
            of_it = [outcome for outcome in outcomes if _reason(outcome) == reason]
            for outcome in of_it[:_SHOWN]:
                print(f"       {outcome.path.name}")


def _reason(outcome: FileOutcome) -> str:
    said = outcome.error.message if outcome.error else outcome.left_out
    return _PARTICULARS.sub("…", said)


if __name__ == "__main__":
    main()
