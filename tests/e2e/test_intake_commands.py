"""The intake through the command line: shown, and closed once the case is archived."""

import pytest

from tests.e2e.conftest import Demo, Run
from workstation import cli

CORRECT = ("case", "correct")


def test_what_is_registered_is_shown_by_path(demo: Demo, run: Run) -> None:
    status, answer = run(demo.home, "case", "intake", demo.result["case_id"])

    values = {row["path"]: (row["label"], row["value"]) for row in answer["values"]}
    assert status == 0
    assert values["party.representative"] == ("法定代表人（负责人、经营者）", "卓望野")
    assert values["case.facts.place"][0] == "违法地点"
    assert answer["corrections"] == answer["papers"] == []


def test_an_archived_case_is_not_corrected(demo: Demo, run: Run) -> None:
    status, answer = run(
        demo.home,
        "case",
        "correct",
        demo.result["case_id"],
        "--set",
        "party.phone=0",
        "--reason",
        "试",
    )

    assert status == 1
    assert "归档" in answer["error"]["message"]


def test_a_value_without_its_name_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([*CORRECT, "0", "--set", "甲", "--reason", "试"])

    assert stopped.value.code == 2
    assert "party.name=新名称" in capsys.readouterr().err
