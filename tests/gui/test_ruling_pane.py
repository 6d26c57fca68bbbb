"""Recording why a case fell, and the ledger of it, in the window."""

from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.ruling_page import RulingPage
from ui.widgets.ruling_pane import RulingPane
from workstation.bootstrap import Workstation
from workstation.data_files import resources_dir
from workstation.domain.cases import CaseEvent, JsonValue
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import read_json

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def desk(bare_desk: Desk) -> Desk:
    """The desk of an office whose one case a court annulled."""
    workstation = bare_desk.workstation
    content = read_json(resources_dir() / "demo" / "case.json")
    case_id = workstation.cases.create(new_case_from(content)).case_id
    data: dict[str, JsonValue] = {"outcome": "撤销", "effective": True, "reason": "未听取申辩"}
    _happened(workstation, case_id, "lawsuit_received", "2026-11-23", {})
    _happened(workstation, case_id, "lawsuit_judged", "2027-03-01", data)
    return bare_desk


def _happened(
    workstation: Workstation, case_id: str, kind: str, at: str, data: dict[str, JsonValue]
) -> None:
    moment = datetime.fromisoformat(at)
    event = CaseEvent(position=0, kind=kind, step=16, at=moment, title=kind, data=data)
    with workstation.database.writing() as unit:
        unit.events.append(case_id, event)


def _shown(qtbot: QtBot, desk: Desk, case_id: str, idle: Idle) -> RulingPane:
    made = RulingPane(desk, case_id)
    qtbot.addWidget(made)
    made.resize(640, 700)
    made.show()
    made.show_case(desk.workstation.cases.view(case_id))
    idle.wait()
    return made


def test_a_reason_is_recorded_and_counted(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    case_id = desk.workstation.cases.summaries()[0].id
    pane = _shown(qtbot, desk, case_id, idle)
    assert "还没有登记原因" in pane.headline.text()
    pane.check.setCurrentIndex(pane.check.findData("CX6"))
    pane.record_reason()
    idle.wait()
    assert "没有写明登记人" in pane.state.text()

    pane.person.setText("顾知白")
    pane.keep.click()
    idle.wait()

    pane.show_case(desk.workstation.cases.view(case_id))
    idle.wait()
    assert [pane.model.index(0, n).data() for n in (2, 5)] == ["CX6", "未听取申辩"]
    page = RulingPage(desk)
    qtbot.addWidget(page)
    page.show()
    idle.wait()
    assert page.checks.index(0, 0).data() == "CX6"
    with qtbot.waitSignal(page.case_opened) as opened:
        page.case_table.activated.emit(page.cases.index(0, 0))
    assert opened.args == [case_id]


def test_a_case_without_rulings_says_where_they_come_from(
    qtbot: QtBot, desk: Desk, idle: Idle
) -> None:
    content = read_json(resources_dir() / "demo" / "case.json")
    other = desk.workstation.cases.create(new_case_from(content)).case_id

    pane = _shown(qtbot, desk, other, idle)

    assert "先在“办理 › 事项”登记" in pane.headline.text()
    assert not pane.keep.isEnabled()
