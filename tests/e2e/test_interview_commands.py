"""Questions and clashes through the command line."""

from tests.e2e.conftest import Demo, Run


def test_questions_of_a_matter_are_listed_and_the_demo_case_has_no_clash(
    run: Run, demo: Demo
) -> None:
    number = demo.result["case_id"]

    _, listed = run(demo.home, "interview", "questions", "--matter", "DEMO-330217-A01")
    status, found = run(demo.home, "interview", "clashes", number)

    assert [each["name"] for each in listed["sets"]] == ["擅自倾倒建筑垃圾", "各案通用"]
    assert (status, found) == (0, {"clashes": []})
