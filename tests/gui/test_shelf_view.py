"""The three shelves of the e助理 in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.law_page import LawPage
from workstation.domain.shelves import Shelf

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, idle: Idle) -> Iterator[LawPage]:
    made = LawPage(desk)
    qtbot.addWidget(made)
    made.show()
    idle.wait()
    yield made
    for shelf in (Shelf.NOTES, Shelf.CASES):
        for text in desk.workstation.shelves.texts(shelf):
            desk.workstation.shelves.remove(text.code, "测试", "测试完毕")


def _search(qtbot: QtBot, page: LawPage, query: str) -> None:
    page.search(query)
    qtbot.waitUntil(lambda: "毫秒" in page.shelves[Shelf.CASES].results.toPlainText())


def test_a_search_counts_on_every_shelf_and_the_own_closed_case_opens(
    qtbot: QtBot, page: LawPage, demo_case: str
) -> None:
    _search(qtbot, page, "擅自倾倒建筑垃圾")

    QTest.keyClick(page.box, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)

    view = page.shelves[Shelf.CASES]
    assert view.isVisible()
    assert "本局已结案件" in view.results.toPlainText()
    assert "background-color" in view.results.toHtml()
    with qtbot.waitSignal(view.case_opened) as opened:
        view.results.anchorClicked.emit(QUrl(f"t:case:{demo_case}"))
    assert opened.args == [demo_case]


def test_a_note_is_written_found_changed_taken_off_and_put_back(
    qtbot: QtBot, page: LawPage, idle: Idle
) -> None:
    page.shelf_chips.choose(Shelf.NOTES.value)
    view = page.shelves[Shelf.NOTES]
    view.write_note()
    view.editor.title.setText("夜间倾倒取证要点")
    view.editor.by.setText("方小满")
    view.editor.text.setPlainText("先调卡口视频。依据行政处罚法第四十六条。")

    QTest.keyClick(view.editor.text, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    idle.wait()

    assert view.title.text() == "夜间倾倒取证要点"
    assert "第四十六条" in view.text.toPlainText()
    page.search("卡口视频")
    qtbot.waitUntil(lambda: "夜间倾倒" in view.results.toPlainText())
    view.remove_text()
    idle.wait()
    assert "夜间倾倒" not in view.results.toPlainText()
    view.undo_removal()
    idle.wait()
    assert "夜间倾倒" in view.results.toPlainText()


def test_an_imported_decision_with_a_name_in_it_is_marked(
    desk: Desk, page: LawPage, idle: Idle, tmp_path: Path
) -> None:
    path = tmp_path / "决定.txt"
    path.write_text("倾倒行政处罚决定书\n当事人：温砺\n罚款", encoding="utf-8")
    view = page.shelves[Shelf.CASES]
    view.import_paths((path,))
    assert "登记人" in view.state.text()
    view.by.setText("方小满")

    view.import_paths((path,))
    idle.wait()

    assert "收入1份" in view.state.text()
    assert "未遮蔽" in view.results.toPlainText()
    code = desk.workstation.shelves.texts(Shelf.CASES)[0].code
    view.open_text(code)
    idle.wait()
    assert "疑似姓名" in view.warning.text()
