"""Choosing questions for an 询问笔录 of the demo case."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.widgets.question_picker import QuestionPicker
from ui.widgets.record_form import RecordForm

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def form(qtbot: QtBot, desk: Desk, demo_case: str) -> RecordForm:
    """A third 询问笔录 of the demo case, still empty."""
    made = RecordForm(desk.workstation.forms.open_form(demo_case, "D12", 3).definition)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def picker(
    qtbot: QtBot, desk: Desk, demo_case: str, form: RecordForm, idle: Idle
) -> QuestionPicker:
    """The questions of its matter, unfolded."""
    made = QuestionPicker(desk, demo_case)
    qtbot.addWidget(made)
    made.show_form(form)
    made.open.setChecked(True)
    idle.wait()
    return made


def test_ticked_questions_become_rows_are_greyed_and_can_be_undone(
    picker: QuestionPicker, form: RecordForm
) -> None:
    picker.list.item(1).setCheckState(Qt.CheckState.Checked)

    picker.take()

    asked = form.values()["dialogue"]
    assert [row["question"] for row in asked] == [picker.list.item(1).data(256)]
    assert not picker.list.item(1).flags() & Qt.ItemFlag.ItemIsEnabled
    form.undo_stack.undo()
    assert form.values()["dialogue"] == []
    assert picker.list.item(1).flags() & Qt.ItemFlag.ItemIsEnabled


def test_a_time_at_which_the_officers_sit_elsewhere_is_warned_of(
    picker: QuestionPicker, form: RecordForm, idle: Idle
) -> None:
    form.set_edited("started_at", "2026-08-25T14:30")
    form.set_edited("ended_at", "2026-08-25T15:00")

    picker._ask_clashes()
    idle.wait()

    assert "林问渠、苏砚舟在2026-08-25 14:00至15:20另有" in picker.message.text()
