"""The heat map of a real office: from what is stored, by filters, in a workbook, by person."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from workstation.bootstrap import Workstation
from workstation.errors import InvalidInputError
from workstation.operations.heat_maps import HeatFilter
from workstation.operations.parameters import NewValue
from workstation.review.heat_maps import Trouble


def test_what_the_run_over_the_office_found_is_counted_and_exported(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    assert desk.heat_maps.of_office(HeatFilter()).unchecked == 1
    desk.review_runs.run()
    wanted = HeatFilter(first=date(2026, 8, 21), last=date(2026, 8, 21))

    found = desk.heat_maps.of_office(wanted)

    failed = {f.check.id for f in desk.reviews.check_case(case_id).findings if f.needs_attention}
    assert found.checked == 1
    assert found.checks
    assert set(found.checks) <= failed
    assert all(spot.step for spot in found.spots)
    sheet = load_workbook(desk.heat_maps.export(tmp_path / "heat.xlsx", wanted)).active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == list(found.checks)
    assert sheet["C2"].value == "1"
    for other in (HeatFilter(first=date(2026, 8, 22)), HeatFilter(matter="另一事项")):
        assert desk.heat_maps.of_office(other).cases == 0
    assert not desk.heat_maps.of_office(HeatFilter(troubles=(Trouble.LOST,))).spots


def test_what_a_reviewer_overruled_is_counted_as_that(desk: Workstation, case_id: str) -> None:
    desk.review_runs.run()
    before = desk.heat_maps.of_office(HeatFilter())
    check = before.checks[0]
    desk.reviews.overrule(case_id, check, "原件已核对", person="顾知白")
    desk.review_runs.run()

    spots = [s for s in desk.heat_maps.of_office(HeatFilter()).spots if s.check == check]

    assert [(s.trouble, s.message) for s in spots] == [(Trouble.OVERRULED, "符合：原件已核对")]
    assert [s.step for s in spots] == [s.step for s in before.spots if s.check == check]
    assert all(s.step for s in spots)


def test_nobody_is_counted_by_person_until_the_bureau_switched_it_on(
    desk: Workstation, case_id: str
) -> None:
    desk.review_runs.run()
    with pytest.raises(InvalidInputError, match="没有开启按人统计"):
        desk.heat_maps.by_person(HeatFilter())

    desk.parameters.set(
        NewValue(
            key="heat_by_person",
            value=True,
            valid_from=date(2026, 1, 1),
            verified=True,
            source="局长办公会纪要（演示）",
            entered_by="方小满",
        )
    )

    assert {line.person for line in desk.heat_maps.by_person(HeatFilter())} == {
        "林问渠",
        "苏砚舟",
    }
    with desk.database.reading() as unit:
        logged = unit.log.entries("parameter_set")
    assert [entry.payload["key"] for entry in logged] == ["heat_by_person"]
    assert case_id
