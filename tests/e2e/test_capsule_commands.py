"""``capsule``: the demo case leaves as one file, opens in a browser, comes back with remarks."""

import contextlib
import json
import shutil
import subprocess
import sys
import zipfile
from io import StringIO
from pathlib import Path

import pytest

from tests.chromium import Chromium
from tests.e2e.conftest import Demo, Run
from workstation import cli
from workstation.archive import verify_capsule

# The first test of a worker makes the whole demo office as well.
pytestmark = pytest.mark.timeout(600)
_LARGEST = 40 << 20


@pytest.fixture(scope="module")
def home(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo office that the tests here may write to."""
    copy = tmp_path_factory.mktemp("capsule") / "home"
    shutil.copytree(demo.home, copy)
    return copy


@pytest.fixture(scope="module")
def capsule(demo: Demo, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A capsule of the demo case."""
    out = tmp_path_factory.mktemp("capsules")
    asked = ("capsule", "make", demo.result["case_id"], "--to", str(out))
    whole = ("--home", str(home), "--json", *asked, "--recipient", "闻澜律师", "--by", "方小满")
    printed = StringIO()
    with contextlib.redirect_stdout(printed):
        status = cli.main(whole)
    made = json.loads(printed.getvalue())
    assert status == 0, made
    assert made["pages"] > 50
    return Path(made["file"])


def test_a_lawyer_reads_and_answers_in_a_browser_without_network(
    demo: Demo, home: Path, run: Run, capsule: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(capsule) as archive:
        archive.extractall(tmp_path / "lawyer")
    with Chromium(tmp_path / "browser") as browser:
        browser.download_to(tmp_path)
        browser.open(tmp_path / "lawyer" / verify_capsule.VIEWER)
        asked = [url for url in browser.requests if not url.startswith(("file:", "data:"))]
        text = browser.text_of(".sheet svg")
        browser.press("e")
        browser.insert("回避申请未见书面材料“原件”\n第二行𬭎")
        browser.press("Escape")
        browser.press("s", control=True)
        browser.run(
            "document.getElementById('author').value='闻澜';"
            "document.getElementById('licence').value='13303202000000001';"
            "document.getElementById('sign-form').requestSubmit()"
        )
        browser.wait_for_download()
    (reply,) = tmp_path.glob("回件_*.json")
    assert asked == []
    assert "龙屿市综合行政执法局" in text

    status, merged = run(home, "capsule", "merge", str(reply), "--by", "方小满")
    _, again = run(home, "capsule", "merge", str(reply))
    _, found = run(home, "capsule", "replies", demo.result["case_id"])

    assert (status, merged["replies"][0]["state"]) == (0, "已并入"), merged
    assert again["replies"][0]["state"] == "已收过"
    (remark,) = found["subjects"][0]["remarks"]
    assert remark["text"] == "回避申请未见书面材料“原件”\n第二行𬭎"


def test_the_capsule_of_the_demo_case_is_small(capsule: Path) -> None:
    assert capsule.stat().st_size <= _LARGEST


def test_what_was_not_chosen_is_in_no_part_of_the_capsule(capsule: Path) -> None:
    with zipfile.ZipFile(capsule) as archive:
        names = archive.namelist()
        viewer = archive.read(verify_capsule.VIEWER).decode()

    assert "案卷包/data/文书合订.pdf" in names
    assert '"key":"D49"' not in viewer
    assert '"key":"D51"' in viewer


def test_a_sound_capsule_is_verified_and_a_changed_one_refused(
    home: Path, run: Run, capsule: Path, tmp_path: Path
) -> None:
    status, found = run(home, "capsule", "verify", str(capsule))
    changed = tmp_path / "changed.zip"
    data = bytearray(capsule.read_bytes())
    data[len(data) // 2] ^= 1
    changed.write_bytes(data)

    refused, told = run(home, "capsule", "verify", str(changed))
    _, shown = run(home, "capsule", "show", str(changed))
    alone = subprocess.run(
        [sys.executable, verify_capsule.__file__, str(changed)], capture_output=True, check=False
    )

    assert (status, found["made_here"], found["recipient"]) == (0, True, "闻澜律师")
    assert refused == 1
    assert told["problems"][0] == "签名与内容不符：制作之后被改动过。"
    assert any(problem.startswith("内容已被改动：") for problem in told["problems"])
    assert shown["error"]["code"] == "broken_capsule"
    assert alone.returncode == 1


def test_inner_papers_leave_only_with_a_reason(
    demo: Demo, home: Path, run: Run, tmp_path: Path
) -> None:
    asked = ("capsule", "make", demo.result["case_id"], "--to", str(tmp_path))

    status, refused = run(home, *asked, "--recipient", "闻澜律师", "--inner", "D40")

    assert (status, refused["error"]["code"]) == (1, "invalid_input")
    assert list(tmp_path.iterdir()) == []


def test_opinions_leave_in_a_word_file_and_come_back_to_be_decided(
    demo: Demo, home: Path, run: Run, tmp_path: Path
) -> None:
    paper = ("--case", demo.result["case_id"], "--document", "D51")
    said = ("--by", "莫弦", "--text", "请核对时间", "--field", "facts", "--quote", "2时30分")

    _, made = run(home, "document", "comment", *paper, "--to", str(tmp_path), *said)
    _, taken = run(home, "document", "comments", made["docx"], *paper)
    mine = next(r for r in taken["remarks"] if r["author"] == "莫弦")
    decision = ("--remark", mine["id"], "--verdict", "采纳", "--reason", "已核对")
    status, decided = run(home, "document", "decide", *paper[:2], *decision)

    assert (mine["anchor"], mine["field_label"]) == ("2时30分", "违法事实")
    assert (status, decided["remarks"][0]["verdict"]) == (0, "采纳")
