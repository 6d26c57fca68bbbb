"""The form language: one block per line, read into blocks without knowing page or font."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workstation.documents.form_records import FormDefinition, FormSourceError

LINE_KINDS = frozenset(
    [
        "org",
        "title",
        "subtitle",
        "number",
        "to",
        "p",
        "p0",
        "h",
        "k",
        "l",
        "note",
        "gap",
        "sign",
        "signs",
        "blank",
        "rule",
        "cut",
        "pagebreak",
        "picture",
    ]
)
_TAG = r"\{\{.*?\}\}|\{%.*?%\}"
_STATEMENTS = re.compile(r"(?:\s*\{%.*?%\})+\s*\Z")
_COMMENT = re.compile(r"\{#.*#\}\Z")
_HEIGHT = re.compile(r"!(\d+(?:\.\d+)?)\s+")
_OPTION = re.compile(r"(\w+)=(\S+)\Z")
_COLUMN = re.compile(rf"({_TAG})|\s\|(?=\s)")
_SIGNATURE = re.compile(rf"({_TAG})|@@")
_PARAGRAPH = re.compile(rf"({_TAG})|(?<!:)//")
_INLINE = re.compile(
    rf"(?P<tag>{_TAG})|\*\*(?P<emphasis>(?:{_TAG}|[^*])+?)\*\*"
    rf"|__(?P<blank>(?:{_TAG}|[^|{{}}])*?)\|(?P<width>\d+)__"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line ``#kind text``; ``number`` is its line in the file."""

    number: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Jinja statements alone on a line: they govern whole paragraphs or rows."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPart:
    """One paragraph of a cell; ``signature`` ones stand right aligned at its bottom."""

    text: str
    signature: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSource:
    """One cell; ``merged`` continues the cell above it, ``struck`` is empty but for a stroke."""

    column: int
    span: int
    merged: bool
    left: bool
    parts: tuple[CellPart, ...]
    struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSource:
    """One row; ``height`` is its minimum in points, 0 for none."""

    number: int
    height: float
    cells: tuple[CellSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSource:
    """A table; ``widths`` share out the type area, a ``size`` or ``lead`` of 0 is the preset's."""

    number: int
    widths: tuple[float, ...]
    size: float
    lead: float
    header_rows: int
    borders: bool
    rows: tuple[RowSource | Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InlinePiece:
    """Text of one look; ``blank`` is the least width in characters of an underlined blank."""

    text: str
    emphasis: bool = False
    blank: int | None = None


_NumberedLines = Iterator[tuple[int, str]]
BodyBlock = Line | Statement | TableSource


def parse_body(form: FormDefinition) -> tuple[BodyBlock, ...]:
    """Return the blocks of a form's body.

    Raises:
        FormSourceError: naming the line.
    """
    return _BodyParser(form).blocks()


def parse_inline(text: str) -> tuple[InlinePiece, ...]:
    """Split a line's text into plain, emphasised (``**…**``) and blank (``__…|n__``) pieces."""
    pieces: list[InlinePiece] = []
    plain = ""
    position = 0
    for match in _INLINE.finditer(text):
        plain += text[position : match.start()]
        position = match.end()
        if match["tag"] is not None:
            plain += match["tag"]
            continue
        if plain:
            pieces.append(InlinePiece(text=plain))
            plain = ""
        if match["emphasis"] is not None:
            pieces.append(InlinePiece(text=match["emphasis"], emphasis=True))
        else:
            pieces.append(InlinePiece(text=match["blank"], blank=int(match["width"])))
    plain += text[position:]
    if plain:
        pieces.append(InlinePiece(text=plain))
    return tuple(pieces)


def split_columns(text: str) -> list[str]:
    """Split at bars between blanks, but not inside Jinja tags."""
    return [part.strip() for part in _split(f" {text} ", _COLUMN)]


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    parts = [""]
    position = 0
    for match in separator.finditer(text):
        parts[-1] += text[position : match.start()]
        position = match.end()
        if match[1] is not None:
            parts[-1] += match[1]
        else:
            parts.append("")
    parts[-1] += text[position:]
    return parts


class _BodyParser:
    def __init__(self, form: FormDefinition) -> None:
        self._source = form.source
        self._lines = [
            (number, line.strip())
            for number, line in enumerate(form.body.splitlines(), form.body_line)
        ]

    def blocks(self) -> tuple[BodyBlock, ...]:
        found: list[BodyBlock] = []
        lines = iter(self._lines)
        for number, line in lines:
            if not line or _COMMENT.match(line):
                continue
            if _STATEMENTS.match(line):
                found.append(Statement(number=number, text=line))
                continue
            kind, _, text = line.removeprefix("#").partition(" ")
            if not line.startswith("#"):
                raise self._fail(number, "每行须以 #种类 开头，或只含 {% … %} 语句。")
            if kind == "table":
                found.append(self._table(number, text, lines))
            elif kind in LINE_KINDS:
                found.append(self._line(number, kind, text.strip()))
            else:
                raise self._fail(number, f"没有“#{kind}”这种行。")
        return tuple(found)

    def _fail(self, number: int, problem: str) -> FormSourceError:
        return FormSourceError(self._source, number, problem)

    def _line(self, number: int, kind: str, text: str) -> Line:
        if kind == "gap":
            text = text or "1"
            if not re.fullmatch(r"\d+(\.\d+)?", text):
                raise self._fail(number, "#gap 后须为行数，如 #gap 1 或 #gap 0.5。")
        if kind == "picture" and not re.fullmatch(r"\{\{.*\}\}", text):
            raise self._fail(number, "#picture 后须为 {{ 图片 }}。")
        return Line(number=number, kind=kind, text=text)

    def _table(self, number: int, options: str, lines: _NumberedLines) -> TableSource:
        values = {"size": "0", "lead": "0", "header": "0", "borders": "single"}
        for option in options.split():
            match = _OPTION.match(option)
            if match is None or match[1] not in {*values, "widths"}:
                raise self._fail(number, f"#table 不认识选项“{option}”。")
            values[match[1]] = match[2]
        try:
            widths = tuple(float(width) for width in values["widths"].split(","))
            size, lead, header = (
                float(values["size"]),
                float(values["lead"]),
                int(values["header"]),
            )
        except (KeyError, ValueError) as error:
            raise self._fail(number, "#table 须写 widths=1,2,…，且选项须为数字。") from error
        rows: list[RowSource | Statement] = []
        for row_number, line in lines:
            if line == "#end":
                break
            if not line or _COMMENT.match(line):
                continue
            if _STATEMENTS.match(line):
                rows.append(Statement(number=row_number, text=line))
            else:
                rows.append(self._row(row_number, line, len(widths)))
        else:
            raise self._fail(number, "表格缺少 #end。")
        return TableSource(
            number=number,
            widths=widths,
            size=size,
            lead=lead,
            header_rows=header,
            borders=values["borders"] != "none",
            rows=tuple(rows),
        )

    def _row(self, number: int, line: str, columns: int) -> RowSource:
        if line.startswith("#"):
            raise self._fail(number, "表格内不能有 # 行；是否漏写 #end？")
        height = 0.0
        match = _HEIGHT.match(line)
        if match:
            height = float(match[1])
            line = line[match.end() :]
        cells: list[CellSource] = []
        column = 0
        for text in split_columns(line):
            cell = _cell(text, column)
            cells.append(cell)
            column += cell.span
        if column != columns:
            raise self._fail(number, f"本行占 {column} 列，表格有 {columns} 列。")
        return RowSource(number=number, height=height, cells=tuple(cells))


def _cell(text: str, column: int) -> CellSource:
    span = 1
    while text == "<" or text.endswith(" <"):
        span += 1
        text = text[:-1].rstrip()
    struck = text == "/"
    text = "" if struck else text
    left = text.startswith(">")
    body = text[1:].strip() if left else text
    parts: list[CellPart] = []
    for position, section in enumerate(_split(body, _SIGNATURE)):
        parts += [
            CellPart(text=paragraph.strip(), signature=position > 0)
            for paragraph in _split(section, _PARAGRAPH)
        ]
    return CellSource(
        column=column,
        span=span,
        merged=text == "^",
        left=left,
        parts=tuple(parts),
        struck=struck,
    )
