"""Importing texts of law in the window."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.settings.law_section import LawSection

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def section(qtbot: QtBot, desk: Desk, idle: Idle) -> LawSection:
    made = LawSection(desk)
    qtbot.addWidget(made)
    idle.wait()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "第一条　犬只束链。\n第二条　本规定自2024年5月1日起施行。\n"
    (tmp_path / "龙屿市犬只管理规定.txt").write_text(text, "gb18030")
    (tmp_path / "说明.txt").write_text("这不是法规。", "utf-8")
    return tmp_path


def test_files_are_shown_as_recognised_before_they_are_taken_in(
    section: LawSection, folder: Path, idle: Idle, desk: Desk
) -> None:
    before = desk.workstation.law.imports()
    section.read_paths((folder,))
    idle.wait()

    rows = [[section.found.index(r, c).data() for c in (1, 4, 5)] for r in range(2)]
    assert ["龙屿市犬只管理规定", "2024-05-01", "2"] in rows
    assert "可以收入1份" in section.state.text()
    assert desk.workstation.law.imports() == before
    assert not section.take.isEnabled()


def test_a_text_is_taken_in_and_out_again(
    section: LawSection, folder: Path, idle: Idle, desk: Desk
) -> None:
    section.read_paths((folder,))
    idle.wait()
    section.by.setText("方小满")
    section.take.click()
    idle.wait()

    assert section.imports.index(0, 7).data() == "在库"
    section.table.selectRow(0)
    section.undo.click()
    idle.wait()

    assert section.imports.index(0, 7).data().startswith("已撤回")
    assert desk.workstation.law.imports()[0].made_by == "方小满"
