"""Document numbers (文号): which counter a form draws on and how the number is written.

The rules are data in ``templates/numbering.toml``; the counters live in storage and have no gaps.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workstation.data_files import overlay
from workstation.documents.forms import FormDefinition, FormKind
from workstation.domain.cases import Case, CaseFile
from workstation.domain.people import Agency
from workstation.errors import DataFileError

CASE_COUNTER = "案件"
LEAD_COUNTER = "案源"
FILING_FORM = "D06"
_LEAD_MARK = "源"
_YEAR = re.compile(r"〔(\d{4})〕")

Take = Callable[[str, int, Callable[[int], str]], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedPaper:
    """A paper that is to get a number: its form, which of its kind in the case, year, round."""

    agency: Agency
    form: FormDefinition
    occurrence: int
    year: int
    round: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRule:
    """How one form is numbered.

    ``counter`` names the counter, :data:`CASE_COUNTER` for the serial all papers of a case share;
    ``follows`` names a form whose serial is taken over instead.
    """

    pattern: str
    counter: str
    follows: str
    width: int

    def write(
        self, agency: Agency, code: str, year: int, serial: int, tail: str, round_: int
    ) -> str:
        """Return the number, e.g. 屿综执罚决字〔2026〕第0186号; ``tail`` follows the serial."""
        return self.pattern.format(
            agency=agency.code,
            lead=agency.lead_code,
            code=code,
            year=year,
            serial=f"{serial:0{self.width}d}{tail}",
            round=round_,
        )


@dataclass(frozen=True, slots=True)
class NumberRules:
    """The rules of all forms."""

    default: NumberRule
    forms: Mapping[str, NumberRule]
    archive: NumberRule

    def year_of(self, number: str, year: int) -> int:
        """Return the year a number names in its brackets, else ``year``."""
        found = _YEAR.search(number)
        return int(found[1]) if found else year

    def of(self, form: str) -> NumberRule:
        """Return the rule of ``form``."""
        return self.forms.get(form, self.default)

    def number(self, paper: NumberedPaper, file: CaseFile, take: Take) -> str:
        """Return the number of a paper, drawing on a counter (``take``) where it has its own.

        Papers served on the party and those named in the rules have numbers; approvals, records
        and lists go by the case number and get none. A further paper of the same form repeats
        the serial with -2, -3. A paper made before the case was filed takes the serial of the
        lead, marked so that it can't be taken for a case's.
        """
        form = paper.form
        if not form.code or (form.kind is not FormKind.SERVED and form.id not in self.forms):
            return ""
        rule = self.of(form.id)
        if rule.counter == LEAD_COUNTER:
            return file.case.lead.number
        repeated = paper.occurrence > 1
        tail = f"-{paper.occurrence}" if repeated and "{round}" not in rule.pattern else ""

        def write(serial: int) -> str:
            return rule.write(paper.agency, form.code, paper.year, serial, tail, paper.round)

        if rule.follows:
            return write(_serial_of(file, rule.follows))
        if rule.counter == CASE_COUNTER:
            return _of_case(rule, paper, file.case, tail)
        if repeated:
            return write(_serial_of(file, form.id))
        return take(rule.counter, paper.year, write)


def _of_case(rule: NumberRule, paper: NumberedPaper, case: Case, tail: str) -> str:
    """Number a paper by its case: year and serial of the case, else those of the lead.

    The year is the case's, not the paper's, or a paper of last year's case would bear the
    number of one of this year's.
    """
    source = case.number if case.serial else case.lead.number
    year = _YEAR.search(source)
    number = rule.write(
        paper.agency,
        paper.form.code,
        int(year[1]) if year else paper.year,
        case.serial or _digits(source),
        tail,
        paper.round,
    )
    return number if case.serial else number.replace("〕", f"〕{_LEAD_MARK}", 1)


def _serial_of(file: CaseFile, form: str) -> int:
    """Return the serial in the number of the first paper of ``form``; 0 where there is none."""
    return _digits(next((d.number for d in file.documents if d.form == form), ""))


def _digits(number: str) -> int:
    digits = number.partition("〕")[2].strip("第号").partition("-")[0]
    return int(digits) if digits.isdigit() else 0


def load_number_rules(home: Path | None = None) -> NumberRules:
    """Read the bureau's rules, else the shipped ones.

    Raises:
        DataFileError: the file is malformed.
    """
    path = overlay("templates/numbering.toml", home)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        base = data["default"]
        return NumberRules(
            default=_rule(base, {}),
            forms={form: _rule(base, row) for form, row in data.get("forms", {}).items()},
            archive=_rule(base, data["archive"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        message = f"文号规则文件“{path.name}”有误：{error}。"
        raise DataFileError(
            message, hint="请改正该文件，或删除本局自有的版本以恢复默认规则。"
        ) from error


def _rule(base: Mapping[str, Any], row: Mapping[str, Any]) -> NumberRule:
    merged = {"follows": ""} | dict(base) | dict(row)
    return NumberRule(
        pattern=str(merged["pattern"]),
        counter=str(merged["counter"]),
        follows=str(merged["follows"]),
        width=int(merged["width"]),
    )
