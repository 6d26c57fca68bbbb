"""A party's rare characters are printed and copied rightly, or named in a refusal."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Run
from workstation.bootstrap import open_workstation
from workstation.data_files import resources_dir
from workstation.documents.rasterise import extract_text
from workstation.settings import open_home

DEMO = resources_dir() / "demo"
RARE_NAME = "赵喆堃昇䶮𬭎𠅤"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A home folder with the demo office and no case."""
    workstation = open_workstation(open_home(tmp_path / "office"))
    workstation.office.set_up(DEMO / "office.json", DEMO / "matters.json")
    workstation.close()
    return tmp_path / "office"


def _file_case_of(name: str, folder: Path) -> Path:
    """Write an event file that opens and files a case against a citizen called ``name``."""
    content: dict[str, Any] = json.loads((DEMO / "case.json").read_text(encoding="utf-8"))
    content["case"]["title"] = f"{name}涉嫌擅自倾倒建筑垃圾案"
    content["case"]["party"] = {
        "kind": "公民",
        "name": name,
        "number": "990399198804230033",
        "address": "龙屿市观澜路0号",
    }
    values = json.loads((DEMO / "documents" / "D06.json").read_text(encoding="utf-8"))["values"]
    content["events"] = [
        {"kind": "lead_registered", "step": 1, "at": "2026-08-19T08:50"},
        {
            "kind": "case_filed",
            "step": 2,
            "at": "2026-08-21T09:30",
            "documents": [{"form": "D06", "date": "2026-08-21", "values": values}],
        },
    ]
    path = folder / "events.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def test_rare_characters_of_a_name_are_printed_and_copy_out(
    run: Run, office: Path, tmp_path: Path
) -> None:
    path = _file_case_of(RARE_NAME, tmp_path)
    _, applied = run(office, "case", "apply", "new", "--file", str(path))

    arguments = ("--document", "D06", "--to", str(tmp_path))
    _, exported = run(office, "case", "render", applied["case_id"], *arguments)

    text = "".join(extract_text(Path(exported["pdf"]))).replace("\n", "")
    assert RARE_NAME in text


def test_a_character_no_font_has_is_named_and_nothing_is_issued(
    run: Run, office: Path, tmp_path: Path
) -> None:
    path = _file_case_of("赵\U00031350", tmp_path)

    status, answer = run(office, "case", "apply", "new", "--file", str(path))

    assert (status, answer["error"]["code"]) == (1, "glyph_missing")
    assert "U+31350" in answer["error"]["message"]
    case = run(office, "case", "list")[1]["cases"][0]
    shown = run(office, "case", "show", case["id"])[1]
    assert shown["documents"] == []
    assert [event["step"] for event in shown["events"]] == [1]
