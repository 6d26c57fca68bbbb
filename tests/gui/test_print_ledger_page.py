"""The ledger of printing on the demo office, beside the ledger of numbers."""

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import FakeSpooler
from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.ledgers_page import LedgersPage
from workstation.operations.printing import SinglePrint

pytestmark = pytest.mark.xdist_group("gui")


def test_a_printed_paper_is_listed_with_whom_it_went_to_and_whether_it_stands(
    qtbot: QtBot, desk: Desk, demo_case: str, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    printing = desk.workstation.printing
    monkeypatch.setattr(printing, "spooler", FakeSpooler())
    ledgers = LedgersPage(desk)
    qtbot.addWidget(ledgers)
    ledgers.setCurrentWidget(ledgers.printings)
    ledgers.show()
    idle.wait()

    outcome = printing.print_single(demo_case, SinglePrint(key="D51", printer="desk", copies=3))
    desk.bus.publish(outcome.changes)
    idle.wait()

    model = ledgers.printings.model
    cells = [model.index(0, column).data() for column in range(2, 8)]
    assert cells[0] == "行政处罚决定书　D51"
    assert cells[2:] == ["3", "单独打印", "desk", "有效"]
    with qtbot.waitSignal(ledgers.case_opened) as opened:
        ledgers.printings.table.activated.emit(model.index(0, 0))
    assert opened.args == [demo_case]
