"""The heat map in the window: a run over the office, the cells, the cases behind one."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.heat_page import HeatPage
from ui.widgets.new_findings_pane import NewFindingsPane
from workstation.data_files import resources_dir
from workstation.domain.cases import CaseEvent
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import read_json

pytestmark = [pytest.mark.xdist_group("gui"), pytest.mark.timeout(600)]


@pytest.fixture
def desk(bare_desk: Desk) -> Desk:
    """The desk of an office without cases."""
    return bare_desk


def test_a_cell_of_the_heat_map_leads_to_its_cases(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    content = read_json(resources_dir() / "demo" / "case.json")
    case_id = desk.workstation.cases.create(new_case_from(content)).case_id
    at = datetime(2026, 9, 4, 9, 30)
    event = CaseEvent(position=0, kind="review_submitted", step=8, at=at, title="送审")
    with desk.workstation.database.writing() as unit:
        unit.events.append(case_id, event)
    page = HeatPage(desk)
    qtbot.addWidget(page)
    page.show()
    idle.wait()
    assert "点“检查全局”" in page.state.text()

    page.run.click()
    idle.wait()

    assert page.model.rowCount()
    step = next(c for c in range(2, page.model.columnCount()) if page.model.index(0, c).data())
    page.table.setCurrentIndex(page.model.index(0, step))
    assert page.cases.rowCount() == 1
    assert page.model.index(0, step).data(Qt.ItemDataRole.BackgroundRole) is not None
    with qtbot.waitSignal(page.check_opened) as opened:
        page.case_table.activated.emit(page.cases.index(0, 0))
    assert opened.args == [case_id, page.model.check_at(0)]
    assert page.persons.isHidden()
    assert page.below.currentWidget() is page.findings
    _new_findings_lead_to_their_case(qtbot, page.findings, case_id)


def _new_findings_lead_to_their_case(qtbot: QtBot, pane: NewFindingsPane, case_id: str) -> None:
    fresh = pane.model.rowCount()
    checks = [pane.model.index(row, 2).data() for row in range(fresh)]
    assert {pane.model.index(row, 0).data() for row in range(fresh)} == {"新"}
    assert f"新发现{fresh}项" in pane.state.text()
    with qtbot.waitSignal(pane.check_opened) as opened:
        pane.table.activated.emit(pane.model.index(0, 0))
    assert opened.args == [case_id, checks[0]]

    pane.words.insert("没有这样的案件")
    assert not pane.model.rowCount()
    pane.words.clear()
    assert pane.model.rowCount() == fresh
