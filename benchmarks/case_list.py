"""How long 15,000 cases take to be listed, filtered and counted (to hold: 300 ms).

python -m benchmarks.case_list [CASES]
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.synthetic_office import fill_office
from workstation.settings import Home
from workstation.storage import Database, DueFilter


def main() -> None:
    """Fill a temporary office and print the medians."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 15_000
    with (
        tempfile.TemporaryDirectory() as folder,
        Database.open(Home(Path(folder))) as database,
    ):
        fill_office(database, cases)
        _measure("list, first 200", lambda: _list(database, "", 200))
        _measure(f"list, all {cases}", lambda: _list(database, "", cases))
        _measure("filter two words", lambda: _list(database, "渣土 149", 200))
        _measure("count", lambda: _count(database))
        _measure("due in a month", lambda: _due(database))
        _measure("cases of a party", lambda: _of_party(database))


def _list(database: Database, text: str, limit: int) -> None:
    with database.reading() as unit:
        unit.cases.summaries(text, limit=limit)


def _count(database: Database) -> None:
    with database.reading() as unit:
        unit.cases.count("渣土")


def _due(database: Database) -> None:
    with database.reading() as unit:
        unit.deadlines.due(DueFilter(last=date.fromisoformat("2026-04-30")))


def _of_party(database: Database) -> None:
    with database.reading() as unit:
        party = unit.cases.get(f"{7:016x}").party
        unit.cases.load_courses(unit.cases.of_party(party))


def _measure(name: str, work: Callable[[], None]) -> None:
    taken = []
    for _ in range(7):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    print(f"{name:<20} {statistics.median(taken):8.1f} ms")


if __name__ == "__main__":
    main()
