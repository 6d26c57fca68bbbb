"""Service in the window: what waits, how it is begun, what each way of service asks."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.widgets.delivery_card import DeliveryCard
from ui.widgets.event_panel import EventPanel
from ui.widgets.service_pane import ServicePane

pytestmark = pytest.mark.xdist_group("gui")
DECIDED = date(2026, 10, 16)


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk, demo_case: str) -> ServicePane:
    """The list of the demo case on the day after its decision."""
    made = ServicePane(desk)
    qtbot.addWidget(made)
    made.resize(620, 600)
    made.show()
    made.show_case(desk.workstation.cases.view(demo_case, DECIDED))
    return made


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, demo_case: str, idle: Idle) -> EventPanel:
    """The events of the same day, with the service of the decision chosen."""
    made = EventPanel(desk, demo_case)
    qtbot.addWidget(made)
    made.show()
    made.show_step(desk.workstation.cases.view(demo_case, DECIDED), 14)
    idle.wait()
    made.choose("decision_served")
    return made


@pytest.fixture
def card(panel: EventPanel) -> DeliveryCard:
    """The service of the decision as it is offered."""
    (made,) = panel.enclosures.deliveries.cards
    return made


def test_what_waits_stands_first_with_its_last_day(pane: ServicePane) -> None:
    first = [pane.model.index(0, column).data() for column in range(3)]

    assert first == ["D51　行政处罚决定书", "未送达", "2026-10-26"]
    assert "1 份文书还没有送达" in pane.summary.text()
    assert "还有 10 日" in pane.detail.text()
    assert pane.basis.text() == "依据 行政处罚法§61"


def test_enter_asks_for_the_event_that_serves_the_paper(qtbot: QtBot, pane: ServicePane) -> None:
    with qtbot.waitSignal(pane.service_wanted) as asked:
        QTest.keyClick(pane.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert asked.args == [14, "decision_served", "D51", 1]


def test_a_receipt_is_corrected_by_an_event_and_never_changed(
    qtbot: QtBot, pane: ServicePane
) -> None:
    row = next(r for r in range(9) if pane.model.index(r, 0).data().startswith("D41"))
    pane.table.setCurrentIndex(pane.model.index(row, 0))

    with qtbot.waitSignal(pane.correction_wanted) as asked:
        pane.correct.click()

    assert asked.args[1]["document"].startswith("D56")
    assert "林问渠、苏砚舟送达" in pane.detail.text()


def test_the_service_of_the_decision_comes_filled_in(card: DeliveryCard) -> None:
    request = card.request()

    assert card.faults() == 0
    assert request is not None
    assert (request.form, request.method) == ("D51", "直接送达")
    assert (request.receiver, request.receiver_role) == ("卓望野", "法定代表人")
    assert request.officers == ("林问渠", "苏砚舟")


def test_a_refusal_to_sign_asks_for_reason_and_witness_or_recording(card: DeliveryCard) -> None:
    card.refuse()
    lacking = card.faults()
    card.put({"refusal": "拒绝签收", "voucher": "DEMO-AV-1"})

    assert (lacking, card.faults()) == (2, 0)
    assert "民事诉讼法§89" in card.basis.text()
    assert card.rows.input("witness").isVisibleTo(card)


@pytest.mark.parametrize(
    ("method", "said", "label"),
    [
        ("电子送达", "没有同意", "确认收悉的回执"),
        ("邮寄送达", "退回的不是送达", "邮件号码和回执"),
        ("公告送达", "D57", "张贴照片、刊登凭证"),
    ],
)
def test_each_way_says_what_it_presupposes_and_asks_its_own(
    card: DeliveryCard, method: str, said: str, label: str
) -> None:
    card.put({"method": method})

    assert said in card.condition.text()
    assert card.rows.input("voucher").accessibleName().startswith(label)


def test_pictures_of_a_service_become_evidence_and_are_named_on_the_receipt(
    panel: EventPanel, card: DeliveryCard, tmp_path: Path
) -> None:
    (tmp_path / "签收照片.jpg").write_bytes(b"picture")

    card.proof.click()

    (piece,) = panel.enclosures.typed_evidence()
    assert (piece.name, piece.kind) == ("签收照片", "视听资料")
    assert card.rows.text("voucher") == "签收照片"
    assert panel.enclosures.faults() == 0


def test_what_pieces_have_in_common_is_typed_once(panel: EventPanel, tmp_path: Path) -> None:
    for name in ("一.jpg", "二.jpg", "三.jpg"):
        (tmp_path / name).write_bytes(b"picture")
    pieces = panel.enclosures.evidence
    panel.enclosures.add_files({})
    pieces.cards[0].put({"source": "现场拍摄", "proves": "倾倒的位置"})
    pieces.cards[2].put({"proves": "倾倒的数量"})

    panel.enclosures.fill_alike()

    typed = [card.request() for card in pieces.cards]
    assert [(piece.name, piece.source, piece.proves) for piece in typed] == [
        ("一", "现场拍摄", "倾倒的位置"),
        ("三", "现场拍摄", "倾倒的位置"),
        ("二", "现场拍摄", "倾倒的数量"),
    ]


def test_a_ticked_paper_of_the_party_brings_its_service(panel: EventPanel) -> None:
    panel.choose("papers_served")
    panel.enclosures.deliveries.show_entries([])

    panel.enclosures.forms.check(["D35", "D12"])
    brought = [card.rows.text("paper") for card in panel.enclosures.deliveries.cards]
    panel.enclosures.forms.check(["D12"])

    assert brought == ["D35#0"]
    assert panel.enclosures.deliveries.cards == []


def test_what_was_typed_for_an_event_is_there_again(panel: EventPanel, card: DeliveryCard) -> None:
    card.put({"method": "邮寄送达", "voucher": "DEMO-EMS-1"})
    panel.choose("note_added")

    panel.choose("decision_served")

    (again,) = panel.enclosures.deliveries.cards
    assert again.texts() | {"method": "邮寄送达", "voucher": "DEMO-EMS-1"} == again.texts()


def test_a_paper_may_bear_its_own_day_and_number(panel: EventPanel) -> None:
    forms = panel.enclosures.forms
    forms.check(["D57"])
    forms.show_dates()
    forms.put({"D57.dated": "2026-10-01", "D57.number": "预留1号"})

    (ticked,) = forms.ticked()

    assert (ticked.dated, ticked.number) == (date(2026, 10, 1), "预留1号")
    forms.put({"D57.dated": "某日"})
    assert forms.faults() == 1


def test_a_changed_fact_is_recorded_with_the_event_and_no_other(panel: EventPanel) -> None:
    panel.enclosures.show_facts()

    shown = panel.enclosures.facts.text("prior")
    panel.enclosures.facts.put("illegal_gain", "1,800")

    assert shown == "0"
    assert panel.enclosures.typed_facts() == {"illegal_gain": 1800}
