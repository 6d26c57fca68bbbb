"""Checking what a file or a pasted text cites, in the e助理."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.main_window import MainWindow
from ui.pages.law_page import LawPage

pytestmark = pytest.mark.xdist_group("gui")
_TEXT = "依据《中华人民共和国行政处罚法》第四十二条，同法第九十九条，《某某市市容条例》第三条。"


@pytest.fixture
def page(window: MainWindow, idle: Idle) -> LawPage:
    """The e助理 with the check of citations open."""
    window.check_citations()
    idle.wait()
    made = window.open_page("law")
    assert isinstance(made, LawPage)
    return made


@pytest.fixture
def verdicts(page: LawPage) -> Callable[[], list[str]]:
    """Return a function that reads the column of verdicts."""
    model = page.citations.model
    return lambda: [model.index(row, 1).data() for row in range(model.rowCount())]


def test_each_citation_of_a_pasted_text_gets_its_verdict(
    qtbot: QtBot, page: LawPage, verdicts: Callable[[], list[str]]
) -> None:
    page.citations.text.setPlainText(_TEXT)

    qtbot.waitUntil(lambda: len(verdicts()) == 3, timeout=20_000)

    assert verdicts() == ["✓ 有效", "✕ 没有该条", "? 须查原文"]
    assert "不能引用1处" in page.citations.state.text()
    assert page.citations.table.currentIndex().row() == 1


def test_a_file_is_checked_by_the_law_of_the_day_asked_for(
    qtbot: QtBot,
    page: LawPage,
    verdicts: Callable[[], list[str]],
    tmp_path: Path,
) -> None:
    path = tmp_path / "来文.txt"
    path.write_text("依据《生态环境法典》第五百一十八条。", "utf-8")

    page.citations.check_file(path)
    qtbot.waitUntil(lambda: verdicts() == ["✓ 有效"], timeout=20_000)
    page.citations.keep_to(date(2026, 8, 1))

    qtbot.waitUntil(lambda: verdicts() == ["✕ 尚未施行"], timeout=20_000)
    assert page.citations.state.text().startswith("来文.txt")


def test_a_file_that_cannot_be_read_is_named_and_nothing_is_lost(
    qtbot: QtBot, page: LawPage, idle: Idle, tmp_path: Path
) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(b"PK not a document")
    page.citations.text.setPlainText(_TEXT)

    page.citations.check_file(path)
    idle.wait()

    qtbot.waitUntil(lambda: page.citations.state.text().startswith("✕"), timeout=20_000)
    assert page.citations.text.toPlainText() == _TEXT


def test_a_row_opens_its_article_and_all_rows_can_be_copied(
    qtbot: QtBot, page: LawPage, verdicts: Callable[[], list[str]]
) -> None:
    page.citations.text.setPlainText(_TEXT)
    qtbot.waitUntil(lambda: len(verdicts()) == 3, timeout=20_000)

    page.citations.table.activated.emit(page.citations.model.index(0, 0))
    page.citations.copy_rows()

    qtbot.waitUntil(lambda: page.article.view is not None, timeout=20_000)
    assert QGuiApplication.clipboard().text().count("\n") == 3


def test_it_takes_the_place_of_a_comparison_that_was_open(page: LawPage) -> None:
    page.compare("中华人民共和国行政处罚法")

    page.open_citations()

    assert page.citations.isVisible()
    assert not page.comparison.isVisible()


def test_going_back_shows_the_results_again(page: LawPage) -> None:
    view = page.citations
    assert view.isVisible()

    view.closed.emit()
    after_button = page.results.isVisible()
    page.open_citations()
    QTest.keyClick(page.box, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)

    assert after_button
    assert page.results.isVisible()
    assert not view.isVisible()
