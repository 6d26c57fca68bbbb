"""The parameters an office may set: what holds on a day, since when, on what source, with history.

Nothing is overwritten: a new value is a new dated entry, and taking one back is an entry too.
"""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workstation.domain.cases import JsonValue
from workstation.domain.dated_entries import DatedEntry, EntryKind
from workstation.errors import InvalidInputError
from workstation.operations.changes import Changes
from workstation.operations.readings import rules_of
from workstation.procedure import ProcedureRules
from workstation.procedure.parameters import (
    ParameterRule,
    ParameterType,
    ParameterVersion,
    value_of,
)
from workstation.storage.database import Database, Unit

_YES_NO = {"是": True, "否": False, "true": True, "false": False}
_SIMPLE = frozenset({ParameterType.NUMBER, ParameterType.DECIMAL, ParameterType.TEXT})


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterView:
    """A parameter with the version that holds on a day, and every entry the office ever made."""

    rule: ParameterRule
    version: ParameterVersion
    entries: tuple[DatedEntry, ...]

    @property
    def value_text(self) -> str:
        """The value in words."""
        return value_text(self.rule, self.version.value)

    def as_json(self) -> dict[str, Any]:
        """Return the parameter as the command line prints it."""
        rule = self.rule
        return {
            "key": rule.key,
            "name": rule.title,
            "group": rule.group,
            "value": self.version.value,
            "value_text": self.value_text,
            "valid_from": self.version.valid_from.isoformat(),
            "source": self.version.source,
            "verified": self.version.verified,
            "own": self.version.own,
            "statutory": rule.statutory,
            "basis": rule.basis,
            "note": rule.note,
        }

    def history_json(self) -> list[dict[str, Any]]:
        """Return all versions, shipped and own, and what was taken back, the oldest first."""
        shipped = [_version_json(self.rule, v) for v in self.rule.versions if not v.own]
        return [*shipped, *(_entry_json(self.rule, entry) for entry in self.entries)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewValue:
    """A value to set: from which day, on what source, by whom."""

    key: str
    value: JsonValue
    valid_from: date
    source: str
    verified: bool
    entered_by: str


class ParameterOperations:
    """Reading and setting parameters; every call is one short transaction."""

    def __init__(self, database: Database, shipped: ProcedureRules) -> None:
        self._database = database
        self._shipped = shipped

    def all_on(self, day: date | None = None) -> tuple[ParameterView, ...]:
        """Return every parameter as it holds on ``day`` (None: today)."""
        with self._database.reading() as unit:
            rules = rules_of(unit, self._shipped).book.rules.values()
            entries = unit.dated_entries.of_kind(EntryKind.PARAMETER)
        return tuple(_view(rule, entries, day or date.today()) for rule in rules)

    def get(self, key: str, day: date | None = None) -> ParameterView:
        """Return one parameter as it holds on ``day`` (None: today).

        Raises:
            InvalidInputError: there is no such parameter.
        """
        with self._database.reading() as unit:
            rule = rules_of(unit, self._shipped).book.rule(key)
            entries = unit.dated_entries.history(EntryKind.PARAMETER, key)
        return _view(rule, entries, day or date.today())

    def set(self, new: NewValue) -> Changes:
        """Set a parameter from a day on.

        Raises:
            InvalidInputError: the parameter is unknown or fixed by law, the value is not of its
                kind, or source or name are missing.
        """
        rule = self._changeable(new.key)
        value_of(rule, new.value)
        if not new.source.strip():
            message = f"没有写明“{rule.title}”取值的来源。"
            raise InvalidInputError(
                message, hint="请填写文件名称和文号；未见原文的，不勾“已核实”。"
            )
        entry = _entry(new, withdrawn=False)
        return self._add(rule, entry)

    def withdraw(self, key: str, valid_from: date, entered_by: str, reason: str) -> Changes:
        """Take back the office's own value that began on ``valid_from``; the history keeps it.

        Raises:
            InvalidInputError: the office set no value from that day, or no reason was given.
        """
        rule = self._changeable(key)
        version = next((v for v in rule.versions if v.own and v.valid_from == valid_from), None)
        if version is None:
            message = f"“{rule.title}”没有本局自{valid_from.isoformat()}起的取值。"
            raise InvalidInputError(message, hint="程序自带的取值不能撤回，可以登记新的取值。")
        if not reason.strip():
            raise InvalidInputError("没有写明撤回的理由。", hint="请写明理由，历史中会一并显示。")
        taken_back = NewValue(
            key=key,
            value=version.value,
            valid_from=valid_from,
            source=reason,
            verified=version.verified,
            entered_by=entered_by,
        )
        return self._add(rule, _entry(taken_back, withdrawn=True))

    def _changeable(self, key: str) -> ParameterRule:
        with self._database.reading() as unit:
            rule = rules_of(unit, self._shipped).book.rule(key)
        if rule.statutory:
            message = f"“{rule.title}”由法律规定（{rule.basis}），本局不能改动。"
            raise InvalidInputError(message, hint="法律修改后，请更新程序或者法规包。")
        return rule

    def _add(self, rule: ParameterRule, entry: DatedEntry) -> Changes:
        if not entry.entered_by.strip():
            message = f"没有写明由谁登记“{rule.title}”。"
            raise InvalidInputError(message, hint="请填写登记人姓名。")
        with self._database.writing() as unit:
            unit.dated_entries.add(entry)
            _log(unit, entry)
        return Changes.of("parameter", entry.key)


def _log(unit: Unit, entry: DatedEntry) -> None:
    unit.log.append(
        "parameter_withdrawn" if entry.withdrawn else "parameter_set",
        {
            "key": entry.key,
            "content": dict(entry.content),
            "valid_from": entry.valid_from.isoformat(),
            "source": entry.source,
            "by": entry.entered_by,
        },
    )


def _entry(new: NewValue, *, withdrawn: bool) -> DatedEntry:
    return DatedEntry(
        kind=EntryKind.PARAMETER,
        key=new.key,
        content={"value": new.value},
        valid_from=new.valid_from,
        source=new.source.strip(),
        verified=new.verified,
        entered_by=new.entered_by.strip(),
        entered_at=datetime.now().replace(microsecond=0),
        withdrawn=withdrawn,
    )


def _view(rule: ParameterRule, entries: tuple[DatedEntry, ...], day: date) -> ParameterView:
    own = tuple(entry for entry in entries if entry.key == rule.key)
    return ParameterView(rule=rule, version=rule.on(day), entries=own)


def _version_json(rule: ParameterRule, version: ParameterVersion) -> dict[str, Any]:
    return {
        "valid_from": version.valid_from.isoformat(),
        "value": value_text(rule, version.value),
        "source": version.source,
        "verified": version.verified,
        "entered_by": "程序自带",
        "entered_at": "",
        "withdrawn": False,
    }


def _entry_json(rule: ParameterRule, entry: DatedEntry) -> dict[str, Any]:
    return {
        "valid_from": entry.valid_from.isoformat(),
        "value": value_text(rule, entry.content.get("value")),
        "source": entry.source,
        "verified": entry.verified,
        "entered_by": entry.entered_by,
        "entered_at": entry.entered_at.isoformat(timespec="minutes"),
        "withdrawn": entry.withdrawn,
    }


def value_text(rule: ParameterRule, value: JsonValue) -> str:
    """Return a value of ``rule`` as people read it."""
    found = value_of(rule, value)
    if rule.type is ParameterType.FLAG:
        return "是" if found else "否"
    if rule.type is ParameterType.WORDS:
        return "、".join(found)
    if rule.type is ParameterType.ROLES:
        return "；".join(f"{subject}：{'、'.join(roles)}" for subject, roles in found.items())
    if rule.type is ParameterType.THRESHOLDS:
        return (
            "；".join(
                f"{t.party}{f'（{t.field}）' if t.field else ''}{t.amount:,}元"
                f"（{'含' if t.inclusive else '不含'}本数）"
                for t in found
            )
            or "未收录"
        )
    return f"{found}{rule.unit}"


def parse_value(rule: ParameterRule, text: str) -> JsonValue:
    """Read a value as it is typed: 是/否, words between 、, numbers; tables as JSON.

    Raises:
        InvalidInputError: it can't be read as the kind of value ``rule`` asks for.
    """
    typed = text.strip()
    value: JsonValue = typed
    if rule.type is ParameterType.FLAG:
        value = _YES_NO.get(typed.lower(), typed)
    elif rule.type is ParameterType.WORDS:
        value = [word for word in re.split(r"[、，,\s]+", typed) if word]
    elif rule.type not in _SIMPLE:
        try:
            value = json.loads(typed)
        except ValueError:
            value = typed
    value_of(rule, value)
    return value
