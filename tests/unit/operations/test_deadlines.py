"""Deadlines counted by rule and in a case, with what starts them."""

from datetime import date, datetime

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.errors import InvalidInputError
from workstation.operations.deadlines import Count, read_span


def test_a_count_can_be_asked_as_if_it_started_later(desk: Workstation) -> None:
    wanted = Count(rule="DL06", start=date(2026, 9, 29))

    assert desk.deadlines.count(wanted).last_day == date(2026, 10, 12)
    assert desk.deadlines.count(wanted, shift=3).last_day == date(2026, 10, 13)


def test_hours_of_a_moment_are_shifted_by_days(desk: Workstation) -> None:
    wanted = Count(rule="DL05", start=datetime(2026, 9, 10, 22, 15))

    moved = desk.deadlines.count(wanted, shift=-1)

    assert moved.moment == datetime(2026, 9, 10, 22, 15)


def test_the_clocks_of_a_case_name_what_started_them(desk: Workstation, case_id: str) -> None:
    found = desk.deadlines.of_case(case_id, date(2026, 8, 22))

    assert [clock.key for clock in found.clocks] == ["DL42", "DL01", "DL02", "DL27"]
    assert found.clock("dl02").trigger.event == "case_filed"
    assert "案卷记录第2项" in found.clock("DL02").trigger.evidence[-1]


def test_the_second_clock_of_a_rule_has_its_own_key(desk: Workstation, case_id: str) -> None:
    for day in ("2026-08-22T09:00", "2026-08-24T09:00"):
        data = {"object": "车辆", "approver": "叶怀山", "officers": ["林问渠", "苏砚舟"]}
        desk.cases.record(case_id, event("evidence_preserved", 4, day, data=data))

    found = desk.deadlines.of_case(case_id, date(2026, 8, 25))

    assert found.clock("DL03").deadline.last_day == date(2026, 9, 1)
    assert found.clock("DL03#2").deadline.last_day == date(2026, 9, 2)


def test_a_clock_that_does_not_run_is_refused_with_those_that_do(
    desk: Workstation, case_id: str
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        desk.deadlines.of_case(case_id, date(2026, 8, 22)).clock("DL06")

    assert "DL02" in refused.value.hint


def test_a_what_if_moves_the_ninety_days(desk: Workstation, case_id: str) -> None:
    answer = desk.deadlines.what_if(case_id, "DL02", 3, date(2026, 8, 22))

    assert [(c.code, c.difference) for c in answer.moved] == [("DL02", 3)]
    assert answer.decision_after.last == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "why"),
    [("2026-10-01..2026-10-05", "命令行所列扣除期间"), ("2026-10-01..2026-10-05:鉴定", "鉴定")],
)
def test_a_span_is_read(text: str, why: str) -> None:
    span = read_span(text)

    assert (span.first, span.last, span.why) == (date(2026, 10, 1), date(2026, 10, 5), why)


def test_a_span_that_can_not_be_read_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="看不懂"):
        read_span("10月1日")
