"""A list of papers: what is printed, what is refused cell by cell, and going on again."""

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pikepdf
import pytest
from openpyxl import Workbook, load_workbook

from tests.fakes import FakeSpooler
from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.documents.rasterise import extract_text
from workstation.operations.event_files import DocumentRequest
from workstation.operations.forms import FormOperations
from workstation.operations.matter_lists.sheets import ListFileError
from workstation.operations.print_batches.operations import BatchOperations
from workstation.operations.print_batches.page_files import FOLDER
from workstation.operations.print_rules import load_print_rules
from workstation.operations.spooler import PrinterUnknownError

HEAD = ("案号", "文书", "到场时间", "携带材料", "所附证件")
CALL = ("2026-09-30 09:30", "营业执照\n运输合同")
POWER = ("", "", "身份证复印件")
Write = Callable[..., Path]


@pytest.fixture
def number(desk: Workstation, case_id: str) -> str:
    """The number of the one case of the office."""
    return desk.cases.view(case_id).file.case.number


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Write rows under ``HEAD`` as a .csv file."""

    def write(*rows: tuple[str, ...], encoding: str = "utf-8-sig") -> Path:
        path = tmp_path / "清单.csv"
        with path.open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream).writerows((HEAD, *rows))
        return path

    return write


class StopAfter(Event):
    """Set once so many rows are done."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows

    def note(self, done: int, _total: int) -> None:
        """Take note of progress."""
        if done >= self.rows:
            self.set()


def test_a_draft_is_filled_from_the_row_and_from_the_case(
    desk: Workstation, number: str, written: Write, tmp_path: Path
) -> None:
    outcome = desk.batches.run(written((number, "D11", *CALL)), tmp_path / "out")

    (file,) = outcome.files
    text = "".join("".join(extract_text(file.path)).split())
    assert (file.documents, file.drafts, file.copies, outcome.faults) == (1, 1, 1, ())
    assert "2026年9月30日9时30分" in text
    assert "营业执照" in text
    assert desk.cases.view(number).file.case.party.name in text


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        (("屿综执立字〔2099〕1号", "D11", *CALL), "A2", "没有案号为"),
        (("", "D11", *CALL), "A2", "没有写案号"),
        (("{number}", "D99", *CALL), "B2", "没有“D99”这种文书"),
        (("{number}", "D11-2", *CALL), "B2", "还没有第2份"),
        (("{number}", "D11", "明天上午", "营业执照"), "C2", "到场时间"),
        (("{number}", "D11", "2026-09-30 09:30", ""), "B2", "缺“携带材料”"),
        (("{number}", "D15", "2026-09-30 09:30", ""), "C2", "没有这一栏"),
    ],
)
def test_a_faulty_row_is_reported_with_its_cell_and_the_rest_is_printed(
    desk: Workstation,
    number: str,
    written: Write,
    row: tuple[str, ...],
    cell: str,
    said: str,
) -> None:
    faulty = tuple(value.replace("{number}", number) for value in row)
    sound = (number, "D14", *POWER)

    path = written(faulty, sound)

    outcome = desk.batches.run(path, path.parent / "out")

    (fault,) = outcome.faults
    assert (fault.row, fault.cell) == (2, cell)
    assert said in fault.message
    assert fault.fix
    assert [file.documents for file in outcome.files] == [1]
    assert outcome.faults_file is not None
    cells = [c.value for c in load_workbook(outcome.faults_file)["问题"][2]]
    assert cells[1] == cell


def test_the_beginning_of_a_case_number_is_no_address(
    desk: Workstation, case_id: str, written: Write, tmp_path: Path
) -> None:
    outcome = desk.batches.run(written((case_id[:4], "D11", *CALL)), tmp_path / "out")

    assert [fault.cell for fault in outcome.faults] == ["A2"]
    assert outcome.files == ()


def test_the_same_paper_twice_is_printed_once(
    desk: Workstation, number: str, written: Write, tmp_path: Path
) -> None:
    outcome = desk.batches.run(
        written((number, "D11", *CALL), (number, "D11", "2026-10-01 10:00", "无")),
        tmp_path / "out",
    )

    assert [(f.row, f.message) for f in outcome.faults] == [(3, "与第2行是同一份文书（D11）")]
    assert outcome.documents == 1


def test_what_was_issued_is_printed_as_issued_in_the_copies_of_its_form(
    desk: Workstation, case_id: str, number: str, written: Write, tmp_path: Path
) -> None:
    values = {"appear_at": "2026-08-25T14:00", "bring": "营业执照"}
    paper = DocumentRequest(form="D11", dated=date(2026, 8, 21), values=values)
    asked = event("material_requested", 3, "2026-08-21T14:30", documents=(paper,))
    desk.cases.record(case_id, asked)
    folder = tmp_path / "out"

    outcome = desk.batches.run(written((number, "D11", "", "")), folder)
    refused = desk.batches.run(written((number, "D11", *CALL)), folder)

    (file,) = outcome.files
    assert (file.drafts, file.copies) == (0, 2)
    assert "草稿" not in "".join(extract_text(file.path))
    assert [fault.cell for fault in refused.faults] == ["C2", "D2"]
    assert refused.files == ()


def test_papers_are_grouped_by_printer_tray_and_sides_each_on_a_front_page(
    desk: Workstation, number: str, written: Write, tmp_path: Path
) -> None:
    own = desk.home.root / "own" / "templates"
    own.mkdir(parents=True)
    (own / "printing.toml").write_text(
        "[page]\nduplex = true\n[forms.D14]\ntray = 'tray-1'\nprinter = '大厅'\n"
        "[forms.D11]\nduplex = false\n",
        encoding="utf-8",
    )
    batches = BatchOperations(desk.database, desk.forms, load_print_rules(desk.home.root))
    path = written((number, "D11", *CALL), (number, "D14", *POWER))

    called, power = batches.run(path, tmp_path / "out").files

    assert power.path.name == "清单_大厅_tray-1_双面.pdf"
    assert called.path.name == "清单_单面.pdf"
    # One page, and the empty back that lets the next paper start on a front page.
    assert (power.papers[0].pages, power.pages) == (1, 2)
    assert called.pages == called.papers[0].pages
    for file in (called, power):
        with pikepdf.open(file.path) as read:
            assert len(read.pages) == file.pages


def test_a_stopped_run_goes_on_where_it_was(
    desk: Workstation, number: str, written: Write, tmp_path: Path
) -> None:
    path = written((number, "D11", *CALL), (number, "D14", *POWER))
    stop = StopAfter(1)
    folder = tmp_path / "out"

    first = desk.batches.run(path, folder, progress=stop.note, stop=stop)
    left = list((folder / FOLDER).glob("*.pages"))
    second = desk.batches.run(path, folder)

    assert (first.stopped, first.files, len(left)) == (True, (), 1)
    assert (second.stopped, second.reused, second.documents) == (False, 1, 2)
    assert not (folder / FOLDER).exists()


@pytest.fixture
def work_done(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the papers filled and laid out."""
    counted: Counter[str] = Counter()
    for name in ("draft_paper", "draft_pages", "page_of"):
        real = getattr(FormOperations, name)

        def counting(*given: Any, name: str = name, real: Any = real, **named: Any) -> Any:
            counted[name] += 1
            return real(*given, **named)

        monkeypatch.setattr(FormOperations, name, counting)
    return counted


def test_what_was_made_is_neither_filled_nor_laid_out_again(
    desk: Workstation, number: str, written: Write, tmp_path: Path, work_done: Counter[str]
) -> None:
    path = written((number, "D11", *CALL), (number, "D14", *POWER))
    stop = StopAfter(1)
    folder = tmp_path / "out"
    desk.batches.run(path, folder, progress=stop.note, stop=stop)
    work_done.clear()

    desk.batches.run(path, folder)

    assert work_done == {"draft_paper": 1, "draft_pages": 1}


def test_a_draft_is_filled_again_once_the_case_may_have_changed(
    desk: Workstation, number: str, written: Write, tmp_path: Path, work_done: Counter[str]
) -> None:
    path = written((number, "D11", *CALL), (number, "D99", "", ""))
    folder = tmp_path / "out"
    desk.batches.run(path, folder)
    with desk.database.writing() as unit:
        unit.log.append("test", {"case": "changed"})
    work_done.clear()

    again = desk.batches.run(path, folder)

    assert (again.reused, dict(work_done)) == (1, {"draft_paper": 1})


def test_a_saved_draft_that_was_changed_is_filled_again(
    desk: Workstation, number: str, case_id: str, written: Write, tmp_path: Path
) -> None:
    path = written((number, "D11", *CALL), (number, "D99", "", ""))
    folder = tmp_path / "out"
    desk.batches.run(path, folder)
    desk.forms.save_draft(case_id, "D11", 1, {"subject": "改过的询问事项"})

    again = desk.batches.run(path, folder)

    assert again.reused == 0
    assert "改过的询问事项" in "".join("".join(extract_text(again.files[0].path)).split())


def test_a_torn_line_of_the_index_only_costs_its_paper(
    desk: Workstation, number: str, written: Write, tmp_path: Path
) -> None:
    path = written((number, "D11", *CALL), (number, "D99", "", ""))
    folder = tmp_path / "out"
    desk.batches.run(path, folder)
    index = next(p for p in (folder / FOLDER).iterdir() if p.suffix != ".pages")
    index.write_bytes(index.read_bytes()[:-9])

    again = desk.batches.run(path, folder)

    assert (again.documents, again.reused) == (1, 0)


def test_a_row_that_was_changed_is_laid_out_anew(
    desk: Workstation, number: str, written: Write, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    faulty = (number, "D99", "", "")
    desk.batches.run(written((number, "D11", *CALL), faulty), folder)

    again = desk.batches.run(written((number, "D11", "2026-09-30 15:00", "无")), folder)

    assert (again.documents, again.reused) == (1, 0)
    assert "15时" in "".join("".join(extract_text(again.files[0].path)).split())


def test_kept_pages_that_are_damaged_are_made_again(
    desk: Workstation, number: str, written: Write, tmp_path: Path
) -> None:
    path = written((number, "D11", *CALL), (number, "D99", "", ""))
    folder = tmp_path / "out"
    desk.batches.run(path, folder)
    (kept,) = (folder / FOLDER).glob("*.pages")
    kept.write_bytes(kept.read_bytes()[:-20])

    again = desk.batches.run(path, folder)

    assert (again.documents, again.reused) == (1, 0)


def test_the_template_filled_in_is_read_back(
    desk: Workstation, number: str, tmp_path: Path
) -> None:
    path = desk.batches.template(tmp_path / "模板.xlsx", ["D11"], with_cases=True)
    book = load_workbook(path)
    sheet = book["批量打印"]
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index("到场时间") + 1).value = datetime(2026, 9, 30, 9, 30)
    sheet.cell(2, headings.index("携带材料") + 1).value = "营业执照"
    book.save(path)

    outcome = desk.batches.run(path, tmp_path / "out")

    assert sheet.cell(2, 1).value == number
    assert (outcome.faults, outcome.documents) == ((), 1)
    text = "".join("".join(extract_text(outcome.files[0].path)).split())
    assert "2026年9月30日9时30分" in text


def test_a_list_of_an_office_suite_in_gb18030_is_read(
    desk: Workstation, number: str, written: Write, tmp_path: Path
) -> None:
    path = written((number, "D11", *CALL), encoding="gb18030")

    assert desk.batches.run(path, tmp_path / "out").documents == 1


def test_a_list_without_the_two_columns_is_refused(desk: Workstation, tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("工资").append(("姓名", "金额"))
    book.save(tmp_path / "工资.xlsx")

    with pytest.raises(ListFileError, match="没有找到表头"):
        desk.batches.run(tmp_path / "工资.xlsx", tmp_path / "out")


def test_a_column_of_no_form_is_named(desk: Workstation, number: str, tmp_path: Path) -> None:
    path = tmp_path / "清单.csv"
    path.write_text(f"案号,文书,乱填\n{number},D06,1\n", encoding="utf-8")

    outcome = desk.batches.run(path, tmp_path / "out")

    assert outcome.notes == ("工作表“清单”的C列“乱填”不是任何文书的栏目，未读取。",)


def test_a_file_that_was_sent_notes_its_issued_papers_and_no_draft(
    desk: Workstation, case_id: str, number: str, written: Write, tmp_path: Path
) -> None:
    values = {"appear_at": "2026-08-25T14:00", "bring": "营业执照"}
    paper = DocumentRequest(form="D11", dated=date(2026, 8, 21), values=values)
    asked = event("material_requested", 3, "2026-08-21T14:30", documents=(paper,))
    desk.cases.record(case_id, asked)
    spooler = FakeSpooler()
    batches = BatchOperations(desk.database, desk.forms, load_print_rules(), spooler)
    path = written((number, "D11", "", ""), (number, "D14", *POWER))

    sent = batches.send(batches.run(path, tmp_path / "out").files, "desk", "方小满")

    (job,) = spooler.sent
    assert [(each.job, each.problem) for each in sent] == [("desk-1", "")]
    assert (job.copies, job.duplex, job.file.name) == (1, True, "清单_双面.pdf")
    ledger = desk.printing.ledger(case_id)
    assert [(row.document, row.recipient, row.job) for row in ledger] == [
        ("D11", "当事人", "desk-1"),
        ("D11", "存档", "desk-1"),
    ]
    assert desk.printing.states(case_id)["D11"].reason == ""


def test_a_refused_file_is_told_and_the_others_are_sent(
    desk: Workstation, number: str, written: Write, tmp_path: Path
) -> None:
    own = desk.home.root / "own" / "templates"
    own.mkdir(parents=True)
    (own / "printing.toml").write_text("[page]\n[forms.D11]\ntray = 'tray-1'\n", encoding="utf-8")
    rules = load_print_rules(desk.home.root)
    batches = BatchOperations(desk.database, desk.forms, rules, FakeSpooler(refused="tray-1"))
    path = written((number, "D11", *CALL), (number, "D14", *POWER))

    sent = batches.send(batches.run(path, tmp_path / "out").files, "desk", "方小满")

    assert [bool(each.problem) for each in sent] == [True, False]


def test_a_printer_that_is_not_there_is_refused_before_anything_is_sent(
    desk: Workstation, number: str, written: Write, tmp_path: Path
) -> None:
    spooler = FakeSpooler()
    batches = BatchOperations(desk.database, desk.forms, load_print_rules(), spooler)
    files = batches.run(written((number, "D11", *CALL)), tmp_path / "out").files

    with pytest.raises(PrinterUnknownError):
        batches.send(files, "nowhere", "方小满")

    assert spooler.sent == []
