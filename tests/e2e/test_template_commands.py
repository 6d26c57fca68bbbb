"""A clerk's templates through the command line: export, check, install, compare, take back."""

from pathlib import Path

import pytest

from tests.e2e.conftest import Run
from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage, open_package

pytestmark = pytest.mark.xdist_group("filling_process")
ENTRY = ("--note", "改标题", "--by", "方小满", "--from", "2026-09-01")


def edit(path: Path, old: str, new: str) -> None:
    package = open_package(path.read_bytes())
    document = package.parts[DOCUMENT_PART].decode()
    assert old in document
    changed = {**package.parts, DOCUMENT_PART: document.replace(old, new, 1).encode()}
    path.write_bytes(DocxPackage(changed).to_bytes())


def test_a_template_goes_out_and_comes_back(run: Run, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "out"
    folder.mkdir()
    _, exported = run(home, "template", "export", "D04", "--to", str(folder))
    path = Path(exported["file"])
    edit(path, "举报处理结果告知书", "举报处理情况告知书")

    status, checked = run(home, "template", "check", str(path), "--to", str(folder))
    assert (status, checked["sound"], checked["faults"]) == (0, True, [])
    assert Path(checked["pdf"]).read_bytes().startswith(b"%PDF")
    status, history = run(home, "template", "install", str(path), "--form", "D04", *ENTRY)
    assert [version["in_force"] for version in history["versions"]] == [False, True]
    _, diff = run(home, "template", "diff", "D04")
    assert diff["changes"][0]["after"] == "举报处理情况告知书"
    back = ("template", "rollback", "D04", "--version", "0", *ENTRY)
    _, history = run(home, *back)

    assert [version["restored"] for version in history["versions"]] == [None, None, 0]
    _, listed = run(home, "template", "list")
    assert {row["version"] for row in listed["forms"]} == {0}


def test_a_broken_template_is_refused_with_every_place(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "D04_改.docx"
    run(tmp_path, "template", "export", "D04", "--to", str(path))
    edit(path, "举报处理结果告知书", "{{ f.nothing }}")
    edit(path, "{{ agency.name }}", "｛｛ agency.name ｝｝")

    status, checked = run(tmp_path, "template", "check", str(path))
    assert (status, [fault["place"] for fault in checked["faults"]]) == (1, ["第1段", "第2段"])
    status, refused = run(tmp_path, "template", "install", str(path), "--form", "D04", *ENTRY)

    assert (status, refused["error"]["code"]) == (1, "template_faults")
    assert len(refused["faults"]) == 2
