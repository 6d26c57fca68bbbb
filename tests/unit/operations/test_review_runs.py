"""The review of the whole office: only what changed, stopped and taken up again."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Event

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.data_files import resources_dir
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import read_json
from workstation.storage.records import CheckedCase


@pytest.fixture
def cases(desk: Workstation, case_id: str) -> tuple[str, str]:
    """Two cases of the office, the first one filed without its paper."""
    content = read_json(resources_dir() / "demo" / "case.json")
    other = desk.cases.create(new_case_from(content)).case_id
    return case_id, other


def test_every_case_is_checked_and_what_is_wrong_is_listed(
    desk: Workstation, cases: tuple[str, str]
) -> None:
    seen: list[tuple[int, int]] = []

    found = desk.review_runs.run(lambda done, total: seen.append((done, total)))

    assert found is not None
    assert (found.checked, found.unchanged) == (2, 0)
    assert seen == [(1, 2), (2, 2)]
    wrong = {case.case_id: case for case in found.cases}
    assert wrong[cases[0]].blocking
    assert "WS1" in {finding["check"] for finding in wrong[cases[0]].findings}


def test_the_next_run_asks_only_the_case_that_was_written_to(
    desk: Workstation, cases: tuple[str, str]
) -> None:
    desk.review_runs.run()
    desk.cases.record(cases[0], event("note_added", 3, "2026-08-22T10:00", data={"text": "甲"}))

    found = desk.review_runs.run()

    assert found is not None
    assert (found.checked, found.unchanged) == (1, 1)


def test_a_conclusion_of_a_person_has_the_case_asked_again(
    desk: Workstation, cases: tuple[str, str]
) -> None:
    desk.review_runs.run()
    desk.reviews.overrule(cases[0], "WS1", "纸质审批表已在卷内核对", person="顾知白")

    found = desk.review_runs.run()

    assert found is not None
    assert found.checked == 1
    wrong = {case.case_id: case for case in found.cases}
    kept = wrong[cases[0]].findings if cases[0] in wrong else ()
    assert "WS1" not in {finding["check"] for finding in kept}


def test_a_stopped_run_keeps_what_it_checked_and_goes_on_from_there(
    desk: Workstation, cases: tuple[str, str]
) -> None:
    stop = Event()

    stopped = desk.review_runs.run(lambda _done, _total: stop.set(), stop)
    found = desk.review_runs.run()

    assert stopped is None
    assert found is not None
    assert found.checked == len(cases) - 1


def test_a_case_is_asked_again_once_its_deadline_has_passed(
    desk: Workstation, cases: tuple[str, str]
) -> None:
    desk.review_runs.run()
    with desk.database.writing() as unit:
        kept = next(c for c in unit.checked_cases.all() if c.case_id == cases[0])
        passed = date.today() - timedelta(days=1)
        unit.checked_cases.put(_with_next_day(kept, passed))

    found = desk.review_runs.run()

    assert found is not None
    assert found.checked == 1


def _with_next_day(kept: CheckedCase, day: date) -> CheckedCase:
    return replace(kept, next_day=day)


def test_all_are_asked_again_when_wanted(desk: Workstation, cases: tuple[str, str]) -> None:
    desk.review_runs.run()

    found = desk.review_runs.run(everything=True)

    assert found is not None
    assert found.checked == len(cases)
