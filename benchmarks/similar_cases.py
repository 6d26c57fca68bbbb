"""How long the closed cases like one case take to be compared (to hold: 200 ms).

python -m benchmarks.similar_cases [CASES]
"""

import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.synthetic_office import fill_office, machine, set_up_demo_office
from workstation.operations.similar_cases import SimilarCaseOperations
from workstation.procedure import load_rules
from workstation.settings import Home
from workstation.storage import Database


def main() -> None:
    """Fill a temporary office, all cases of one matter, and print median and slowest."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 15_000
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
