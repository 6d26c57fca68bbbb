"""Document numbers follow the rules of the data file."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.storage.samples import make_case
from workstation.documents.forms import load_forms
from workstation.domain.cases import CaseFile
from workstation.domain.people import Agency
from workstation.errors import DataFileError
from workstation.operations.numbering import CASE_COUNTER, NumberedPaper, load_number_rules

AGENCY = Agency(
    name="龙屿市综合行政执法局",
    code="屿综执",
    lead_code="屿案源",
    unit="第三执法中队",
    region="龙屿市",
    address="",
    postcode="",
    phone="",
    reconsideration="",
    court="",
    bank="",
    bank_address="",
    bank_account="",
    payee_code="",
    website="",
    archive_fonds="X043",
)


@pytest.mark.parametrize(
    ("form", "code", "tail", "expected"),
    [
        ("D51", "罚决", "", "屿综执罚决字〔2026〕第0186号"),
        ("D06", "立", "", "屿综执立字〔2026〕0186号"),
        ("D01", "案源", "", "屿案源〔2026〕0186号"),
        ("D40", "法审", "", "屿综执法审字〔2026〕0186-2号"),
        ("D36", "复", "-2", "屿综执复字〔2026〕0186-2号"),
    ],
)
def test_numbers_are_written_as_the_office_writes_them(
    form: str, code: str, tail: str, expected: str
) -> None:
    rule = load_number_rules().of(form)

    assert rule.write(AGENCY, code, 2026, 186, tail, 2) == expected


def test_most_papers_of_a_case_share_its_serial() -> None:
    rules = load_number_rules()

    assert rules.of("D41").counter == CASE_COUNTER
    assert rules.of("D46").counter == "听通"
    assert rules.of("D28").follows == "D27"
    assert {form: rules.of(form).counter for form in ("D05", "D53")} == {
        "D05": "移函",
        "D53": "当罚",
    }


def test_a_paper_made_before_filing_is_numbered_after_its_lead() -> None:
    filed = make_case()
    lead = replace(filed.lead, number="屿案源〔2026〕0412号")
    file = CaseFile(case=replace(filed, serial=0, lead=lead))
    answer = load_forms().get("D04")
    paper = NumberedPaper(agency=AGENCY, form=answer, occurrence=1, year=2026)

    number = load_number_rules().number(paper, file, lambda *_: "")

    assert number == "屿综执举告字〔2026〕源0412号"


def test_a_paper_of_last_years_case_keeps_the_year_of_its_case() -> None:
    file = CaseFile(case=replace(make_case(), serial=7, number="屿综执立字〔2025〕0007号"))
    demand = load_forms().get("D61")
    paper = NumberedPaper(agency=AGENCY, form=demand, occurrence=1, year=2026)

    number = load_number_rules().number(paper, file, lambda *_: "")

    assert number == "屿综执催字〔2025〕0007号"


def test_a_bureaus_own_rules_win(tmp_path: Path) -> None:
    own = tmp_path / "own" / "templates"
    own.mkdir(parents=True)
    (own / "numbering.toml").write_text(
        '[default]\npattern = "{serial}"\ncounter = "案件"\nwidth = 2\n'
        '[archive]\ncounter="归档"\n',
        encoding="utf-8",
    )

    rule = load_number_rules(tmp_path).of("D51")

    assert rule.write(AGENCY, "罚决", 2026, 7, "", 1) == "07"


def test_a_broken_rules_file_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own" / "templates"
    own.mkdir(parents=True)
    (own / "numbering.toml").write_text("[default]\n", encoding="utf-8")

    with pytest.raises(DataFileError, match=r"numbering\.toml"):
        load_number_rules(tmp_path)
