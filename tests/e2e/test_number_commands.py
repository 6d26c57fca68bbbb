"""The ledger of numbers through the command line."""

from tests.e2e.conftest import Demo, Run


def test_the_ledger_lists_a_form_reserves_voids_and_has_no_gap(run: Run, demo: Demo) -> None:
    _, listed = run(demo.home, "numbers", "list", "--form", "D51", "--year", "2026")
    assert [row["number"] for row in listed["numbers"]] == ["屿综执罚决字〔2026〕第0186号"]

    status, reserved = run(demo.home, "numbers", "reserve", "--form", "D51", "--year", "2026")
    assert (status, reserved["state"]) == (0, "预留")

    number = reserved["number"]
    _, voided = run(demo.home, "numbers", "void", number, "--reason", "误留")
    assert [(r["state"], r["reason"]) for r in voided["numbers"]] == [("作废", "误留")]
    status, report = run(demo.home, "numbers", "gaps")
    assert (status, report["gaps"], report["reserved"]) == (0, [], [])
