"""The appraisal standard (案卷评查标准): veto items, the 100-point sheet, grades; dated data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from workstation import data_files
from workstation.domain.citations import ArticleReference
from workstation.errors import InvalidInputError
from workstation.procedure.data_tables import Table, convert, day, read_table, words
from workstation.review.catalogue import full_references


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """A fault of legality that alone fails a file; ``checks`` may propose it."""

    id: str
    item: str
    basis: tuple[ArticleReference, ...]
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreItem:
    """One line of the sheet: its full points, how they are deducted, what is looked at.

    ``applies`` are event kinds one of which the case must have; empty: it always applies.
    """

    id: str
    part: str
    item: str
    points: Decimal
    rule: str
    checks: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    applies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """Points given or taken beside the sheet, each time it is found."""

    id: str
    item: str
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade and the lowest score that reaches it."""

    name: str
    at_least: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A standard and the days it holds on, both included; grades come best first.

    ``second_tolerance`` is by how many points two appraisers may differ before an expert decides;
    ``always`` and ``fine_at_least`` say which cases are appraised whatever is drawn.
    """

    name: str
    valid_from: date
    valid_to: date | None
    source: str
    verified: bool
    second_tolerance: Decimal
    grades: tuple[Grade, ...]
    vetoes: tuple[Veto, ...]
    items: tuple[ScoreItem, ...]
    adjustments: tuple[Adjustment, ...]
    always: frozenset[str]
    fine_at_least: Decimal | None

    @property
    def worst(self) -> Grade:
        """The grade of a file that a veto fails."""
        return self.grades[-1]

    def grade_of(self, score: Decimal) -> Grade:
        """Return the best grade that ``score`` reaches."""
        return next((g for g in self.grades if score >= g.at_least), self.worst)

    def item(self, wanted: str) -> ScoreItem:
        """Return a line of the sheet by its name (G25).

        Raises:
            InvalidInputError: there is none.
        """
        return _named(self.items, wanted, "评分项目")

    def veto(self, wanted: str) -> Veto:
        """Return a veto item by its name (V7).

        Raises:
            InvalidInputError: there is none.
        """
        return _named(self.vetoes, wanted, "一票否决项")

    def adjustment(self, wanted: str) -> Adjustment:
        """Return an adjustment by its name (J1).

        Raises:
            InvalidInputError: there is none.
        """
        return _named(self.adjustments, wanted, "加减分项")


_Entry = TypeVar("_Entry", ScoreItem, Veto, Adjustment)


def _named(entries: tuple[_Entry, ...], wanted: str, what: str) -> _Entry:
    found = next((entry for entry in entries if entry.id == wanted.strip().upper()), None)
    if found is None:
        message = f"评查标准中没有编号为“{wanted}”的{what}。"
        raise InvalidInputError(message, hint=f"有：{'、'.join(e.id for e in entries)}。")
    return found


def load_standards(home: Path | None = None) -> tuple[Standard, ...]:
    """Return the bureau's standards where it has its own file, else the shipped ones.

    Raises:
        ProcedureDataError: the file is malformed; the message names the entry.
    """
    path = data_files.overlay("statutes/appraisal.toml", home)
    return tuple(
        convert(path, f"standards {n}", _standard, row)
        for n, row in enumerate(read_table(path).get("standards", []), start=1)
    )


def standard_on(standards: Iterable[Standard], when: date) -> Standard:
    """Return the standard that holds on a day; of several the one that began last.

    Raises:
        InvalidInputError: none holds.
    """
    holding = [
        s for s in standards if s.valid_from <= when and (s.valid_to is None or when <= s.valid_to)
    ]
    if not holding:
        message = f"{when.isoformat()}没有可以适用的案卷评查标准。"
        raise InvalidInputError(message, hint="请在 own/statutes/appraisal.toml 中写明起止日。")
    return max(holding, key=lambda standard: standard.valid_from)


def _standard(row: Table) -> Standard:
    sampling = row.get("sampling", {})
    fine = sampling.get("fine_at_least")
    grades = [Grade(name=str(g["name"]), at_least=Decimal(g["at_least"])) for g in row["grades"]]
    return Standard(
        name=str(row["name"]),
        valid_from=day(row["valid_from"]),
        valid_to=day(row["valid_to"]) if "valid_to" in row else None,
        source=str(row["source"]),
        verified=bool(row["verified"]),
        second_tolerance=Decimal(row["second_tolerance"]),
        grades=tuple(sorted(grades, key=lambda grade: grade.at_least, reverse=True)),
        vetoes=tuple(map(_veto, row["vetoes"])),
        items=tuple(map(_item, row["items"])),
        adjustments=tuple(
            Adjustment(id=str(a["id"]), item=str(a["item"]), points=Decimal(a["points"]))
            for a in row.get("adjustments", [])
        ),
        always=frozenset(words(sampling.get("always", []))),
        fine_at_least=Decimal(fine) if fine is not None else None,
    )


def _veto(row: Table) -> Veto:
    return Veto(
        id=str(row["id"]),
        item=str(row["item"]),
        basis=full_references(row["basis"]),
        checks=words(row.get("checks", [])),
    )


def _item(row: Table) -> ScoreItem:
    return ScoreItem(
        id=str(row["id"]),
        part=str(row["part"]),
        item=str(row["item"]),
        points=Decimal(row["points"]),
        rule=str(row["rule"]),
        checks=words(row.get("checks", [])),
        forms=words(row.get("forms", [])),
        applies=words(row.get("applies", [])),
    )
