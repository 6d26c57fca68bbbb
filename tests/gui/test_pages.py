"""The window's frame and its pages on the demo office."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.page_entries import ENTRIES
from ui.pages.archive_page import ArchivePage
from ui.pages.due_page import DuePage
from ui.pages.law_page import LawPage
from ui.pages.ledgers_page import LedgersPage
from ui.pages.review_inbox_page import ReviewInboxPage
from ui.pages.settings_page import SettingsPage
from ui.theme import DARK, LIGHT, Scheme, Tokens

pytestmark = pytest.mark.xdist_group("gui")


def test_a_case_opens_in_a_tab_once(window: MainWindow, demo_case: str, idle: Idle) -> None:
    window.open_case(demo_case)
    window.open_case(demo_case)
    idle.wait()

    assert window.cases_page.tabs.count() == 2
    assert window.cases_page.current_case() is not None


def test_every_page_of_the_rail_opens(window: MainWindow, idle: Idle) -> None:
    opened = [window.open_page(entry.key) for entry in ENTRIES]
    idle.wait()

    assert [type(page) for page in opened] == [
        DuePage,
        ReviewInboxPage,
        LawPage,
        ArchivePage,
        LedgersPage,
        SettingsPage,
    ]


def test_a_citation_opens_its_article_beside_the_page(window: MainWindow, idle: Idle) -> None:
    window.open_citation("行政处罚法§58", None)
    idle.wait()

    assert window.side.article_panel.isVisible()
    view = window.side.article_panel.view
    assert view is not None
    assert (view.title, view.label) == ("中华人民共和国行政处罚法", "第五十八条")


def test_an_unknown_law_is_said_not_to_be_in_the_store(window: MainWindow, idle: Idle) -> None:
    window.open_citation("没有这部法§1", None)
    idle.wait()

    assert "法规库里没有" in window.side.article_panel.banner.text()


def test_light_and_dark_can_be_switched(window: MainWindow) -> None:
    window.set_scheme(Scheme.DARK)

    assert window.palette().window().color().name().upper() == DARK.page
    window.set_scheme(Scheme.LIGHT)


def test_escape_puts_the_article_away(window: MainWindow, idle: Idle) -> None:
    window.open_citation("行政处罚法§58", None)
    idle.wait()

    window.step_back()

    assert not window.side.article_panel.isVisible()


def test_a_search_shows_results_grouped_by_law(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    page = LawPage(desk)
    qtbot.addWidget(page)
    page.search("听证")
    qtbot.waitUntil(lambda: page._answer is not None, timeout=5000)

    assert "第六十四条" in page.results.toPlainText()
    page._open_first()
    idle.wait()
    assert page.article.view is not None


def test_a_search_without_a_hit_says_what_to_do(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    page = LawPage(desk)
    qtbot.addWidget(page)
    page.search("㖊㖊㖊㖊")
    qtbot.waitUntil(lambda: page._answer is not None, timeout=5000)
    idle.wait()

    assert "没有找到" in page.results.toPlainText()


def test_an_example_fills_the_box(qtbot: QtBot, desk: Desk) -> None:
    page = LawPage(desk)
    qtbot.addWidget(page)

    page._on_link(QUrl("q:占道经营"))

    assert page.box.text() == "占道经营"


def test_neighbouring_articles_can_be_stepped_through(
    qtbot: QtBot, desk: Desk, idle: Idle
) -> None:
    page = LawPage(desk)
    qtbot.addWidget(page)
    page.article.show_reference("行政处罚法第六十三条", None)
    idle.wait()

    page.article._step(forward=True)
    idle.wait()

    assert page.article.view is not None
    assert page.article.view.label == "第六十四条"


def test_the_archive_lists_the_catalogue_and_verifies(
    qtbot: QtBot, desk: Desk, idle: Idle
) -> None:
    page = ArchivePage(desk)
    qtbot.addWidget(page)
    idle.wait()

    page.verify_chosen()
    idle.wait()

    assert page.catalogue.rowCount() > 40
    assert page.verdict.text().startswith("✓ 校验通过")


def test_a_damaged_package_is_named_file_by_file(
    qtbot: QtBot, desk: Desk, idle: Idle, tmp_path: Path
) -> None:
    page = ArchivePage(desk)
    qtbot.addWidget(page)
    idle.wait()
    copy = tmp_path / "copy"
    shutil.copytree(desk.workstation.archive.volumes()[0].package, copy)
    (copy / "data" / "说明" / "如何校验.txt").unlink()

    page.verify(copy)
    idle.wait()

    assert "缺少文件：data/说明/如何校验.txt" in page.verdict.text()


def test_a_case_can_be_bound_from_the_archive(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    page = ArchivePage(desk)
    qtbot.addWidget(page)
    idle.wait()

    page.bind()
    idle.wait()

    folder = desk.prompter.folder  # type: ignore[attr-defined]
    assert (folder / "X043-20260186_正卷.pdf").is_file()


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_text_stands_out_from_its_ground(tokens: Tokens) -> None:
    grounds = (tokens.page, tokens.card)
    inks = (tokens.text, tokens.muted, tokens.accent, tokens.ok, tokens.warn, tokens.error)

    assert min(_contrast(ink, ground) for ink in inks for ground in grounds) >= 4.5
    assert _contrast(tokens.text, tokens.selection) >= 4.5
    assert _contrast(tokens.text, tokens.mark) >= 4.5


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
