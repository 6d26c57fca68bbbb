"""The office itself: its people and matters, its rules, and whether everything is in order."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from workstation.domain.matters import Matter
from workstation.domain.people import Agency, Office, Person, Role
from workstation.errors import DataFileError
from workstation.operations.changes import Changes
from workstation.operations.law import LawOperations
from workstation.operations.matter_files import read_matters
from workstation.operations.readings import template_digests
from workstation.procedure import ProcedureRules
from workstation.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One line of the self-test."""

    name: str
    ok: bool
    message: str


class OfficeOperations:
    """Reading and setting up the office of a home folder."""

    def __init__(self, database: Database, rules: ProcedureRules, law: LawOperations) -> None:
        self._database = database
        self._rules = rules
        self._law = law

    @property
    def rules(self) -> ProcedureRules:
        """The steps, events, deadline rules and parameters in force."""
        return self._rules

    def exists(self) -> bool:
        """Tell whether the office was set up."""
        with self._database.reading() as unit:
            return unit.office.exists()

    def office(self) -> Office:
        """Return the office.

        Raises:
            OfficeMissingError: it was never set up.
        """
        with self._database.reading() as unit:
            return unit.office.get()

    def matters(self) -> tuple[Matter, ...]:
        """Return all versions of all matters."""
        with self._database.reading() as unit:
            return unit.matters.all()

    def set_up(self, office_file: Path, *matters_files: Path) -> Changes:
        """Set up the office and its matters from JSON files.

        Raises:
            DataFileError: a file is missing or malformed; nothing was changed.
        """
        office = read_office(office_file)
        matters = [matter for path in matters_files for matter in read_matters(path)]
        with self._database.writing() as unit:
            unit.office.set(office)
            unit.matters.add_all(matters)
            unit.log.append("office_set_up", {"agency": office.agency.name})
        return Changes.of("office", office.agency.name)

    def self_check(self) -> tuple[CheckLine, ...]:
        """Check the event log, the evidence files, the numbers and the statutes."""
        with self._database.reading() as unit:
            log = unit.log.verify()
            gaps = unit.numbers.gaps()
            digests = unit.evidence.digests() | template_digests(unit)
        files = self._database.blobs.check(digests)
        law = self._law.status()
        return (
            _line("事件日志链", not log, "完整" if not log else log[0].message),
            _line("文号连续", not gaps, "没有断号" if not gaps else f"有{len(gaps)}处断号"),
            _line("证据与模板文件", not files, "全部完好" if not files else files[0].message),
            _line(
                "法规库",
                law.ready,
                f"{law.instruments}部、{law.articles}条"
                if law.ready
                else "尚未建立，打开“e助理”即可建立",
            ),
        )


def _line(name: str, ok: bool, message: str) -> CheckLine:  # noqa: FBT001
    return CheckLine(name=name, ok=ok, message=message)


def read_office(path: Path) -> Office:
    """Read an office file (see ``resources/demo/office.json``).

    Raises:
        DataFileError: it is missing or malformed.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Office(
            agency=Agency(**content["agency"]),
            people=tuple(_person(row) for row in content["people"]),
            counters=dict(content.get("counters", {})),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _malformed(path, error) from error


def _malformed(path: Path, error: Exception) -> DataFileError:
    message = f"文件“{path.name}”有误：{error}。"
    return DataFileError(message, hint="请按 resources/demo 中的样例改正。")


def _person(row: Mapping[str, Any]) -> Person:
    return Person(
        name=row["name"],
        roles=tuple(Role(role) for role in row["roles"]),
        certificate=row.get("certificate", ""),
        valid_from=_date(row.get("valid_from")),
        valid_to=_date(row.get("valid_to")),
        qualification=row.get("qualification", ""),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
