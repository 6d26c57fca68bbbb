"""The particulars of an event as inputs: one input for each type of field, values read back."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from ui.models.typed_dates import names_a_time, parse_day, parse_moment
from ui.widgets.input_rows import InputRows
from ui.widgets.small_table import rows_of
from workstation.domain.cases import JsonValue
from workstation.domain.intake import is_moment
from workstation.procedure.event_kinds import EventField

NOT_CHOSEN = "（未选）"
RECORDS = frozenset({"document", "case", "matter"})
_UNREADABLE = {
    "date": "看不懂这个日期，请写作 2026-09-21、9-21 或 今天",
    "datetime": "看不懂这个时间，请写作 2026-09-21 10:20",
    "money": "看不懂这个数额，请只写数字，如 110000 或 110,000.00",
    "number": "看不懂这个数，请只写数字",
    "rows": "每一行的各格都要填好，日期写作 2026-09-21，数额只写数字",
}
_PERSON_ENDINGS = ("人员", "主持人", "记录人", "申请人的人员", "经办人", "承办人", "负责人")


def add_field(
    rows: InputRows,
    field: EventField,
    people: Sequence[str],
    records: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Add the input of a field.

    ``records`` holds, by type of field (document, case, matter), what can be chosen and what
    each choice stands for.
    """
    key, text, required = field.key, field.label, field.required
    if field.type == "flag":
        rows.add_flag(key, text)
    elif field.type == "rows":
        headings = [column.label for column in field.columns]
        rows.add_table(key, text, headings, required=required)
    elif field.type == "names":
        if field.choices:
            rows.add_check_list(key, text, field.choices, required=required)
        else:
            rows.add_names(key, text, people, required=required)
    elif field.type in RECORDS:
        found = (records or {}).get(field.type, {})
        rows.add_choice(key, text, {NOT_CHOSEN: ""} | dict(found), required=required)
    elif field.choices:
        choices = {NOT_CHOSEN: ""} | {choice: choice for choice in field.choices}
        rows.add_choice(key, text, choices, required=required)
    elif field.type in {"date", "datetime"}:
        rows.add_day(key, text, required=required, with_time=field.type == "datetime")
    elif field.type == "money":
        rows.add_money(key, text, required=required)
    elif text.endswith(_PERSON_ENDINGS):
        rows.add_names(key, text, people, required=required, several=False)
    else:
        rows.add_line(key, text, required=required)


def problem_of(field: EventField, rows: InputRows) -> str:
    """Say what is wrong with what was typed into a field; empty: nothing."""
    text = rows.text(field.key)
    if not is_relevant(field, rows):
        return ""
    if not text:
        return "还没有填写" if field.required and field.type != "flag" else ""
    return _UNREADABLE.get(field.type, "") if typed_value(field, rows) is None else ""


def is_relevant(field: EventField, rows: InputRows) -> bool:
    """Whether a field matters with what is chosen elsewhere."""
    if field.only_for is None:
        return True
    key, values = field.only_for
    return rows.text(key) in values


def show_relevant(rows: InputRows, fields: Sequence[EventField]) -> None:
    """Show the fields that matter with what is chosen, and hide the others."""
    for field in fields:
        if field.only_for is not None:
            rows.set_row_visible(field.key, visible=is_relevant(field, rows))


def typed_value(field: EventField, rows: InputRows) -> JsonValue:
    """Return what was typed as the core takes it; None where it can't be read or has no place."""
    text = rows.text(field.key)
    if not is_relevant(field, rows):
        return None
    return _table(field, text) if field.type == "rows" else _value(field.type, text)


def show_known(
    rows: InputRows, fields: Sequence[EventField], known: Mapping[str, JsonValue]
) -> None:
    """Fill the inputs of ``fields`` with what is recorded, as it is typed."""
    for entry in fields:
        value = known.get(entry.key)
        shown = "" if value is None or value is False else str(value)
        moment = is_moment(value)
        rows.set_text(entry.key, shown.replace("T", " ") if moment else shown)


def unreadable(rows: InputRows, fields: Sequence[EventField]) -> int:
    """Remark on the fields in which something can't be read; return how many they are."""
    wrong = 0
    for entry in fields:
        unread = bool(rows.text(entry.key)) and typed_value(entry, rows) is None
        rows.show_error(entry.key, "看不懂，请核对格式" if unread else "")
        wrong += unread
    return wrong


def _value(type_: str, text: str) -> JsonValue:
    match type_:
        case "flag":
            return bool(text)
        case "names":
            return split_names(text)
        case "money" | "number":
            return _number(text)
        case "date":
            day = parse_day(text, date.today())
            return day.isoformat() if day else None
        case "datetime":
            moment = parse_moment(text, date.today()) if names_a_time(text) else None
            return moment.isoformat(timespec="minutes") if moment else None
    return text


def _table(field: EventField, text: str) -> JsonValue:
    """Return the rows as objects; None where a cell can't be read or is missing."""
    found: list[JsonValue] = []
    for cells in rows_of(text):
        pairs = zip(field.columns, cells, strict=False)
        row = {column.key: _value(column.type, cell) for column, cell in pairs}
        if len(row) < len(field.columns) or None in row.values() or "" in row.values():
            return None
        found.append(dict(row))
    return found


def split_names(text: str) -> list[JsonValue]:
    """Return the names in a text, parted by 、 or a comma."""
    plain = text.replace(",", "、").replace("，", "、")
    return [name.strip() for name in plain.split("、") if name.strip()]


def _number(text: str) -> JsonValue:
    try:
        number = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    return int(number) if number == number.to_integral_value() else float(number)
