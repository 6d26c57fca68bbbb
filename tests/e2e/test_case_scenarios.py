"""Every case told in ``tests/data/fixtures`` comes out of ``case apply`` as it is told."""

from collections.abc import Iterator
from functools import cache

import pytest

from tests.case_scenarios import Scenario, ScenarioDesk, load_scenarios, tell, unexpected
from workstation.documents.form_source import read_form_file
from workstation.procedure import load_rules

SCENARIOS = load_scenarios()
TWINS = [scenario for scenario in SCENARIOS if scenario.has_twin]


def _name(scenario: Scenario) -> str:
    return scenario.name


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScenarioDesk]:
    """Homes that many cases begin in; the shipped data are read once for all commands."""
    rules = load_rules()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workstation.documents.forms.read_form_file", cache(read_form_file))
        patch.setattr("workstation.bootstrap.load_rules", lambda _home: rules)
        yield ScenarioDesk(tmp_path_factory.mktemp("scenarios"))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=_name)
def test_a_case_comes_out_as_it_is_told(desk: ScenarioDesk, scenario: Scenario) -> None:
    outcome = desk.run(tell(scenario))

    assert unexpected(scenario.row["expect"], outcome) == []


@pytest.mark.parametrize("scenario", TWINS, ids=_name)
def test_the_same_event_passes_where_it_is_lawful(desk: ScenarioDesk, scenario: Scenario) -> None:
    outcome = desk.run(tell(scenario, right=True))

    assert unexpected(scenario.row.get("expect_right", {}), outcome) == []


def test_every_case_names_the_article_it_rests_on() -> None:
    assert [scenario.name for scenario in SCENARIOS if not scenario.row["basis"].strip()] == []
