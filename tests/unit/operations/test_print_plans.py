"""When sheets printed before no longer stand."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.unit.storage.samples import make_case
from workstation.domain.cases import CaseEvent, CaseFile, IssuedDocument, JsonValue
from workstation.operations.print_plans import reason_out_of_date
from workstation.storage.records import Printing

NOON = datetime(2026, 10, 16, 12)
DECISION = IssuedDocument(
    id="d1",
    form="D51",
    occurrence=1,
    title="行政处罚决定书",
    number="屿综执罚决字〔2026〕第0186号",
    dated=date(2026, 10, 15),
    step=13,
    values={},
    docx_sha256="aa",
    template_sha256="tt",
    event_position=1,
)
PRINTING = Printing(
    case_id="c0ffee",
    document="D51",
    title="行政处罚决定书",
    version_digest="aa",
    draft=False,
    pages=6,
    recipient="当事人",
    copies=1,
    printer="desk",
    tray="",
    duplex=True,
    job="desk-1",
    printed_by="方小满",
    printed_at=NOON,
    event_position=4,
)


def corrected(position: int, document: str) -> CaseEvent:
    return CaseEvent(
        position=position,
        kind="document_corrected",
        step=13,
        at=NOON,
        title="更正文书（补正）",
        data={"document": document, "how": "补正书"},
    )


def registered_anew(position: int, nature: str) -> CaseEvent:
    paths: list[JsonValue] = ["party.name"]
    data: dict[str, JsonValue] = {
        "nature": nature,
        "papers": {"D51": paths},
    }
    return replace(corrected(position, ""), kind="intake_corrected", data=data)


def rewritten(position: int) -> CaseEvent:
    paths: list[JsonValue] = ["case.facts.trips"]
    data: dict[str, JsonValue] = {"overwritten": {"papers": {"D51": paths}}}
    return replace(corrected(position, ""), kind="note_added", data=data)


SECOND = replace(DECISION, id="d2", occurrence=2, docx_sha256="bb")


@pytest.mark.parametrize(
    ("printing", "events", "documents", "expected"),
    [
        (PRINTING, (), (DECISION,), ""),
        (PRINTING, (corrected(4, "D51"),), (DECISION,), ""),
        (PRINTING, (corrected(5, "D41"),), (DECISION,), ""),
        (PRINTING, (corrected(5, "D51"),), (DECISION,), "2026-10-16已更正（补正书）"),
        (PRINTING, (), (DECISION, SECOND), "已另行制发D51-2"),
        (replace(PRINTING, draft=True), (), (DECISION,), "草稿已经制发为正式文书"),
        (PRINTING, (registered_anew(4, "登记有误"),), (DECISION,), ""),
        (PRINTING, (registered_anew(5, "事后变更"),), (DECISION,), ""),
        (
            PRINTING,
            (registered_anew(5, "登记有误"),),
            (DECISION,),
            "2026-10-16更正了所印的登记内容",
        ),
        (PRINTING, (rewritten(4),), (DECISION,), ""),
        (PRINTING, (rewritten(5),), (DECISION,), "2026-10-16改变了所印的登记内容"),
    ],
)
def test_sheets_stand_until_the_paper_is_corrected_issued_or_issued_anew(
    printing: Printing,
    events: tuple[CaseEvent, ...],
    documents: tuple[IssuedDocument, ...],
    expected: str,
) -> None:
    file = CaseFile(case=make_case(), events=events, documents=documents)
    versions = {document.key: document.docx_sha256 for document in documents}

    reason = reason_out_of_date(printing, file, versions, frozenset({"D51"}))

    assert reason == expected
