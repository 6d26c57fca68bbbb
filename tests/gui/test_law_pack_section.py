"""Law packs in the window: what a pack would change is shown before it is installed."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from tests.law_pack_files import regulation
from ui.desk import Desk
from ui.pages.settings.law_pack_section import LawPackSection
from workstation.archive.capsules import new_signing_key
from workstation.archive.law_pack_files import read_law_pack, write_law_pack
from workstation.operations.law_packs import PackOrder

pytestmark = pytest.mark.xdist_group("gui")


def test_a_strangers_pack_needs_its_fingerprint_and_can_be_rolled_back(
    qtbot: QtBot, desk: Desk, idle: Idle, tmp_path: Path
) -> None:
    pack = tmp_path / "第一期.lawpack"
    order = PackOrder(name="地方法规", by="海州市司法局（虚构）")
    desk.workstation.law_packs.make([regulation(tmp_path, "五百元")], pack, order)
    write_law_pack(pack, read_law_pack(pack).files, new_signing_key())
    section = LawPackSection(desk)
    qtbot.addWidget(section)

    section.inspect(pack)
    idle.wait()
    section.by.setText("方小满")
    assert [section.found.index(0, column).data() for column in (1, 4)] == ["新法规", "新增 3"]
    assert not section.install.isEnabled()
    section.trust.setText(read_law_pack(pack).fingerprint)
    section.install.click()
    idle.wait()
    assert section.packs.index(0, 5).data() == "在库"
    section.table.selectRow(0)
    section.doubt.click()
    idle.wait()
    assert section.packs.index(0, 6).data() == "未信任"
    assert not section.doubt.isEnabled()
    section.back.click()
    idle.wait()

    assert section.packs.index(0, 5).data().startswith("已回退")
