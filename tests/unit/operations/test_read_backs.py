"""An issued paper edited in Word comes back with what was changed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.data_files import resources_dir
from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage, open_package
from workstation.errors import InvalidInputError
from workstation.operations.event_files import DocumentRequest, read_json

FORM = "D04"
Edit = Callable[..., Path]


@pytest.fixture
def paper(desk: Workstation, case_id: str, tmp_path: Path) -> Edit:
    """Issue a paper; return what writes its file with texts replaced."""
    values = read_json(resources_dir() / "demo" / "documents" / f"{FORM}.json")["values"]
    request = DocumentRequest(form=FORM, dated=_day(), values=values | {"subject": "倾倒垃圾"})
    noted = event("note_added", 3, "2026-08-22T10:00", documents=(request,), data={"text": "甲"})
    desk.cases.record(case_id, noted)
    docx = desk.forms.export(case_id, FORM, tmp_path).docx

    def edit(*replacements: tuple[str, str]) -> Path:
        package = open_package(docx.read_bytes())
        document = package.parts[DOCUMENT_PART].decode()
        for old, new in replacements:
            assert old in document
            document = document.replace(old, new, 1)
        path = tmp_path / "改.docx"
        changed = {**package.parts, DOCUMENT_PART: document.encode()}
        path.write_bytes(DocxPackage(changed).to_bytes())
        return path

    return edit


def _day() -> date:
    return date(2026, 8, 22)


def test_an_untouched_file_has_no_changes(desk: Workstation, case_id: str, paper: Edit) -> None:
    found = desk.read_backs.compare(case_id, FORM, paper()).found

    assert (found.fields, found.wording) == ((), ())


def test_a_changed_value_is_named_by_its_field(
    desk: Workstation, case_id: str, paper: Edit
) -> None:
    edited = desk.read_backs.compare(case_id, FORM, paper((">倾倒垃圾<", ">倾倒装修垃圾<")))

    (change,) = edited.found.fields
    assert (change.field, change.label) == ("subject", "举报事项")
    assert (change.before, change.after) == ("倾倒垃圾", "倾倒装修垃圾")
    assert edited.found.wording == ()
    assert edited.values == {"subject": "倾倒装修垃圾"}


def test_changed_wording_is_named_by_its_place(
    desk: Workstation, case_id: str, paper: Edit
) -> None:
    edited = desk.read_backs.compare(case_id, FORM, paper((">举报处理结果告知书<", ">告知书<")))

    (change,) = edited.found.wording
    assert (change.place, change.after) == ("第2段", "告知书")
    assert edited.found.fields == ()


def test_a_deleted_value_is_told(desk: Workstation, case_id: str, paper: Edit) -> None:
    path = paper(('w:name="f_subject"', 'w:name="other"'))

    (change,) = desk.read_backs.compare(case_id, FORM, path).found.fields

    assert (change.field, change.after) == ("subject", None)


def test_changes_taken_over_become_a_draft_and_the_paper_stays(
    desk: Workstation, case_id: str, paper: Edit
) -> None:
    edited = desk.read_backs.compare(case_id, FORM, paper((">倾倒垃圾<", ">倾倒装修垃圾<")))

    desk.read_backs.take(case_id, edited)

    view = desk.forms.open_form(case_id, FORM)
    assert view.given == {"subject": "倾倒装修垃圾"}
    assert view.issued is not None
    assert view.issued.values["subject"] == "倾倒垃圾"


def test_nothing_to_take_over_is_refused(desk: Workstation, case_id: str, paper: Edit) -> None:
    edited = desk.read_backs.compare(case_id, FORM, paper((">举报处理结果告知书<", ">告知书<")))

    with pytest.raises(InvalidInputError, match="没有可以采用的栏目改动"):
        desk.read_backs.take(case_id, edited)


def test_a_paper_that_was_not_issued_is_refused(
    desk: Workstation, case_id: str, paper: Edit
) -> None:
    with pytest.raises(InvalidInputError, match="还没有制发 D51"):
        desk.read_backs.compare(case_id, "D51", paper())
