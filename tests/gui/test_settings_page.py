"""The settings page: its list of sections, and the sections that are tables."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.settings.section_entry import SectionEntry
from ui.pages.settings.table_section import TableSection
from ui.pages.settings_page import SettingsPage

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, idle: Idle) -> SettingsPage:
    """The settings page, shown."""
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    idle.wait()
    return made


def _table(page: SettingsPage, key: str) -> TableSection:
    section = page.open_section(key)
    assert isinstance(section, TableSection)
    return section


def test_the_people_of_the_office_are_listed(page: SettingsPage, idle: Idle) -> None:
    section = _table(page, "people")
    idle.wait()

    assert section.model.rowCount() == 10
    QAbstractItemModelTester(section.model)


def test_the_self_test_finds_the_demo_office_in_order(page: SettingsPage, idle: Idle) -> None:
    section = _table(page, "self_check")
    idle.wait()

    results = [section.model.index(row, 1).data() for row in range(section.model.rowCount())]
    assert results == ["✓"] * 4


def test_arrows_walk_through_the_sections(page: SettingsPage) -> None:
    QTest.keyClick(page.list, Qt.Key.Key_Down)

    assert page.heading.text() == "人员与证件"


def test_enter_goes_into_the_section(page: SettingsPage, qtbot: QtBot) -> None:
    section = _table(page, "people")

    QTest.keyClick(page.list, Qt.Key.Key_Return)

    qtbot.waitUntil(section.table.hasFocus)


def test_typing_in_the_box_finds_a_section(page: SettingsPage, qtbot: QtBot) -> None:
    QTest.keyClick(page.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.find_box.hasFocus)

    page.find_box.insert("期限")

    assert page.heading.text() == "期限规则"
    assert page.list.item(0).isHidden()


def test_opening_a_section_shows_the_whole_list_again(page: SettingsPage) -> None:
    page.find_box.setText("期限")

    page.open_section("bureau")

    assert not page.list.item(0).isHidden()
    assert page.heading.text() == "机关"


class _Searched(QWidget):
    """A section with a box of its own."""

    def __init__(self, _desk: Desk) -> None:
        super().__init__()
        self.find_box = QLineEdit(self)
        self.setFocusProxy(self.find_box)


def test_find_inside_a_section_goes_to_its_own_box(qtbot: QtBot, desk: Desk) -> None:
    page = SettingsPage(desk, sections=(SectionEntry(key="own", title="自有", make=_Searched),))
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    section = page.section
    assert isinstance(section, _Searched)
    section.find_box.setFocus()
    qtbot.waitUntil(section.find_box.hasFocus)

    QTest.keyClick(section.find_box, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    assert section.find_box.hasFocus()
