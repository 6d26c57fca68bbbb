"""Printing from a list on the demo office: the files, the rows with faults, going on."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.fakes import FakeSpooler
from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.batch_print_page import BatchPrintPage
from ui.pages.ledgers_page import LedgersPage

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def ledgers(qtbot: QtBot, desk: Desk, idle: Idle) -> LedgersPage:
    """The ledgers with the page in front."""
    shown = LedgersPage(desk)
    qtbot.addWidget(shown)
    shown.setCurrentWidget(shown.batch)
    shown.show()
    idle.wait()
    return shown


@pytest.fixture
def page(ledgers: LedgersPage) -> BatchPrintPage:
    """The page as the ledgers show it."""
    return ledgers.batch


@pytest.fixture
def number(desk: Desk, demo_case: str) -> str:
    """The number of the demo case."""
    return desk.workstation.cases.view(demo_case).file.case.number


def write(path: Path, *rows: str) -> Path:
    """Write a list."""
    path.write_text("\n".join(("案号,文书", *rows)), encoding="utf-8")
    return path


def test_a_list_becomes_a_file_and_its_faulty_rows_are_copied(
    page: BatchPrintPage, idle: Idle, number: str, tmp_path: Path
) -> None:
    page.show_list(write(tmp_path / "清单.csv", f"{number},D51", f"{number},D99"))

    page.start()
    idle.wait()
    page.copy()

    assert (tmp_path / "清单_双面.pdf").is_file()
    assert "1份文书，共3份" in page.state.text()
    assert "1行有错" in page.state.text()
    assert page.table.isVisible()
    assert QGuiApplication.clipboard().text().startswith("B3\tD99\t没有“D99”这种文书")


def test_a_cancelled_run_says_that_it_goes_on(
    page: BatchPrintPage, desk: Desk, idle: Idle, number: str, tmp_path: Path
) -> None:
    page.show_list(write(tmp_path / "清单.csv", f"{number},D51"))

    page.start()
    for task in desk.tasks.running:
        task.stop.set()
    idle.wait()

    assert "接着做" in page.state.text()
    assert page.start_button.isEnabled()
    assert not (tmp_path / "清单_双面.pdf").exists()


def test_a_template_of_the_chosen_form_is_written(
    page: BatchPrintPage, idle: Idle, tmp_path: Path
) -> None:
    page.form.setCurrentIndex(page.form.findData("D11"))

    page.export_template()
    idle.wait()

    assert (tmp_path / "批量打印D11.xlsx").is_file()
    assert "模板已写到" in page.state.text()


def test_without_a_list_nothing_is_made_and_the_page_says_what_to_do(
    page: BatchPrintPage, tmp_path: Path
) -> None:
    page.start()

    assert not page.start_button.isEnabled()
    assert "先导出模板" in page.state.text()
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_file_that_is_no_list_is_refused_in_words(
    page: BatchPrintPage, idle: Idle, tmp_path: Path
) -> None:
    path = tmp_path / "清单.csv"
    path.write_text("姓名,金额\n甲,1\n", encoding="utf-8")
    page.show_list(path)

    page.start()
    idle.wait()

    assert "没有找到表头“案号”“文书”" in page.state.text()
    assert page.start_button.isEnabled()


def test_the_files_are_sent_to_the_printer_and_noted_in_the_ledger(
    page: BatchPrintPage,
    desk: Desk,
    idle: Idle,
    number: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spooler = FakeSpooler()
    monkeypatch.setattr(desk.workstation.printing, "spooler", spooler)
    monkeypatch.setattr(desk.workstation.batches, "spooler", spooler)
    page.show_list(write(tmp_path / "清单.csv", f"{number},D53", f"{number},D35"))
    assert not page.print_button.isVisible()
    page.start()
    idle.wait()

    page.print()
    idle.wait()

    assert [job.file.name for job in spooler.sent] == ["清单_双面.pdf"]
    assert "已送 desk" in page.state.text()
    assert desk.workstation.printing.lines(1)[0].printing.document == "D35"
    assert not page.print_button.isVisible()
