"""Ctrl+F looks for words in the open case and jumps to the page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.case_page import CasePage

_WORDS = "我没有意见"
pytestmark = pytest.mark.xdist_group("gui")


def test_a_word_is_found_and_its_very_page_comes_into_view(
    qtbot: QtBot, desk: Desk, demo_case: str, idle: Idle
) -> None:
    page = CasePage(desk, demo_case)
    qtbot.addWidget(page)
    page.resize(1400, 900)
    page.show()
    idle.wait()
    page.activateWindow()
    page.find_words()
    page.finding.box.insert(_WORDS)
    qtbot.waitUntil(lambda: "D12-2" in page.finding.results.toPlainText(), timeout=60_000)

    QTest.keyClick(page.finding.box, Qt.Key.Key_Return)
    idle.wait()

    assert page.documents.shown_paper == ("D12", 2)
    preview = page.page.preview
    qtbot.waitUntil(lambda: preview.page_in_view == 3)
    assert any(_WORDS in line for line in preview.pages[2].lines)
    assert page.finding.isVisible()
