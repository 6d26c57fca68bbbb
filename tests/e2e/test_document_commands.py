"""What stands behind a paper, through the command line."""

from dataclasses import replace
from pathlib import Path

from tests.e2e.conftest import Demo, Run
from workstation.bootstrap import open_workstation
from workstation.data_files import resources_dir
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import read_json
from workstation.settings import open_home


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


def test_edited_wording_and_new_facts_are_merged_or_left_to_decide(
    run: Run, tmp_path: Path
) -> None:
    case_id = _edited_filing(tmp_path)
    asked = ("document", "merge", "--case", case_id, "--document", "D06")

    _, listed = run(tmp_path, "document", "merge", "--case", case_id)
    open_status, left = run(tmp_path, *asked, "--take")
    status, decided = run(tmp_path, *asked, "--mine", "officer_opinion")

    assert listed == {"documents": ["D06"]}
    assert open_status == 1
    assert [row["merged"] for row in left["taken"]] == ["八月，凌晨倾倒，16立方米。"]
    assert [row["field"] for row in left["pending"]] == ["officer_opinion"]
    assert (status, decided["pending"]) == (0, [])


def _edited_filing(home: Path) -> str:
    """A case whose filing was edited before its summary and its cause were corrected."""
    workstation = open_workstation(open_home(home))
    folder = resources_dir() / "demo"
    workstation.office.set_up(folder / "office.json", folder / "matters.json")
    new = replace(new_case_from(read_json(folder / "case.json")), summary="八月，倾倒，10立方米。")
    case_id = workstation.cases.create(new).case_id
    own = {"summary": "八月，凌晨倾倒，10立方米。", "officer_opinion": "建议立案。"}
    workstation.forms.save_draft(case_id, "D06", 1, own)
    with workstation.database.writing() as unit:
        corrected = replace(
            unit.cases.get(case_id), summary="八月，倾倒，16立方米。", cause="擅自倾倒装修垃圾"
        )
        unit.cases.update(corrected)
        unit.log.append("case_corrected", {"case": case_id})
    workstation.close()
    return case_id
