"""Ctrl+L: the e助理 beside the open case, from the box to the field by keys alone."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.pages.law_page import LawPage
from ui.widgets.link_browser import LinkBrowser
from workstation.operations.pinned_articles import pins_of

pytestmark = pytest.mark.xdist_group("gui")
_FIELD = "reply"
_CITED = "《中华人民共和国行政处罚法》第四十二条"
_WITH_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_an_article_is_found_copied_and_put_into_the_field_by_keys(
    qtbot: QtBot, window: MainWindow, desk: Desk, demo_case: str, idle: Idle
) -> None:
    window.open_step(demo_case, 13)
    idle.wait()
    case = window.cases_page.current_case()
    assert case is not None
    field = case.documents.findChild(QPlainTextEdit, _FIELD)
    assert field is not None
    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusIn))

    window.search_beside()
    panel = window.side.search
    assert panel is not None
    panel.box.insert("行政处罚法 42")
    QTest.keyClick(panel.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.article.view is not None)
    QTest.keyClick(panel.box, Qt.Key.Key_C, _WITH_SHIFT)
    copied = QGuiApplication.clipboard().text()
    QTest.keyClick(panel.box, Qt.Key.Key_I, _WITH_SHIFT)
    idle.wait()

    assert copied == _CITED
    assert _CITED in field.toPlainText()
    with desk.workstation.database.reading() as unit:
        assert [pin.field for pin in pins_of(unit, f"{demo_case}/D51/")] == [_FIELD]
    assert window.side.put_away()
    assert not panel.isVisible()
    case.documents.discard_draft()
    idle.wait()


def test_what_is_cited_opens_in_the_panel_that_is_there(window: MainWindow, idle: Idle) -> None:
    window.search_beside()
    idle.wait()

    window.open_citation("行政处罚法 42")
    idle.wait()

    panel = window.side.search
    assert panel is not None
    assert panel.article.view is not None
    assert not window.side.article_panel.isVisible()


def test_the_law_of_the_day_of_the_act_is_one_choice_away(
    window: MainWindow, desk: Desk, demo_case: str, idle: Idle
) -> None:
    window.search_beside()
    panel = window.side.search
    assert panel is not None
    panel.filters.day_line.list_days()
    without = [action.text() for action in panel.filters.day_line.menu.actions()]
    window.open_step(demo_case, 13)
    idle.wait()
    panel.filters.day_line.list_days()
    today, act = panel.filters.day_line.menu.actions()

    act.trigger()
    acted = panel.as_of
    today.trigger()

    assert without == ["今天", "打开一件案件后，这里列出它的日期"]
    assert act.text().startswith("违法行为日")
    assert acted == desk.workstation.cases.view(demo_case).act_day
    assert acted is not None
    assert panel.as_of is None


def test_the_assistant_never_stands_beside_itself(window: MainWindow, idle: Idle) -> None:
    window.search_beside()
    panel = window.side.search
    assert panel is not None

    page = window.open_page("law")
    window.search_beside()
    idle.wait()

    assert isinstance(page, LawPage)
    assert not panel.isVisible()
    assert page.box.hasFocus()


def test_a_panel_beside_a_case_takes_the_room_of_its_page_where_there_is_no_more(
    window: MainWindow, demo_case: str, idle: Idle
) -> None:
    window.resize(1366, 768)
    window.open_case(demo_case)
    idle.wait()
    case = window.cases_page.current_case()
    assert case is not None

    window.search_beside()
    idle.wait()
    narrow = (window.width(), case.page.isVisible())
    window.resize(1800, 900)
    wide = case.page.isVisible()
    window.resize(1366, 768)
    assert window.side.put_away()
    idle.wait()

    assert narrow == (1366, False)
    assert wide
    assert case.page.isVisible()


def test_links_are_chosen_by_arrows_and_opened_by_enter(qtbot: QtBot) -> None:
    browser = LinkBrowser("结果")
    qtbot.addWidget(browser)
    browser.setHtml("<p>甲 <a href='a:1'>一<b>条</b></a> 乙 <a href='a:2'>二条</a></p>")
    browser.choose_first()
    assert browser.chosen_link() == "a:1"

    QTest.keyClick(browser, Qt.Key.Key_Down)
    with qtbot.waitSignal(browser.anchorClicked) as opened:
        QTest.keyClick(browser, Qt.Key.Key_Return)
    QTest.keyClick(browser, Qt.Key.Key_Down)
    assert browser.chosen_link() == "a:2"
    QTest.keyClick(browser, Qt.Key.Key_Up)
    with qtbot.waitSignal(browser.left_upwards):
        QTest.keyClick(browser, Qt.Key.Key_Up)

    assert opened.args is not None
    assert opened.args[0].toString() == "a:2"


def test_only_the_words_typed_count_where_other_words_are_switched_off(
    qtbot: QtBot, window: MainWindow, idle: Idle
) -> None:
    page = window.open_page("law")
    assert isinstance(page, LawPage)
    page.search("占道经营")
    qtbot.waitUntil(lambda: "扩展：占道经营" in page.results.toPlainText(), timeout=20_000)

    page.filters.widening.click()

    qtbot.waitUntil(lambda: "扩展：占道经营" not in page.results.toPlainText(), timeout=20_000)
    idle.wait()


def test_the_kinds_offered_are_those_there_are(qtbot: QtBot, window: MainWindow) -> None:
    page = window.open_page("law")
    assert isinstance(page, LawPage)

    qtbot.waitUntil(lambda: page.filters.kind.findText("法律") > 0, timeout=20_000)

    assert page.filters.chosen_kind is None
    assert page.filters.kind.findText("地方性法规") < 0
