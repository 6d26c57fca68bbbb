"""Guards of the events that may come at any step: each refuses once and lets pass once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from tests.unit.procedure.any_step import Asked, ev, having
from workstation.domain.cases import CaseFile, Delivery, IssuedDocument
from workstation.domain.leads import LeadSource
from workstation.procedure import (
    Enclosures,
    Paper,
    ProcedureRules,
    StepStatus,
    Surroundings,
    assess,
    open_deadlines,
)

Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]
ASKED_FOR = ev("recusal_requested", "2026-08-25T09:00", person="林问渠", by="当事人申请")
GRANTED = ev("recusal_decided", "2026-08-26T09:00", person="林问渠", granted=True)
DENIED = ev("recusal_decided", "2026-08-26T09:00", person="林问渠", granted=False)
DISPUTE = ev("jurisdiction_disputed", "2026-08-25T09:00", organ="龙屿市自然资源局")
TRANSFER = ev("case_transferred", "2026-08-30T09:00", organ="龙屿市自然资源局", scope="全案移送")
ACCEPTED = ev("transfer_answered", "2026-09-01T09:00", accepted=True)
SENT_BACK = ev("transfer_answered", "2026-09-01T09:00", accepted=False)
ENDING = {"organ": "乙局", "scope": "全案移送", "basis": "行政处罚法§25", "reason": "不属本局"}
QUESTIONS = [
    Asked(
        guard="recusal_requested_first",
        event=ev("recusal_decided", "2026-08-26T09:00", person="林问渠", decided_by="叶怀山"),
        right=(ASKED_FOR,),
    ),
    Asked(
        guard="recusal_decided_by_head",
        event=ev("recusal_decided", "2026-08-26T09:00", person="林问渠", decided_by="苏砚舟"),
        wrong=(ASKED_FOR,),
        right=(ASKED_FOR,),
        right_data={"decided_by": "叶怀山"},
    ),
    Asked(
        guard="recused_stay_out",
        event=ev("person_questioned", "2026-08-27T09:00", officers=["林问渠", "苏砚舟"]),
        wrong=(ASKED_FOR, GRANTED),
        right=(ASKED_FOR, DENIED),
    ),
    Asked(
        guard="recusals_are_decided",
        event=ev("decision_made", "2026-10-15T10:00"),
        wrong=(ASKED_FOR,),
        right=(ASKED_FOR, DENIED),
    ),
    Asked(
        guard="officers_really_change",
        event=ev("officers_changed", "2026-08-27T09:00", officers=["苏砚舟", "林问渠"]),
        right_data={"officers": ["苏砚舟", "韩沧"]},
    ),
    Asked(
        guard="jurisdiction_disputed_first",
        event=ev("jurisdiction_reported", "2026-08-26T09:00", superior="龙屿市人民政府"),
        right=(DISPUTE,),
    ),
    Asked(
        guard="designation_names_superior",
        event=ev(
            "jurisdiction_settled",
            "2026-08-27T09:00",
            how="共同的上一级行政机关指定",
            held_by="本机关",
        ),
        wrong=(DISPUTE,),
        right=(DISPUTE,),
        right_data={"superior": "龙屿市人民政府"},
    ),
    Asked(
        guard="jurisdiction_is_settled",
        event=ev("decision_made", "2026-10-15T10:00"),
        wrong=(DISPUTE,),
        right=(DISPUTE, ev("jurisdiction_settled", "2026-08-27T09:00", held_by="本机关")),
    ),
    Asked(
        guard="jurisdiction_is_settled",
        event=ev("notice_approved", "2026-09-09T10:00"),
        wrong=(DISPUTE, ev("jurisdiction_settled", "2026-08-27T09:00", held_by="对方机关")),
        right=(DISPUTE, ev("jurisdiction_settled", "2026-08-27T09:00", held_by="本机关")),
        until="notice_approved",
    ),
    Asked(
        guard="ending_has_basis",
        event=ev("case_terminated", "2026-09-01T09:00", ground="其他依法应当终止的情形"),
        right_data={"basis": "示例程序规定§60"},
    ),
    Asked(
        guard="partial_transfer_names_part",
        event=ev("case_transferred", "2026-09-01T09:00", **(ENDING | {"scope": "部分移送"})),
        right_data={"part": "无证开采部分"},
    ),
    Asked(
        guard="transfer_awaits_answer",
        event=ev("transfer_answered", "2026-09-03T09:00", accepted=True),
        right=(TRANSFER,),
    ),
    Asked(
        guard="transfer_answered_before_closing",
        event=ev("case_closed", "2026-09-03T09:00"),
        wrong=(TRANSFER,),
        right=(TRANSFER, ACCEPTED),
        until="investigation_closed",
    ),
    Asked(
        guard="lead_was_handed_over",
        event=ev("lead_received", "2026-08-19T09:00", organ="乙局", number="乙移〔2026〕1号"),
        case={"source": LeadSource.TRANSFERRED},
    ),
    Asked(
        guard="not_decided_yet",
        event=ev("case_withdrawn", "2026-10-16T09:00", reason="不成立"),
        wrong=(ev("decision_made", "2026-10-15T10:00"),),
    ),
    Asked(
        guard="case_not_ended_early",
        event=ev("decision_made", "2026-10-15T10:00"),
        wrong=(TRANSFER, ACCEPTED),
        right=(TRANSFER, SENT_BACK),
    ),
    Asked(
        guard="measures_lifted_first",
        event=ev("case_terminated", "2026-08-31T09:00", basis="示例程序规定§60"),
        wrong=(ev("coercion_applied", "2026-08-29T09:00"),),
        right=(
            ev("coercion_applied", "2026-08-29T09:00"),
            ev("coercion_lifted", "2026-08-30T09:00"),
        ),
    ),
    Asked(
        guard="party_told_of_ending",
        event=ev("case_closed", "2026-09-03T09:00"),
        wrong=(ev("case_withdrawn", "2026-09-01T09:00"),),
        right=(ev("case_withdrawn", "2026-09-01T09:00", party_told_on="2026-09-02"),),
        until="investigation_closed",
    ),
    Asked(
        guard="answer_says_how",
        event=ev("lead_answered", "2026-09-01T09:00", to="12345热线平台", method=""),
        right_data={"method": "平台回复"},
    ),
    Asked(
        guard="answer_says_how",
        event=ev("lead_answered", "2026-09-01T09:00", to="无法答复", about="处理结果"),
        right_data={"reason": "匿名举报，没有留下联系方式"},
    ),
    Asked(
        guard="lead_answered_before_closing",
        event=ev("case_closed", "2026-11-04T10:00"),
        right=(ev("lead_answered", "2026-10-20T09:00", about="处理结果", method="书面"),),
        until="case_closed",
        without=("lead_answered",),
        case={"source": LeadSource.COMPLAINT},
    ),
    Asked(
        guard="lead_answered_before_closing",
        event=ev("case_closed", "2026-11-04T10:00"),
        wrong=(ev("lead_answered", "2026-08-20T09:00", about="受理情况"),),
        right=(ev("lead_answered", "2026-10-20T09:00", about="处理结果"),),
        until="case_closed",
        without=("lead_answered",),
        case={"source": LeadSource.TRANSFERRED},
    ),
]


def _file(asked: Asked, before: Before, *, right: bool) -> CaseFile:
    file = before(asked.until, without=asked.without)
    source = asked.case.get("source")
    if source is not None and (right or asked.right):
        lead = replace(file.case.lead, source=source)
        file = replace(file, case=replace(file.case, lead=lead))
    return having(file, *(asked.right if right else asked.wrong))


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.guard)
def test_each_guard_refuses_what_the_law_does_not_allow(
    asked: Asked, before: Before, refused: Refused
) -> None:
    file = _file(asked, before, right=False)

    blocks = refused(file, asked.event["kind"], at=asked.event["at"], **asked.event["data"])

    assert blocks[asked.guard].message
    assert blocks[asked.guard].hint


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.guard)
def test_each_guard_lets_pass_what_is_in_order(
    asked: Asked, before: Before, refused: Refused
) -> None:
    file = _file(asked, before, right=True)
    data = {**asked.event["data"], **asked.right_data}

    blocks = refused(file, asked.event["kind"], at=asked.event["at"], **data)

    assert asked.guard not in blocks


def test_investigation_goes_on_while_a_recusal_is_open(before: Before, refused: Refused) -> None:
    file = having(before("investigation_closed"), ASKED_FOR)

    blocks = refused(
        file, "evidence_collected", at="2026-08-27T09:00", officers=["林问渠", "苏砚舟"]
    )

    assert blocks == {}


def test_two_officers_must_remain_after_a_recusal(before: Before, refused: Refused) -> None:
    file = having(before("investigation_closed"), ASKED_FOR, GRANTED)

    blocks = refused(file, "officers_changed", at="2026-08-27T09:00", officers=["苏砚舟"])

    assert "two_valid_officers" in blocks


def test_a_transferred_case_waits_for_its_receipt_and_its_steps_rest(
    before: Before, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    file, day = having(before("investigation_closed"), TRANSFER), date(2026, 9, 2)

    states = assess(file, day, rules, surroundings)
    clocks = {d.code: d for d in open_deadlines(file, day, rules, surroundings)}

    assert states[8].status is StepStatus.NOT_APPLICABLE
    assert states[8].reason.startswith("本案已于2026-08-30")
    assert clocks["DL41"].last_day == date(2026, 9, 11)
    assert clocks["DL02"].done_on == date(2026, 8, 30)


def test_a_case_sent_back_goes_on(
    before: Before, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    file = having(before("investigation_closed"), TRANSFER, SENT_BACK)

    states = assess(file, date(2026, 9, 2), rules, surroundings)

    assert states[8].status is not StepStatus.NOT_APPLICABLE


def test_the_answer_to_a_lead_is_due_on_the_registered_day(
    demo_file: CaseFile, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    lead = replace(demo_file.case.lead, answer_due=date(2026, 9, 2))
    file = replace(demo_file, case=replace(demo_file.case, lead=lead))

    clocks = open_deadlines(file, date(2026, 8, 25), rules, surroundings)

    answer = next(d for d in clocks if d.code == "DL42")
    assert (answer.last_day, answer.done_on) == (date(2026, 9, 2), None)


def _with_decision_paper(file: CaseFile, *, served: bool) -> CaseFile:
    paper = IssuedDocument(
        id="paper",
        form="D51",
        occurrence=1,
        title="行政处罚决定书",
        number="",
        dated=date(2026, 10, 15),
        step=13,
        values={},
        docx_sha256="",
        template_sha256="",
        event_position=1,
    )
    service = Delivery(
        document_id="paper",
        method="直接送达",
        receiver="卓望野",
        receiver_role="法定代表人",
        at=datetime(2026, 10, 19, 10, 20),
        place="",
        officers=(),
        event_position=1,
    )
    return replace(file, documents=(paper,), deliveries=(service,) if served else ())


@pytest.mark.parametrize(
    ("guard", "old", "new"),
    [
        ("correction_is_not_substantial", "罚款100,000元", "罚款110,000元"),
        ("correction_is_not_substantial", "壹拾万元整", "壹拾壹万元整"),
        ("correction_is_not_substantial", "第一千一百六十九条第一款", "第一千一百六十九条第三款"),
        ("correction_is_not_substantial", "龙屿市鲸礁渣土清运有限公司", "鲸礁公司"),
        ("", "仙礁路与朝信街交叉口", "仙礁路与潮信街交叉口"),
    ],
)
def test_a_correction_touches_no_amount_article_or_name(
    before: Before, refused: Refused, guard: str, old: str, new: str
) -> None:
    file = _with_decision_paper(before("decision_served"), served=False)

    blocks = refused(
        file,
        "document_corrected",
        at="2026-10-16T09:00",
        document="D51",
        how="校对章",
        old=old,
        new=new,
    )

    assert list(blocks) == [guard] * bool(guard)


NOTICE = Paper(form="D71", title="补正书", number="", dated=date(2026, 10, 20))


@pytest.mark.parametrize(
    ("document", "how", "papers", "guard"),
    [
        ("D50", "校对章", (), "corrected_document_issued"),
        ("D51", "校对章", (), "served_document_corrected_by_notice"),
        ("D51", "补正书", (), "served_document_corrected_by_notice"),
        ("D51", "校对章", (NOTICE,), "served_document_corrected_by_notice"),
        ("D51", "补正书", (NOTICE,), ""),
    ],
)
def test_a_served_paper_is_corrected_by_a_notice_that_comes_with_the_correction(
    before: Before,
    refused: Refused,
    document: str,
    how: str,
    papers: tuple[Paper, ...],
    guard: str,
) -> None:
    file = _with_decision_paper(before("fine_paid"), served=True)
    enclosed = Enclosures(papers=papers)
    data = {"document": document, "how": how, "old": "朝信街", "new": "潮信街"}

    blocks = refused(file, "document_corrected", at="2026-10-20T09:00", enclosed=enclosed, **data)

    assert list(blocks) == [guard] * bool(guard)


def test_a_correction_of_before_there_was_a_form_stands_by_the_day_of_being_told(
    before: Before, refused: Refused
) -> None:
    file = _with_decision_paper(before("fine_paid"), served=True)
    data = {"document": "D51", "how": "补正书", "old": "朝信街", "new": "潮信街"}

    blocks = refused(
        file, "document_corrected", at="2026-10-20T09:00", told_on="2026-10-20", **data
    )

    assert blocks == {}


def test_a_correction_that_bears_on_rights_is_refused_by_its_own_word(
    before: Before, refused: Refused
) -> None:
    file = _with_decision_paper(before("decision_served"), served=False)
    data = {"document": "D51", "how": "校对章", "old": "甲", "new": "乙", "changes_rights": True}

    blocks = refused(file, "document_corrected", at="2026-10-16T09:00", **data)

    assert "重新作出" in blocks["correction_is_not_substantial"].hint
