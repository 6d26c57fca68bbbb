"""Printers and trays in the settings: choosing a form, setting it, the warning, the test page."""

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.fakes import FakeSpooler
from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.settings.printer_section import PrinterSection
from workstation.operations.desk_printers import DEFAULT

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def spooler(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> FakeSpooler:
    """A print system with the one printer “desk”."""
    made = FakeSpooler()
    monkeypatch.setattr(desk.workstation.printing, "spooler", made)
    return made


@pytest.fixture
def section(
    qtbot: QtBot, desk: Desk, idle: Idle, spooler: FakeSpooler
) -> Iterator[PrinterSection]:
    """The section, shown; what it sets is taken back."""
    assert spooler.sent == []
    made = PrinterSection(desk)
    qtbot.addWidget(made)
    made.show()
    idle.wait()
    yield made
    idle.wait()
    for key in ("D51", DEFAULT):
        desk.workstation.printers.put(key, None)


def _row(section: PrinterSection, key: str) -> tuple[str, ...]:
    section.choose(key)
    row = section.table.currentIndex().row()
    columns = range(section.model.columnCount())
    return tuple(str(section.model.index(row, column).data()) for column in columns)


def test_the_default_and_every_form_are_listed(section: PrinterSection, desk: Desk) -> None:
    QAbstractItemModelTester(section.model)

    assert section.model.rowCount() == len(desk.workstation.forms.catalogue().definitions) + 1
    assert section.title.text().startswith("其余各种文书")
    assert not section.copies.isEnabled()
    assert section.printer.findText("desk") > 0


def test_what_is_set_for_a_form_is_shown_and_can_be_taken_back(
    section: PrinterSection, idle: Idle
) -> None:
    section.choose("D51")
    section.printer.setCurrentText("desk")
    section.tray.setCurrentText("tray-2")
    section.sides.setCurrentText("单面")
    section.copies.setText("当事人1、存档2")

    section.put()
    idle.wait()

    own = _row(section, "D51")
    assert section.table.currentIndex().row() == 1
    assert own[1:] == ("本机设置", "desk", "tray-2", "单面", "当事人1、存档2")
    assert "已保存" in section.said.text()
    section.clear.click()
    idle.wait()
    assert _row(section, "D51")[1] == "本局规则"


def test_a_printer_that_is_not_there_is_warned_of(section: PrinterSection, idle: Idle) -> None:
    section.choose("D51")
    section.printer.setCurrentText("大厅")

    section.put()
    idle.wait()

    assert section.state.text() == "这台电脑上没有打印机“大厅”（1 种文书）"
    assert _row(section, "D51")[2] == "⚠ 大厅"


def test_copies_nobody_understands_are_told_and_not_kept(
    section: PrinterSection, desk: Desk
) -> None:
    section.choose("D51")
    section.copies.setText("两份")

    section.put()

    assert "看不懂份数“两份”" in section.said.text()
    assert desk.workstation.printers.get("D51").own is None


def test_a_test_page_is_sent_to_the_printer_and_tray_typed(
    section: PrinterSection, spooler: FakeSpooler, idle: Idle
) -> None:
    section.print_test_page()
    assert "先选定一台打印机" in section.said.text()
    section.printer.setCurrentText("desk")
    section.tray.setCurrentText("manual")

    section.print_test_page()
    idle.wait()

    (job,) = spooler.sent
    assert (job.title, job.tray, job.duplex) == ("打印机测试页", "manual", True)
    assert "任务 desk-1" in section.said.text()


def test_words_narrow_the_list(section: PrinterSection) -> None:
    section.find_box.setText("决定书")

    titles = [str(section.model.index(row, 0).data()) for row in range(section.model.rowCount())]
    assert titles
    assert all("决定书" in title for title in titles)
