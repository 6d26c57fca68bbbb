"""Lists of matters, delegations, the radar and 从旧兼从轻 in the window."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.fakes import FakePrompter
from tests.gui.conftest import Idle, desk_on
from tests.matter_workbooks import make_rows, write_rows
from ui.desk import Desk
from ui.pages.settings.authority_section import AuthoritySection
from ui.pages.settings.matter_list_section import MatterListSection
from ui.pages.settings.notice_section import NoticeSection
from ui.pages.settings.radar_section import RadarSection
from ui.widgets.law_pane import LawPane
from workstation.bootstrap import Workstation, open_workstation
from workstation.data_files import resources_dir
from workstation.domain.dated_entries import EntryKind
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import read_json
from workstation.operations.law import LawOperations
from workstation.settings import open_home

SECOND = "屿政发〔2026〕9号"


class FilePrompter(FakePrompter):
    """Names the list as the file to read, and a file beside it as the one to write."""

    @override
    def choose_file(self, parent: QWidget, title: str, start: Path, kinds: str) -> Path | None:
        return self.folder / "list.xlsx"

    @override
    def choose_target(self, parent: QWidget, title: str, start: Path, kinds: str) -> Path | None:
        return self.folder / "written.xlsx"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The statutes, read in once for this file; the index is not needed here."""
    folder = tmp_path_factory.mktemp("statutes")
    law = LawOperations(folder, folder)
    law.open_texts()
    law.close()
    return folder


@pytest.fixture
def own(texts: Path, tmp_path: Path) -> Iterator[Workstation]:
    """An office of its own beside the statutes."""
    home = open_home(tmp_path / "office")
    if home.legislation.exists():
        home.legislation.rmdir()
    home.legislation.symlink_to(texts)
    workstation = open_workstation(home)
    folder = resources_dir() / "demo"
    workstation.office.set_up(folder / "office.json", folder / "matters.json")
    workstation.law.open_texts()
    yield workstation
    workstation.close()


@pytest.fixture
def desk(qapp: QApplication, own: Workstation, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(own, qapp, FilePrompter(tmp_path)) as made:
        yield made


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A list of three matters."""
    notice = {"文号": SECOND, "施行日期": "2026-09-01", "清单类型": "统一目录"}
    return write_rows(tmp_path / "list.xlsx", make_rows(3), notice)


def test_matters_are_filtered_while_typing_and_read_as_of_a_day(
    qtbot: QtBot, desk: Desk, idle: Idle
) -> None:
    section = MatterListSection(desk)
    qtbot.addWidget(section)
    idle.wait()
    assert section.model.rowCount() == 1
    assert "第一千一百六十九条" in section.details.toPlainText()

    section.day.setText("2026-08-01")
    section.day.editingFinished.emit()
    idle.wait()
    assert "第一千一百六十九条" not in section.details.toPlainText()
    section.find_box.setText("没有这样的事项")

    assert section.model.rowCount() == 0
    assert "换一个词" in section.state.text()


def test_an_article_of_a_matter_opens_when_clicked(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    section = MatterListSection(desk)
    qtbot.addWidget(section)
    idle.wait()

    with qtbot.waitSignal(section.citation_activated) as caught:
        section.details.anchorClicked.emit(QUrl("article:《行政处罚法》第九条"))

    assert caught.args == ["《行政处罚法》第九条", date.today()]


def test_a_list_is_previewed_and_carried_out(
    qtbot: QtBot, desk: Desk, idle: Idle, sound: Path
) -> None:
    section = NoticeSection(desk)
    qtbot.addWidget(section)
    section.choose_file()
    idle.wait()
    assert "新增 3 项" in section.state.text()
    assert section.rows.rowCount() == 3

    section.carry_out()
    assert "登记人" in section.state.text()
    section.form.set_entered_by("方小满")
    section.carry_out()
    idle.wait()

    assert section.notices.rowCount() == 1
    assert len(desk.workstation.matter_lists.listed(date(2026, 9, 1), "330217")) == 4
    assert sound.exists()


def test_faults_are_listed_copied_and_saved_and_nothing_goes_in(
    qtbot: QtBot, desk: Desk, idle: Idle, tmp_path: Path
) -> None:
    rows = make_rows(3)
    rows[0]["权力类型"] = "授权"
    write_rows(tmp_path / "list.xlsx", rows)
    section = NoticeSection(desk)
    qtbot.addWidget(section)
    section.show()

    section.choose_file()
    idle.wait()
    section.copy()
    section.export_faults()
    idle.wait()

    assert section.faults.index(0, 0).data() == "D3"
    assert QGuiApplication.clipboard().text().startswith("D3\t授权")
    assert (tmp_path / "written.xlsx").exists()
    assert not section.carry_out_button.isEnabled()


def test_two_notices_are_compared_and_the_last_is_taken_back(
    qtbot: QtBot, desk: Desk, idle: Idle, tmp_path: Path
) -> None:
    lists = desk.workstation.matter_lists
    for number, count, day in (("通告1", 3, "2026-09-01"), ("通告2", 2, "2026-10-01")):
        rows = [{**row, "生效日期": ""} for row in make_rows(count)]
        head = {"文号": number, "施行日期": day, "清单类型": "统一目录", "导入方式": "整单"}
        lists.carry_out(write_rows(tmp_path / "list.xlsx", rows, head), "方小满")
    section = NoticeSection(desk)
    qtbot.addWidget(section)
    idle.wait()

    section.compare()
    idle.wait()
    assert "3 项 → 通告2 2 项" in section.state.text()
    assert section.rows.index(0, 0).data() == "取消"
    section.reason.setText("重来")
    section.roll_back()
    idle.wait()

    assert [notice.number for notice in lists.notices()] == ["通告1"]


def test_a_delegation_is_entered_and_what_is_missing_is_said(
    qtbot: QtBot, desk: Desk, idle: Idle
) -> None:
    section = AuthoritySection(desk)
    qtbot.addWidget(section)
    idle.wait()
    typed = {
        "number": "委托书〔2026〕1号", "principal": "龙屿市综合行政执法局", "agent": "潮信街道",
        "matters": "DEMO-330217-A01", "powers": "调查取证", "principal_duties": "监督",
        "valid_from": "2026-01-01", "valid_to": "2026-12-31", "source": "委托书", "by": "方小满",
    }  # fmt: skip
    for name, text in typed.items():
        section.rows.set_text(name, text)

    section.add()
    idle.wait()
    assert "受委托组织的责任" in section.state.text()
    section.rows.set_text("agent_duties", "依法实施")
    section.add()
    idle.wait()

    assert len(desk.workstation.authorities.entries(EntryKind.DELEGATION)) == 1
    assert section.model.index(0, 0).data() == "委托书〔2026〕1号"


def test_every_kind_of_entry_has_its_own_form(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    section = AuthoritySection(desk)
    qtbot.addWidget(section)

    section.kinds.setCurrentIndex(2)
    idle.wait()

    assert "ground" in section.rows.names
    assert "agent" not in section.rows.names


@pytest.fixture
def earlier(own: Workstation) -> str:
    """A case whose act lies before the code."""
    new = new_case_from(read_json(resources_dir() / "demo" / "case.json"))
    facts = {**new.facts, "act_start": "2026-08-10T01:00", "act_end": "2026-08-10T02:00"}
    return own.cases.create(replace(new, facts=facts)).case_id


def test_the_radar_lists_touched_cases_and_opens_one(
    qtbot: QtBot, desk: Desk, idle: Idle, earlier: str
) -> None:
    section = RadarSection(desk)
    qtbot.addWidget(section)

    section.start()
    idle.wait()

    assert section.cases.index(0, 2).data() == "行为日与今日规定不同"
    with qtbot.waitSignal(section.case_opened) as caught:
        section.case_table.activated.emit(section.cases.index(0, 0))
    assert caught.args == [earlier]


def test_both_laws_stand_side_by_side_and_a_person_concludes(
    qtbot: QtBot, desk: Desk, idle: Idle, earlier: str
) -> None:
    pane = LawPane(desk, earlier)
    qtbot.addWidget(pane)
    pane.show_case(desk.workstation.cases.view(earlier))
    idle.wait()
    shown = pane.text.toPlainText()
    assert "行为时的规定" in shown
    assert "现行规定" in shown
    assert "裁量阶次（只列候选，由人选定）" in shown

    pane.conclude_old()
    assert "理由" in pane.state.text()
    pane.reason.setPlainText("幅度相同，适用旧规定")
    with qtbot.waitSignal(pane.concluded) as caught:
        pane.conclude_old()

    assert caught.args == ["行为时的规定", "幅度相同，适用旧规定"]
