"""Parameters that law leaves open: dated values with their source, shipped and the office's own.

The office's own values (``DatedEntry`` of kind 参数) win over the shipped ones from their first
day on; the lengths of deadlines that no law fixes are parameters too, by the key
``deadline.DL01``.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from workstation.domain.cases import JsonValue
from workstation.domain.dated_entries import DatedEntry, standing
from workstation.errors import InvalidInputError
from workstation.procedure.data_tables import Table, convert, day, read_table
from workstation.procedure.deadlines import DeadlineRules
from workstation.procedure.errors import ProcedureDataError
from workstation.procedure.records import DeadlineRule, HearingThreshold, Parameters, Unit

_DEADLINE = "deadline."
_SUBJECTS = ("公民", "单位")
_UNIT_WORDS = {
    Unit.WORKING_DAYS: "个工作日",
    Unit.DAYS: "日（自然日）",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
    Unit.HOURS: "小时",
}


class ParameterType(StrEnum):
    """What a parameter's value is."""

    NUMBER = "number"
    DECIMAL = "decimal"
    FLAG = "flag"
    TEXT = "text"
    WORDS = "words"
    ROLES = "roles"
    THRESHOLDS = "thresholds"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterVersion:
    """A value as data files write it and the first day it holds on; ``own`` = the office's."""

    value: JsonValue
    valid_from: date
    source: str
    verified: bool
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRule:
    """One parameter; ``versions`` are sorted by first day, the office's own after a shipped one.

    ``statutory`` marks a value that law fixes; it is shown but not changed.
    """

    key: str
    title: str
    group: str
    type: ParameterType
    basis: str
    versions: tuple[ParameterVersion, ...]
    unit: str = ""
    note: str = ""
    statutory: bool = False

    def on(self, when: date) -> ParameterVersion:
        """Return the version that holds on ``when``; before all of them, the first."""
        begun = [version for version in self.versions if version.valid_from <= when]
        return begun[-1] if begun else self.versions[0]


class ParameterBook:
    """All parameters in all their versions, and the deadline rules they bear on."""

    def __init__(self, rules: Mapping[str, ParameterRule], deadlines: DeadlineRules) -> None:
        """Keep the rules; the lengths of unverified deadline rules become parameters."""
        self.rules = {**rules, **_lengths(deadlines, rules)}
        self._deadlines = deadlines
        starts = {v.valid_from for rule in self.rules.values() for v in rule.versions}
        self._changes = sorted(starts)
        self._resolved: dict[int, tuple[Parameters, DeadlineRules]] = {}

    def rule(self, key: str) -> ParameterRule:
        """Return the parameter called ``key``.

        Raises:
            InvalidInputError: there is none.
        """
        rule = self.rules.get(key)
        if rule is None:
            message = f"没有名为“{key}”的参数。"
            raise InvalidInputError(message, hint=f"可用的参数：{'、'.join(self.rules)}。")
        return rule

    def on(self, when: date) -> tuple[Parameters, DeadlineRules]:
        """Return the parameters and deadline rules as they hold on ``when``."""
        place = bisect_right(self._changes, when)
        found = self._resolved.get(place)
        if found is None:
            found = self._resolve(when)
            self._resolved[place] = found
        return found

    def _resolve(self, when: date) -> tuple[Parameters, DeadlineRules]:
        values = {
            field.name: value_of(self.rules[field.name], self.rules[field.name].on(when).value)
            for field in fields(Parameters)
        }
        changed = {
            key.removeprefix(_DEADLINE): int(str(rule.on(when).value))
            for key, rule in self.rules.items()
            if key.startswith(_DEADLINE)
        }
        return Parameters(**values), self._deadlines.with_lengths(changed)

    def with_own(self, entries: Iterable[DatedEntry]) -> "ParameterBook":
        """Return the book with the office's own values; one of the same first day is replaced."""
        rules = dict(self.rules)
        for entry in standing(entries):
            rule = rules.get(entry.key)
            if rule is None or rule.statutory:
                continue
            own = ParameterVersion(
                value=entry.content.get("value"),
                valid_from=entry.valid_from,
                source=entry.source,
                verified=entry.verified,
                own=True,
            )
            others = [v for v in rule.versions if v.valid_from != own.valid_from]
            versions = sorted((*others, own), key=lambda version: version.valid_from)
            rules[entry.key] = replace(rule, versions=tuple(versions))
        return ParameterBook(rules, self._deadlines)


def value_of(rule: ParameterRule, value: JsonValue) -> Any:
    """Return ``value`` as the procedure works with it.

    Raises:
        InvalidInputError: it is not what ``rule`` asks for; the message says what is.
    """
    try:
        return _READERS[rule.type](value)
    except (TypeError, ValueError, ArithmeticError, KeyError, AttributeError) as error:
        message = f"参数“{rule.title}”的取值不对：{value}。"
        raise InvalidInputError(message, hint=_HINTS[rule.type]) from error


def _number(value: Any) -> int:
    if isinstance(value, bool) or int(str(value)) < 0:
        raise ValueError(value)
    return int(str(value))


def _decimal(value: Any) -> Decimal:
    number = Decimal(str(value))
    if isinstance(value, bool) or not number.is_finite() or number < 0:
        raise ValueError(value)
    return number


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(str(item).strip() for item in value):
        raise TypeError(value)
    return tuple(str(item) for item in value)


def _roles(value: Any) -> dict[str, tuple[str, ...]]:
    return {subject: _words(value[subject]) for subject in _SUBJECTS}


def _thresholds(value: Any) -> tuple[HearingThreshold, ...]:
    return tuple(_threshold(row) for row in value)


def _threshold(row: Mapping[str, Any]) -> HearingThreshold:
    if row["party"] not in _SUBJECTS:
        raise ValueError(row["party"])
    return HearingThreshold(
        party=row["party"],
        field=str(row.get("field", "")),
        amount=_decimal(row["amount"]),
        inclusive=_flag(row["inclusive"]),
    )


_READERS: Mapping[ParameterType, Any] = {
    ParameterType.NUMBER: _number,
    ParameterType.DECIMAL: _decimal,
    ParameterType.FLAG: _flag,
    ParameterType.TEXT: _text,
    ParameterType.WORDS: _words,
    ParameterType.ROLES: _roles,
    ParameterType.THRESHOLDS: _thresholds,
}
_HINTS: Mapping[ParameterType, str] = {
    ParameterType.NUMBER: "请填写不小于0的整数。",
    ParameterType.DECIMAL: "请填写不小于0的数，如 0.03。",
    ParameterType.FLAG: "请填写“是”或者“否”。",
    ParameterType.TEXT: "请填写文字。",
    ParameterType.WORDS: "请填写至少一个词语，各词之间用顿号。",
    ParameterType.ROLES: "请分别填写“公民”和“单位”各自可以签收的人。",
    ParameterType.THRESHOLDS: "请逐行填写当事人类别（公民或者单位）、领域、数额和是否包含本数。",
}


def _lengths(
    deadlines: DeadlineRules, known: Mapping[str, ParameterRule]
) -> dict[str, ParameterRule]:
    """Return the parameters of the deadline rules whose length no law fixes."""
    rules = (deadlines.rule(code) for code in deadlines.codes)
    return {
        f"{_DEADLINE}{rule.code}": _length(rule)
        for rule in rules
        if not rule.verified and f"{_DEADLINE}{rule.code}" not in known
    }


def _length(rule: DeadlineRule) -> ParameterRule:
    shipped = ParameterVersion(
        value=rule.length, valid_from=date(1996, 10, 1), source=rule.note, verified=False
    )
    return ParameterRule(
        key=f"{_DEADLINE}{rule.code}",
        title=f"{rule.name}期限（{rule.code}）",
        group="期限",
        type=ParameterType.NUMBER,
        unit=_UNIT_WORDS[rule.unit],
        basis=rule.basis,
        note=rule.counting,
        versions=(shipped,),
    )


def load_parameters(path: Path, deadlines: DeadlineRules) -> ParameterBook:
    """Read the parameters of ``path``.

    Raises:
        ProcedureDataError: the file is malformed, or a parameter of the procedure is missing.
    """
    rules: dict[str, ParameterRule] = {}
    for row in read_table(path).get("parameters", ()):
        key = str(row.get("key", f"第{len(rules) + 1}项"))
        rules[key] = convert(path, key, _rule, row)
    missing = [field.name for field in fields(Parameters) if field.name not in rules]
    if missing:
        message = f"数据文件“{path}”缺少参数：{'、'.join(missing)}。"
        raise ProcedureDataError(message, hint="请补上，或删除本局自有的文件以恢复自带的版本。")
    for rule in rules.values():
        for version in rule.versions:
            _check(path, rule, version)
    return ParameterBook(rules, deadlines)


def _check(path: Path, rule: ParameterRule, version: ParameterVersion) -> None:
    try:
        value_of(rule, version.value)
    except InvalidInputError as error:
        message = f"数据文件“{path}”：{error.message}"
        raise ProcedureDataError(message, hint=error.hint) from error


def _rule(row: Table) -> ParameterRule:
    versions = [
        ParameterVersion(
            value=version["value"],
            valid_from=day(version["valid_from"]),
            source=str(version["source"]),
            verified=bool(version["verified"]),
        )
        for version in row["versions"]
    ]
    if not versions:
        raise ValueError("versions")
    return ParameterRule(
        key=str(row["key"]),
        title=str(row["title"]),
        group=str(row["group"]),
        type=ParameterType(row["type"]),
        basis=str(row["basis"]),
        versions=tuple(sorted(versions, key=lambda version: version.valid_from)),
        unit=str(row.get("unit", "")),
        note=str(row.get("note", "")),
        statutory=bool(row.get("statutory", False)),
    )
