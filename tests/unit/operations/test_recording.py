"""One event is one write: all of it, or nothing."""

from datetime import date
from pathlib import Path

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.documents.docx_package import open_package
from workstation.domain.cases import Override
from workstation.errors import InvalidInputError
from workstation.operations.event_files import DeliveryRequest, DocumentRequest, EvidenceRequest
from workstation.operations.papers import IncompleteDocumentError
from workstation.operations.recording import GuardRefusedError

DECISION = DocumentRequest(form="D51", dated=date(2026, 8, 24))


def test_filing_gives_the_case_its_number_and_serial(desk: Workstation, case_id: str) -> None:
    case = desk.cases.view(case_id).file.case

    assert case.number == "屿综执立字〔2026〕0186号"
    assert case.serial == 186
    assert case.lead.number == "屿案源〔2026〕0412号"


def test_a_refused_event_leaves_nothing(desk: Workstation, case_id: str) -> None:
    before = desk.cases.view(case_id).file

    with pytest.raises(GuardRefusedError) as refusal:
        desk.cases.record(case_id, event("decision_made", 13, "2026-08-24T10:00"))

    assert desk.cases.view(case_id).file == before
    assert refusal.value.blocks[0].basis
    assert refusal.value.hint


def test_a_paper_without_its_required_values_is_not_issued(
    desk: Workstation, case_id: str
) -> None:
    request = event("note_added", 13, "2026-08-24T10:00", documents=(DECISION,))

    with pytest.raises(IncompleteDocumentError, match="行政处罚决定书"):
        desk.cases.record(case_id, request)

    file = desk.cases.view(case_id).file
    assert file.document("D51") is None
    assert file.first("note_added") is None


def test_the_file_of_an_issued_record_is_struck_as_high_as_its_page_shows(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    values = {
        "started_at": "2026-08-22T09:00",
        "ended_at": "2026-08-22T09:40",
        "scene": "地面有装修垃圾。",
        "recording": "执法记录仪全程记录",
    }
    paper = DocumentRequest(form="D10", dated=date(2026, 8, 22), values=values)
    desk.cases.record(
        case_id, event("evidence_collected", 3, "2026-08-22T10:00", documents=(paper,))
    )

    xml = open_package(desk.forms.export(case_id, "D10", tmp_path).docx.read_bytes()).parts
    (height,) = desk.forms.page_of(case_id, "D10").stroke_heights
    assert height > 0
    assert f'to="0pt,{28 + height:g}pt"'.encode() in xml["word/document.xml"]


def test_service_of_a_paper_never_issued_is_refused(desk: Workstation, case_id: str) -> None:
    delivery = DeliveryRequest(
        form="D51",
        method="直接送达",
        receiver="卓望野",
        receiver_role="法定代表人",
        at=event("x", 1, "2026-08-24T10:00").at,
        place="龙屿市望潮大道0号",
        officers=("林问渠", "苏砚舟"),
    )

    with pytest.raises(InvalidInputError, match="D51"):
        desk.cases.record(
            case_id, event("note_added", 14, "2026-08-24T10:00", deliveries=(delivery,))
        )


def test_evidence_of_an_unlawful_kind_is_refused(desk: Workstation, case_id: str) -> None:
    piece = EvidenceRequest(
        name="传闻",
        kind="道听途说",
        source="—",
        obtained_by="林问渠",
        obtained_on=date(2026, 8, 24),
        proves="—",
    )

    with pytest.raises(InvalidInputError, match="八类"):
        desk.cases.record(
            case_id, event("evidence_collected", 3, "2026-08-24T10:00", evidence=(piece,))
        )


def test_an_officer_whose_certificate_has_expired_cannot_act(
    desk: Workstation, case_id: str
) -> None:
    late = event("scene_inspected", 3, "2029-03-01T09:00", data={"officers": ["林问渠", "苏砚舟"]})

    with pytest.raises(GuardRefusedError) as refusal:
        desk.cases.record(case_id, late)

    assert any("行政处罚法§42" in block.basis for block in refusal.value.blocks)


def test_facts_of_an_event_reach_the_case(desk: Workstation, case_id: str) -> None:
    desk.cases.record(
        case_id, event("note_added", 6, "2026-08-28T15:00", facts={"corrected_on": "2026-08-28"})
    )

    assert desk.cases.view(case_id).file.case.facts["corrected_on"] == "2026-08-28"


def test_an_override_by_nobody_in_charge_does_not_help(desk: Workstation, case_id: str) -> None:
    override = Override(guard="notice_served_first", approver="方小满", reason="赶时间")

    with pytest.raises(GuardRefusedError):
        desk.cases.record(
            case_id, event("decision_made", 13, "2026-08-24T10:00", overrides=(override,))
        )


@pytest.mark.usefixtures("case_id")
def test_every_write_is_a_link_of_the_log(desk: Workstation) -> None:
    with desk.database.reading() as unit:
        kinds = [entry.kind for entry in unit.log.entries()]
        problems = unit.log.verify()

    assert kinds == ["office_set_up", "case_created", "case_event", "case_event"]
    assert problems == ()


def test_a_change_of_officers_shows_in_the_case_and_not_on_earlier_days(
    desk: Workstation, case_id: str
) -> None:
    changed = event(
        "officers_changed",
        3,
        "2026-08-24T10:00",
        data={"officers": ["苏砚舟", "韩沧"], "reason": "林问渠决定回避"},
    )

    desk.cases.record(case_id, changed)

    assert desk.cases.view(case_id, date(2026, 8, 24)).file.case.officers == ("苏砚舟", "韩沧")
    assert desk.cases.view(case_id, date(2026, 8, 23)).file.case.officers == ("林问渠", "苏砚舟")
