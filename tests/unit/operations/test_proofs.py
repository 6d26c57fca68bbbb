"""The proof of consistency of a case of the office, with a paper edited in Word."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.data_files import resources_dir
from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage, open_package
from workstation.documents.docx_texts import read_printed
from workstation.errors import InvalidInputError
from workstation.operations.event_files import DocumentRequest, read_json
from workstation.review.records import Outcome

FORM = "D04"
NUMBER = "屿案源〔2026〕0412号"


@pytest.fixture
def docx(desk: Workstation, case_id: str, tmp_path: Path) -> Path:
    """The file of an issued paper that names the number of the lead."""
    values = read_json(resources_dir() / "demo" / "documents" / f"{FORM}.json")["values"]
    request = DocumentRequest(form=FORM, dated=date(2026, 8, 22), values=values)
    noted = event("note_added", 3, "2026-08-22T10:00", documents=(request,), data={"text": "甲"})
    desk.cases.record(case_id, noted)
    return desk.forms.export(case_id, FORM, tmp_path).docx


def _edited(docx: Path, old: str, new: str) -> Path:
    package = open_package(docx.read_bytes())
    document = package.parts[DOCUMENT_PART].decode()
    assert old in document
    path = docx.with_name("改.docx")
    changed = {**package.parts, DOCUMENT_PART: document.replace(old, new).encode()}
    path.write_bytes(DocxPackage(changed).to_bytes())
    return path


def test_an_issued_paper_agrees_with_what_was_registered(
    desk: Workstation, case_id: str, docx: Path
) -> None:
    assert docx.exists()

    proof = desk.proofs.of_case(case_id)

    assert proof.of(Outcome.CLASHES) == ()
    places = {p.document for result in proof.of(Outcome.AGREES) for p in result.compared}
    assert places == {FORM, ""}


def test_a_fact_that_changes_is_compared_anew(desk: Workstation, case_id: str, docx: Path) -> None:
    assert docx.exists()
    assert desk.proofs.of_case(case_id).of(Outcome.CLASHES) == ()
    with desk.database.writing() as unit:
        case = unit.cases.get(case_id)
        unit.cases.update(replace(case, lead=replace(case.lead, number="屿案源〔2026〕9999号")))

    proof = desk.proofs.of_case(case_id)

    assert proof.of(Outcome.CLASHES)
    checked = desk.reviews.under_review(case_id).relations
    assert [r.outcome for r in checked] == [r.outcome for r in proof.results]


def test_an_edited_file_stands_in_the_place_of_the_paper(
    desk: Workstation, case_id: str, docx: Path
) -> None:
    lead = desk.cases.view(case_id).file.case.lead.number
    edited = _edited(docx, lead, "屿案源〔2026〕9999号")

    proof = desk.proofs.of_case(case_id, edited={FORM: edited})

    (clash,) = (c for result in proof.of(Outcome.CLASHES) for c in result.clashes)
    assert "9999号" in clash.message
    assert (clash.passages[0].document, clash.passages[0].page) == (FORM, 1)
    assert proof.uncontrolled == ()


def test_words_changed_outside_the_fields_are_told_as_not_compared(
    desk: Workstation, case_id: str, docx: Path
) -> None:
    edited = _edited(docx, ">举报处理结果告知书<", ">告知书<")

    proof = desk.proofs.of_case(case_id, edited={FORM: edited})

    assert [text.after for text in proof.uncontrolled] == ["告知书"]
    printed = "".join(read_printed(desk.proofs.certificate(proof).docx).lines)
    assert "未受控段落1处" in printed
    assert "改为“告知书”" in printed


def test_pages_are_looked_up_and_can_be_stopped(
    desk: Workstation, case_id: str, docx: Path
) -> None:
    assert docx.exists()
    proof, seen, stop = desk.proofs.of_case(case_id), [], Event()

    paged = desk.proofs.with_pages(proof, lambda done, total: seen.append((done, total)))
    stop.set()

    assert paged is not None
    assert {p.page for r in paged.of(Outcome.AGREES) for p in r.compared if p.document} == {1}
    assert seen == [(1, 1)]
    assert desk.proofs.with_pages(proof, stop=stop) is None


def test_a_file_for_a_paper_that_was_never_issued_is_refused(
    desk: Workstation, case_id: str, docx: Path
) -> None:
    with pytest.raises(InvalidInputError, match="D51"):
        desk.proofs.of_case(case_id, edited={"D51": docx})
