"""An invented office with as many cases as a benchmark wants, the same at every call."""

import os
import platform
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from workstation.data_files import resources_dir
from workstation.domain.cases import Case, CaseEvent
from workstation.domain.leads import Lead, LeadSource
from workstation.domain.parties import Party, PartyKind
from workstation.operations.matter_files import read_matters
from workstation.operations.office import read_office
from workstation.storage import Database, DeadlineEntry

_BATCH = 500
_START = datetime.fromisoformat("2026-01-01T09:00")
_OFFICERS = (("林问渠", "苏砚舟"), ("苏砚舟", "林问渠"))
_DECIDED_EVERY, _ARCHIVED_EVERY = 3, 5
DEMO_MATTER = "DEMO-330217-A01"


def set_up_demo_office(database: Database) -> None:
    """Give the office the demo bureau and its matters."""
    folder = resources_dir() / "demo"
    with database.writing() as unit:
        unit.office.set(read_office(folder / "office.json"))
        unit.matters.add_all(read_matters(folder / "matters.json"))


def fill_office(
    database: Database,
    count: int,
    *,
    matters: Sequence[str] = (DEMO_MATTER,),
    spread_days: int = 10,
) -> None:
    """Add ``count`` cases from January 2026 on, spread over ``spread_days`` days.

    Every third is decided, every fifth archived; each took place three days before it was found.
    """
    for first in range(0, count, _BATCH):
        with database.writing() as unit:
            for n in range(first, min(first + _BATCH, count)):
                at = _START + timedelta(minutes=n * spread_days * 1440 // count)
                case = _case(n, at, matters[n % len(matters)])
                unit.cases.add(case)
                for event in _course(n, at):
                    unit.events.append(case.id, event)
                last_day = at.date() + timedelta(days=90)
                unit.deadlines.replace(
                    case.id,
                    [
                        DeadlineEntry(
                            code="DL06",
                            name="办案期限",
                            last_day=last_day,
                            step=2,
                            holder="行政机关",
                        )
                    ],
                )


def _case(n: int, at: datetime, matter: str) -> Case:
    lead = Lead(
        number=f"屿案源〔2026〕{n:05}号",
        source=LeadSource.PATROL,
        received_at=at,
        found_at=at,
        content="巡查发现",
    )
    acted = (at - timedelta(days=3)).date()
    return Case(
        id=f"{n:016x}",
        title=f"演示渣土清运{n}有限公司涉嫌擅自倾倒建筑垃圾案",
        cause="擅自倾倒建筑垃圾",
        lead=lead,
        party=Party(kind=PartyKind.LEGAL_PERSON, name=f"演示渣土清运{n}有限公司"),
        officers=_OFFICERS[n % len(_OFFICERS)],
        matter_code=matter,
        facts={"volume_m3": 16.4, "act_end": acted.isoformat()},
        number=f"屿综执立字〔2026〕{n:05}号",
    )


def _course(n: int, at: datetime) -> list[CaseEvent]:
    kinds = [("case_filed", 2, "立案", 0), ("evidence_collected", 3, "现场检查", 1)]
    if n % _DECIDED_EVERY == 0:
        kinds += [("notice_approved", 9, "告知审批", 20), ("decision_made", 13, "处罚决定", 40)]
    if n % _ARCHIVED_EVERY == 0:
        kinds.append(("case_archived", 18, "归档", 60))
    return [
        CaseEvent(
            position=0,
            kind=kind,
            step=step,
            at=at + timedelta(days=days),
            title=title,
            actor="叶怀山",
            data={"fine": 100_000 + n % 90 * 1000} if kind == "decision_made" else {},
        )
        for kind, step, title, days in kinds
    ]


def machine() -> str:
    """Return what the figures were measured on, for the head of a table."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {date.today().isoformat()}"
    )


def peak_memory_mb() -> float:
    """Return the largest resident size of this process so far in MB, 0 where it is not told."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0.0
    lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    peak = next((line for line in lines if line.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(peak.split()[1]) / 1024
