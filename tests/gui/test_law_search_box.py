"""The box of the e助理 offers laws while one types; an article can be kept at hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.law_page import LawPage

pytestmark = pytest.mark.xdist_group("gui")
CITATION = "《中华人民共和国行政处罚法》第四十二条"


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, idle: Idle) -> LawPage:
    made = LawPage(desk)
    qtbot.addWidget(made)
    made.show()
    idle.wait()
    return made


def test_typing_offers_the_law_that_is_meant(qtbot: QtBot, page: LawPage) -> None:
    page.box.setFocus()

    page.box.insert("行政强制")

    qtbot.waitUntil(lambda: "中华人民共和国行政强制法" in page.box.offered())


def test_a_pinned_article_stands_on_the_empty_page_until_it_is_taken_away(
    desk: Desk, page: LawPage, idle: Idle
) -> None:
    page.article.show_reference("行政处罚法第四十二条", None)
    idle.wait()

    page.article.toggle_pin()
    idle.wait()
    assert CITATION in page.results.toPlainText()
    page.article.toggle_pin()
    idle.wait()

    assert CITATION not in page.results.toPlainText()
    assert desk.workstation.searches.pinned() == ()


def test_a_query_that_led_to_an_article_is_remembered(
    desk: Desk, page: LawPage, idle: Idle, qtbot: QtBot
) -> None:
    page.search("听证 期限")
    qtbot.waitUntil(lambda: "毫秒" in page.results.toPlainText())
    idle.wait()

    QTest.keyClick(page.box, Qt.Key.Key_Return)
    idle.wait()

    assert desk.workstation.searches.recent()[0] == "听证 期限"
    desk.workstation.searches.forget()
