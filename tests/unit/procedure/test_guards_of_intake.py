"""Corrections of the intake: what stands against one, and the papers that must follow it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from workstation.domain.cases import CaseEvent, CaseFile, Delivery, IssuedDocument
from workstation.domain.intake import CORRECTED
from workstation.procedure.intake_corrections import CHANGED, WRONG, stale_papers

Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]
AT = "2026-10-20T09:00"
DECISION = IssuedDocument(
    id="d",
    form="D51",
    occurrence=1,
    title="行政处罚决定书",
    number="屿综执罚决字〔2026〕0186号",
    dated=date(2026, 10, 16),
    step=13,
    values={},
    docx_sha256="a" * 64,
    template_sha256="b" * 64,
    event_position=1,
)
CORRECTION: dict[str, Any] = {
    "nature": WRONG,
    "reason": "核对营业执照",
    "changes": {"party.representative": "卓望夜"},
    "before": {"party.representative": "卓望野"},
    "papers": {"D51": ["party.representative"]},
}


def _with(file: CaseFile, *, served: bool) -> CaseFile:
    delivery = Delivery(
        document_id="d",
        method="直接送达",
        receiver="卓望野",
        receiver_role="法定代表人",
        at=datetime(2026, 10, 19, 9),
        place="",
        officers=(),
        event_position=2,
    )
    return replace(file, documents=(DECISION,), deliveries=(delivery,) if served else ())


def _event(file: CaseFile, kind: str, **data: Any) -> CaseFile:
    added = CaseEvent(
        position=len(file.events) + 1,
        kind=kind,
        step=13,
        at=datetime.fromisoformat(AT),
        title=kind,
        data=data,
    )
    return replace(file, events=(*file.events, added))


def test_an_unserved_decision_leaves_the_register_open(before: Before, refused: Refused) -> None:
    file = _with(before("decision_served"), served=False)

    assert "served_decision_is_corrected_first" not in refused(
        file, CORRECTED, at=AT, **CORRECTION
    )


def test_a_served_decision_is_corrected_before_the_register(
    before: Before, refused: Refused
) -> None:
    file = _with(before("fine_paid"), served=True)
    noted = _event(file, "document_corrected", document="D51", how="补正书", new="卓望夜")

    block = refused(file, CORRECTED, at=AT, **CORRECTION)["served_decision_is_corrected_first"]

    assert block.hard
    assert not block.overridable
    assert "法定代表人" in block.message
    assert "served_decision_is_corrected_first" not in refused(
        noted, CORRECTED, at=AT, **CORRECTION
    )


def test_what_changed_later_leaves_a_served_decision_right(
    before: Before, refused: Refused
) -> None:
    file = _with(before("fine_paid"), served=True)

    blocks = refused(file, CORRECTED, at=AT, **{**CORRECTION, "nature": CHANGED})

    assert "served_decision_is_corrected_first" not in blocks


@pytest.mark.parametrize("lacking", [{"changes": {}}, {"reason": " "}, {"nature": ""}])
def test_a_correction_says_what_and_why(
    before: Before, refused: Refused, lacking: dict[str, Any]
) -> None:
    file = before("notice_approved")

    assert "correction_says_what_and_why" in refused(
        file, CORRECTED, at=AT, **{**CORRECTION, **lacking}
    )
    assert "correction_says_what_and_why" not in refused(file, CORRECTED, at=AT, **CORRECTION)


@pytest.mark.parametrize(
    ("until", "hard"),
    [("notice_approved", None), ("decision_made", False), ("decision_served", True)],
)
def test_the_cause_is_open_until_told_and_fixed_by_the_decision(
    before: Before, refused: Refused, until: str, *, hard: bool | None
) -> None:
    blocks = refused(
        before(until), CORRECTED, at=AT, **{**CORRECTION, "changes": {"case.cause": "其他"}}
    )

    block = blocks.get("cause_is_fixed_by_the_decision")
    assert (block.hard if block else None) is hard


def test_a_stale_paper_is_warned_of_at_closing_until_it_is_mended(
    before: Before, refused: Refused
) -> None:
    stale = _event(_with(before("case_closed"), served=True), CORRECTED, **CORRECTION)
    noted = _event(stale, "document_corrected", document="D51", how="补正书", new="卓望夜")
    again = replace(DECISION, id="e", occurrence=2, event_position=len(stale.events) + 1)
    issued = replace(stale, documents=(*stale.documents, again))

    block = refused(stale, "case_closed")["papers_follow_corrections"]

    assert not block.hard
    assert "D51" in block.message
    assert [s.document.key for s in stale_papers(stale)] == ["D51"]
    assert stale_papers(noted) == stale_papers(issued) == ()


@pytest.mark.parametrize("served", [True, False])
def test_a_rewritten_fact_is_warned_of_at_closing_where_a_served_paper_prints_it(
    before: Before, refused: Refused, *, served: bool
) -> None:
    paths = {"D51": ["case.facts.trips"]}
    told = {"changes": {"case.facts.trips": 3}, "before": {"case.facts.trips": 2}, "papers": paths}
    file = _event(_with(before("case_closed"), served=served), "note_added", overwritten=told)

    blocks = refused(file, "case_closed")

    assert [s.document.key for s in stale_papers(file)] == ["D51"]
    assert ("papers_follow_corrections" in blocks) is served
