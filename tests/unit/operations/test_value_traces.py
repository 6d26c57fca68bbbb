"""Where the values of a paper come from."""

from datetime import date

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.errors import InvalidInputError
from workstation.operations.event_files import DocumentRequest, EvidenceRequest
from workstation.operations.value_traces import TraceOrigin

_LATER = "2026-08-22T10:00"
_PIECE = EvidenceRequest(
    name="现场照片",
    kind="书证",
    source="现场拍摄",
    obtained_by="林问渠",
    obtained_on=date(2026, 8, 22),
    proves="倾倒现场概貌和堆体尺寸",
)


def test_a_value_from_the_lead_names_who_registered_it_and_when(
    desk: Workstation, case_id: str
) -> None:
    (trace,) = desk.traces.trace(case_id, "D51", "origin")

    assert trace.origin is TraceOrigin.CASE
    found = next(s for s in trace.sources if s.path == "case.found_at")
    assert (found.by, f"{found.at:%Y-%m-%d}", found.event) == ("林问渠", "2026-08-19", 1)
    assert found.recorded_at is not None


def test_a_typed_value_is_told_from_one_of_the_case(desk: Workstation, case_id: str) -> None:
    desk.forms.save_draft(case_id, "D51", 1, {"origin": "自己写的经过。"})

    (trace,) = desk.traces.trace(case_id, "D51", "origin")

    assert trace.origin is TraceOrigin.TYPED
    assert trace.sources[0].label == "草稿"


def test_a_fixed_default_comes_from_the_form(desk: Workstation, case_id: str) -> None:
    (trace,) = desk.traces.trace(case_id, "D51", "payment_days")

    assert (trace.origin, trace.value) == (TraceOrigin.FORM, 15)


def test_evidence_whose_words_a_text_repeats_supports_it(desk: Workstation, case_id: str) -> None:
    desk.cases.record(case_id, event("evidence_collected", 3, _LATER, evidence=(_PIECE,)))
    desk.forms.save_draft(case_id, "D51", 1, {"facts": "经拍照查明倾倒现场概貌。"})

    (trace,) = desk.traces.trace(case_id, "D51", "facts")

    assert [piece.name for piece in trace.evidence] == ["现场照片"]
    assert "证据：1.现场照片" in trace.sentence


def test_an_issued_paper_remembers_which_fields_were_typed(
    desk: Workstation, case_id: str
) -> None:
    values = {
        "started_at": "2026-08-22T09:00",
        "ended_at": "2026-08-22T09:40",
        "scene": "空地上有建筑垃圾一堆。",
        "recording": "执法记录仪全程记录",
    }
    paper = DocumentRequest(form="D10", dated=date(2026, 8, 22), values=values)
    desk.cases.record(case_id, event("evidence_collected", 3, _LATER, documents=(paper,)))

    traces = {trace.field: trace for trace in desk.traces.trace(case_id, "D10")}

    typed = [traces[name] for name in values]
    assert all(t.certain and t.origin is TraceOrigin.TYPED for t in typed)
    assert {t.sources[0].by for t in typed} == {"林问渠"}


def test_data_the_form_prints_itself_are_traced(desk: Workstation, case_id: str) -> None:
    traces = {trace.field: trace for trace in desk.traces.trace(case_id, "D51")}

    assert traces["party.name"].value == "龙屿市鲸礁渣土清运有限公司"
    assert "当事人登记" in traces["party.name"].sentence


def test_an_unknown_field_is_refused_with_those_there_are(desk: Workstation, case_id: str) -> None:
    with pytest.raises(InvalidInputError, match="没有名为“colour”的栏目") as refused:
        desk.traces.trace(case_id, "D51", "colour")

    assert "facts" in str(refused.value.hint)
