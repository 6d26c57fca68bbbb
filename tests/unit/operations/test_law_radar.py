"""修法雷达: what a change of list or law touches, and candidate tiers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Event

import pytest
from typing_extensions import override

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.data_files import resources_dir
from workstation.domain.citations import ArticleReference
from workstation.legislation.article_changes import ArticleChange, ArticleFate
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import read_json
from workstation.operations.law import LawOperations
from workstation.operations.law_radar import LawRadarOperations, Touch

TODAY, CHANGED = date(2026, 9, 1), date(2026, 8, 15)
Radar = Callable[..., LawRadarOperations]


class FakeLaw(LawOperations):
    """Statutes of which one title was repealed; nothing is read in."""

    def __init__(self, repealed: str) -> None:
        self._repealed = repealed

    @override
    def open_texts(self, progress: object = None) -> None:
        """There is nothing to open."""

    @override
    def article_change(
        self, reference: ArticleReference, since: date | None, as_of: date
    ) -> ArticleChange | None:
        """Return the repeal of the title."""
        if reference.title != self._repealed or (since and since >= CHANGED) or as_of < CHANGED:
            return None
        return ArticleChange(
            reference=reference, fate=ArticleFate.REPEALED, day=CHANGED, message="废止"
        )


@pytest.fixture
def radar(desk: Workstation) -> Radar:
    """The radar of the office beside statutes of which one title was repealed."""

    def make(repealed: str = "") -> LawRadarOperations:
        return LawRadarOperations(desk.database, desk.office.rules, FakeLaw(repealed))

    return make


@pytest.fixture
def earlier(desk: Workstation) -> str:
    """The demo case, filed, with an act before the code took effect."""
    new = new_case_from(read_json(resources_dir() / "demo" / "case.json"))
    facts = {**new.facts, "act_start": "2026-08-10T01:00", "act_end": "2026-08-10T02:00"}
    case_id = desk.cases.create(replace(new, facts=facts)).case_id
    desk.cases.record(case_id, event("lead_registered", 1, "2026-08-19T08:50"))
    desk.cases.record(case_id, event("case_filed", 2, "2026-08-21T09:30"))
    return case_id


def test_a_case_of_before_the_change_is_sent_to_the_comparison(radar: Radar, earlier: str) -> None:
    report = radar().run(as_of=TODAY)

    assert report is not None
    (found,) = report.cases
    assert (found.case_id, found.touch, found.day) == (earlier, Touch.LAW_CHANGED, CHANGED)
    assert "从旧兼从轻" in found.advice
    assert found.basis == "行政处罚法§37"


def test_a_case_under_todays_law_is_not_touched(radar: Radar, case_id: str) -> None:
    report = radar().run(as_of=TODAY)

    assert report is not None
    assert (report.cases, report.cases_seen) == ((), 1)
    assert radar().for_case(case_id, TODAY) == ()


def test_matters_and_cases_on_repealed_articles_are_named(radar: Radar, case_id: str) -> None:
    report = radar("生态环境法典").run(as_of=TODAY)

    assert report is not None
    (matter,) = report.matters
    assert {c.fate for c in matter.changes} == {ArticleFate.REPEALED}
    assert [(c.case_id, c.touch) for c in report.cases] == [(case_id, Touch.ARTICLE)]


def test_what_changed_before_since_is_left_out(radar: Radar, earlier: str) -> None:
    report = radar("生态环境法典").run(as_of=TODAY, since=CHANGED)

    assert report is not None
    assert (report.cases, report.matters, earlier != "") == ((), (), True)


def test_a_case_whose_matter_left_the_list_is_to_be_transferred(
    desk: Workstation, radar: Radar, case_id: str
) -> None:
    with desk.database.writing() as unit:
        unit.matters.end("DEMO-330217-A01", "v2026.2", date(2026, 8, 31))

    (found,) = radar().for_case(case_id, TODAY)

    assert (found.touch, found.day) == (Touch.WITHDRAWN, date(2026, 8, 31))
    assert "移送" in found.advice
    assert "过渡规定" in found.advice


def test_a_decided_case_is_left_alone(desk: Workstation, radar: Radar, earlier: str) -> None:
    with desk.database.writing() as unit:
        file = unit.cases.load_case_file(earlier)
        decided = replace(file.events[-1], kind="decision_made", position=0)
        unit.events.append(earlier, decided)

    assert radar().for_case(earlier, TODAY) == ()


def test_a_stopped_run_gives_nothing(radar: Radar, earlier: str) -> None:
    stop = Event()
    stop.set()

    assert radar().run(as_of=TODAY, stop=stop) is None
    assert earlier


def test_progress_counts_the_open_cases(radar: Radar, earlier: str) -> None:
    seen: list[tuple[int, int]] = []

    radar().run(as_of=TODAY, progress=lambda done, total: seen.append((done, total)))

    assert seen == [(1, 1)]
    assert earlier


def test_tiers_are_candidates_with_what_holds_and_none_is_picked(
    desk: Workstation, case_id: str
) -> None:
    (view,) = desk.case_tiers.of_case(case_id, TODAY)

    assert [(c.tier.name, c.fit.value) for c in view.candidates] == [
        ("较轻", "符合"),
        ("一般", "不符合"),
        ("较重", "不符合"),
        ("严重", "不能判断"),
    ]
    assert view.candidates[0].why == ("倾倒量<20立方米",)
    assert "缺少事实" in view.candidates[3].why[0]
