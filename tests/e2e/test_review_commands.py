"""``case check`` and ``case overrule`` on the demo case and on one in disorder."""

import shutil
from pathlib import Path

from tests.e2e.conftest import Demo, Run


def test_the_demo_case_has_no_fault_in_any_check(demo: Demo, run: Run) -> None:
    status, printed = run(demo.home, "case", "check", demo.result["case_id"], "--all")

    assert status == 0
    assert printed["summary"]["不符合"] == 0, printed["findings"]
    assert len(printed["findings"]) == 63


def test_a_check_of_an_earlier_day_leaves_out_what_came_later(demo: Demo, run: Run) -> None:
    _, printed = run(demo.home, "case", "check", demo.result["case_id"], "--as-of", "2026-08-21")

    assert "CX4" not in {finding["check"] for finding in printed["findings"]}


def test_a_person_concludes_what_the_machine_leaves_open(
    demo: Demo, run: Run, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo.home, home)
    case_id = demo.result["case_id"]
    said = ("--check", "YS1", "--reason", "未达追诉标准", "--by", "顾知白")

    status, printed = run(home, "case", "overrule", case_id, *said)

    assert status == 0
    assert (printed["state"], printed["overruled"]["person"]) == ("符合", "顾知白")


def test_every_relation_of_the_demo_case_agrees_and_is_printed(
    demo: Demo, run: Run, tmp_path: Path
) -> None:
    case_id = demo.result["case_id"]

    status, printed = run(demo.home, "case", "proof", case_id, "--print", "--to", str(tmp_path))

    assert status == 0
    assert printed["summary"]["不符"] == 0
    assert printed["summary"]["相符"] >= 120
    pointers = [p for relation in printed["relations"] for p in relation["compared"]]
    assert all(p["page"] for p in pointers if p["document"])
    assert printed["pages"] > 3
    assert Path(printed["pdf"]).exists()


def test_the_office_is_checked_without_its_archived_cases(demo: Demo, run: Run) -> None:
    status, printed = run(demo.home, "case", "check", "--all")
    refused, told = run(demo.home, "case", "check")

    assert status == 0
    assert (printed["checked"], printed["cases"]) == (0, [])
    assert refused
    assert "--all" in told["error"]["hint"]


def test_a_case_without_a_ruling_has_no_outcome_to_record(demo: Demo, run: Run) -> None:
    case_id = demo.result["case_id"]
    reason = ("--check", "CX5", "--ground", "程序违法", "--by", "顾知白")

    status, printed = run(demo.home, "case", "outcome", case_id)
    refused, told = run(demo.home, "case", "outcome", case_id, *reason)
    counted, office = run(demo.home, "review", "outcomes")

    assert (status, printed) == (0, {"rulings": []})
    assert (refused, told["error"]["message"]) == (1, "本案没有复议决定，也没有裁判。")
    assert (counted, office["lost_cases"], office["checks"]) == (0, 0, [])
