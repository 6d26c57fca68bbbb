"""Parting a case and joining two: both cases in one write, evidence kept once."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.data_files import resources_dir
from workstation.errors import InvalidInputError
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import EventFileError, EvidenceRequest, read_json
from workstation.operations.linked_cases import CasesNotJoinableError
from workstation.operations.recording import GuardRefusedError

DAY = date(2026, 8, 25)
MATTER = "DEMO-330217-A01"


@pytest.fixture
def with_evidence(desk: Workstation, case_id: str, tmp_path: Path) -> str:
    """The demo case with two pieces of evidence, one of them a file."""
    picture = tmp_path / "scene.jpg"
    picture.write_bytes(b"\xff\xd8 picture")
    pieces = tuple(
        EvidenceRequest(
            name=name,
            kind="书证",
            source="现场提取",
            obtained_by="林问渠、苏砚舟",
            obtained_on=date(2026, 8, 22),
            proves="倾倒的事实",
            file=file,
        )
        for name, file in (("现场照片", picture), ("运单", None))
    )
    desk.cases.record(case_id, event("note_added", 3, "2026-08-22T10:00", evidence=pieces))
    return case_id


def _split_file(tmp_path: Path, **row: object) -> Path:
    path = tmp_path / "split.json"
    entry = {"what": "驾驶员个人的违法行为", "matter": MATTER, **row}
    content = {"at": "2026-08-24T09:00", "reason": "两个当事人", "cases": [entry]}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def _driver() -> dict[str, str]:
    return {"party_name": "温砺", "party_kind": "公民", "party_number": "990399198804230033"}


def test_a_split_opens_a_case_that_shares_the_evidence_by_reference(
    desk: Workstation, with_evidence: str, tmp_path: Path
) -> None:
    linked = desk.links.split(with_evidence, _split_file(tmp_path, **_driver()))

    (link,) = linked.links
    part = desk.cases.view(link.id, DAY).file
    assert link.relation == "由本案分出"
    assert (part.case.party.name, part.case.lead.number) == ("温砺", "屿案源〔2026〕0413号")
    assert [piece.name for piece in part.evidence] == ["现场照片", "运单"]
    assert {piece.kept_in for piece in part.evidence} == {"屿综执立字〔2026〕0186号"}
    with desk.database.reading() as unit:
        assert len(unit.evidence.digests()) == 1


def test_the_parts_of_one_case_show_each_other(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    desk.links.split(case_id, _split_file(tmp_path, **_driver()))
    linked = desk.links.split(
        case_id, _split_file(tmp_path, party_name="卓望野", party_kind="公民")
    )

    relations = [link.relation for link in desk.cases.view(linked.links[1].id, DAY).links]

    assert relations == ["本案由其分出", "同案分出"]


def test_a_split_after_filing_keeps_the_filing_day(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    part = desk.links.split(case_id, _split_file(tmp_path, **_driver())).links[0].id
    desk.cases.record(part, event("case_filed", 2, "2026-08-31T09:00"))

    clocks = {d.code: d for d in desk.cases.view(part, date(2026, 9, 1)).deadlines}

    assert clocks["DL02"].last_day == date(2026, 11, 19)


def test_only_the_named_pieces_are_shared(
    desk: Workstation, with_evidence: str, tmp_path: Path
) -> None:
    path = _split_file(tmp_path, evidence=["2"], **_driver())

    part = desk.links.split(with_evidence, path).links[0].id

    assert [piece.name for piece in desk.cases.view(part, DAY).file.evidence] == ["运单"]


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({"matter": "NONE"}, InvalidInputError),
        ({"evidence": ["9"]}, InvalidInputError),
        ({"party_name": "温砺", "party_kind": "路人"}, InvalidInputError),
        ({"what": ""}, GuardRefusedError),
    ],
)
def test_a_faulty_split_leaves_nothing(
    desk: Workstation, case_id: str, tmp_path: Path, row: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        desk.links.split(case_id, _split_file(tmp_path, **row))

    assert desk.cases.count() == 1
    assert desk.cases.view(case_id).links == ()


def test_a_split_file_without_cases_is_refused(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    path = tmp_path / "empty.json"
    path.write_text("{}", encoding="utf-8")

    with pytest.raises(EventFileError, match="cases"):
        desk.links.split(case_id, path)


def _second(desk: Workstation, *, filed: str = "2026-08-24T09:00") -> str:
    content = read_json(resources_dir() / "demo" / "case.json")
    second = desk.cases.create(new_case_from(content)).case_id
    apart: dict[str, Any] = {"kept_apart": "待查清是否同一行为，再行并案"}
    desk.cases.record(second, event("lead_registered", 1, "2026-08-19T09:50", data=apart))
    if filed:
        desk.cases.record(second, event("case_filed", 2, filed, data=apart))
    return second


def test_a_merged_case_ends_and_lends_its_evidence_and_its_filing_day(
    desk: Workstation, with_evidence: str
) -> None:
    second = _second(desk)

    desk.links.merge(with_evidence, second, datetime(2026, 8, 25, 9), "同一当事人同一行为")

    merged, taking = desk.cases.view(with_evidence, DAY), desk.cases.view(second, DAY)
    assert [link.relation for link in merged.links] == ["本案并入其中"]
    assert merged.steps[2].status == "not_applicable"
    assert [piece.name for piece in taking.file.evidence] == ["现场照片", "运单"]
    clock = next(d for d in taking.deadlines if d.code == "DL02")
    assert clock.last_day == date(2026, 11, 19)


def test_a_filed_case_is_not_merged_into_one_not_filed(desk: Workstation, case_id: str) -> None:
    second = _second(desk, filed="")

    with pytest.raises(CasesNotJoinableError, match="尚未立案"):
        desk.links.merge(case_id, second, datetime(2026, 8, 25, 9), "同一当事人")


def test_a_case_is_not_merged_into_itself(desk: Workstation, case_id: str) -> None:
    with pytest.raises((CasesNotJoinableError, GuardRefusedError)):
        desk.links.merge(case_id, case_id, datetime(2026, 8, 25, 9), "错选", joint=True)


def test_a_case_of_another_party_is_joined_only_for_a_joint_act(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    part = desk.links.split(case_id, _split_file(tmp_path, **_driver())).links[0].id

    with pytest.raises(GuardRefusedError, match="不是同一当事人"):
        desk.links.merge(part, case_id, datetime(2026, 8, 25, 9), "合并处理")

    desk.links.merge(part, case_id, datetime(2026, 8, 25, 9), "共同违法", joint=True)
    assert desk.cases.view(part, DAY).steps[2].status == "not_applicable"


def test_cases_to_join_list_those_of_the_party_first(desk: Workstation, case_id: str) -> None:
    second = _second(desk)

    assert [summary.id for summary in desk.links.candidates(case_id)] == [second]
