"""The lawyer's pane: choosing what leaves, replies coming back, conflicts side by side."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.capsule_replies import item, on_check, write_reply
from tests.fakes import FakePrompter
from tests.gui.conftest import Idle, desk_on
from ui.desk import Desk
from ui.pages.case_page import CasePage
from ui.widgets.lawyer_pane import LawyerPane
from workstation.archive import verify_capsule
from workstation.bootstrap import Workstation, open_workstation
from workstation.settings import open_home

pytestmark = [pytest.mark.xdist_group("gui"), pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def own_office(
    office: Workstation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workstation]:
    """A copy of the demo office that these tests may write to."""
    home = tmp_path_factory.mktemp("capsule") / "home"
    shutil.copytree(office.home.root, home)
    workstation = open_workstation(open_home(home))
    yield workstation
    workstation.close()


@pytest.fixture
def desk(qapp: QApplication, own_office: Workstation, tmp_path: Path) -> Iterator[Desk]:
    """The desk of the copied office."""
    with desk_on(own_office, qapp, FakePrompter(tmp_path)) as made:
        yield made


@pytest.fixture
def page(workspace: CasePage, idle: Idle) -> CasePage:
    """The workspace of the demo case with the pane in view."""
    workspace.tabs.show_pane(workspace.lawyer)
    idle.wait()
    return workspace


def _tick(pane: LawyerPane, text: str) -> None:
    (found,) = pane.form.sensitive.findItems(text, Qt.MatchFlag.MatchContains)
    found.setCheckState(Qt.CheckState.Checked)


def test_a_capsule_goes_out_and_two_replies_come_back_to_be_decided(
    page: CasePage, tmp_path: Path, idle: Idle
) -> None:
    pane = page.lawyer
    ticked = [
        pane.form.sensitive.item(row).text()
        for row in range(pane.form.sensitive.count())
        if pane.form.sensitive.item(row).checkState() == Qt.CheckState.Checked
    ]
    pane.form.recipient.setText("闻澜律师")
    _tick(pane, "D40 ")
    pane.make()
    idle.wait()
    refused = pane.form.said.text()
    pane.form.reason.setText("复核审核意见")
    pane.make()
    idle.wait()
    (path,) = tmp_path.glob("案卷胶囊*.zip")
    found = verify_capsule.check(path)
    on_page = item(2, text="第2页文号有误", page=2)
    for name, items in (
        ("闻澜", [on_check(1, "符合"), on_page]),
        ("岑川", [on_check(3, "不符合", text="<b>送达</b>有瑕疵")]),
    ):
        pane.merge(write_reply(tmp_path / f"{name}.json", found.seal, items, author=name))
        idle.wait()

    assert ticked == []
    assert "没有写明理由" in refused
    assert found.problems == []
    assert pane.model.index(0, 1).data() == "⚠ 结论不一致"
    assert "<b>送达</b>有瑕疵" in pane.detail.toPlainText()

    pane.reason.setText("采纳岑川")
    pane.conclusion.setCurrentIndex(1)
    pane.decide()
    idle.wait()
    rows = [pane.model.index(n, 1).data() for n in range(pane.model.rowCount())]
    pane.table.selectRow(rows.index("意见"))
    pane.go_to_place()
    idle.wait()

    assert "已定：不符合" in rows
    assert page.tabs.shown_pane() is page.documents
    assert page.documents.choice.currentData() == ("D51", 1)


def test_a_changed_reply_is_refused_in_words(page: CasePage, tmp_path: Path, idle: Idle) -> None:
    path = write_reply(tmp_path / "r.json", "5" * 64, [item(1)])
    content = json.loads(path.read_text(encoding="utf-8"))
    content["author"] = "别人"
    path.write_text(json.dumps(content), encoding="utf-8")

    page.lawyer.merge(path)
    idle.wait()

    assert "校验值不符" in page.lawyer.state.text()
