"""Event data are read from forms, files and bare timeline rows alike."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from workstation.domain.cases import Case, CaseEvent, CaseFile, JsonValue
from workstation.domain.citations import parse_reference
from workstation.domain.matters import Matter
from workstation.domain.parties import Party, PartyKind
from workstation.procedure import ProcedureRules
from workstation.procedure import case_readings as read
from workstation.procedure.payments import is_paid
from workstation.procedure.records import HearingThreshold


def event(kind: str, title: str = "", position: int = 1, **data: Any) -> CaseEvent:
    at = datetime.fromisoformat("2026-09-10T09:00")
    return CaseEvent(position=position, kind=kind, step=1, at=at, title=title or kind, data=data)


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (100000, Decimal(100000)),
        ("110,000.50", Decimal("110000.50")),
        ("1000-2000", None),
        ("NaN", None),
        (True, None),
        (None, None),
        ([1], None),
    ],
)
def test_an_amount_is_one_plain_number(value: JsonValue, amount: Decimal | None) -> None:
    assert read.money(value) == amount


def test_a_day_is_read_from_a_date_or_a_moment() -> None:
    assert read.day_of("2026-09-10") == date(2026, 9, 10)
    assert read.day_of("2026-09-10T09:05") == date(2026, 9, 10)
    assert read.day_of("九月十日") is None
    assert read.day_of(20260910) is None


def test_a_bare_day_in_until_is_a_time_limit_not_the_end_of_a_record() -> None:
    assert read.ends_at(event("correction_ordered", until="2026-09-12")) is None
    assert read.ends_at(event("person_questioned", until="2026-09-10T10:30")) is not None


def test_names_are_read_from_a_list_or_one_line() -> None:
    assert read.names_of(["林问渠", "苏砚舟"]) == ("林问渠", "苏砚舟")
    assert read.names_of("林问渠、苏砚舟") == ("林问渠", "苏砚舟")
    assert read.names_of(None) == ()


def test_officers_default_to_those_of_the_case(demo_case: Case) -> None:
    assert read.officers_of(event("evidence_collected"), demo_case) == ("林问渠", "苏砚舟")


def test_the_law_of_the_act_is_that_of_its_start_while_it_goes_on(demo_case: Case) -> None:
    facts = {"act_start": "2026-08-10T01:00", "act_end": "持续中"}

    assert read.act_day(replace(demo_case, facts=facts)) == date(2026, 8, 10)
    assert read.act_day(replace(demo_case, facts={})) is None


def test_public_security_matters_have_their_own_limitation(
    demo_case: Case, matters: tuple[Matter, ...]
) -> None:
    security = replace(matters[0], limitation=parse_reference("治安管理处罚法§25"))

    assert read.limitation_code(demo_case, security) == "DL27-3"
    assert read.limitation_code(demo_case, matters[1]) == "DL27"


def test_a_sole_trader_counts_as_a_citizen() -> None:
    trader = Party(kind=PartyKind.SOLE_TRADER_NAMED, name="示例店", representative="甲")

    assert read.party_category(trader) == "公民"


def test_a_threshold_holds_in_its_span_only(rules: ProcedureRules, demo_case: Case) -> None:
    now, then = (rules.on(d).parameters for d in (date(2026, 9, 9), date(2020, 1, 1)))
    threshold = read.hearing_threshold(now, demo_case.party)
    before = read.hearing_threshold(then, demo_case.party)

    assert before is None
    assert threshold is not None
    assert read.reaches(threshold, Decimal(50000))
    assert not read.reaches(replace(threshold, inclusive=False), Decimal(50000))
    assert not read.reaches(before, Decimal(10**9))


@pytest.mark.parametrize(
    ("title", "data", "conclusion"),
    [
        ("法制审核意见(同意)", {}, "同意"),
        ("法制审核意见（补正后同意）", {}, "补正后同意"),
        ("法制审核意见(同意)", {"conclusion": "不同意"}, "不同意"),
        ("法制审核意见", {}, ""),
    ],
)
def test_a_conclusion_is_stated_or_stands_in_the_title(
    title: str, data: dict[str, Any], conclusion: str
) -> None:
    assert read.conclusion_of(event("review_concluded", title, **data)) == conclusion


def test_the_result_of_a_check_may_stand_in_the_title() -> None:
    assert read.result_of(event("correction_reviewed", "整改复查:已改正")) == "已改正"
    assert read.result_of(event("correction_reviewed", "复查", result="拒不改正")) == "拒不改正"
    assert read.result_of(event("correction_reviewed", "复查")) == ""


def test_waiver_and_request_may_stand_in_the_title() -> None:
    assert read.is_waiver(event("statement_received", "放弃陈述申辩声明"))
    assert read.asks_for_hearing(event("statement_received", "书面陈述申辩+听证申请"))
    assert not read.asks_for_hearing(event("statement_received", "书面陈述申辩"))


def test_a_fine_not_stated_is_that_of_the_event_it_rests_on(demo_case: Case) -> None:
    closed = event("investigation_closed", recommended_fine=110000)
    approved = event("notice_approved", position=2)
    file = CaseFile(case=demo_case, events=(closed, approved))

    assert read.fine_of(approved, file) == Decimal(110000)
    assert read.fine_of(event("deliberated"), file) is None
    assert read.fine_of(event("notice_approved", fine="若干"), file) is None


def test_a_notice_offers_a_hearing_by_data_approval_or_title(demo_case: Case) -> None:
    approved = event("notice_approved", hearing_right=True)
    told = CaseFile(case=demo_case, events=(approved,))
    silent = CaseFile(case=demo_case)

    assert read.offers_hearing(event("notice_served"), told)
    assert read.offers_hearing(event("notice_served", "事先(听证)告知书送达"), silent)
    assert not read.offers_hearing(event("notice_served", hearing_right=False), told)


@pytest.mark.parametrize(
    ("title", "data", "paid"),
    [
        ("缴清", {}, True),
        ("缴纳", {}, False),
        ("缴纳", {"amount": 101600}, True),
        ("缴清", {"amount": 100000}, False),
    ],
)
def test_a_payment_is_full_when_the_sum_is_there_or_said_to_be(
    demo_case: Case, title: str, data: dict[str, Any], *, paid: bool
) -> None:
    decision = event("decision_made", fine=100000, confiscated=1600)
    file = CaseFile(case=demo_case, events=(decision, event("fine_paid", title, 2, **data)))

    assert is_paid(file) is paid


def test_a_waiver_before_the_notice_does_not_count(demo_case: Case) -> None:
    early = event("statement_received", waived=True)
    notice = replace(
        event("notice_served", position=2), at=datetime.fromisoformat("2026-09-11T09:00")
    )

    assert read.waiver(CaseFile(case=demo_case, events=(early, notice))) is None
    assert read.waiver(CaseFile(case=demo_case, events=(early,))) is early


def test_a_field_with_a_threshold_of_its_own_does_not_use_the_general_one(
    rules: ProcedureRules, demo_case: Case
) -> None:
    general = rules.on(date(2026, 9, 9)).parameters
    own = HearingThreshold(party="单位", field="燃气", amount=Decimal(20000), inclusive=True)
    parameters = replace(general, hearing_thresholds=(*general.hearing_thresholds, own))

    assert read.hearing_threshold(parameters, demo_case.party, "燃气") == own
    other = read.hearing_threshold(parameters, demo_case.party, "市容环境卫生")
    assert other is not None
    assert other.amount == Decimal(50000)
