"""The workspace of the demo case."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.fakes import FakeSpooler
from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.case_page import CasePage
from ui.printing import PrintChoice, Printer, PrintPreset
from ui.widgets.field_inputs import TextInput
from workstation.documents.display_list import TextOperation, WatermarkOperation
from workstation.operations.desk_printers import PrinterChoice
from workstation.operations.print_rules import PrintRule
from workstation.procedure import StepStatus

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def page(workspace: CasePage, idle: Idle) -> CasePage:
    """The workspace, shown on the decision."""
    workspace.timeline.choose(13)
    idle.wait()
    return workspace


def _page_text(page: CasePage) -> str:
    return "".join(line for p in page.page.preview.pages for line in p.lines)


def test_the_decision_is_shown_as_it_was_issued(page: CasePage) -> None:
    assert "行政处罚决定书" in page.documents.choice.currentText()
    assert "屿综执罚决字〔2026〕第0186号" in _page_text(page)
    assert "已制发并冻结" in page.documents.state.text()


def test_typing_a_sentence_repaints_the_page_as_a_draft(page: CasePage, idle: Idle) -> None:
    form = page.documents.findChild(TextInput)
    assert form is not None
    form.set_value(f"{form.value()}另查明当事人配合调查。")

    page.documents._ask_preview()
    idle.wait()

    assert "另查明当事人配合调查。" in _page_text(page)
    first = page.page.preview.pages[0]
    assert any(isinstance(operation, WatermarkOperation) for operation in first.operations)
    page.documents.discard_draft()
    idle.wait()


def test_a_draft_saves_itself_and_can_be_given_up(page: CasePage, desk: Desk, idle: Idle) -> None:
    form = page.documents.findChild(TextInput)
    assert form is not None
    form.set_value("改写的事实。")
    page.documents.save_draft()
    idle.wait()
    saved = desk.workstation.forms.open_form(page.case_id, "D51")

    page.documents.discard_draft()
    idle.wait()

    assert saved.draft_saved_at is not None
    assert desk.workstation.forms.open_form(page.case_id, "D51").draft_saved_at is None
    assert "改写的事实" not in _page_text(page)


def test_the_focused_field_says_where_its_value_comes_from(page: CasePage) -> None:
    page.documents.focus_field("facts")

    field = next(i for i in page.documents.findChildren(TextInput) if i.field.name == "facts")
    lines = [line for line in page.documents.findChildren(QLabel, "trace") if line.isVisible()]
    assert ["案件调查终结报告" in line.text() for line in lines] == [True]
    assert "韩沧记录" in field.toolTip()
    assert "证据：" in field.accessibleDescription()


def test_a_value_hovered_on_the_page_says_where_it_comes_from(page: CasePage) -> None:
    preview = page.page.preview
    sheet, box = preview.pages[0], preview._boxes()[0]
    party = next(
        o for o in sheet.operations if isinstance(o, TextOperation) and o.field == "party.name"
    )
    inside = QPointF(party.x + party.width / 2, sheet.height - party.y - 2)
    place = (box.topLeft() + inside * preview._scale).toPoint()

    event = QHelpEvent(QEvent.Type.ToolTip, place, preview.viewport().mapToGlobal(place))
    QApplication.sendEvent(preview.viewport(), event)

    assert "当事人登记" in QToolTip.text()


def test_an_earlier_day_shows_the_case_as_it_stood(page: CasePage, idle: Idle) -> None:
    page.show_day(date(2026, 9, 12))
    idle.wait()

    state = page.timeline.steps.state(page.timeline.steps.row_of(13))
    assert state is not None
    assert state.status is StepStatus.BLOCKED
    assert page.strip.isVisible()
    assert "2026年9月17日" in page.strip._block.text()


def test_the_keyboard_moves_between_steps(page: CasePage, idle: Idle) -> None:
    QTest.keyClick(page, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    idle.wait()
    page.timeline.step_by(-1)
    idle.wait()

    assert page.timeline.current_step() < 13


def test_the_rules_of_a_step_name_their_articles(page: CasePage) -> None:
    text = page.rules.text.toPlainText()

    assert "行政处罚法§57" in text


def test_a_block_offers_its_article(page: CasePage, qtbot: QtBot, idle: Idle) -> None:
    page.show_day(date(2026, 9, 12))
    idle.wait()

    with qtbot.waitSignal(page.citation_activated) as signal:
        page.strip._basis.click()

    assert "行政处罚法" in signal.args[0]


def test_a_value_on_the_page_leads_to_its_field(page: CasePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.page.preview.field_clicked) as signal:
        page.page.preview.field_clicked.emit("facts")

    assert signal.args == ["facts"]
    assert page.tabs.shown_pane() is page.documents


def test_a_citation_on_the_page_opens_its_article(page: CasePage, qtbot: QtBot) -> None:
    preview = page.page.preview
    number = next(
        n for n, p in enumerate(preview.pages) if "第一千一百六十九条" in "".join(p.lines)
    )
    box = preview._boxes()[number]
    operations = preview.pages[number].operations
    cited = next(
        o
        for o in operations
        if isinstance(o, TextOperation) and "生态环境法典》第一千一百" in o.text
    )
    place = QPointF(cited.x + cited.width * 0.7, preview.pages[number].height - cited.y - 2)

    found = preview.citation_at(box.topLeft() + place * preview._scale)

    assert found.startswith("《中华人民共和国生态环境法典》第一千一百六十九条")
    with qtbot.waitSignal(page.citation_activated):
        preview.citation_clicked.emit(found)


def test_a_refused_event_says_why_and_writes_nothing(page: CasePage, idle: Idle) -> None:
    before = page._view.file.events if page._view else ()
    page.tabs.show_pane(page.events)

    page.events.record()
    idle.wait()

    assert "✕" in page.events.message.text()
    page.reload()
    idle.wait()
    assert page._view is not None
    assert page._view.file.events == before


def test_records_list_evidence_service_and_events(page: CasePage) -> None:
    counts = [table.model().rowCount() for table in page.records.tables.values()]

    assert list(page.records.tables) == ["事实", "证据", "记录"]
    assert min(counts) > 5


def test_export_writes_word_and_pdf(page: CasePage, desk: Desk, idle: Idle) -> None:
    page.documents.export()
    idle.wait()

    folder = desk.prompter.folder  # type: ignore[attr-defined]
    assert {path.suffix for path in folder.iterdir()} == {".docx", ".pdf"}


def test_printing_without_a_printer_says_what_to_do(page: CasePage) -> None:
    page.documents.print()

    text = page.documents.state.text()
    assert "打印机" in text or "送打印" in text


class ScriptedPrinter(Printer):
    """Chooses two copies on the one printer; paints into a file nobody reads."""

    def __init__(self, folder: Path, *, paints: bool) -> None:
        self.paints = paints
        self._folder = folder
        self.rule: PrintRule | None = None

    @override
    def choose(self, parent: QWidget, title: str, rule: PrintRule | None = None) -> PrintChoice:
        self.rule = rule
        device = QPrinter()
        device.setOutputFileName(str(self._folder / "paper.pdf"))
        return PrintChoice(name="desk", copies=2, duplex=None, device=device)


@pytest.mark.parametrize("paints", [False, True])
def test_an_issued_paper_printed_by_itself_is_in_the_ledger(
    page: CasePage,
    desk: Desk,
    idle: Idle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    *,
    paints: bool,
) -> None:
    spooler, printing = FakeSpooler(), desk.workstation.printing
    monkeypatch.setattr(printing, "spooler", spooler)
    page.documents.printing.printer = ScriptedPrinter(tmp_path, paints=paints)

    page.documents.print()
    idle.wait()

    row = printing.lines(1)[0].printing
    assert (row.document, row.copies, row.recipient, row.draft) == ("D51", 2, "单独打印", False)
    assert (row.job, len(spooler.sent)) == (("系统打印", 0) if paints else ("desk-1", 1))
    assert "记入打印台账" in page.documents.state.text()


def test_what_is_set_for_the_form_is_what_the_dialog_begins_with(
    page: CasePage, desk: Desk, idle: Idle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(desk.workstation.printing, "spooler", FakeSpooler())
    choice = PrinterChoice(printer="desk", tray="tray-2", duplex=False)
    desk.workstation.printers.put("D51", choice)
    printer = ScriptedPrinter(tmp_path, paints=False)
    page.documents.printing.printer = printer

    page.documents.print()
    idle.wait()
    desk.workstation.printers.put("D51", None)

    assert printer.rule is not None
    preset = PrintPreset.of(printer.rule, ["desk"])
    assert (preset.name, preset.source, preset.duplex) == (
        "desk",
        QPrinter.PaperSource.Lower,
        QPrinter.DuplexMode.DuplexNone,
    )
    row = desk.workstation.printing.lines(1)[0].printing
    assert (row.printer, row.tray) == ("desk", "tray-2")


def test_a_printer_that_is_not_there_is_not_preset() -> None:
    rule = PrintRule(copies=(), duplex=True, tray="tray-1", supersedes=False, printer="gone")

    preset = PrintPreset.of(rule, ["desk"])

    assert (preset.name, preset.source) == (None, None)
    assert preset.duplex == QPrinter.DuplexMode.DuplexLongSide


def test_a_draft_printed_by_itself_is_not_in_the_ledger(
    page: CasePage, desk: Desk, idle: Idle, tmp_path: Path
) -> None:
    form = page.documents.findChild(TextInput)
    assert form is not None
    form.set_value(f"{form.value()}另查明一节。")
    page.documents._ask_preview()
    idle.wait()
    before = desk.workstation.printing.lines(9)
    page.documents.printing.printer = ScriptedPrinter(tmp_path, paints=False)

    page.documents.print()
    idle.wait()

    assert desk.workstation.printing.lines(9) == before
    assert (tmp_path / "paper.pdf").exists()
    page.documents.discard_draft()
    idle.wait()


def test_the_preview_can_be_detached(page: CasePage) -> None:
    page.page.detach()

    assert page.page._window is not None
    assert page.page._window.pages == page.page.preview.pages
