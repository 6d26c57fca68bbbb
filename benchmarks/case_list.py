"""How long 15,000 cases take to be listed, filtered and counted (to hold: 300 ms).

python benchmarks/case_list.py [CASES]
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from workstation.domain.cases import Case, CaseEvent, Lead, LeadSource
from workstation.domain.parties import Party, PartyKind
from workstation.settings import Home
from workstation.storage import Database, DeadlineEntry, DueFilter

_BATCH = 500
_START = datetime.fromisoformat("2026-01-01T09:00")


def main() -> None:
    """Fill a temporary office and print the medians."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 15_000
    with (
        tempfile.TemporaryDirectory() as folder,
        Database.open(Home(Path(folder))) as database,
    ):
        for first in range(0, cases, _BATCH):
            _fill(database, range(first, min(first + _BATCH, cases)))
        _measure("list, first 200", lambda: _list(database, "", 200))
        _measure(f"list, all {cases}", lambda: _list(database, "", cases))
        _measure("filter two words", lambda: _list(database, "渣土 149", 200))
        _measure("count", lambda: _count(database))
        _measure("due in a month", lambda: _due(database))
        _measure("cases of a party", lambda: _of_party(database))


def _fill(database: Database, numbers: range) -> None:
    with database.writing() as unit:
        for n in numbers:
            at = _START + timedelta(minutes=n)
            unit.cases.add(_case(f"{n:016x}", n, at))
            filed = CaseEvent(
                position=0, kind="case_filed", step=2, at=at, title="立案", actor="叶怀山"
            )
            unit.events.append(f"{n:016x}", filed)
            last_day = at.date() + timedelta(days=90)
            unit.deadlines.replace(
                f"{n:016x}", [DeadlineEntry(code="DL06", name="办案期限", last_day=last_day)]
            )


def _case(case_id: str, n: int, at: datetime) -> Case:
    lead = Lead(
        number=f"屿案源〔2026〕{n:05}号",
        source=LeadSource.PATROL,
        received_at=at,
        found_at=at,
        content="巡查发现",
    )
    return Case(
        id=case_id,
        title=f"演示渣土清运{n}有限公司涉嫌擅自倾倒建筑垃圾案",
        cause="擅自倾倒建筑垃圾",
        lead=lead,
        party=Party(kind=PartyKind.LEGAL_PERSON, name=f"演示渣土清运{n}有限公司"),
        officers=("林问渠", "苏砚舟"),
        matter_code="DEMO",
        facts={"volume_m3": 16.4},
    )


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
