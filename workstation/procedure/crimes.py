"""The table of crimes and their thresholds: what a case's facts suggest, dated and unverified."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from workstation.procedure.data_tables import Table, convert, day, read_table, words


@dataclass(frozen=True, slots=True, kw_only=True)
class CrimeThreshold:
    """From which amount of a fact a crime is suspected (追诉标准); ``article`` is of 刑法."""

    crime: str
    article: str
    standard: str
    source: str
    fact: str
    label: str
    at_least: Decimal
    fields: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    verified: bool

    def is_met(self, amount: Decimal | None, field: str, acted: date) -> bool:
        """Whether an amount of its fact reaches it, in a field of matters, for an act of a day."""
        if amount is None or amount < self.at_least or (self.fields and field not in self.fields):
            return False
        return self.valid_from <= acted and (self.valid_to is None or acted <= self.valid_to)

    def in_words(self) -> str:
        """Return the threshold as messages name it."""
        mark = "" if self.verified else "，未核实"
        return f"{self.crime}（{self.article}）：{self.standard}［{self.source}{mark}］"


def load_crimes(path: Path) -> tuple[CrimeThreshold, ...]:
    """Read the thresholds of ``path``.

    Raises:
        ProcedureDataError: the file is malformed; the message names the entry.
    """
    rows = read_table(path).get("crimes", ())
    return tuple(
        convert(path, f"crimes[{n}]", _threshold, row) for n, row in enumerate(rows, start=1)
    )


def _threshold(row: Table) -> CrimeThreshold:
    return CrimeThreshold(
        crime=str(row["crime"]),
        article=str(row["article"]),
        standard=str(row["standard"]),
        source=str(row["source"]),
        fact=str(row["fact"]),
        label=str(row["label"]),
        at_least=Decimal(str(row["at_least"])),
        fields=words(row.get("fields", [])),
        valid_from=day(row["valid_from"]),
        valid_to=day(row["valid_to"]) if "valid_to" in row else None,
        verified=bool(row.get("verified", False)),
    )
