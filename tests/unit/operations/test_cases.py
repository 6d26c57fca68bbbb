"""Cases on any day, and files of events."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from workstation.bootstrap import Workstation
from workstation.data_files import resources_dir
from workstation.errors import InvalidInputError
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import EventFileError, read_json
from workstation.operations.readings import surroundings_of
from workstation.procedure import StepStatus


def test_a_case_can_be_seen_as_it_stood_on_an_earlier_day(desk: Workstation, case_id: str) -> None:
    view = desk.cases.view(case_id, date(2026, 8, 20))

    assert [e.kind for e in view.file.events] == ["lead_registered"]
    assert view.steps[1].status is not StepStatus.DONE


def test_the_ninety_days_run_from_the_filing(desk: Workstation, case_id: str) -> None:
    view = desk.cases.view(case_id, date(2026, 8, 22))

    clock = next(d for d in view.deadlines if d.code == "DL02")
    assert clock.last_day == date(2026, 11, 19)


def test_a_case_is_found_by_its_number(desk: Workstation, case_id: str) -> None:
    assert desk.cases.find("屿综执立字〔2026〕0186号") == case_id


def test_the_list_is_filtered_by_every_word(desk: Workstation, case_id: str) -> None:
    assert [s.id for s in desk.cases.summaries("鲸礁 建筑垃圾")] == [case_id]
    assert desk.cases.summaries("鲸礁 烧烤") == ()


def test_a_refusal_stops_a_file_and_keeps_what_came_before(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    path = tmp_path / "events.json"
    events = [
        {"kind": "note_added", "step": 2, "at": "2026-08-22T09:00"},
        {"kind": "decision_made", "step": 13, "at": "2026-08-24T10:00"},
        {"kind": "note_added", "step": 2, "at": "2026-08-25T09:00"},
    ]
    path.write_text(json.dumps({"events": events}), encoding="utf-8")

    applied = desk.cases.apply_file(case_id, path)

    assert applied.recorded == 1
    assert applied.refused_at.startswith("2026-08-24")
    assert applied.findings


def test_a_row_of_the_plain_timeline_is_understood(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    path = tmp_path / "events.json"
    rows = [[6, "2026-08-22", "责令停止(限期改正)", None]]
    path.write_text(json.dumps({"timeline": rows}, ensure_ascii=False), encoding="utf-8")

    applied = desk.cases.apply_file(case_id, path)

    assert applied.recorded == 1
    assert desk.cases.view(case_id).file.first("correction_ordered") is not None


def test_an_event_without_its_time_is_named_by_its_place(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    path = tmp_path / "events.json"
    path.write_text('{"events": [{"kind": "note_added"}]}', encoding="utf-8")

    with pytest.raises(EventFileError, match=r"第1个事件.*缺少“at”"):
        desk.cases.apply_file(case_id, path)


def test_a_case_file_without_a_party_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="party"):
        new_case_from(
            {
                "case": {
                    "cause": "擅自倾倒建筑垃圾",
                    "lead": {
                        "source": "巡查",
                        "received_at": "2026-08-19T08:50",
                        "found_at": "2026-08-19T08:35",
                        "content": "—",
                    },
                }
            }
        )


def test_a_new_case_knows_the_other_cases_of_its_party(desk: Workstation, case_id: str) -> None:
    content = read_json(resources_dir() / "demo" / "case.json")
    second = desk.cases.create(new_case_from(content)).case_id
    file = desk.cases.view(second, date(2026, 8, 22)).file

    with desk.database.reading() as unit:
        (other,) = surroundings_of(unit, file, datetime(2026, 8, 22)).other_cases

    assert (other.id, other.filed_on, other.is_open) == (case_id, date(2026, 8, 21), True)
