"""An office with the demo bureau, and its case in an early state."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from workstation.bootstrap import Workstation, open_workstation
from workstation.data_files import resources_dir
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import EventRequest, read_json
from workstation.settings import open_home


@pytest.fixture
def desk(tmp_path: Path, share_statutes: Callable[[Path], Path]) -> Iterator[Workstation]:
    """The whole program on an empty home with the demo bureau."""
    workstation = open_workstation(open_home(share_statutes(tmp_path / "office")))
    folder = resources_dir() / "demo"
    workstation.office.set_up(folder / "office.json", folder / "matters.json")
    yield workstation
    workstation.close()


@pytest.fixture
def case_id(desk: Workstation) -> str:
    """The demo case with its lead registered and filed, without papers."""
    content = read_json(resources_dir() / "demo" / "case.json")
    case_id = desk.cases.create(new_case_from(content)).case_id
    desk.cases.record(case_id, event("lead_registered", 1, "2026-08-19T08:50"))
    desk.cases.record(case_id, event("case_filed", 2, "2026-08-21T09:30"))
    return case_id


def event(kind: str, step: int, at: str, **parts: object) -> EventRequest:
    """An event of the demo officers."""
    return EventRequest(
        kind=kind,
        step=step,
        at=datetime.fromisoformat(at),
        title=kind,
        actor="林问渠",
        **parts,  # type: ignore[arg-type]
    )
