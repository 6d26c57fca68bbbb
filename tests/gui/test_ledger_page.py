"""The ledger page on the demo office."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.ledger_page import LedgerPage

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, idle: Idle) -> Iterator[LedgerPage]:
    """The page with its numbers read."""
    made = LedgerPage(desk)
    qtbot.addWidget(made)
    made.show()
    idle.wait()
    yield made
    idle.wait()


def choose_form(page: LedgerPage, form: str, idle: Idle) -> None:
    page.form.setCurrentIndex(page.form.findData(form))
    idle.wait()


def test_the_filter_of_a_form_leaves_its_numbers_and_their_cases(
    page: LedgerPage, idle: Idle
) -> None:
    choose_form(page, "D51", idle)

    texts = [page.model.index(0, column).data() for column in (0, 3)]
    assert texts == ["屿综执罚决字〔2026〕第0186号", "已用"]
    assert "没有断号" in page.gap_notice.text()


def test_a_number_served_on_the_party_can_not_be_voided_and_the_page_says_why(
    page: LedgerPage, idle: Idle
) -> None:
    choose_form(page, "D51", idle)
    page.table.selectRow(0)
    page.reason.setText("打印错误")

    page.void()
    idle.wait()

    assert "已经送达，文号不能作废" in page.state.text()
    assert page.model.index(0, 3).data() == "已用"


def test_a_reserved_number_is_voided_with_its_reason_and_stays_listed(
    page: LedgerPage, idle: Idle
) -> None:
    page.reserve_form.setCurrentIndex(page.reserve_form.findData("D46"))
    page.reserve()
    idle.wait()
    page.state_choice.setCurrentIndex(page.state_choice.findData("预留"))
    idle.wait()
    page.table.selectRow(0)
    number = page.model.index(0, 0).data()
    page.reason.setText("不再举行听证")

    page.void()
    page.state_choice.setCurrentIndex(page.state_choice.findData("作废"))
    idle.wait()

    cells = [page.model.index(0, column).data() for column in (0, 3, 6)]
    assert cells == [number, "作废", "不再举行听证"]


def test_chosen_rows_are_copied_with_tabs_between_the_columns(
    page: LedgerPage, idle: Idle
) -> None:
    choose_form(page, "D06", idle)
    page.table.selectRow(0)

    page.copy()

    assert QGuiApplication.clipboard().text().split("\t")[0] == page.model.index(0, 0).data()


def test_the_ledger_is_exported_where_the_user_says(page: LedgerPage, idle: Idle) -> None:
    page.export()
    idle.wait()

    assert "已导出到" in page.state.text()
    assert page.state.text().endswith(".xlsx")
