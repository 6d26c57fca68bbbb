"""What stands behind a paper, through the command line."""

from tests.e2e.conftest import Demo, Run


def test_a_value_of_the_decision_is_traced_to_the_paper_it_was_first_written_in(
    run: Run, demo: Demo
) -> None:
    case_id = demo.result["case_id"]

    status, traced = run(
        demo.home, "case", "trace", case_id, "--document", "D51", "--field", "facts"
    )

    assert status == 0
    (field,) = traced["fields"]
    assert (field["certain"], field["origin"]) == (True, "取自案件记录")
    assert [source["by"] for source in field["sources"]] == ["林问渠", "韩沧"]
    assert "建筑垃圾体积测绘报告" in [piece["name"] for piece in field["evidence"]]
