"""Reading ``.form`` files: TOML front matter between ``+++`` lines, then the body."""

import re
import tomllib
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from workstation.documents.annexes import WITH_ROOM, annex_source
from workstation.documents.form_records import (
    FieldDefinition,
    FieldType,
    FormDefinition,
    FormKind,
    FormSourceError,
    Volume,
)

_FENCE = "+++"
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_TOML_LINE = re.compile(r"at line (\d+)")
_Choice = TypeVar("_Choice", bound=StrEnum)


@lru_cache(maxsize=256)
def read_form(text: str, *, source: str, step: int) -> FormDefinition:
    """Parse one form source; the same text is parsed once.

    Args:
        text: the whole file.
        source: file name for messages, e.g. ``13_decision/D51.form``.
        step: number of the step whose folder holds the file.

    Raises:
        FormSourceError: naming the line.
    """
    lines = text.splitlines()
    if not lines or lines[0].strip() != _FENCE:
        raise FormSourceError(source, 1, "首行须为 +++。")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == _FENCE), None)
    if end is None:
        raise FormSourceError(source, len(lines), "缺少结束首部的 +++。")
    front = "\n".join(lines[1:end])
    table = _Table(_parse(front, source), lines[:end], source)
    fields = tuple(_field(entry) for entry in table.tables("fields"))
    form = FormDefinition(
        id=table.text("id"),
        title=table.text("title"),
        kind=table.choice("kind", FormKind),
        step=step,
        preset=table.text("preset"),
        code=table.text("code", ""),
        copies=table.number("copies", 1),
        served=table.flag("served"),
        volume=table.choice("volume", Volume, Volume.MAIN),
        basis=table.texts("basis"),
        signatures=table.texts("signatures"),
        footer_text=table.text("footer_text", ""),
        fields=fields,
        body="\n".join(lines[end + 1 :]),
        body_line=end + 2,
        source=source,
    )
    table.refuse_rest()
    form = replace(form, body=f"{form.body}\n{annex_source(form)}".rstrip("\n"))
    names = [field.name for field in fields]
    for name in names:
        if names.count(name) > 1:
            raise FormSourceError(source, table.line_of(f'"{name}"'), f"栏目“{name}”重复。")
    return form


def read_form_file(path: Path) -> FormDefinition:
    """Read ``templates/NN_step/DNN.form``.

    Raises:
        FormSourceError: naming the line.
    """
    folder = path.parent.name
    source = f"{folder}/{path.name}"
    number = folder.partition("_")[0]
    if not number.isdigit():
        raise FormSourceError(source, 1, "所在文件夹的名称须以步骤序号开头，如 13_decision。")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise FormSourceError(source, line, "文件须为 UTF-8 编码。") from error
    form = read_form(text, source=source, step=int(number))
    if form.id != path.stem:
        raise FormSourceError(source, 1, f"编号“{form.id}”与文件名不一致。")
    return form


def _parse(front: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(front)
    except tomllib.TOMLDecodeError as error:
        match = _TOML_LINE.search(str(error))
        line = int(match[1]) + 1 if match else front.count("\n") + 2
        raise FormSourceError(source, line, f"首部不是正确的 TOML（{error}）。") from error


class _Table:
    """A TOML table whose every access is checked and reported in Chinese."""

    def __init__(self, values: dict[str, Any], lines: list[str], source: str) -> None:
        self._values = values
        self._lines = lines
        self._source = source
        self._seen: set[str] = set()

    def line_of(self, text: str) -> int:
        """Return the first line that mentions ``text`` (1-based), or 1."""
        return next((n for n, line in enumerate(self._lines, 1) if text in line), 1)

    def fail(self, key: str, problem: str) -> FormSourceError:
        """Return the error about ``key``."""
        numbered = list(enumerate(self._lines, 1))
        start = next((n for n, text in numbered if text), 1)
        line = next((n for n, text in numbered if re.match(rf"{key}\b", text)), start)
        return FormSourceError(self._source, line, f"{key} {problem}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key, default)
        if not isinstance(value, str):
            raise self.fail(key, "须为文字。")
        return value

    def number(self, key: str, default: int) -> int:
        value = self._take(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.fail(key, "须为非负整数。")
        return value

    def flag(self, key: str) -> bool:
        value = self._take(key, default=False)
        if not isinstance(value, bool):
            raise self.fail(key, "须为 true 或 false。")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(key, "须为文字列表。")
        return tuple(value)

    def choice(self, key: str, kind: type[_Choice], default: _Choice | None = None) -> _Choice:
        value = self._take(key, default)
        try:
            return kind(value)
        except ValueError as error:
            allowed = "、".join(kind)
            raise self.fail(key, f"“{value}”不在可选值之内（{allowed}）。") from error

    def tables(self, key: str) -> list["_Table"]:
        values = self._take(key, [])
        if not isinstance(values, list) or not all(isinstance(item, dict) for item in values):
            raise self.fail(key, "须写成 [[fields]] 表。")
        starts = [n for n, line in enumerate(self._lines) if line.strip() == f"[[{key}]]"]
        starts.append(len(self._lines))
        tables = []
        for position, value in enumerate(values):
            first, last = starts[position : position + 2] if len(starts) > position + 1 else (0, 0)
            padded = [""] * first + self._lines[first:last]
            tables.append(_Table(value, padded, self._source))
        return tables

    def refuse_rest(self) -> None:
        """Refuse keys nobody asked for: a misspelt key would be lost silently."""
        for key in self._values:
            if key not in self._seen:
                raise self.fail(key, "不是表单首部认识的键。")

    def _take(self, key: str, default: Any) -> Any:
        self._seen.add(key)
        value = self._values.get(key, default)
        if value is None:
            raise self.fail(key, "缺失。")
        return value


def _field(table: _Table) -> FieldDefinition:
    field = FieldDefinition(
        name=table.text("name"),
        label=table.text("label"),
        type=table.choice("type", FieldType, FieldType.TEXT),
        required=table.flag("required"),
        default=table.text("default", ""),
        choices=table.texts("choices"),
        help=table.text("help", ""),
        columns=table.texts("columns"),
        column_labels=table.texts("column_labels"),
        room=table.number("room", 0),
    )
    if field.room:
        told = f"约{field.room}字，写不下的自动印在附页"
        field = replace(field, help="；".join(filter(None, (field.help, told))))
    table.refuse_rest()
    if not _FIELD_NAME.match(field.name) or "__" in field.name:
        raise table.fail("name", f"“{field.name}”须为小写英文标识符，且不含连续下划线。")
    if field.room and field.type not in WITH_ROOM:
        raise table.fail("room", "只用于 T、L 栏目。")
    if field.type is FieldType.CHOICE and not field.choices:
        raise table.fail("type", "为 E 的栏目须写 choices。")
    if field.type is FieldType.ROWS and not field.columns:
        raise table.fail("type", "为 S 的栏目须写 columns。")
    if field.column_labels and len(field.column_labels) != len(field.columns):
        raise table.fail("column_labels", "与 columns 个数不同。")
    return field
