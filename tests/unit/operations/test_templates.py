"""The bureau's own templates: checked, put in force from a day, kept, taken back."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.data_files import resources_dir
from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage, open_package
from workstation.documents.template_diff import ChangeKind
from workstation.errors import InvalidInputError
from workstation.operations.event_files import DocumentRequest, read_json
from workstation.operations.templates import NewTemplate, TemplateFaultsError, read_template

pytestmark = pytest.mark.xdist_group("filling_process")
FORM = "D04"
OLD, NEW = date(2026, 8, 31), date(2026, 9, 1)


def edited(desk: Workstation, old: str, new: str) -> bytes:
    package = open_package(desk.templates.content(FORM, 0))
    document = package.parts[DOCUMENT_PART].decode()
    assert old in document
    changed = document.replace(old, new, 1).encode()
    return DocxPackage({**package.parts, DOCUMENT_PART: changed}).to_bytes()


def title(desk: Workstation) -> str:
    return desk.forms.catalogue().get(FORM).title


def install(desk: Workstation, content: bytes, **others: Any) -> None:
    given: dict[str, Any] = {
        "file_name": "改.docx",
        "valid_from": NEW,
        "note": "改标题",
        "entered_by": "方小满",
    }
    desk.templates.install(NewTemplate(form_id=FORM, content=content, **(given | others)))


def retitled(desk: Workstation, new: str = "本局改过的标题") -> bytes:
    return edited(desk, f">{title(desk)}<", f">{new}<")


def test_a_sound_template_comes_back_with_its_pages_on_sample_data(desk: Workstation) -> None:
    checked = desk.templates.check(FORM, retitled(desk))

    assert checked.faults == ()
    assert checked.layout is not None
    assert "本局改过的标题" in checked.layout.pages[0].lines


def test_every_shipped_form_has_a_sample_page(desk: Workstation) -> None:
    for form in desk.forms.catalogue():
        assert desk.templates.preview(form.id, 0).pages


def test_a_template_with_faults_is_not_put_in_force(desk: Workstation) -> None:
    broken = edited(desk, f">{title(desk)}<", ">{{ f.nothing }}<")

    with pytest.raises(TemplateFaultsError, match="没有名为“nothing”的栏目"):
        install(desk, broken)

    assert len(desk.templates.versions(FORM)) == 1


def test_what_only_filling_shows_is_a_fault_too(desk: Workstation) -> None:
    checked = desk.templates.check(FORM, edited(desk, f">{title(desk)}<", ">{{ 1 // 0 }}<"))

    assert [fault.place for fault in checked.faults] == ["用样例数据试填时"]


def test_a_version_holds_from_its_day_on(desk: Workstation) -> None:
    install(desk, retitled(desk))

    before, after = desk.templates.versions(FORM, OLD), desk.templates.versions(FORM, NEW)

    assert [version.in_force for version in before] == [True, False]
    assert [version.in_force for version in after] == [False, True]
    assert (after[1].entered_by, after[1].note) == ("方小满", "改标题")


def test_papers_are_made_from_the_template_in_force(desk: Workstation, case_id: str) -> None:
    assert title(desk) in _lines(desk, case_id)

    install(desk, retitled(desk))

    assert "本局改过的标题" in _lines(desk, case_id)


def _lines(desk: Workstation, case_id: str) -> tuple[str, ...]:
    preview = desk.forms.preview(case_id, FORM, 1, {})
    assert preview.layout is not None, preview.error
    return preview.layout.pages[0].lines


def test_going_back_leaves_every_version_in_the_history(desk: Workstation) -> None:
    install(desk, retitled(desk))

    desk.templates.roll_back(FORM, 0, entered_by="方小满", note="改错了", valid_from=NEW)

    versions = desk.templates.versions(FORM, NEW)
    assert [version.restored for version in versions] == [None, None, 0]
    assert [version.in_force for version in versions] == [False, False, True]
    assert desk.templates.forms_in_own_hands(NEW) == {}
    assert desk.templates.content(FORM, 1) == retitled(desk)


def test_going_back_to_an_own_version_puts_its_file_in_force(desk: Workstation) -> None:
    install(desk, retitled(desk, "第一版"))
    install(desk, retitled(desk, "第二版"))

    desk.templates.roll_back(FORM, 1, entered_by="方小满", note="用回第一版", valid_from=NEW)

    assert desk.templates.content(FORM) == retitled(desk, "第一版")
    assert list(desk.templates.forms_in_own_hands(NEW)) == [FORM]


def test_the_version_in_force_can_not_be_gone_back_to(desk: Workstation) -> None:
    with pytest.raises(InvalidInputError, match="正在使用"):
        desk.templates.roll_back(FORM, 0, entered_by="甲", note="无", valid_from=NEW)


@pytest.mark.parametrize("lacking", [{"note": " "}, {"entered_by": ""}])
def test_who_and_why_are_asked_for(desk: Workstation, lacking: dict[str, str]) -> None:
    with pytest.raises(InvalidInputError, match="由谁修改、为什么"):
        install(desk, retitled(desk), **lacking)


def test_a_version_that_never_was_is_refused(desk: Workstation) -> None:
    with pytest.raises(InvalidInputError, match="没有第7版"):
        desk.templates.content(FORM, 7)


def test_the_difference_from_the_shipped_template_names_the_place(desk: Workstation) -> None:
    (change,) = desk.templates.compare(FORM, retitled(desk), 0)

    assert (change.kind, change.place) == (ChangeKind.CHANGED, "第2段")
    assert (change.before, change.after) == (title(desk), "本局改过的标题")


def test_a_paper_keeps_the_template_it_was_issued_with(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    own = retitled(desk)
    install(desk, own, valid_from=date(2026, 8, 1))
    demo = resources_dir() / "demo" / "documents" / f"{FORM}.json"
    paper = DocumentRequest(form=FORM, dated=date(2026, 8, 22), values=read_json(demo)["values"])
    noted = event("note_added", 3, "2026-08-22T10:00", documents=(paper,), data={"text": "甲"})
    desk.cases.record(case_id, noted)
    desk.templates.roll_back(FORM, 0, entered_by="甲", note="用回自带", valid_from=NEW)

    document, path = desk.templates.export_used(case_id, FORM, tmp_path)

    assert path.read_bytes() == own
    assert hashlib.sha256(own).hexdigest() == document.template_sha256
    assert "本局改过的标题" in desk.forms.page_of(case_id, FORM).pages[0].lines


def test_the_self_test_looks_after_the_files_of_templates(desk: Workstation) -> None:
    install(desk, retitled(desk))
    sha256 = desk.templates.versions(FORM)[1].sha256

    desk.database.blobs.path_of(sha256).unlink()

    assert "证据与模板文件" in {line.name for line in desk.office.self_check() if not line.ok}


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "大.docx"
    with path.open("wb") as stream:
        stream.truncate(30 * 1024 * 1024)

    with pytest.raises(InvalidInputError, match="超过20MB"):
        read_template(path)
