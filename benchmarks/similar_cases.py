#!/usr/bin/env python3
"""How long the closed cases like one case take to be compared (to hold: 200 ms).

    benchmarks/similar_cases.py [--cases 15000]

An invented office of so many cases, all of one matter, is filled first (15,000 take minutes).
"""

import argparse
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.synthetic_office import (  # noqa: E402 path first
    fill_office,
    machine,
    set_up_demo_office,
)
from workstation.operations.similar_cases import SimilarCaseOperations  # noqa: E402
from workstation.procedure import load_rules  # noqa: E402
from workstation.settings import Home  # noqa: E402
from workstation.storage import Database  # noqa: E402


def main() -> None:
    """Fill a temporary office, all cases of one matter, and print median and slowest."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=15_000, help="how many cases to invent")
    cases = parser.parse_args().cases
    with (
        tempfile.TemporaryDirectory() as folder,
        Database.open(Home(Path(folder))) as database,
    ):
        set_up_demo_office(database)
        fill_office(database, cases, spread_days=300)
        compared = SimilarCaseOperations(database, load_rules(None))
        taken: list[float] = []
        closed = 0
        for n in range(1, 12):
            start = time.perf_counter()
            found = compared.of_case(f"{n:016x}", date(2026, 12, 31))
            closed = len(found.cases)
            taken.append((time.perf_counter() - start) * 1000)
        print(machine())
        print(f"{cases} cases, {closed} closed with a fine")
        print(f"median {statistics.median(taken):.1f} ms, slowest {max(taken):.1f} ms")


if __name__ == "__main__":
    main()
