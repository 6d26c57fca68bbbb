"""``case similar`` on the demo case."""

from tests.e2e.conftest import Demo, Run


def test_similar_cases_are_counted_and_few_are_said_to_be_few(demo: Demo, run: Run) -> None:
    status, printed = run(demo.home, "case", "similar", demo.result["case_id"], "--fine", "120000")

    assert status == 0
    assert printed["fine"] == "120000"
    assert [circle["too_few"] for circle in printed["circles"]] == [True, True, True]
    assert printed["sentence"] == ""
