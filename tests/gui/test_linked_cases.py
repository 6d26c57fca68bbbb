"""Linked cases, records to choose from and the summary procedure in the window."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes import FakePrompter
from tests.gui.conftest import Idle, desk_on
from ui.desk import Desk
from ui.pages.case_page import CasePage
from ui.pages.new_case_page import NewCasePage
from workstation.bootstrap import Workstation, open_workstation
from workstation.data_files import resources_dir
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import EventRequest, read_json
from workstation.procedure.procedures import Procedure
from workstation.settings import open_home

pytestmark = pytest.mark.xdist_group("gui")
DEMO = resources_dir() / "demo"


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Workstation]:
    """The demo bureau without papers; its matter may be fined on the spot."""
    workstation = open_workstation(open_home(tmp_path / "office"))
    matters = read_json(DEMO / "matters.json")
    for matter in matters["matters"]:
        matter["fine_min"] = "50"
    path = tmp_path / "matters.json"
    path.write_text(json.dumps(matters), encoding="utf-8")
    workstation.office.set_up(DEMO / "office.json", path)
    yield workstation
    workstation.close()


@pytest.fixture
def desk(qapp: QApplication, bureau: Workstation, tmp_path: Path) -> Iterator[Desk]:
    """The desk of that bureau."""
    with desk_on(bureau, qapp, FakePrompter(tmp_path)) as made:
        yield made


@pytest.fixture
def split(bureau: Workstation, tmp_path: Path) -> tuple[str, str]:
    """A registered case and the case that was split off from it."""
    case_id = bureau.cases.create(new_case_from(read_json(DEMO / "case.json"))).case_id
    at = datetime.fromisoformat("2026-08-19T08:50")
    registered = EventRequest(kind="lead_registered", step=1, at=at, title="案源登记")
    bureau.cases.record(case_id, registered)
    part = {"what": "驾驶员", "matter": "DEMO-330217-A01", "party_name": "温砺"}
    content = {
        "at": "2026-08-24T09:00",
        "reason": "两人",
        "cases": [part | {"party_kind": "公民"}],
    }
    path = tmp_path / "split.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return case_id, bureau.links.split(case_id, path).links[0].id


def _shown(qtbot: QtBot, desk: Desk, case_id: str, idle: Idle) -> CasePage:
    page = CasePage(desk, case_id)
    qtbot.addWidget(page)
    page.resize(1400, 860)
    page.show()
    idle.wait()
    return page


def test_a_case_split_off_is_opened_from_the_header(
    qtbot: QtBot, desk: Desk, split: tuple[str, str], idle: Idle
) -> None:
    page = _shown(qtbot, desk, split[0], idle)
    (jump,) = page.links.findChildren(QPushButton)

    with qtbot.waitSignal(page.case_requested) as asked:
        QTest.mouseClick(jump, Qt.MouseButton.LeftButton)

    assert "由本案分出" in jump.text()
    assert asked.args == [split[1]]


def _choices(page: CasePage, name: str) -> list[str]:
    made = page.events.rows.input(name)
    assert isinstance(made, QComboBox)
    return [str(made.itemData(place)) for place in range(1, made.count())]


def test_the_case_to_join_and_the_matter_are_chosen_from_lists(
    qtbot: QtBot, desk: Desk, split: tuple[str, str], idle: Idle
) -> None:
    page = _shown(qtbot, desk, split[0], idle)

    page.open_event(2, "case_merged")
    cases = _choices(page, "other")
    page.open_event(2, "case_split")

    assert cases == [split[1]]
    assert _choices(page, "matter") == ["DEMO-330217-A01"]


def test_an_event_offers_the_papers_it_brings_in_whatever_step(
    qtbot: QtBot, desk: Desk, split: tuple[str, str], idle: Idle
) -> None:
    page = _shown(qtbot, desk, split[0], idle)
    offered = page.events.enclosures.forms

    page.open_event(2, "document_corrected")
    offered.check(("D71",))
    checked = offered.checked()
    page.open_event(2, "case_merged")

    assert checked == ["D71"]
    ids = [offered.list.item(row).text()[:3] for row in range(offered.list.count())]
    assert "D06" in ids
    assert "D71" not in ids
    page.open_event(2, "document_corrected")
    assert offered.checked() == ["D71"]


def test_what_only_the_summary_procedure_asks_is_asked_there_only(
    qtbot: QtBot, desk: Desk, split: tuple[str, str], bureau: Workstation, idle: Idle
) -> None:
    page = _shown(qtbot, desk, split[0], idle)
    page.open_event(13, "decision_made")
    ordinary = page.events.rows.names
    at = datetime.fromisoformat("2026-08-24T10:00")
    turn = EventRequest(
        kind="summary_procedure_chosen",
        step=1,
        at=at,
        title="适用简易程序",
        data={"facts_clear": True},
    )

    desk.bus.publish(bureau.cases.record(split[0], turn).changes)
    idle.wait()
    page.open_event(13, "decision_made")

    assert "form_number" not in ordinary
    assert "form_number" in page.events.rows.names
    assert Procedure.SUMMARY.value in page.particulars.text()


def test_a_case_is_opened_under_the_summary_procedure(
    qtbot: QtBot, desk: Desk, bureau: Workstation, idle: Idle
) -> None:
    page = NewCasePage(desk)
    qtbot.addWidget(page)
    idle.wait()
    lead, party = page.lead, page.party
    procedure = lead.input("procedure")
    assert isinstance(procedure, QComboBox)
    procedure.setCurrentIndex(1)
    for name, text in {
        "content": "现场查获",
        "act_start": "今天 0:05",
        "act_end": "今天 0:06",
        "found_at": "今天 0:07",
        "received_at": "今天 0:08",
    }.items():
        lead.set_text(name, text)
    party.set_text("name", "江小帆")

    with qtbot.waitSignal(page.case_created) as created:
        page.open_new_case()

    view = bureau.cases.view(created.args[0])
    assert view.procedure is Procedure.SUMMARY
    assert [e.kind for e in view.file.events] == ["lead_registered", "summary_procedure_chosen"]
