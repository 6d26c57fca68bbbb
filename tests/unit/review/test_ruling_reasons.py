"""Counting what rulings turned on, by check: in memory."""

from datetime import date
from typing import Any

from workstation.review.ruling_reasons import Ruling, RulingReason, count_rulings

ORDER = ("CX5", "ZJ2", "WS1")


def _ruling(case_id: str, *reasons: RulingReason, against: bool = True) -> Ruling:
    return Ruling(
        case_id=case_id,
        case_number=f"屿综执立字〔2026〕{case_id}号",
        position=31,
        path="行政诉讼",
        result="撤销" if against else "驳回诉讼请求",
        number="",
        day=date(2027, 3, 1),
        against=against,
        summary="",
        reasons=reasons,
    )


def _reason(check: str, said: str = "符合") -> RulingReason:
    return RulingReason(id="31-1", check=check, said=said)


def _count(*rulings: Ruling) -> Any:
    return count_rulings(rulings, ORDER, 5)


def test_the_check_that_missed_most_cases_comes_first() -> None:
    found = _count(
        _ruling("a", _reason("WS1")),
        _ruling("b", _reason("ZJ2"), _reason("WS1")),
        _ruling("c", _reason("ZJ2")),
        _ruling("d", _reason("ZJ2")),
    )

    assert [(m.check, m.lost) for m in found.checks] == [
        ("ZJ2", ("b", "c", "d")),
        ("WS1", ("a", "b")),
    ]
    assert (found.lost, found.lost_by("WS1"), found.lost_by("CX5")) == (4, 2, 0)


def test_a_check_that_had_told_so_did_not_miss() -> None:
    found = _count(
        _ruling("a", _reason("CX5", "不符合")),
        _ruling("b", _reason("CX5", "不符合")),
        _ruling("c", _reason("WS1")),
    )

    assert [(m.check, m.missed, m.told) for m in found.checks] == [
        ("WS1", 1, ()),
        ("CX5", 0, ("a", "b")),
    ]


def test_a_case_that_was_won_is_noted_and_not_lost() -> None:
    found = _count(_ruling("a", _reason("CX5"), against=False))

    assert (found.lost, found.checks[0].noted, found.checks[0].lost) == (0, ("a",), ())


def test_a_case_that_was_lost_and_noted_counts_as_lost_alone() -> None:
    found = _count(_ruling("a", _reason("CX5")), _ruling("a", _reason("CX5"), against=False))

    assert (found.checks[0].lost, found.checks[0].noted) == (("a",), ())


def test_two_rulings_of_one_case_lose_it_once() -> None:
    found = _count(_ruling("a", _reason("CX5")), _ruling("a", _reason("CX5")))

    assert (found.rulings, found.lost, found.checks[0].lost) == (2, 1, ("a",))


def test_a_lost_case_without_a_reason_is_asked_for_and_few_cases_say_so() -> None:
    found = _count(_ruling("a"))

    assert [ruling.case_id for ruling in found.unexplained] == ["a"]
    assert found.is_small
