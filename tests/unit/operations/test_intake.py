"""Correcting the intake: one event, drafts follow, issued papers are named."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.data_files import resources_dir
from workstation.domain.cases import JsonValue
from workstation.errors import InvalidInputError
from workstation.operations.event_files import DocumentRequest, read_json
from workstation.operations.intake import Correction, supporting
from workstation.procedure.intake_corrections import CHANGED, WRONG

PLACE, OTHER_PLACE = "仙礁路与潮信街交叉口东北侧空地", "仙礁路与潮信街交叉口西南侧空地"
NAME, OTHER = "龙屿市鲸礁渣土清运有限公司", "龙屿市鲸礁渣土清运公司"


def _correction(nature: str = WRONG, **changes: str) -> Correction:
    return Correction(
        changes={path.replace("__", "."): value for path, value in changes.items()},
        nature=nature,
        reason="核对营业执照，受案时误记",
        at=datetime(2026, 8, 25, 10),
        actor="林问渠",
    )


@pytest.fixture
def issued(desk: Workstation, case_id: str) -> str:
    """The case with its approval of filing (D06) issued."""
    values = read_json(resources_dir() / "demo" / "documents" / "D06.json")["values"]
    paper = DocumentRequest(form="D06", dated=date(2026, 8, 21), values=values)
    desk.cases.record(case_id, event("note_added", 2, "2026-08-24T10:00", documents=(paper,)))
    return case_id


def test_a_correction_keeps_old_and_new_and_names_the_papers(
    desk: Workstation, issued: str
) -> None:
    desk.intake.correct(issued, _correction(party__name=OTHER))

    view = desk.intake.view(issued)
    (made,) = view.corrections
    told = {now.path: (was, now.value) for now, was in made.values}
    assert told["party.name"] == (NAME, OTHER)
    assert told["case.title"][1] == f"{OTHER}涉嫌擅自倾倒建筑垃圾案"
    assert made.event.actor == "林问渠"
    (paper,) = view.stale
    assert (paper.document.key, paper.served) == ("D06", False)
    assert "party.name" in paper.paths
    assert desk.cases.summaries()[0].party == OTHER


def test_drafts_follow_and_earlier_days_do_not(desk: Workstation, issued: str) -> None:
    desk.forms.save_draft(issued, "D41", 1, {"contact": "林问渠"})

    desk.intake.correct(issued, _correction(party__address="龙屿市望潮大道9号"))

    layout = desk.forms.preview(issued, "D41", 1, {}).layout
    assert layout is not None
    assert any("望潮大道9号" in line for page in layout.pages for line in page.lines)
    earlier = desk.cases.view(issued, date(2026, 8, 24)).file.case
    assert earlier.party.address != "龙屿市望潮大道9号"


def test_what_happened_later_makes_no_paper_stale(desk: Workstation, issued: str) -> None:
    desk.intake.correct(issued, _correction(CHANGED, party__name=OTHER))

    assert desk.intake.view(issued).stale == ()
    assert desk.cases.view(issued).file.case.party.name == OTHER


def _rewrite(desk: Workstation, case_id: str, at: str, **facts: JsonValue) -> None:
    desk.cases.record(case_id, event("note_added", 3, at, facts=facts))


def test_a_fact_rewritten_by_any_event_keeps_its_old_value_and_names_the_papers(
    desk: Workstation, issued: str
) -> None:
    _rewrite(desk, issued, "2026-08-26T09:00", place=OTHER_PLACE, corrected_on="2026-08-26")

    view = desk.intake.view(issued)
    (made,) = view.corrections
    assert ("case.facts.place", PLACE) in [(now.path, was) for now, was in made.values]
    assert made.reason == "办理“note_added”时改写"
    (paper,) = view.stale
    assert (paper.document.key, paper.paths) == ("D06", ("case.facts.place",))
    assert (paper.was("case.facts.place"), paper.now("case.facts.place")) == (PLACE, OTHER_PLACE)
    assert "制发时没有错的不必更正" in view.advice(paper)
    earlier = desk.cases.view(issued, date(2026, 8, 25)).file.case.facts
    assert (earlier["place"], "corrected_on" in earlier) == (PLACE, False)


def test_a_paper_stands_again_once_the_fact_is_what_it_prints(
    desk: Workstation, issued: str
) -> None:
    _rewrite(desk, issued, "2026-08-26T09:00", place=OTHER_PLACE)
    _rewrite(desk, issued, "2026-08-27T09:00", place=PLACE)

    assert desk.intake.view(issued).stale == ()


def test_facts_registered_for_the_first_time_are_no_correction(
    desk: Workstation, issued: str
) -> None:
    _rewrite(desk, issued, "2026-08-26T09:00", corrected_on="2026-08-26")

    assert desk.intake.view(issued).corrections == ()


@pytest.fixture
def stale(desk: Workstation, issued: str) -> str:
    """The case with two unserved papers that print another representative."""
    values = read_json(resources_dir() / "demo" / "documents" / "D06.json")["values"]
    paper = DocumentRequest(form="D06", dated=date(2026, 8, 21), values=values)
    desk.cases.record(issued, event("note_added", 3, "2026-08-24T11:00", documents=(paper,)))
    desk.intake.correct(issued, _correction(party__representative="卓望夜"))
    return issued


def test_papers_that_did_not_go_out_are_mended_at_once(desk: Workstation, stale: str) -> None:
    before = [paper.document.key for paper in desk.intake.view(stale).stale]

    desk.intake.mend(stale, frozenset(), at=datetime(2026, 8, 26, 9))

    assert before == ["D06", "D06-2"]
    assert desk.intake.view(stale).stale == ()
    noted = desk.cases.view(stale).file.all_of("document_corrected")
    assert [(e.data["document"], e.data["how"], e.data["new"]) for e in noted] == [
        ("D06", "校对章", "卓望夜"),
        ("D06-2", "校对章", "卓望夜"),
    ]


def test_a_paper_that_is_not_stale_is_refused_and_none_is_mended(
    desk: Workstation, stale: str
) -> None:
    with pytest.raises(InvalidInputError, match="D10"):
        desk.intake.mend(stale, {"D06", "D10"}, at=datetime(2026, 8, 26, 9))

    assert len(desk.intake.view(stale).stale) == 2


def test_a_correction_takes_its_material_into_the_evidence(
    desk: Workstation, issued: str, tmp_path: Path
) -> None:
    licence = tmp_path / "营业执照.pdf"
    licence.write_bytes(b"%PDF-1.7")
    material = supporting(licence, "核对营业执照", "林问渠", date(2026, 8, 25))
    correction = replace(_correction(party__name=OTHER), evidence=(material,))

    desk.intake.correct(issued, correction)

    (piece,) = desk.cases.view(issued).file.evidence
    assert (piece.name, piece.proves) == ("营业执照", "核对营业执照")
    assert piece.sha256


def test_a_material_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"没有.*缺\.pdf"):
        supporting(tmp_path / "缺.pdf", "核对", "", date(2026, 8, 25))


def test_a_trace_names_the_correction(desk: Workstation, issued: str) -> None:
    desk.intake.correct(issued, _correction(party__representative="卓望夜"))

    traces = desk.traces.trace(issued, "D41")
    said = {t.field: t.sentence for t in traces if t.field.startswith("party")}
    assert any("更正登记" in sentence for sentence in said.values())


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("case.facts.trips", "3", 3),
        ("case.facts.illegal_gain", "1,600.50", 1600.5),
        ("case.facts.slight", "是", True),
        ("case.facts.vehicle", "", None),
        ("party.name", "甲", "甲"),
    ],
)
def test_typed_facts_are_kept_as_their_kind(
    desk: Workstation, path: str, text: str, value: object
) -> None:
    assert desk.intake.typed({path: text}) == {path: value}
