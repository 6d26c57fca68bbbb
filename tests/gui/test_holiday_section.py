"""Holiday notices in the settings: what is known, previewing and taking one in, taking it back."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.settings.holiday_section import HolidaySection

pytestmark = pytest.mark.xdist_group("gui")

NOTICE = Path(__file__).parents[1] / "data" / "notices" / "2027_made_up.txt"


@pytest.fixture
def section(qtbot: QtBot, desk: Desk, idle: Idle) -> HolidaySection:
    made = HolidaySection(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    idle.wait()
    return made


def _years(section: HolidaySection) -> list[str]:
    return [section.years.index(n, 0).data() for n in range(section.years.rowCount())]


def test_the_years_are_listed_with_their_numbers(section: HolidaySection) -> None:
    assert _years(section)[0] == "2026"
    assert section.years.index(0, 2).data() == "国办发明电〔2025〕7号"


def test_a_notice_is_shown_before_it_is_taken_in_and_can_be_taken_back(
    section: HolidaySection, idle: Idle
) -> None:
    section.read_file(NOTICE)
    idle.wait()
    assert section.days.rowCount() == 33
    assert not section.take.isEnabled()

    section.by.setText("方小满")
    section.take.click()
    idle.wait()
    assert _years(section)[0] == "2027"
    assert "重新计算" in section.state.text()

    section._history_table.selectRow(0)
    section.reason.setText("导错")
    section.withdrawer.setText("方小满")
    section.withdraw.click()
    idle.wait()
    assert _years(section)[0] == "2026"
    assert section.history.rowCount() == 0


def test_a_file_that_is_no_notice_says_why(
    section: HolidaySection, idle: Idle, tmp_path: Path
) -> None:
    path = tmp_path / "x.txt"
    path.write_text("会议通知\n请准时参加。\n", encoding="utf-8")

    section.read_file(path)
    idle.wait()

    assert "没有读到年份" in section.state.text()
