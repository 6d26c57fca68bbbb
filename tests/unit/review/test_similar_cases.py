"""Counting similar cases: circles, band, the sentence that is due, hidden names."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.reviewed_cases import finding_of, similar
from workstation.review.records import CaseUnderReview, State
from workstation.review.similar_cases import (
    Likeness,
    SimilarCase,
    band_of,
    circles_of,
    masked,
    sentence_for,
)

_TOLERANCE = Decimal("0.30")


def _case(fine: int, likeness: Likeness = Likeness.EXACT) -> SimilarCase:
    return SimilarCase(
        case_id=f"{fine}",
        number="〔2026〕1号",
        party="某某",
        decided_on=date(2026, 5, 1),
        fine=Decimal(fine),
        article="",
        tiers=("较轻",),
        likeness=likeness,
    )


def test_a_wider_circle_holds_the_closer_ones() -> None:
    cases = [_case(5), _case(3, Likeness.ARTICLE), _case(1, Likeness.MATTER)]

    circles = circles_of(cases, 1)

    assert [circle.fines for circle in circles] == [(5,), (3, 5), (1, 3, 5)]


def test_the_place_of_a_fine_counts_lower_same_and_higher() -> None:
    circle = circles_of([_case(n) for n in (10, 20, 20, 30)], 1)[0]

    assert circle.place_of(Decimal(20)) == (1, 2, 1)
    assert circle.median == 20


def test_few_cases_are_no_band_and_the_next_circle_is_asked() -> None:
    near = [_case(100), _case(100)]
    wide = [_case(200, Likeness.ARTICLE) for _ in range(3)]

    band = band_of(circles_of([*near, *wide], 3), _TOLERANCE)

    assert band is not None
    assert band.circle.likeness is Likeness.ARTICLE
    assert band_of(circles_of(near, 3), _TOLERANCE) is None


@pytest.mark.parametrize(("fine", "side"), [(69, "低于"), (131, "高于"), (70, ""), (130, "")])
def test_only_a_fine_outside_the_band_needs_a_sentence(fine: int, side: str) -> None:
    band = band_of(circles_of([_case(100)] * 5, 5), _TOLERANCE)
    assert band is not None

    sentence = sentence_for(Decimal(fine), band, 12)

    assert bool(sentence) == bool(side)
    assert side in sentence


@pytest.mark.parametrize(
    ("name", "of_person", "shown"),
    [
        ("卓望野", True, "卓某某"),
        ("龙屿市鲸礁渣土清运有限公司", False, "龙屿＊＊公司"),
        ("潮信店", False, "潮某某"),
    ],
)
def test_names_are_hidden(name: str, shown: str, *, of_person: bool) -> None:
    assert masked(name, of_person=of_person) == shown


def test_a_reason_that_was_kept_answers_the_check_of_similar_cases(case: CaseUnderReview) -> None:
    apart = similar(*[500_000] * 5)(case)

    explained = replace(apart, similar_reason="倾倒量小，主动清运")

    assert finding_of(apart, "CL5").state is State.FAILED
    assert finding_of(explained, "CL5").state is State.PASSED
    assert "主动清运" in finding_of(explained, "CL5").message
