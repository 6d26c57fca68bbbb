"""What an office sets for itself, through the command line."""

from pathlib import Path

from tests.e2e.conftest import Run

SET = ("parameters", "set", "minimum_heads", "3", "--from", "2026-09-01")


def test_a_parameter_is_set_shown_with_its_history_and_taken_back(
    run: Run, tmp_path: Path
) -> None:
    by = ("--by", "方小满")
    status, answer = run(tmp_path, *SET, "--source", "演示文件〔2026〕1号", *by)
    assert (status, answer["value_text"], answer["verified"]) == (0, "3人", False)

    back = ("parameters", "withdraw", "minimum_heads", "--from", "2026-09-01")
    status, answer = run(tmp_path, *back, "--reason", "登记有误", *by)

    assert (status, answer["value_text"]) == (0, "2人")
    _, shown = run(tmp_path, "parameters", "show", "minimum_heads")
    assert [row["entered_by"] for row in shown["history"]] == ["程序自带", "方小满", "方小满"]


def test_a_parameter_the_law_fixes_is_refused(run: Run, tmp_path: Path) -> None:
    wanted = ("parameters", "set", "surcharge_daily_rate", "0.05", "--from", "2026-09-01")

    status, answer = run(tmp_path, *wanted, "--source", "无", "--by", "方小满")

    assert status == 1
    assert "由法律规定" in answer["error"]["message"]
