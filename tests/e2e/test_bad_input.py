"""Bad input gets one Chinese sentence that says what to do, and nothing is half-written."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Run
from workstation import cli
from workstation.bootstrap import open_workstation
from workstation.data_files import resources_dir
from workstation.legislation import package_source
from workstation.settings import open_home


@pytest.fixture
def new_case() -> dict[str, Any]:
    """The demo case without its events."""
    text = (resources_dir() / "demo" / "case.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    content["events"] = [
        {"kind": "note_added", "step": 1, "at": "2026-08-19T09:00", "title": "登记"}
    ]
    return content


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A home folder with the demo office and no case."""
    workstation = open_workstation(open_home(tmp_path / "office"))
    folder = resources_dir() / "demo"
    workstation.office.set_up(folder / "office.json", folder / "matters.json")
    workstation.close()
    return tmp_path / "office"


def _apply(run: Run, office: Path, content: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    path = office / "events.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return run(office, "case", "apply", "new", "--file", str(path))


def _cases(run: Run, office: Path) -> list[Any]:
    cases: list[Any] = run(office, "case", "list")[1]["cases"]
    return cases


def test_a_wrong_credit_code_opens_no_case(
    run: Run, office: Path, new_case: dict[str, Any]
) -> None:
    new_case["case"]["party"]["number"] = "91330399MA0000015K"

    status, answer = _apply(run, office, new_case)

    assert status == 1
    assert answer["error"]["code"] == "invalid_credit_code"
    assert "营业执照" in answer["error"]["hint"]
    assert _cases(run, office) == []


def test_a_wrong_identity_number_opens_no_case(
    run: Run, office: Path, new_case: dict[str, Any]
) -> None:
    new_case["case"]["party"]["representative_number"] = "990399197906160018"

    status, answer = _apply(run, office, new_case)

    assert (status, answer["error"]["code"]) == (1, "invalid_identity_number")
    assert _cases(run, office) == []


def test_a_finding_before_the_act_opens_no_case(
    run: Run, office: Path, new_case: dict[str, Any]
) -> None:
    new_case["case"]["facts"]["act_start"] = "2026-08-20T00:50"

    status, answer = _apply(run, office, new_case)

    assert (status, answer["error"]["code"]) == (1, "invalid_input")
    assert "早于违法行为" in answer["error"]["message"]
    assert _cases(run, office) == []


def test_an_event_of_an_unknown_kind_records_nothing(
    run: Run, office: Path, new_case: dict[str, Any]
) -> None:
    new_case["events"].append({"kind": "magic", "step": 2, "at": "2026-08-21T09:00"})

    status, answer = _apply(run, office, new_case)

    assert (status, answer["error"]["code"]) == (1, "unknown_event")
    assert _cases(run, office) == []


def test_a_file_that_is_no_json_is_refused_with_its_line(run: Run, office: Path) -> None:
    path = office / "events.json"
    path.write_text('{"events": [\n', encoding="utf-8")

    status, answer = run(office, "case", "apply", "new", "--file", str(path))

    assert (status, answer["error"]["code"]) == (1, "event_file")
    assert "line 2" in answer["error"]["message"]


def test_an_unknown_form_is_refused(run: Run, office: Path, new_case: dict[str, Any]) -> None:
    _apply(run, office, new_case)
    case_id = _cases(run, office)[0]["id"]

    status, answer = run(office, "case", "render", case_id, "--document", "D99", "--to", "x")

    assert (status, answer["error"]["code"]) == (1, "unknown_form")


def test_a_paper_not_issued_yet_is_named(run: Run, office: Path, new_case: dict[str, Any]) -> None:
    _apply(run, office, new_case)
    case_id = _cases(run, office)[0]["id"]

    status, answer = run(office, "case", "render", case_id, "--document", "D51", "--to", "x")

    assert (status, answer["error"]["code"]) == (1, "document_not_issued")
    assert "行政处罚决定书" in answer["error"]["message"]


def test_a_case_that_is_not_archived_is_not_bound(
    run: Run, office: Path, new_case: dict[str, Any], tmp_path: Path
) -> None:
    _apply(run, office, new_case)
    case_id = _cases(run, office)[0]["id"]

    status, answer = run(office, "case", "bind", case_id, "--to", str(tmp_path / "out"))

    assert (status, answer["error"]["code"]) == (1, "volume_not_ready")
    assert not (tmp_path / "out").exists()


def test_a_home_that_is_a_file_is_refused(run: Run, tmp_path: Path) -> None:
    occupied = tmp_path / "occupied"
    occupied.write_text("x", encoding="utf-8")

    status, answer = run(occupied, "case", "list")

    assert (status, answer["error"]["code"]) == (1, "home_not_writable")
    assert occupied.read_text(encoding="utf-8") == "x"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_that_cannot_be_written_is_refused(run: Run, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o500)

    status, answer = run(locked, "case", "list")

    assert (status, answer["error"]["code"]) == (1, "home_not_writable")


def test_a_damaged_database_is_refused_and_left_as_it_is(run: Run, office: Path) -> None:
    database = office / "office.db"
    damaged = b"\0" * 4096 + database.read_bytes()[4096:]
    database.write_bytes(damaged)

    status, answer = run(office, "case", "list")

    assert status == 1
    assert answer["error"]["hint"]
    assert database.read_bytes() == damaged


def test_a_missing_statute_package_says_how_to_get_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_source, "PACKAGE", "a-package-nobody-installed")
    (tmp_path / "fresh" / "legislation").mkdir(parents=True)

    status, answer = run(tmp_path / "fresh", "law", "show", "行政处罚法", "第六十三条")

    assert (status, answer["error"]["code"]) == (1, "statute_package_missing")
    assert "run.py" in answer["error"]["hint"]


def test_an_unknown_deadline_rule_is_refused(run: Run, tmp_path: Path) -> None:
    status, answer = run(tmp_path / "fresh", "deadline", "--rule", "DL99", "--from", "2026-09-29")

    assert status == 1
    assert "DL99" in answer["error"]["message"]


def test_a_year_without_a_holiday_notice_is_refused(run: Run, tmp_path: Path) -> None:
    arguments = ("deadline", "--rule", "DL06", "--from", "2031-09-29")

    status, answer = run(tmp_path / "fresh", *arguments)

    assert (status, answer["error"]["code"]) == (1, "holiday_notice_missing")


def test_wrong_usage_exits_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["case", "render"])

    assert stop.value.code == 2
    assert "命令用法不对" in capsys.readouterr().err
