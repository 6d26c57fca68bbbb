"""Completing a form's values: defaults from the case, checks by type, what is missing."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from jinja2 import TemplateError as JinjaError
from jinja2 import Undefined

from workstation.documents.filters import parse_compact, to_amount, to_moment
from workstation.documents.form_records import (
    FieldDefinition,
    FieldType,
    FormDefinition,
    TemplateError,
)
from workstation.documents.sandbox import TemplateEnvironment
from workstation.domain.corrections import broken_marks
from workstation.domain.phrases import blanks_in

_SINGLE_EXPRESSION = re.compile(r"\s*\{\{((?:(?!\}\}).)*)\}\}\s*\Z", re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]")
_LISTS = frozenset({FieldType.ATTACHMENTS, FieldType.ROWS})
_TRUE_WORDS = frozenset({"是", "true", "True", "1"})
_FALSE_WORDS = frozenset({"否", "false", "False", "0", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletedValues:
    """The values of a form, complete and in one form per type.

    ``values`` holds every field: dates as ISO text, money and numbers as ``int`` or ``Decimal``,
    flags as ``bool``, lists as ``list``; a missing one is ``""``, ``False`` or ``[]``.
    ``missing`` names required fields without a value, ``problems`` maps names to what is wrong
    (Chinese), ``defaulted`` names the fields whose value came from the case.
    """

    values: dict[str, Any]
    missing: tuple[str, ...]
    problems: dict[str, str]
    defaulted: frozenset[str]


def complete_values(
    form: FormDefinition,
    context: Mapping[str, Any],
    given: Mapping[str, Any],
    environment: TemplateEnvironment,
) -> CompletedValues:
    """Complete the values given for a form.

    A default may refer to fields above its own as ``f.name``. A value that breaks its type is
    kept as it was given and reported, so that nothing typed is lost.

    Raises:
        TemplateError: a default of the form can't be evaluated.
    """
    values: dict[str, Any] = {}
    problems = {name: "本文书没有这一栏。" for name in given if form.field(name) is None}
    defaulted: set[str] = set()
    for field in form.fields:
        value = given.get(field.name)
        if _is_blank(value) and field.default:
            value = evaluate_default(form, field, {**context, "f": values}, environment)
            if not _is_blank(value):
                defaulted.add(field.name)
        if _is_blank(value):
            values[field.name] = empty_value(field.type)
            continue
        try:
            values[field.name] = _CHECKS[field.type](field, value)
        except ValueError as error:
            values[field.name] = value
            problems[field.name] = f"{field.label}：{error}。"
    missing = tuple(
        field.name for field in form.fields if field.required and _is_blank(values[field.name])
    )
    return CompletedValues(
        values=values, missing=missing, problems=problems, defaulted=frozenset(defaulted)
    )


def empty_value(kind: FieldType) -> object:
    """Return what a field without a value is filled with."""
    if kind in _LISTS:
        return []
    return False if kind is FieldType.FLAG else ""


def evaluate_default(
    form: FormDefinition,
    field: FieldDefinition,
    context: Mapping[str, Any],
    environment: TemplateEnvironment,
) -> object:
    """Return a field's default; a single ``{{ … }}`` keeps its type, anything else is text.

    Raises:
        TemplateError: naming form and field.
    """
    try:
        single = _SINGLE_EXPRESSION.match(field.default)
        if single:
            value = environment.expression(single[1])(**context)
            if isinstance(value, Undefined):
                # Printing is what makes strict undefined values fail.
                str(value)
            return value
        return environment.text(field.default).render(context)
    except (JinjaError, ValueError, TypeError, ArithmeticError, LookupError) as error:
        raise TemplateError(
            f"文书“{form.title}”栏目“{field.label}”的默认值无法计算：{error}。",
            hint="请改正表单文件中该栏目的 default，或先手工填写该栏。",
        ) from error


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, (str, list, tuple)) and not value)


def _wrong(problem: str) -> ValueError:
    return ValueError(problem)


def _text(_field: FieldDefinition, value: object) -> str:
    if isinstance(value, (list, tuple, dict)):
        raise _wrong("须为文字")
    text = str(value)
    if _CONTROL.search(text):
        raise _wrong("含有不可见的控制字符，请删除后重新录入")
    left = blanks_in(text)
    if left:
        raise _wrong(f"还有空白没有填写（{'、'.join(left)}）")
    broken = broken_marks(text)
    if broken:
        raise _wrong(f"更正“{broken[0]}…”没有写完，应写作【删去：原文】【补入：改为】")
    return text


def _date(_field: FieldDefinition, value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()[:10]
    text = str(value).strip()
    moment = to_moment(text)
    if len(text) < 10:
        raise _wrong(f"“{value}”不是日期")
    return moment.date().isoformat()


def _date_time(_field: FieldDefinition, value: object) -> str:
    moment = to_moment(value)
    if len(str(value)) <= 10:
        raise _wrong(f"“{value}”没有写明时分")
    return moment.isoformat(timespec="minutes")


def _money(_field: FieldDefinition, value: object) -> int | Decimal:
    if isinstance(value, bool):
        raise _wrong("须为金额")
    amount = to_amount(value)
    if amount < 0:
        raise _wrong("不能为负数")
    if amount != round(amount, 2):
        raise _wrong("最多精确到分")
    return _plain_number(amount)


def _number(_field: FieldDefinition, value: object) -> int | Decimal:
    try:
        return _plain_number(to_amount(value))
    except ValueError as error:
        raise _wrong(f"“{value}”不是数字") from error


def _plain_number(amount: Decimal) -> int | Decimal:
    return int(amount) if amount == amount.to_integral_value() else amount


def _choice(field: FieldDefinition, value: object) -> str:
    if value not in field.choices:
        raise _wrong(f"“{value}”不在可选值之内（{'、'.join(field.choices)}）")
    return str(value)


def _references(_field: FieldDefinition, value: object) -> str | list[str]:
    references = value if isinstance(value, (list, tuple)) else [value]
    for reference in references:
        try:
            parse_compact(str(reference))
        except ValueError as error:
            raise _wrong(f"“{reference}”不是“法名§条§款§项”形式的法条") from error
    return value if isinstance(value, str) else [str(reference) for reference in references]


def _flag(_field: FieldDefinition, value: object) -> bool:
    if isinstance(value, bool):
        return value
    if str(value) in _TRUE_WORDS | _FALSE_WORDS:
        return str(value) in _TRUE_WORDS
    raise _wrong("须为“是”或“否”")


def _attachments(field: FieldDefinition, value: object) -> list[str]:
    if isinstance(value, str):
        return [line.strip() for line in value.splitlines() if line.strip()]
    if not isinstance(value, (list, tuple)):
        raise _wrong("须为若干行文字")
    return [_text(field, item) for item in value]


def _rows(field: FieldDefinition, value: object) -> list[dict[str, Any]]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(row, dict) for row in value):
        raise _wrong("须为若干行")
    blank = dict.fromkeys(field.columns, "")
    for number, row in enumerate(value, 1):
        unknown = [key for key in row if key not in blank]
        if unknown:
            raise _wrong(f"第{number}行有不认识的列“{unknown[0]}”")
        _check_cells(field, row, number)
    return [blank | dict(row) for row in value]


def _check_cells(field: FieldDefinition, row: Mapping[str, Any], number: int) -> None:
    """Refuse a row whose words would be refused anywhere else, naming row and column."""
    labels = dict(zip(field.columns, field.column_labels or field.columns, strict=True))
    for column, cell in row.items():
        if not isinstance(cell, str):
            continue
        try:
            _text(field, cell)
        except ValueError as error:
            raise _wrong(f"第{number}行“{labels[column]}”{error}") from error


_CHECKS: Mapping[FieldType, Callable[[FieldDefinition, object], object]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.DATE: _date,
    FieldType.DATE_TIME: _date_time,
    FieldType.MONEY: _money,
    FieldType.NUMBER: _number,
    FieldType.CHOICE: _choice,
    FieldType.REFERENCE: _references,
    FieldType.FLAG: _flag,
    FieldType.ATTACHMENTS: _attachments,
    FieldType.ROWS: _rows,
}
