"""The review of the whole office: only what changed, stopped and taken up again."""

from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from threading import Event

import pytest
from typing_extensions import override

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.data_files import resources_dir
from workstation.domain.cases import CaseEvent
from workstation.operations import review_runs
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import read_json


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
    wrong = {view.case.case_id: view for view in found.cases}
    assert wrong[cases[0]].case.blocking
    missing = next(r for r in wrong[cases[0]].failed if r.check_id == "WS1")
    assert missing.level == "阻断"
    assert missing.step
    assert missing in wrong[cases[0]].new


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
    wrong = {view.case.case_id: view for view in found.cases}
    assert "WS1" not in {result.check_id for result in wrong[cases[0]].failed}
    assert [result.check_id for result in wrong[cases[0]].mended] == ["WS1"]


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
        results = unit.checked_cases.results_of(kept.case_id)
        unit.checked_cases.put(replace(kept, next_day=passed), results)

    found = desk.review_runs.run()

    assert found is not None
    assert found.checked == 1


def test_what_was_found_before_is_not_new_and_what_came_since_is(
    desk: Workstation, cases: tuple[str, str]
) -> None:
    desk.review_runs.run()
    with desk.database.writing() as unit:
        for kept in unit.checked_cases.all():
            results = unit.checked_cases.results_of(kept.case_id)
            unit.checked_cases.put(
                kept,
                [
                    replace(r, since=r.since - timedelta(days=3))
                    for r in results
                    if r.check_id != "WS1"
                ],
            )

    found = desk.review_runs.run(everything=True)
    of_the_week = desk.review_runs.found(date.today() - timedelta(days=7))

    assert found is not None
    view = next(view for view in found.cases if view.case.case_id == cases[0])
    assert [result.check_id for result in view.new] == ["WS1"]
    assert len(view.failed) > 1
    assert of_the_week.new == sum(len(view.failed) for view in of_the_week.cases)


def test_what_a_run_over_midnight_finds_is_new_although_the_next_day_has_come(
    desk: Workstation, cases: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = date.today() - timedelta(days=1)
    monkeypatch.setattr(review_runs, "datetime", _clock_at(evening))

    found = desk.review_runs.run()

    assert found is not None
    assert found.since == evening
    assert cases[0] in {view.case.case_id for view in found.cases if view.new}


def _clock_at(day: date) -> type[datetime]:
    class Clock(datetime):
        @classmethod
        @override
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls(day.year, day.month, day.day, 23, 30, tzinfo=tz)

    return Clock


def test_archived_cases_are_neither_asked_nor_counted(
    desk: Workstation, cases: tuple[str, str]
) -> None:
    before = desk.review_runs.run()
    assert before is not None
    assert cases[0] in {view.case.case_id for view in before.cases}
    with desk.database.writing() as unit:
        at = datetime(2026, 8, 23, 10)
        archived = CaseEvent(position=0, kind="case_archived", step=18, at=at, title="归档")
        unit.events.append(cases[0], archived)

    found = desk.review_runs.run(everything=True)

    assert found is not None
    assert found.checked == 1
    assert cases[0] not in {view.case.case_id for view in found.cases}


def test_a_matter_that_says_something_else_has_all_asked_again(
    desk: Workstation, cases: tuple[str, str]
) -> None:
    desk.review_runs.run()
    with desk.database.writing() as unit:
        row = unit.matters.all()[0]
        unit.matters.end(row.code, row.version, date(2027, 1, 1))

    found = desk.review_runs.run()

    assert found is not None
    assert found.checked == len(cases)


def test_all_are_asked_again_after_an_import_of_law_and_when_wanted(
    desk: Workstation, cases: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.review_runs.run()
    monkeypatch.setattr(desk.law, "fingerprint", lambda: "another")

    found = desk.review_runs.run()
    again = desk.review_runs.run(everything=True)

    assert found is not None
    assert again is not None
    assert (found.checked, again.checked) == (len(cases), len(cases))
