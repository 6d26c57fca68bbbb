"""Conditions of a discretion tier that a machine can test against the facts of a case."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from typing_extensions import override

from workstation.domain.cases import JsonValue

_OPERATORS = {"＜": "<", "＞": ">", "＝": "=", "≤": "<=", "≥": ">=", "≠": "!=", "==": "="}
_CONDITION = re.compile(r"^(?P<factor>[^<>=!]+?)\s*(?P<operator><=|>=|!=|<|>|=)\s*(?P<value>.+)$")
_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?")
_YES_NO = {"是": True, "否": False}


class Operator(StrEnum):
    """How a fact is compared with the value of a condition."""

    BELOW = "<"
    AT_MOST = "<="
    IS = "="
    IS_NOT = "!="
    AT_LEAST = ">="
    ABOVE = ">"


_PRINTED = {Operator.AT_MOST: "≤", Operator.AT_LEAST: "≥", Operator.IS_NOT: "≠"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A fact that tiers may turn on: its key among the facts of a case, its name and unit."""

    key: str
    label: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TierCondition:
    """One comparison: the fact ``factor`` with ``value`` (a number, 是, 否 or words)."""

    factor: str
    label: str
    operator: Operator
    value: str
    unit: str = ""

    @override
    def __str__(self) -> str:
        """Return the condition as lists write it: 倾倒量<20立方米."""
        sign = _PRINTED.get(self.operator, self.operator.value)
        return f"{self.label}{sign}{self.value}{self.unit}"

    def holds(self, facts: Mapping[str, JsonValue]) -> bool | None:
        """Return whether the condition holds; None where the fact is missing or unfit."""
        fact = facts.get(self.factor)
        if fact is None or fact == "" or isinstance(fact, list | dict):
            return None
        if self.value in _YES_NO:
            stated = fact if isinstance(fact, bool) else _YES_NO.get(str(fact))
            return None if stated is None else self._compare(stated, _YES_NO[self.value])
        wanted = _number(self.value)
        if wanted is None:
            return self._compare(str(fact), self.value)
        number = _number(fact)
        return None if number is None else self._compare(number, wanted)

    def _compare(self, fact: Decimal | str | bool, wanted: Decimal | str | bool) -> bool | None:  # noqa: FBT001 - a fact may be yes or no
        if self.operator is Operator.IS:
            return fact == wanted
        if self.operator is Operator.IS_NOT:
            return fact != wanted
        if not (isinstance(fact, Decimal) and isinstance(wanted, Decimal)):
            return None
        return {
            Operator.BELOW: fact < wanted,
            Operator.AT_MOST: fact <= wanted,
            Operator.AT_LEAST: fact >= wanted,
            Operator.ABOVE: fact > wanted,
        }[self.operator]


Alternatives = tuple[tuple[TierCondition, ...], ...]


def parse_conditions(text: str, factors: Iterable[Factor]) -> Alternatives:
    """Read conditions such as 倾倒量>=20 且 倾倒量<50; 或 parts alternatives, 且 binds closer.

    Raises:
        ValueError: it can't be read; the message says which part and why, in Chinese.
    """
    known = {name: factor for factor in factors for name in (factor.key, factor.label)}
    for sign, plain in _OPERATORS.items():
        text = text.replace(sign, plain)
    return tuple(
        tuple(_condition(part, known) for part in re.split(r"\s*且\s*", alternative.strip()))
        for alternative in re.split(r"\s*或者?\s*", text.strip())
    )


def _condition(text: str, known: Mapping[str, Factor]) -> TierCondition:
    match = _CONDITION.match(text.strip())
    if match is None:
        message = f"“{text}”不是“因素、比较符号、数值”的写法"
        raise ValueError(message)
    factor = known.get(match["factor"].strip())
    if factor is None:
        message = f"没有“{match['factor'].strip()}”这个因素"
        raise ValueError(message)
    operator, value = Operator(match["operator"]), match["value"].strip()
    if factor.unit and value.endswith(factor.unit):
        value = value.removesuffix(factor.unit).strip()
    ordered = operator not in {Operator.IS, Operator.IS_NOT}
    if ordered and (_number(value) is None or _NUMBER.fullmatch(value) is None):
        message = f"“{value}”不是{f'以{factor.unit}计的' if factor.unit else ''}数"
        raise ValueError(message)
    return TierCondition(
        factor=factor.key, label=factor.label, operator=operator, value=value, unit=factor.unit
    )


def in_text(alternatives: Alternatives) -> str:
    """Return conditions as :func:`parse_conditions` reads them."""
    return " 或 ".join(" 且 ".join(str(c) for c in every) for every in alternatives)


def _number(value: JsonValue) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
