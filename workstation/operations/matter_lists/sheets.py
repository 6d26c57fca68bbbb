"""Finding the tables of a list (.xlsx, .csv): header rows, merged cells, blank rows, notes."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from workstation.errors import InvalidInputError
from workstation.operations.matter_lists.cells import CellValue, folded, plain
from workstation.operations.matter_lists.columns import Column, by_heading, heading_key

_HEADER_WITHIN = 20
_HEADINGS_AT_LEAST = 3
_SECOND_LINE_AT_LEAST = 2
_NOTES = ("注", "说明", "备注", "填表", "合计", "共计", "审核", "制表")


class ListFileError(InvalidInputError):
    """A file can't be read as a list at all."""

    code = "list_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row of a table: its values by column key and where each stands (D17)."""

    sheet: str
    number: int
    values: Mapping[str, CellValue]
    places: Mapping[str, str]

    def text(self, key: str) -> str:
        """Return a value as text, empty where the column is not there."""
        return plain(self.values.get(key))

    def place(self, key: str) -> str:
        """Return where a value stands; that of the first column where the list lacks it."""
        return self.places.get(key) or next(iter(self.places.values()), f"A{self.number}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """A table found in a sheet; ``unread`` are headings that no column answers to."""

    sheet: str
    rows: tuple[SheetRow, ...]
    missing: tuple[Column, ...]
    unread: tuple[str, ...]


class Workbook:
    """A list read whole; merged cells hold their value in every row and column.

    A .csv file (UTF-8 or GB18030) is a workbook of one sheet.

    Raises:
        ListFileError: the file can't be read, or is neither.
    """

    def __init__(self, path: Path) -> None:
        self._grids = _text_grids(path) if path.suffix.lower() == ".csv" else _book_grids(path)
        self.name = path.name

    def tables(
        self,
        columns: tuple[Column, ...],
        marks: frozenset[str],
        at_least: int = _HEADINGS_AT_LEAST,
    ) -> list[SheetTable]:
        """Return the tables whose header holds every column key of ``marks``.

        A header is a row with ``at_least`` known headings.
        """
        found = []
        for title, grid in self._grids.items():
            header = _find_header(grid, columns, marks, at_least)
            if header is not None:
                found.append(_table(title, grid, columns, header))
        return found

    def pairs(self, sheet: str) -> dict[str, CellValue]:
        """Return a sheet of two columns as heading and value; empty where there is none."""
        rows = self._grids.get(sheet, [])
        return {folded(row[0]): row[1] for row in rows if len(row) > 1 and folded(row[0])}


def _book_grids(path: Path) -> dict[str, list[list[CellValue]]]:
    try:
        book = load_workbook(path, data_only=True)
    except (OSError, KeyError, ValueError, BadZipFile, InvalidFileException) as error:
        message = f"文件“{path.name}”打不开，或者不是 .xlsx 工作簿。"
        raise ListFileError(
            message, hint="请用表格软件另存为“Excel 工作簿（.xlsx）”后再导入。"
        ) from error
    return {sheet.title: _grid(sheet) for sheet in book.worksheets}


def _text_grids(path: Path) -> dict[str, list[list[CellValue]]]:
    try:
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        rows: list[list[CellValue]] = [list(row) for row in csv.reader(io.StringIO(text))]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"文件“{path.name}”打不开，或者不是 UTF-8、GB18030 编码的 .csv 文件。"
        raise ListFileError(
            message, hint="请用表格软件另存为“Excel 工作簿（.xlsx）”后再导入。"
        ) from error
    return {path.stem: rows}


def _grid(sheet: Any) -> list[list[CellValue]]:
    grid = [list(row) for row in sheet.iter_rows(values_only=True)]
    for span in sheet.merged_cells.ranges:
        value = grid[span.min_row - 1][span.min_col - 1]
        for row in range(span.min_row - 1, min(span.max_row, len(grid))):
            for column in range(span.min_col - 1, min(span.max_col, len(grid[row]))):
                grid[row][column] = value
    return grid


@dataclass(frozen=True, slots=True)
class _Header:
    columns: dict[int, Column]
    unread: tuple[str, ...]
    first_row: int


def _find_header(
    grid: list[list[CellValue]],
    columns: tuple[Column, ...],
    marks: frozenset[str],
    at_least: int,
) -> _Header | None:
    known = by_heading(columns)
    best: _Header | None = None
    for number, row in enumerate(grid[:_HEADER_WITHIN]):
        second = grid[number + 1] if number + 1 < len(grid) else []
        header = _header(row, second, known, number)
        keys = {column.key for column in header.columns.values()}
        if not marks <= keys or len(keys) < at_least:
            continue
        if best is None or len(header.columns) > len(best.columns):
            best = header
    return best


def _header(
    row: list[CellValue], second: list[CellValue], known: dict[str, Column], number: int
) -> _Header:
    own = {i: known.get(heading_key(plain(value))) for i, value in enumerate(row)}
    below = {i: known.get(heading_key(plain(value))) for i, value in enumerate(second)}
    two_lines = sum(
        1 for i, column in below.items() if column is not None and own.get(i) is not column
    )
    uses_both = two_lines >= _SECOND_LINE_AT_LEAST
    found: dict[int, Column] = {}
    for i in range(len(row)):
        column = (below.get(i) if uses_both else None) or own.get(i)
        if column is not None and column not in found.values():
            found[i] = column
    unread = tuple(
        f"{get_column_letter(i + 1)}列“{plain(value)}”"
        for i, value in enumerate(row)
        if plain(value) and i not in found and heading_key(plain(value)) != "序号"
    )
    return _Header(found, unread, number + (2 if uses_both else 1))


def _table(
    title: str, grid: list[list[CellValue]], columns: tuple[Column, ...], header: _Header
) -> SheetTable:
    held = {column.key for column in header.columns.values()}
    return SheetTable(
        sheet=title,
        rows=tuple(_rows(title, grid, header)),
        missing=tuple(c for c in columns if c.required and c.key not in held),
        unread=header.unread,
    )


def _rows(title: str, grid: list[list[CellValue]], header: _Header) -> Iterator[SheetRow]:
    for number, row in enumerate(grid[header.first_row :], start=header.first_row + 1):
        values = {c.key: row[i] for i, c in header.columns.items() if i < len(row)}
        if _is_empty(row) or _is_note(row):
            continue
        places = {c.key: f"{get_column_letter(i + 1)}{number}" for i, c in header.columns.items()}
        yield SheetRow(sheet=title, number=number, values=values, places=places)


def _is_empty(row: list[CellValue]) -> bool:
    return not any(plain(value) for value in row)


def _is_note(row: list[CellValue]) -> bool:
    texts = {plain(value) for value in row} - {""}
    return len(texts) == 1 and next(iter(texts)).startswith(_NOTES)
