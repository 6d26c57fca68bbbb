"""Every case told in ``tests/data/fixtures`` comes out of ``case apply`` as it is told."""

import pytest

from tests.case_scenarios import Scenario, ScenarioDesk, load_scenarios, tell, unexpected

SCENARIOS = load_scenarios()
TWINS = [scenario for scenario in SCENARIOS if scenario.has_twin]


def _name(scenario: Scenario) -> str:
    return scenario.name


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> ScenarioDesk:
    """Homes that many cases begin in."""
    return ScenarioDesk(tmp_path_factory.mktemp("scenarios"))


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
