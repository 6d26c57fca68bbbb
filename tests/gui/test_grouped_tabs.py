"""The two-level choice of panes of a case."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.grouped_tabs import GroupedTabs


@pytest.fixture
def panes() -> tuple[QWidget, QWidget, QWidget]:
    return QWidget(), QWidget(), QWidget()


@pytest.fixture
def tabs(qtbot: QtBot, panes: tuple[QWidget, QWidget, QWidget]) -> GroupedTabs:
    tabs = GroupedTabs(("文书", "办理"), "案件各栏")
    qtbot.addWidget(tabs)
    for pane, group, title in zip(panes, ("文书", "文书", "办理"), "甲乙丙", strict=True):
        tabs.add(pane, group, title)
    tabs.show()
    qtbot.waitExposed(tabs)
    return tabs


def test_a_group_remembers_which_pane_was_shown_last(
    tabs: GroupedTabs, panes: tuple[QWidget, QWidget, QWidget]
) -> None:
    tabs.show_pane(panes[1])

    tabs.show_pane(panes[2])
    tabs.group_bar.setCurrentIndex(0)

    assert tabs.shown_pane() is panes[1]


def test_a_group_of_one_pane_shows_no_second_row(
    tabs: GroupedTabs, panes: tuple[QWidget, QWidget, QWidget]
) -> None:
    tabs.show_pane(panes[2])

    assert not tabs.pane_bar.isVisible()


def test_control_and_a_digit_choose_a_group(
    tabs: GroupedTabs, panes: tuple[QWidget, QWidget, QWidget]
) -> None:
    tabs.activateWindow()
    tabs.group_bar.setFocus()

    QTest.keyClick(tabs.group_bar, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert tabs.shown_pane() is panes[2]


def test_a_pane_that_was_not_added_is_refused(qtbot: QtBot, tabs: GroupedTabs) -> None:
    stranger = QWidget()
    qtbot.addWidget(stranger)

    with pytest.raises(ValueError, match="not added"):
        tabs.show_pane(stranger)
