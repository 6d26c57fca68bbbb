"""The due board: groups, filters, and counting all deadlines anew."""

from datetime import date
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.bootstrap import Workstation
from workstation.operations.due_board import DueGroup, group_of, span_of
from workstation.storage.records import DeadlineEntry, DueFilter

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("last_day", "group"),
    [
        (date(2026, 11, 26), DueGroup.OVERDUE),
        (date(2026, 11, 27), DueGroup.TODAY),
        (date(2026, 11, 28), DueGroup.THIS_WEEK),
        (date(2026, 11, 29), DueGroup.THIS_WEEK),
        (date(2026, 11, 30), DueGroup.THIS_MONTH),
        (date(2026, 12, 27), DueGroup.THIS_MONTH),
        (date(2026, 12, 28), DueGroup.LATER),
    ],
)
def test_a_last_day_falls_into_its_group(last_day: date, group: DueGroup) -> None:
    assert group_of(last_day, FRIDAY) is group


@given(today=st.dates(), last_day=st.dates())
def test_every_day_lies_in_the_span_of_its_group_only(today: date, last_day: date) -> None:
    if not date(2, 1, 1) < today < date(9998, 1, 1):
        return
    inside = [
        group
        for group in DueGroup
        for first, last in [span_of(group, today)]
        if (first is None or first <= last_day) and (last is None or last_day <= last)
    ]

    assert inside == [group_of(last_day, today)]


def _put(desk: Workstation, case_id: str, *entries: DeadlineEntry) -> None:
    with desk.database.writing() as unit:
        unit.deadlines.replace(case_id, entries)


def _entry(code: str, last_day: date, holder: str = "行政机关") -> DeadlineEntry:
    return DeadlineEntry(code=code, name=code, last_day=last_day, step=2, holder=holder)


def test_counts_and_rows_of_a_group_agree(desk: Workstation, case_id: str) -> None:
    _put(desk, case_id, _entry("DL06", FRIDAY), _entry("DL01", date(2026, 11, 20)))

    counts = desk.due.counts(DueFilter(), FRIDAY)

    assert {g: n for g, n in counts.items() if n} == {DueGroup.OVERDUE: 1, DueGroup.TODAY: 1}
    late = desk.due.rows(DueFilter(), FRIDAY, group=DueGroup.OVERDUE)
    assert [(r.deadline.code, r.days_left) for r in late] == [("DL01", -7)]


def test_a_right_that_lapsed_is_not_late(desk: Workstation, case_id: str) -> None:
    _put(desk, case_id, _entry("DL16", date(2026, 11, 20), "当事人"))

    assert desk.due.rows(DueFilter(), FRIDAY) == ()
    assert [r.deadline.code for r in desk.due.rows(DueFilter(), date(2026, 11, 20))] == ["DL16"]


def test_the_cases_of_an_officer_are_those_he_handles(desk: Workstation, case_id: str) -> None:
    _put(desk, case_id, _entry("DL06", FRIDAY))

    found = {
        name: len(desk.due.rows(DueFilter(officer=name), FRIDAY))
        for name in ("林问渠", "苏砚舟", "林问", "方小满")
    }

    assert found == {"林问渠": 1, "苏砚舟": 1, "林问": 0, "方小满": 0}


def test_deadlines_that_end_soon_are_counted_with_the_late_ones(
    desk: Workstation, case_id: str
) -> None:
    _put(desk, case_id, _entry("DL06", FRIDAY), _entry("DL01", date(2026, 11, 20)))

    assert desk.due.count_until(FRIDAY, FRIDAY) == 2
    assert desk.due.count_until(date(2026, 11, 20), FRIDAY) == 1


def test_counting_anew_puts_right_what_the_list_says(desk: Workstation, case_id: str) -> None:
    right = _last_days(desk, case_id)
    _put(desk, case_id, _entry("DL06", date(2020, 1, 1)))

    changes = desk.due.recompute_all()

    assert changes is not None
    assert changes.touches("deadlines")
    assert _last_days(desk, case_id) == right
    assert right


def _last_days(desk: Workstation, case_id: str) -> list[tuple[str, date | None]]:
    with desk.database.reading() as unit:
        return [(entry.code, entry.last_day) for entry in unit.deadlines.of_case(case_id)]


@pytest.mark.usefixtures("case_id")
def test_progress_ends_at_the_whole(desk: Workstation) -> None:
    told: list[tuple[int, int]] = []

    desk.due.recompute_all(lambda done, total: told.append((done, total)))

    assert told[-1] == (1, 1)


@pytest.mark.usefixtures("case_id")
def test_counting_anew_can_be_stopped(desk: Workstation) -> None:
    stop = Event()
    stop.set()

    assert desk.due.recompute_all(stop=stop) is None
