"""Printers and trays by form at one desk: what wins, what is warned of, what is refused."""

import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.fakes import FakeSpooler
from workstation.bootstrap import Workstation
from workstation.documents.forms import load_forms
from workstation.errors import DataFileError, InvalidInputError
from workstation.operations.desk_printers import (
    DEFAULT,
    FILE_NAME,
    DeskPrinters,
    PrinterChoice,
)
from workstation.operations.print_rules import load_print_rules
from workstation.operations.print_test_pages import test_page_pdf as page_pdf
from workstation.operations.printer_settings import parse_copies
from workstation.operations.printing import PrintRequest
from workstation.operations.spooler import PrinterUnknownError

_TRAY = PrinterChoice(printer="desk", tray="tray-2", duplex=False, copies=(("存档", 2),))


@pytest.fixture
def spooler(desk: Workstation, monkeypatch: pytest.MonkeyPatch) -> FakeSpooler:
    """A print system with the one printer “desk”."""
    made = FakeSpooler()
    monkeypatch.setattr(desk.printing, "spooler", made)
    return made


def test_a_form_set_at_the_desk_is_printed_so_and_the_others_as_before(
    desk: Workstation, spooler: FakeSpooler, case_id: str
) -> None:
    desk.forms.save_draft(case_id, "D11", 1, {"place": "一号询问室"})
    desk.printers.put("D11", _TRAY)

    plan = desk.printing.plan(case_id, drafts=True)
    desk.printing.run(plan, PrintRequest(printer="desk", by="方小满"))

    (job,) = spooler.sent
    assert (job.printer, job.tray, job.duplex) == ("desk", "tray-2", False)
    assert desk.printers.get("D11").rule.copies == (("存档", 2),)
    assert desk.printers.get("D51").rule == load_print_rules().of(load_forms().get("D51"))


def test_the_default_of_the_desk_gives_way_to_the_rule_of_a_form(tmp_path: Path) -> None:
    own = tmp_path / "own" / "templates" / "printing.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[page]\ntray = "a"\n[forms.D51]\ntray = "b"\n', encoding="utf-8")
    printers = DeskPrinters(tmp_path)
    printers.put(DEFAULT, PrinterChoice(tray="c"))
    rules = load_print_rules(tmp_path, printers)
    forms = load_forms()

    assert (rules.default().tray, rules.of(forms.get("D12")).tray) == ("c", "c")
    assert rules.of(forms.get("D51")).tray == "b"
    printers.put("D51", PrinterChoice(tray="d"))
    assert rules.of(forms.get("D51")).tray == "d"


def test_what_is_cleared_follows_the_rules_again(desk: Workstation) -> None:
    before = desk.printers.get("D51").rule
    desk.printers.put("D51", _TRAY)

    desk.printers.put("D51", None)

    assert desk.printers.get("D51").rule == before
    assert desk.printers.get("D51").own is None


def test_a_printer_that_is_not_there_is_warned_of_and_nothing_is_sent_to_another(
    desk: Workstation, spooler: FakeSpooler, case_id: str
) -> None:
    desk.forms.save_draft(case_id, "D11", 1, {"place": "一号询问室"})
    desk.printers.put("D11", PrinterChoice(printer="大厅"))

    warned = {setting.key: setting.problem for setting in desk.printers.all() if setting.problem}

    assert warned == {"D11": "这台电脑上没有打印机“大厅”"}
    plan = desk.printing.plan(case_id, drafts=True)
    with pytest.raises(PrinterUnknownError, match="大厅"):
        desk.printing.run(plan, PrintRequest(printer="desk", by="方小满"))
    assert spooler.sent == []


@pytest.mark.parametrize(
    ("key", "choice", "said"),
    [
        (DEFAULT, PrinterChoice(copies=(("存档", 1),)), "不能对全部文书"),
        ("D51", PrinterChoice(copies=(("存档", 0),)), "1至99"),
        ("D51", PrinterChoice(copies=(("存档", 1), ("存档", 2))), "只写一次"),
        ("D51", PrinterChoice(tray="tray 1"), "不能有空格"),
    ],
)
def test_a_setting_that_cannot_be_printed_is_refused(
    desk: Workstation, key: str, choice: PrinterChoice, said: str
) -> None:
    with pytest.raises(InvalidInputError, match=said):
        desk.printers.put(key, choice)

    assert desk.printers.get(key).own is None


def test_copies_are_read_as_they_are_typed() -> None:
    assert parse_copies("当事人1、 存档：2份") == (("当事人", 1), ("存档", 2))
    assert parse_copies(" ") == ()
    with pytest.raises(InvalidInputError, match="看不懂份数“存档”"):
        parse_copies("当事人1、存档")


def test_a_damaged_file_stops_printing_and_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[1", encoding="utf-8")

    with pytest.raises(DataFileError, match=FILE_NAME):
        DeskPrinters(tmp_path).choices()


def test_the_file_holds_only_what_was_set(tmp_path: Path) -> None:
    DeskPrinters(tmp_path).put("D51", PrinterChoice(duplex=False))

    assert json.loads((tmp_path / FILE_NAME).read_text("utf-8")) == {"D51": {"duplex": False}}
    assert DeskPrinters(tmp_path).choices()["D51"] == PrinterChoice(duplex=False)


def test_a_test_page_goes_to_the_tray_on_both_sides(
    desk: Workstation, spooler: FakeSpooler
) -> None:
    desk.printers.test_page("desk", tray="tray-1", duplex=True)

    (job,) = spooler.sent
    assert (job.tray, job.duplex, job.copies) == ("tray-1", True, 1)
    with pikepdf.open(BytesIO(page_pdf("desk", "tray-1", duplex=True))) as pdf:
        assert len(pdf.pages) == 2
