"""Service through the command line: what waits, by when, and what was served."""

from tests.e2e.conftest import Demo, Run


def test_what_waits_is_listed_first_with_its_last_day(demo: Demo, run: Run) -> None:
    case = demo.result["case_id"]

    status, answer = run(demo.home, "case", "services", case, "--as-of", "2026-10-16")

    assert (status, answer["not_served"]) == (0, 1)
    first = answer["papers"][0]
    assert (first["document"], first["state"], first["last_day"]) == (
        "D51",
        "未送达",
        "2026-10-26",
    )
    assert (first["event"], first["step"]) == ("decision_served", 14)


def test_what_was_served_names_its_receipt(demo: Demo, run: Run) -> None:
    _, answer = run(demo.home, "case", "services", demo.result["case_id"])

    decision = next(paper for paper in answer["papers"] if paper["document"] == "D51")
    assert (answer["not_served"], decision["state"]) == (0, "已送达")
    assert decision["receipt"].startswith("D56")
    assert decision["delivery"]["receiver_role"] == "法定代表人"
