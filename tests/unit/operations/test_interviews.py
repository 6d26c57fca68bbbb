"""Questions for an 询问笔录, and people who stand in two records at once."""

from pathlib import Path

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.data_files import resources_dir
from workstation.errors import DataFileError
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import read_json
from workstation.operations.interviews import load_question_sets

_AFTERNOON = {"started_at": "2026-08-24T10:30", "ended_at": "2026-08-24T11:00"}


@pytest.fixture
def questioned(desk: Workstation, case_id: str) -> str:
    """The demo case with 温砺 questioned from 09:30 to 10:45."""
    data = {"until": "2026-08-24T10:45", "officers": ["林问渠", "苏砚舟"], "person": "温砺"}
    desk.cases.record(case_id, event("person_questioned", 3, "2026-08-24T09:30", data=data))
    return case_id


@pytest.fixture
def other(desk: Workstation, questioned: str) -> str:
    """A second case of the same officers."""
    content = read_json(resources_dir() / "demo" / "case.json")
    assert questioned
    return desk.cases.create(new_case_from(content)).case_id


def test_a_matter_has_its_own_questions_first_and_then_the_general_ones(desk: Workstation) -> None:
    sets = desk.interviews.questions("DEMO-330217-B07")

    assert [each.name for each in sets] == ["露天烧烤", "各案通用"]


def test_every_shipped_question_says_what_it_establishes() -> None:
    questions = [question for each in load_question_sets() for question in each.questions]

    assert all(question.ask and question.element for question in questions)
    assert len({question.ask for question in questions}) == len(questions) > 30


def test_the_own_file_of_the_bureau_wins(tmp_path: Path) -> None:
    own = tmp_path / "own" / "templates" / "03_investigation" / "question_sets.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[[sets]]\nname = "本局"\nmatters = []\nquestions = []\n', encoding="utf-8")

    assert [each.name for each in load_question_sets(tmp_path)] == ["本局"]


def test_a_basis_that_is_no_article_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own" / "templates" / "03_investigation" / "question_sets.toml"
    own.parent.mkdir(parents=True)
    question = '{ ask = "问", element = "素", basis = "某个规定" }'
    own.write_text(f'[[sets]]\nname = "甲"\nmatters = []\nquestions = [{question}]\n', "utf-8")

    with pytest.raises(DataFileError, match="某个规定"):
        load_question_sets(tmp_path)


def test_a_draft_of_another_case_at_the_same_time_clashes_for_officers_and_person(
    desk: Workstation, other: str
) -> None:
    desk.forms.save_draft(other, "D12", 1, {**_AFTERNOON, "person": "温砺"})

    clashes = desk.interviews.clashes(other)

    assert {clash.name for clash in clashes} == {"林问渠", "苏砚舟", "温砺"}
    assert "09:30至10:45" in clashes[0].sentence


def test_records_that_follow_each_other_do_not_clash(desk: Workstation, other: str) -> None:
    times = {"started_at": "2026-08-24T10:45", "ended_at": "2026-08-24T11:30"}

    clashes = desk.interviews.clashes_of_paper(other, {**times, "person": "温砺"})

    assert clashes == ()


def test_a_record_does_not_clash_with_its_own_event(desk: Workstation, questioned: str) -> None:
    times = {"started_at": "2026-08-24T09:30", "ended_at": "2026-08-24T10:45"}

    clashes = desk.interviews.clashes_of_paper(questioned, {**times, "person": "温砺"})

    assert clashes == ()
