"""Writing tables of text as workbooks (.xlsx) in which no cell can become a formula."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from workstation.errors import InvalidInputError

_HEAD = PatternFill("solid", fgColor="E8EDF3")


def write_table(
    path: Path,
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[str]],
) -> Path:
    """Write one sheet; ``columns`` are headings and widths in characters.

    Raises:
        InvalidInputError: the file can't be written.
    """
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    sheet.append([heading for heading, _ in columns])
    for cell, (_, width) in zip(sheet[1], columns, strict=True):
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[cell.column_letter].width = width
    for row, texts in enumerate(rows, start=2):
        for column, text in enumerate(texts, start=1):
            write_text(sheet.cell(row=row, column=column), text)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
    except OSError as error:
        message = f"{title}没有导出到“{path}”：{error.strerror}。"
        raise InvalidInputError(
            message, hint="请换一个可以写入的位置，或关闭正打开它的程序。"
        ) from error
    return path


def write_text(cell: Any, text: str) -> None:
    """Put text into a cell so that no spreadsheet reads it as a formula (=, +, -, @)."""
    cell.value = text
    cell.data_type = "s"
    # The quote prefix keeps it text when somebody edits the cell later.
    cell.quotePrefix = text[:1] in {"=", "+", "-", "@", "\t", "\r"}
    cell.number_format = "@"
