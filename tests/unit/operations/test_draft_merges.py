"""Edited wording of a draft when the case moves on."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation, open_workstation
from workstation.data_files import templates_dir
from workstation.domain.cases import JsonValue
from workstation.errors import InvalidInputError
from workstation.operations.event_files import EvidenceRequest

_SUMMARY = "2026年8月19日，当事人倾倒建筑垃圾10立方米，收取清运费。"


@pytest.fixture
def edited(desk: Workstation, case_id: str) -> str:
    """The case with a summary, and a hand-edited copy of it in the draft of the filing."""
    _summarise(desk, case_id, _SUMMARY)
    values = {"summary": _SUMMARY.replace("19日", "19日凌晨")}
    desk.forms.save_draft(case_id, "D06", 1, values)
    return case_id


def test_nothing_is_pending_while_the_case_stands(desk: Workstation, edited: str) -> None:
    assert desk.merges.pending(edited, "D06") == ()


def test_new_facts_are_merged_into_edited_wording(desk: Workstation, edited: str) -> None:
    _summarise(desk, edited, _SUMMARY.replace("10立方米", "16.4立方米"))

    taken = desk.merges.take(edited, "D06")

    assert [merge.field for merge in taken.merges] == ["summary"]
    text = desk.forms.open_form(edited, "D06").values["summary"]
    assert text == "2026年8月19日凌晨，当事人倾倒建筑垃圾16.4立方米，收取清运费。"
    assert desk.merges.pending(edited, "D06") == ()


def test_a_piece_taken_in_later_joins_an_edited_list(desk: Workstation, case_id: str) -> None:
    _collect(desk, case_id, "现场照片", "2026-08-22T10:00")
    listed = str(desk.forms.open_form(case_id, "D51").values["evidence_list"])
    own = listed.replace("1.现场照片", "1.现场照片（含说明）")
    desk.forms.save_draft(case_id, "D51", 1, {"evidence_list": own})

    _collect(desk, case_id, "卡口视频", "2026-08-23T10:00")
    desk.merges.take(case_id, "D51")

    text = str(desk.forms.open_form(case_id, "D51").values["evidence_list"])
    assert "1.现场照片（含说明）" in text
    assert "2.卡口视频" in text


def test_a_merge_put_back_leaves_the_edited_wording_alone(desk: Workstation, edited: str) -> None:
    _summarise(desk, edited, _SUMMARY.replace("10立方米", "16.4立方米"))
    taken = desk.merges.take(edited, "D06")

    desk.merges.put_back(edited, "D06", taken.merges)

    text = desk.forms.open_form(edited, "D06").values["summary"]
    assert text == _SUMMARY.replace("19日", "19日凌晨")
    assert desk.merges.pending(edited, "D06") == ()


def test_a_conflict_changes_nothing_until_it_is_decided(desk: Workstation, edited: str) -> None:
    _summarise(desk, edited, _SUMMARY.replace("19日", "20日"))

    taken = desk.merges.take(edited, "D06")

    assert taken.merges == ()
    (merge,) = desk.merges.pending(edited, "D06")
    (conflict,) = merge.merge.conflicts
    assert (conflict.mine, conflict.theirs) == ("2026年8月19日凌晨，", "2026年8月20日，")


def test_each_conflict_of_a_field_is_decided_by_its_number(desk: Workstation, edited: str) -> None:
    own = _SUMMARY.replace("19日", "19日凌晨").replace("收取清运费", "收取清运费若干")
    desk.forms.save_draft(edited, "D06", 1, {"summary": own})
    _summarise(desk, edited, _SUMMARY.replace("19日", "20日").replace("收取", "未收取"))

    with pytest.raises(InvalidInputError, match="第2处"):
        desk.merges.choose(edited, "D06", mine=["summary:1"])
    with pytest.raises(InvalidInputError, match="没有第3处"):
        desk.merges.choose(edited, "D06", mine=["summary:3"])
    desk.merges.choose(edited, "D06", mine=["summary:2"], theirs=["summary:1"])

    text = desk.forms.open_form(edited, "D06").values["summary"]
    assert text == _SUMMARY.replace("19日", "20日").replace("收取清运费", "收取清运费若干")


@pytest.mark.parametrize(("chosen", "day"), [("mine", "19日凌晨"), ("theirs", "20日")])
def test_a_decided_conflict_reads_as_chosen(
    desk: Workstation, edited: str, chosen: str, day: str
) -> None:
    _summarise(desk, edited, _SUMMARY.replace("19日", "20日"))

    desk.merges.choose(edited, "D06", **{chosen: ["summary"]})

    text = desk.forms.open_form(edited, "D06").values["summary"]
    assert text == _SUMMARY.replace("19日", day)
    assert desk.merges.pending(edited, "D06") == ()


def test_a_later_edit_keeps_the_base_of_the_first(desk: Workstation, edited: str) -> None:
    _summarise(desk, edited, _SUMMARY.replace("10立方米", "16.4立方米"))

    desk.forms.save_draft(edited, "D06", 1, {"summary": _SUMMARY.replace("收取", "收受")})

    (merge,) = desk.merges.pending(edited, "D06")
    assert merge.base == _SUMMARY


def test_a_field_without_a_merge_cannot_be_decided(desk: Workstation, edited: str) -> None:
    with pytest.raises(InvalidInputError, match="没有待合并的改动"):
        desk.merges.choose(edited, "D06", mine=["summary"])


@pytest.fixture
def listing(desk: Workstation, case_id: str) -> Iterator[Workstation]:
    """The office with a form of its own whose rows are the lines of the summary."""
    folder = desk.home.root / "own" / "templates" / "04_evidence_preservation"
    folder.mkdir(parents=True)
    shipped = templates_dir() / "04_evidence_preservation" / "D25.form"
    default = (
        "{{ [{'name': case.summary.split('；')[0], 'quantity': 1},"
        " {'name': case.summary.split('；')[1], 'quantity': 2}] }}"
    )
    text = shipped.read_text(encoding="utf-8").replace("{{ issued.D27['items'] }}", default)
    (folder / "D25.form").write_text(text, encoding="utf-8", newline="\n")
    _summarise(desk, case_id, "推车；炉具")
    again = open_workstation(desk.home)
    yield again
    again.close()


def _set(rows: list[JsonValue], **cells: str) -> None:
    """Write into cells of the second row."""
    row = rows[1]
    assert isinstance(row, dict)
    row.update(cells)


def _edit_rows(listing: Workstation, case_id: str) -> None:
    rows: list[JsonValue] = copy.deepcopy(listing.forms.open_form(case_id, "D25").values["items"])
    _set(rows, feature="有锈迹")
    listing.forms.save_draft(case_id, "D25", 1, {"items": rows})


def test_a_hand_edit_in_one_row_survives_new_facts_in_another(
    listing: Workstation, case_id: str
) -> None:
    _edit_rows(listing, case_id)
    _summarise(listing, case_id, "三轮推车；炉具")

    taken = listing.merges.take(case_id, "D25")

    assert [merge.field for merge in taken.merges] == ["items"]
    rows = listing.forms.open_form(case_id, "D25").values["items"]
    assert [(row["name"], row["feature"]) for row in rows] == [
        ("三轮推车", ""),
        ("炉具", "有锈迹"),
    ]
    listing.merges.put_back(case_id, "D25", taken.merges)
    assert listing.forms.open_form(case_id, "D25").values["items"][0]["name"] == "推车"


@pytest.mark.parametrize(("chosen", "name"), [("mine", "木炭炉"), ("theirs", "烧烤炉")])
def test_a_cell_changed_on_both_sides_is_shown_with_its_place(
    listing: Workstation, case_id: str, chosen: str, name: str
) -> None:
    _edit_rows(listing, case_id)
    rows: list[JsonValue] = copy.deepcopy(listing.forms.open_form(case_id, "D25").values["items"])
    _set(rows, name="木炭炉")
    listing.forms.save_draft(case_id, "D25", 1, {"items": rows})
    _summarise(listing, case_id, "推车；烧烤炉")

    assert listing.merges.take(case_id, "D25").merges == ()
    (merge,) = listing.merges.pending(case_id, "D25")
    (conflict,) = merge.as_json()["conflicts"]
    assert conflict == {
        "number": 1,
        "place": "第2行“名称”",
        "base": "炉具",
        "mine": "木炭炉",
        "theirs": "烧烤炉",
    }
    listing.merges.choose(case_id, "D25", **{chosen: ["items"]})
    kept = listing.forms.open_form(case_id, "D25").values["items"][1]
    assert (kept["name"], kept["feature"]) == (name, "有锈迹")


def _summarise(desk: Workstation, case_id: str, text: str) -> None:
    with desk.database.writing() as unit:
        unit.cases.update(replace(unit.cases.get(case_id), summary=text))
        unit.log.append("case_corrected", {"case": case_id})


def _collect(desk: Workstation, case_id: str, name: str, at: str) -> None:
    piece = EvidenceRequest(
        name=name,
        kind="书证",
        source="现场取得",
        obtained_by="林问渠",
        obtained_on=date.fromisoformat(at[:10]),
        proves="倾倒现场的情况",
    )
    desk.cases.record(case_id, event("evidence_collected", 3, at, evidence=(piece,)))
