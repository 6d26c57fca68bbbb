"""A case is carried from its lead to the archive with nothing but what the window offers."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes import FakePrompter
from tests.gui.conftest import Idle, desk_on
from ui.desk import Desk
from ui.widgets.event_panel import EventPanel
from workstation.bootstrap import Workstation, open_workstation
from workstation.data_files import resources_dir
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import read_json
from workstation.procedure import StepStatus
from workstation.settings import open_home

pytestmark = pytest.mark.xdist_group("gui")
DEMO = resources_dir() / "demo"
BEHIND = {StepStatus.DONE, StepStatus.NOT_APPLICABLE}
SERVED = {"D27", "D35", "D41", "D51"}
# With what these take their values from; the rest would only make the story longer.
ISSUED = SERVED | {"D26", "D37", "D38"}


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workstation]:
    """The demo bureau with no case."""
    workstation = open_workstation(open_home(tmp_path_factory.mktemp("whole") / "office"))
    workstation.office.set_up(DEMO / "office.json", DEMO / "matters.json")
    yield workstation
    workstation.close()


@pytest.fixture
def desk(qapp: QApplication, bureau: Workstation, tmp_path: Path) -> Iterator[Desk]:
    """The desk of that bureau."""
    with desk_on(bureau, qapp, FakePrompter(tmp_path)) as made:
        yield made


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, bureau: Workstation, idle: Idle) -> EventPanel:
    """The event panel of the demo's case, on its first step."""
    case_id = bureau.cases.create(new_case_from(read_json(DEMO / "case.json"))).case_id
    made = EventPanel(desk, case_id)
    qtbot.addWidget(made)
    made.show_step(bureau.cases.view(case_id), 1)
    idle.wait()
    return made


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "是" if value is True else "" if value is False else str(value)


def _record(
    qtbot: QtBot, panel: EventPanel, bureau: Workstation, idle: Idle, row: dict[str, Any]
) -> None:
    """Record one event of the story as a clerk does: choose, fill, tick, add, record."""
    kind = bureau.office.rules.events.kind(row["kind"])
    case_id = panel.case_id
    panel.show_step(bureau.cases.view(case_id), row.get("step", kind.step))
    panel.choose(row["kind"])
    panel.prefill({"at": row["at"].replace("T", " "), "actor": row["actor"]})
    panel.prefill({key: _shown(value) for key, value in row.get("data", {}).items()})
    papers = [d for d in row.get("documents", ()) if d["form"] in ISSUED]
    issued = Counter(d.form for d in bureau.cases.view(case_id).file.documents)
    for paper in papers:
        values = read_json(DEMO / paper["values_file"])["values"]
        if values:
            bureau.forms.save_draft(case_id, paper["form"], issued[paper["form"]] + 1, values)
    enclosed = panel.enclosures
    enclosed.forms.check(paper["form"] for paper in papers)
    for card in enclosed.deliveries.cards:
        (told,) = (d for d in row["deliveries"] if d["form"] == card.rows.text("paper")[:3])
        card.put({key: _shown(told[key]).replace("T", " ") for key in ("method", "at", "place")})
    for piece in row.get("evidence", ()):
        enclosed.evidence.add({key: str(text) for key, text in piece.items() if key != "file"})
    if row.get("facts"):
        enclosed.show_facts()
        for key, value in row["facts"].items():
            enclosed.facts.put(key, value)
    panel.message.clear()
    panel.record()
    qtbot.waitUntil(lambda: panel.message.text() != "", timeout=120_000)
    idle.wait()
    stands = [card.block.message for card in panel.blocks.cards]
    assert "已记入案件" in panel.message.text(), (row["kind"], panel.message.text(), stands)


def test_a_case_reaches_the_archive_from_the_window_alone(
    qtbot: QtBot, panel: EventPanel, bureau: Workstation, idle: Idle
) -> None:
    for row in read_json(DEMO / "case.json")["events"]:
        _record(qtbot, panel, bureau, idle, row)

    view = bureau.cases.view(panel.case_id)
    assert view.sealed
    assert {state.status for state in view.steps} <= BEHIND
    services = bureau.services.of_case(panel.case_id)
    assert {s.document.form for s in services if s.receipt} == SERVED
    assert view.file.case.facts["corrected_on"] == "2026-08-28"
    assert len(view.file.evidence) == 10
