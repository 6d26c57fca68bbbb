"""The deadlines of a case in the window: list, days, what-if, certificate."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.case_page import CasePage
from ui.widgets.deadline_pane import DeadlinePane

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def page(workspace: CasePage, idle: Idle) -> CasePage:
    """The workspace of the demo case while the periods of the notice run."""
    workspace.show_day(date(2026, 9, 12))
    idle.wait()
    return workspace


def _choose(pane: DeadlinePane, name: str) -> None:
    rows = [pane.model.index(n, 0).data() for n in range(pane.model.rowCount())]
    pane.table.selectRow(rows.index(name))


def test_a_clock_of_the_strip_leads_to_its_days(page: CasePage, idle: Idle) -> None:
    clock = next(b for b in page.strip.findChildren(QPushButton) if "听证申请" in b.text())

    clock.click()
    idle.wait()

    assert page.tabs.shown_pane() is page.deadlines
    assert "最后安全日 2026-09-17" in page.deadlines.headline.text()
    assert "第5个工作日" in page.deadlines.strip.accessibleDescription()
    assert "送达回证" in page.deadlines.explanation.text()


def test_a_what_if_tells_what_moves(page: CasePage, idle: Idle) -> None:
    _choose(page.deadlines, "听证申请")

    page.deadlines.days.setValue(3)
    idle.wait()

    assert "2026-09-17 → 2026-09-18" in page.deadlines.answer.text()
    assert "2026-09-18 → 2026-09-19" in page.deadlines.answer.text()


def test_the_basis_leads_to_the_article(page: CasePage, qtbot: QtBot) -> None:
    _choose(page.deadlines, "听证申请")

    with qtbot.waitSignal(page.citation_activated) as asked:
        page.deadlines.basis.click()

    assert asked.args[0] == "行政处罚法§64"


def test_the_certificate_is_exported(
    page: CasePage, desk: Desk, idle: Idle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(desk.prompter, "choose_folder", lambda *_: tmp_path)
    _choose(page.deadlines, "听证申请")

    page.deadlines.export()
    idle.wait()

    assert sorted(path.suffix for path in tmp_path.glob("期限证明书_DL06*")) == [".docx", ".pdf"]
    assert "已导出" in page.deadlines.state.text()


def test_the_certificate_is_printed(
    page: CasePage, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page.deadlines.printer, "print", lambda _, pages: f"已送 {pages.title}")
    _choose(page.deadlines, "作出处罚决定")

    page.deadlines.print()
    idle.wait()

    assert page.deadlines.state.text() == "已送 期限证明书_DL02_作出处罚决定"


def test_a_choice_stays_when_the_case_is_read_again(page: CasePage, idle: Idle) -> None:
    _choose(page.deadlines, "陈述申辩")

    page.reload()
    idle.wait()

    chosen = page.deadlines.chosen()
    assert chosen is not None
    assert chosen.deadline.name == "陈述申辩"


def test_the_days_are_painted(page: CasePage, qtbot: QtBot) -> None:
    page.tabs.show_pane(page.deadlines)
    strip = page.deadlines.strip
    _choose(page.deadlines, "作出处罚决定")
    qtbot.waitUntil(lambda: strip.height() == strip.sizeHint().height())

    picture = strip.grab().toImage()

    assert len({picture.pixel(x, 100) for x in range(picture.width())}) > 2
