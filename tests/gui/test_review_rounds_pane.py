"""Review in rounds from the window: handed in, concluded, sent back, answered, voided."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes import FakePrompter
from tests.gui.conftest import Idle, desk_on, open_workspace
from tests.review_offices import FORM, REASON, copy_home, investigate, write_conclusions
from ui.desk import Desk
from ui.pages.case_page import CasePage
from workstation.bootstrap import open_workstation
from workstation.operations.event_files import EventRequest
from workstation.operations.review_rounds import NewOpinion, NewTask, Submission
from workstation.settings import open_home

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture(scope="module")
def investigated(
    tmp_path_factory: pytest.TempPathFactory, share_statutes: Callable[[Path], Path]
) -> tuple[Path, str]:
    """A home with the demo case at the end of its investigation, and the id of the case."""
    home = share_statutes(tmp_path_factory.mktemp("rounds") / "office")
    return home, investigate(home)


@pytest.fixture
def desk(qapp: QApplication, investigated: tuple[Path, str], tmp_path: Path) -> Iterator[Desk]:
    """The desk of a copy of that home."""
    copy_home(investigated[0], tmp_path / "office")
    workstation = open_workstation(open_home(tmp_path / "office"))
    with desk_on(workstation, qapp, FakePrompter(tmp_path)) as made:
        yield made
    workstation.close()


@pytest.fixture
def case_id(investigated: tuple[Path, str]) -> str:
    """The id of the case."""
    return investigated[1]


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-09-{text}")


def _submit(desk: Desk, case_id: str, at: str) -> None:
    submission = Submission(person="韩沧", at=_at(at), values=FORM)
    desk.workstation.review_rounds.submit(case_id, submission)


def _opinion(at: str, opinion: str, *tasks: NewTask) -> NewOpinion:
    return NewOpinion(opinion=opinion, reason=REASON, reviewer="顾知白", at=_at(at), tasks=tasks)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, case_id: str, idle: Idle) -> Callable[[], CasePage]:
    """Open the workspace of the case with the review in rounds in view."""

    def opened() -> CasePage:
        made = open_workspace(qtbot, desk, case_id, idle)
        made.tabs.show_pane(made.review_rounds)
        idle.wait()
        return made

    return opened


def test_a_case_is_handed_in_and_taken_from_the_window(
    page: Callable[[], CasePage], idle: Idle
) -> None:
    pane = page().review_rounds
    assert pane.headline.text().startswith("还没有送审")
    for name, text in FORM.items():
        pane.submission.texts[name].setPlainText(text)

    pane.submission.submit.click()
    idle.wait()
    pane.opinion.take.click()
    idle.wait()

    assert "由顾知白审查，十项结论已作出0项" in pane.headline.text()
    assert pane.views.key() == "conclusions"
    assert not pane.submission.submit.isEnabled()


def test_a_verdict_is_chosen_by_its_number_and_kept_with_its_reason(
    page: Callable[[], CasePage], desk: Desk, case_id: str, idle: Idle
) -> None:
    _submit(desk, case_id, "04T09:30")
    table = page().review_rounds.conclusions
    table.table.setFocus()
    table.table.selectRow(4)

    QTest.keyClick(table.table, Qt.Key.Key_2)
    table.reason.setPlainText("清运凭证为复印件，未注明出处。")
    table.keep.click()
    idle.wait()

    kept = desk.workstation.review_rounds.show(case_id).conclusions[4]
    assert (kept.verdict, kept.reason) == ("有瑕疵可补正", "清运凭证为复印件，未注明出处。")
    assert table.model.index(4, 2).data() == "有瑕疵可补正"
    assert table.table.currentIndex().row() == 5


def test_a_reason_that_passes_over_an_open_check_is_refused_in_words(
    page: Callable[[], CasePage], desk: Desk, case_id: str, idle: Idle
) -> None:
    _submit(desk, case_id, "04T09:30")
    pane = page().review_rounds

    pane.conclusions.keep.click()
    idle.wait()

    assert "须由人审查" in pane.state.text()


def test_the_opinion_sends_the_case_back_and_the_officer_answers(
    page: Callable[[], CasePage], desk: Desk, case_id: str, idle: Idle
) -> None:
    _submit(desk, case_id, "04T09:30")
    write_conclusions(desk.workstation, case_id)
    workspace = page()
    form = workspace.review_rounds.opinion
    form.opinion.setCurrentText("退回补充调查")
    form.reason.setText(REASON)
    form.what.setText("补充清运凭证")
    form.document.setText("d37")
    form.field.setText("facts")
    form.add.click()

    form.issue.click()
    idle.wait()
    assert "还有1项任务没有答复" in workspace.review_rounds.headline.text()
    workspace.tabs.show_pane(workspace.review_tasks)
    idle.wait()
    assert "位置：D37　" in workspace.review_tasks.detail.text()
    assert "facts" not in workspace.review_tasks.detail.text()
    workspace.review_tasks.note.setText("已补充三张清运凭证")
    workspace.review_tasks.answer.click()
    idle.wait()

    assert desk.workstation.review_rounds.tasks(case_id) == ()
    assert "可以再次送审" in workspace.review_tasks.headline.text()
    assert workspace.review_tasks.model.index(0, 2).data() == "D37"
    assert "补充清运凭证" in workspace.review_tasks.detail.text()
    assert "答复：已补充三张清运凭证" in workspace.review_tasks.detail.text()


def test_a_voided_approval_is_red_and_names_what_changed(
    page: Callable[[], CasePage], desk: Desk, case_id: str
) -> None:
    rounds = desk.workstation.review_rounds
    _submit(desk, case_id, "04T09:30")
    write_conclusions(desk.workstation, case_id)
    rounds.approve(case_id, _opinion("08T16:30", "同意"))
    note = EventRequest(
        kind="note_added",
        step=8,
        at=_at("09T09:00"),
        title="记事",
        data={"text": "更正登记"},
        facts={"place": "别处"},
    )
    desk.workstation.cases.record(case_id, note)

    pane = page().review_rounds

    assert pane.headline.property("role") == "error"
    assert "地点改了" in pane.headline.text()
    assert pane.views.key() == "changes"
    assert pane.changes.index(0, 3).data() == "别处"
    assert pane.changes.index(0, 1).data(Qt.ItemDataRole.ForegroundRole) is not None
