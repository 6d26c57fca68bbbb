"""The legal review in the window: list, detail, a way to the place, a person's conclusion."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Idle
from ui.pages.case_page import CasePage
from workstation.review.records import Passage, State

# The demo case is made before the first test: on a loaded machine that takes minutes.
pytestmark = [pytest.mark.xdist_group("gui"), pytest.mark.timeout(600)]


@pytest.fixture
def page(workspace: CasePage, idle: Idle) -> CasePage:
    """The workspace of the demo case with the review in view."""
    workspace.tabs.show_pane(workspace.review)
    idle.wait()
    return workspace


def test_the_list_shows_what_waits_for_a_person_and_keys_move_in_it(
    page: CasePage,
) -> None:
    page.review.tree.setFocus()
    first = page.review.chosen()

    QTest.keyClick(page.review.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)

    second = page.review.chosen()
    assert first is not None
    assert second is not None
    assert first.check.id != second.check.id
    assert second.state is State.FOR_A_PERSON
    assert second.check.id in page.review.detail.toPlainText()


def test_a_place_leads_to_the_field_of_the_paper(page: CasePage, idle: Idle) -> None:
    place = Passage(title="《行政处罚决定书》", document="D51", field="fine", step=13)

    page.review.place_wanted.emit(place)
    idle.wait()

    assert page.tabs.shown_pane() is page.documents
    assert page.documents.choice.currentData() == ("D51", 1)


def test_a_conclusion_without_reason_says_what_is_missing(page: CasePage, idle: Idle) -> None:
    page.review.overrule.click()
    idle.wait()

    assert "理由" in page.review.state.text()


def test_a_conclusion_takes_the_check_out_of_the_list(page: CasePage, idle: Idle) -> None:
    finding = page.review.chosen()
    assert finding is not None
    page.review.reason.setText("已核对，没有利害关系")

    page.review.overrule.click()
    idle.wait()

    left = page.review.chosen()
    assert left is not None
    assert left.check.id != finding.check.id


def test_only_those_who_may_review_the_case_are_offered(page: CasePage, idle: Idle) -> None:
    idle.wait()

    offered = [page.review.person.itemText(n) for n in range(page.review.person.count())]
    assert offered == ["顾知白"]


def test_what_is_wrong_and_what_waits_for_a_person_are_apart(page: CasePage) -> None:
    waiting = page.review.chips.chips[State.FOR_A_PERSON.value]

    assert waiting.isChecked()
    assert waiting.text().startswith("待人工 1")
    page.review.chips.choose(State.FAILED.value)
    assert "没有不符合的审核项" in page.review.detail.toPlainText()
    page.review.chips.choose(State.PASSED.value)
    shown = page.review.chosen()
    assert shown is not None
    assert shown.state is State.PASSED


def test_a_person_is_asked_what_was_looked_at(page: CasePage) -> None:
    assert "看了什么" in page.review.reason.placeholderText()


def test_letters_move_and_a_number_begins_a_conclusion(page: CasePage, idle: Idle) -> None:
    page.review.tree.setFocus()
    first = page.review.chosen()
    QTest.keyClick(page.review.tree, Qt.Key.Key_J)
    second = page.review.chosen()
    QTest.keyClick(page.review.tree, Qt.Key.Key_K)
    idle.wait()

    assert page.review.chosen() is first is not second
    QTest.keyClick(page.review.tree, Qt.Key.Key_3)
    assert page.review.conclusion.currentData() == State.NOT_APPLICABLE
    assert page.focusWidget() is page.review.reason
    assert "第" in page.review.basis.toPlainText()


def test_a_place_is_shown_beside_the_list_with_its_field(page: CasePage, idle: Idle) -> None:
    page.review.place_shown.emit(Passage(title="决定书", document="D51", field="fine", step=13))
    idle.wait()

    assert page.tabs.shown_pane() is page.review
    assert page.documents.choice.currentData() == ("D51", 1)


def test_a_check_is_chosen_once_the_case_was_read(page: CasePage) -> None:
    page.show_check("CX5")

    chosen = page.review.chosen()
    assert chosen is not None
    assert chosen.check.id == "CX5"
