"""The templates in the settings: sample pages, faults with places, versions."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.settings.template_section import TemplateSection
from ui.widgets.read_back_bar import ReadBackBar
from workstation.bootstrap import Workstation, open_workstation
from workstation.data_files import resources_dir
from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage, open_package
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import DocumentRequest, EventRequest, read_json
from workstation.settings import open_home


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, share_statutes: Callable[[Path], Path]
) -> Iterator[Workstation]:
    """The demo bureau without its case: templates need none."""
    workstation = open_workstation(open_home(share_statutes(tmp_path_factory.mktemp("templates"))))
    folder = resources_dir() / "demo"
    workstation.office.set_up(folder / "office.json", folder / "matters.json")
    yield workstation
    workstation.close()


pytestmark = pytest.mark.xdist_group("gui")
FORM, TITLE = "D04", "举报处理结果告知书"


@pytest.fixture
def section(qtbot: QtBot, desk: Desk, idle: Idle) -> Iterator[TemplateSection]:
    """The section with one form chosen; what it put in force is taken back."""
    made = TemplateSection(desk)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    idle.wait()
    made.choose_form(FORM)
    idle.wait()
    yield made
    idle.wait()
    templates = desk.workstation.templates
    if not templates.versions(FORM)[0].in_force and templates.forms_in_own_hands():
        said = {"entered_by": "甲", "note": "测试完毕", "valid_from": date.today()}
        templates.roll_back(FORM, 0, **said)  # type: ignore[arg-type]


def edited(desk: Desk, folder: Path, new: str) -> Path:
    package = open_package(desk.workstation.templates.content(FORM, 0))
    document = package.parts[DOCUMENT_PART].decode()
    changed = document.replace(f">{TITLE}<", f">{new}<", 1).encode()
    path = folder / "改.docx"
    path.write_bytes(DocxPackage({**package.parts, DOCUMENT_PART: changed}).to_bytes())
    return path


def test_a_form_shows_its_sample_pages(section: TemplateSection) -> None:
    document = section.preview.preview.document

    assert document is not None
    assert TITLE in document.pages[0].lines
    assert not section._install.isEnabled()


def test_faults_are_listed_with_place_and_cure(
    section: TemplateSection, desk: Desk, idle: Idle, tmp_path: Path
) -> None:
    section.check(edited(desk, tmp_path, "{{ f.nothing }}"))
    idle.wait()

    row = [section.faults.index(0, column).data() for column in range(3)]
    assert row[0] == "第2段"
    assert "没有名为“nothing”的栏目" in row[1]
    assert row[2]
    assert "1处问题" in section.state.text()
    assert not section._install.isEnabled()


def test_a_sound_file_is_put_in_force_and_taken_back(
    section: TemplateSection, desk: Desk, idle: Idle, tmp_path: Path
) -> None:
    section.check(edited(desk, tmp_path, "本局的标题"))
    idle.wait()
    section.entry.entered_by.setText("方小满")
    section.entry.note.setText("改标题")
    section.install()
    idle.wait()
    idle.wait()

    assert section.history.index(0, 4).data() == "现用"
    document = section.preview.preview.document
    assert document is not None
    assert "本局的标题" in document.pages[0].lines
    section.compare()
    idle.wait()
    assert section.changes.index(0, 3).data() == "本局的标题"


def test_who_and_why_must_be_said(
    section: TemplateSection, desk: Desk, idle: Idle, tmp_path: Path
) -> None:
    section.check(edited(desk, tmp_path, "本局的标题"))
    idle.wait()
    section.install()
    idle.wait()

    assert "由谁修改、为什么" in section.state.text()


def test_export_writes_the_template(section: TemplateSection, idle: Idle, tmp_path: Path) -> None:
    section.export()
    idle.wait()

    assert (tmp_path / f"{FORM}_{TITLE}_模板.docx").is_file()


def test_the_list_of_forms_is_narrowed_by_typing(section: TemplateSection) -> None:
    section.find_box.setText("听证通知")

    assert section.shown_forms.rowCount() == 1


def test_a_paper_edited_in_word_is_read_back_as_a_draft(
    qtbot: QtBot, desk: Desk, idle: Idle, tmp_path: Path
) -> None:
    workstation = desk.workstation
    case_id = issue_paper(workstation)
    docx = workstation.forms.export(case_id, FORM, tmp_path).docx
    package = open_package(docx.read_bytes())
    document = package.parts[DOCUMENT_PART].decode().replace(">倾倒垃圾<", ">倾倒装修垃圾<", 1)
    docx.write_bytes(DocxPackage({**package.parts, DOCUMENT_PART: document.encode()}).to_bytes())
    bar = ReadBackBar(desk, case_id)
    qtbot.addWidget(bar)

    bar.show_paper(FORM)
    bar.compare(docx)
    idle.wait()
    assert "举报事项：“倾倒垃圾” → “倾倒装修垃圾”" in bar.outcome.text()
    with qtbot.waitSignal(bar.taken):
        bar.take()

    assert workstation.forms.open_form(case_id, FORM).given == {"subject": "倾倒装修垃圾"}


def issue_paper(workstation: Workstation) -> str:
    folder = resources_dir() / "demo"
    case_id = workstation.cases.create(new_case_from(read_json(folder / "case.json"))).case_id
    values = read_json(folder / "documents" / f"{FORM}.json")["values"] | {"subject": "倾倒垃圾"}
    paper = DocumentRequest(form=FORM, dated=date(2026, 8, 22), values=values)
    for kind, step, at in (("lead_registered", 1, "08-19"), ("note_added", 1, "08-22")):
        request = EventRequest(
            kind=kind,
            step=step,
            at=datetime.fromisoformat(f"2026-{at}T10:00"),
            title=kind,
            actor="林问渠",
            documents=(paper,) if kind == "note_added" else (),
        )
        workstation.cases.record(case_id, request)
    return case_id
