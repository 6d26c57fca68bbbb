"""The tiers that hold for the facts of a case, with and without the reasons."""

import pytest

from workstation.data_files import resources_dir
from workstation.domain.discretion import Fit, candidates, tiers_met
from workstation.operations.matter_files import read_matters


@pytest.mark.parametrize(
    ("facts", "met"),
    [
        ({"volume_m3": 16.4}, ("较轻",)),
        ({"volume_m3": 20}, ("一般",)),
        ({"volume_m3": 30, "protected_area": True}, ("一般", "严重")),
        ({}, ()),
    ],
)
def test_the_tiers_met_are_the_candidates_that_hold(
    facts: dict[str, float | bool], met: tuple[str, ...]
) -> None:
    matter = read_matters(resources_dir() / "demo" / "matters.json")[-1]

    fitting = tuple(c.tier.name for c in candidates(matter, facts) if c.fit is Fit.HOLDS)

    assert tiers_met(matter, facts) == fitting == met
