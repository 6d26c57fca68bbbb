"""The reviewer's inbox in the window: keys, empty states, the way to a case."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.page_entries import ENTRIES
from ui.pages.review_inbox_page import ReviewInboxPage
from workstation.data_files import resources_dir
from workstation.domain.cases import CaseEvent
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import read_json

pytestmark = [pytest.mark.xdist_group("gui"), pytest.mark.timeout(600)]
DEMO = resources_dir() / "demo"


@pytest.fixture
def desk(bare_desk: Desk) -> Desk:
    """The desk of an office without cases."""
    return bare_desk


def _submitted(desk: Desk, day: int) -> str:
    content = read_json(DEMO / "case.json")
    case_id = desk.workstation.cases.create(new_case_from(content)).case_id
    at = datetime(2026, 9, day, 9, 30)
    event = CaseEvent(position=0, kind="review_submitted", step=8, at=at, title="送审")
    with desk.workstation.database.writing() as unit:
        unit.events.append(case_id, event)
    return case_id


def test_letters_move_in_the_inbox_and_enter_opens_the_list_of_checks(
    qtbot: QtBot, desk: Desk, idle: Idle
) -> None:
    earlier, later = _submitted(desk, 4), _submitted(desk, 7)
    window = MainWindow(desk, ENTRIES)
    qtbot.addWidget(window)
    window.show()
    page = window.open_page("review")
    assert isinstance(page, ReviewInboxPage)
    idle.wait()
    assert page.table.model().rowCount() == 2
    chosen = [page.table.currentIndex().row()]
    for key in (Qt.Key.Key_J, Qt.Key.Key_K):
        QTest.keyClick(page.table, key)
        chosen.append(page.table.currentIndex().row())
    assert chosen == [0, 1, 0]

    page.table.activated.emit(page.model.index(1, 0))
    idle.wait()

    case = window.cases_page.current_case()
    assert case is not None
    assert case.case_id == later != earlier
    assert case.tabs.shown_pane() is case.review


def test_an_empty_inbox_says_how_cases_come_here(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    page = ReviewInboxPage(desk)
    qtbot.addWidget(page)
    page.show()
    idle.wait()

    assert "送审" in page.state.text()
