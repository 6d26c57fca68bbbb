"""Document numbers (文号): which counter a form draws on and how the number is written.

The rules are data in ``templates/numbering.toml``; the counters live in storage and have no gaps.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workstation.data_files import overlay
from workstation.domain.people import Agency
from workstation.errors import DataFileError

CASE_COUNTER = "案件"


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

    def write(self, agency: Agency, code: str, year: int, serial: int, tail: str, round_: int) -> str:
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

    def of(self, form: str) -> NumberRule:
        """Return the rule of ``form``."""
        return self.forms.get(form, self.default)


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
        raise DataFileError(message, hint="请改正该文件，或删除本局自有的版本以恢复默认规则。") from error


def _rule(base: Mapping[str, Any], row: Mapping[str, Any]) -> NumberRule:
    merged = {"follows": ""} | dict(base) | dict(row)
    return NumberRule(
        pattern=str(merged["pattern"]),
        counter=str(merged["counter"]),
        follows=str(merged["follows"]),
        width=int(merged["width"]),
    )
