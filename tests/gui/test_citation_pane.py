"""The citations of a case in the window: list, places, copy, compilation."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.pages.case_page import CasePage
from workstation.legislation.citations import Verdict

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def page(workspace: CasePage, idle: Idle) -> CasePage:
    """The workspace of the demo case with its citations in view."""
    workspace.tabs.show_pane(workspace.citations)
    idle.wait()
    return workspace


def _choose(page: CasePage, text: str) -> None:
    model = page.citations.model
    rows = [model.index(n, 0).data() for n in range(model.rowCount())]
    page.citations.table.selectRow(rows.index(text))


def test_a_citation_leads_to_its_article_its_paper_and_the_clipboard(
    page: CasePage, qtbot: QtBot, idle: Idle
) -> None:
    _choose(page, "《生态环境法典》第五百一十八条")

    page.citations.copy_citation()
    with qtbot.waitSignal(page.citation_activated) as asked:
        page.citations.open_article()
    page.citations.open_place()
    idle.wait()

    cited = "《中华人民共和国生态环境法典》第五百一十八条第二款"
    assert QGuiApplication.clipboard().text() == cited
    assert asked.args is not None
    assert asked.args[0] == cited
    assert page.tabs.shown_pane() is page.documents
    assert page.documents.choice.currentData() == ("D06", 1)


def test_the_pane_writes_the_compilation(page: CasePage, tmp_path: Path, idle: Idle) -> None:
    page.citations.compile()
    idle.wait()

    assert "已生成" in page.citations.state.text()
    assert len(list(tmp_path.glob("本案适用法律条文汇编*"))) == 2


def test_what_the_statutes_lack_is_marked_to_be_looked_up(page: CasePage) -> None:
    found = page.citations.article()

    rows = page.citations.model
    verdicts = {rows.index(n, 1).data() for n in range(rows.rowCount())}
    assert found is not None
    assert found.verdict is Verdict.OK
    assert "? 须查原文" in verdicts
