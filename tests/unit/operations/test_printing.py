"""Printing: the order, the copies, what is signed, what goes stale, what fails alone."""

from io import BytesIO

import pikepdf
import pytest
from typing_extensions import override

from tests.fakes import FakeSpooler
from tests.unit.operations.conftest import event
from workstation.archive.volume_order import load_volume_order
from workstation.bootstrap import Workstation
from workstation.documents.correction_runs import THUMB, THUMB_SIZE
from workstation.documents.display_list import Page, TextOperation
from workstation.documents.fonts import FontStyle, bundled_library
from workstation.documents.forms import load_forms
from workstation.operations.print_rules import load_print_rules
from workstation.operations.printing import PrintOperations, PrintRequest
from workstation.operations.sign_tasks import sign_tasks
from workstation.operations.spooler import PrinterUnknownError

REQUEST = PrintRequest(printer="desk", by="方小满")


@pytest.fixture
def spooler() -> FakeSpooler:
    return FakeSpooler()


@pytest.fixture
def printing(desk: Workstation, spooler: FakeSpooler) -> PrintOperations:
    order = load_volume_order(desk.home.root)
    rules = load_print_rules(desk.home.root)
    return PrintOperations(desk.database, desk.forms, order, rules, spooler)


@pytest.fixture
def drafted(desk: Workstation, case_id: str) -> str:
    desk.forms.save_draft(case_id, "D11", 1, {"place": "一号询问室"})
    return case_id


def test_the_copies_of_every_form_come_to_those_of_the_catalogue() -> None:
    rules = load_print_rules()

    differing = {f.id: rules.of(f).total for f in load_forms() if rules.of(f).total != f.copies}

    assert differing == {}


def test_a_draft_is_printed_only_when_asked_for_and_once(
    printing: PrintOperations, drafted: str
) -> None:
    assert printing.plan(drafted).documents == ()

    (draft,) = printing.plan(drafted, drafts=True).documents

    assert (draft.key, draft.draft, draft.rule.total) == ("D11", True, 1)
    assert draft.missing


def test_a_printed_draft_goes_stale_when_it_is_changed(
    desk: Workstation, printing: PrintOperations, drafted: str
) -> None:
    printing.run(printing.plan(drafted, drafts=True), REQUEST)
    assert printing.states(drafted)["D11"].reason == ""

    desk.forms.save_draft(drafted, "D11", 1, {"place": "二号询问室"})

    state = printing.states(drafted)["D11"]
    assert (state.word, state.reason) == ("纸质已过期", "打印之后内容有改动")


def test_a_printed_draft_goes_stale_when_the_case_it_prints_changes(
    desk: Workstation, printing: PrintOperations, drafted: str
) -> None:
    printing.run(printing.plan(drafted, drafts=True), REQUEST)
    changed = {"officers": ["林问渠", "韩沧"], "reason": "苏砚舟离任"}
    desk.cases.record(drafted, event("officers_changed", 3, "2026-08-22T09:00", data=changed))

    assert printing.states(drafted)["D11"].reason == "打印之后内容有改动"

    assert printing.states(drafted)["D11"].reason == "打印之后内容有改动"


def test_a_draft_given_up_leaves_its_sheets_stale(
    desk: Workstation, printing: PrintOperations, drafted: str
) -> None:
    printing.run(printing.plan(drafted, drafts=True), REQUEST)

    desk.forms.discard_draft(drafted, "D11", 1)

    assert printing.states(drafted)["D11"].reason == "草稿已经放弃"


def test_a_job_that_is_refused_leaves_the_others_and_no_entry(
    printing: PrintOperations, spooler: FakeSpooler, desk: Workstation, drafted: str
) -> None:
    desk.forms.save_draft(drafted, "D15", 1, {})
    spooler.refused = "D11"

    outcome = printing.run(printing.plan(drafted, drafts=True), REQUEST)

    assert [(job.key, bool(job.problem)) for job in outcome.jobs] == [
        ("D11", True),
        ("D15", False),
    ]
    assert [row.document for row in printing.ledger(drafted)] == ["D15"]


def test_each_paper_starts_on_a_front_page(printing: PrintOperations, drafted: str) -> None:
    plan = printing.plan(drafted, drafts=True)
    document = plan.documents[0]

    pdf = printing.pdf(plan, (document, document))

    with pikepdf.open(BytesIO(pdf)) as read:
        assert len(read.pages) == 2 * (document.pages + document.pages % 2)


def test_a_code_on_the_page_adds_lines_and_no_picture(
    printing: PrintOperations, drafted: str
) -> None:
    plan = printing.plan(drafted, drafts=True)

    plain, coded = (printing.pdf(plan, plan.documents, qr=qr) for qr in (False, True))

    with pikepdf.open(BytesIO(coded)) as read:
        assert all(not page.get_images() for page in read.pages)
    assert len(coded) > len(plain)


def test_a_record_is_signed_on_every_page_and_a_decision_sealed_on_its_last() -> None:
    pages = tuple(
        Page(width=595, height=842, operations=(), lines=lines)
        for lines in (("龙屿市综合行政执法局", "正文"), ("正文", "　　龙屿市综合行政执法局"))
    )
    agency = "龙屿市综合行政执法局"

    record, decision = (
        {(task.kind.value, task.pages) for task in sign_tasks(form, pages, agency, across=True)}
        for form in (load_forms().get("D12"), load_forms().get("D51"))
    )

    assert record == {("签名", (1, 2)), ("捺指印", (1, 2))}
    assert decision == {("骑缝章", (1, 2)), ("盖章", (2,))}


def test_each_page_says_how_many_corrections_are_finger_printed() -> None:
    face = bundled_library().chain(FontStyle.FANG)[0]
    mark = TextOperation(x=0, y=0, face=face, size=THUMB_SIZE, text=THUMB, advances=(8.0,))
    word = TextOperation(x=0, y=0, face=face, size=14, text=THUMB, advances=(14.0,))
    pages = tuple(
        Page(width=595, height=842, operations=operations, lines=())
        for operations in ((word,), (mark, word, mark))
    )

    tasks = sign_tasks(load_forms().get("D12"), pages, "龙屿市综合行政执法局", across=True)

    corrected = [task.line for task in tasks if "更正处" in task.place]
    assert corrected == ["第2页 捺指印：被询问人（更正处2处）"]


def test_a_seal_is_put_over_every_cutting_line() -> None:
    cut = "－－－　屿综执协字〔2026〕0037号（骑缝章）　－－－"
    pages = tuple(
        Page(width=595, height=842, operations=(), lines=lines)
        for lines in (("正文",), ("龙屿市综合行政执法局", cut, "复函", cut, "存根"))
    )

    tasks = sign_tasks(load_forms().get("D20"), pages, "龙屿市综合行政执法局", across=True)

    assert "第2页 骑缝章：龙屿市综合行政执法局（裁切线文号处2处）" in {task.line for task in tasks}


def with_printer_rule(desk: Workstation, printer: str, spooler: FakeSpooler) -> PrintOperations:
    """Return printing by rules that send D11 to a printer of its own."""
    own = desk.home.root / "own" / "templates"
    own.mkdir(parents=True)
    rule = f"[page]\n[forms.D11]\nprinter = '{printer}'\n"
    (own / "printing.toml").write_text(rule, encoding="utf-8")
    rules = load_print_rules(desk.home.root)
    order = load_volume_order(desk.home.root)
    return PrintOperations(desk.database, desk.forms, order, rules, spooler)


class TwoPrinters(FakeSpooler):
    """A printer beside the one every job may go to."""

    @override
    def printers(self) -> tuple[str, ...]:
        """Name both."""
        return ("desk", "hall")


def test_a_form_with_a_printer_of_its_own_goes_there(desk: Workstation, drafted: str) -> None:
    printing = with_printer_rule(desk, "hall", TwoPrinters())
    desk.forms.save_draft(drafted, "D15", 1, {})

    printing.run(printing.plan(drafted, drafts=True), REQUEST)

    printers = {row.document: row.printer for row in printing.ledger(drafted)}
    assert printers == {"D11": "hall", "D15": "desk"}


def test_a_printer_of_the_rules_that_is_gone_is_refused_before_anything_is_sent(
    desk: Workstation, drafted: str, spooler: FakeSpooler
) -> None:
    printing = with_printer_rule(desk, "gone", spooler)

    with pytest.raises(PrinterUnknownError):
        printing.run(printing.plan(drafted, drafts=True), REQUEST)

    assert spooler.sent == []
