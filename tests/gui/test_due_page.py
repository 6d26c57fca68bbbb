"""The due board on the demo office, with deadlines put into its lists."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.models.due_table_model import DueTableModel
from ui.models.paged_table_model import PAGE_SIZE
from ui.page_entries import ENTRIES
from ui.pages.due_page import BLOCKED, DuePage
from workstation.operations.changes import Changes
from workstation.operations.due_board import DueGroup
from workstation.storage.records import DeadlineEntry

pytestmark = pytest.mark.xdist_group("gui")
TODAY = date.today()


@pytest.fixture
def deadlines(desk: Desk, demo_case: str) -> Iterator[int]:
    """One late deadline, one of today, and more later ones than a page holds."""
    days = [-3, 0, *([90] * PAGE_SIZE)]
    database = desk.workstation.database
    with database.reading() as unit:
        before = unit.deadlines.of_case(demo_case)
    with database.writing() as unit:
        unit.deadlines.replace(
            demo_case,
            [
                DeadlineEntry(
                    code="DL01",
                    name="立案",
                    last_day=TODAY + timedelta(days=n),
                    step=2,
                    holder="行政机关",
                )
                for n in days
            ],
        )
    yield len(days)
    with database.writing() as unit:
        unit.deadlines.replace(demo_case, before)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, deadlines: int, idle: Idle) -> DuePage:
    """The due board, shown."""
    assert deadlines
    made = DuePage(desk)
    qtbot.addWidget(made)
    made.show()
    idle.wait()
    return made


def test_the_chips_say_how_many_each_group_holds(page: DuePage, deadlines: int) -> None:
    assert page.chips.chips["all"].text() == f"全部 {deadlines}"
    assert page.chips.chips[DueGroup.OVERDUE.name].text() == "逾期 1"
    assert page.chips.chips[DueGroup.TODAY.name].text() == "今天 1"


def test_a_group_lists_its_own(page: DuePage, idle: Idle) -> None:
    page.choose(DueGroup.OVERDUE.name)
    idle.wait()

    assert page.model.rowCount() == 1
    assert page.model.index(0, 1).data() == "逾期 3 日"


def test_more_rows_are_fetched_on_the_way_down(
    page: DuePage, deadlines: int, qtbot: QtBot
) -> None:
    QAbstractItemModelTester(page.model)
    assert page.model.rowCount() == PAGE_SIZE

    with qtbot.waitSignal(page.model.rowsInserted):
        page.model.fetchMore(page.model.index(-1, -1))

    assert page.model.rowCount() == deadlines


def test_enter_asks_for_the_case_at_the_step(page: DuePage, qtbot: QtBot, demo_case: str) -> None:
    with qtbot.waitSignal(page.step_opened) as asked:
        QTest.keyClick(page.table, Qt.Key.Key_Return)

    assert asked.args == [demo_case, 2]


def test_what_was_counted_on_is_said_where_the_list_is_stale(page: DuePage, idle: Idle) -> None:
    page._toggle_derivation()
    idle.wait()

    assert "重新计算" in page.derivation.text.text()


def test_a_real_deadline_shows_its_trigger_and_days(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    page = DuePage(desk)
    qtbot.addWidget(page)
    page.show()
    idle.wait()

    page._toggle_derivation()
    idle.wait()

    assert "送达回证" in page.derivation.text.text()
    assert "不计" in page.derivation.text.text()


def test_the_chosen_person_is_remembered(
    page: DuePage, qtbot: QtBot, desk: Desk, idle: Idle
) -> None:
    page.officer.setCurrentIndex(page.officer.findData("方小满"))
    idle.wait()

    again = DuePage(desk)
    qtbot.addWidget(again)
    idle.wait()

    assert again.officer.currentData() == "方小满"
    assert again.model.rowCount() == 0
    assert "没有符合条件" in again.state.text()
    again.officer.setCurrentIndex(0)


def test_the_blocks_of_the_office_are_a_group(page: DuePage, idle: Idle) -> None:
    page.choose(BLOCKED)
    idle.wait()

    assert "没有阻断的步骤" in page.state.text()
    assert not page.words.isEnabled()


@pytest.mark.usefixtures("deadlines")
def test_counting_anew_brings_the_lists_up_to_date(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    window = MainWindow(desk, ENTRIES)
    qtbot.addWidget(window)
    window.open_due("all")
    idle.wait()

    with qtbot.waitSignal(desk.bus.changed, timeout=20_000) as told:
        window.recompute_deadlines()
    idle.wait()

    assert told.args[0].touches("deadlines")


def test_a_changed_parameter_counts_all_anew(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    window = MainWindow(desk, ENTRIES)
    qtbot.addWidget(window)
    idle.wait()

    with qtbot.waitSignal(
        desk.bus.changed,
        timeout=20_000,
        check_params_cb=lambda changes: changes.touches("deadlines"),
    ):
        desk.bus.publish(Changes.of("parameter", "minimum_heads"))


def test_the_table_model_is_empty_before_it_is_asked(desk: Desk) -> None:
    model = DueTableModel(desk.workstation.due, desk.tasks)

    assert model.rowCount() == 0
    assert not model.canFetchMore(model.index(-1, -1))
