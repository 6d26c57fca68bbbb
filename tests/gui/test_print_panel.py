"""The printing panel of a case on the demo office, with a print system that takes what it gets."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import FakeSpooler
from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.widgets.print_panel import PrintPanel

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def spooler(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> FakeSpooler:
    """A print system in the place of the machine's."""
    made = FakeSpooler()
    monkeypatch.setattr(desk.workstation.printing, "spooler", made)
    return made


@pytest.fixture
def panel(
    qtbot: QtBot, desk: Desk, idle: Idle, demo_case: str, spooler: FakeSpooler
) -> Iterator[PrintPanel]:
    """The panel with the papers of step 13."""
    assert spooler.sent == []
    made = PrintPanel(desk, demo_case)
    qtbot.addWidget(made)
    made.scope.setCurrentIndex(1)
    made.show_step(13)
    made.show()
    idle.wait()
    yield made
    idle.wait()


def rows_of(panel: PrintPanel) -> list[tuple[str, str]]:
    return [
        (str(panel.model.index(row, 0).data()), str(panel.model.index(row, 3).data()))
        for row in range(panel.model.rowCount())
    ]


def test_the_papers_of_the_step_stand_in_the_list_with_what_is_done_by_hand(
    panel: PrintPanel,
) -> None:
    assert any(name.endswith("D51") for name, _ in rows_of(panel))
    tasks = [panel.hand_tasks.item(row).text() for row in range(panel.hand_tasks.count())]
    assert any("盖章" in task and task.startswith("D51") for task in tasks)


def test_a_paper_that_was_not_taken_is_retried_alone(
    panel: PrintPanel, spooler: FakeSpooler, idle: Idle
) -> None:
    spooler.refused = "D51 执行"
    panel.print()
    idle.wait()
    assert "没有送出" in panel.state.text()
    sent = len(spooler.sent)
    spooler.refused = ""

    panel.retry()
    idle.wait()

    assert [job.title.rsplit(" ", 2)[1:] for job in spooler.sent[sent:]] == [["D51", "执行"]]
    assert not panel.retry_button.isVisible()
    states = {name[-3:]: state for name, state in rows_of(panel)}
    assert states["D51"].startswith("已打印")


def test_rows_of_a_kind_are_chosen_at_once_and_taken_back(panel: PrintPanel) -> None:
    panel.pickers["本步的"].click()
    of_step, told = panel.chosen_keys(), panel.state.text()

    panel.pickers["全部"].click()

    assert "D51" in of_step
    assert len(of_step) == panel.model.rowCount()
    assert f"已选定{len(of_step)}份" in told
    assert panel.chosen_keys() == ()


def test_drafts_are_listed_and_chosen_at_once(
    panel: PrintPanel, desk: Desk, demo_case: str, idle: Idle
) -> None:
    forms = desk.workstation.forms
    forms.save_draft(demo_case, "D71", 1, {"old": "甲", "new": "乙"})

    panel.pickers["有草稿的"].click()
    idle.wait()
    chosen = panel.chosen_keys()
    forms.discard_draft(demo_case, "D71", 1)

    assert chosen == ("D71",)
    assert panel.drafts.isChecked()
