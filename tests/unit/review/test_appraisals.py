"""The appraisal sheet: scaling, linked errors, vetoes, two appraisers, drawing a sample."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from workstation.errors import InvalidInputError
from workstation.review.appraisal_samples import Candidate, draw
from workstation.review.appraisal_standards import Standard, load_standards, standard_on
from workstation.review.appraisals import (
    Mark,
    MarkKind,
    Seat,
    Sheet,
    counting_sheets,
    differences,
    outcome_of,
    sheet_of,
)

_ALL = frozenset(
    {
        "case_withdrawn",
        "scene_inspected",
        "person_questioned",
        "appraisal_commissioned",
        "evidence_preserved",
        "coercion_applied",
        "correction_ordered",
        "review_concluded",
        "deliberated",
        "statement_received",
        "hearing_held",
        "demand_served",
    }
)


@pytest.fixture(scope="module")
def standard() -> Standard:
    """The shipped standard."""
    return standard_on(load_standards(), date(2026, 11, 1))


def _mark(number: int, kind: MarkKind, target: str, points: str = "0", error: str = "") -> Mark:
    return Mark(
        id=f"K{number}",
        kind=kind,
        target=target,
        person="言外山",
        at=datetime(2026, 11, 1, 9),
        points=Decimal(points),
        reason="理由",
        document="D51",
        error=error,
    )


def _sheet(
    standard: Standard,
    *marks: Mark,
    kinds: frozenset[str] = _ALL,
    seat: Seat = Seat.FIRST,
) -> Sheet:
    return sheet_of(standard, (seat, "言外山"), marks, (), kinds)


def test_the_items_of_the_shipped_standard_come_to_a_hundred(standard: Standard) -> None:
    assert sum(item.points for item in standard.items) == 100
    assert len(standard.vetoes) == 14
    assert not standard.verified


def test_without_marks_a_file_keeps_all_points(standard: Standard) -> None:
    assert _sheet(standard).score == 100


def test_items_that_do_not_apply_are_taken_out_and_the_score_is_scaled(standard: Standard) -> None:
    deducted = _mark(1, MarkKind.DEDUCT, "G30", "6")

    sheet = _sheet(standard, deducted, kinds=_ALL - {"hearing_held", "coercion_applied"})

    assert sheet.full == 95
    assert sheet.score == Decimal("93.68")


def test_a_person_takes_an_item_out_and_in_again(standard: Standard) -> None:
    out = _mark(1, MarkKind.LEAVE_OUT, "G13")

    assert _sheet(standard, out).full == 99
    assert _sheet(standard, out, _mark(2, MarkKind.TAKE_IN, "G13")).full == 100


def test_one_error_is_deducted_once_where_it_weighs_most(standard: Standard) -> None:
    light = _mark(1, MarkKind.DEDUCT, "G25", "1", "漏写理由")
    grave = _mark(2, MarkKind.DEDUCT, "G30", "3", "漏写理由")

    sheet = _sheet(standard, light, grave)

    assert sheet.score == 97
    linked = [mark.id for line in sheet.lines for mark in line.linked]
    assert linked == ["K1"]


def test_an_item_never_falls_below_nothing(standard: Standard) -> None:
    marks = [_mark(n, MarkKind.DEDUCT, "G2", "2") for n in (1, 2)]

    assert _sheet(standard, *marks).score == 98


def test_a_veto_fails_the_file_until_it_is_withdrawn(standard: Standard) -> None:
    veto = _mark(1, MarkKind.VETO, "V7")

    failed = _sheet(standard, veto)
    assert failed.score == 0
    assert failed.grade == "不合格"
    assert _sheet(standard, veto, _mark(2, MarkKind.WITHDRAW, "K1")).score == 100


def test_adjustments_stay_between_nothing_and_a_hundred(standard: Standard) -> None:
    assert _sheet(standard, _mark(1, MarkKind.ADJUST, "J1", "1")).score == 100
    assert _sheet(standard, _mark(1, MarkKind.ADJUST, "J4", "-2")).score == 98


@pytest.mark.parametrize(
    ("score", "grade"), [("90", "优秀"), ("89.99", "良好"), ("70", "合格"), ("69.99", "不合格")]
)
def test_the_grade_is_the_best_the_score_reaches(
    standard: Standard, score: str, grade: str
) -> None:
    assert standard.grade_of(Decimal(score)).name == grade


def _done(standard: Standard, seat: Seat, points: str) -> Sheet:
    return _sheet(
        standard,
        _mark(1, MarkKind.DEDUCT, "G30", points),
        _mark(2, MarkKind.CLOSE, ""),
        seat=seat,
    )


def test_two_close_sheets_give_their_mean_and_distant_ones_wait(standard: Standard) -> None:
    first = _done(standard, Seat.FIRST, "1")

    close = outcome_of([first, _done(standard, Seat.SECOND, "4")], standard)
    apart = outcome_of(
        [first, _done(standard, Seat.SECOND, "4")], replace(standard, second_tolerance=Decimal(2))
    )

    assert close.score == Decimal("97.50")
    assert apart.score is None
    assert "专家" in apart.waits_for


def test_the_sheet_of_the_expert_decides(standard: Standard) -> None:
    sheets = [_done(standard, seat, p) for seat, p in zip(Seat, ("1", "6", "2"), strict=True)]

    assert outcome_of(sheets, standard).score == 98


def test_an_unfinished_sheet_has_no_result(standard: Standard) -> None:
    assert outcome_of([_sheet(standard)], standard).score is None


def test_differences_name_only_where_the_two_part(standard: Standard) -> None:
    first = _done(standard, Seat.FIRST, "1")
    second = _done(standard, Seat.SECOND, "3")

    assert [(d.target, d.first[:3], d.second[:3]) for d in differences(first, second)] == [
        ("G30", "5/6", "3/6")
    ]
    assert differences(first, first) == ()


def test_a_day_without_a_standard_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="1999"):
        standard_on(load_standards(), date(1999, 1, 1))


def test_the_result_rests_on_the_expert_alone_or_on_every_sheet(standard: Standard) -> None:
    first, second = _done(standard, Seat.FIRST, "1"), _done(standard, Seat.SECOND, "2")
    expert = _done(standard, Seat.EXPERT, "3")

    assert counting_sheets([first, second]) == (first, second)
    assert counting_sheets([first, second, expert]) == (expert,)


def _candidates(count: int) -> list[Candidate]:
    groups = ("普通程序", "简易程序")
    return [Candidate(case_id=f"{n}", group=groups[n % 2]) for n in range(count)]


def test_a_draw_is_repeated_by_its_seed_and_changed_by_another() -> None:
    share = Decimal("0.2")

    first = draw(_candidates(40), share, "种子")

    assert first == draw(reversed(_candidates(40)), share, "种子")
    assert first != draw(_candidates(40), share, "另一种子")


def test_each_group_gives_its_share_rounded_up_and_what_must_be_is_added() -> None:
    must = Candidate(case_id="听证案", group="普通程序", always="举行听证")

    found = draw([must, *_candidates(22)], Decimal("0.2"), "s")

    assert found[0].why == "必评：举行听证"
    assert [d.group for d in found[1:]].count("普通程序") == 3
    assert [d.group for d in found[1:]].count("简易程序") == 3
