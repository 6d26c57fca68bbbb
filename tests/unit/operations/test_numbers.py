"""The ledger of numbers: reserved, used, void, and what it never gives out twice."""

import os
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation, open_workstation
from workstation.data_files import resources_dir
from workstation.errors import InvalidInputError
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import DocumentRequest, read_json
from workstation.operations.numbers import NumberFilter, NumberState, VoidRefusedError
from workstation.settings import open_home
from workstation.storage.errors import NumberTakenError, NumberUnknownError

HELP_FORM = "D20"


def numbers_of(desk: Workstation, form: str) -> list[tuple[str, NumberState]]:
    lines = desk.numbers.lines(NumberFilter(form=form))
    return [(line.number.text, line.number.state) for line in lines]


def issue_request_for_help(desk: Workstation, case_id: str, number: str = "") -> str:
    given = {
        "organ": "龙屿市自然资源局",
        "background": "一案",
        "matters": "核查地块权属",
        "basis": "行政处罚法§26",
        "until": "2026-09-10",
    }
    request = DocumentRequest(form=HELP_FORM, dated=date(2026, 8, 26), number=number, values=given)
    recorded = desk.cases.record(
        case_id, event("evidence_collected", 3, "2026-08-26T15:00", documents=(request,))
    )
    file = desk.cases.view(case_id).file
    return next(d.number for d in file.documents if d.key == recorded.documents[0])


def test_the_lead_and_the_case_stand_in_the_ledger(desk: Workstation, case_id: str) -> None:
    case = desk.cases.view(case_id).file.case

    assert numbers_of(desk, "D01") == [(case.lead.number, NumberState.USED)]
    assert numbers_of(desk, "D06") == [(case.number, NumberState.USED)]


def test_a_number_reserved_for_a_case_is_the_one_its_paper_gets(
    desk: Workstation, case_id: str
) -> None:
    reserved = desk.numbers.reserve(HELP_FORM, "方小满", case=case_id, year=2026).number

    issued = issue_request_for_help(desk, case_id)

    assert issued == reserved.text
    assert numbers_of(desk, HELP_FORM) == [(issued, NumberState.USED)]


def test_a_serial_reserved_before_filing_is_the_cases_once_it_is_named(desk: Workstation) -> None:
    reserved = desk.numbers.reserve("D51", "方小满", year=2026).number
    content = read_json(resources_dir() / "demo" / "case.json")
    case_id = desk.cases.create(new_case_from(content)).case_id
    desk.cases.record(case_id, event("lead_registered", 1, "2026-08-19T08:50"))

    filed = event("case_filed", 2, "2026-08-21T09:30", data={"reserved_number": reserved.text})
    desk.cases.record(case_id, filed)

    case = desk.cases.view(case_id).file.case
    assert (case.serial, case.number) == (reserved.serial, f"屿综执立字〔2026〕{case.serial:04}号")
    assert desk.numbers.lines(NumberFilter(form="D51"))[0].number.case_id == case_id


def test_a_filing_can_not_name_a_serial_that_was_not_reserved(desk: Workstation) -> None:
    content = read_json(resources_dir() / "demo" / "case.json")
    case_id = desk.cases.create(new_case_from(content)).case_id
    desk.cases.record(case_id, event("lead_registered", 1, "2026-08-19T08:50"))
    filed = event("case_filed", 2, "2026-08-21T09:30", data={"reserved_number": "屿9999号"})

    with pytest.raises(InvalidInputError, match="不是2026年为立案预留的文号"):
        desk.cases.record(case_id, filed)


def test_a_void_number_stays_listed_with_its_reason_and_is_passed_over(
    desk: Workstation, case_id: str
) -> None:
    spoiled = desk.numbers.reserve("D41", "方小满", case=case_id, year=2026).number.text

    desk.numbers.void(spoiled, "打印错误", "方小满")
    following = desk.numbers.reserve("D41", "方小满", case=case_id, year=2026).number.text

    assert following == spoiled.replace("号", "-2号")
    line = desk.numbers.lines(NumberFilter(state=NumberState.VOID))[0]
    assert (line.number.text, line.number.reason) == (spoiled, "打印错误")


def test_voiding_a_serial_of_a_counter_leaves_no_gap(desk: Workstation, case_id: str) -> None:
    reserved = desk.numbers.reserve(HELP_FORM, "方小满", case=case_id, year=2026).number

    desk.numbers.void(reserved.text, "不再需要", "方小满")

    assert desk.numbers.gaps() == desk.numbers.gaps(2026)
    assert (desk.numbers.gaps().gaps, desk.numbers.gaps().reserved) == ((), ())
    again = desk.numbers.reserve(HELP_FORM, "方小满", case=case_id, year=2026).number
    assert again.serial == reserved.serial + 1


@pytest.mark.parametrize(
    ("text", "reason", "error"),
    [
        ("屿综执罚决字〔2026〕第9999号", "打印错误", NumberUnknownError),
        ("屿综执罚决字〔2026〕第9999号", " ", InvalidInputError),
    ],
)
def test_voiding_an_unknown_number_or_without_a_reason_is_refused(
    desk: Workstation, text: str, reason: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        desk.numbers.void(text, reason, "方小满")


def test_the_number_of_a_running_case_can_not_be_voided(desk: Workstation, case_id: str) -> None:
    number = desk.cases.view(case_id).file.case.number

    with pytest.raises(VoidRefusedError, match="现用的编号"):
        desk.numbers.void(number, "打印错误", "方小满")


def test_a_number_typed_by_hand_is_refused_once_it_is_void(
    desk: Workstation, case_id: str
) -> None:
    number = desk.numbers.reserve(HELP_FORM, "方小满", case=case_id, year=2026).number.text
    desk.numbers.void(number, "打印错误", "方小满")

    with pytest.raises(NumberTakenError):
        issue_request_for_help(desk, case_id, number)


def test_a_form_without_numbers_has_none_to_reserve(desk: Workstation, case_id: str) -> None:
    with pytest.raises(InvalidInputError, match="不编文号"):
        desk.numbers.reserve("D12", "方小满", case=case_id)


def test_no_cell_of_the_exported_ledger_is_a_formula(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    number = desk.numbers.reserve(HELP_FORM, "=1+1", case=case_id, year=2026).number.text
    desk.numbers.void(number, '=HYPERLINK("http://x","y")', "方小满")

    path = desk.numbers.export(tmp_path / "ledger.xlsx", NumberFilter())

    rows = load_workbook(path)["文号台账"].iter_rows(min_row=2)
    cells = [cell for row in rows for cell in row if str(cell.value or "").startswith("=")]
    assert len(cells) == 2
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def reserve_ten(home: Path) -> None:
    workstation = open_workstation(open_home(home))
    for _ in range(10):
        workstation.numbers.reserve("D06", "方小满", year=2026)
    workstation.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_two_processes_reserving_at_once_never_get_one_number(desk: Workstation) -> None:
    children = []
    for _ in range(2):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                reserve_ten(desk.home.root)
                status = 0
            finally:
                os._exit(status)
        children.append(child)

    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]

    serials = [line.number.serial for line in desk.numbers.lines(NumberFilter(form="D06"))]
    assert serials == list(range(min(serials), min(serials) + 20))
