"""The printing centre through the command line, with a print system of its own."""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.e2e.conftest import Demo, Run
from tests.private_cups import PrivateCups, private_cups, why_not
from workstation.documents.rasterise import extract_text

_TWENTY = 20


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateCups]:
    """A print system with one file printer, which ``lp`` talks to."""
    if why_not():
        pytest.skip(why_not())
    with private_cups() as running:
        running.add_printer("desk")
        monkeypatch.setenv("CUPS_SERVER", running.server)
        yield running


def set_trays(home: Path) -> None:
    """Give papers that go out and papers that stay a tray each, as a bureau does."""
    own = home / "own" / "templates"
    own.mkdir(parents=True, exist_ok=True)
    text = "".join(
        f"[kinds.'{kind}']\ntray = '{tray}'\ncopies = {{ '存档' = 1 }}\n"
        for kind, tray in (
            ("送达", "tray-1"),
            ("审批", "tray-2"),
            ("笔录", "tray-2"),
            ("清单", "tray-2"),
        )
    )
    (own / "printing.toml").write_text("[page]\nduplex = true\n" + text, encoding="utf-8")


def pictures_of(pdf: bytes) -> int:
    """Count the images on all pages of a PDF."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return sum(len(page.get_images()) for page in document.pages)


def squeezed(pages: list[list[str]]) -> str:
    """Return the text of pages without spaces and line ends."""
    return "".join("".join(line for page in pages for line in page).split())


def words_of(pdf: bytes) -> str:
    """Return the text that stands on the pages of a PDF as text, without spaces."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        return "".join("".join(extract_text(Path(file.name))).split())


def test_the_plan_of_a_step_names_copies_sheets_and_what_is_done_by_hand(
    run: Run, demo: Demo
) -> None:
    _, plan = run(demo.home, "print", "plan", demo.result["case_id"], "--step", "13")

    decision = next(row for row in plan["documents"] if row["id"] == "D51")
    assert decision["copies"] == {"当事人": 1, "执行": 1, "存档": 1}
    assert decision["blank_backs"] == decision["pages"] % 2
    kinds = {task["kind"] for task in decision["by_hand"]}
    assert kinds == ({"盖章", "骑缝章"} if decision["pages"] > 1 else {"盖章"})


def test_a_duplex_job_of_twenty_papers_from_two_trays_arrives_as_vectors(
    run: Run, demo: Demo, cups: PrivateCups
) -> None:
    set_trays(demo.home)
    case_id = demo.result["case_id"]
    _, plan = run(demo.home, "print", "plan", case_id)
    keys = [row["id"] for row in plan["documents"]][:_TWENTY]
    chosen = [part for key in keys for part in ("--document", key)]

    status, answer = run(demo.home, "print", "run", case_id, "--printer", "desk", *chosen)

    jobs = cups.jobs(_TWENTY)
    assert (status, answer["failed"], len(jobs)) == (0, 0, _TWENTY)
    assert all(b"two-sided-long-edge" in attributes for attributes, _ in jobs)
    trays = [
        tray for attributes, _ in jobs for tray in (b"tray-1", b"tray-2") if tray in attributes
    ]
    assert (len(trays), set(trays)) == (_TWENTY, {b"tray-1", b"tray-2"})
    assert [pictures_of(pdf) for _, pdf in jobs] == [0] * _TWENTY
    printed = {row["id"]: row["lines"] for row in demo.result["documents"]}
    assert [words_of(pdf) for _, pdf in jobs] == [squeezed(printed[key]) for key in keys]
    _, ledger = run(demo.home, "print", "ledger", case_id)
    assert [row["id"] for row in ledger["printings"]] == keys
    (demo.home / "own" / "templates" / "printing.toml").unlink()


def test_twenty_papers_of_a_list_arrive_as_a_duplex_job_for_each_tray_all_vectors(
    run: Run, demo: Demo, cups: PrivateCups, tmp_path: Path
) -> None:
    set_trays(demo.home)
    _, plan = run(demo.home, "print", "plan", demo.result["case_id"])
    papers = plan["documents"][:_TWENTY]
    path = tmp_path / "清单.csv"
    rows = [f"{demo.result['case_number']},{row['id']}" for row in papers]
    path.write_text("\n".join(["案号,文书", *rows]), encoding="utf-8")
    out = str(tmp_path / "out")

    status, answer = run(demo.home, "print", "batch", str(path), "--to", out, "--printer", "desk")

    (demo.home / "own" / "templates" / "printing.toml").unlink()
    jobs = cups.jobs(2)
    assert (status, answer["documents"], len(jobs)) == (0, _TWENTY, 2)
    printed = {row["id"]: row["lines"] for row in demo.result["documents"]}
    for tray, (attributes, pdf) in zip(("tray-1", "tray-2"), in_order(jobs), strict=True):
        assert b"two-sided-long-edge" in attributes
        assert pictures_of(pdf) == 0
        keys = [row["id"] for row in papers if row["tray"] == tray]
        assert words_of(pdf) == "".join(squeezed(printed[key]) for key in keys)
        with pikepdf.open(BytesIO(pdf)) as document:
            pages = [row["pages"] + row["blank_backs"] for row in papers if row["tray"] == tray]
            assert len(document.pages) == sum(pages)
    assert {row["job"] for row in answer["jobs"]} == {"desk-1", "desk-2"}


def in_order(jobs: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return the job for the first tray before that for the second."""
    return sorted(jobs, key=lambda job: b"tray-1" not in job[0])


def test_a_printer_that_is_not_there_is_refused_with_those_that_are(
    run: Run, demo: Demo, cups: PrivateCups
) -> None:
    case_id = demo.result["case_id"]

    status, answer = run(demo.home, "print", "run", case_id, "--printer", "nowhere")

    assert status == 1
    assert answer["error"]["hint"] == "可用的打印机：desk。"
    assert cups.jobs(0) == []


def test_without_a_printer_a_step_is_written_as_one_file_with_each_paper_on_a_front_page(
    run: Run, demo: Demo, tmp_path: Path
) -> None:
    case_id = demo.result["case_id"]
    _, plan = run(demo.home, "print", "plan", case_id, "--step", "14")

    _, answer = run(demo.home, "print", "run", case_id, "--step", "14", "--to", str(tmp_path))

    (path,) = answer["pdf"]
    with pikepdf.open(path) as document:
        printed = sum(
            (row["pages"] + row["blank_backs"]) * sum(row["copies"].values())
            for row in plan["documents"]
        )
        assert len(document.pages) == printed


def test_a_list_is_printed_by_command_and_its_faulty_row_is_a_finding(
    run: Run, demo: Demo, tmp_path: Path
) -> None:
    number = demo.result["case_number"]
    rows = ("案号,文书", f"{number},D51", f"{number},D58", "屿综执立字〔2099〕1号,D51")
    path = tmp_path / "清单.csv"
    path.write_text("\n".join(rows), encoding="utf-8")

    status, answer = run(demo.home, "print", "batch", str(path), "--to", str(tmp_path / "out"))

    (file,) = answer["pdf"]
    assert (status, answer["documents"], file["documents"]) == (1, 2, 2)
    assert [(row["row"], row["cell"]) for row in answer["faults"]] == [(4, "A4")]
    with pikepdf.open(file["file"]) as document:
        assert len(document.pages) == file["pages"]
        assert all(not page.get_images() for page in document.pages)


def test_a_list_to_fill_in_is_written_by_command(run: Run, demo: Demo, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"

    status, answer = run(demo.home, "print", "batch-template", str(path), "--document", "D11")

    assert (status, answer) == (0, {"file": str(path)})
    assert path.is_file()


def test_a_form_is_sent_to_the_tray_set_for_it_at_this_desk(
    run: Run, demo: Demo, cups: PrivateCups
) -> None:
    wanted = ("--printer", "desk", "--tray", "tray-9", "--copies", "存档1")

    _, kept = run(demo.home, "print", "set", "D51", *wanted)
    run(
        demo.home, "print", "run", demo.result["case_id"], "--printer", "desk", "--document", "D51"
    )
    run(demo.home, "print", "test", "--printer", "desk")
    _, cleared = run(demo.home, "print", "set", "D51", "--clear")

    assert (kept["tray"], kept["set_here"], kept["warnings"]) == ("tray-9", True, [])
    (paper, _), (test, _) = cups.jobs(2)
    assert b"tray-9" in paper
    assert b"tray-9" not in test
    assert not cleared["set_here"]


def test_forms_set_to_a_printer_that_is_not_there_are_listed(
    run: Run, demo: Demo, cups: PrivateCups
) -> None:
    assert cups.server
    run(demo.home, "print", "set", "D52", "--printer", "gone")

    status, found = run(demo.home, "print", "settings", "--problems")
    run(demo.home, "print", "set", "D52", "--clear")

    assert status == 1
    assert [row["form"] for row in found["settings"]] == ["D52"]
