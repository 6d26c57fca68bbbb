"""Appraisal in the window: drawing a round, a seat, a mark by keyboard; the rehearsal."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.appraisal_page import AppraisalPage
from ui.pages.case_page import CasePage
from ui.widgets.appraisal_pane import AppraisalPane
from workstation.review.appraisals import Seat

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def page(workspace: CasePage, idle: Idle) -> CasePage:
    """The workspace of the demo case with the appraisal in view."""
    workspace.tabs.show_pane(workspace.appraisal)
    idle.wait()
    return workspace


@pytest.fixture
def drawn(qtbot: QtBot, desk: Desk, idle: Idle) -> Iterator[str]:
    """The id of a round that was drawn in the ledgers, whose page lives as long as the test."""
    made = AppraisalPage(desk)
    qtbot.addWidget(made)
    made.show()
    idle.wait()
    made.name.setText("窗口评查")
    made.first.setText("2026-01-01")
    made.person.setText("方小满")
    made.draw_round()
    idle.wait()
    idle.wait()
    assert made.model.rowCount() >= 1, made.state.text()
    yield str(made.round.currentData())
    made.close()


def _choose(pane: AppraisalPane, target: str) -> None:
    names = [pane.model.index(row, 0).data() for row in range(pane.model.rowCount())]
    pane.table.selectRow(names.index(target))


def _ready(page: CasePage, round_: str, seat: Seat, person: str, idle: Idle) -> AppraisalPane:
    pane = page.appraisal
    pane.reload()
    idle.wait()
    pane.round.setCurrentIndex(pane.round.findData(round_))
    pane.seat.setCurrentText(seat.value)
    pane.person.setEditText(person)
    pane.assign_person()
    idle.wait()
    idle.wait()
    assert pane.sheet is not None, pane.state.text()
    return pane


def test_a_person_with_a_part_in_the_case_is_refused_in_words(
    page: CasePage, drawn: str, idle: Idle
) -> None:
    page.appraisal.reload()
    idle.wait()
    page.appraisal.round.setCurrentIndex(page.appraisal.round.findData(drawn))
    page.appraisal.person.setEditText("林问渠")

    page.appraisal.assign_person()
    idle.wait()

    assert "参与过本案" in page.appraisal.state.text()


def test_a_deduction_is_kept_by_the_keyboard_and_shown(
    page: CasePage, drawn: str, idle: Idle
) -> None:
    pane = _ready(page, drawn, Seat.FIRST, "言外山", idle)
    _choose(pane, "G30")
    pane.entry.points.setText("2")
    pane.entry.document.setText("d51")
    pane.entry.page.setText("2")
    pane.entry.reason.setText("说理没有回应申辩")

    QTest.keyClick(pane.entry.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    idle.wait()
    idle.wait()

    assert pane.target() == "G30"
    assert "D51第2页" in pane.detail.toPlainText()
    assert "4/6" in pane.table.currentIndex().siblingAtColumn(1).data()


def test_an_incomplete_mark_says_what_is_missing(page: CasePage, drawn: str, idle: Idle) -> None:
    pane = _ready(page, drawn, Seat.SECOND, "言外水", idle)
    _choose(pane, "V7")

    pane.entry.keep.click()
    idle.wait()

    assert "理由" in pane.state.text()


def test_enter_on_an_item_brings_its_paper_beside_the_sheet(
    page: CasePage, drawn: str, idle: Idle
) -> None:
    pane = _ready(page, drawn, Seat.EXPERT, "言外风", idle)
    _choose(pane, "G30")

    pane.show_paper()
    idle.wait()

    assert page.tabs.shown_pane() is pane
    assert page.documents.choice.currentData() == ("D51", 1)


def test_the_rehearsal_lists_arguments_and_leads_to_papers(page: CasePage, idle: Idle) -> None:
    page.tabs.show_pane(page.rehearsal)
    idle.wait()
    first = page.rehearsal.chosen()

    QTest.keyClick(page.rehearsal.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)

    second = page.rehearsal.chosen()
    assert first is not None
    assert second is not None
    assert first.finding.check.id != second.finding.check.id
    assert "非法律意见" in page.rehearsal.headline.text()
    assert second.best_answer in page.rehearsal.detail.toPlainText()
