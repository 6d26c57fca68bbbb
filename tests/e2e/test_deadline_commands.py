"""Deadlines through the command line: by rule, in a case, and moved."""

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Demo, Run
from workstation import cli


def test_a_deadline_names_the_days_it_skips_and_their_notice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = ["--home", str(tmp_path), "deadline", "--rule", "DL06", "--from", "2026-09-29"]

    status = cli.main([*typed, "--json"])

    answer = json.loads(capsys.readouterr().out)
    skipped = [day["day"] for day in answer["derivation"][1:] if not day["counted"]]
    assert (status, answer["last_day"]) == (0, "2026-10-12")
    assert skipped == [*(f"2026-10-0{n}" for n in range(1, 8)), "2026-10-11"]
    assert "国办发明电〔2025〕7号" in answer["notices"][0]


def test_a_shift_prints_both_ends(run: Run, tmp_path: Path) -> None:
    wanted = ("deadline", "--rule", "DL06", "--from", "2026-09-29", "--shift", "3")

    _, answer = run(tmp_path, *wanted)

    assert answer["last_day"] == "2026-10-12"
    assert (answer["shift"]["last_day"], answer["shift"]["difference_days"]) == ("2026-10-13", 1)


def test_a_case_tells_its_clocks_and_what_a_later_service_would_move(demo: Demo, run: Run) -> None:
    wanted = ("case", "deadlines", demo.result["case_id"], "--as-of", "2026-09-12")

    status, answer = run(demo.home, *wanted, "--what-if", "DL06=+3")

    assert status == 0
    assert answer["earliest_decision"]["first_day"] == "2026-09-18"
    assert answer["what_if"]["earliest_decision"]["after"] == "2026-09-19"
    assert {clock["code"] for clock in answer["what_if"]["moved"]} == {"DL06", "DL07"}


def test_a_what_if_that_can_not_be_read_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as wrong:
        cli.main(["--home", str(tmp_path), "case", "deadlines", "x", "--what-if", "DL06+3"])

    assert wrong.value.code == 2


def test_a_certificate_is_written_for_a_clock_of_a_case(
    demo: Demo, run: Run, tmp_path: Path
) -> None:
    wanted = ("case", "deadlines", demo.result["case_id"], "--as-of", "2026-09-20")

    status, answer = run(demo.home, *wanted, "--certificate", "DL06", "--to", str(tmp_path))

    text = "".join(line for page in answer["certificate"]["lines"] for line in page)
    assert status == 0
    assert "送达回证" in text
    assert Path(answer["certificate"]["pdf"]).is_file()


def test_a_certificate_needs_a_folder(run: Run, tmp_path: Path) -> None:
    wanted = ("deadline", "--rule", "DL06", "--from", "2026-09-29", "--certificate")

    status, answer = run(tmp_path, *wanted)

    assert status == 1
    assert "--to" in answer["error"]["hint"]


def test_a_holiday_notice_is_previewed_taken_in_and_taken_back(run: Run, tmp_path: Path) -> None:
    notice = str(Path(__file__).parents[1] / "data" / "notices" / "2027_made_up.txt")
    count = ("deadline", "--rule", "DL06", "--from", "2026-12-30")

    _, shown = run(tmp_path, "holidays", "import", notice, "--preview")
    assert (shown["taken_in"], len(shown["notice_days"])) == (False, 33)
    assert run(tmp_path, *count)[0] == 1
    assert run(tmp_path, "holidays", "import", notice, "--by", "方小满")[1]["taken_in"] is True
    assert run(tmp_path, *count)[1]["last_day"] == "2027-01-07"

    back = ("holidays", "withdraw", "2027", "--published", "2026-11-20")
    _, listed = run(tmp_path, *back, "--reason", "导错", "--by", "方小满")

    assert listed["years"][0]["year"] == 2026
