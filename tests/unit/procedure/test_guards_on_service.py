"""What a receipt must note by its way of service, and which event serves what."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.unit.procedure.conftest import Refused, make_delivery
from workstation.domain.cases import CaseFile
from workstation.procedure import Enclosures, ProcedureRules
from workstation.procedure.service_methods import particulars_of

Before = Callable[..., CaseFile]
RECEIPT = {
    "form": "D51",
    "receiver": "卓望野",
    "receiver_role": "法定代表人",
    "at": "2026-10-19T10:20",
    "place": "龙屿市望潮大道0号",
    "officers": ["林问渠", "苏砚舟"],
}


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({"method": "留置送达", "witness": "社区 江渡"}, "拒收事由和日期"),
        ({"method": "留置送达", "refusal": "拒绝签收"}, "见证人及其单位或者拍照、录像编号"),
        ({"method": "邮寄送达"}, "邮件号码和回执"),
        ({"method": "委托送达"}, "受委托的机关、委托函号"),
        ({"method": "电子送达"}, "确认收悉的回执"),
        ({"method": "转交送达"}, "转交的机关、单位"),
        ({"method": "微信送达"}, "不是法定的送达方式"),
    ],
)
def test_a_receipt_notes_what_its_way_of_service_asks(
    before: Before, refused: Refused, given: dict[str, str], lacks: str
) -> None:
    file = before("decision_served")

    blocks = refused(file, "decision_served", deliveries=[RECEIPT | given])

    assert lacks in blocks["service_is_noted"].message
    assert blocks["service_is_noted"].hard


@pytest.mark.parametrize("proof", [{"witness": "社区 江渡"}, {"voucher": "DEMO-AV-1"}])
def test_a_witness_or_a_recording_will_do(
    before: Before, refused: Refused, proof: dict[str, str]
) -> None:
    left = RECEIPT | {"method": "留置送达", "refusal": "拒绝签收"} | proof

    assert refused(before("decision_served"), "decision_served", deliveries=[left]) == {}


def test_service_alone_needs_a_paper_and_leaves_the_decision_to_its_own_event(
    before: Before, refused: Refused
) -> None:
    file, direct = before("decision_served"), {**RECEIPT, "method": "直接送达"}
    at = "2026-10-19T10:20"

    empty = refused(file, "papers_served", at=at)
    decision, other = (
        refused(
            file,
            "papers_served",
            at=at,
            deliveries=[{**direct, "form": form}],
            enclosed=Enclosures(delivered=(form,)),
        )
        for form in ("D51", "D35")
    )

    assert "哪一份文书" in empty["service_serves_something"].message
    assert "处罚决定书送达" in decision["service_serves_something"].hint
    assert "service_serves_something" not in other


def test_every_way_names_an_article_and_the_day_that_counts(rules: ProcedureRules) -> None:
    methods = rules.service.methods

    assert len(methods) == 7
    assert all("民事诉讼法§" in m.basis and m.says and m.served_on for m in methods)


def test_the_particulars_of_a_delivery_are_those_the_ways_ask_for(rules: ProcedureRules) -> None:
    delivery = replace(make_delivery(RECEIPT | {"method": "直接送达"}), voucher=" DEMO ")
    asked = {field.key for method in rules.service.methods for field in method.fields}
    noted: dict[str, Any] = particulars_of(delivery)

    assert asked <= set(noted)
    assert noted["voucher"] == "DEMO"
