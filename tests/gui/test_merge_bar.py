"""Above a draft: wording edited by hand, and the case that moved on."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot

from tests.fakes import FakePrompter
from tests.gui.conftest import Idle, desk_on
from ui.desk import Desk
from ui.widgets.document_pane import DocumentPane
from workstation.bootstrap import open_workstation
from workstation.data_files import resources_dir
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import read_json
from workstation.settings import open_home

pytestmark = pytest.mark.xdist_group("gui")
_SUMMARY = "2026年8月19日，当事人倾倒建筑垃圾10立方米，收取清运费。"
_EDITED = _SUMMARY.replace("19日", "19日凌晨")
_TWICE = _EDITED.replace("收取清运费", "收取清运费若干")
_NEW = _SUMMARY.replace("19日", "20日").replace("收取清运费", "收取清运费1600元")


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """A small office of its own, whose one case is at its beginning."""
    workstation = open_workstation(open_home(tmp_path / "office"))
    folder = resources_dir() / "demo"
    workstation.office.set_up(folder / "office.json", folder / "matters.json")
    new = new_case_from(read_json(folder / "case.json"))
    workstation.cases.create(replace(new, summary=_SUMMARY))
    with desk_on(workstation, qapp, FakePrompter(tmp_path)) as made:
        yield made
    workstation.close()


def _open_after(
    desk: Desk, summary: str, qtbot: QtBot, idle: Idle, edited: str = _EDITED
) -> DocumentPane:
    """The filing, edited by hand before the case's summary became ``summary``."""
    workstation = desk.workstation
    case_id = workstation.cases.summaries()[0].id
    workstation.forms.save_draft(case_id, "D06", 1, {"summary": edited})
    with workstation.database.writing() as unit:
        unit.cases.update(replace(unit.cases.get(case_id), summary=summary))
        unit.log.append("case_corrected", {"case": case_id})
    pane = DocumentPane(desk, case_id)
    qtbot.addWidget(pane)
    pane.resize(520, 800)
    pane.show()
    pane.show_step(workstation.cases.view(case_id), 2)
    pane.choose("D06")
    idle.wait()
    idle.wait()
    return pane


def test_a_clean_merge_is_told_and_can_be_taken_back(desk: Desk, qtbot: QtBot, idle: Idle) -> None:
    pane = _open_after(desk, _SUMMARY.replace("10立方米", "16立方米"), qtbot, idle)
    merged = pane._form.values()["summary"] if pane._form else ""

    QTest.keyClick(pane.merges.undo, Qt.Key.Key_Space)
    idle.wait()

    assert merged == _EDITED.replace("10立方米", "16立方米")
    assert pane._form is not None
    assert pane._form.values()["summary"] == _EDITED
    assert not pane.merges.isVisible()


def test_a_conflict_shows_both_wordings_and_is_decided_by_key(
    desk: Desk, qtbot: QtBot, idle: Idle
) -> None:
    pane = _open_after(desk, _SUMMARY.replace("19日", "20日"), qtbot, idle)
    shown = [choice.accessibleName() for choice in pane.merges.findChildren(QRadioButton)]
    listed = pane.choice.currentText()

    QTest.keyClick(pane.merges.take_theirs, Qt.Key.Key_Space)
    idle.wait()

    assert "案件事实有变" in listed
    assert "案件事实有变" not in pane.choice.currentText()
    assert shown == ["您写的：2026年8月19日凌晨，", "案件现在：2026年8月20日，"]
    assert pane._form is not None
    assert pane._form.values()["summary"] == _SUMMARY.replace("19日", "20日")
    assert not pane.merges.isVisible()


def test_each_conflict_is_decided_by_itself(desk: Desk, qtbot: QtBot, idle: Idle) -> None:
    pane = _open_after(desk, _NEW, qtbot, idle, edited=_TWICE)
    merges = pane.merges
    open_at_first = merges.merge.isEnabled()
    merges.conflicts.choose(0, own=True)
    left = merges.merge.text()
    merges.conflicts.choose(1, own=False)

    QTest.keyClick(merges.merge, Qt.Key.Key_Space)
    idle.wait()

    assert not open_at_first
    assert "还有1处未选" in left
    assert pane._form is not None
    assert pane._form.values()["summary"] == _NEW.replace("20日", "19日凌晨")
    assert not merges.isVisible()
