"""``appraisal …`` and ``case rehearse`` on the demo case, by command."""

import shutil
from pathlib import Path

from tests.e2e.conftest import Demo, Run


def test_a_closed_case_is_drawn_scored_appealed_and_reported(
    demo: Demo, run: Run, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo.home, home)
    drawn = run(home, "appraisal", "sample", "--name", "年度评查", "--from", "2026-01-01")[1]
    where = (drawn["id"], demo.result["case_id"])
    run(home, "appraisal", "assign", *where, "--person", "言外山")
    hung = ("--reason", "说理不足", "--document", "D51", "--page", "2")

    run(
        home,
        "appraisal",
        "score",
        *where,
        "--by",
        "言外山",
        "--deduct",
        "G30",
        "--points",
        "2",
        *hung,
    )
    run(home, "appraisal", "score", *where, "--by", "言外山", "--close")
    said = ("--target", "初评/K1", "--by", "市容中队", "--statement", "已经说理")
    _, printed = run(home, "appraisal", "appeal", *where, *said)
    status, report = run(home, "appraisal", "report", *where, "--to", str(tmp_path))

    assert status == 0
    assert float(printed["result"]["score"]) < 100
    assert printed["appeals"][0]["upheld"] is None
    assert Path(report["docx"]).exists()
    assert Path(report["pdf"]).exists()


def test_the_rehearsal_says_what_it_is_and_prints_its_points(
    demo: Demo, run: Run, tmp_path: Path
) -> None:
    status, printed = run(
        demo.home, "case", "rehearse", demo.result["case_id"], "--to", str(tmp_path)
    )

    assert printed["header"] == "规则演练，非法律意见"
    assert status == (1 if printed["unanswered"] else 0)
    answers = {weakness["answer"] for weakness in printed["weaknesses"]}
    assert "无答复" in answers
    assert Path(printed["pdf"]).exists()
