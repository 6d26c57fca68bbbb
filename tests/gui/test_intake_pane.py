"""What was registered, corrected in the window."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.unit.operations.conftest import event
from ui.desk import Desk
from ui.widgets.intake_pane import IntakePane
from workstation.data_files import resources_dir
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import DocumentRequest, read_json

pytestmark = pytest.mark.xdist_group("gui")
Open = Callable[[Desk], IntakePane]
DEMO = resources_dir() / "demo"


@pytest.fixture
def open_pane(qtbot: QtBot) -> Callable[[Desk], IntakePane]:
    """Open the intake of the newest case of an office, as of the day after its decision."""

    def opened(desk: Desk) -> IntakePane:
        cases = desk.workstation.cases
        case_id = cases.summaries()[0].id
        made = IntakePane(desk, case_id)
        qtbot.addWidget(made)
        made.resize(520, 860)
        made.show()
        made.show_case(cases.view(case_id, date(2026, 10, 16)))
        qtbot.waitUntil(lambda: not desk.tasks.is_busy, timeout=60_000)
        return made

    return opened


@pytest.fixture
def own(bare_desk: Desk) -> Desk:
    """An office whose one case has its approval of filing issued."""
    cases = bare_desk.workstation.cases
    case_id = cases.create(new_case_from(read_json(DEMO / "case.json"))).case_id
    cases.record(case_id, event("lead_registered", 1, "2026-08-19T08:50"))
    values = read_json(DEMO / "documents" / "D06.json")["values"]
    paper = DocumentRequest(form="D06", dated=date(2026, 8, 21), values=values)
    cases.record(case_id, event("case_filed", 2, "2026-08-21T09:30", documents=(paper,)))
    return bare_desk


def test_only_what_was_typed_anew_is_changed(open_pane: Open, desk: Desk) -> None:
    pane = open_pane(desk)
    nothing = pane.changes()

    pane.party.set_text("representative", "卓望夜")
    pane.lead.set_text("case.found_at", "2026-08-19 8:30")
    pane.facts.set_text("trips", "4")

    assert nothing == {}
    assert pane.changes() == {
        "party.representative": "卓望夜",
        "case.found_at": "2026-08-19T08:30",
        "case.facts.trips": 4,
    }


def test_another_kind_of_party_empties_what_it_does_not_have(open_pane: Open, desk: Desk) -> None:
    pane = open_pane(desk)

    pane.party.set_text("kind", "公民")

    changed = pane.changes()
    assert changed["party.kind"] == "公民"
    assert changed["party.representative"] == ""


def test_a_wrong_number_is_said_under_its_field(open_pane: Open, desk: Desk) -> None:
    pane = open_pane(desk)
    pane.party.set_text("number", "91330399MA0000016L")

    pane.record()

    assert "校验码" in pane.party.input("number").accessibleDescription()
    assert "1处需要改正" in pane.state.text()


def test_a_correction_needs_a_reason_and_leads_to_the_papers_with_the_old_value(
    open_pane: Open, own: Desk, qtbot: QtBot
) -> None:
    pane = open_pane(own)
    hidden = not pane.stale_table.isVisible()
    pane.party.set_text("representative", "卓望夜")
    _record(pane, own, qtbot)
    refused = pane.state.text()
    pane.about.set_text("reason", "核对营业执照")
    _record(pane, own, qtbot)

    with qtbot.waitSignal(pane.correction_wanted) as asked:
        pane.mend.click()

    assert "没有写明更正的理由" in refused
    assert "已登记更正" in pane.state.text()
    assert hidden
    step, texts = asked.args
    assert (step, texts["document"], texts["how"]) == (2, "D06", "校对章")
    assert (texts["old"], texts["new"]) == ("卓望野", "卓望夜")
    assert pane.changes() == {}


def test_a_material_is_taken_in_and_papers_that_did_not_go_out_are_sealed_at_once(
    open_pane: Open, own: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    cases = own.workstation.cases
    case_id = cases.summaries()[0].id
    values = read_json(DEMO / "documents" / "D06.json")["values"]
    paper = DocumentRequest(form="D06", dated=date(2026, 8, 21), values=values)
    cases.record(case_id, event("note_added", 3, "2026-08-22T11:00", documents=(paper,)))
    licence = tmp_path / "营业执照.pdf"
    licence.write_bytes(b"%PDF-1.7")
    pane = open_pane(own)
    pane.party.set_text("representative", "卓望夜")
    pane.about.set_text("reason", "核对营业执照")
    pane.evidence.add(_material(licence))

    _record(pane, own, qtbot)
    offered = (pane.mend_all.isVisible(), pane.mend_all.text())
    pane.mend_all.click()
    qtbot.waitUntil(lambda: not own.tasks.is_busy, timeout=60_000)

    assert offered == (True, "没有送出的2份一并登记校对章更正")
    file = cases.view(case_id).file
    assert [piece.name for piece in file.evidence] == ["营业执照"]
    assert [e.data["document"] for e in file.all_of("document_corrected")] == ["D06", "D06-2"]
    assert "以校对章更正" in pane.state.text()
    assert pane.evidence.cards == []


def _material(path: Path) -> dict[str, str]:
    return {
        "name": path.stem,
        "kind": "书证",
        "source": "当事人提供",
        "obtained_by": "林问渠",
        "obtained_on": "2026-08-25",
        "proves": "负责人姓名",
        "file": str(path),
    }


def _record(pane: IntakePane, desk: Desk, qtbot: QtBot) -> None:
    name, control = pane.party.input("name"), Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(name, Qt.Key.Key_Return, control)
    qtbot.waitUntil(lambda: not desk.tasks.is_busy, timeout=60_000)
    cases = desk.workstation.cases
    pane.show_case(cases.view(cases.summaries()[0].id))
