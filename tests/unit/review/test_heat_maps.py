"""Counting trouble by step and check: in memory."""

from workstation.review.heat_maps import HeatMap, HeatSpot, Trouble, by_person, heat_map


def _spot(
    case_id: str, step: int, check: str, trouble: Trouble = Trouble.FAILED, officer: str = "林问渠"
) -> HeatSpot:
    return HeatSpot(
        case_id=case_id,
        number=f"〔2026〕{case_id}号",
        title="案件",
        officers=(officer, "苏砚舟"),
        step=step,
        check=check,
        trouble=trouble,
        message="",
    )


def _map(*spots: HeatSpot) -> HeatMap:
    return heat_map(spots, ("CX5", "ZJ2"), cases=9, checked=5, unchecked=2)


def test_a_case_counts_once_in_a_cell_and_once_for_each_kind() -> None:
    found = _map(
        _spot("a", 9, "CX5"),
        _spot("a", 9, "CX5"),
        _spot("a", 9, "CX5", Trouble.LOST),
        _spot("b", 9, "CX5"),
    )

    cell = found.at(9, "CX5")
    assert cell is not None
    assert (cell.cases, dict(cell.counts)) == (2, {Trouble.FAILED: 2, Trouble.LOST: 1})
    assert found.highest == 2


def test_rows_follow_the_list_and_what_no_check_covers_comes_last() -> None:
    found = _map(_spot("a", 13, ""), _spot("a", 9, "ZJ2"), _spot("b", 3, "CX5"))

    assert found.checks == ("CX5", "ZJ2", "")
    assert found.steps == (3, 9, 13)
    assert found.at(3, "ZJ2") is None


def test_the_total_of_a_check_counts_a_case_once_over_all_steps() -> None:
    found = _map(_spot("a", 3, "CX5"), _spot("a", 9, "CX5"), _spot("b", 9, "CX5"))

    assert found.total("CX5") == 2
    assert [spot.case_id for spot in found.behind(9, "CX5")] == ["a", "b"]


def test_both_officers_of_a_case_are_counted() -> None:
    lines = by_person([_spot("a", 3, "CX5"), _spot("b", 3, "CX5", officer="温予安")])

    assert {line.person: line.cases for line in lines} == {"林问渠": 1, "苏砚舟": 2, "温予安": 1}
