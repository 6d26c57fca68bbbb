"""Lists of matters through the command line."""

from pathlib import Path

from tests.e2e.conftest import Run
from tests.matter_workbooks import make_rows, write_rows


def test_a_list_is_previewed_imported_listed_shown_and_taken_back(
    run: Run, tmp_path: Path
) -> None:
    file = str(write_rows(tmp_path / "list.xlsx", make_rows(3)))
    notice = ("--notice", "演示〔2026〕1号")

    status, preview = run(tmp_path, "matters", "import", file, "--preview", *notice)
    assert (status, preview["imported"], len(preview["added_matters"])) == (0, False, 3)
    status, outcome = run(tmp_path, "matters", "import", file, *notice)
    assert (status, outcome["imported"], outcome["added"]) == (0, True, 3)

    _, listed = run(tmp_path, "matters", "list", "--text", "330217000002")
    assert listed["count"] == 1
    _, shown = run(tmp_path, "matters", "show", "330217000002")
    assert shown["versions"][0]["fields"]["实施主体"] == "龙屿市综合行政执法局"
    back = ("--reason", "重来", "--by", "方小满")
    status, _ = run(tmp_path, "matters", "roll-back", notice[1], *back)
    assert (status, run(tmp_path, "matters", "list")[1]["count"]) == (0, 0)


def test_row_errors_are_printed_with_their_cells_and_exit_one(run: Run, tmp_path: Path) -> None:
    rows = make_rows(3)
    rows[1]["权力类型"] = "授权"
    file = str(write_rows(tmp_path / "list.xlsx", rows))

    status, outcome = run(tmp_path, "matters", "import", file)

    (error,) = outcome["errors"]
    assert (status, outcome["imported"], error["cell"]) == (1, False, "D5")
    assert "法定、相对集中、赋权、委托" in error["fix"]
