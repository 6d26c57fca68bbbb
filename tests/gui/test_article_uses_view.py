"""Below an article stand its uses as links that lead on."""

from datetime import date

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.law_page import LawPage
from ui.pages.settings.matter_list_section import MatterListSection
from ui.pages.settings_page import SettingsPage
from ui.widgets.article_panel import ArticlePanel

pytestmark = pytest.mark.xdist_group("gui")
_PENALTY = "《中华人民共和国生态环境法典》第一千一百六十九条"


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, idle: Idle) -> ArticlePanel:
    made = ArticlePanel(desk)
    qtbot.addWidget(made)
    made.resize(420, 700)
    made.show()
    made.show_reference(_PENALTY, date(2026, 9, 1))
    idle.wait()
    return made


def test_the_duty_article_is_one_link_away(panel: ArticlePanel, idle: Idle) -> None:
    assert "第五百一十八条" in panel.uses.toPlainText()

    panel.uses.anchorClicked.emit(QUrl("p:《中华人民共和国生态环境法典》第五百一十八条"))
    idle.wait()

    assert panel.view is not None
    assert panel.view.number == 518
    assert "第一千一百六十九条" in panel.uses.toPlainText()


def test_a_matter_opens_in_the_list(
    qtbot: QtBot, desk: Desk, panel: ArticlePanel, idle: Idle
) -> None:
    code = desk.workstation.office.matters()[0].code
    assert code
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    panel.matter_opened.connect(page.show_matter)

    panel.uses.anchorClicked.emit(QUrl(f"m:{code}"))
    idle.wait()

    assert isinstance(page.section, MatterListSection)
    assert page.section.find_box.text() == code


def test_an_article_used_nowhere_leaves_no_gap(panel: ArticlePanel, idle: Idle) -> None:
    panel.show_reference("民法典 第二条", date(2026, 9, 1))
    idle.wait()

    assert panel.uses.isHidden()


def test_a_hit_names_its_counterpart(qtbot: QtBot, desk: Desk) -> None:
    page = LawPage(desk)
    qtbot.addWidget(page)
    page.show()

    page.search("生态环境法典 第一千一百六十九条")
    qtbot.waitUntil(lambda: "义务：" in page.results.toPlainText(), timeout=20_000)

    assert "义务：第五百一十八条" in page.results.toPlainText()
