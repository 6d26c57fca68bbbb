"""From a matter in the settings one click to a past decision and to a form."""

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.settings.matter_list_section import MatterListSection
from ui.pages.settings.template_section import TemplateSection
from ui.pages.settings_page import SettingsPage

pytestmark = pytest.mark.xdist_group("gui")


def test_the_closed_case_and_the_form_of_a_matter_are_one_click_away(
    qtbot: QtBot, desk: Desk, demo_case: str, idle: Idle
) -> None:
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.show()
    matter = desk.workstation.cases.view(demo_case).file.case.matter_code
    page.show_matter(matter)
    idle.wait()
    section = page.section
    assert isinstance(section, MatterListSection)
    text = section.details.toPlainText()
    assert "1件（件数少，仅供了解）" in text
    assert "不是建议" in text

    with qtbot.waitSignal(page.case_opened) as opened:
        section.details.anchorClicked.emit(QUrl(f"case:{demo_case}"))
    section.details.anchorClicked.emit(QUrl("form:D51"))
    idle.wait()

    assert opened.args == [demo_case]
    assert isinstance(page.section, TemplateSection)
    assert page.section.chosen == "D51"
