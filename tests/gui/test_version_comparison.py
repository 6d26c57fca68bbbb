"""The texts of a law side by side in the e助理."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.law_page import LawPage

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, idle: Idle) -> LawPage:
    """The e助理 with an article of a law that has two texts."""
    made = LawPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    idle.wait()
    made.article.show_reference("宪法 第一条", None)
    idle.wait()
    return made


def test_the_texts_are_shown_and_their_changes_stepped_through(page: LawPage, idle: Idle) -> None:
    page.article.compare_texts()
    idle.wait()
    view = page.comparison

    QTest.keyClick(view.text, Qt.Key.Key_F8)

    assert view.isVisible()
    assert view.state.text().startswith("第1处，共")
    assert "<u" in view.text.toHtml() or "underline" in view.text.toHtml()
    only = len(view.text.toPlainText())
    view.changes_only.setChecked(False)
    assert len(view.text.toPlainText()) > only
    QTest.keyClick(view.text, Qt.Key.Key_Escape)
    assert not view.isVisible()
    assert page.article.isVisible()


def test_what_a_law_repealed_is_named(page: LawPage, idle: Idle) -> None:
    page.compare("中华人民共和国生态环境法典")
    idle.wait()

    assert "中华人民共和国环境保护法" in page.comparison.facts.text()
    assert page.comparison.pairs.count() == 10


def test_a_law_of_one_text_says_what_to_do(page: LawPage, idle: Idle) -> None:
    page.compare("中华人民共和国行政处罚法")
    idle.wait()

    assert "导入另一时期的文本" in page.comparison.state.text()
    assert "本库无2021年前文本" in page.comparison.facts.text()
