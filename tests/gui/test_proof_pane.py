"""The proof of consistency in the window: red and green, keys, places, an edited file, paper."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.case_page import CasePage
from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage, open_package
from workstation.review.records import Outcome

# The demo case is made before the first test: on a loaded machine that takes minutes.
pytestmark = [pytest.mark.xdist_group("gui"), pytest.mark.timeout(600)]
WRONG = "龙屿市鲸鱼渣土清运有限公司"


@pytest.fixture
def page(workspace: CasePage, idle: Idle) -> CasePage:
    """The workspace of the demo case with the proof in view."""
    workspace.tabs.show_pane(workspace.proof)
    idle.wait()
    return workspace


@pytest.fixture
def edited(desk: Desk, demo_case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The decision of the demo case with another party, chosen when a file is asked for."""
    docx = desk.workstation.forms.export(demo_case, "D51", tmp_path).docx
    package = open_package(docx.read_bytes())
    changed = package.parts[DOCUMENT_PART].decode().replace("龙屿市鲸礁渣土清运有限公司", WRONG)
    path = tmp_path / "改.docx"
    parts = {**package.parts, DOCUMENT_PART: changed.encode()}
    path.write_bytes(DocxPackage(parts).to_bytes())
    monkeypatch.setattr(desk.prompter, "choose_file", lambda *_: path)
    return path


def test_the_demo_case_is_green_with_pointers_to_its_papers(page: CasePage) -> None:
    assert "全部相符" in page.proof.headline.text()
    assert page.proof.chips.key() == Outcome.AGREES.value
    assert page.proof.model.rowCount() >= 120
    assert "D06" in page.proof.model.index(0, 1).data()


def test_enter_goes_to_the_field_of_the_paper(page: CasePage, idle: Idle) -> None:
    page.proof.table.setFocus()

    QTest.keyClick(page.proof.table, Qt.Key.Key_Return)
    idle.wait()

    assert page.tabs.shown_pane() is page.documents


def test_an_edited_file_turns_red_and_keys_move_among_the_red(
    page: CasePage, edited: Path, idle: Idle
) -> None:
    assert edited.exists()
    page.proof.paper.setCurrentIndex(page.proof.paper.findData("D51"))
    page.proof.replace.click()
    idle.wait()

    first = page.proof.chosen()
    assert first is not None
    assert first.outcome is Outcome.CLASHES
    assert WRONG in page.proof.detail.toPlainText()
    QTest.keyClick(page.proof.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    second = page.proof.chosen()
    assert second is not None
    assert second.relation.id != first.relation.id


def test_the_issued_papers_are_compared_again_when_asked(
    page: CasePage, edited: Path, idle: Idle
) -> None:
    assert edited.exists()
    page.proof.paper.setCurrentIndex(page.proof.paper.findData("D51"))
    page.proof.replace.click()
    idle.wait()

    page.proof.reset.click()
    idle.wait()

    assert "全部相符" in page.proof.headline.text()


def test_the_proof_is_written_as_word_and_pdf(page: CasePage, idle: Idle) -> None:
    page.proof.print.click()
    idle.wait()

    assert "已生成" in page.proof.state.text()
    folder = Path(page.proof.state.text().rpartition("，在 ")[2])
    assert {path.suffix for path in folder.glob("卷面自洽证明*")} == {".docx", ".pdf"}
