"""The list of what must be served: deadlines, announcements, papers that go out otherwise."""

from datetime import date, datetime

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.operations.event_files import DeliveryRequest, DocumentRequest

ORDERED = "2026-08-21T11:00"
ORDER = {
    "order": "责令立即停止",
    "facts": "倾倒建筑垃圾。",
    "content": "立即清除。",
    "consequence": "依法处理。",
}


def _order(desk: Workstation, case_id: str) -> None:
    day = date(2026, 8, 21)
    paper = DocumentRequest(form="D35", dated=day, values=ORDER)
    desk.cases.record(
        case_id,
        event(
            "correction_ordered",
            6,
            ORDERED,
            data={"officers": ["林问渠", "苏砚舟"]},
            documents=(paper,),
        ),
    )


def _posted(at: str, *, addressee: str = "", note: str = "") -> DeliveryRequest:
    return DeliveryRequest(
        form="D35",
        method="邮寄送达",
        receiver="卓望野",
        receiver_role="法定代表人",
        at=datetime.fromisoformat(at),
        place="龙屿市望潮大道0号",
        officers=("林问渠", "苏砚舟"),
        voucher="DEMO-EMS-0824，8月24日签收",
        addressee=addressee,
        note=note,
    )


def test_a_paper_waits_until_its_service_is_recorded_with_proof_and_receipt(
    desk: Workstation, case_id: str
) -> None:
    _order(desk, case_id)
    (waiting,) = desk.services.of_case(case_id)

    later = event(
        "papers_served", 6, "2026-08-24T10:00", deliveries=(_posted("2026-08-24T09:30"),)
    )
    desk.cases.record(case_id, later)
    (served,) = desk.services.of_case(case_id)

    assert (waiting.kind, waiting.step, waiting.delivery) == ("papers_served", 6, None)
    assert served.delivery is not None
    assert served.delivery.voucher.startswith("DEMO-EMS")
    assert served.state(date(2026, 9, 1)) == "已送达"
    receipt = desk.cases.view(case_id).file.document("D56")
    assert receipt is not None
    assert receipt.values["voucher"] == served.delivery.voucher
    assert served.receipt == receipt.key


def test_every_service_of_a_paper_is_listed_with_its_own_receipt(
    desk: Workstation, case_id: str
) -> None:
    _order(desk, case_id)
    for day in ("24", "26"):
        at = f"2026-08-{day}T09:30"
        served = event("papers_served", 6, f"2026-08-{day}T10:00", deliveries=(_posted(at),))
        desk.cases.record(case_id, served)

    first, again = desk.services.of_case(case_id)

    assert [s.delivery.at.day for s in (first, again) if s.delivery] == [24, 26]
    assert (first.receipt, again.receipt) == ("D56", "D56-2")
    assert again.state(date(2026, 9, 1)) == "再次送达"
    assert [s.time_served for s in (first, again)] == [1, 2]


def test_a_receipt_names_who_it_was_for_where_not_the_party(
    desk: Workstation, case_id: str
) -> None:
    _order(desk, case_id)
    delivery = _posted("2026-08-24T09:30", addressee="案外人 江渡", note="由其转告")

    desk.cases.record(
        case_id, event("papers_served", 6, "2026-08-24T10:00", deliveries=(delivery,))
    )

    receipt = desk.cases.view(case_id).file.document("D56")
    assert receipt is not None
    assert (receipt.values["addressee"], receipt.values["note"]) == ("案外人 江渡", "由其转告")
